"""Where an address lies: the divisions that it begins with, and the zones that it names in full.

Only what is written is read: a division by its official name, the province's also in short, each in the order province,
prefecture, county; one that begins lower down only if no other division of the country is called so. What follows, the
street and the building, says nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from applicability.model.places import Gazetteer

# （上海）自由贸易试验区 and 中国（上海）自由贸易试验区 begin with the zone's own name.
_ZONE_FIRST = re.compile(r"^(?:中国)?[((]?([\u4e00-\u9fff]{2,3}?)[))]?自由贸易(?:试验区|港)")
# Shorter names of zones stand in too many addresses by chance.
_SHORTEST = 5


@dataclass(frozen=True)
class Found:
    """The finest division that an address begins with, and the zones it names."""

    division: str | None
    zones: tuple[str, ...]


@dataclass(frozen=True)
class Addresses:
    """Reads addresses by one table of places."""

    gazetteer: Gazetteer

    def read(self, address: str) -> Found:
        """What an address tells; nothing where it begins with no division that is certain."""
        text = _plain(address)
        zones = self._zones_in(text)
        division = self._division(text)
        if division is None and (first := _ZONE_FIRST.match(text)):
            division = self._starts("province").get(first[1])
        if division is not None:
            zones = tuple(one for one in zones if self.gazetteer.overlap(one, division))
        return Found(division, zones)

    def _division(self, text: str) -> str | None:
        """The finest division that the text begins with, level by level."""
        inside: str | None = None
        rest = text
        for level in ("province", "prefecture", "county"):
            names = self._starts(level)
            for length in range(min(len(rest), self._longest), 1, -1):
                code = names.get(rest[:length])
                if code is None and inside is not None:
                    code = self._inside.get((inside, rest[:length]))
                if code is not None and (inside is None or self.gazetteer.lies_in(code, inside)):
                    inside, rest = code, rest[length:]
                    break
        return inside

    def _zones_in(self, text: str) -> tuple[str, ...]:
        found = dict.fromkeys(self._zone_names[name] for name in self._zone_pattern.findall(text))
        return tuple(sorted(found))

    def _starts(self, level: str) -> dict[str, str]:
        return self._by_level[level]

    @cached_property
    def _by_level(self) -> dict[str, dict[str, str]]:
        """Names that stand for one division only, by its level."""
        found: dict[str, dict[str, list[str]]] = {"province": {}, "prefecture": {}, "county": {}}
        for code, name in self._names():
            found[self.gazetteer.level(code)].setdefault(name, []).append(code)
        every: dict[str, set[str]] = {}
        for names in found.values():
            for name, codes in names.items():
                every.setdefault(name, set()).update(codes)
        return {
            level: {name: codes[0] for name, codes in names.items() if len(every[name]) == 1}
            for level, names in found.items()
        }

    @cached_property
    def _inside(self) -> dict[tuple[str, str], str]:
        """Divisions by one that they lie in and their name, where no other in it is called so."""
        found: dict[tuple[str, str], list[str]] = {}
        for code, name in self._names():
            for around in self.gazetteer.path(code)[1:]:
                found.setdefault((around, name), []).append(code)
        return {key: codes[0] for key, codes in found.items() if len(codes) == 1}

    def _names(self) -> Iterator[tuple[str, str]]:
        for code, division in self.gazetteer.divisions.items():
            yield code, _plain(division.zh)
            if self.gazetteer.level(code) == "province":
                short = re.sub(r"(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$", "", division.zh)
                if short != division.zh:
                    yield code, short

    @cached_property
    def _longest(self) -> int:
        return max(len(name) for _, name in self._names())

    @cached_property
    def _zone_names(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for id, zone in self.gazetteer.zones.items():
            for name in {_plain(zone.zh), *map(_plain, zone.aliases)}:
                if len(name) >= _SHORTEST and not name.isascii():
                    found.setdefault(name, []).append(id)
        return {name: ids[0] for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _zone_pattern(self) -> re.Pattern[str]:
        names = sorted(self._zone_names, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, names)) or r"(?!)")


def _plain(text: str) -> str:
    """Without spaces and full-width forms; brackets are left as they stand in names."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
