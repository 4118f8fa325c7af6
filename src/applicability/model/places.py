"""Divisions and zones: how they nest, and which place a name means.

A division is a province, prefecture or county by GB/T 2260; its parent follows from its code. A zone is a functional
area inside one or more divisions. An entity's whereabouts are what it named, and nothing else: `within` answers yes,
no, or None where that does not decide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from applicability.bounded import remembered
from applicability.lazy_dataclass import dataclass
from applicability.model.bilingual import halves, pair
from applicability.model.divisions import Division
from applicability.model.former import Former
from applicability.model.official_zone_names import english_area_names, following_names
from applicability.model.place_names import common_name, cut, english_names, short_names
from applicability.model.place_relations import (
    INSIDE,
    PlaceRelations,
    Whereabouts as Whereabouts,
    Zone as Zone,
    ZoneKind as ZoneKind,
    with_all as with_all,
)
from applicability.model.place_spellings import city_spelling, listed, spellings
from applicability.model.text_table import PackedTable

# Cached answers of each kind: register screening asks the same ones over and over.
_REMEMBERED = 1 << 16
_LONGEST = 40  # limit on the characters of a name that is parsed


def fold(name: str) -> str:
    """Folds a name for lookup: no case, spaces, hyphens or apostrophes.

    >>> fold("Xi'an  City")
    'xiancity'
    """
    if not name.isalnum():  # most names have nothing to drop
        name = re.sub(r"[\s\-_'’·,.]", "", name)
    return name.casefold()


@dataclass(frozen=True)
class Gazetteer(PlaceRelations):
    """All divisions, zones and zone types of a rulebook, and former divisions: how they lie, and by what names."""

    def __getstate__(self) -> dict[str, object]:
        """As the cache keeps it: divisions and their names as texts, of which a check reads a few rows."""
        state = {**self.__dict__, "divisions": PackedTable.of(self.divisions, _line_of, _division)}
        if "_names" in state:
            state["_names"] = tuple(PackedTable.of(tier, " ".join, _codes) for tier in self._names)
        return state

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
            _add(tiers[1], id, *map(fold, (*zone.aliases, *self.following_names(id), *english_area_names(zone.en))))
            _add(tiers[2], id, fold(zone.pinyin))
        return tuple({name: tuple(places) for name, places in tier.items()} for tier in tiers)

    def following_names(self, zone: str) -> tuple[str, ...]:
        """The names of a zone that follow from those of the table."""
        around = dict.fromkeys(self.divisions[one].zh for area in self.areas(zone) for one in self.path(area))
        own = self.zones[zone]
        return following_names((own.zh, *own.aliases), (one for one in around if one.endswith("市")))

    def candidates(self, name: str, kind: str, near: Iterable[str] = ()) -> tuple[str, ...]:
        """The places that a name may mean, from the strictest tier that has any.

        `kind` is `division`, `zone`, or `place`: a division, or that in which a zone of the name lies. `near` are
        places the entity is known to stand in: names that cannot share a point with them are passed over, unless all
        would be (then the contradiction is the caller's to report).
        A former division is read as the current one for it, where no current one is called so there. A county that has
        the name of a former division of another city is one of two, until `near` tells which: 江北区 was Chongqing's
        until lately, and is Ningbo's.
        """
        return self._candidates(name, kind, tuple(near))

    @remembered(_REMEMBERED)
    def _candidates(self, name: str, kind: str, given: tuple[str, ...]) -> tuple[str, ...]:
        first: tuple[str, ...] | None = None
        for found in self._matches(name, kind):
            if close := self._close(found, given):
                return self._with_former(name, self._outermost(close), given)
            first = found if first is None else first
        return self._with_former(name, first or (), ())

    def _with_former(self, name: str, found: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
        """What a name means, with what the former divisions of other cities that had the name are read as."""
        if len(found) != 1 or found[0] not in self.divisions or self.level(found[0]) != "county":
            return found
        return (*found, *self._close(self._former_elsewhere(name, found[0]), given))

    @remembered(_REMEMBERED)
    def _former_elsewhere(self, name: str, county: str) -> tuple[str, ...]:
        """The places that former divisions of other cities are read as, which had the name that a county has."""
        if self.former_of(name, county) is not None:
            return ()
        city = self.city_of(county)
        others = (one.place for tier in self._named_before(self.spelt(name), (county,)) for one in tier)
        apart = (one for one in others if not self.overlap(one, county) and self.city_of(one) != city)
        return tuple(dict.fromkeys(apart))

    def _close(self, places: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(p for p in places if all(self.overlap(p, other) for other in given))

    def written_alike(self, name: str) -> tuple[str, ...]:
        """The provinces and cities that have a Latin name in common: Suzhou is 苏州's, and 宿州 in Anhui is written so
        too. One alone for a name of its own; none for one that is no province or city, or not Latin.
        """
        if not name.isascii() or name.isdecimal():
            return ()
        found = self.candidates(name, "division")
        if len(found) != 1 or self.level(found[0]) == "county":
            return ()
        own = self._short_en(found[0])
        every = dict.fromkeys(one for tier in self.name_matches(name, "division") for one in tier)
        others = (one for one in every if one != found[0] and self.level(one) != "county")
        return (*found, *(one for one in others if self._short_en(one) == own))

    def _short_en(self, code: str) -> str:
        """The English name of a division without that of its province."""
        return fold(self.divisions[code].en.partition(",")[0])

    def name_matches(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places of a kind that a name may mean, by tier, strictest first, without empty tiers.

        Names with equal matches have the same candidates, wherever the entity is known to be.
        """
        return tuple(self._matches(name, kind)) if kind == "place" else self._as_spelt(name, kind)

    def _matches(self, name: str, kind: str) -> Iterator[tuple[str, ...]]:
        """The same one by one: most names are those of divisions, and need not be looked for among the zones."""
        yield from self._as_spelt(name, "zone" if kind == "zone" else "division")
        if kind == "place":
            yield from self._around_zones(name)

    @remembered(_REMEMBERED)
    def _as_spelt(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The senses of a name as it is written, else of the nearest other spelling that has any."""
        return self._senses(self.spelt(name, kind), kind) or self._listed(name, kind) or self._in_both(name, kind)

    def _in_both(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places that both halves of a name in two languages mean: of one and another in it the latter."""
        said = self.parts_of(name, kind)
        if said is None:
            return ()
        one, other = said
        named = frozenset(place for tier in other for place in tier)
        same = tuple(tuple(place for place in tier if place in named) for tier in one)
        if any(same) or kind == "zone":
            return tuple(filter(None, same))
        pairs = [(a, b) for tier in one for a in tier for b in named]
        finer = (a if self.lies_in(a, b) else b for a, b in pairs if self.lies_in(a, b) or self.lies_in(b, a))
        return tuple(filter(None, (tuple(sorted(set(finer))),)))

    def parts_of(self, name: str, kind: str) -> tuple[tuple[tuple[str, ...], ...], ...] | None:
        """The places that each of the two parts of a name may mean, by tier; None where one of them means none."""
        parts = (halves(name) or pair(name)) if len(name) <= 2 * _LONGEST else None
        tiers = [self._as_spelt(part, kind) for part in parts or ()]
        return (tiers[0], tiers[1]) if tiers and all(tiers) else None

    @remembered(_REMEMBERED)
    def _senses(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        return (*self._current(name, kind), *self._before(name, kind))

    def spelt(self, name: str, kind: str = "division") -> str:
        """The spelling under which the table has a name: itself, unless that finds nothing and another does."""
        return self._spelt(name, kind)

    @remembered(_REMEMBERED)
    def _spelt(self, name: str, kind: str) -> str:
        if len(name) > _LONGEST or self._senses(name, kind):
            return name
        for other in spellings(name, self.characters):
            if self._senses(other, kind):
                return other
        city = city_spelling(name, self.characters)
        found = [place for tier in self._senses(city, kind) for place in tier] if city and kind == "division" else []
        return city if city and any(self.level(place) != "county" for place in found[:1]) else name

    def _listed(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places of a name that lie in the place written beside it: `Nanjing, Jiangsu`, `Shanghai (Pudong)`."""
        for own, outer_name in listed(name) if len(name) <= _LONGEST else ():
            around = [place for tier in self._as_spelt(outer_name, "division") for place in tier]
            tiers = (
                tuple(p for p in tier if any(self.relation(p, outer) == INSIDE for outer in around))
                for tier in (self._senses(own, kind) if around else ())
            )
            if found := tuple(tier for tier in tiers if tier):
                return found
        return ()

    def _around_zones(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The finest division in which all zones of a name lie, where there is one."""
        for tier in self._as_spelt(name, "zone"):
            shared = self.division_of(*tier)
            return () if shared is None else ((shared,),)
        return ()

    def division_of(self, *zones: str) -> str | None:
        """The finest division in which the whole of some zones lies; None where they lie in several provinces."""
        first, *others = (self.path(area) for zone in zones for area in self.areas(zone))
        return next((one for one in first if all(one in other for other in others)), None)

    def _before(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places that former divisions of a name are read as."""
        if kind == "zone":
            return ()
        return tuple(tuple(dict.fromkeys(one.place for one in tier)) for tier in self._named_before(name))

    def _named_before(self, name: str, today: tuple[str, ...] = ()) -> tuple[tuple[Former, ...], ...]:
        """The former divisions of a name, by tier. They have no Latin names: Jiangbei is whatever was called as the
        counties are that it stands for today.
        """
        if not name.isascii() or name.isdecimal():
            return self.former.named(fold(name))
        every = [one for tier in self._current(name, "division") for one in tier if not today or one in today]
        names = dict.fromkeys(self.divisions[one].zh for one in every if self.level(one) == "county")
        return tuple(tier for one in names for tier in self.former.named(one))

    @remembered(_REMEMBERED)
    def former_of(self, name: str, place: str) -> Former | None:
        """The former division for which a name stands for a place; None where the place itself is called so."""
        name = self.spelt(name)
        if any(place in places for places in self._current(name, "division")):
            return self._former_behind(fold(name), place)
        found = (one for tier in self._named_before(name) for one in reversed(tier) if one.place == place)
        return next(found, None)

    def _former_behind(self, name: str, place: str) -> Former | None:
        """The former division that a name has behind that of a place around it: 北京崇文区."""
        if name.isascii() or len(name) > _LONGEST or any(name in tier for tier in self._names):
            return None
        for cut_at in range(2, len(name) - 1):
            around = [one for tier in self._names for one in tier.get(name[:cut_at], ())]
            if place in self._moved(around, name[cut_at:]):
                part = next(self.moved[one] for one in around if one in self.moved)
                return part.former(name[:cut_at], name[cut_at:], place)
            inside = any(one in self.path(place)[1:] for one in around)
            former = self.former_of(name[cut_at:], place) if inside else None
            if former is not None:
                return former
        return None

    def former_by_code(self, code: str) -> Former | None:
        """The former division with a code; of several, the one whose current division contains all."""
        every = [one for tier in self.former.named(code) for one in tier]
        return next((one for one in reversed(every) if all(self.lies_in(o.place, one.place) for o in every)), None)

    @remembered(_REMEMBERED)
    def _current(self, name: str, kind: str) -> tuple[tuple[str, ...], ...]:
        """The places of a kind that have the name today, by tier."""
        folded = fold(name)
        every = [tier.get(folded, ()) for tier in self._names]
        shorter = cut(folded)
        if shorter is not None:  # "Tianjin City" is looked up unchanged first, and then as "Tianjin"
            form, fits = shorter
            named = (tier.get(form, ()) for tier in self._names)
            every += (tuple(p for p in ps if p in self.zones or fits(self.divisions[p])) for ps in named)
        own = [tuple(p for p in places if (p in self.zones) == (kind == "zone")) for places in every]
        if not any(own) and len(name) <= _LONGEST and not name.isascii():
            own = [self._chained(folded, kind)]
        return tuple(places for places in own if places)

    def _chained(self, name: str, kind: str) -> tuple[str, ...]:
        """The one place that a name prefixed with a containing place can mean: 上海市浦东新区; several zones if it is
        that of several, as 深圳前海 is.
        """
        found: dict[str, None] = {}
        for cut_at in range(2, len(name) - 1):
            around = [p for tier in self._names for p in tier.get(name[:cut_at], ()) if p in self.divisions]
            tiers = self._senses(name[cut_at:], kind) if around else ()
            inside = (
                {p for p in tier if any(p != outer and self.relation(p, outer) == INSIDE for outer in around)}
                for tier in tiers
            )
            found |= dict.fromkeys(sorted(next((one for one in inside if one), set())))
            found |= dict.fromkeys(self._moved(around, name[cut_at:]) if kind == "division" and not found else ())
        return tuple(found) if len(found) == 1 or kind == "zone" else ()

    def _moved(self, around: Iterable[str], name: str) -> Iterator[str]:
        """The places that a name means behind a province that they were part of: 四川省重庆市."""
        for part in (self.moved[one] for one in around if one in self.moved):
            tiers = self._senses(name, "division")
            inside = (tuple(p for p in tier if self.lies_in(p, part.province)) for tier in tiers)
            yield from next(filter(None, inside), (part.province,) if name in part.names else ())

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
