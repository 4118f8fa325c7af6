"""Cases: profiles with the verdicts that a reader of the text expects, and the results of running them."""

from __future__ import annotations

import datetime
from typing import Literal

from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, field
from applicability.model.assessment import Finding, LimitState
from applicability.model.conditions import Leaf
from applicability.model.profile import Profile
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict
from applicability.published import Published

Expected = Literal[
    "eligible", "conditional", "needs_info", "pending", "ineligible", "authorities", "lost", "not_encoded"
]


@dataclass(frozen=True)
class Case:
    """A parsed case: row ranges expanded, the profile with its location in the file.

    `limb` is one of the limbs that decide a row; a tuple is all of them.
    """

    name: str
    location: Location
    profile: Profile
    as_of: datetime.date
    document: str
    register: tuple[Entry, ...]
    expect: dict[int, Expected]
    scope: dict[int, Expected]
    missing: dict[int, tuple[str, ...]]
    limb: dict[int, str | tuple[str, ...]] = field(default_factory=dict)
    limits: dict[int, dict[str, LimitState]] = field(default_factory=dict)
    provisions: tuple[str, ...] | None = None  # None: the case does not say


@dataclass(frozen=True)
class Mismatch:
    """A difference between what a case expects of one row, or the whole answer (`finding` is None), and the result."""

    finding: Finding | None
    what: str
    expected: str
    found: str

    @property
    def row(self) -> int | None:
        """The row's number; None for the whole answer."""
        return self.finding.measure.row if self.finding is not None else None


@dataclass(frozen=True)
class Result:
    """The result of one case, which passed if there are no differences. `error` is set if the profile was rejected."""

    case: Case
    differences: tuple[Mismatch, ...]
    error: ProfileError | None = None

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.differences and self.error is None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of a rejected profile."""
        return self.error.problems if self.error is not None else ()


@dataclass(frozen=True)
class Unseen:
    """A leaf of a rule, and the possible verdicts that no case gave it."""

    rule: str
    leaf: Leaf
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class CaseReport(Published):
    """All results, and the leaves that the cases do not cover."""

    rulebook: Rulebook = field(repr=False)
    results: tuple[Result, ...]
    unseen: tuple[Unseen, ...]
    leaves: int

    @property
    def passed(self) -> bool:
        """Whether every case passed."""
        return not self.failed

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases that failed."""
        return tuple(result for result in self.results if not result.passed)
