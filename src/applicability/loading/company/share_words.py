"""Words for shares and ranges of them, put into the figures that one grammar reads: 过半, 绝对控股, 三至五成."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

from applicability.lazy_pattern import lazy_pattern

# A whole text that says that nobody abroad holds any, in a column of foreign shares.
NOTHING = frozenset((
    "零", "〇", "无外资", "没有外资", "无外方", "无外商", "无外资成分", "不含外资", "无外商投资",
    "无境外投资者", "无境外股东",
    "纯内资", "全内资", "内资", "内资企业", "纯内资企业", "全内资企业", "不涉及", "不涉及外资",
))  # fmt: skip
# … and that they hold everything; 独资 alone does not say whose.
ALL = frozenset((
    "全资", "全外资", "纯外资", "全外资企业", "纯外资企业", "wfoe", "wofe", "whollyforeignowned", "whollyforeign-owned",
    "whollyforeign-ownedenterprise", "whollyforeignownedenterprise", "whollyforeign", "whollyowned", "wholly-owned",
))  # fmt: skip
# … and that they hold some of it, as a company type does: 中外合资 has a partner in the mainland.
_SOME = ("above", Decimal(0))
TYPES = MappingProxyType({
    "中外合资": (_SOME, ("below", Decimal(100))), "中外合资企业": (_SOME, ("below", Decimal(100))),
    "中外合资经营企业": (_SOME, ("below", Decimal(100))), "sino-foreignjointventure": (_SOME, ("below", Decimal(100))),
    "中外合作": (_SOME,), "中外合作企业": (_SOME,), "中外合作经营企业": (_SOME,),
})  # fmt: skip
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

# 33 1/3 %, 33⅓%; a typed 49%%, 30 percent and .49.
_MIXED = lazy_pattern(r"(?<![0-9./])([0-9]{1,2})(?:\s+([1-9])\s?/\s?([2-9])(?![0-9./])|\s?([½⅓⅔¼¾]))")
_MARKS = MappingProxyType({"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4)})
_PERCENT_WORDS = lazy_pattern(r"(?<=[0-9.])\s*(?:per\s?cent(?![a-z])|pct\b\.?|p\.\s?c\.)", re.IGNORECASE)
_PERCENTS = lazy_pattern(r"([%％﹪٪])[%％﹪٪]+")
_NO_NOUGHT = lazy_pattern(r"(?<![0-9０-９.．])\.(?=[0-9])")
_LAST_POINT = lazy_pattern(r"(?<=[0-9%％])\.$")
# Decimal places to which a third is written.
PLACES = Decimal(10) ** -10
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


def tidied(text: str) -> str:
    """A cell with its number written as one: mixed fractions as decimals, the words for percent as its sign.

    >>> tidied("33 1/3 %"), tidied("30 per cent"), tidied("49%％")
    ('33.3333333333 %', '30%', '49%')
    """
    text = _MIXED.sub(_mixed, text.strip())
    text = _PERCENTS.sub(r"\1", _PERCENT_WORDS.sub("%", text))
    return _LAST_POINT.sub("", _NO_NOUGHT.sub("0.", text))


def _mixed(found: re.Match[str]) -> str:
    upper, lower = _MARKS[found[4]] if found[4] else (int(found[2]), int(found[3]))
    if upper >= lower:
        return found[0]
    return format((int(found[1]) + Decimal(upper) / lower).quantize(PLACES).normalize(), "f")


def ends_of(low: str, high: str) -> Sequence[str]:
    """The two ends of a range, each with the words that only one has: 三至五成, 百分之三十至五十, 30-50%."""
    if low.startswith("百分之") and not high.startswith("百分之"):
        return low, f"百分之{high}"
    if "成" in high and "成" not in low:
        return f"{low}成", high
    if high.endswith("%") or low.endswith("%"):
        return f"{low.rstrip('%')}%", f"{high.rstrip('%')}%"
    return low, high
