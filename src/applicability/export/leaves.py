"""Compiles each leaf to an expression over columns, following `model.evaluate`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import assert_never

from applicability.export.expressions import (
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
    Never,
    Operator,
    Some,
    Test,
    VerdictExpression,
)
from applicability.lazy_dataclass import dataclass
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
from applicability.model.leaf_kinds import FINDING, limit_name
from applicability.model.partial import NO, YES, interval_of
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict

DIVISION, PATH, ZONES, ZONE_TYPES = "division", "division_path", "zones", "zone_types"
SECTOR, SECTOR_PATH, ACTIVITIES = "sector", "sector_path", "activities"
SAID_YES, SAID_NO, UNKNOWN = "yes", "no", "unknown"  # of a finding or a limit; null is not given
INELIGIBLE, PENDING, NEEDS_INFO, CONDITIONAL, ELIGIBLE = map(int, Verdict)
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
                return self._number(fact, bounds)
            case OneOf(fact, values) if self.rulebook.facts[fact].type == "choices":
                whens = (
                    *_listed(fact, _sorted(values)),
                    (Never(IsNull(fact)), INELIGIBLE),
                    (_has_all(f"{fact}.{NO}", values), INELIGIBLE),
                )
                return CaseWhen(whens, NEEDS_INFO)
            case OneOf(fact, values):
                return CaseWhen(((IsNull(fact), NEEDS_INFO), (IsIn(fact, _sorted(values)), ELIGIBLE)), INELIGIBLE)
            case Within(places):
                return self._any_place(places)
            case ZoneType(types):
                return _greatest(self._zone_type(one) for one in sorted(types))
            case Does(activities):
                return self._does(activities)
            case InSector(codes):
                around = {one for code in codes for one in self.rulebook.sectors.path(code)}
                whens = (
                    (IsNull(SECTOR), NEEDS_INFO),
                    (HasAny(SECTOR_PATH, _sorted(codes)), ELIGIBLE),
                    (HasAny(SECTOR, _sorted(around)), NEEDS_INFO),
                )
                return CaseWhen(whens, INELIGIBLE)
            case Step(step, row, document):
                entries = [one for one in self.rulebook.entries("records", document, row) if one.step in (None, step)]
                return _greatest((Constant(PENDING), *map(self._reaches, entries)))
            case Overtaken(row, document):
                return _greatest(map(self._reaches, self.rulebook.entries("overtakes", document, row)))
            case Judgement(key):
                return _said(f"{FINDING}{key}", CONDITIONAL)
            case Limit(key):
                return _said(limit_name(key), ELIGIBLE)
            case _:
                assert_never(leaf)

    def _does(self, activities: frozenset[str]) -> VerdictExpression:
        alike: dict[frozenset[str], set[str]] = {}
        for id in sorted(activities):
            alike.setdefault(frozenset(self.rulebook.sectors.activities[id].under), set()).add(id)
        # What is not carried on besides cannot be what the sector leaves open.
        carries = [
            self._carries(under)
            if len(alike) == 1
            else Every((self._carries(under), Never(_told(f"{ACTIVITIES}.{NO}", self._does_none(ids)))))
            for under, ids in alike.items()
        ]
        whens = (
            *_listed(ACTIVITIES, _sorted(activities)),
            (Never(IsNull(ACTIVITIES)), INELIGIBLE),
            (self._does_none(activities), INELIGIBLE),
            (IsNull(SECTOR), NEEDS_INFO),
            (Some(tuple(carries)), NEEDS_INFO),
        )
        return CaseWhen(whens, INELIGIBLE)

    def _does_none(self, activities: Iterable[str]) -> Test:
        """Whether each of them, or something more general, is listed as not carried on."""
        column, sectors = f"{ACTIVITIES}.{NO}", self.rulebook.sectors
        return Every(tuple(HasAny(column, _sorted(sectors.closed_up((one,)))) for one in sorted(activities)))

    def _carries(self, under: frozenset[str]) -> Test:
        """Whether the sector could carry on activities under those codes."""
        around = {one for code in under for one in self.rulebook.sectors.path(code)}
        return Some((HasAny(SECTOR_PATH, _sorted(under)), HasAny(SECTOR, _sorted(around))))

    def _number(self, fact: str, bounds: Sequence[tuple[Bound, Decimal]]) -> VerdictExpression:
        """The number, or else what its bounds leave of it."""
        tests = tuple(Compared(fact, _OPERATORS[bound], limit) for bound, limit in bounds)
        exact = Never(IsNoNumber(fact))
        if interval_of(bounds).empty:
            ends = tuple(Never(IsNoNumber(f"{fact}.{one}")) for one in _OPERATORS if one != "equals")
            return CaseWhen(((Some((exact, *ends)), INELIGIBLE),), NEEDS_INFO)
        met = Every(tuple(_surely(fact, bound, limit) for bound, limit in bounds))
        fails = Some(tuple(_surely_not(fact, bound, limit) for bound, limit in bounds))
        whens = ((Every((exact, *tests)), ELIGIBLE), (exact, INELIGIBLE), (met, ELIGIBLE), (fails, INELIGIBLE))
        return CaseWhen(whens, NEEDS_INFO)

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
        return CaseWhen(((Never(overlaps), INELIGIBLE), (inside, ELIGIBLE)), NEEDS_INFO)

    def _within_zone(self, id: str) -> VerdictExpression:
        gazetteer = self.rulebook.gazetteer
        zone = gazetteer.zones[id]
        whens: list[tuple[Test, int]] = [(Never(self._overlaps((id,))), INELIGIBLE)]
        if zone.whole:
            whens.append((self._inside((id,)), ELIGIBLE))
        whens += _listed(ZONES, self._held(id))
        whens.append((Never(IsNull(ZONES)), NEEDS_INFO if zone.whole else INELIGIBLE))
        whens.append((HasAny(f"{ZONES}.{NO}", _sorted(gazetteer.around(id))), INELIGIBLE))
        if zone.types:
            own = {kind for each in zone.types for kind in gazetteer.kinds(each)}
            whens.append((HasAny(f"{ZONE_TYPES}.{NO}", _sorted(own)), INELIGIBLE))
            like = [kind for kind in gazetteer.zone_types if gazetteer.kinds(kind) & own]
            whens += [(HasAny(ZONE_TYPES, _sorted(like)), NEEDS_INFO), (Never(IsNull(ZONE_TYPES)), INELIGIBLE)]
        return CaseWhen(tuple(whens), NEEDS_INFO)

    def _overlaps(self, places: tuple[str, ...]) -> Test:
        """Whether the known whereabouts can overlap the places; never null."""
        gazetteer = self.rulebook.gazetteer
        areas = [area for place in places for area in gazetteer.areas(place)]
        around = {one for area in areas for one in gazetteer.path(area)}
        near = Some((IsNull(DIVISION), HasAny(PATH, _sorted(areas)), IsIn(DIVISION, _sorted(around))))
        zones = self._near(places[0])
        clear = (Some((IsNull(column), AllIn(column, zones))) for column in (ZONES, f"{ZONES}.{YES}"))
        return Every((near, *clear))

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
        stands = (HasAny(column, _sorted(zones)) for column in (ZONES, f"{ZONES}.{YES}") if zones)
        return Some((HasAny(PATH, _sorted(areas)), *stands))

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
        told = [
            test
            for test, _ in (*(_listed(ZONES, _sorted(named)) if named else ()), *_listed(ZONE_TYPES, _sorted(kinds)))
        ]
        ruled_out = HasAny(f"{ZONE_TYPES}.{NO}", _sorted(gazetteer.kinds(wanted)))
        fails = Some((Never(IsNull(ZONES)), Never(IsNull(ZONE_TYPES)), ruled_out))
        return CaseWhen(((Some((*told, *stands)), ELIGIBLE), (fails, INELIGIBLE)), NEEDS_INFO)

    def _reaches(self, entry: Entry) -> VerdictExpression:
        if not entry.in_force(self.day):
            return Constant(INELIGIBLE)
        return self._any_place(entry.places) if entry.places else Constant(ELIGIBLE)


def _said(column: str, unsaid: int) -> VerdictExpression:
    """The verdict of a finding or a limit: what is said of it and is neither yes nor no is not known."""
    whens = ((IsNull(column), unsaid), (IsIn(column, (SAID_YES,)), ELIGIBLE), (IsIn(column, (SAID_NO,)), INELIGIBLE))
    return CaseWhen(whens, NEEDS_INFO)


def _listed(column: str, words: tuple[str, ...]) -> tuple[tuple[Test, int], ...]:
    """That a list, known whole or in part, has any of some words."""
    return (HasAny(column, words), ELIGIBLE), (HasAny(f"{column}.{YES}", words), ELIGIBLE)


def _has_all(column: str, words: Iterable[str]) -> Test:
    """Whether a list has all of some words; null where it is not told."""
    return Every(tuple(HasAny(column, (word,)) for word in _sorted(words)))


def _told(column: str, test: Test) -> Test:
    """A test of a list that is not null where the list is."""
    return Every((Never(IsNull(column)), test))


def _end(fact: str, bound: Bound, operator: Operator, limit: Decimal) -> Test:
    """Whether an end is told that compares so; what is no number is larger than any to databases."""
    column = f"{fact}.{bound}"
    compared = Compared(column, operator, limit)
    return compared if operator.startswith("<") else Every((Never(IsNoNumber(column)), compared))


def _surely(fact: str, bound: Bound, limit: Decimal) -> Test:
    """Whether all numbers within the ends that are told keep to the bound."""
    match bound:
        case "above":
            return Some((_end(fact, "above", ">=", limit), _end(fact, "at_least", ">", limit)))
        case "at_least":
            return Some((_end(fact, "above", ">=", limit), _end(fact, "at_least", ">=", limit)))
        case "at_most":
            return Some((_end(fact, "below", "<=", limit), _end(fact, "at_most", "<=", limit)))
        case "below":
            return Some((_end(fact, "below", "<=", limit), _end(fact, "at_most", "<", limit)))
        case "equals":
            return Every((_end(fact, "at_least", ">=", limit), _end(fact, "at_most", "<=", limit)))


def _surely_not(fact: str, bound: Bound, limit: Decimal) -> Test:
    """Whether no number within the ends that are told keeps to the bound."""
    match bound:
        case "above":
            return _surely(fact, "at_most", limit)
        case "at_least":
            return _surely(fact, "below", limit)
        case "at_most":
            return _surely(fact, "above", limit)
        case "below":
            return _surely(fact, "at_least", limit)
        case "equals":
            return Some((_surely(fact, "below", limit), _surely(fact, "above", limit)))


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _greatest(parts: Iterable[VerdictExpression]) -> VerdictExpression:
    every = tuple(parts)
    if not every:
        return Constant(INELIGIBLE)
    return every[0] if len(every) == 1 else Greatest(every)
