"""What stands next to a word of a condition in the vocabulary: one beside it, one around it, one inside it.

A mutant of a rule takes these in the word's place. Beside is the nearest that the condition does not name: it has the
same word above it, or the same sector, or it is declared next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Literal

from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook
from applicability.model.sectors import Sectors

MutationKind = Literal["drop", "negate", "widen", "narrow", "swap", "another"]
# One beside, one around, one inside; None where there is none.
Neighbouring = tuple[str | None, str | None, str | None]


class Neighbours:
    """The neighbours of words in the vocabulary of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.sectors: Sectors = rulebook.sectors
        self.gazetteer: Gazetteer = rulebook.gazetteer
        self._children: dict[str | None, list[str]] = {}
        for code in self.gazetteer.divisions:
            self._children.setdefault(self.gazetteer.parent(code), []).append(code)

    def value(self, fact: str, word: str, taken: Collection[str]) -> str | None:
        """The value of a fact that is declared after a word, and that a condition does not name."""
        declared = tuple(self.rulebook.facts[fact].values) or ("true", "false")
        return _next(declared, word, taken)

    def step(self, step: str) -> str | None:
        """The kind of official step that is declared after one."""
        return _next(tuple(self.rulebook.steps), step, (step,))

    def activity(self, word: str, taken: Collection[str]) -> Neighbouring:
        """The nearest activity that is no part of those named; one of which it is a part; one that is a part of it."""
        every = self.sectors.activities
        own = every[word]
        # One that a general activity named is part of, or that has a part among those named, is not beside it.
        apart = [one for one in every if not (self.sectors.closed_down((one,)) & frozenset(taken))]
        kin = [one for one in apart if frozenset(every[one].part_of) & frozenset(own.part_of)]
        fellows = [one for one in apart if frozenset(every[one].under) & frozenset(own.under)]
        beside = next((_next([*group, word], word, taken) for group in (kin, fellows, apart) if group), None)
        parts = [one for one in every if word in every[one].part_of]
        return beside, _first(own.part_of), _first(parts)

    def zone_type(self, word: str, taken: Collection[str]) -> Neighbouring:
        """A zone type that is unrelated to those named; the type above it; one below it."""
        types = self.gazetteer.zone_types
        related = {one for one in types if self.gazetteer.kinds(one) & frozenset(taken)}
        related |= {above for one in taken for above in self.gazetteer.kinds(one)}
        above = [one for one in types[word].under if one != word]
        below = [one for one in types if word in types[one].under]
        return _next(tuple(types), word, related), _first(above), _first(below)

    def sector(self, code: str, taken: Collection[str]) -> Neighbouring:
        """A code of the same level next to one; the code above it; one under it."""
        codes = self.sectors.codes
        level = [one for one in codes if len(one) == len(code) and one.isalpha() == code.isalpha()]
        inside = [one for one in codes if one != code and code in self.sectors.path(one)]
        path = self.sectors.path(code)
        return _next(level, code, taken), _first(path[1:]), _first(inside)

    def place(self, place: str, taken: Sequence[str]) -> Neighbouring:
        """A place next to one, apart from all those named; the place around it; one inside it."""
        places = self.gazetteer
        if place in places.zones:
            around = [one for one in (*places.zones[place].part_of, *places.areas(place)) if one != place]
            inside = [zone for zone in places.zones if place in places.zones[zone].part_of]
            apart = [zone for zone in places.zones if not any(zone in self._related(one) for one in taken)]
            here = {around for area in places.areas(place) for around in places.path(area)}
            fellows = [one for one in apart if any(here & set(places.path(area)) for area in places.areas(one))]
            return _next([*(fellows or apart), place], place, taken), _first(around), _first(inside)
        siblings = [one for one in self._children[places.parent(place)] if one == place or one not in taken]
        siblings = [one for one in siblings if one == place or not any(places.overlap(one, other) for other in taken)]
        zones = [zone for zone in places.zones if zone not in taken and places.inside(zone, place)]
        inside = [*self._children.get(place, ()), *zones]
        return _next(siblings, place, taken), places.parent(place), _first(inside)

    def _related(self, place: str) -> frozenset[str]:
        """The zones around a place and inside it, and those that it is."""
        zones = self.gazetteer.zones
        if place not in zones:
            return frozenset(zone for zone in zones if self.gazetteer.overlap(zone, place))
        within = (zone for zone in zones if place in self.gazetteer.around(zone))
        return self.gazetteer.around(place).union(within)

    def place_lists(self, places: tuple[str, ...]) -> Iterator[tuple[MutationKind, tuple[str, ...]]]:
        """The lists of places that a list becomes by one change."""
        return of_list(places, lambda word: self.place(word, places))


def of_list(
    words: Sequence[str], near: Callable[[str], Neighbouring]
) -> Iterator[tuple[MutationKind, tuple[str, ...]]]:
    """What a list of words, of which one is enough, becomes by one change.

    >>> [held for _, held in of_list(["a"], lambda word: ("b", "A", None))]
    [('b',), ('a', 'b'), ('A',)]
    """
    seen = {frozenset(words)}
    for index, word in enumerate(words):
        for kind, held in _changes(words[:index], word, words[index + 1 :], near(word)):
            if frozenset(held) not in seen:
                seen.add(frozenset(held))
                yield kind, held


def _changes(
    before: Sequence[str], word: str, after: Sequence[str], near: Neighbouring
) -> Iterator[tuple[MutationKind, tuple[str, ...]]]:
    beside, wider, narrower = near
    if before or after:
        yield "narrow", (*before, *after)
    if beside is not None:
        yield "another", (*before, beside, *after)
        yield "widen", (*before, word, *after, beside)
    if wider is not None:
        yield "widen", (*before, wider, *after)
    if narrower is not None:
        yield "narrow", (*before, narrower, *after)


def _next(declared: Sequence[str], word: str, taken: Collection[str]) -> str | None:
    """The one that follows a word, around the end, of those that are not taken."""
    start = declared.index(word) + 1
    return next((one for one in (*declared[start:], *declared[:start]) if one != word and one not in taken), None)


def _first(words: Iterable[str]) -> str | None:
    return next(iter(words), None)
