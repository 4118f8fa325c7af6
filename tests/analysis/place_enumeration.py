"""Samples of whereabouts as they were enumerated before `place_answers`, and whereabouts without any theory.

Both take too long for anything but a few places; they are what the samples of `place_classes` are compared with.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from applicability.analysis.classes import Sample, Vector, View
from applicability.analysis.place_classes import (
    PlaceLeaves,
    _divisions,
    _related,
    _sample,
    _type_sets,
)
from applicability.analysis.shared_places import SharedPlaces
from applicability.model.conditions import Overtaken, Step
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import Facts
from applicability.model.places import Whereabouts
from applicability.model.verdict import Verdict


def enumerated(views: Sequence[View], days: Sequence[datetime.date]) -> Iterator[Sample]:
    """Every division with every set of zone types that some leaf or entry tells apart, zones, and sets of zones."""
    readings = [PlaceLeaves(book, leaves) for book, leaves in views]
    gazetteer, shared = views[0][0].gazetteer, SharedPlaces([book for book, _ in views])
    wanted = {place for reading in readings for place in reading.named}
    types = list(dict.fromkeys(chain.from_iterable(reading.types for reading in readings)))
    zones = tuple(sorted(shared.zones if types else _related(shared, wanted)))
    divisions = _divisions(shared, wanted, zones)
    type_sets = list(_type_sets(shared, types, wanted))

    yield Sample()
    for code in divisions:
        yield _sample(gazetteer, (code,), None, None)
    if not zones and not type_sets:
        return
    for divided in ((), *((code,) for code in divisions)):
        yield _sample(gazetteer, divided, frozenset(), None)
        for held in type_sets:
            yield _sample(gazetteer, divided, None, held)
            if held:
                yield _sample(gazetteer, divided, frozenset(), held)
    for zone in zones:
        for divided in ((), *((code,) for code in divisions if shared.overlap(code, zone))):
            yield _sample(gazetteer, divided, frozenset((zone,)), None)
            for held in type_sets:
                if held:
                    yield _sample(gazetteer, divided, frozenset((zone,)), held)
    yield from _several(views, days, shared, zones, divisions)


def _several(
    views: Sequence[View],
    days: Sequence[datetime.date],
    shared: SharedPlaces,
    zones: Sequence[str],
    divisions: Sequence[str],
) -> Iterator[Sample]:
    """Sets of overlapping zones, extended while they give a new vector on all days together."""
    gazetteer = shared.gazetteers[0]

    def reads(held: frozenset[str]) -> Vector:
        return tuple(chain.from_iterable(vectors_of(_sample(gazetteer, (), held, None), views, days)))

    kinds: dict[tuple[Vector, tuple[str, ...]], str] = {}
    for zone in zones:
        kinds.setdefault((reads(frozenset((zone,))), gazetteer.areas(zone)), zone)
    seen = {(vector, frozenset(areas)) for vector, areas in kinds}
    frontier = [frozenset((zone,)) for zone in kinds.values()]
    for _ in range(max(len(leaves) for _, leaves in views) - 1):
        grown = []
        for held in frontier:
            for zone in kinds.values():
                if zone in held or not all(shared.overlap(zone, other) for other in held):
                    continue
                both = held | {zone}
                key = (reads(both), frozenset(area for one in both for area in gazetteer.areas(one)))
                if key not in seen:
                    seen.add(key)
                    grown.append(both)
                    yield _sample(gazetteer, (), both, None)
                    for code in divisions:
                        if all(shared.overlap(code, one) for one in both):
                            yield _sample(gazetteer, (code,), both, None)
        frontier = grown


def vectors_of(sample: Sample, views: Sequence[View], days: Sequence[datetime.date]) -> list[Vector]:
    """As `vector_of`, on each of some days; what does not depend on the day is asked once."""
    found: list[list[Verdict]] = [[] for _ in days]
    for book, leaves in views:
        # Separate for each rulebook: facts cache places by its gazetteer.
        facts = Facts(sample.values, sample.whereabouts, sample.day or days[0], sample.findings, limits=sample.limits)
        first = [leaf_verdict(leaf, facts, book) for leaf in leaves]
        found[0] += first
        for own, day in zip(found[1:], days[1:], strict=True):
            later = facts.on(sample.day or day)
            own += [
                leaf_verdict(leaf, later, book) if isinstance(leaf, (Step, Overtaken)) else held
                for leaf, held in zip(leaves, first, strict=True)
            ]
    return [tuple(own) for own in found]


def every_whereabouts(views: Sequence[View]) -> Iterator[Whereabouts]:
    """All whereabouts that can be stated for all of the rulebooks: any division, any zones that overlap, any types."""
    gazetteers = [book.gazetteer for book, _ in views]
    first = gazetteers[0]
    shared = SharedPlaces([book for book, _ in views])
    sets: list[frozenset[str] | None] = [None]
    for count in range(len(shared.zones) + 1):
        for held in combinations(sorted(shared.zones), count):
            if all(shared.overlap(one, other) for one, other in combinations(held, 2)):
                sets.append(frozenset(held))
    types: list[frozenset[str] | None] = [None]
    for count in range(len(shared.zone_types) + 1):
        types += map(frozenset, combinations(sorted(shared.zone_types), count))
    for code in (None, *sorted(shared.divisions)):
        divisions = () if code is None else tuple(reversed(first.path(code)))
        for zones in sets:
            if code is None or all(one.overlap(code, zone) for one in gazetteers for zone in zones or ()):
                for held_types in types:
                    yield Whereabouts(divisions, zones, held_types)
