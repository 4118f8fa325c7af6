"""Samples of whereabouts that cover every class that place conditions distinguish.

A division matters only by what contains it, what it contains and what it excludes, so one is enough of those with the
same relations to every place named. A zone brings its types and the zones around it. Combinations of zones are tried
where they give a new vector, up to one zone per leaf: more zones than leaves change nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product

from applicability.analysis.classes import Sample, View, unions, vector_of
from applicability.analysis.place_answers import PlaceAnswers
from applicability.analysis.shared_places import SharedPlaces, below
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import Leaf, Step, Within, ZoneType
from applicability.model.places import Gazetteer, Whereabouts
from applicability.model.rulebook import Entry, Rulebook

PLACE_FACTS = ("city", "district")


@dataclass(frozen=True)
class PlaceLeaves:
    """What the place leaves of one rulebook depend on: the leaves, and the register entries behind steps."""

    rulebook: Rulebook
    leaves: tuple[Leaf, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that can settle a step among the leaves."""
        found = (self.rulebook.settling(leaf) for leaf in self.leaves)
        return tuple(dict.fromkeys(chain.from_iterable(found)))

    @property
    def key(self) -> object:
        """What the classes depend on: leaves with equal keys have the same verdicts for all whereabouts, row by row."""
        steps = {
            (leaf.step if isinstance(leaf, Step) else None, entries)
            for leaf in self.leaves
            if (entries := self.rulebook.settling(leaf))
        }
        ids = frozenset((step, tuple(entry.id for entry in entries)) for step, entries in steps)
        return (frozenset(leaf for leaf in self.leaves if isinstance(leaf, (Within, ZoneType))), ids)

    @property
    def in_order(self) -> object:
        """What their verdicts depend on, leaf by leaf: where it is equal, all whereabouts have equal vectors."""
        return tuple(self.reads(leaf) for leaf in self.leaves)

    def reads(self, leaf: Leaf) -> object:
        """What the verdict of one leaf depends on."""
        if isinstance(leaf, (Within, ZoneType)):
            return leaf
        entries = tuple(entry.id for entry in self.rulebook.settling(leaf))
        return (leaf.step if entries and isinstance(leaf, Step) else type(leaf), entries)

    @property
    def named(self) -> tuple[str, ...]:
        """Every place that the leaves test."""
        own = (place for leaf in self.leaves if isinstance(leaf, Within) for place in leaf.places)
        return tuple(dict.fromkeys((*own, *(place for entry in self.entries for place in entry.places))))

    @property
    def types(self) -> tuple[frozenset[str], ...]:
        """The sets of zone types that the leaves test."""
        return tuple(dict.fromkeys(leaf.types for leaf in self.leaves if isinstance(leaf, ZoneType)))


def days_of(views: Sequence[View]) -> tuple[datetime.date, ...]:
    """Days that cover every state of the register that the leaves read, latest first."""
    entries = [entry for book, leaves in views for entry in PlaceLeaves(book, leaves).entries]
    one, first, last = datetime.timedelta(days=1), datetime.date.min, datetime.date.max
    begun = {entry.date for entry in entries}
    begun |= {entry.expires + one for entry in entries if entry.expires and entry.expires < last}
    before = {day - one for day in sorted(begun)[:1] if day > first}
    return tuple(sorted(begun | before, reverse=True))


def place_samples(views: Sequence[View], answers: PlaceAnswers) -> Iterator[Sample]:
    """Samples of whereabouts for the place leaves of all views, simplest first; each applies on any of the days.

    Only places that every view's rulebook knows are used, since a profile must be readable by all of them.
    """
    readings = [PlaceLeaves(book, leaves) for book, leaves in views]
    books = [reading.rulebook for reading in readings]
    gazetteer = books[0].gazetteer
    shared = SharedPlaces(books)
    wanted = {place for reading in readings for place in reading.named}
    types = list(dict.fromkeys(chain.from_iterable(reading.types for reading in readings)))
    zones = tuple(sorted(shared.zones if types else _related(shared, wanted)))
    divisions = _divisions(shared, wanted, zones)

    def type_sets(codes: tuple[str, ...], held: frozenset[str] | None) -> list[frozenset[str]]:
        return answers.type_sets(shared.zone_types, lambda own: _whereabouts(gazetteer, codes, held, own))

    yield Sample()
    for code in divisions:
        yield _sample(gazetteer, (code,), None, None)
    if not zones and not answers.about_zones:
        return
    alone: list[tuple[str, ...]] = [(), *((code,) for code in divisions)]
    for divided in alone:
        yield _sample(gazetteer, divided, frozenset(), None)
        for held in type_sets(divided, None):
            yield _sample(gazetteer, divided, None, held)
            if held:
                yield _sample(gazetteer, divided, frozenset(), held)
    near = shared.near(divisions)
    for zone in zones:
        own = frozenset((zone,))
        for divided in ((), *((code,) for code in near(own))):
            yield _sample(gazetteer, divided, own, None)
            for held in type_sets(divided, own) if types else ():
                if held:
                    yield _sample(gazetteer, divided, own, held)
    together = list(_together(answers, shared, zones, divisions))
    for divided, own in together:
        yield _sample(gazetteer, divided, own, None)
    for divided, own in together if types else ():
        for held in type_sets(divided, own):
            if held:
                yield _sample(gazetteer, divided, own, held)


def destinations(view: View, day: datetime.date) -> Iterator[Sample]:
    """Places to move to, as the leaves distinguish them: divisions, and zones with their city."""
    book, leaves = view
    gazetteer, reading, shared = book.gazetteer, PlaceLeaves(book, leaves), SharedPlaces([book])
    zones = tuple(sorted(shared.zones if reading.types else _related(shared, reading.named)))
    divisions = _divisions(shared, reading.named, zones)
    for code in divisions:
        yield _sample(gazetteer, (code,), None, None)
    for code in divisions if zones else ():
        yield _sample(gazetteer, (code,), frozenset(), None)
    named = [place for place in reading.named if place in gazetteer.divisions]
    inside = below(gazetteer, named)
    for zone in zones:
        areas = gazetteer.areas(zone)
        yield _sample(gazetteer, areas if len(areas) == 1 else (), frozenset((zone,)), None)
        # A city-wide zone covers whichever district a row names.
        for number in sorted({number for area in areas for number in inside.get(area, ())}):
            if named[number] not in areas:
                yield _sample(gazetteer, (named[number],), frozenset((zone,)), None)
    # One zone is enough for one leaf about zones.
    about_zones = [leaf for leaf in leaves if isinstance(leaf, ZoneType) or _names_zone(leaf, gazetteer)]
    # More zones than leaves give no better answers.
    most = len(leaves) if len(about_zones) > 1 else 1
    several = _together(PlaceAnswers([view], [day]), shared, zones, (), most)
    for _, held in several:
        around = {area for zone in held for area in gazetteer.areas(zone)}
        finest = [one for one in sorted(around) if all(gazetteer.lies_in(one, other) for other in around)]
        yield _sample(gazetteer, tuple(finest[:1]), held, None)


def _names_zone(leaf: Leaf, gazetteer: Gazetteer) -> bool:
    return isinstance(leaf, Within) and any(place in gazetteer.zones for place in leaf.places)


def _related(shared: SharedPlaces, wanted: Iterable[str]) -> set[str]:
    """The zones inside a named zone, those that span several divisions, and those that do not lie in the same in all.

    Any other zone is equivalent to its one division without a zone.
    """
    first = shared.gazetteers[0]
    named = {place for gazetteer in shared.gazetteers for place in wanted if place in gazetteer.zones}
    return {
        zone
        for gazetteer in shared.gazetteers
        for zone in shared.zones
        if gazetteer.around(zone) & named
        or len(gazetteer.areas(zone)) > 1
        or (gazetteer is not first and gazetteer.areas(zone) != first.areas(zone))
    }


def _divisions(shared: SharedPlaces, wanted: Iterable[str], zones: Iterable[str]) -> tuple[str, ...]:
    """The divisions named or containing a zone, all around them, and one more next to and inside each."""
    gazetteer = shared.gazetteers[0]
    named: dict[str, None] = {}
    for place in (*wanted, *zones):
        for known in shared.gazetteers:
            if place in known.zones or place in known.divisions:
                for area in known.areas(place):
                    named.update(dict.fromkeys(code for code in known.path(area) if code in shared.divisions))
    children = gazetteer.children
    beside = (
        next((child for child in children.get(code, ()) if child in shared.divisions and child not in named), None)
        for code in (None, *named)
    )
    order = {"province": 0, "prefecture": 1, "county": 2}
    every = dict.fromkeys((*named, *(code for code in beside if code)))
    return tuple(sorted(every, key=lambda code: (order[gazetteer.level(code)], code)))


def _type_sets(
    shared: SharedPlaces, types: Sequence[frozenset[str]], wanted: Iterable[str]
) -> Iterator[frozenset[str]]:
    """Sets of zone types, one for each vector; a type counts as every type that it descends from."""
    asked: list[frozenset[str]] = []
    for gazetteer in shared.gazetteers:
        for each in types:
            asked.append(frozenset(t for t in shared.zone_types if gazetteer.kinds(t) & each))
        for place in wanted:
            zone = gazetteer.zones.get(place)
            if zone is not None:
                own = {kind for each in zone.types for kind in gazetteer.kinds(each)}
                asked.append(frozenset(t for t in shared.zone_types if gazetteer.kinds(t) & own))
    sets = list(dict.fromkeys(asked))
    if sets:
        yield from unions(sorted(shared.zone_types), sets)


def _together(
    answers: PlaceAnswers, shared: SharedPlaces, zones: Sequence[str], divisions: Sequence[str], most: int | None = None
) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """Sets of up to `most` overlapping zones, extended while they give new answers on some day, and divisions for each.

    A place is entered with any of the zones in it, and missed where the areas of one lie apart: so sets of the same
    answers in the same areas are extended alike.
    """
    gazetteer = shared.gazetteers[0]
    areas = {zone: gazetteer.areas(zone) for zone in zones}
    near_all = shared.near(divisions)
    # The days on which zones in some areas had some answers.
    seen: dict[object, int] = {}

    def new(held: frozenset[str]) -> bool:
        """Whether zones have answers on some day that none before them in the same areas had on it."""
        around = frozenset(areas[zone] for zone in held)
        found = False
        for best, days in answers.by_day(answers.of(Whereabouts(zones=held))):
            met = seen.get((best, around), 0)
            found = found or bool(days & ~met)
            seen[best, around] = met | days
        return found

    kinds: dict[object, str] = {}
    for zone in zones:
        kinds.setdefault((answers.of(Whereabouts(zones=frozenset((zone,)))), areas[zone]), zone)
    near = {
        zone: [other for other in kinds.values() if other != zone and shared.overlap(zone, other)]
        for zone in kinds.values()
    }
    frontier = [frozenset((zone,)) for zone in kinds.values()]
    for held in frontier:
        new(held)
    tried = set(frontier)
    while frontier and (most is None or len(frontier[0]) < most):
        grown = []
        for held in frontier:
            for zone in kinds.values():
                both = held | {zone}
                if both in tried or any(zone not in near[other] for other in held):
                    continue
                tried.add(both)
                if new(both):
                    grown.append(both)
                    yield (), both
                    for code in near_all(both):
                        yield (code,), both
        frontier = grown


def _sample(
    gazetteer: Gazetteer, codes: tuple[str, ...], zones: frozenset[str] | None, types: frozenset[str] | None
) -> Sample:
    """The sample as a profile would give it: a county as `district`, with its city."""
    whereabouts = _whereabouts(gazetteer, codes, zones, types)
    given: dict[str, object] = dict(zip(PLACE_FACTS, whereabouts.divisions, strict=False))
    if zones is not None:
        given["zones"] = sorted(zones)
    if types is not None:
        given["zone_types"] = sorted(types)
    return Sample(given, whereabouts=whereabouts)


def _whereabouts(
    gazetteer: Gazetteer, codes: tuple[str, ...], zones: frozenset[str] | None, types: frozenset[str] | None
) -> Whereabouts:
    divisions: list[str] = []
    for code in codes:
        path = gazetteer.path(code)
        if gazetteer.level(code) == "county" and len(path) > 1:
            divisions += [path[1], code]
        else:
            divisions.append(code)
    return Whereabouts(tuple(divisions), zones, types, PLACE_FACTS[: len(divisions)])


def completed_places(view: View, held: Whereabouts, day: datetime.date) -> Iterator[Whereabouts]:
    """Whereabouts that say what is held and more: enough of them to meet every class that the leaves tell apart.

    Zones that were listed whole are all of them, and so are zone types; of those known in part more may be said, within
    what was ruled out.
    """
    if held == Whereabouts():
        yield from (sample.whereabouts for sample in place_samples([view], PlaceAnswers([view], [day])))
        return
    book, leaves = view
    gazetteer, reading, shared = book.gazetteer, PlaceLeaves(book, leaves), SharedPlaces([book])
    related = tuple(sorted(shared.zones if reading.types else _related(shared, reading.named)))
    wanted = (*reading.named, *held.divisions, *(held.zones or ()))
    # Pairs of zone types and the types that are ruled out: None where the list is complete.
    types: list[tuple[frozenset[str] | None, frozenset[str] | None]] = [(held.zone_types, held.no_zone_types)]
    if not held.all_zone_types:
        known = held.zone_types or frozenset()
        types += [(known | one, None) for one in _type_sets(shared, reading.types, reading.named)]
    for finer in _finer(gazetteer, held, _divisions(shared, wanted, related)):
        divisions = held.divisions if finer is None else tuple(dict.fromkeys((*held.divisions, *finer)))
        zones: list[tuple[frozenset[str] | None, frozenset[str] | None]] = [(held.zones, held.no_zones)]
        if not held.all_zones:
            own = held.zones or frozenset()
            zones += [(own | one, None) for one in _zone_sets(view, day, divisions, related)]
        for (each, no), (one, no_types) in product(zones, types):
            found = Whereabouts(divisions, each, one, held.named, no, no_types)
            if (held.no_zones is None and held.no_zone_types is None) or _allowed(gazetteer, found, held):
                yield found


def _allowed(gazetteer: Gazetteer, found: Whereabouts, held: Whereabouts) -> bool:
    """Whether zones lie together and neither they nor the types are among those that were ruled out."""
    zones = sorted(found.zones or ())
    if not all(gazetteer.overlap(one, other) for one, other in combinations(zones, 2)):
        return False
    no, no_types = held.no_zones or frozenset(), held.no_zone_types or frozenset()
    return not gazetteer.ruled_out(replace(found, no_zones=no, no_zone_types=no_types))


def _finer(gazetteer: Gazetteer, held: Whereabouts, divisions: Iterable[str]) -> Iterator[tuple[str, ...] | None]:
    """No further division, and each that a profile could name beside what it holds, with those around it."""
    yield None
    if "district" in held.named:
        return
    here = (*held.divisions, *(held.zones or ()))
    for code in divisions:
        inside = all(code != one and gazetteer.lies_in(code, one) for one in held.divisions)
        if inside and all(gazetteer.overlap(code, one) for one in here):
            yield tuple(reversed(gazetteer.path(code)))


def _zone_sets(
    view: View, day: datetime.date, divisions: tuple[str, ...], zones: Iterable[str]
) -> Iterator[frozenset[str]]:
    """No zone, each that overlaps the divisions, and several that overlap each other.

    Combinations are extended while the vector of the leaves is new.
    """
    gazetteer = view[0].gazetteer
    near = [zone for zone in zones if all(gazetteer.overlap(zone, one) for one in divisions)]
    yield frozenset()
    seen: set[object] = set()
    frontier = [frozenset[str]()]
    while frontier:
        grown = []
        for own in frontier:
            for zone in near:
                if zone in own or not all(gazetteer.overlap(zone, other) for other in own):
                    continue
                both = own | {zone}
                read = vector_of(Sample(whereabouts=Whereabouts(divisions, both)), [view], day)
                key = (read, frozenset(area for one in both for area in gazetteer.areas(one)))
                if key not in seen:
                    seen.add(key)
                    grown.append(both)
        yield from grown
        frontier = grown
