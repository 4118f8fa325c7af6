"""The zones that an unknown name may be meant for: those whose name it misspells, and never another zone of the kind.

南沙综和保税区 is 南沙综合保税区 with a slip; 南沙经济技术开发区 is no 广州经济技术开发区, but another zone, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.near_names import NearNames, edited_at
from applicability.model.place_names import common_name
from applicability.model.places import Gazetteer
from applicability.model.similar_places import sound_the_same

# Words for the same in the names of zones, each written as the second.
_SAME = (("实验区", "试验区"), ("空港", "机场"))
_BRACKETS = lazy_pattern(r"[()（）\[\]【】·\s]")
# What the names of zones say of their kind.
_KIND = lazy_pattern(
    "中国|国家级?|省级|自由贸易|自贸|试验区|综合|特殊|保税|港区|物流|加工|出口|跨境|经济|技术|高新|产业|工业|开发|示范"
    "|合作|自主|创新|先行|软件|科技|机场|医疗|旅游|片|新|港|园|区|经开|综保"
)
# What follows the province in the name of a free trade zone, and such a name in English.
_FTZ = lazy_pattern(r"省?(?:自由贸易试验区|自由贸易区|自贸试验区|自贸区)$")
_FTZ_IN_ENGLISH = lazy_pattern(r"(?:china\s*)?\(?(?P<place>[a-z' ]+?)\)?\s+(?:pilot\s+)?(?:free\s+trade\s+zone|ftz)")
# Signs of what tells a zone from others: where it is as short as this, one sign makes it another.
_SHORT = 2
_REMEMBERED = 100_000
# Shorter words, as 区, stand in the names of many.
_WHOLE = 2


@dataclass(frozen=True)
class SimilarZones:
    """Finds the zones of one gazetteer by misspelt names."""

    gazetteer: Gazetteer

    def named(self, name: str, near: Iterable[str], most: int = 3) -> tuple[str, ...]:
        """The official names of the zones that a name misspells, of those in the cities of `near`."""
        cities = frozenset(self.gazetteer.city_of(area) for place in near for area in self.gazetteer.areas(place))
        key = name, cities, most
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._named(*key)
        return found

    def _named(self, name: str, cities: frozenset[str], most: int) -> tuple[str, ...]:
        written = _written(name)
        zones = [*self._zones.get(written, ())]
        for other in self._names.of(written):
            zones += [zone for zone in self._zones[other] if self._misspells(written, other, zone)]
        kept = [zone for zone in dict.fromkeys(zones) if all(self.gazetteer.overlap(zone, city) for city in cities)]
        return tuple(map(self.gazetteer.name, kept)) if len(kept) <= most else ()

    def _misspells(self, word: str, name: str, zone: str) -> bool:
        """Whether a word is the name of a zone with a slip, and no name of another."""
        at = edited_at(word, name)
        if at is None:
            return False
        around = {one for area in self.gazetteer.areas(zone) for one in self.gazetteer.path(area)}
        places = sorted({common_name(self.gazetteer.divisions[one]) for one in around}, key=len, reverse=True)
        marks = _spans(name, places)
        own = "".join(sign for sign, mark in zip(name, marks, strict=True) if mark == _OWN)
        mark = marks[min(at, len(name) - 1)]
        behind = len(word) != len(name) and at > 0 and marks[at - 1] == _OWN
        if mark == _OF_PLACE or (len(own) <= _SHORT and (mark == _OWN or behind)):
            # Another sign makes another place of it, and so does one that is read the same: 武江 is no 吴江.
            parts = (word[begin:end] for begin in range(at + 1) for end in range(max(at + 1, begin + 2), len(word) + 1))
            known = any(one in self._places and one not in name for one in parts)
            return not known and sound_the_same(self.gazetteer, word, name)
        if mark == _OWN or behind:
            return True
        # Of another kind, if all else in it is known: 南沙高新区 is no 南沙新区.
        return "".join(s for s, m in zip(word, _spans(word, places), strict=True) if m == _OWN) != own

    @cached_property
    def _found(self) -> BoundedCache[tuple[str, frozenset[str], int], tuple[str, ...]]:
        """Cache."""
        return BoundedCache(_REMEMBERED)

    @cached_property
    def _zones(self) -> Mapping[str, list[str]]:
        """The zones by their Chinese names, as these are compared."""
        found: dict[str, list[str]] = {}
        for id, zone in self.gazetteer.zones.items():
            for name in dict.fromkeys(_written(one) for one in (zone.zh, *zone.aliases) if not one.isascii()):
                found.setdefault(name, []).append(id)
        return found

    @cached_property
    def _places(self) -> frozenset[str]:
        """The names of all divisions, without their kind."""
        return frozenset(map(common_name, self.gazetteer.divisions.values()))

    @cached_property
    def _names(self) -> NearNames:
        return NearNames(self._zones)


# What a sign in the name of a zone belongs to: the kind, the place around it, or what is its own.
_OF_KIND, _OF_PLACE, _OWN = "kind", "place", "own"


def _spans(name: str, places: Iterable[str]) -> list[str]:
    """What each sign of a name belongs to."""
    found = [_OWN] * len(name)
    pattern = "|".join(re.escape(one) for one in places if len(one) > 1)
    for told, mark in ((pattern, _OF_PLACE), (_KIND.pattern, _OF_KIND)):
        for one in re.finditer(told, name) if told else ():
            for at in range(*one.span()):
                if found[at] == _OWN:
                    found[at] = mark
    return found


def _written(name: str) -> str:
    """A name as names are compared: without brackets, and with one word for what is called two things."""
    found = _BRACKETS.sub("", name.strip())
    for one, other in _SAME:
        found = found.replace(one, other)
    return found


# By the identity of their gazetteers, which they hold.
_FINDERS: BoundedCache[int, SimilarZones] = BoundedCache(8)


def similar_zones(gazetteer: Gazetteer, name: str, near: Iterable[str]) -> tuple[str, ...]:
    """The zones that an unknown name may be meant for, by their official names."""
    found = _FINDERS.get(id(gazetteer))
    if found is None:
        found = _FINDERS[id(gazetteer)] = SimilarZones(gazetteer)
    return found.named(name, near)


def areas_of_zone(gazetteer: Gazetteer, name: str, near: Iterable[str] = ()) -> tuple[str, ...]:
    """The areas of a free trade zone that is listed by its areas alone, those in the cities of `near` if any are:
    中国（江苏）自由贸易试验区 is no zone of the list, 江苏自贸试验区南京片区 is one.
    """
    whole = _FTZ.sub("自贸试验区", _written(name).removeprefix("中国"))
    latin = _FTZ_IN_ENGLISH.fullmatch(name.strip().casefold())
    if latin is not None:
        end = f" of the {latin['place'].strip()} pilot free trade zone"
        found = [id for id, zone in gazetteer.zones.items() if zone.en.casefold().endswith(end)]
    elif whole.endswith("自贸试验区") and not whole.startswith("自贸"):
        names = ((id, _written(zone.zh)) for id, zone in gazetteer.zones.items())
        found = [id for id, own in names if own.startswith(whole) and own != whole]
    else:
        return ()
    cities = {gazetteer.city_of(area) for place in near for area in gazetteer.areas(place)}
    return tuple(one for one in found if all(gazetteer.overlap(one, city) for city in cities)) or tuple(found)


def zones_holding(gazetteer: Gazetteer, name: str, most: int = 3) -> tuple[str, ...]:
    """The zones in whose name a word stands whole: 博鳌 and `Boao` in that of the Boao Lecheng zone; none of many."""
    wanted = _words(name) if name.isascii() else [name.strip()]
    if not any(len(one) >= _WHOLE for one in wanted):
        return ()
    found = []
    for id, zone in gazetteer.zones.items():
        names = (zone.zh, zone.en, *zone.aliases)
        if any(_holds(one, wanted) for one in names if one.isascii() == name.isascii()):
            found.append(id)
    return tuple(found) if len(found) <= most else ()


def _holds(name: str, wanted: list[str]) -> bool:
    return wanted[0] in name if not name.isascii() else set(wanted) <= set(_words(name))


def _words(name: str) -> list[str]:
    return re.findall("[a-z0-9]+", name[:100].casefold())
