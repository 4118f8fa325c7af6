"""Every error this package raises for a user's mistake: one base, and the class says whose fault it is.

A `Problem` has a code, a place, a message and a hint, and tells all four in either language. Problems are collected
and raised together: the class of the error that carries them says who has to mend them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from applicability.lazy_dataclass import dataclass
from applicability.text import Lang, Text


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
    """One thing that is wrong: a stable code, where, `what` it is, and how to `mend` it, in both languages.

    `message`, `hint` and `str` are English: what logs, programs and exceptions go by.
    """

    code: str
    location: Location
    what: Text
    mend: Text | None = None

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.told_message("en")

    @property
    def hint(self) -> str:
        """How to mend it, in English; may be empty."""
        return self.told_hint("en")

    def told_message(self, lang: Lang) -> str:
        """What is wrong."""
        return self.what.of(lang)

    def told_hint(self, lang: Lang) -> str:
        """How to mend it; may be empty."""
        return "" if self.mend is None else self.mend.of(lang)

    def told(self, lang: Lang) -> str:
        """All four: `file:line:column: CODE message`, and a second line with the hint if there is one."""
        first, hint = f"{self.location}: {self.code} {self.told_message(lang)}", self.told_hint(lang)
        label = "提示：" if lang == "zh" else "hint: "
        return f"{first}\n  {label}{hint}" if hint else first

    def __str__(self) -> str:
        return self.told("en")


class ApplicabilityError(Exception):
    """The base of all errors of this package; `problems` holds at least one problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems,)


class ProfileError(ApplicabilityError):
    """The applicant's: the profile, or an option that stands for a part of it, cannot be read as given."""


class RulebookError(ApplicabilityError):
    """The author's: a rule file is broken. A broken rulebook never answers."""


class DisagreementError(ApplicabilityError):
    """Ours: two engines gave different verdicts for one profile. It is never an answer."""


class EngineError(ApplicabilityError):
    """Ours or the machine's: an engine is not available here, or failed."""


class ArgumentError(ApplicabilityError):
    """The caller's: an argument that makes no sense, such as the number of a row that is not there."""


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words that are spelt most like a word, the nearest first; none where none is near."""
    return _near(word, tuple(known), limit)


@functools.lru_cache(maxsize=64)
def _near(word: str, known: tuple[str, ...], limit: int) -> list[str]:
    """The nearest words; a register makes the same mistake many times."""
    import difflib  # costs start-up time and is needed only on the way to an error

    return difflib.get_close_matches(word, known, n=limit, cutoff=0.6)
