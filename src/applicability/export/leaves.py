"""Compiles each leaf to an expression over columns, following `model.evaluate`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from applicability.export.expressions import (
    NOTHING,
    AllIn,
    CaseWhen,
    Compared,
    Constant,
    Every,
    Greatest,
    HasAny,
    IsIn,
    IsNoNumber,
    IsNull,
    IsTrue,
    Never,
    Operator,
    Some,
    Test,
    VerdictExpression,
)
from applicability.model.conditions import (
    Bound,
    Does,
    InSector,
    Judgement,
    Leaf,
    Limit,
    Number,
    OneOf,
    Overtaken,
    Step,
    Within,
    ZoneType,
)  # fmt: skip
from applicability.model.leaf_kinds import limit_name
from applicability.model.rulebook import Entry, Rulebook

DIVISION, PATH, ZONES, ZONE_TYPES = "division", "division_path", "zones", "zone_types"
SECTOR, SECTOR_PATH, ACTIVITIES = "sector", "sector_path", "activities"
FINDING = "determinations."
KEPT, NOT_KEPT, UNKNOWN = "yes", "no", "unknown"  # of a limit; null is not given
MET, OPEN, MISSING, WAITS, FAILS = 4, 3, 2, 1, 0
_OPERATORS: dict[Bound, Operator] = {"above": ">", "at_least": ">=", "equals": "=", "at_most": "<=", "below": "<"}


@dataclass(frozen=True)
class LeafExpressions:
    """Compiles leaves for one rulebook and one day."""

    rulebook: Rulebook
    day: datetime.date

    def of(self, leaf: Leaf) -> VerdictExpression:
        """The verdict of a leaf as an expression."""
        match leaf:
            case Number(fact, bounds):
                tests = tuple(Compared(fact, _OPERATORS[bound], limit) for bound, limit in bounds)
                return CaseWhen(((IsNoNumber(fact), MISSING), (Every(tests), MET)), FAILS)
            case OneOf(fact, values):
                many = self.rulebook.facts[fact].type == "choices"
                held = HasAny(fact, _sorted(values)) if many else IsIn(fact, _sorted(values))
                return CaseWhen(((IsNull(fact), MISSING), (held, MET)), FAILS)
            case Within(places):
                return self._any_place(places)
            case ZoneType(types):
                return _greatest(self._zone_type(one) for one in sorted(types))
            case Does(activities):
                return self._does(activities)
            case InSector(codes):
                around = {one for code in codes for one in self.rulebook.sectors.path(code)}
                whens = (
                    (IsNull(SECTOR), MISSING),
                    (HasAny(SECTOR_PATH, _sorted(codes)), MET),
                    (HasAny(SECTOR, _sorted(around)), MISSING),
                )
                return CaseWhen(whens, FAILS)
            case Step(step, row, document):
                entries = [one for one in self.rulebook.entries("records", document, row) if one.step in (None, step)]
                return _greatest((Constant(WAITS), *map(self._reaches, entries)))
            case Overtaken(row, document):
                return _greatest(map(self._reaches, self.rulebook.entries("overtakes", document, row)))
            case Judgement(key):
                column = f"{FINDING}{key}"
                return CaseWhen(((IsNull(column), OPEN), (IsTrue(column), MET)), FAILS)
            case Limit(key):
                column = limit_name(key)
                return CaseWhen(((IsIn(column, (NOT_KEPT,)), FAILS), (IsIn(column, (UNKNOWN,)), MISSING)), MET)
            case _:
                assert_never(leaf)

    def _does(self, activities: frozenset[str]) -> VerdictExpression:
        sectors = self.rulebook.sectors
        under = {code for id in activities for code in sectors.activities[id].under}
        around = {one for code in under for one in sectors.path(code)}
        carries = Some((HasAny(SECTOR_PATH, _sorted(under)), HasAny(SECTOR, _sorted(around))))
        whens = (
            (HasAny(ACTIVITIES, _sorted(activities)), MET),
            (Never(IsNull(ACTIVITIES)), FAILS),
            (IsNull(SECTOR), MISSING),
            (carries, MISSING),
        )
        return CaseWhen(whens, FAILS)

    # Places ----------------------------------------------------------------------------------------------------------

    def _any_place(self, places: tuple[str, ...]) -> VerdictExpression:
        """Divisions of the list are tested together, zones individually."""
        divisions = tuple(place for place in places if place in self.rulebook.gazetteer.divisions)
        zones = [place for place in places if place not in divisions]
        found = [self._within_any(divisions)] if divisions else []
        return _greatest([*found, *(self._within_zone(zone) for zone in zones)])

    def _within_any(self, divisions: tuple[str, ...]) -> VerdictExpression:
        """The verdict of being in any of some divisions."""
        if len(divisions) > 1:
            # Zones that exclude only some of the divisions may decide each differently: test them one by one.
            near = {self._near(one) for one in divisions}
            if len(near) > 1:
                return _greatest(self._within_any((one,)) for one in divisions)
        overlaps = self._overlaps(divisions)
        inside = self._inside(divisions)
        return CaseWhen(((Never(overlaps), FAILS), (inside, MET)), MISSING)

    def _within_zone(self, id: str) -> VerdictExpression:
        gazetteer = self.rulebook.gazetteer
        zone = gazetteer.zones[id]
        whens: list[tuple[Test, int]] = [(Never(self._overlaps((id,))), FAILS)]
        if zone.whole:
            whens.append((self._inside((id,)), MET))
        whens.append((HasAny(ZONES, self._held(id)), MET))
        whens.append((Never(IsNull(ZONES)), MISSING if zone.whole else FAILS))
        if zone.types:
            own = {kind for each in zone.types for kind in gazetteer.kinds(each)}
            like = [kind for kind in gazetteer.zone_types if gazetteer.kinds(kind) & own]
            whens += [(HasAny(ZONE_TYPES, _sorted(like)), MISSING), (Never(IsNull(ZONE_TYPES)), FAILS)]
        return CaseWhen(tuple(whens), MISSING)

    def _overlaps(self, places: tuple[str, ...]) -> Test:
        """Whether the known whereabouts can overlap the places; never null."""
        gazetteer = self.rulebook.gazetteer
        areas = [area for place in places for area in gazetteer.areas(place)]
        around = {one for area in areas for one in gazetteer.path(area)}
        near = Some((IsNull(DIVISION), HasAny(PATH, _sorted(areas)), IsIn(DIVISION, _sorted(around))))
        clear = Some((IsNull(ZONES), AllIn(ZONES, self._near(places[0]))))
        return Every((near, clear))

    def _near(self, place: str) -> tuple[str, ...]:
        """The zones that can overlap a place."""
        gazetteer = self.rulebook.gazetteer
        return _sorted(zone for zone in gazetteer.zones if gazetteer.overlap(zone, place))

    def _inside(self, places: tuple[str, ...]) -> Test:
        """Whether a known division or zone is entirely in one of the places."""
        gazetteer = self.rulebook.gazetteer
        areas = {area for place in places for area in gazetteer.areas(place)}
        zones = {
            id
            for id in gazetteer.zones
            for place in places
            if all(any(gazetteer.lies_in(own, area) for area in gazetteer.areas(place)) for own in gazetteer.areas(id))
        }
        return Some((HasAny(PATH, _sorted(areas)), *((HasAny(ZONES, _sorted(zones)),) if zones else ())))

    def _held(self, id: str) -> tuple[str, ...]:
        """The zones that imply the zone: itself and those that are part of it."""
        gazetteer = self.rulebook.gazetteer
        return _sorted(zone for zone in gazetteer.zones if id in gazetteer.around(zone))

    def _zone_type(self, wanted: str) -> VerdictExpression:
        gazetteer = self.rulebook.gazetteer

        def has(id: str) -> bool:
            return any(wanted in gazetteer.kinds(kind) for kind in gazetteer.zones[id].types)

        named = [id for id in gazetteer.zones if any(has(around) for around in gazetteer.around(id))]
        kinds = [kind for kind in gazetteer.zone_types if wanted in gazetteer.kinds(kind)]
        whole = [id for id, zone in gazetteer.zones.items() if zone.whole and has(id)]
        stands = [Every((self._overlaps((id,)), self._inside((id,)))) for id in whole]
        met = Some((HasAny(ZONES, _sorted(named)) if named else NOTHING, HasAny(ZONE_TYPES, _sorted(kinds)), *stands))
        unknown = Every((IsNull(ZONES), IsNull(ZONE_TYPES)))
        return CaseWhen(((met, MET), (unknown, MISSING)), FAILS)

    def _reaches(self, entry: Entry) -> VerdictExpression:
        if not entry.in_force(self.day):
            return Constant(FAILS)
        return self._any_place(entry.places) if entry.places else Constant(MET)


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _greatest(parts: Iterable[VerdictExpression]) -> VerdictExpression:
    every = tuple(parts)
    if not every:
        return Constant(FAILS)
    return every[0] if len(every) == 1 else Greatest(every)
