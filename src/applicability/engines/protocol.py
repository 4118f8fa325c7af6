"""The interface of an engine, which decides every measure for one entity, exactly as `model.evaluate` defines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from applicability.bounded import RecentCache
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Fired
from applicability.model.facts import Facts
from applicability.model.verdict import Verdict

# Document, row, and part: `scope`, `limb:ID` or `measure`.
VerdictKey = tuple[str, int, str]


@dataclass(frozen=True)
class Decision:
    """The verdict of every part that has one, and the rules that fired, if the engine records them."""

    verdicts: Mapping[VerdictKey, Verdict]
    derivation: tuple[Fired, ...] = ()


# The last decisions of engines for one rulebook, by the engine's name and the names of the facts that its rules read:
# which of the rules' own places, sectors, activities and choices apply, and between which bounds a number lies. That is
# no exact number and no free text of a profile.
RecentDecisions = RecentCache[object, Decision]


class Engine(Protocol):
    """Decides every measure of the rulebook it was built for."""

    @property
    def name(self) -> str:
        """Its name in the output."""

    def decide(self, facts: Facts, recent: RecentDecisions | None = None) -> Decision:
        """The verdicts for one entity. Thread-safe.

        A decision that `recent` holds for the same facts, as its rules read them, is taken from there; another one is
        put there.
        """
