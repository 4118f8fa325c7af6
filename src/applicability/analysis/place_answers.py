"""What leaves ask of whereabouts, and the answers that count on each day.

A place leaf asks whether an entity stands in some places, or in a zone of some types; an official step asks for the
places of the entries behind it. The whereabouts decide the answers, and the day only which of them count: an entry
counts while it is in force. A leaf has the best of the answers that count, so whereabouts that have the same best
answers on a day have the same verdicts on it.

Only these are told apart. Twelve entries have up to 4,096 combinations of answers on all days together, and as many
lists of zone types are answered in different ways; the leaf that they settle has three verdicts.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from applicability.analysis.classes import Sample, Vector, View, unions
from applicability.model.conditions import Leaf, Overtaken, Step, Within, ZoneType
from applicability.model.evaluate import FAILS, leaf_verdict, stands_in
from applicability.model.facts import Facts
from applicability.model.places import Gazetteer, Whereabouts
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict

# Some places, or a leaf about types of zone.
_PlacesOrTypes = tuple[str, ...] | ZoneType


class PlaceAnswers:
    """The answers to all that the leaves of some views ask of whereabouts, on some days."""

    def __init__(self, views: Sequence[View], days: Sequence[datetime.date]) -> None:
        on_days = [list(_leaves_on(views, day)) for day in days]
        leaves = {leaf: number for number, leaf in enumerate(dict.fromkeys(chain.from_iterable(on_days)))}
        asked = {key: number for number, key in enumerate(dict.fromkeys(chain.from_iterable(leaves)))}
        books = {id(book.gazetteer): book for book, _ in views}
        self._asked = [
            _AskedOfBook(book, days[0], [(number, question) for (of, question), number in asked.items() if of == id_])
            for id_, book in books.items()
        ]
        self._number = len(asked)
        self._known: dict[Whereabouts, Vector] = {}
        self._types: dict[frozenset[str], list[str]] = {}
        self._leaves = [tuple(asked[key] for key in leaf) for leaf in leaves]
        told = [tuple(dict.fromkeys(leaves[leaf] for leaf in day)) for day in on_days]
        # Days on which the same answers count are one.
        self._days: dict[tuple[int, ...], list[datetime.date]] = {}
        for day, own in zip(days, told, strict=True):
            self._days.setdefault(own, []).append(day)

    @property
    def about_zones(self) -> bool:
        """Whether any question is about zones."""
        return any(one.about_zones for one in self._asked)

    def of(self, whereabouts: Whereabouts) -> Vector:
        """The answers to every question, whatever the day."""
        known = self._known.get(whereabouts)
        if known is None:
            found = [FAILS] * self._number
            for one in self._asked:
                for number, answer in one.answers(whereabouts):
                    if answer > found[number]:
                        found[number] = answer
            known = self._known[whereabouts] = tuple(found)
        return known

    def by_day(self, answers: Vector) -> list[Vector]:
        """The best answer for every leaf on each of the days that differ."""
        best = [max([answers[number] for number in leaf]) for leaf in self._leaves]
        return [tuple([best[leaf] for leaf in day]) for day in self._days]

    def first_of_each(self, samples: Iterable[Sample]) -> list[tuple[Sample, tuple[datetime.date, ...]]]:
        """The samples that are the first with their best answers on some days, and those days."""
        days = list(self._days.values())
        seen: list[set[Vector]] = [set() for _ in days]
        known: set[Vector] = set()
        kept = []
        for sample in samples:
            answers = self.of(sample.whereabouts)
            if answers in known:
                continue
            known.add(answers)
            first: list[datetime.date] = []
            for own, met, best in zip(days, seen, self.by_day(answers), strict=True):
                if best not in met:
                    met.add(best)
                    first += own
            if first:
                kept.append((sample, tuple(first)))
        return kept

    def type_sets(
        self, types: Iterable[str], standing: Callable[[frozenset[str]], Whereabouts]
    ) -> list[frozenset[str]]:
        """Sets of zone types, simplest first, that cover all best answers for whereabouts with any of those types.

        A question is answered for several types as for the best of them, so it distinguishes those that improve the
        answer from those that do not. No set, not even the empty one, where no question is about zones.
        """
        if not self.about_zones:
            return []
        types = self._unlike(types)
        found = {frozenset[str]()}
        none, every = (self.of(standing(frozenset(held))) for held in ((), types))
        if none != every:
            alone = {one: self.by_day(self.of(standing(frozenset((one,))))) for one in types}
            asked = set()
            for day, least in enumerate(self.by_day(none)):
                improving = (
                    frozenset(one for one in types if alone[one][day][leaf] is not best)
                    for leaf, best in enumerate(least)
                )
                asked.add(frozenset(one for one in improving if one))
            for sets in asked:
                found.update(unions(types, list(sets)))
        return sorted(found, key=lambda held: (len(held), sorted(held)))

    def _unlike(self, types: Iterable[str]) -> list[str]:
        """The first of the zone types that are alike for every place and leaf; none of those that tell nothing."""
        known = frozenset(types)
        if known not in self._types:
            found: dict[object, str] = {}
            for one in sorted(known):
                found.setdefault(tuple(each.told(frozenset((one,))) for each in self._asked), one)
            found.pop(tuple(each.told(frozenset()) for each in self._asked), None)
            self._types[known] = list(found.values())
        return self._types[known]


class _AskedOfBook:
    """The questions asked of the gazetteer of one rulebook, with their numbers."""

    def __init__(self, book: Rulebook, any_day: datetime.date, questions: Iterable[tuple[int, _PlacesOrTypes]]) -> None:
        self._book = book
        self._any_day = any_day
        self._types: list[tuple[int, ZoneType]] = []
        self._places: dict[str, list[int]] = {}
        for number, question in questions:
            if isinstance(question, ZoneType):
                self._types.append((number, question))
            else:
                for place in question:
                    self._places.setdefault(place, []).append(number)
        # The places that lie in a division or have it among their areas, and those that have it among their areas.
        self._inside: dict[str, dict[str, None]] = {}
        self._areas: dict[str, dict[str, None]] = {}
        gazetteer = book.gazetteer
        for place in self._places:
            for area in gazetteer.areas(place):
                self._areas.setdefault(area, {})[place] = None
                for code in gazetteer.path(area):
                    self._inside.setdefault(code, {})[place] = None

    @property
    def about_zones(self) -> bool:
        return bool(self._types) or any(place in self._book.gazetteer.zones for place in self._places)

    def answers(self, whereabouts: Whereabouts) -> Iterator[tuple[int, Verdict]]:
        """The answers to questions, of which the best counts; those that fail may be left out."""
        facts = Facts({}, whereabouts, self._any_day)
        for place in self._near(whereabouts):
            answer = stands_in((place,), facts, self._book)
            for number in self._places[place]:
                yield number, answer
        for number, leaf in self._types:
            yield number, leaf_verdict(leaf, facts, self._book)

    def told(self, types: frozenset[str]) -> Vector:
        """What zone types tell of every place and leaf by themselves, and so wherever they are told."""
        facts = Facts({}, Whereabouts(zone_types=types), self._any_day)
        zones = (place for place in self._places if place in self._book.gazetteer.zones)
        places = [stands_in((place,), facts, self._book) for place in zones]
        return (*places, *(leaf_verdict(leaf, facts, self._book) for _, leaf in self._types))

    def _near(self, whereabouts: Whereabouts) -> Iterable[str]:
        """The places in which an entity could stand: none of those that lie apart from a place that it named."""
        gazetteer: Gazetteer = self._book.gazetteer
        for named in (*reversed(whereabouts.divisions), *(whereabouts.zones or ())):
            found: dict[str, None] = {}
            for area in gazetteer.areas(named):
                found |= self._inside.get(area, {})
                for around in gazetteer.path(area):
                    found |= self._areas.get(around, {})
            return found
        return self._places


def _leaves_on(views: Sequence[View], day: datetime.date) -> Iterator[tuple[tuple[int, _PlacesOrTypes], ...]]:
    """For every leaf whose verdict on a day depends on the place, the questions that count, of which gazetteer."""
    for book, leaves in views:
        for leaf in leaves:
            questions = dict.fromkeys(_questions(book, leaf, day))
            if questions and () not in questions:  # an entry that applies everywhere decides the leaf
                yield tuple((id(book.gazetteer), one) for one in questions)


def _questions(book: Rulebook, leaf: Leaf, day: datetime.date) -> Iterator[_PlacesOrTypes]:
    """What a leaf asks of whereabouts on a day; no places where the answer is yes everywhere."""
    match leaf:
        case Within(places):
            yield places
        case ZoneType():
            yield leaf
        case Step() | Overtaken():
            yield from (entry.places for entry in _settling(book, leaf) if entry.in_force(day))
        case _:
            pass


def _settling(book: Rulebook, leaf: Step | Overtaken) -> Iterator[Entry]:
    for entry in book.settling(leaf):
        if isinstance(leaf, Overtaken) or entry.step in (None, leaf.step):
            yield entry
