"""The reading of a measure in a paper, which calls the parts of a row by number, as the paper does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from applicability.lazy_pattern import lazy_pattern
from applicability.model.measure import Measure
from applicability.text import Text

_OF_ONE = lazy_pattern(r"\b(L|l)imb ([a-z])\b")
_OF_TWO = lazy_pattern(r"\b(L|l)imbs ([a-z]) and ([a-z])\b")
_WORD = lazy_pattern(r"\b(L|l)imb(s?)\b")
_CHINESE = lazy_pattern(r"([a-z])款")
_QUOTED_ZH = lazy_pattern("“([^”]*)”")
_QUOTED_EN = lazy_pattern('"([^"]*)"')
_ANOTHER_ZH = lazy_pattern(r"另一读者[^；。）]*")
_ANOTHER_EN = lazy_pattern(r"another(?: reader)? (?:may|might|could)[^;.)]*")
_PLAIN = (("另列一款", "另列一部分"), ("另一款", "另一部分"), ("不分款", "不分部分"))


def reading_of(measure: Measure) -> Text | None:
    """The reading that it rests on, with its parts by number; None where none is told."""
    return None if measure.interpretation is None else by_number(measure.interpretation)


def reading_on(measure: Measure, word: Text) -> Text | None:
    """The clause of the reading that quotes words of the text with a certain word in them; None where none does."""
    told = reading_of(measure)
    if told is None:
        return None
    zh = next((one for one in _clauses(told.zh) if any(word.zh in quote for quote in _QUOTED_ZH.findall(one))), None)
    en = next((one for one in _clauses(told.en) if any(word.en in quote for quote in _QUOTED_EN.findall(one))), None)
    return None if zh is None or en is None else Text(zh, en)


def narrower_readings(measure: Measure) -> list[Text]:
    """What another reader may find of a measure, each clause of its reading that says so in both languages."""
    told = reading_of(measure)
    if told is None:
        return []
    zh, en = _ANOTHER_ZH.findall(told.zh), _ANOTHER_EN.findall(told.en)
    return [Text(*pair) for pair in zip(zh, en, strict=True)] if len(zh) == len(en) else []


def narrower_of(measure: Measure, numbers: Iterable[int]) -> list[Text]:
    """The same of some of its parts, by number: the clauses that name one of them."""
    names = [f"第{one}部分" for one in numbers]
    return [one for one in narrower_readings(measure) if any(name in one.zh for name in names)]


def _clauses(text: str) -> list[str]:
    """What a reading says, one clause after another.

    >>> _clauses("“甲”读作乙；另一读者或认为丙。丁。"), _clauses('"A" is read as B; another may doubt it. C.')
    (['“甲”读作乙', '另一读者或认为丙', '丁'], ['"A" is read as B', 'another may doubt it', 'C'])
    """
    return [one for one in re.split(r"[；。]|; |\. |\.$", text) if one]


def by_number(text: Text) -> Text:
    """A text on parts by letter, as the rules have them, with the parts by number.

    >>> by_number(Text("a款由b款另立，不分款", "Limb b follows limbs a and b; a limb of its own")).en
    'Part 2 follows parts 1 and 2; a part of its own'
    >>> by_number(Text("故另立c款（与第13项b款同）", "")).zh
    '故另立第3部分（与第13项第2部分同）'
    """
    zh = _CHINESE.sub(lambda found: f"第{_number(found[1])}部分", text.zh)
    for old, new in _PLAIN:
        zh = zh.replace(old, new)
    en = _OF_TWO.sub(lambda found: f"{_part(found)}s {_number(found[2])} and {_number(found[3])}", text.en)
    en = _OF_ONE.sub(lambda found: f"{_part(found)} {_number(found[2])}", en)
    return Text(zh, _WORD.sub(lambda found: f"{_part(found)}{found[2]}", en))


def _part(found: re.Match[str]) -> str:
    return "Part" if found[1] == "L" else "part"


def _number(letter: str) -> int:
    return ord(letter) - ord("a") + 1
