"""Texts in two parts that say one thing: in Chinese and in another language, or a name with what it is a part of.

`City 城市`, `城市/City`, `城市（City）` and two lines in a cell have the same halves. Whoever reads such a text reads
each part by itself, and takes what both say: no part alone settles it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from applicability.lazy_pattern import lazy_pattern

_HAN = lazy_pattern(r"[\u3007\u3400-\u9fff\uf900-\ufaff]")
_LATIN = lazy_pattern(r"[A-Za-z\u00c0-\u024f]")
# A longer text is no name.
_LONGEST = 200
_OPEN, _CLOSE = "(（[【", ")）]】"
_BETWEEN = " \t\r\n\u00a0\u3000/／|｜\\:：-‐–—·"
# What stands between two names of a list: `IT; 批发业` says two things.
_LIST = ";；,，、"
_PAIR = lazy_pattern(r"([^()（）/／|｜—–-]+)(?:[(（]([^()（）]+)[)）]|[/／|｜—–-]+([^()（）/／|｜—–-]+))")
_PARTED = lazy_pattern(r"[(（/／|｜—–-]")

_Meaning = TypeVar("_Meaning")


def halves(text: str) -> tuple[str, str] | None:
    """The Chinese part of a text and its part in Latin letters; None of a text that is not one beside the other.

    >>> halves("City 城市"), halves("城市（City）"), halves("A股市场B")
    (('城市', 'City'), ('城市', 'City'), None)
    """
    if text.isascii() or len(text) > _LONGEST:
        return None
    latin = _LATIN.search(text)
    chinese = None if latin is None else _HAN.search(text)
    if latin is None or chinese is None:
        return None
    before, behind, begin = _HAN, _LATIN, latin.start()
    if chinese.start() > begin:
        before, behind, begin = _LATIN, _HAN, chinese.start()
    if before.search(text, begin) is not None:
        return None
    end = max(found.end() for found in before.finditer(text, 0, begin))
    parts = _parted(text, end, begin)
    if not all(parts) or any(not _balanced(one) for one in parts):
        return None
    return parts if behind is _LATIN else (parts[1], parts[0])


def pair(text: str) -> tuple[str, str] | None:
    """The two parts of a text with one bracket, stroke or dash: `西安（陕西）`, `广东省/深圳市`; None of any other.

    >>> pair("金融业-货币金融服务"), pair("广东深圳")
    (('金融业', '货币金融服务'), None)
    """
    found = _PAIR.fullmatch(text.strip()) if len(text) <= _LONGEST and _PARTED.search(text) else None
    if found is None:
        return None
    parts = found[1].strip(), (found[2] or found[3]).strip()
    return parts if all(parts) else None


def in_both(text: str, read: Callable[[str], _Meaning | None]) -> _Meaning | None:
    """What both halves of a text in two languages mean; None where they differ, or one of them means nothing."""
    said = meanings(text, read)
    return said[0] if said is not None and said[0] == said[1] else None


def meanings(text: str, read: Callable[[str], _Meaning | None]) -> tuple[_Meaning, _Meaning] | None:
    """What each half of a text in two languages means; None where one of them means nothing."""
    parts = halves(text)
    if parts is None:
        return None
    chinese, other = map(read, parts)
    return None if chinese is None or other is None else (chinese, other)


def _parted(text: str, begin: int, end: int) -> tuple[str, str]:
    """A text parted at what separates its halves, between two places: figures there belong to the half they follow.
    Both are empty where a list is parted.
    """
    between = text[begin:end]
    if any(one in between for one in _LIST):
        return "", ""
    opened = max(between.rfind(one) for one in _OPEN)
    if opened >= 0 and not any(one in between[opened:] for one in _CLOSE):
        if text.rstrip()[-1] not in _CLOSE:
            return "", ""
        return _bare(text[: begin + opened]), _bare(text[begin + opened :])
    at = max(between.rfind(one) for one in _BETWEEN)
    at = begin + at + 1 if at >= 0 else end
    return _bare(text[:at]), _bare(text[at:])


def _bare(part: str) -> str:
    """A part without separators around it, nor brackets around all of it."""
    part = part.strip(_BETWEEN)
    if part[:1] and part[0] in _OPEN and part[-1] in _CLOSE and not any(one in part[1:-1] for one in _OPEN + _CLOSE):
        part = part[1:-1].strip(_BETWEEN)
    return part


def _balanced(part: str) -> bool:
    return sum(map(part.count, _OPEN)) == sum(map(part.count, _CLOSE))
