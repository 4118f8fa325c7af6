"""The interface of an engine, which decides every measure for one entity, exactly as `model.evaluate` defines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

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


class Engine(Protocol):
    """Decides every measure of the rulebook it was built for."""

    @property
    def name(self) -> str:
        """Its name in the output."""

    def decide(self, facts: Facts) -> Decision:
        """The verdicts for one entity. Thread-safe."""
