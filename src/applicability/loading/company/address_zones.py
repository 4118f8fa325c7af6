"""The zones that an address names, and those that it says it is outside of, or near."""

from __future__ import annotations

import re
from collections.abc import Iterator

from applicability.loading.company.address_names import NAME_LENGTHS, NO_PLACE, AddressNames, begun_by

# What shows that an address is outside a zone or near it, before its name and behind it; no characters but these are
# looked at, since those of no name may be left out of a text.
AWAY_BEFORE = re.compile(
    r"(?:不在|不位于|不属于|不属|未在|未位于|非|非在|并非|并不在|毗邻|毗连|邻近|临近|靠近|紧邻|紧靠|紧挨|相邻|附近|距|距离|近"
    r"|(?<![太平固三五松开清草高中])原)(?:位于|在|于|国家级|国家|中国|省|市)?$"
)
AWAY_BEHIND = re.compile(
    r"(?:以外|之外|区外|围外|外围|外侧|外(?!高桥|环|滩|贸|资|商|企|国|海|运|街|包|向|联|文|语|马路|经)"
    r"|附近|周边|周围|旁|对面|对过|隔壁|毗邻|相邻|以[东西南北]|[东西南北][侧边面邻]"
    r"|(?:原|办公楼|大楼|管委会|已)*(?:迁出|搬离|搬出|撤销)|驻|办事处|联络处)"
)
# Places around a zone that may stand before its name.
_AROUND = 3
# More characters than such words have before the name of a zone.
_LOOKED = 12


def zones_in(names: AddressNames, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The zones that a text names anywhere, of nested names the longest; and those that it says it is not in."""
    found: set[str] = set()
    outside: set[str] = set()
    for hit in names.zone_pattern.finditer(text):
        (outside if _is_away(names, text, hit) else found).add(names.zone_by_name[hit[0]])
    return tuple(sorted(found - outside)), tuple(sorted(outside))


def _is_away(names: AddressNames, text: str, hit: re.Match[str]) -> bool:
    """Whether a text says that it is outside the zone that it names, or near it."""
    if AWAY_BEHIND.match(text, hit.end()):
        return True
    before = text[: hit.start()]
    for _ in range(_AROUND):
        if AWAY_BEFORE.search(before[-_LOOKED:]):
            return True
        shorter = next((before[:-length] for length in NAME_LENGTHS if before[-length:] in names.anywhere), None)
        if shorter is None:
            break
        before = shorter  # 不在广州市南沙综合保税区: what the zone lies in stands before its name
    return False


def names_another_zone(names: AddressNames, text: str) -> bool:
    """Whether a text names a type of zone behind which no zone can be told."""
    found = None
    for hit in names.kinds.finditer(text):
        found = found or [zone.span() for zone in names.zone_pattern.finditer(text)]
        if not any(start <= hit.start() and hit.end() <= end for start, end in found):
            return True
    return False


def zones_at(names: AddressNames, text: str) -> Iterator[tuple[str, str]]:
    """The zone names that the text begins with, except as part of a street or building name, or as being near."""
    return (
        named
        for named in begun_by(names.zones, text)
        if not NO_PLACE.match(text, len(named[0])) and not AWAY_BEHIND.match(text, len(named[0]))
    )
