"""Other spellings of names of places: with the country, in traditional characters, with the filler words of registers.

A name is looked up as it is written first; a spelling made from it counts only where that finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from applicability.lazy_pattern import lazy_pattern

_COUNTRY_BEFORE = lazy_pattern(r"^(?:中华人民共和国|中国)[\s·,，]*")
_COUNTRY_BEHIND = lazy_pattern(r"[\s,，]+(?:(?:P\.?\s?R\.?\s?(?:of\s)?)?China|P\.?R\.?C\.?)$", re.IGNORECASE)
# Statistics write twelve digits, of which the first six are the division; registers write numbers for the groups of
# counties and districts that a province or municipality rules itself.
_TWELVE = lazy_pattern(r"^([0-9]{6})[0-9]{6}$")
_GROUP = lazy_pattern(r"^([0-9]{2})(?:01|02|90)00$")
# What registers write where a level is left out: it names no place, or behind a city's name the city.
_FILLER = lazy_pattern(r"(?:市辖区|(?:省|自治区)直辖(?:县级行政(?:区划|单位)|县)?)")
_CENTRE = lazy_pattern(r"(?:市辖区|城区|市区|郊县)$")


def names_no_place(name: str) -> bool:
    """Whether a name only says that a level is left out: 市辖区, 省直辖.

    >>> names_no_place("省直辖县级行政区划"), names_no_place("上海市市辖区")
    (True, False)
    """
    return _FILLER.fullmatch(name.strip()) is not None


def spellings(name: str, characters: Mapping[int, str]) -> Iterator[str]:
    """Spellings to look a name up by in its place, the nearest first.

    >>> list(spellings("Shanghai, China", {}))
    ['Shanghai']
    >>> list(spellings("５１０１００", {}))
    ['510100', '510000']
    """
    text = name.strip()
    if not name.isascii():  # 全角 digits and letters of a Chinese keyboard
        text = unicodedata.normalize("NFKC", text)
    for form in dict.fromkeys((text, text.translate(characters))):
        for bare in dict.fromkeys((form, _COUNTRY_BEHIND.sub("", _COUNTRY_BEFORE.sub("", form)))):
            if bare and bare != name:
                yield bare
    if code := _TWELVE.match(text):
        yield code[1]
        text = code[1]
    if code := _GROUP.match(text):
        yield f"{code[1]}0000"


def city_spelling(name: str, characters: Mapping[int, str]) -> str | None:
    """The name of the city or province of which a text names the centre or the districts; None where it does not.

    >>> city_spelling("上海城区", {})
    '上海'
    """
    text = _COUNTRY_BEFORE.sub("", name.strip().translate(characters))
    bare = _CENTRE.sub("", text)
    return bare if bare and bare != text else None


def listed(name: str) -> tuple[str, str] | None:
    """A Latin name and that of the place around it: `Nanjing, Jiangsu`; None where it is one name alone."""
    first, comma, around = name.partition(",")
    return (first.strip(), around.strip()) if comma and first.strip() and around.strip() and name.isascii() else None
