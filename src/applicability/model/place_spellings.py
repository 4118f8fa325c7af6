"""Other spellings of names of places: with the country, in traditional characters, with the filler words of registers.

A name is looked up as it is written first; a spelling made from it counts only where that finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from applicability.lazy_pattern import lazy_pattern
from applicability.model.bilingual import pair

_COUNTRY_BEFORE = lazy_pattern(r"^(?:中华人民共和国|中国)[\s·,，]*")
_COUNTRY_BEHIND = lazy_pattern(r"[\s,，]+(?:(?:P\.?\s?R\.?\s?(?:of\s)?)?China|P\.?R\.?C\.?)$", re.IGNORECASE)
# Statistics write twelve digits, of which the first six are the division; registers write numbers for the groups of
# counties and districts that a province or municipality rules itself.
_TWELVE = lazy_pattern(r"^([0-9]{6})[0-9]{6}$")
_GROUP = lazy_pattern(r"^([0-9]{2})(?:01|02|90)00$")
# What registers write where a level is left out: it names no place, or behind a city's name the city.
_FILLER = lazy_pattern(r"(?:市辖区|(?:省|自治区)直辖(?:县级行政(?:区划|单位)|县)?)")
_CENTRE = lazy_pattern(r"(?:市辖区|城区|市区|郊县)$")

# The centre and the outskirts of any city, which some cities have as the official name of a district.
_ANY_CITYS = lazy_pattern(r"(?:市|城|郊|市郊|新|矿)区$")
# What offices stand in brackets behind the name of their place.
_OFFICE = lazy_pattern(
    r"\s*[(（](?:HQ|head ?quarters?|(?:head|main|registered) office|总部|总公司|本部|注册地)[)）]$",
    re.IGNORECASE,
)
# More words are no name of a place.
_WORDS = 6


def names_no_place(name: str) -> bool:
    """Whether a name only says that a level is left out: 市辖区, 省直辖.

    >>> names_no_place("省直辖县级行政区划"), names_no_place("上海市市辖区")
    (True, False)
    """
    return _FILLER.fullmatch(name.strip()) is not None


def is_any_citys(name: str) -> bool:
    """Whether a name is that of a part which any city may have: 城区, 郊区.

    >>> is_any_citys("城区"), is_any_citys("朝阳区")
    (True, False)
    """
    return _ANY_CITYS.match(name.strip()) is not None


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
        for bare in dict.fromkeys((form, _OFFICE.sub("", _COUNTRY_BEHIND.sub("", _COUNTRY_BEFORE.sub("", form))))):
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


def listed(name: str) -> Iterator[tuple[str, str]]:
    """Ways to take a name as that of a place and of the one around it; none where it is one name alone.

    >>> list(listed("Nanjing, Jiangsu")), list(listed("Tianjin Binhai")), list(listed("西安（陕西）"))
    ([('Nanjing', 'Jiangsu')], [('Binhai', 'Tianjin')], [('陕西', '西安'), ('西安', '陕西')])
    """
    # In brackets or behind a stroke the place around may stand on either side.
    if (parts := pair(name)) is not None:
        yield from ((parts[1], parts[0]), parts)
    if not name.isascii():
        return
    first, comma, around = (one.strip() for one in name.partition(","))
    if comma:
        if first and around:
            yield first, around
    elif "(" not in name:
        words = name.split()
        for at in range(1, len(words) if len(words) <= _WORDS else 1):
            yield " ".join(words[at:]), " ".join(words[:at])
