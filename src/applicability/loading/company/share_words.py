"""Words for shares and ranges of them, put into the figures that one grammar reads: 过半, 绝对控股, 三至五成."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from applicability.lazy_pattern import lazy_pattern

NUMERALS = "零〇一二两三四五六七八九十百点"
# Civil Code, art. 1259: 以上, 以下 and 以内 include the number itself, 超过 and 不满 do not.
BOUNDS: tuple[tuple[str, str], ...] = tuple(
    (word, bound)
    for bound, words in (
        ("at_least", "不低于 不少于 不小于 大于等于 大于或等于 至少 ≥ >= atleast nolessthan notlessthan"),
        (
            "at_most",
            "不超过 不超 不高于 不大于 不多于 小于等于 小于或等于 至多 最多 ≤ <= atmost upto nomorethan notmorethan",
        ),
        ("above", "超过 高于 超 逾 大于 多于 > morethan above over"),
        ("below", "不足 不到 不满 低于 小于 少于 < lessthan below under"),
    )
    for word in words.split()
)
BEHIND = MappingProxyType({
    "以上": "at_least", "ormore": "at_least", "andabove": "at_least",
    "以下": "at_most", "以内": "at_most", "orless": "at_most", "andbelow": "at_most",
})  # fmt: skip

_DIGITS = r"[0-9]+(?:\.[0-9]+)?%?"
_PART = r"[一二两三四五六七八九十1-9]"
_TENTHS = rf"{_PART}成[一二三四五六七八九半]?"
_HUNDREDTHS = rf"百分之[{NUMERALS}0-9.]+"
_END = rf"(?:{_HUNDREDTHS}|{_TENTHS}|{_DIGITS}|[{NUMERALS}]+)"
# 50%（含）以上: that the bound includes its number.
_ITSELF = r"(?:\(含(?:本数|[0-9.]+%?)?\))?"
_DASHES = "-‐‑‒–—―−"
# A range from a number to another; a dash may also stand between what two sides hold.
RANGE = lazy_pattern(rf"(?P<low>{_END})(?:(?P<dash>[{_DASHES}]+)|[~〜∼]+|至|到|to)(?P<high>{_END})(?:之间)?")
_BETWEEN = lazy_pattern(rf"(?:介于|在|between)({_END})(?:和|与|及|and|[{_DASHES}~至到])({_END})(?:之间)?")
# 绝对控股 is more than half of the capital (how the statistics of China classify enterprises), and so is a majority.
_MAJORITY = lazy_pattern(r"绝对控股(?:权|地位)?|majority(?:-?(?:owned|held|controlled)(?:by)?)?")
_OVER_HALF = lazy_pattern(r"(?<![超不未没])过半数?")
_PLUS = lazy_pattern(r"(?<=[0-9%])\+(?=$|\))")
_INCLUDED = lazy_pattern(rf"{_ITSELF}及?(以上|以下){_ITSELF}")
_HALF = lazy_pattern(r"半数|一半|half(?:of)?")
_BOUND_WORDS = "|".join(sorted((re.escape(word) for word, _ in BOUNDS), key=len, reverse=True))
_BEHIND_WORDS = "|".join(sorted((re.escape(word) for word in BEHIND), key=len, reverse=True))
_AND = "(?:且|并且|而且|但|和|and|but)?"
_NEXT_BOUND = lazy_pattern(rf"(?<=[0-9%])(?P<behind>{_BEHIND_WORDS})?{_AND}(?=(?P<bound>{_BOUND_WORDS}))")
_NEXT_NUMBER = lazy_pattern(rf"(?<=[0-9%])({_BEHIND_WORDS}){_AND}[{_DASHES}~至到]?(?=[0-9])")


def in_figures(text: str) -> str:
    """A text, without spaces and in lower case, with words for halves as figures and a comma between two bounds.

    >>> in_figures("外资过半"), in_figures("25%以上50%以下"), in_figures("between30%and50%")
    ('外资>50%', '25%以上,50%以下', '30%~50%')
    """
    text = _MAJORITY.sub(">50%", text)
    text = _OVER_HALF.sub(">50%", text)
    text = _HALF.sub("50%", text)
    text = _BETWEEN.sub(r"\1~\2", text)
    text = _INCLUDED.sub(r"\1", _PLUS.sub("以上", text))
    text = _NEXT_BOUND.sub(lambda found: f"{found['behind'] or ''},", text)
    return _NEXT_NUMBER.sub(r"\1,", text)


def ends_of(low: str, high: str) -> Sequence[str]:
    """The two ends of a range, each with the words that only one has: 三至五成, 百分之三十至五十, 30-50%."""
    if low.startswith("百分之") and not high.startswith("百分之"):
        return low, f"百分之{high}"
    if "成" in high and "成" not in low:
        return f"{low}成", high
    if high.endswith("%") or low.endswith("%"):
        return f"{low.rstrip('%')}%", f"{high.rstrip('%')}%"
    return low, high
