"""The places that several rulebooks have in common, and which of them overlap in all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook


class SharedPlaces:
    """The divisions, zones and zone types that all of some rulebooks have."""

    def __init__(self, books: Sequence[Rulebook]) -> None:
        self.gazetteers = list({id(book.gazetteer): book.gazetteer for book in books}.values())
        self.divisions = _in_all([one.divisions for one in self.gazetteers])
        self.zones = _in_all([one.zones for one in self.gazetteers])
        self.zone_types = _in_all([one.zone_types for one in self.gazetteers])

    def overlap(self, one: str, other: str) -> bool:
        """Whether two places can share a point in each of the rulebooks."""
        return all(gazetteer.overlap(one, other) for gazetteer in self.gazetteers)

    def near(self, divisions: Sequence[str]) -> Callable[[Iterable[str]], list[str]]:
        """A function from places to those of the divisions, in their order, that overlap each of the places.

        It answers as `overlap` does, without asking for every pair.
        """
        tables = [(gazetteer, below(gazetteer, divisions)) for gazetteer in self.gazetteers]
        numbers = {code: number for number, code in enumerate(divisions)}
        known: dict[str, frozenset[int]] = {}

        def near_one(place: str) -> frozenset[int]:
            if place not in known:
                known[place] = frozenset.intersection(
                    *(_touching(gazetteer, inside, numbers, place) for gazetteer, inside in tables)
                )
            return known[place]

        def near_all(places: Iterable[str]) -> list[str]:
            return [divisions[number] for number in sorted(frozenset.intersection(*map(near_one, places)))]

        return near_all


def below(gazetteer: Gazetteer, divisions: Sequence[str]) -> Mapping[str, list[int]]:
    """By division, the numbers of those of some divisions that are it or lie in it."""
    found: dict[str, list[int]] = {}
    for number, code in enumerate(divisions):
        for around in gazetteer.path(code):
            found.setdefault(around, []).append(number)
    return found


def _touching(
    gazetteer: Gazetteer, inside: Mapping[str, list[int]], numbers: Mapping[str, int], place: str
) -> frozenset[int]:
    """The numbers of the divisions in or around an area of a place."""
    found: set[int] = set()
    for area in gazetteer.areas(place):
        found.update(inside.get(area, ()))
        found.update(numbers[around] for around in gazetteer.path(area) if around in numbers)
    return frozenset(found)


def _in_all(tables: Sequence[Mapping[str, object]]) -> Collection[str]:
    """The keys that all of the tables have; where there is but one table, that."""
    first, *rest = tables
    others = [one for one in rest if one is not first]
    return {key for key in first if all(key in other for other in others)} if others else first
