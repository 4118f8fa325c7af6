"""The number of a share: in figures, in Chinese words, as a part or a tenth of the whole."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import number_of
from applicability.loading.company.share_values import Share, ranged
from applicability.loading.company.share_words import NUMERALS, PLACES, ends_of

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# A part of a text with one number in it, and what stands before and behind.
NUMBERED = lazy_pattern(
    r"(?P<head>.*?)(?:百分之(?P<hundredth>["
    + NUMERALS
    + r"0-9.]+)|(?P<of>[一二两三四五六七八九十1-9])分之(?P<part>[一二两三四五六七八九1-9])"
    r"|(?P<upper>[1-9])/(?P<lower>[2-9])|(?P<tenth>[一二两三四五六七八九十1-9])成(?P<more>[一二三四五六七八九半]?)"
    r"|(?P<digits>[+-]?[0-9]+(?:\.[0-9]+)?)(?P<percent>%?))(?P<tail>[^0-9%]*)"
)

_SIDE = r"[^0-9:/%()=比为]{1,12}"
# What two named sides hold: 51:49（中:外）, 中外比例51:49 by the words of both sides before or behind.
NAMED_RATIO = lazy_pattern(
    rf"(?:\(?(?P<first_named>{_SIDE})[:/比](?P<second_named>{_SIDE})\)?[:=为]?)?"
    r"(?P<first>[0-9]+(?:\.[0-9]+)?)%?[:/比](?P<second>[0-9]+(?:\.[0-9]+)?)%?"
    rf"(?(first_named)|\((?P<first_side>{_SIDE})[:/比](?P<second_side>{_SIDE})\))"
)


def of_number(cell: object) -> Share | None:
    """The share that a cell is which is no text: its number, without a sign for percent."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return None
    if isinstance(cell, int) and cell.bit_length() >= 1000:
        return None
    number = number_of(Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell))
    return share_of(number, percent=False) if isinstance(number, str) else None


def share_of(text: str, *, percent: bool) -> Share | None:
    """The share of a number in figures; None if it is none, or too long a one."""
    if len(text) > 1000 or re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", text) is None:
        return None
    try:
        return Share(Decimal(str(number_of(text))), percent)
    except InvalidOperation:
        return None


def numbered_share(found: re.Match[str]) -> Share | None:
    """The number of a part of a text."""
    if found["digits"]:
        return share_of(found["digits"], percent=bool(found["percent"]))
    if found["hundredth"]:
        number = _in_words(found["hundredth"])
        return share_of(found["hundredth"], percent=True) if number is None else Share(number, True)
    if found["tenth"]:
        tens, more = _digit(found["tenth"]), found["more"]
        number = Decimal(10 * tens + (5 if more == "半" else _digit(more) if more else 0))
        return Share(number, True) if number <= 100 else None
    upper, lower = (_digit(found[one] or found[other]) for one, other in (("part", "upper"), ("of", "lower")))
    # 3/7 and 5/5 may be what two sides hold, out of ten.
    if upper >= lower or (found["upper"] and upper + lower == 10):
        return None
    return Share(Decimal(str(number_of(format((Decimal(100) * upper / lower).quantize(PLACES), "f")))), True)


def range_of(found: re.Match[str]) -> Share | None:
    """The range from one number to another, both included."""
    read = [NUMBERED.fullmatch(one) for one in ends_of(found["low"], found["high"])]
    low, high = (None if one is None or one["head"] or one["tail"] else numbered_share(one) for one in read)
    if low is None or high is None or low.number > high.number:
        return None
    ends = (("at_least", low.number), ("at_most", high.number))
    return ranged(ends, percent=low.percent and high.percent)


def may_be_two_sides(found: re.Match[str]) -> bool:
    """Whether what looks like a range may be what two sides hold: 40%-60%, and out of ten 4-6."""
    if not found["dash"]:
        return False
    read = [NUMBERED.fullmatch(one) for one in ends_of(found["low"], found["high"])]
    shares = [one for one in (None if match is None else numbered_share(match) for match in read) if one is not None]
    whole = sum(one.number for one in shares)
    return whole == 100 or (whole in (1, 10) and not all(one.percent for one in shares))


def _digit(word: str) -> int:
    return int(word) if word.isdecimal() else 10 if word == "十" else _DIGITS[word]


def _in_words(text: str) -> Decimal | None:
    """A number from 0 to 100 in Chinese words: 四十九点五, 一百; None for anything else."""
    whole, _, behind = text.partition("点")
    digits = [_DIGITS.get(one) for one in behind]
    if "点" in text and (not digits or None in digits):
        return None
    number = _whole(whole)
    return None if number is None else Decimal(f"{number}.{''.join(map(str, digits))}" if digits else number)


def whole_in_words(text: str) -> Decimal | None:
    """A number from 10 to 100 that is written in Chinese words and by itself: 五十五; below ten it may be tenths."""
    return _in_words(text) if text[-1:] != "点" and ("十" in text or text == "一百") else None


def _whole(text: str) -> int | None:
    if text in ("百", "一百"):
        return 100
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text) if len(text) == 1 else None
    if any(one and one not in _DIGITS for one in (tens, ones)):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
