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

from applicability.analysis.classes import Sample, View, unions
from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Leaf, Overtaken, Step, Within, ZoneType
from applicability.model.evaluate import ELIGIBLE, NEEDS_INFO, leaf_verdict, stands_in
from applicability.model.facts import Facts
from applicability.model.place_relations import PlacesByArea
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict

# A set of days as the bits of a number, the latest day lowest: 100 entries begin and end on 200 days.
_DaySet = int
# For every leaf, the days on which its best answer is yes, and those on which it is unknown.
AnswersByDay = tuple[tuple[_DaySet, _DaySet], ...]

_LEAVES = 8  # whose answers are kept for other rows: each can have some megabytes of them


@dataclass(frozen=True)
class _Asked:
    """What a leaf asks of whereabouts: places and the days on which each counts, or a type of zone.

    On the days of `everywhere` the answer is yes, wherever the entity is.
    """

    gazetteer: int
    places: tuple[tuple[str, _DaySet], ...] = ()
    type: ZoneType | None = None
    everywhere: _DaySet = 0


class TooManyAnswersError(Exception):
    """More answers about places were to be found than allowed."""


class SharedAnswers:
    """The answers of the last leaves that wait for entries, for the rows that wait for the same.

    `left` is how many more answers may be asked for, each of one leaf for some whereabouts; None for any number.
    """

    def __init__(self, left: int | None = None) -> None:
        self.leaves: dict[object, _LeafAnswers] = BoundedCache(_LEAVES)
        self._left = left

    def spend(self, answers: int) -> None:
        """Counts answers; raises TooManyAnswersError beyond the limit."""
        if self._left is not None:
            self._left -= answers
            if self._left < 0:
                raise TooManyAnswersError


class PlaceAnswers:
    """The answers to all that the leaves of some views ask of whereabouts, on some days."""

    def __init__(
        self, views: Sequence[View], days: Sequence[datetime.date], shared: SharedAnswers | None = None
    ) -> None:
        self.days = sorted(days, reverse=True)
        self._shared = SharedAnswers() if shared is None else shared
        known = self._shared.leaves
        found: dict[_Asked, _LeafAnswers] = {}
        for book, leaves in views:
            for leaf in leaves:
                asked = _asked(book, leaf, self.days)
                if asked is None or asked in found:
                    continue
                key = (asked, tuple(self.days))
                found[asked] = known.get(key) or _LeafAnswers(asked, book, self.days)
                if isinstance(leaf, (Step, Overtaken)):
                    known[key] = found[asked]
        self._leaves = list(found.values())
        self._types: dict[frozenset[str], list[str]] = {}

    @property
    def about_zones(self) -> bool:
        """Whether any question is about zones."""
        return any(one.about_zones for one in self._leaves)

    def of(self, whereabouts: Whereabouts) -> AnswersByDay:
        """The best answers for every leaf, by day."""
        self._shared.spend(len(self._leaves))
        return tuple([leaf.of(whereabouts) for leaf in self._leaves])

    def by_day(self, answers: AnswersByDay) -> list[tuple[int, _DaySet]]:
        """The days, those together on which every leaf has the same best answer, with a number for these answers."""
        found = [(0, (1 << len(self.days)) - 1)]
        for yes, unknown in answers:
            no = ~(yes | unknown)
            found = [
                (3 * number + answer, own)
                for number, days in found
                for answer, own in enumerate((days & no, days & unknown, days & yes))
                if own
            ]
        return found

    def latest_of_each(self, samples: Iterable[Sample]) -> list[tuple[Sample, datetime.date]]:
        """The samples that have some best answers on the latest day on which any has them, and are the first then.

        By day, the latest first, then in their order.
        """
        found: dict[int, tuple[_DaySet, int, Sample]] = {}
        known: set[AnswersByDay] = set()
        for number, sample in enumerate(samples):
            answers = self.of(sample.whereabouts)
            if answers in known:
                continue
            known.add(answers)
            for best, days in self.by_day(answers):
                latest = days & -days
                if best not in found or latest < found[best][0]:
                    found[best] = latest, number, sample
        kept = sorted(found.values(), key=lambda one: one[:2])
        return [(sample, self.days[latest.bit_length() - 1]) for latest, _, sample in kept]

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
            alone = {one: self.of(standing(frozenset((one,)))) for one in types}
            # The types that improve the answer of each leaf, and the days on which they are those.
            asked: list[tuple[frozenset[frozenset[str]], _DaySet]] = [(frozenset(), (1 << len(self.days)) - 1)]
            for leaf, (yes, unknown) in enumerate(none):
                improving = [(frozenset[str](), (1 << len(self.days)) - 1)]
                for one, answers in alone.items():
                    better = (answers[leaf][0] ^ yes) | (answers[leaf][1] ^ unknown)
                    if better:
                        improving = [
                            each
                            for held, days in improving
                            for each in ((held | {one}, days & better), (held, days & ~better))
                            if each[1]
                        ]
                asked = [
                    (sets | {held} if held else sets, days & own)
                    for sets, days in asked
                    for held, own in improving
                    if days & own
                ]
            for sets in dict.fromkeys(sets for sets, _ in asked):
                found.update(unions(types, list(sets)))
        return sorted(found, key=lambda held: (len(held), sorted(held)))

    def _unlike(self, types: Iterable[str]) -> list[str]:
        """The first of the zone types that are alike for every place and leaf; none of those that tell nothing."""
        known = frozenset(types)
        if known not in self._types:
            found: dict[object, str] = {}
            for one in sorted(known):
                found.setdefault(tuple(each.told(frozenset((one,))) for each in self._leaves), one)
            found.pop(tuple(each.told(frozenset()) for each in self._leaves), None)
            self._types[known] = list(found.values())
        return self._types[known]


class _LeafAnswers:
    """The best answers of one leaf, by day; those of whereabouts that were asked for are kept."""

    def __init__(self, asked: _Asked, book: Rulebook, days: Sequence[datetime.date]) -> None:
        self._book = book
        self._any_day = days[0]
        self._type = asked.type
        self._everywhere = asked.everywhere
        self._every_day = (1 << len(days)) - 1
        self._places = dict(asked.places)
        self._known: dict[Whereabouts, tuple[_DaySet, _DaySet]] = {}
        self._close: dict[str, tuple[tuple[str, ...], bool]] = {}
        self._told: dict[frozenset[str], tuple[Verdict, ...]] = {}
        gazetteer = book.gazetteer
        self._by_area = PlacesByArea(gazetteer, self._places)
        self._zones = frozenset(place for place in self._places if place in gazetteer.zones)

    @property
    def about_zones(self) -> bool:
        return self._type is not None or bool(self._zones)

    def of(self, whereabouts: Whereabouts) -> tuple[_DaySet, _DaySet]:
        """The days on which the best answer is yes, and those on which it is unknown."""
        known = self._known.get(whereabouts)
        if known is None:
            known = self._known[whereabouts] = self._by_type(whereabouts) if self._type else self._by_place(whereabouts)
        return known

    def _by_type(self, whereabouts: Whereabouts) -> tuple[_DaySet, _DaySet]:
        assert self._type is not None
        answer = leaf_verdict(self._type, Facts({}, whereabouts, self._any_day), self._book)
        return self._every_day if answer is ELIGIBLE else 0, self._every_day if answer is NEEDS_INFO else 0

    def _by_place(self, whereabouts: Whereabouts) -> tuple[_DaySet, _DaySet]:
        near, zones = self._near(whereabouts)
        if whereabouts.zone_types is not None and (whereabouts.all_zones or not zones):
            # Types tell of zones, and of these nothing where they are listed.
            return self.of(Whereabouts(whereabouts.divisions, whereabouts.zones, no_zones=whereabouts.no_zones))
        facts = Facts({}, whereabouts, self._any_day)
        yes, unknown = self._everywhere, 0
        for place in near:
            days = self._places[place]
            if days & ~yes:
                answer = stands_in((place,), facts, self._book)
                if answer is ELIGIBLE:
                    yes |= days
                elif answer is NEEDS_INFO:
                    unknown |= days
        return yes, unknown & ~yes

    def told(self, types: frozenset[str]) -> tuple[Verdict, ...]:
        """What zone types tell of every place, or the leaf, by themselves, and so wherever they are told."""
        if types not in self._told:
            facts = Facts({}, Whereabouts(zone_types=types), self._any_day)
            places = tuple(stands_in((place,), facts, self._book) for place in sorted(self._zones))
            self._told[types] = places if self._type is None else (leaf_verdict(self._type, facts, self._book),)
        return self._told[types]

    def _near(self, whereabouts: Whereabouts) -> tuple[Iterable[str], bool]:
        """The places in which an entity could stand, and whether zones are among them.

        None of those that lie apart from a place that it named.
        """
        for named in (*whereabouts.divisions[-1:], *(whereabouts.zones or ())):
            if named not in self._close:
                found = self._by_area.near(named)
                self._close[named] = tuple(found), not self._zones.isdisjoint(found)
            return self._close[named]
        return self._places, bool(self._zones)


def _asked(book: Rulebook, leaf: Leaf, days: Sequence[datetime.date]) -> _Asked | None:
    """What a leaf asks of whereabouts; None where its verdict does not depend on them on any of the days."""
    gazetteer = id(book.gazetteer)
    every = (1 << len(days)) - 1
    match leaf:
        case Within(places):
            return _Asked(gazetteer, tuple((place, every) for place in dict.fromkeys(places)))
        case ZoneType():
            return _Asked(gazetteer, type=leaf)
        case Step() | Overtaken():
            counts: dict[str, _DaySet] = {}
            everywhere = 0
            for entry in _settling(book, leaf):
                own = sum(1 << number for number, day in enumerate(days) if entry.in_force(day))
                if not entry.places:
                    everywhere |= own
                for place in entry.places:
                    counts[place] = counts.get(place, 0) | own
            left = tuple((place, own & ~everywhere) for place, own in counts.items() if own & ~everywhere)
            return _Asked(gazetteer, left, everywhere=everywhere) if left or everywhere else None
        case _:
            return None


def _settling(book: Rulebook, leaf: Step | Overtaken) -> Iterator[Entry]:
    for entry in book.settling(leaf):
        if isinstance(leaf, Overtaken) or entry.step in (None, leaf.step):
            yield entry
