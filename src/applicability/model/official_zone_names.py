"""Names of zones that follow from the table's: the official forms of free trade zones' areas, and cities with their 市.

中国（广东）自由贸易试验区南沙片区 and 南沙自贸区 are 广东自贸试验区南沙片区, and 西安市高新区 is 西安高新区.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from applicability.lazy_pattern import lazy_pattern

_AREA = lazy_pattern(r"(?P<province>[^自]+)自贸试验区(?P<area>.+)片区")
_KINDS = ("自贸试验区", "自由贸易试验区", "自贸区")
_SHORT = "自贸片区"
# Behind a city these are any of its zones, or no zone at all.
_ANY = ("新区", "综合保税区", "综保区", "保税区", "片区", "自贸片区")
# National zones, with and without that word.
_NATIONAL = ("高新技术产业开发区", "经济技术开发区")
# What cooperation zones are for, which their short names leave out: 前海深港合作区.
_PURPOSE = lazy_pattern(r"(?:现代服务业|科技创新)(?=合作区)")
# The same in English.
_ENGLISH_AREA = lazy_pattern(r"(?P<area>.+) area of the (?P<province>.+) Pilot Free Trade Zone")
_ENGLISH_KINDS = ("Pilot Free Trade Zone", "Free Trade Zone", "Pilot FTZ", "FTZ")
# A shorter name of an area does not say alone behind its province's zone that it is one.
_LONG = 4


def following_names(names: Iterable[str], cities: Iterable[str]) -> tuple[str, ...]:
    """The names that follow from those of a zone, the official one first; `cities` are those around it, with 市.

    >>> following_names(("西安高新区",), ("西安市",))
    ('西安市高新区',)
    """
    own = [name for name in names if not name.isascii()]
    shorter = [_PURPOSE.sub("", name) for name in own]
    cities = tuple(cities)
    areas = [form for name in _areas(own) for form in (name, *_with_city(name, cities))]
    found = [*shorter, *_national(own)]
    if own and (official := _AREA.fullmatch(own[0])) is not None:
        found += _of_areas(official["province"], dict.fromkeys(areas))
    found += [form for name in (*own, *shorter, *_national(own)) for form in _with_city(name, cities)]
    return tuple(dict.fromkeys(name for name in found if name not in own))


def english_area_names(name: str) -> tuple[str, ...]:
    """Other orders and forms of the English name of a free trade zone's area, as offices and companies have them.

    >>> "Nansha area of Guangdong FTZ" in english_area_names("Nansha area of the Guangdong Pilot Free Trade Zone")
    True
    """
    found = _ENGLISH_AREA.fullmatch(name)
    if found is None:
        return ()
    province, area = found["province"], found["area"]
    zones = [f"{form} {kind}" for form in (province, f"China ({province})") for kind in _ENGLISH_KINDS]
    forms = [[f"{area} area of {one}", f"{area} area of the {one}", f"{one} {area} area"] for one in zones]
    return tuple(dict.fromkeys(one for every in zip(*forms, strict=True) for one in every if one != name))


def _areas(names: list[str]) -> Iterator[str]:
    """The names of a free trade zone's area, without 片区."""
    for name in names:
        official = _AREA.fullmatch(name)
        if official is not None:
            yield official["area"]
        elif name.endswith(_SHORT):
            yield name.removesuffix(_SHORT)
        elif name.endswith("片区"):
            yield name.removesuffix("片区")


def _of_areas(province: str, areas: Iterable[str]) -> Iterator[str]:
    around = (
        *(province + kind for kind in _KINDS),
        *(f"中国{left}{province}{right}{kind}" for left, right in ("（）", "()") for kind in _KINDS[:2]),
    )
    for area in areas:
        yield from (f"{one}{area}片区" for one in (*around, *_KINDS))
        yield from (f"{area}{kind}" for kind in _KINDS if not area.endswith("新"))  # 临港新片区
        if len(area) >= _LONG:
            yield from (one + area for one in around)


def _with_city(name: str, cities: tuple[str, ...]) -> Iterator[str]:
    for city in cities:
        rest = name.removeprefix(city.removesuffix("市"))
        if rest != name and not rest.startswith("市") and len(rest) > 2 and rest not in _ANY:
            yield city + rest


def _national(names: list[str]) -> Iterator[str]:
    for name in names:
        for kind in _NATIONAL:
            if name.endswith(kind):
                begins = name.removesuffix(kind).removesuffix("国家级").removesuffix("国家")
                yield from (f"{begins}{level}{kind}" for level in ("", "国家", "国家级"))
