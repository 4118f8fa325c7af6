"""Parses addresses: the divisions that an address begins with, and the zones that it names in full.

Only what is written counts. An address begins with official names, each inside the one before, or with a zone's name.
A short name counts only before an official name inside it: 上海浦东新区 is in Shanghai, 上海路 is in any city. A
district is read only after its city, since district names repeat, and 江北区, merged in one city, still exists in
another. A city by its short name counts before a functional zone too (常熟高新技术产业开发区), unless the zone is named
after another city as well. A former division is read as the current one that replaced it, unless a current one has its
name. The rest, street and building, is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.address_names import (
    COUNTRY,
    NAME_LENGTHS,
    NO_PLACE,
    AddressNames,
    begun_by,
    plain,
)
from applicability.loading.company.address_patterns import (
    BETWEEN,
    BETWEEN_BEGINS,
    CITY,
    FILLED,
    NO_ZONE,
    OF_NATURE,
    STREET,
    ZONE_END,
)
from applicability.loading.company.address_zones import names_another_zone, zones_at, zones_in
from applicability.loading.company.searched_names import SearchedNames
from applicability.model.former import Former
from applicability.model.place_spellings import is_any_citys
from applicability.model.places import Gazetteer

# Places come first: characters of a cell that are searched for them.
_BEGINNING = 200
# What stands between the places of an address that names several. Not those of plain text, which may be left out.
_FURTHER = re.compile("[；、]")


class AddressDoubt(Enum):
    """What an address says beside the place that is read: more places, a zone by its type, a district in short, a
    province that the municipality behind it never lay in.
    """

    FURTHER, ZONE, SHORT, PROVINCE = range(4)


@dataclass(frozen=True)
class AddressMatch:
    """The finest division that an address begins with, the zones it names, and the former divisions among its names.

    `outside` are the zones that it says it is outside of, or near; `districts` are those whose name it begins with
    where no city stands before that, and `once` is the name of a former district that it begins with so. `doubts` are
    what else of it is not read.
    """

    division: str | None
    zones: tuple[str, ...]
    former: tuple[Former, ...] = ()
    outside: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    doubts: tuple[AddressDoubt, ...] = ()
    once: str = ""


class _Begins(NamedTuple):
    """The finest division that a text begins with, and the former divisions that it was named by; no division where
    one is named that does not lie in the one before it.
    """

    division: str
    former: tuple[Former, ...] = ()
    doubts: tuple[AddressDoubt, ...] = ()


_APART = _Begins("")


@dataclass(frozen=True)
class Addresses:
    """Parses addresses against one gazetteer."""

    gazetteer: Gazetteer

    @cached_property
    def names(self) -> AddressNames:
        """The names that are searched for."""
        return AddressNames(self.gazetteer)

    @cached_property
    def searched(self) -> SearchedNames:
        """All that is searched for, with the beginnings that settle an address."""
        return SearchedNames(self.gazetteer, self.names)

    @cached_property
    def _settled(self) -> Mapping[str, AddressMatch]:
        return {text: AddressMatch(division, ()) for text, division in self.searched.settled.items()}

    def read(self, address: str) -> AddressMatch:
        """Parses an address; empty if it does not begin with a place that is certain."""
        text = plain(address)
        zones, outside = zones_in(self.names, text)
        doubts = (AddressDoubt.ZONE,) if names_another_zone(self.names, text) else ()
        if not zones and not outside and not doubts:
            found = self._without_zones(text)
        else:
            begins = self._begins(text[:_BEGINNING], zones)
            if begins is not None:
                zones, outside = (
                    tuple(one for one in named if self.gazetteer.overlap(one, begins.division))
                    for named in (zones, outside)
                )
            division, former, more = (
                (None, (), ()) if begins is None else (begins.division, begins.former, begins.doubts)
            )
            districts, once = self._districts_at(text) if division is None and not zones else ((), "")
            found = AddressMatch(division, zones, former, outside, districts, (*doubts, *more), once)
        if (
            _FURTHER.search(address)
            and found.division is not None
            and self._goes_on(address, found.division, found.zones)
        ):
            found = replace(found, doubts=(*found.doubts, AddressDoubt.FURTHER))
        return found

    def read_plain(self, text: str) -> AddressMatch:
        """Parses an address without zones that is already normalised by `plain`, except for a leading 中国."""
        return self._without_zones(text.removeprefix(COUNTRY))

    def _without_zones(self, text: str) -> AddressMatch:
        for length in self.searched.lengths:
            if (found := self._settled.get(text[:length])) is not None:
                return found
        return self._whole(text)

    def _whole(self, text: str) -> AddressMatch:
        """Parses a text without zones name by name."""
        begins = self._begins(text[:_BEGINNING], ())
        if begins is None:
            districts, once = self._districts_at(text)
            return AddressMatch(None, (), districts=districts, once=once)
        return AddressMatch(begins.division, (), begins.former, doubts=begins.doubts)

    def _begins(self, text: str, zones: Iterable[str]) -> _Begins | None:
        """The finest division that the text begins with, by its name or by a zone's."""
        begins = self._chain(text, None)
        if begins is not None and not begins.division:
            return None
        if begins is None:
            for short, province in self.names.short[None].get(text[:2], ()):
                kind = self.names.kinds.match(text, len(short)) if text.startswith(short) else None
                if kind is not None and self.gazetteer.level(province) == "province":
                    return self._of_kind(province, text[kind.end() :], zones)
        return begins or self._in_short(text)

    def _in_short(self, text: str) -> _Begins | None:
        """The city that a text begins with in short, before one of its districts in short: 广州南沙海滨路.

        Which street or building begins so cannot be told from the district, so that only the city counts.
        """
        for province in self.names.short[None].get(text[:2], ()):
            if text.startswith(province[0]) and self.gazetteer.level(province[1]) == "province":
                text = text[len(province[0]) :]
                break
        named = self.names.short_alone.get(text[:2], ())
        found = next(((name, code) for name, code in named if text.startswith(name)), None)
        if found is None:
            return None
        name, city = found
        rest = text[len(name) :]
        for length in NAME_LENGTHS:
            district = rest[:length]
            own = self.names.anywhere.get(district, frozenset()) if len(district) == length else frozenset()
            inside = any(one != city and self.gazetteer.lies_in(one, city) for one in own)
            if inside and not NO_PLACE.match(rest, length):
                return _Begins(city, (), (AddressDoubt.SHORT,))
        return None

    def _districts_at(self, text: str) -> tuple[tuple[str, ...], str]:
        """The districts whose name a text begins with without its city, or the name of a former one."""
        named = self.names.districts.get(text[:2], ())
        longest = next((name for name, _ in named if text.startswith(name)), None)
        if longest is None:
            once = next((name for name, _ in begun_by(self.names.former_districts, text)), "")
            return (), once if once and not NO_PLACE.match(text, len(once)) else ""
        if NO_PLACE.match(text, len(longest)):
            return (), ""
        return tuple(code for name, code in named if name == longest), ""

    def _goes_on(self, address: str, division: str, within: Sequence[str]) -> bool:
        """Whether an address names another place behind a semicolon or a pause mark: outside its division or a zone
        that it is within, or behind such a zone a district of the city.
        """
        for part in _FURTHER.split(address)[1:]:
            text = plain(part)[:_BEGINNING]
            zones, _ = zones_in(self.names, text)
            around_it = self.gazetteer.path(division)
            # Beside a zone the division is only what it lies in: a district of that may be another place.
            places = [self._chain(text, around) for around in (None, *around_it[not within :])]
            others = [one.division for one in places if one is not None and one.division]
            if any(not self.gazetteer.overlap(one, near) for one in (*others, *zones) for near in (division, *within)):
                return True
            if within and any(one not in around_it for one in others):
                return True
        return False

    def _of_kind(self, province: str, rest: str, zones: Iterable[str]) -> _Begins | None:
        """The division for an address in a province's zone that the gazetteer does not list."""
        finer = self._chain(rest, province)
        if finer is not None and not finer.division:
            return None
        areas = [area for zone in zones for area in self.gazetteer.areas(zone)]
        if finer is None and not all(self.gazetteer.overlap(area, province) for area in areas):
            return None  # a zone across the border, named after one side
        return finer or _Begins(province)

    def _chain(self, text: str, inside: str | None) -> _Begins | None:
        """The finest division inside `inside` that the text begins with; None if there is none."""
        if inside is not None:
            text = text.removeprefix(self.names.official[inside])
            if text[:1] in BETWEEN_BEGINS and (between := BETWEEN.match(text)):
                text = text[between.end() :]
        start = text[:2]  # cheap test: most texts continue with no name at all
        zone = next(zones_at(self.names, text), None) if start in self.names.zones else None
        names = self.names.full.get(inside)
        full = next(begun_by(names, text), None) if names is not None and start in names else None
        if full is not None and inside is None and STREET.match(text, len(full[0])):
            return None
        if full is not None and (zone is None or len(full[0]) >= len(zone[0])):
            name, code = full
            rest = text[len(name) :]
            if (city := self.names.once_cities.get((inside, name))) is not None:
                finer = self._chain(rest, city.place)
                if finer is not None and finer.division:
                    return _Begins(finer.division, (city, *finer.former))
            return self._chain(rest, code) or (_APART if self._leaves(rest, code) else _Begins(code))
        former = self._former_at(text, inside) if full is None else None
        if former is not None and (zone is None or len(former.zh) >= len(zone[0])):
            finer = self._chain(text[len(former.zh) :], former.place) or _Begins(former.place)
            return _Begins(finer.division, (former, *finer.former))
        if inside is not None and (municipality := self._municipality_at(text)) is not None:
            return self._behind(text, inside, municipality) if municipality != inside else None
        if inside is not None and inside in self.gazetteer.moved and (moved := self._moved(text, inside)) is not None:
            return moved
        place = self.gazetteer.division_of(zone[1]) if zone is not None else None
        if zone is not None and place is not None and (inside is None or self.gazetteer.lies_in(place, inside)):
            return self._chain(text[len(zone[0]) :], place) or _Begins(place)
        names = self.names.short.get(inside)
        if names is not None and start in names:
            found = {self._chain(text[len(name) :], code) for name, code in begun_by(names, text)} - {None}
            if found:
                return found.pop() if len(found) == 1 else None
        return self._city_at_zone(text, inside)

    def _leaves(self, text: str, inside: str) -> bool:
        """Whether a text goes on, behind a division, with the name of one that does not lie in it: 广东省海口市.

        Of a city's districts that cannot be told: 东城区 is no district of Dongguan, and is written there all the same.
        """
        text = text.removeprefix(self.names.official[inside])
        gazetteer = self.gazetteer
        province = gazetteer.level(inside) == "province" and not gazetteer.is_city(inside)
        names = self.names
        settled = all(inside not in own for own in (names.full, names.short, names.former))
        if settled or FILLED.match(text) or is_any_citys(text[:2]) or is_any_citys(text[:3]):
            return False
        met = False
        for name, codes in names.official_anywhere.get(text[:2], ()):
            if text.startswith(name) and not NO_PLACE.match(text, len(name)):
                if any(gazetteer.overlap(one, inside) for one in codes):
                    return False
                met = met or province or not name.endswith("区")
        # A column of addresses ends where a character stands that is in no name.
        ends = (at for at, letter in enumerate(text) if letter not in self.searched.letters)
        city = CITY.match(text, 0, next(ends, len(text))) if province and not met else None
        return met or (city is not None and not NO_PLACE.match(text, city.end()))

    def _moved(self, text: str, inside: str) -> _Begins | None:
        """The division that a text begins with behind a province that it was part of: 四川省万县市."""
        part = self.gazetteer.moved[inside]
        old = max((name for name in part.names if text.startswith(name)), key=len, default="")
        now = next(begun_by(self.names.full.get(part.province, {}), text), ("", ""))[0]
        once = self._former_at(text, part.province)
        name = max(old, now, "" if once is None else once.zh, key=len)
        if not name or STREET.match(text, len(name)) or NO_PLACE.match(text, len(name)):
            return None
        begins = _Begins(part.province) if name == old else self._chain(text, part.province)
        if begins is None:
            return None
        # A name that is no longer used as it stands has a note of its own.
        own = () if name == (once and once.zh) else (part.former(self.names.official[inside], name, begins.division),)
        return begins._replace(former=(*own, *begins.former))

    def _behind(self, text: str, province: str, municipality: str) -> _Begins | None:
        """The division that a text begins with behind another province, in which a municipality may have lain once."""
        begins = self._chain(text, None)
        part = self.gazetteer.moved.get(province)
        if begins is None or (part is not None and part.province == municipality):
            return begins
        return begins._replace(doubts=(*begins.doubts, AddressDoubt.PROVINCE))

    def _municipality_at(self, text: str) -> str | None:
        """The municipality whose full name a text has behind a province, in which it once lay: 四川省重庆市."""
        found = next(begun_by(self.names.full.get(None, {}), text), None) if text[2:3] == "市" else None
        return found[1] if found is not None and self.gazetteer.level(found[1]) == "province" else None

    def _city_at_zone(self, text: str, inside: str | None) -> _Begins | None:
        """The city that a text begins with in short, before a functional zone that is named after no other place."""
        named = self.names.short_alone.get(text[:2], ())
        found = next(((name, code) for name, code in named if text.startswith(name)), None)
        if found is None or (inside is not None and not self.gazetteer.lies_in(found[1], inside)):
            return None
        name, code = found
        end = ZONE_END.search(text, len(name))
        between = text[len(name) : end.start()] if end is not None else ""
        if end is None or NO_ZONE.search(between) or NO_PLACE.match(text, len(name)):
            return None
        places = (between[at:to] for at in range(len(between)) for to in range(at + 2, min(at + 6, len(between)) + 1))
        for own in (self.names.anywhere[one] for one in places if one in self.names.anywhere):
            named_after = end is not None and OF_NATURE.fullmatch(end[0]) and all(map(self._is_county, own))
            if not named_after and not any(self.gazetteer.lies_in(place, code) for place in own):
                return None
        return _Begins(code)

    def _is_county(self, place: str) -> bool:
        return self.names.official[place].endswith("县")

    def _former_at(self, text: str, inside: str | None) -> Former | None:
        """The former division that a text begins with, of those formerly inside `inside`; the longest name wins."""
        for one in self.names.former.get(inside, {}).get(text[:2], ()):
            if text.startswith(one.zh) and (inside is not None or not STREET.match(text, len(one.zh))):
                return one
        return None


# By the identity of their gazetteers, which they hold.
_PARSERS: BoundedCache[int, Addresses] = BoundedCache(8)


def addresses_of(gazetteer: Gazetteer) -> Addresses:
    """The parser of a gazetteer. Its indexes take a fifth of a second to build, so those used last are kept."""
    found = _PARSERS.get(id(gazetteer))
    if found is None:
        found = _PARSERS[id(gazetteer)] = Addresses(gazetteer)
    return found
