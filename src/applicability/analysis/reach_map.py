"""Where each measure applies: its best verdict in each place, and the sectors and foreign shares it is open to.

The best verdict in a place is the maximum over everybody who could be located there, enumerated class by class. It is
what the place allows, not what any one entity has.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

from applicability.analysis.classes import (
    Column,
    Sample,
    ValueClass,
    classes,
    fact_samples,
    facts_of,
    intervals,
)
from applicability.analysis.place_classes import PlaceLeaves, destinations
from applicability.analysis.product_space import ProductSpace, ProductSpaces
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Bucket, bucket_of
from applicability.model.conditions import Does, InSector, Leaf, bare_leaf, leaves
from applicability.model.derive import derive
from applicability.model.evaluate import verdict
from applicability.model.leaf_kinds import PLACE, column_of, limit_key
from applicability.model.measure import Measure
from applicability.model.partial import Interval
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.published import Published

_SHARE = "foreign_share"


@dataclass(frozen=True)
class Reach:
    """How far one measure reaches: its best bucket in each place, and who it can be open to.

    `sectors` are the two-digit divisions that can carry the activities it requires, None if it requires none; `shares`
    are the foreign shares it can be open to, None for any.
    """

    measure: Measure
    buckets: tuple[Bucket, ...]
    activities: tuple[str, ...]
    sectors: tuple[str, ...] | None
    shares: tuple[Interval, ...] | None


@dataclass(frozen=True)
class ReachMap(Published):
    """All measures by all places, on a day."""

    rulebook: Rulebook
    day: datetime.date
    places: tuple[str, ...]
    rows: tuple[Reach, ...]

    @cached_property
    def totals(self) -> tuple[Mapping[Bucket, int], ...]:
        """For each place the number of measures whose best bucket is each."""
        found = [Counter(row.buckets[index] for row in self.rows) for index in range(len(self.places))]
        return tuple({bucket: count[bucket] for bucket in BUCKETS} for count in found)

    def chapters(self, index: int) -> Mapping[tuple[str, int], int]:
        """The number of measures of each chapter that can be open in a place."""
        open_ = (row.measure for row in self.rows if row.buckets[index] in ("eligible", "conditional"))
        return Counter((measure.document, measure.chapter) for measure in open_)


def reach_map(
    rulebook: Rulebook, places: Sequence[str], day: datetime.date, measures: Sequence[Measure] | None = None
) -> ReachMap:
    """The reach map of some places: divisions by code."""
    spaces, there = ProductSpaces(day), _PlaceClasses(rulebook, places, day)
    chosen = rulebook.measures if measures is None else measures
    return ReachMap(rulebook, day, tuple(places), tuple(_reach(rulebook, one, there, spaces) for one in chosen))


def _reach(rulebook: Rulebook, measure: Measure, places: _PlaceClasses, spaces: ProductSpaces) -> Reach:
    if measure.condition is None:
        bucket: Bucket = "text_lost" if measure.lost else "authorities_only" if measure.encoded else "not_encoded"
        return Reach(measure, (bucket,) * len(places.places), (), None, None)
    space = spaces.of((rulebook, measure.condition))
    best = _Best(space)
    there = [best.of_classes({PLACE: own}) for own in places.of(measure, _column(space, PLACE))]
    activities, sectors = _business(rulebook, measure, space, best)
    return Reach(measure, tuple(bucket_of(found) for found in there), activities, sectors, _shares(space, best))


class _Best:
    """The best verdict of a measure with some columns fixed to certain samples and the others free.

    A finding is never free: nobody has it beforehand. A limit counts as kept, which is best.
    """

    def __init__(self, space: ProductSpace) -> None:
        self.space = space
        (self._layer,) = space.layers
        self._linked = space.linked
        self._decide = space.deciders()[0]

    def of(self, held: Mapping[str, Iterable[Sample]]) -> Verdict:
        """The best verdict over all cells; ineligible if no entity is possible."""
        columns = [column for column in self.space.columns if column.name in held]
        return self.of_classes({column.name: self._classes(column, held[column.name]) for column in columns})

    def of_classes(self, held: Mapping[str, tuple[ValueClass, ...]]) -> Verdict:
        """The same, where the classes of those samples are known."""
        choices = [held[one.name] if one.name in held else self._free(one) for one in self.space.columns]
        return max((self._verdict(combination) for combination in product(*choices)), default=Verdict.INELIGIBLE)

    def _classes(self, column: Column, samples: Iterable[Sample]) -> tuple[ValueClass, ...]:
        return classes(samples, [(self._layer[0], column.leaves)], self.space.day)

    def _free(self, column: Column) -> tuple[ValueClass, ...]:
        if limit_key(column.name) is not None:
            return column.classes[:1]
        judged = column.name in self._layer[0].judgements
        return tuple(one for one in column.classes if not (judged and one.sample.findings))

    def _verdict(self, combination: tuple[ValueClass, ...]) -> Verdict:
        if not self._linked:
            found = self._decide(tuple(one for each in combination for one in each.vector))
            return Verdict.INELIGIBLE if found is None else found
        book, condition = self._layer
        facts, clashes = derive(facts_of((one.sample for one in combination), self.space.day), book)
        return Verdict.INELIGIBLE if clashes or condition is None else verdict(condition, facts, book)


class _PlaceClasses:
    """The classes of everywhere in each of some places, as measures distinguish it.

    Measures that test the same places and steps have the same.
    """

    def __init__(self, rulebook: Rulebook, places: Sequence[str], day: datetime.date) -> None:
        self.places = places
        self._rulebook, self._day = rulebook, day
        self._everywhere: dict[object, list[tuple[Sample, frozenset[str]]]] = {}
        self._classes: dict[object, list[tuple[ValueClass, ...]]] = {}

    def of(self, measure: Measure, column: Column | None) -> list[tuple[ValueClass, ...]]:
        """For each of the places the classes of a measure's column of places."""
        own = _place_leaves(measure)
        read = () if column is None else column.leaves
        key = PlaceLeaves(self._rulebook, own).in_order
        both = (key, PlaceLeaves(self._rulebook, read).in_order)
        if both not in self._classes:
            if key not in self._everywhere:
                self._everywhere[key] = self._destinations(own)
            everywhere, view = self._everywhere[key], (self._rulebook, read)
            self._classes[both] = [classes(_in(place, everywhere), [view], self._day) for place in self.places]
        return self._classes[both]

    def _destinations(self, leaves: tuple[Leaf, ...]) -> list[tuple[Sample, frozenset[str]]]:
        """Samples of everywhere, each with the divisions that it lies in."""
        gazetteer = self._rulebook.gazetteer
        found = []
        for sample in destinations((self._rulebook, leaves), self._day):
            zones = sample.whereabouts.zones or ()
            areas = [*sample.whereabouts.divisions, *(area for zone in zones for area in gazetteer.areas(zone))]
            if areas:
                around = frozenset.intersection(*(frozenset(gazetteer.path(area)) for area in areas))
                found.append((sample, around))
        return found


def _in(place: str, everywhere: Iterable[tuple[Sample, frozenset[str]]]) -> Iterator[Sample]:
    """Samples of everywhere in the place."""
    yield Sample({"city": place}, whereabouts=Whereabouts((place,), None, None, ("city",)))
    yield Sample({"city": place, "zones": []}, whereabouts=Whereabouts((place,), frozenset(), None, ("city",)))
    yield from (sample for sample, around in everywhere if place in around)


def _place_leaves(measure: Measure) -> tuple[Leaf, ...]:
    assert measure.condition is not None
    return tuple(bare_leaf(leaf) for leaf in leaves(measure.condition) if column_of(leaf) == PLACE)


def _open(found: Verdict) -> bool:
    return found >= Verdict.CONDITIONAL


def _business(
    rulebook: Rulebook, measure: Measure, space: ProductSpace, best: _Best
) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """The activities that open it, and the divisions of the classification that can carry one of them."""
    column = _column(space, "business")
    if column is None or measure.condition is None:
        return (), None
    asked = [leaf for leaf in leaves(measure.condition) if isinstance(leaf, (Does, InSector))]
    asked_for = {a for leaf in asked if isinstance(leaf, Does) for a in leaf.activities}
    names = sorted(rulebook.sectors.most_general(asked_for))
    none = Sample({"activities": []}, {"activities": frozenset()})
    if _open(best.of({"business": [none]})):
        return (), None
    opening = [
        name for name in names
        if _open(best.of({"business": [Sample({"activities": [name]}, {"activities": frozenset((name,))})]}))
    ]  # fmt: skip
    sectors = rulebook.sectors
    codes = [code for code in sectors.codes if len(code) == 2]
    wanted = [code for leaf in asked if isinstance(leaf, InSector) for code in leaf.codes]
    found = [
        code
        for code in codes
        if any(sectors.can_carry(code, name) for name in opening) or any(sectors.related(code, one) for one in wanted)
    ]
    return tuple(opening), tuple(found)


def _shares(space: ProductSpace, best: _Best) -> tuple[Interval, ...] | None:
    """The foreign shares that it can be open to; None if any will do."""
    column = _column(space, _SHARE)
    if column is None:
        return None
    book, condition = space.layers[0]
    assert condition is not None  # a measure without one has no space
    # All samples, not just one per class: an interval is built from all of them.
    given = [one for one in fact_samples(book.facts[_SHARE], leaves(condition)) if one.values]
    open_ = [one for one in given if _open(best.of({_SHARE: [one]}))]
    return None if len(open_) == len(given) else intervals(open_)


def _column(space: ProductSpace, name: str) -> Column | None:
    return next((column for column in space.columns if column.name == name), None)
