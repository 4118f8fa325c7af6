"""How divisions and zones lie to each other, and what that tells of where an entity is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Self

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.divisions import Division
from applicability.model.former import FormerDivisions
from applicability.model.frozen import FrozenDict, freeze
from applicability.model.moved_parts import MovedPart
from applicability.model.partial import PartialSet
from applicability.text import Text

# Cached answers of each kind: register screening asks the same ones over and over.
_REMEMBERED = 100_000
_FEW = 4  # places that are asked for one by one
_LISTS = 2_000  # lists of places whose index is kept, of some kilobytes each
_APART, _TOUCHING, INSIDE = "apart", "touching", "inside"


@dataclass(frozen=True)
class ZoneKind:
    """A type of zone (`comprehensive-bonded-zone`), and its supertypes."""

    id: str
    zh: str
    en: str
    under: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Zone:
    """A functional zone: the divisions it lies in (the finest known), the zones around it, and its types; `source` is
    what they rest on, `doubt` what is not certain of its lying in the zones around it, in which it counts all the same.
    """

    id: str
    zh: str
    en: str
    pinyin: str
    aliases: tuple[str, ...]
    divisions: tuple[str, ...]
    part_of: tuple[str, ...]
    types: tuple[str, ...]
    whole: bool = False  # it covers its divisions entirely
    source: Text | None = None
    doubt: Text | None = None


@dataclass(frozen=True)
class Whereabouts:
    """Where an entity stands, as given: division codes, zone ids and zone types; None where it did not say.

    `zones` and `zone_types` are complete unless there is something in `no_zones` and `no_zone_types`, be it an empty
    set: then these are those that it does not stand in, and of all others it did not say.
    """

    divisions: tuple[str, ...] = ()
    zones: frozenset[str] | None = None
    zone_types: frozenset[str] | None = None
    named: tuple[str, ...] = ()  # the fact that named each of the divisions
    no_zones: frozenset[str] | None = None
    no_zone_types: frozenset[str] | None = None

    def listed(self, type_: str) -> frozenset[str] | PartialSet | None:
        """What it said of a list of `zones` or `zone_types`; None where it said nothing, and of anything else."""
        yes, no = {
            "zones": (self.zones, self.no_zones), "zone_types": (self.zone_types, self.no_zone_types),
        }.get(type_, (None, None))  # fmt: skip
        return yes if yes is None or no is None else PartialSet(yes, no)

    @property
    def all_zones(self) -> bool:
        """Whether it named all zones that it stands in."""
        return self.zones is not None and self.no_zones is None

    @property
    def all_zone_types(self) -> bool:
        """Whether it named all types of zone that it stands in."""
        return self.zone_types is not None and self.no_zone_types is None


@dataclass(frozen=True)
class PlaceRelations:
    """The divisions, zones and zone types of a rulebook, and how they lie to each other."""

    divisions: Mapping[str, Division]
    zones: Mapping[str, Zone] = field(default_factory=FrozenDict)
    zone_types: Mapping[str, ZoneKind] = field(default_factory=FrozenDict)
    former: FormerDivisions = FormerDivisions()
    characters: Mapping[int, str] = field(default_factory=FrozenDict)  # traditional ones, and what is written for them
    moved: Mapping[str, MovedPart] = field(default_factory=FrozenDict)  # by the province that they were part of

    def __post_init__(self) -> None:
        freeze(self, "divisions", "zones", "zone_types", "characters", "moved")

    def parent(self, code: str) -> str | None:
        """The division around this one: its prefecture if the table has one, else its province, else None."""
        if code.endswith("0000"):
            return None
        prefecture = code[:4] + "00"
        return prefecture if code != prefecture and prefecture in self.divisions else code[:2] + "0000"

    @cached_property
    def children(self) -> Mapping[str | None, tuple[str, ...]]:
        """The divisions directly within each, in order; under None those that lie in no other."""
        found: dict[str | None, list[str]] = {}
        for code in self.divisions:
            found.setdefault(self.parent(code), []).append(code)
        return {code: tuple(inner) for code, inner in found.items()}

    def level(self, code: str) -> str:
        """`province`, `prefecture` or `county`, by the code alone."""
        return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"

    def path(self, code: str) -> tuple[str, ...]:
        """The division and all around it, finest first."""
        if code not in self._paths:
            parent = self.parent(code)
            self._paths[code] = (code,) if parent is None else (code, *self.path(parent))
        return self._paths[code]

    def is_city(self, code: str) -> bool:
        """Whether a division is a city with all its districts: a prefecture, or a province without any."""
        level = self.level(code)
        return level == "prefecture" or (level == "province" and code[:2] not in self.provinces_of_cities)

    def city_of(self, code: str) -> str:
        """The city around a division, or the division itself where none is: a province, or a county directly in one."""
        return next((one for one in self.path(code) if self.is_city(one)), code)

    @cached_property
    def provinces_of_cities(self) -> frozenset[str]:
        """The first two digits of the provinces that have prefectures."""
        return frozenset(code[:2] for code in self.divisions if self.level(code) == "prefecture")

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        """Cache; bounded by the table."""
        return {}

    def areas(self, place: str) -> tuple[str, ...]:
        """The divisions that together cover a place: itself, or those a zone lies in."""
        return self.zones[place].divisions if place in self.zones else (place,)

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether one division is the other or lies in it."""
        return outer in self.path(inner)

    def overlap(self, one: str, other: str) -> bool:
        """Whether two places can share a point, judging by their divisions."""
        return self.relation(one, other) != _APART

    def inside(self, one: str, other: str) -> bool:
        """Whether a place lies wholly in the divisions of another, as far as their divisions tell."""
        return self.relation(one, other) == INSIDE

    def relation(self, one: str, other: str) -> str:
        """How a place relates to another, judging by their divisions: apart, touching, or inside."""
        known = self._relations.get((one, other))
        if known is None:
            others = [(place, self.path(place)) for place in self.areas(other)]
            known = _APART
            if all(any(place in self.path(area) for place, _ in others) for area in self.areas(one)):
                known = INSIDE
            elif any(place in self.path(area) or area in down for area in self.areas(one) for place, down in others):
                known = _TOUCHING
            self._relations[one, other] = known
        return known

    @cached_property
    def _relations(self) -> dict[tuple[str, str], str]:
        """Cache."""
        return BoundedCache(_REMEMBERED)

    def around(self, zone: str) -> frozenset[str]:
        """A zone and all zones that contain it."""
        if zone not in self._arounds:
            self._arounds[zone] = with_all(zone, lambda one: self.zones[one].part_of)
        return self._arounds[zone]

    @cached_property
    def _arounds(self) -> dict[str, frozenset[str]]:
        """Cache; bounded by the table."""
        return {}

    def in_doubt(self, whereabouts: Whereabouts) -> frozenset[str]:
        """The zones given, and around those given, whose lying in the zones around them is in doubt."""
        every = {around for given in whereabouts.zones or () for around in self.around(given)}
        return frozenset(one for one in every if self.zones[one].doubt is not None)

    def but_for(self, zones: frozenset[str]) -> Self:
        """The same, if these zones lay in no others."""
        own = {id: replace(one, part_of=()) if id in zones else one for id, one in self.zones.items()}
        found = object.__new__(type(self))  # `replace` would read the whole table of divisions, to freeze it again
        kept = ("divisions", "zone_types", "former", "characters", "moved")
        found.__dict__.update({name: self.__dict__[name] for name in kept}, zones=FrozenDict(own))
        return found

    def kinds(self, zone_type: str) -> frozenset[str]:
        """A zone type and all its supertypes."""
        if zone_type not in self._kinds:
            self._kinds[zone_type] = with_all(zone_type, lambda one: self.zone_types[one].under)
        return self._kinds[zone_type]

    @cached_property
    def _kinds(self) -> dict[str, frozenset[str]]:
        """Cache; bounded by the table."""
        return {}

    def near(self, places: tuple[str, ...], whereabouts: Whereabouts) -> Iterable[str]:
        """Those of some places in which the entity could stand: at least all that `within` does not deny.

        Of many places few lie near the one that it named, and the others need not be asked for one by one.
        """
        if len(places) <= _FEW:
            return places
        for named in (*whereabouts.divisions[-1:], *(whereabouts.zones or ())):
            if places not in self._by_area:
                self._by_area[places] = PlacesByArea(self, places)
            return self._by_area[places].near(named)
        return places

    @cached_property
    def _by_area(self) -> dict[tuple[str, ...], PlacesByArea]:
        """Cache."""
        return BoundedCache(_LISTS)

    @cached_property
    def _whole(self) -> tuple[str, ...]:
        """The zones that cover their divisions entirely."""
        return tuple(id for id, zone in self.zones.items() if zone.whole)

    def covering(self, whereabouts: Whereabouts) -> tuple[str, ...]:
        """The zones that cover the whole of where an entity stands: it is in these whatever it says of zones."""
        divisions = whereabouts.divisions
        return tuple(id for id in self._whole if any(self.relation(one, id) == INSIDE for one in divisions))

    def within(self, whereabouts: Whereabouts, place: str) -> bool | None:
        """Whether the entity is in the place; None if what it gave does not decide that."""
        inside = False
        for one in (*whereabouts.divisions, *(whereabouts.zones or ())):
            relation = self.relation(one, place)
            if relation == _APART:
                return False
            inside = inside or relation == INSIDE
        zone = self.zones.get(place)
        if zone is None:
            return True if inside else None
        if zone.whole and inside:
            return True
        if whereabouts.zones is not None:
            if any(place in self.around(given) for given in whereabouts.zones):
                return True
            if whereabouts.no_zones is None:
                return None if zone.whole else False
            if not whereabouts.no_zones.isdisjoint(self.around(place)):
                return False
        if whereabouts.zone_types is not None and zone.types:
            own = {kind for each in zone.types for kind in self.kinds(each)}
            if whereabouts.no_zone_types is not None:
                return None if whereabouts.no_zone_types.isdisjoint(own) else False
            given = {kind for each in whereabouts.zone_types for kind in self.kinds(each)}
            return None if own & given else False
        return None

    def in_zone_type(self, whereabouts: Whereabouts, zone_type: str) -> bool | None:
        """Whether the entity is in a zone of the type; None if it gave no zones and no zone types."""
        zones = {around for given in whereabouts.zones or () for around in self.around(given)}
        zones |= {id for id in self._whole if self.within(whereabouts, id) is True}
        given = (*(each for zone in zones for each in self.zones[zone].types), *(whereabouts.zone_types or ()))
        if any(zone_type in self.kinds(each) for each in given):
            return True
        if whereabouts.all_zones or whereabouts.all_zone_types:
            return False
        ruled_out = whereabouts.no_zone_types or frozenset()
        return None if ruled_out.isdisjoint(self.kinds(zone_type)) else False

    def type_by_around(self, whereabouts: Whereabouts, types: frozenset[str]) -> tuple[str, str] | None:
        """A zone given that is in one of these types of zone by a zone around it alone, and the nearest such zone; None
        where something given is of such a type itself. One whose lying there is in doubt comes last.
        """
        given = sorted(whereabouts.zones or (), key=lambda one: (self.zones[one].doubt is not None, one))
        stated = {kind for each in whereabouts.zone_types or () for kind in self.kinds(each)}
        if not stated.isdisjoint(types) or any(self._is_of(zone, types) for zone in given):
            return None
        for zone in given:
            around = self.zones[zone].part_of
            while around:
                if (nearest := next((one for one in around if self._is_of(one, types)), None)) is not None:
                    return zone, nearest
                around = tuple(far for one in around for far in self.zones[one].part_of)
        return None

    def _is_of(self, zone: str, types: frozenset[str]) -> bool:
        return any(not self.kinds(each).isdisjoint(types) for each in self.zones[zone].types)

    def zones_left(self, whereabouts: Whereabouts) -> tuple[str, ...]:
        """The zones that it may stand in, as far as its place and what it said of zones leave open."""
        known = {around for zone in whereabouts.zones or () for around in self.around(zone)}
        no = whereabouts.no_zones or frozenset()
        near = (*whereabouts.divisions, *(whereabouts.zones or ()))
        return tuple(
            zone
            for zone in self.zones
            if zone not in known and no.isdisjoint(self.around(zone)) and all(self.overlap(zone, one) for one in near)
        )

    def zone_types_left(self, whereabouts: Whereabouts) -> tuple[str, ...]:
        """The types of zone that it may stand in, as far as what it said of them leaves open."""
        known = {around for kind in whereabouts.zone_types or () for around in self.kinds(kind)}
        no = whereabouts.no_zone_types or frozenset()
        return tuple(kind for kind in self.zone_types if kind not in known and no.isdisjoint(self.kinds(kind)))

    def ruled_out(self, whereabouts: Whereabouts) -> tuple[tuple[str, str], ...]:
        """The zones and types that it stands in after all, though it said not, each with the place it follows from."""
        zones, types = whereabouts.no_zones or frozenset(), whereabouts.no_zone_types or frozenset()
        found: list[tuple[str, str]] = []
        stands = {zone: zone for zone in sorted(whereabouts.zones or ())}
        for id in self._whole:
            if self.within(whereabouts, id) is True:
                stands.setdefault(id, next(iter((*whereabouts.divisions, *sorted(whereabouts.zones or ())))))
        for zone, by in stands.items():
            around = self.around(zone)
            kinds = {kind for one in around for each in self.zones[one].types for kind in self.kinds(each)}
            found += [(no, by) for no in sorted(zones & around | types & kinds)]
        for own in sorted(whereabouts.zone_types or ()):
            found += [(no, own) for no in sorted(types & self.kinds(own))]
        return tuple(dict.fromkeys(found))


class PlacesByArea:
    """Some places by the divisions in and around which they lie."""

    __slots__ = ("_inside", "_relations", "_under")

    def __init__(self, relations: PlaceRelations, places: Iterable[str]) -> None:
        self._relations = relations
        # The places of which a part lies in a division, and those that have it among their areas.
        self._inside: dict[str, dict[str, None]] = {}
        self._under: dict[str, dict[str, None]] = {}
        for place in places:
            for area in relations.areas(place):
                self._under.setdefault(area, {})[place] = None
                for code in relations.path(area):
                    self._inside.setdefault(code, {})[place] = None

    def near(self, named: str) -> dict[str, None]:
        """Those that overlap a place."""
        found: dict[str, None] = {}
        for area in self._relations.areas(named):
            found |= self._inside.get(area, {})
            for around in self._relations.path(area):
                if around in self._under:
                    found |= self._under[around]
        return found


def with_all(start: str, above: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """The start, all that is above it, all above that, and so on."""
    found: set[str] = set()
    queue = [start]
    while queue:
        current = queue.pop()
        if current not in found:
            found.add(current)
            queue.extend(above(current))
    return frozenset(found)
