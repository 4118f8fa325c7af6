"""What running cases brought, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from applicability.errors import Location, Problem
from applicability.model.assessment import Finding
from applicability.model.conditions import Leaf
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language.labels import MEANINGS
from applicability.report.language.reasons import FindingText
from applicability.text import Text


@dataclass(frozen=True)
class Mismatch:
    """What a case expects of a row, or of the whole answer (then `finding` is None), and what came out."""

    finding: Finding | None
    what: str
    expected: str
    found: str

    @property
    def why(self) -> Text | None:
        """The finding's first reason, in one line."""
        if self.finding is None:
            return None
        told = FindingText(self.finding).why
        return told[0].message if told else MEANINGS[self.finding.bucket]


@dataclass(frozen=True)
class Failed:
    """A case that did not come out as expected; `problems` where its profile was refused."""

    name: str
    location: Location
    mismatches: tuple[Mismatch, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Gap:
    """A leaf of a rule, and the verdicts that it could have and had in no case."""

    rule: str
    leaf: Leaf
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Outcome:
    """Everything that a run of cases brought."""

    rulebook: Rulebook
    cases: int
    leaves: int
    failed: tuple[Failed, ...]
    gaps: tuple[Gap, ...]
