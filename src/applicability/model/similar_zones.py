"""The zones whose names are most like an unknown one: those of the city first that an entity is known to stand in."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass
from applicability.model.places import Gazetteer

# A name is like another that has so much of what tells it from others: rare characters count for more.
_LIKE = 0.4
# Words for the same in the names of zones.
_SAME = (("空港", "机场"), ("机场", "空港"))
_REMEMBERED = 100_000
# Shorter words, as 区, stand in the names of many.
_WHOLE = 2


@dataclass(frozen=True)
class SimilarZones:
    """Finds similar names of the zones of one gazetteer."""

    gazetteer: Gazetteer

    def named(self, name: str, near: Iterable[str], most: int = 3) -> tuple[str, ...]:
        """The official names of the zones whose names are most like this one, in the cities of `near` if it has any."""
        cities = frozenset(self.gazetteer.city_of(area) for place in near for area in self.gazetteer.areas(place))
        key = name, cities, most
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._named(*key)
        return found

    def _named(self, name: str, cities: frozenset[str], most: int) -> tuple[str, ...]:
        rarest = max(self._weights.values(), default=0.0)
        near = [one for one in self._letters if all(self.gazetteer.overlap(one, city) for city in cities)]
        scores: dict[str, float] = {}
        # Of all cities, one or the other word tells many zones apart.
        spelt = (name, *(name.replace(*same) for same in _SAME)) if cities else (name,)
        for own in dict.fromkeys(frozenset(form[:100]) for form in spelt):
            whole = sum(self._weights.get(one, rarest) for one in own)
            for zone in near:
                shared = sum(self._weights[one] for one in own & self._letters[zone])
                if shared and shared >= _LIKE * whole:
                    scores[zone] = max(shared, scores.get(zone, shared))
        order = sorted(scores, key=lambda zone: (-scores[zone], zone))
        return tuple(self.gazetteer.name(zone) for zone in order[:most])

    @cached_property
    def _found(self) -> BoundedCache[tuple[str, frozenset[str], int], tuple[str, ...]]:
        """Cache."""
        return BoundedCache(_REMEMBERED)

    @cached_property
    def _letters(self) -> Mapping[str, frozenset[str]]:
        """The characters of the Chinese names of each zone."""
        return {
            id: frozenset("".join((zone.zh, *(one for one in zone.aliases if not one.isascii()))))
            for id, zone in self.gazetteer.zones.items()
        }

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """What each character tells: the fewer zones have it, the more."""
        counts = Counter(one for own in self._letters.values() for one in own)
        return {one: math.log((len(self._letters) + 1) / count) for one, count in counts.items()}


# By the identity of their gazetteers, which they hold.
_FINDERS: BoundedCache[int, SimilarZones] = BoundedCache(8)


def similar_zones(gazetteer: Gazetteer, name: str, near: Iterable[str]) -> tuple[str, ...]:
    """The zones that an unknown name may be meant for, by their official names."""
    found = _FINDERS.get(id(gazetteer))
    if found is None:
        found = _FINDERS[id(gazetteer)] = SimilarZones(gazetteer)
    return found.named(name, near)


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
