"""The errors of this package: one base class, and a subclass for each party that has to fix the problem.

A `Problem` has a code, a location, a message and a hint, in both languages. Problems are collected and raised together.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from applicability.credentials import without_secrets
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass
from applicability.text import Lang, Surface, SurfaceText, Text

# The longest quotation in a message, which may be a value of megabytes, the longest part between two, how many there
# are of both, and the longest message: a value may hold backticks itself.
_QUOTED, _BETWEEN, _PARTS, _WHOLE = 300, 2_000, 200, 8_000


@dataclass(frozen=True, slots=True)
class Location:
    """A location: a file's name as the user gave it, line and column from 1 (0: the file as a whole).

    The name may be the URL of a database or meant as one: what may be a secret in it is masked.
    """

    file: str
    line: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", without_secrets(self.file, name=True))

    def on(self, surface: Surface) -> Location:
        """The location as that surface names it: where there is no option, the parameter of the same name.

        >>> [Location(one).on("page").file for one in ("--as-of", "--place Mars", "city")]
        ['as_of', 'place', 'city']
        """
        if surface == "terminal" or not self.file.startswith("--"):
            return self
        return Location(self.file[2:].partition(" ")[0].replace("-", "_"), self.line, self.column)

    def __str__(self) -> str:
        return f"{self.shown}:{self.line}:{self.column}" if self.line else self.shown

    @property
    def shown(self) -> str:
        """The file's name, or what a column is called, without the number of anybody's identity card."""
        return masked(self.file)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: a stable code, its location, `what` is wrong, and how to `mend` it, in both languages.

    `message`, `hint` and `str` are English, for logs, programs and exceptions. No text tells the number of an identity
    card, whatever it quotes.
    """

    code: str
    location: Location
    what: Text
    mend: Text | None = None

    def __post_init__(self) -> None:
        # At once, so that many problems with one long value do not hold it many times, and none of them a secret.
        object.__setattr__(self, "what", _cut(self.what))
        if self.mend is not None:
            object.__setattr__(self, "mend", _cut_hint(self.mend))

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.told_message("en")

    @property
    def hint(self) -> str:
        """How to fix it, in English; may be empty."""
        return self.told_hint("en")

    def told_message(self, lang: Lang) -> str:
        """What is wrong."""
        return self.what.of(lang)

    def told_hint(self, lang: Lang, surface: Surface = "terminal") -> str:
        """How to fix it; may be empty."""
        return "" if self.mend is None else self.mend.on(surface).of(lang)

    def told(self, lang: Lang, surface: Surface = "terminal") -> str:
        """The whole text: `file:line:column: CODE message`, and a second line with the hint if there is one."""
        first, hint = (
            f"{self.location.on(surface)}: {self.code} {self.told_message(lang)}",
            self.told_hint(lang, surface),
        )
        label = "提示：" if lang == "zh" else "hint: "
        return f"{first}\n  {label}{hint}" if hint else first

    def __str__(self) -> str:
        return self.told("en")


def _cut(text: Text) -> Text:
    """The text as it is shown, in both languages."""
    zh, en = _shown(text.zh), _shown(text.en)
    if isinstance(text, SurfaceText):
        assistant = None if text.assistant is None else _cut(text.assistant)
        return SurfaceText(zh, en, _cut(text.page), assistant)
    return text if (zh, en) == (text.zh, text.en) else Text(zh, en)


@functools.lru_cache(maxsize=256)
def _cut_hint(text: Text) -> Text:
    """A hint as it is shown: most are the same for every cell of a register."""
    return _cut(text)


def _shown(text: str) -> str:
    """A message, bounded, without secrets and the numbers of identity cards."""
    return without_secrets(_bounded(masked(text)))  # masked first: half of a number that is cut tells as much


def _bounded(text: str) -> str:
    """A message in which what is quoted in backticks is cut where it is too long to read."""
    if len(text) <= _QUOTED:
        return text
    parts = text.split("`", _PARTS)
    kept = [shortened(part, _QUOTED if at % 2 else _BETWEEN) for at, part in enumerate(parts[:_PARTS])]
    return shortened("`".join(kept if len(parts) <= _PARTS else [*kept, "…"]), _WHOLE)


def shortened(text: str, most: int) -> str:
    """The text, cut after that many characters.

    >>> shortened("a city of nobody", 6)
    'a city…'
    """
    return text if len(text) <= most else f"{text[:most]}…"


class ApplicabilityError(Exception):
    """Base of all errors of this package; `problems` has at least one problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems,)


class ProfileError(ApplicabilityError):
    """The user's input is invalid: the profile, or an option that stands for a part of it."""


class RulebookError(ApplicabilityError):
    """The rule author's files are invalid. An invalid rulebook never gives answers."""


class DisagreementError(ApplicabilityError):
    """A bug: two engines gave different verdicts for one profile. No answer is given."""


class EngineError(ApplicabilityError):
    """An engine or library is not available here, or failed."""


class ArgumentError(ApplicabilityError):
    """An invalid argument from the caller, such as a row number that does not exist."""


# Characters beyond which a word is none that anybody meant, and is compared to no other.
LONGEST_WORD = 200
# Problems of one input whose hints name the nearest words, which is most of the time of a bad one: nobody reads more.
HINTED = 50
# How similar words are that may be meant, from 0 to 1.
SIMILAR = 0.6


def nearest(word: str, known: Iterable[str], limit: int = 3, least: float = SIMILAR) -> list[str]:
    """The known words with the most similar spelling, nearest first; empty if none is at least that similar."""
    return _near(word, tuple(known), limit, least) if len(word) <= LONGEST_WORD else []


@functools.lru_cache(maxsize=64)
def _near(word: str, known: tuple[str, ...], limit: int, least: float) -> list[str]:
    """The nearest words, cached, since a register repeats the same mistake many times."""
    import difflib  # slow to import, and only needed for errors

    return difflib.get_close_matches(word, known, n=limit, cutoff=least)
