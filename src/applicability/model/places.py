"""Divisions and zones: how they nest, and which place a name means.

A division is a province, prefecture or county by GB/T 2260; its parent follows from its code. A zone is a functional
area inside one or more divisions. An entity's whereabouts are what it named, and nothing else: `within` answers yes,
no, or None where that does not decide it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass, field
from applicability.model.divisions import Division
from applicability.model.former import Former, FormerDivisions
from applicability.model.frozen import FrozenDict, freeze
from applicability.model.partial import PartialSet
from applicability.model.place_names import common_name, cut, english_names, short_names
from applicability.model.place_spellings import city_spelling, listed, spellings
from applicability.model.text_table import PackedTable

# Cached answers of each kind: register screening asks the same ones over and over.
_REMEMBERED = 100_000
_LONGEST = 40  # limit on the characters of a name that is parsed
_APART, _TOUCHING, _INSIDE = "apart", "touching", "inside"


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
    """A functional zone: the divisions it lies in (the finest known), the zones around it, and its types."""

    id: str
    zh: str
    en: str
    pinyin: str
    aliases: tuple[str, ...]
    divisions: tuple[str, ...]
    part_of: tuple[str, ...]
    types: tuple[str, ...]
    whole: bool = False  # it covers its divisions entirely


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


def fold(name: str) -> str:
    """Folds a name for lookup: no case, spaces, hyphens or apostrophes.

    >>> fold("Xi'an  City")
    'xiancity'
    """
    return re.sub(r"[\s\-_'’·,.]", "", name).casefold()


@dataclass(frozen=True)
class Gazetteer:
    """All divisions, zones and zone types of a rulebook, and former divisions."""

    divisions: Mapping[str, Division]
    zones: Mapping[str, Zone] = field(default_factory=FrozenDict)
    zone_types: Mapping[str, ZoneKind] = field(default_factory=FrozenDict)
    former: FormerDivisions = FormerDivisions()
    characters: Mapping[int, str] = field(default_factory=FrozenDict)  # traditional ones, and what is written for them

    def __post_init__(self) -> None:
        freeze(self, "divisions", "zones", "zone_types", "characters")

    def __getstate__(self) -> dict[str, object]:
        """As the cache keeps it: divisions and their names as texts, of which a check reads a few rows."""
        state = {**self.__dict__, "divisions": PackedTable.of(self.divisions, _line_of, _division)}
        if "_names" in state:
            state["_names"] = tuple(PackedTable.of(tier, " ".join, _codes) for tier in self._names)
        return state

    def parent(self, code: str) -> str | None:
        """The division around this one: its prefecture if the table has one, else its province, else None."""
        if code.endswith("0000"):
            return None
        prefecture = code[:4] + "00"
        return prefecture if code != prefecture and prefecture in self.divisions else code[:2] + "0000"

    def level(self, code: str) -> str:
        """`province`, `prefecture` or `county`, by the code alone."""
        return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"

    def path(self, code: str) -> tuple[str, ...]:
        """The division and all around it, finest first."""
        if code not in self._paths:
            parent = self.parent(code)
            self._paths[code] = (code,) if parent is None else (code, *self.path(parent))
        return self._paths[code]

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
        return self._relation(one, other) != _APART

    def inside(self, one: str, other: str) -> bool:
        """Whether a place lies wholly in the divisions of another, as far as their divisions tell."""
        return self._relation(one, other) == _INSIDE

    def _relation(self, one: str, other: str) -> str:
        """How a place relates to another, judging by their divisions: apart, touching, or inside."""
        known = self._relations.get((one, other))
        if known is None:
            others = [(place, self.path(place)) for place in self.areas(other)]
            known = _APART
            if all(any(place in self.path(area) for place, _ in others) for area in self.areas(one)):
                known = _INSIDE
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

    def kinds(self, zone_type: str) -> frozenset[str]:
        """A zone type and all its supertypes."""
        if zone_type not in self._kinds:
            self._kinds[zone_type] = with_all(zone_type, lambda one: self.zone_types[one].under)
        return self._kinds[zone_type]

    @cached_property
    def _kinds(self) -> dict[str, frozenset[str]]:
        """Cache; bounded by the table."""
        return {}

    @cached_property
    def _whole(self) -> tuple[str, ...]:
        """The zones that cover their divisions entirely."""
        return tuple(id for id, zone in self.zones.items() if zone.whole)

    def within(self, whereabouts: Whereabouts, place: str) -> bool | None:
        """Whether the entity is in the place; None if what it gave does not decide that."""
        inside = False
        for one in (*whereabouts.divisions, *(whereabouts.zones or ())):
            relation = self._relation(one, place)
            if relation == _APART:
                return False
            inside = inside or relation == _INSIDE
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

    def name(self, place: str, lang: str = "zh") -> str:
        """The official name of a division, zone or zone type; the Chinese one if there is no English one."""
        found: Division | Zone | ZoneKind | None = (
            self.divisions.get(place) or self.zones.get(place) or self.zone_types.get(place)
        )
        if found is None:
            return place
        return (found.en or found.zh) if lang == "en" else found.zh

    def full_name(self, code: str, lang: str = "zh") -> str:
        """A division's name with that of its city, or of its province if it has no city."""
        names = [self.name(one, lang) for one in self.path(code)[:2]]
        if self.level(code) == "prefecture":
            names = names[:1]
        return ", ".join(names) if lang == "en" else "".join(reversed(names))

    # Names -----------------------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> tuple[Mapping[str, tuple[str, ...]], ...]:
        """Names to places, from the strictest tier to the loosest: codes and full names, aliases, pinyin, cut short."""
        tiers: tuple[dict[str, list[str]], ...] = ({}, {}, {}, {})
        for code, division in self.divisions.items():
            en, pinyin = fold(division.en), fold(division.pinyin)
            _add(tiers[0], code, code, fold(division.zh), en, *english_names(division, en, pinyin))
            _add(tiers[1], code, *map(fold, division.aliases))
            _add(tiers[2], code, pinyin)
            _add(tiers[3], code, *short_names(division, en, pinyin))
        for id, zone in self.zones.items():
            _add(tiers[0], id, *map(fold, (id, zone.zh, zone.en)))
            _add(tiers[1], id, *map(fold, zone.aliases))
            _add(tiers[2], id, fold(zone.pinyin))
        return tuple({name: tuple(places) for name, places in tier.items()} for tier in tiers)

    def candidates(self, name: str, kind: str, near: Iterable[str] = ()) -> tuple[str, ...]:
        """The places that a name may mean, from the strictest tier that has any.

        `kind` is `division`, `zone`, or `place`: a division, or that in which a zone of the name lies. `near` are
        places the entity is known to stand in: names that cannot share a point with them are passed over, unless all
        would be (then the contradiction is the caller's to report).
        A former division is read as the current one for it, where no current one is called so there.
        """
        asked = (name, kind, tuple(near))
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self._candidates(*asked)
        return found

    @cached_property
    def _found(self) -> dict[tuple[str, str, tuple[str, ...]], tuple[str, ...]]:
        """Cache."""
        return BoundedCache(_REMEMBERED)

    def _candidates(self, name: str, kind: str, given: tuple[str, ...]) -> tuple[str, ...]:
        senses = self.name_matches(name, kind)
        for found in senses:
            if close := self._close(found, given):
                return self._outermost(close)
        return next(iter(senses), ())

    def _close(self, places: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(p for p in places if all(self.overlap(p, other) for other in given))

    def name_matches(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places of a kind that a name may mean, by tier, strictest first, without empty tiers.

        Names with equal matches have the same candidates, wherever the entity is known to be.
        """
        named = "zone" if kind == "zone" else "division"
        senses = self._as_spelt(name, named)
        return (*senses, *self._around_zones(name)) if kind == "place" else senses

    def _as_spelt(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The senses of a name as it is written, else of the nearest other spelling that has any."""
        asked = (name, f"{kind} in any spelling")
        found = self._name_matches.get(asked)
        if found is None:
            found = self._name_matches[asked] = self._senses(self.spelt(name, kind), kind) or self._listed(name, kind)
        return found

    def _senses(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        return (*self._current(name, kind), *self._before(name, kind))

    def spelt(self, name: str, kind: str = "division") -> str:
        """The spelling under which the table has a name: itself, unless that finds nothing and another does."""
        if len(name) > _LONGEST or self._senses(name, kind):
            return name
        for other in spellings(name, self.characters):
            if self._senses(other, kind):
                return other
        city = city_spelling(name, self.characters)
        found = [place for tier in self._senses(city, kind) for place in tier] if city and kind == "division" else []
        return city if city and any(self.level(place) != "county" for place in found[:1]) else name

    def _listed(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places of a name that lie in the place written behind it: `Nanjing, Jiangsu`."""
        both = listed(name) if len(name) <= _LONGEST else None
        if both is None:
            return ()
        around = [place for tier in self._as_spelt(both[1], "division") for place in tier]
        tiers = (
            tuple(p for p in tier if any(self._relation(p, outer) == _INSIDE for outer in around))
            for tier in self._senses(both[0], kind)
        )
        return tuple(tier for tier in tiers if tier)

    def _around_zones(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The finest division in which all zones of a name lie, where there is one."""
        for tier in self._as_spelt(name, "zone"):
            first, *others = (self.path(area) for zone in tier for area in self.areas(zone))
            shared = next((one for one in first if all(one in other for other in others)), None)
            return () if shared is None else ((shared,),)
        return ()

    def _before(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places that former divisions of a name are read as."""
        if kind == "zone":
            return ()
        return tuple(tuple(dict.fromkeys(one.place for one in tier)) for tier in self.former.named(fold(name)))

    def former_of(self, name: str, place: str) -> Former | None:
        """The former division for which a name stands for a place; None where the place itself is called so."""
        name = self.spelt(name)
        if any(place in places for places in self._current(name, "division")):
            return None
        found = (one for tier in self.former.named(fold(name)) for one in reversed(tier) if one.place == place)
        return next(found, None)

    def former_by_code(self, code: str) -> Former | None:
        """The former division with a code; of several, the one whose current division contains all."""
        every = [one for tier in self.former.named(code) for one in tier]
        return next((one for one in reversed(every) if all(self.lies_in(o.place, one.place) for o in every)), None)

    def _current(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places of a kind that have the name today, by tier."""
        found = self._name_matches.get((name, kind))
        if found is None:
            every = [tier.get(fold(name), ()) for tier in self._names]
            shorter = cut(fold(name))
            if shorter is not None:  # "Tianjin City" is looked up unchanged first, and then as "Tianjin"
                form, fits = shorter
                named = (tier.get(form, ()) for tier in self._names)
                every += (tuple(p for p in ps if p in self.zones or fits(self.divisions[p])) for ps in named)
            own = [tuple(p for p in places if (p in self.zones) == (kind == "zone")) for places in every]
            if not any(own) and len(name) <= _LONGEST and not name.isascii():
                own = [self._chained(fold(name), kind)]
            found = self._name_matches[name, kind] = tuple(places for places in own if places)
        return found

    @cached_property
    def _name_matches(self) -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
        """Cache."""
        return BoundedCache(_REMEMBERED)

    def _chained(self, name: str, kind: str) -> tuple[str, ...]:
        """The one place that a name prefixed with a containing place can mean: 上海市浦东新区; none if ambiguous."""
        found: set[str] = set()
        for cut_at in range(2, len(name) - 1):
            around = [p for tier in self._names for p in tier.get(name[:cut_at], ()) if p in self.divisions]
            inside = self._senses(name[cut_at:], kind) if around else ()
            found |= {
                p
                for p in (inside[0] if inside else ())
                if any(p != outer and self._relation(p, outer) == _INSIDE for outer in around)
            }
        return tuple(found) if len(found) == 1 else ()

    def _outermost(self, places: tuple[str, ...]) -> tuple[str, ...]:
        """The one division that contains all the others, if any: 长沙 means the city rather than the county in it."""
        for place in places:
            if place in self.divisions and all(p in self.divisions and self.lies_in(p, place) for p in places):
                return (place,)
        return places

    def zone_type_of(self, name: str) -> str | None:
        """The zone type with that id, name or alias."""
        return self._zone_type_names.get(fold(name))

    @cached_property
    def _zone_type_names(self) -> dict[str, str]:
        return {
            fold(name): id for id, kind in self.zone_types.items() for name in (id, kind.zh, kind.en, *kind.aliases)
        }

    def all_names(self, kind: str) -> tuple[str, ...]:
        """Names to suggest from."""
        return self._zone_words if kind == "zone" else self._division_words

    @cached_property
    def _zone_words(self) -> tuple[str, ...]:
        return tuple(n for id, z in self.zones.items() for n in (id, z.zh, z.en, *z.aliases) if n)

    @cached_property
    def _division_words(self) -> tuple[str, ...]:
        names = (n for d in self.divisions.values() for n in (d.zh, d.en, d.pinyin, *d.aliases, common_name(d)))
        return tuple(dict.fromkeys(n for n in names if n))

    def search(self, words: str) -> tuple[str, ...]:
        """Every division and zone one of whose names, or whose code, contains the words, what is likely meant first.

        First what a profile would read the words as, then names that begin with them, the coarsest first.
        """
        wanted = fold(self.spelt(words))
        meant = {place for kind in ("division", "zone") for tier in self._as_spelt(words, kind) for place in tier}
        order = {"province": 0, "prefecture": 1, "county": 2}
        hits: list[tuple[bool, bool, int, str]] = []
        for code, d in self.divisions.items():
            names = [fold(name) for name in (code, d.zh, d.en, d.pinyin, *d.aliases)]
            if code in meant or any(wanted in name for name in names):
                begins = any(name.startswith(wanted) for name in names)
                hits.append((code not in meant, not begins, order[self.level(code)], code))
        for id, zone in self.zones.items():
            names = [fold(name) for name in (id, zone.zh, zone.en, zone.pinyin, *zone.aliases)]
            if id in meant or any(wanted in name for name in names):
                hits.append((id not in meant, not any(name.startswith(wanted) for name in names), 3, id))
        return tuple(place for *_, place in sorted(hits, key=lambda hit: hit[:3]))

    def search_former(self, words: str) -> tuple[Former, ...]:
        """The former divisions whose name contains the words, or that have that code; without those only renumbered."""
        wanted = fold(words)
        return tuple(
            one
            for one in self.former.all
            if wanted == one.code or (wanted in one.zh and self.name(one.place) != one.zh)
        )


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


def _line_of(division: Division) -> str:
    return "|".join((division.zh, division.en, division.pinyin, *division.aliases))


def _division(code: str, line: str) -> Division:
    zh, en, pinyin, *aliases = line.split("|")
    return Division(code, zh, en, pinyin, tuple(aliases))


def _codes(_: str, line: str) -> tuple[str, ...]:
    return tuple(line.split(" "))


def _add(tier: dict[str, list[str]], place: str, *names: str) -> None:
    """Adds a place under folded names."""
    for name in names:
        if name and place not in tier.setdefault(name, []):
            tier[name].append(place)
