"""Every error this package raises for a user's mistake: one base, and the class says whose fault it is.

A `Problem` has a code, a place, a message and a hint, and prints all four. Problems are collected and raised
together: the class of the error that carries them says who has to mend them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands: a file's name as the user gave it, line and column from 1 (0: the file as a whole)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code, where, what, and how to mend it."""

    code: str
    location: Location
    message: str
    hint: str = ""

    def __str__(self) -> str:
        first = f"{self.location}: {self.code} {self.message}"
        return f"{first}\n  hint: {self.hint}" if self.hint else first


class ApplicabilityError(Exception):
    """The base of all errors of this package; `problems` holds at least one problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ProfileError(ApplicabilityError):
    """The applicant's: the profile, or an option that stands for a part of it, cannot be read as given."""


class RulebookError(ApplicabilityError):
    """The author's: a rule file is broken. A broken rulebook never answers."""


class DisagreementError(ApplicabilityError):
    """Ours: two engines gave different verdicts for one profile. It is never an answer."""


class EngineError(ApplicabilityError):
    """Ours or the machine's: an engine is not available here, or failed."""


def suggest(word: str, known: Iterable[str], limit: int = 3) -> str:
    """A hint naming the nearest known words, or an empty string when none is near."""
    near = _near(word, tuple(known), limit)
    return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?" if near else ""


@functools.lru_cache(maxsize=64)
def _near(word: str, known: tuple[str, ...], limit: int) -> list[str]:
    """The nearest words; a register makes the same mistake many times."""
    import difflib  # costs start-up time and is needed only on the way to an error

    return difflib.get_close_matches(word, known, n=limit, cutoff=0.6)
