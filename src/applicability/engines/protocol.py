"""The interface of an engine, which decides every measure for one entity, exactly as `model.evaluate` defines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from applicability.bounded import BoundedCache
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


# What an engine decided, by its name and the names of the facts that its rules read: which places, sectors and numbers
# the rules can tell apart, and nothing that a profile says in words of its own. For one rulebook.
RecentDecisions = BoundedCache[object, Decision]


class Engine(Protocol):
    """Decides every measure of the rulebook it was built for."""

    @property
    def name(self) -> str:
        """Its name in the output."""

    def decide(self, facts: Facts, recent: RecentDecisions | None = None) -> Decision:
        """The verdicts for one entity, taken from `recent` where its rules read the same facts. Thread-safe."""
