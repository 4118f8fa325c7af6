"""Reads the words of lists in a profile, whole or in part, and collects what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from applicability.errors import HINTED, SIMILAR, Location, Problem
from applicability.lazy_dataclass import dataclass, field
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.loading.profile.parts import parts_said
from applicability.loading.profile.similar_words import may_mean
from applicability.loading.profile.written import words_of
from applicability.messages import did_you_mean, is_meant
from applicability.model.facts import FactDeclaration
from applicability.model.former import FactNote
from applicability.model.near_names import near_names
from applicability.model.partial import NO, YES
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

if TYPE_CHECKING:
    from applicability.loading.profile.mistakes import Mistake

_PLANNED = lazy_pattern("(?:拟|计划|准备)(?:从事|开展|经营|进行|提供|办理)?")
PlacedWords = list[tuple[Location, object]]


@dataclass
class WordReader:
    """Reads the lists of one profile; `problems` and `notes` grow as it reads, `divisions` are the places read."""

    profile: Profile
    rulebook: Rulebook
    suggestions: bool = True
    problems: list[Problem] = field(default_factory=list)
    notes: list[FactNote] = field(default_factory=list)
    divisions: list[str] = field(default_factory=list)

    def add(self, place: Location, wrong: Mistake) -> None:
        self.problems.append(Problem(wrong.code, place, wrong.what, wrong.mend))

    def near(self, word: str, known: Callable[[], Iterable[str]], least: float = SIMILAR) -> Text | None:
        """A hint with the nearest known words; `known` is called only if it is wanted."""
        return did_you_mean(word, known(), least=least) if self.suggests else None

    def meant(self, word: str, known: Callable[[], Iterable[str]]) -> Text | None:
        """A hint with the nearest known words, of those that do not say something else."""
        every = (name for one in self.rulebook.facts.values() for name in one.by_name)
        return self.near(word, lambda: may_mean(word, known(), every))

    def misspelt(self, word: str, words: tuple[str, ...]) -> Text | None:
        """A hint with the words of a list that a cell of a register misspells, of which it may have many."""
        if self.suggestions:
            return None
        # What is to be carried on is told as what is.
        if (planned := _PLANNED.match(word)) is not None and (said := word.removeprefix(planned[0])) in words:
            return is_meant([said])
        if not (found := near_names(words).of(word)):
            return None
        every = (name for one in self.rulebook.facts.values() for name in one.by_name)
        return is_meant(may_mean(word, found, (*words, *every)))

    @property
    def suggests(self) -> bool:
        """Whether hints name the nearest known words: not if that is switched off, nor after many problems."""
        return self.suggestions and len(self.problems) < HINTED

    def words(self, name: str) -> tuple[PlacedWords | None, PlacedWords | None]:
        """The words of a list with where they stand, and those that it says are not in it.

        None where it is missing, and in the second place where the list is complete.
        """
        written = self.profile.facts.get(name)
        if not isinstance(written, Mapping) or name not in self.rulebook.facts:
            listed = self.listed(name, written)
            return None if listed is None else [(self.profile.at(name, i), one) for i, one in enumerate(listed)], None
        said = self.parts(self.rulebook.facts[name], written)
        found = {part: self.listed(name, one) or [] for part, one in said.items()}
        yes, no = (
            [(self.profile.at(name, part, i), one) for i, one in enumerate(found.get(part, ()))] for part in (YES, NO)
        )
        return yes, no

    def parts(self, declaration: FactDeclaration, written: Mapping[object, object]) -> dict[str, object]:
        """The parts of a fact that is known in part."""
        said, wrong = parts_said(self.profile, declaration, written, self.near)
        for place, mistake in wrong:
            self.add(place, mistake)
        return said

    def known_words(
        self, words: PlacedWords | None, read: Callable[[Location, str], str | None]
    ) -> frozenset[str] | None:
        """What words stand for; None where nothing is said."""
        if words is None:
            return None
        found = [read(here, str(word)) for here, word in words]
        return frozenset(one for one in found if one is not None)

    def listed(self, name: str, written: object) -> list[object] | None:
        """A list fact as given: one word stands for a list of one; None where it is missing."""
        if written is None or name not in self.rulebook.facts:
            return None
        if isinstance(written, (list, tuple, set, frozenset)):
            return list(written)
        if isinstance(written, str) and written.strip():
            return list(words_of(self.rulebook, self.rulebook.facts[name], written.strip()))
        if isinstance(written, (str, int)) and not isinstance(written, bool):
            return [written]
        self.add(self.profile.at(name), mistakes.no_list(name))
        return None

    def unknown(self, fact: str, word: str, known: list[str], here: Location) -> None:
        near = self.misspelt(word, tuple(known)) or self.near(word, lambda: known)
        self.add(here, mistakes.unknown_word(fact, word, near))
