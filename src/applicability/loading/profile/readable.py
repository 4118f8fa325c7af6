"""The part of a profile that can be read, for registers: a cell that cannot be read costs that fact, not the company.

What is left says nothing that the profile does not say: a fact that cannot be read is missing, a list of which some
words cannot be read is known in part, a finding or limit that is neither yes nor no is unknown, and facts that
contradict each other are missing, all of them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.profile.place_mistakes import zone_elsewhere
from applicability.loading.profile.reader import read_facts
from applicability.loading.profile.short_zones import ShortName, short_elsewhere
from applicability.loading.profile.written import narrow, words_of
from applicability.loading.yaml.scalars import read_decimal
from applicability.model.facts import LISTS_IN_PART, Facts, NotRead
from applicability.model.leaf_kinds import FINDING, LIMITS
from applicability.model.partial import NO, YES
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook

# Problems of two statements that contradict each other.
CONTRADICTIONS = ("P105", "P106")
_DETERMINATIONS = FINDING.removesuffix(".")
_KEYED = (_DETERMINATIONS, LIMITS)
# The location of a problem in a profile that has no lines: a fact, a key in it, a place in its list.
_PATH = lazy_pattern(r"(?P<fact>[^.\[]+)(?:\.(?P<key>[^\[]+))?(?:\[(?P<index>\d+)\])?.*", re.DOTALL)


@dataclass(frozen=True)
class Loss:
    """A fact of which something was not read, named as its column, and why; with `in_part` some of it was."""

    fact: str
    problem: Problem
    in_part: bool = False


@dataclass(frozen=True)
class ReadablePart:
    """What is left of a profile, which can be read, and what was lost."""

    given: Mapping[str, object]
    losses: tuple[Loss, ...]


def readable_part(given: Mapping[str, object], rulebook: Rulebook, day: datetime.date | None = None) -> ReadablePart:
    """The largest part of a profile that can be read, and a loss for each fact of which something cannot."""
    return _Reading(rulebook, day, dict(given)).done()


@dataclass
class _Reading:
    rulebook: Rulebook
    day: datetime.date | None
    given: dict[str, object]

    def done(self) -> ReadablePart:
        losses: dict[Loss, None] = {}
        while self.given and (problems := self.problems(self.given)):
            before = dict(self.given)
            elsewhere = short_elsewhere(self.given, self.rulebook) if _about_places(problems) else []
            losses |= dict.fromkeys(self.without_short(elsewhere) if elsewhere else self.losses(problems))
            assert self.given != before, problems  # each turn takes something away
        return ReadablePart(self.given, tuple(losses))

    def problems(self, given: Mapping[str, object]) -> tuple[Problem, ...]:
        """What is wrong with a profile."""
        try:
            self.read(given)
        except ProfileError as error:
            return error.problems
        return ()

    def read(self, given: Mapping[str, object]) -> Facts:
        return read_facts(Profile.of(given), self.rulebook, self.day, suggestions=False)

    def losses(self, problems: tuple[Problem, ...]) -> Iterator[Loss]:
        """Takes away what the problems are about; yields what was lost."""
        whole = dict(self.given)
        words: dict[tuple[str, str], dict[int, Problem]] = {}
        for problem in problems:
            found = _PATH.fullmatch(problem.location.file)
            fact, key, index = ("", None, None) if found is None else found.group("fact", "key", "index")
            if fact not in whole:  # a problem of the profile as a whole
                fact = next(iter(self.given), fact)
            if problem.code in CONTRADICTIONS:
                for other in (fact, *self.contradicting(whole, fact, problem)):
                    self.given.pop(other, None)
                    yield Loss(other, problem)
            elif fact in _KEYED:
                yield self.keyed(fact, key, problem)
            elif index is not None and (self.is_list(fact) or self.is_investors(fact)):
                words.setdefault((fact, key or ""), {})[int(index)] = problem
            elif key is not None and isinstance(held := self.given.get(fact), Mapping):
                self.give(fact, {one: value for one, value in held.items() if str(one) != key})
                yield Loss(fact, problem, in_part=fact in self.given)
            else:
                self.given.pop(fact, None)
                yield Loss(fact, problem)
        yield from self.without_words(words)

    def without_short(self, elsewhere: Sequence[ShortName]) -> Iterator[Loss]:
        """Takes away names of zones in short that lie elsewhere than the rest; yields what was lost."""
        words: dict[tuple[str, str], dict[int, Problem]] = {}
        for one in elsewhere:
            wrong = zone_elsewhere(self.rulebook.gazetteer, one.name, one.zone, one.place)
            problem = Problem(wrong.code, Location(one.fact), wrong.what, wrong.mend)
            if one.index is None:
                self.given.pop(one.fact, None)
                yield Loss(one.fact, problem)
            else:
                words.setdefault((one.fact, one.part), {})[one.index] = problem
        yield from self.without_words(words)

    def without_words(self, words: Mapping[tuple[str, str], Mapping[int, Problem]]) -> Iterator[Loss]:
        """Takes words out of lists, by fact and part and by their places; yields what was lost."""
        for (fact, part), places in words.items():
            if fact in self.given:
                self.without(fact, part, frozenset(places))
            yield from (Loss(fact, problem, in_part=fact in self.given) for problem in places.values())

    def is_list(self, fact: str) -> bool:
        """Whether a fact is a list that can be known in part."""
        declared = self.rulebook.facts.get(fact)
        return declared is not None and declared.type in LISTS_IN_PART

    def is_investors(self, fact: str) -> bool:
        """Whether a fact lists investors."""
        declared = self.rulebook.facts.get(fact)
        return declared is not None and declared.type == "investors"

    def contradicting(self, given: Mapping[str, object], fact: str, problem: Problem) -> list[str]:
        """The facts that contradict one: those without which nothing does, or that do so alone."""

        def contradicts(told: Mapping[str, object]) -> bool:
            return any((one.code, _fact(one)) == (problem.code, fact) for one in self.problems(told))

        own = {fact: given[fact]} if fact in given else {}
        if contradicts(own):
            return []  # it contradicts itself
        others = [name for name in given if name != fact]
        return [
            name
            for name in others
            if not contradicts({other: value for other, value in given.items() if other != name})
            or contradicts({**own, name: given[name]})
        ]

    def keyed(self, fact: str, key: str | None, problem: Problem) -> Loss:
        """Makes a finding or limit unknown; one that no rule has goes."""
        held = self.given.get(fact)
        if key is None or not isinstance(held, Mapping):
            self.given.pop(fact, None)
            return Loss(fact, problem)
        known = key in (self.rulebook.limits if fact == LIMITS else self.rulebook.judgements)
        rest = {one: value for one, value in held.items() if str(one) != key}
        self.give(fact, {**rest, key: str(NotRead.UNKNOWN)} if known else rest)
        return Loss(f"{fact}.{key}", problem)

    def without(self, fact: str, part: str, places: frozenset[int]) -> None:
        """Leaves the words at some places of a list out of it: what is left is known in part."""
        held = self.given[fact]
        if self.is_investors(fact):
            rest = [one for place, one in enumerate(cast("list[object]", held)) if place not in places]
            self.give(fact, rest if _left_to_others(rest) else {})
        elif isinstance(held, Mapping):
            self.give(fact, {**held, part: _but(self.words(fact, held[part]), places)})
        else:
            self.give(fact, {YES: _but(self.words(fact, held), places)})

    def words(self, fact: str, written: object) -> list[object]:
        """A list as the reader of profiles takes it apart."""
        if isinstance(written, str):
            return list(words_of(self.rulebook, self.rulebook.facts[fact], written.strip()))
        return list(written) if isinstance(written, (list, tuple, set, frozenset)) else [written]

    def give(self, fact: str, value: Mapping[object, object] | list[object]) -> None:
        """Gives a fact; a value without content is missing, since an empty list would say that there is nothing."""
        if isinstance(value, Mapping):
            value = {key: one for key, one in value.items() if one != [] or key not in (YES, NO)}
        if value:
            self.given[fact] = value
        else:
            self.given.pop(fact, None)


def _about_places(problems: Sequence[Problem]) -> bool:
    """Whether places contradict each other."""
    return any(one.code == "P105" for one in problems)


def _fact(problem: Problem) -> str:
    found = _PATH.fullmatch(problem.location.file)
    return "" if found is None else found.group("fact")


def _but(words: list[object], places: frozenset[int]) -> list[object]:
    return [word for place, word in enumerate(words) if place not in places]


def _left_to_others(investors: list[object]) -> bool:
    """Whether the investors that can be read leave something to those that cannot."""
    shares = [one.get("share") for one in investors if isinstance(one, Mapping)]
    numbers = [read_decimal(narrow(one).rstrip("% ") if isinstance(one, str) else one) for one in shares]
    return bool(investors) and sum((one for one in numbers if one is not None), Decimal(0)) < 100
