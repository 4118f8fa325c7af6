"""Addresses in Latin letters: the places that one begins or ends with, from the city inwards.

A city or province counts at either end, and what lies in it next to it: `5 Haibin Road, Nansha District, Guangzhou`,
`Shanghai (Pudong)`. Both ends must agree. A district alone is that of any city, and a street may be called after one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.zone_names import short_for
from applicability.model.places import Gazetteer

_BETWEEN = re.compile(r"[,;/()\[\]\n|]|\s-\s")
# What says nothing of the place: numbers, the country, what kind of office it is.
_NOTHING = lazy_pattern(
    r"[\d\s.\-#]*|(?:p\.?\s?r\.?\s?(?:of\s)?)?china|p\.?r\.?c\.?|hq|head ?quarters?|(?:head|main|registered) office",
    re.IGNORECASE,
)
_NUMBER = lazy_pattern(r"(?:^\d[\d\s\-]*\s+|\s+\d[\d\s\-]*$)")
_STREET = lazy_pattern(
    r"\b(?:road|rd|street|st|avenue|ave|lane|highway|boulevard|blvd|drive|way|tower|building|bldg|plaza|hotel|mansion|bridge"
    r"|station|airport|park|square|cent(?:er|re)|market|university|room|floor|unit|no|port|office|house)\b",
    re.IGNORECASE,
)
# What shows that a part names a zone, unless a street is called after it.
_ZONE = lazy_pattern(
    r"\b(?:zone|ftz|cbz|ftp|free[ -]trade port|new area"
    r"|(?:industrial|industry|science|technology|software|logistics|hi-?tech|high-?tech) park)\b"
    r"(?!\s+(?:road|rd|street|st|avenue|ave|lane|highway|boulevard|drive|way|station|tower|building)\b)",
    re.IGNORECASE,
)
# Longer texts are no addresses, and more words no name.
_LONGEST, _WORDS = 200, 6


@dataclass(frozen=True)
class EnglishPlace:
    """The finest division that an address tells for certain, the zones of which a part of it is the name, and whether
    words beside its city, or another zone, are left.
    """

    division: str | None = None
    cut: bool = False
    zone: bool = False
    zones: tuple[str, ...] = ()


def english_place(gazetteer: Gazetteer, text: str) -> EnglishPlace:
    """The place that an address tells."""
    if len(text) > _LONGEST:
        return EnglishPlace()
    parts = [_NUMBER.sub("", part.strip()) for part in _BETWEEN.split(text)]
    parts = [part for part in parts if not _NOTHING.fullmatch(part)]
    if not parts:
        return EnglishPlace()
    ends = [_chain(gazetteer, parts[::-1]), _chain(gazetteer, parts)]
    # Where one end tells all parts, the other is inside it: Suzhou, Anhui.
    whole = [place for place, read in ends if place is not None and read == len(parts)]
    found = whole[:1] or [place for place, _ in ends if place is not None]
    if len(found) == 2 and not gazetteer.overlap(found[0], found[1]):
        return EnglishPlace()
    zones = tuple(dict.fromkeys(one for part in parts if (one := _zone(gazetteer, part)) is not None))
    unread = any(_zone(gazetteer, part) is None and _is_zone(gazetteer, part) for part in parts)
    # A zone by its name is as good as the division in which it lies.
    ends_in_zone = any(_zone(gazetteer, part) is not None for part in (parts[0], parts[-1]))
    if found or (ends_in_zone and all(gazetteer.overlap(one, zones[0]) for one in zones)):
        near = [one for one in zones if all(gazetteer.overlap(one, place) for place in found)]
        around = (gazetteer.division_of(one) for one in near)
        every = [*found, *(one for one in around if one is not None)]
        if every:
            finest = max(every, key=lambda one: len(gazetteer.path(one)))
            return EnglishPlace(finest, zone=unread or len(near) < len(zones), zones=tuple(near))
    cities = {one for part in (parts[0], parts[-1]) if (one := _city_before(gazetteer, part)) is not None}
    return EnglishPlace(cities.pop(), cut=not unread, zone=unread) if len(cities) == 1 else EnglishPlace()


def _zone(gazetteer: Gazetteer, part: str) -> str | None:
    """The zone that a part is the name of, if it can be only that one."""
    found = gazetteer.candidates(part, "zone")
    certain = len(found) == 1 and not gazetteer.candidates(part, "division") and short_for(gazetteer, part) is None
    return found[0] if certain else None


def _is_zone(gazetteer: Gazetteer, part: str) -> bool:
    """Whether a part names a zone, and no division."""
    named = bool(gazetteer.candidates(part, "zone")) or _ZONE.search(part) is not None
    return named and not gazetteer.candidates(part, "division")


def _chain(gazetteer: Gazetteer, parts: Sequence[str]) -> tuple[str | None, int]:
    """The finest division of parts that go inwards from a city or province, and how many of them tell it."""
    place: str | None = None
    for count, part in enumerate(parts):
        inside = _inside(gazetteer, part, place)
        if inside is None:
            return place, count
        place = inside
    return place, len(parts)


def _inside(gazetteer: Gazetteer, part: str, around: str | None) -> str | None:
    """The division that a part names in the one around it; without one a city, a province, or one behind its city."""
    found = gazetteer.candidates(part, "division", () if around is None else (around,))
    if around is not None:
        found = tuple(one for one in found if one != around and gazetteer.lies_in(one, around))
        return found[0] if len(found) == 1 else None
    if len(found) == 1 and (_is_city(gazetteer, found[0]) or (" " in part and _names_city(gazetteer, part, found[0]))):
        return found[0]
    for outer, inner in _splits(part):
        places = gazetteer.candidates(outer, "division")
        if len(places) == 1 and _is_city(gazetteer, places[0]):
            finer = _inside(gazetteer, inner, places[0])
            if finer is not None:
                return finer
    return None


def _splits(part: str) -> Iterator[tuple[str, str]]:
    """A part in two, with what may be the city first: it stands before its district or behind it."""
    words = part.split()
    if len(words) <= _WORDS:
        for at in range(1, len(words)):
            yield " ".join(words[:at]), " ".join(words[at:])
            yield " ".join(words[at:]), " ".join(words[:at])


def _is_city(gazetteer: Gazetteer, code: str) -> bool:
    """Whether a division is a province, a prefecture or a city of its own."""
    return gazetteer.level(code) != "county" or gazetteer.divisions[code].zh.endswith("市")


def _names_city(gazetteer: Gazetteer, part: str, code: str) -> bool:
    """Whether a part begins with the name of a city around the division that it names."""
    around = gazetteer.path(code)[1:]
    first = gazetteer.candidates(part.split()[0], "division")
    return any(one in around for one in first)


def _city_before(gazetteer: Gazetteer, part: str) -> str | None:
    """The city that a part begins with, where the rest of it is no street and no building."""
    words: Sequence[str] = part.split()
    if _STREET.search(part) or not 1 < len(words) <= _WORDS:
        return None
    for at in range(len(words) - 1, 0, -1):
        found = gazetteer.candidates(" ".join(words[:at]), "division")
        if len(found) == 1 and _is_city(gazetteer, found[0]):
            return found[0]
    return None
