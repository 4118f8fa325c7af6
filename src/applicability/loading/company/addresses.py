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
from collections import Counter
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
    names_in,
    plain,
)
from applicability.loading.company.address_zones import AWAY_BEFORE, AWAY_BEHIND, names_another_zone, zones_at, zones_in
from applicability.model.former import Former
from applicability.model.place_spellings import is_any_citys
from applicability.model.places import Gazetteer

_STREET = re.compile(r"(?:路|街|大街|大道)")
# Fillers that registers write between a city and its district.
_BETWEEN = re.compile(r"(?:市辖区|(?:省|自治区)直辖县级行政(?:区划|单位))")
_BETWEEN_BEGINS = "市省自"
_FILLED = re.compile(r"(?:省|自治区)?直辖|市辖区")
# A city or a county by a name of any kind, as it follows that of a province; not a market or an office.
_CITY_ENDS = "自治[州县旗]|行政区|地区|[市县盟](?![场政区民中委府城])"
_CITY = re.compile(rf"[\u4e00-\u9fff]{{2,4}}?(?:{_CITY_ENDS})")
# What ends the name of a functional zone, and what shows before it that it is the name of something else.
_ZONE_ENDS = (
    "开发区|高新区|经开区|产业园区|工业园区|保税区|保税港区|综保区|示范区|试验区|合作区|度假区|旅游区|风景区"
    "|管理区|新区|经济区|实验区|软件园|物流园区|集聚区|港务区|生态区|商务区|商务城|科技城|科学城|生物城|软件城"
)
# Two cities have an industrial zone together; these are called after a lake or a mountain, as a county elsewhere is.
_OF_NATURE = re.compile("(?:度假|旅游|风景)区")
_ZONE_END = re.compile(f"(?:{_ZONE_ENDS})(?!分|{NO_PLACE.pattern})")
_NO_ZONE = re.compile("^湾|大学|学院|公司|银行|集团|医院|路|街|道|号|弄|村|镇|乡|楼|栋|室|厦|广场|市|县|区")
# Places come first: characters of a cell that are searched for them.
_BEGINNING = 200
# What stands between the places of an address that names several. Not those of plain text, which may be left out.
_FURTHER = re.compile("[；、]")

# What else the parser looks for: as patterns, and those of their words that a name may run into.
_PATTERNS = (
    *(NO_PLACE.pattern, _STREET.pattern, _BETWEEN.pattern, _ZONE_END.pattern, _NO_ZONE.pattern, COUNTRY),
    *(AWAY_BEFORE.pattern, AWAY_BEHIND.pattern, _FILLED.pattern, _CITY_ENDS),
)
_SIDES, _WAYS = ("", *"中东西南北"), "路 街 大道 大街 道 大厦 广场 车站 站 桥 公园 酒店"
_COUNTIES = [f"直辖县级行政{way}" for way in ("区划", "单位")]
_WORDS = (
    *(side + way for side in _SIDES for way in _WAYS.split()),
    *(around + words for around in ("省", "自治区") for words in _COUNTIES),
    *("市辖区", COUNTRY),
)


class AddressDoubt(Enum):
    """What an address says beside the place that is read: more places, a zone by its type, a district in short, a
    province that the municipality behind it never lay in.
    """

    FURTHER, ZONE, SHORT, PROVINCE = range(4)


@dataclass(frozen=True)
class AddressMatch:
    """The finest division that an address begins with, the zones it names, and the former divisions among its names.

    `outside` are the zones that it says it is outside of, or near; `districts` are those whose name it begins with
    where no city stands before that. `doubts` are what else of it is not read.
    """

    division: str | None
    zones: tuple[str, ...]
    former: tuple[Former, ...] = ()
    outside: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    doubts: tuple[AddressDoubt, ...] = ()


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
            districts = self._districts_at(text) if division is None and not zones else ()
            found = AddressMatch(division, zones, former, outside, districts, (*doubts, *more))
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
        for length in self._lengths:
            if (found := self._settled.get(text[:length])) is not None:
                return found
        return self._whole(text)

    def _whole(self, text: str) -> AddressMatch:
        """Parses a text without zones name by name."""
        begins = self._begins(text[:_BEGINNING], ())
        if begins is None:
            return AddressMatch(None, (), districts=self._districts_at(text))
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

    def _districts_at(self, text: str) -> tuple[str, ...]:
        """The districts that a text may begin with, by the name of one without its city."""
        named = self.names.districts.get(text[:2], ())
        longest = next((name for name, _ in named if text.startswith(name)), None)
        if longest is None or NO_PLACE.match(text, len(longest)):
            return ()
        return tuple(code for name, code in named if name == longest)

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
            if text[:1] in _BETWEEN_BEGINS and (between := _BETWEEN.match(text)):
                text = text[between.end() :]
        start = text[:2]  # cheap test: most texts continue with no name at all
        zone = next(zones_at(self.names, text), None) if start in self.names.zones else None
        names = self.names.full.get(inside)
        full = next(begun_by(names, text), None) if names is not None and start in names else None
        if full is not None and inside is None and _STREET.match(text, len(full[0])):
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
        if settled or _FILLED.match(text) or is_any_citys(text[:2]) or is_any_citys(text[:3]):
            return False
        met = False
        for name, codes in names.official_anywhere.get(text[:2], ()):
            if text.startswith(name) and not NO_PLACE.match(text, len(name)):
                if any(gazetteer.overlap(one, inside) for one in codes):
                    return False
                met = met or province or not name.endswith("区")
        # A column of addresses ends where a character stands that is in no name.
        ends = (at for at, letter in enumerate(text) if letter not in self.letters)
        city = _CITY.match(text, 0, next(ends, len(text))) if province and not met else None
        return met or (city is not None and not NO_PLACE.match(text, city.end()))

    def _moved(self, text: str, inside: str) -> _Begins | None:
        """The division that a text begins with behind a province that it was part of: 四川省万县市."""
        part = self.gazetteer.moved[inside]
        old = max((name for name in part.names if text.startswith(name)), key=len, default="")
        now = next(begun_by(self.names.full.get(part.province, {}), text), ("", ""))[0]
        once = self._former_at(text, part.province)
        name = max(old, now, "" if once is None else once.zh, key=len)
        if not name or _STREET.match(text, len(name)) or NO_PLACE.match(text, len(name)):
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
        end = _ZONE_END.search(text, len(name))
        between = text[len(name) : end.start()] if end is not None else ""
        if end is None or _NO_ZONE.search(between) or NO_PLACE.match(text, len(name)):
            return None
        places = (between[at:to] for at in range(len(between)) for to in range(at + 2, min(at + 6, len(between)) + 1))
        for own in (self.names.anywhere[one] for one in places if one in self.names.anywhere):
            named_after = end is not None and _OF_NATURE.fullmatch(end[0]) and all(map(self._is_county, own))
            if not named_after and not any(self.gazetteer.lies_in(place, code) for place in own):
                return None
        return _Begins(code)

    def _is_county(self, place: str) -> bool:
        return self.names.official[place].endswith("县")

    def _former_at(self, text: str, inside: str | None) -> Former | None:
        """The former division that a text begins with, of those formerly inside `inside`; the longest name wins."""
        for one in self.names.former.get(inside, {}).get(text[:2], ()):
            if text.startswith(one.zh) and (inside is not None or not _STREET.match(text, len(one.zh))):
                return one
        return None

    @property
    def zone_names(self) -> frozenset[str]:
        """The zone names that are searched for, normalised by `plain`."""
        return frozenset(names_in(self.names.zones))

    @property
    def zone_marks(self) -> frozenset[str]:
        """Texts of which one is in every address whose zones matter: names of zones, and what ends one."""
        found: list[str] = []
        # One that holds another is found by that: the names that follow from a zone's would make a slow pattern.
        for mark in sorted({*self.zone_names, *self.names.kind_names, *_ZONE_ENDS.split("|")}, key=len):
            if not any(one in mark for one in found):
                found.append(mark)
        return frozenset(found)

    @property
    def letters(self) -> frozenset[str]:
        """The characters of all names and patterns that are searched for."""
        return frozenset("".join((*self._looked_for, *_PATTERNS)))

    @cached_property
    def _looked_for(self) -> frozenset[str]:
        """All names that are searched for."""
        divisions = {
            name for found in (*self.names.full.values(), *self.names.short.values()) for name in names_in(found)
        }
        divisions |= {one.zh for inside in self.names.former.values() for named in inside.values() for one in named}
        divisions |= {name for part in self.gazetteer.moved.values() for name in part.names}
        types = (plain(name) for one in self.gazetteer.zone_types.values() for name in (one.zh, *one.aliases))
        return frozenset((*divisions, *self.names.official.values(), *self.zone_names, *types))

    @cached_property
    def _settled(self) -> Mapping[str, AddressMatch]:
        """Matches for complete chains of official names down to a division without subdivisions; only a zone may change
        them.

        Nothing is searched for after such a chain, and no name before it extends past its end.
        """
        begun = {name[:length] for name in (*self._looked_for, *_WORDS) for length in range(1, len(name))}
        found: dict[str, AddressMatch] = {}
        for code in self.gazetteer.divisions:
            path = tuple(reversed(self.gazetteer.path(code)))
            if code not in self.names.full and code not in self.names.short and code not in self.names.former:
                for first in range(len(path) - 1):
                    text = "".join(self.names.official[one] for one in path[first:])
                    if self._leads(text, path[first:]) and not any(text[at:] in begun for at in range(len(text))):
                        found[text] = AddressMatch(code, ())
        return found

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        """The lengths of those chains, the most common first."""
        return tuple(length for length, _ in Counter(map(len, self._settled)).most_common())

    def _leads(self, text: str, path: Sequence[str]) -> bool:
        """Whether a text follows a path by official names alone."""
        inside = None
        for code in path:
            if inside is not None and (text.startswith(self.names.official[inside]) or _BETWEEN.match(text)):
                return False
            name, found = next(begun_by(self.names.full.get(inside, {}), text), ("", None))
            if (
                found != code
                or (inside, name) in self.names.once_cities
                or (not inside and _STREET.match(text, len(name)))
            ):
                return False
            text, inside = text[len(name) :], code
        return True


def ends_as_zone(name: str) -> bool:
    """Whether a name ends as that of a functional zone does."""
    return any(one.end() == len(name) for one in _ZONE_END.finditer(name))


# By the identity of their gazetteers, which they hold.
_PARSERS: BoundedCache[int, Addresses] = BoundedCache(8)


def addresses_of(gazetteer: Gazetteer) -> Addresses:
    """The parser of a gazetteer. Its indexes take a fifth of a second to build, so those used last are kept."""
    found = _PARSERS.get(id(gazetteer))
    if found is None:
        found = _PARSERS[id(gazetteer)] = Addresses(gazetteer)
    return found
