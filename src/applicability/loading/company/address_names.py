"""The names that addresses are searched for: full and short, current and former, each where it may be read.

A name is kept under the division in which it is searched (None: the whole country) and its first two characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.former import Former
from applicability.model.place_names import DISTRICT, last_word
from applicability.model.place_spellings import is_any_citys
from applicability.model.places import Gazetteer

# Shorter zone names occur in too many addresses by chance.
_SHORTEST = 5
# How long the names of places are that are looked for anywhere, the longest first.
NAME_LENGTHS = (6, 5, 4, 3, 2)
# After a name, these make it the name of a street or a building.
NO_PLACE = re.compile(r"(?:中|东|西|南|北)?(?:路|街|大道|大街|道|大厦|广场|车站|站|桥|公园|酒店)")
_MARKS = re.compile(r"[\s()\[\]【】]+")
# The word that the name of a province or a city may drop; what is left of a 自治州 is a people's name as well.
_LAST_WORDS = {"province": last_word("province"), "prefecture": last_word("prefecture", but="自治州")}
# … and that of any division, as zones named after it leave it out.
_ANY_KIND = last_word()
COUNTRY = "中国"

# Names by their first two characters, longest first, with the code of each.
Index = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class AddressNames:
    """The names of one gazetteer's divisions and zones, as addresses write them."""

    gazetteer: Gazetteer

    @cached_property
    def official(self) -> Mapping[str, str]:
        """Normalised official names, by code."""
        return {code: plain(division.zh) for code, division in self.gazetteer.divisions.items()}

    @cached_property
    def zone_by_name(self) -> Mapping[str, str]:
        """Zones by their names."""
        return {name: id for named in self.zones.values() for name, id in named}

    @cached_property
    def zone_pattern(self) -> re.Pattern[str]:
        """A pattern for zone names, longest first, except as part of a street or building name."""
        ways = (
            re.escape(start) + "(?:" + "|".join(re.escape(name[2:]) for name, _ in found) + ")"
            for start, found in self.zones.items()
        )
        return re.compile("(?:" + ("|".join(ways) or r"(?!)") + ")(?!" + NO_PLACE.pattern + ")")

    @cached_property
    def full(self) -> Mapping[str | None, Index]:
        """Official names, by the division they are searched in."""
        names: dict[str | None, dict[str, list[str]]] = {}
        for code, name in self.official.items():
            level = self.gazetteer.level(code)
            parent, *beyond = (*self.gazetteer.path(code)[1:], None)
            alone = level != "county" or not DISTRICT.search(name)
            for around in (parent, *(beyond if alone else ())):
                names.setdefault(around, {}).setdefault(name, []).append(code)
            if level == "prefecture":  # 新疆巴州: a prefecture by the short name that ends as its full one does
                for alias in self.gazetteer.divisions[code].aliases:
                    if alias.endswith(name[-1:]) and not alias.isascii():
                        names.setdefault(parent, {}).setdefault(alias, []).append(code)
        return {around: _index(found) for around, found in names.items()}

    @cached_property
    def short(self) -> Mapping[str | None, Index]:
        """Provinces and cities without their suffix, by the division they are searched in."""
        names: dict[str | None, dict[str, list[str]]] = {}
        for code, division in self.gazetteer.divisions.items():
            level = self.gazetteer.level(code)
            short = _LAST_WORDS[level].sub("", self.official[code]) if level in _LAST_WORDS else division.zh
            if short != division.zh and len(short) > 1:
                # A short name is certain only if an official one follows: 吉林 may then be the province or the city.
                for around in {None, *self.gazetteer.path(code)[1:]}:
                    names.setdefault(around, {}).setdefault(short, []).append(code)
        return {around: _index(found, shared=True) for around, found in names.items()}

    @cached_property
    def anywhere(self) -> Mapping[str, frozenset[str]]:
        """The divisions of each full and short name in the country, current and former."""
        names: dict[str, set[str]] = {}
        for code, name in self.official.items():
            for one in (name, _ANY_KIND.sub("", name)):
                if len(one) > 1:
                    names.setdefault(one, set()).add(code)
        for former in self.gazetteer.former.all:
            for one in (former.zh, _ANY_KIND.sub("", former.zh)):
                if len(one) > 1:
                    names.setdefault(one, set()).add(former.place)
        return {name: frozenset(codes) for name, codes in names.items()}

    @cached_property
    def official_anywhere(self) -> Mapping[str, Sequence[tuple[str, Sequence[str]]]]:
        """Official names with all the divisions that have one, by their first two characters, longest first."""
        names: dict[str, list[str]] = {}
        for code, name in self.official.items():
            if len(name) > 2:
                names.setdefault(name, []).append(code)
        found: dict[str, list[tuple[str, Sequence[str]]]] = {}
        for name in sorted(names, key=lambda name: (-len(name), name)):
            found.setdefault(name[:2], []).append((name, names[name]))
        return found

    @cached_property
    def short_alone(self) -> Index:
        """Cities in short where that means nothing outside them, or nothing else if it stands alone: 常熟, and 西安,
        but not 朝阳, a district of Beijing as well.
        """
        gazetteer = self.gazetteer
        cities = {code for code, name in self.official.items() if name.endswith("市")}
        found: dict[str, list[str]] = {}
        for code in cities:
            short = _ANY_KIND.sub("", self.official[code])
            if len(short) < 2:
                continue
            alone = gazetteer.level(code) != "county" and gazetteer.candidates(short, "division") == (code,)
            if alone or all(gazetteer.lies_in(one, code) for one in self.anywhere[short]):
                found[short] = [code]
        return _index(found)

    @cached_property
    def districts(self) -> Index:
        """Districts by official names that are searched for only inside their city, longest first."""
        names: dict[str, list[str]] = {}
        for code, name in self.official.items():
            if self.gazetteer.level(code) == "county" and DISTRICT.search(name):
                names.setdefault(name, []).append(code)
        return _index(names, shared=True)

    @cached_property
    def former_districts(self) -> Index:
        """Former districts by names that no current one has, with the division that each is in now."""
        names: dict[str, list[str]] = {}
        for one in self.gazetteer.former.all:
            if self.gazetteer.level(one.code) == "county" and DISTRICT.search(one.zh) and not is_any_citys(one.zh):
                names.setdefault(one.zh, []).append(one.place)
        return _index(names, shared=True)

    @cached_property
    def once_cities(self) -> Mapping[tuple[str | None, str], Former]:
        """Former prefectures whose name a county has now, by the division searched: 无为县 in the old 巢湖市."""
        gazetteer = self.gazetteer
        return {
            (inside, one.zh): one
            for one in gazetteer.former.all
            if gazetteer.level(one.code) == "prefecture"
            for inside in (*gazetteer.path(one.place), None)
            for name, code in begun_by(self.full.get(inside, {}), one.zh)
            if name == one.zh and gazetteer.level(code) == "county"
        }

    @cached_property
    def former(self) -> Mapping[str | None, Mapping[str, Sequence[Former]]]:
        """Former divisions by the division they are searched in and their first two characters, longest names first.

        They are searched for like current ones: in every division around them, a district only in its city. A name that
        a current division has, or that any city may have, matches none of them.
        """
        names: dict[str | None, dict[str, list[Former]]] = {}
        for one in self.gazetteer.former.all:
            path = self.gazetteer.path(one.place)
            around = path[1:] if self.gazetteer.level(one.place) == "county" else path
            if not is_any_citys(one.zh):
                district = self.gazetteer.level(one.code) == "county" and DISTRICT.search(one.zh)
                for each in around[:1] if district else (*around, None):
                    names.setdefault(each, {}).setdefault(one.zh, []).append(one)
        found: dict[str | None, dict[str, list[Former]]] = {}
        for inside, named in names.items():
            current = set(names_in(self.full.get(inside, {})))
            for name in sorted(named, key=lambda name: (-len(name), name)):
                outermost = self._outermost(named[name])
                if name not in current and outermost is not None:
                    found.setdefault(inside, {}).setdefault(name[:2], []).append(outermost)
        return found

    def _outermost(self, named: Sequence[Former]) -> Former | None:
        """The last of those whose current division contains the current divisions of all the others."""
        lies_in = self.gazetteer.lies_in
        return next((one for one in reversed(named) if all(lies_in(each.place, one.place) for each in named)), None)

    @cached_property
    def zones(self) -> Index:
        names: dict[str, list[str]] = {}
        for id, zone in self.gazetteer.zones.items():
            for name in dict.fromkeys(map(plain, (zone.zh, *zone.aliases, *self.gazetteer.following_names(id)))):
                if len(name) >= _SHORTEST and not name.isascii() and id not in names.setdefault(name, []):
                    names[name].append(id)
        return _index(names)

    @cached_property
    def kind_names(self) -> frozenset[str]:
        """The Chinese names of zone types."""
        names = {plain(name) for one in self.gazetteer.zone_types.values() for name in (one.zh, *one.aliases)}
        return frozenset(name for name in names if name and not name.isascii())

    @cached_property
    def kinds(self) -> re.Pattern[str]:
        """A pattern for the names of zone types, which follow a province's name."""
        longest = sorted(self.kind_names, key=lambda name: (-len(name), name))
        return re.compile("(?:" + ("|".join(map(re.escape, longest)) or r"(?!)") + ")(?!" + NO_PLACE.pattern + ")")


def begun_by(index: Index, text: str) -> Iterator[tuple[str, str]]:
    """The names of an index that the text begins with, and the code of each."""
    return (named for named in index.get(text[:2], ()) if text.startswith(named[0]))


def _index(names: Mapping[str, Sequence[str]], *, shared: bool = False) -> Index:
    """Names by their first two characters; ambiguous names are left out unless `shared`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if len(names[name]) == 1 or shared:
            found.setdefault(name[:2], []).extend((name, code) for code in names[name])
    return found


def names_in(found: Index) -> Iterator[str]:
    """The names of an index."""
    return (name for named in found.values() for name, _ in named)


def plain(text: str) -> str:
    """Normalises text: no spaces, brackets or full-width forms, and no leading 中国, as in （上海）自由贸易试验区."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).removeprefix(COUNTRY)
