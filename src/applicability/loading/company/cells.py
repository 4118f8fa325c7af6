"""What cells of registers write where a fact is missing, true or false, a code, or a share of the equity."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from enum import Enum

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.profile.written import is_none
from applicability.loading.yaml.scalars import read_truth

# Words for what is not known, as `_folded` has them.
_NOT_KNOWN = frozenset((
    "?", "??", "???", "unknown", "tbd", "tbc", "notsure", "tobeconfirmed", "tobedetermined", "tobeverified",
    "不详", "不明", "不明确", "不清楚", "不清", "不知", "不知道", "不了解", "不确定", "不能确定", "无法确定",
    "尚不确定", "未知", "未定", "未确定", "未确认", "未核实", "未明确", "尚未确定", "尚未确认", "尚未核实", "尚未明确",
    "待定", "待核", "待核实", "待核查", "待核对", "待核定", "待查", "待查实", "待确认", "待确定", "待明确", "待了解",
    "核实中", "核查中", "确认中", "正在核实", "正在确认",
))  # fmt: skip
# Words for a missing value. 无 is not one: of a share it says 0, of a list that it is empty.
_MISSING = _NOT_KNOWN.union((
    "-", "--", "---", "—", "——", "―", "–", "−", "~", "/", "//", "\\", "|", ".",
    "..", "...", "…", "……", "*", "**", "***", "n/a", "na", "n.a.", "n.a",
    "#n/a", "n/d", "null", "<null>", "none", "nan", "nat", "nil/a", "undefined",
    "missing", "notavailable", "notapplicable",
    "未填", "未填写", "未提供", "未登记", "未披露", "未公示", "未标注", "待补", "待补充",
    "待补录", "待填", "待完善", "暂无", "暂无数据", "暂缺", "无数据",
    "无资料", "无信息", "无记录", "缺", "缺失", "缺省", "空", "空白", "空值", "不适用", "企业未公示",
    "企业选择不公示",
))  # fmt: skip
_TRUE = frozenset(("true", "yes", "y", "t", "1", "是", "真", "对", "√", "✓", "✔"))
_FALSE = frozenset(("false", "no", "n", "f", "0", "否", "不是", "假", "×", "✗", "✘"))
# A code that has become a float, and a number without its zeros behind the point.
_FLOAT_CODE = lazy_pattern(r"([0-9]{1,12})\.0+")
_ZEROS = lazy_pattern(r"([+-]?[0-9]+)(?:\.0*|(\.[0-9]*[1-9])0+)")
_PERCENT = lazy_pattern(r"[%％﹪٪]")
_OF_HUNDRED = lazy_pattern(r"百分之(.+)")
_NUMBER = lazy_pattern(r"[+-]?[0-9]+(?:\.[0-9]+)?")
# Whose share a cell states; 中方51% states another's.
_WHOSE = lazy_pattern(
    r"(?:外方|外资|外商|境外|外国投资者|外方投资者)(?:股东|投资者?)?(?:持股|持有|占股|占比|占|出资|投资|股权)?(?:比例|股比|为)?[::]?"
)
# In a column of foreign shares these say that foreign investors hold everything; 独资 alone does not say whose.
_ALL = frozenset(("全资", "外资全资", "外商全资", "外方全资", "全外资", "外资独资", "外商独资", "外方独资"))
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


class Unit(Enum):
    """What the bare numbers of a column of shares are: percentages, fractions of one, or either."""

    PERCENT = "percent"
    FRACTION = "fraction"
    IN_DOUBT = "doubt"


@dataclass(frozen=True)
class Share:
    """A share as written: its number, and whether it says itself that this is a percentage."""

    number: Decimal
    percent: bool

    @property
    def small(self) -> bool:
        """Whether it may be a fraction as well as a percentage."""
        return not self.percent and 0 < self.number <= 1

    def of(self, unit: Unit) -> Decimal | None:
        """The percentage that it states; None if it may be either."""
        if self.percent or not self.number:
            return self.number
        if unit is Unit.FRACTION:
            return self.number * 100
        return None if unit is Unit.IN_DOUBT and self.small else self.number


def is_missing(cell: object) -> bool:
    """Whether a cell says that there is no value.

    >>> is_missing(" N/A "), is_missing("——"), is_missing("无")
    (True, True, False)
    """
    if isinstance(cell, str):
        return (len(cell) <= 40 and _folded(cell) in _MISSING) or not cell.strip()
    if isinstance(cell, float):
        return math.isnan(cell)
    return cell is None or (isinstance(cell, Decimal) and cell.is_nan())


def is_empty(cell: object) -> bool:
    """Whether a cell holds no more than a mark for nothing: what is unknown in words is no mark.

    >>> is_empty("—"), is_empty("NULL"), is_empty("不详")
    (True, True, False)
    """
    return is_missing(cell) and (not isinstance(cell, str) or _folded(cell) not in _NOT_KNOWN)


def _folded(cell: str) -> str:
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).casefold()
    return bare.strip("()[]【】") or bare


def truth_of(cell: object) -> object:
    """A cell of a yes or no as a profile would say it; unchanged if it is neither.

    >>> truth_of(1.0), truth_of("Y"), truth_of("是"), truth_of("2")
    ('true', 'true', '是', '2')
    """
    if isinstance(cell, bool) or read_truth(cell) is not None:
        return cell
    if isinstance(cell, (int, float, Decimal)):
        return "true" if cell == 1 else "false" if cell == 0 else cell
    if isinstance(cell, str):
        word = unicodedata.normalize("NFKC", cell).strip().casefold().removesuffix(".0")
        return "true" if word in _TRUE else "false" if word in _FALSE else cell
    return cell


def code_of(cell: object) -> object:
    """A code of a place or a sector, without what a column of floats made of it: 310115.0 is 310115."""
    if isinstance(cell, float) and cell.is_integer() and 0 <= cell < 1e15:
        return int(cell)
    if isinstance(cell, Decimal) and cell.is_finite() and abs(cell.adjusted()) < 15 and cell == int(cell):
        return int(cell)
    if isinstance(cell, str) and (found := _FLOAT_CODE.fullmatch(cell.strip())):
        return found[1]
    return cell


def number_of(cell: object) -> object:
    """A number without the zeros behind its last digit, however many it has; unchanged if it is no number."""
    if isinstance(cell, Decimal):
        if not cell.is_finite() or abs(cell.adjusted()) > 400:
            return cell
        cell = format(cell, "f")
    if isinstance(cell, str) and (found := _ZEROS.fullmatch(cell)):
        return found[1] + (found[2] or "")
    return cell


def share_of(cell: object) -> Share | None:
    """The share of foreign investors that a cell states; None if it states none.

    >>> share_of("外方49％"), share_of("百分之四十九点五"), share_of("5¹")
    (Share(number=Decimal('49'), percent=True), Share(number=Decimal('49.5'), percent=True), None)
    """
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float, Decimal)):
        return None
    if not isinstance(cell, str):
        number = number_of(Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell) if _short(cell) else None)
        return None if number is None or not isinstance(number, str) else _share(number, percent=False)
    # No NFKC: that would make a digit of a footnote mark.
    text = "".join(_narrow(one) for one in cell if not one.isspace())
    if is_none(text):
        return Share(Decimal(0), True)
    if text in _ALL:
        return Share(Decimal(100), True)
    text = _WHOSE.sub("", text, count=1) if _WHOSE.match(text) else text
    if words := _OF_HUNDRED.fullmatch(text):
        number = _in_words(words[1])
        return _share(words[1], percent=True) if number is None else Share(number, True)
    bare = text[:-1] if _PERCENT.fullmatch(text[-1:]) else text
    return _share(bare, percent=bare != text)


def _short(cell: int | Decimal) -> bool:
    return not isinstance(cell, int) or cell.bit_length() < 1000


def _narrow(letter: str) -> str:
    return chr(ord(letter) - 0xFEE0) if 0xFF01 <= ord(letter) <= 0xFF5E else letter


def _share(text: str, *, percent: bool) -> Share | None:
    if not _NUMBER.fullmatch(text) or len(text) > 1000:
        return None
    try:
        return Share(Decimal(str(number_of(text))), percent)
    except InvalidOperation:
        return None


def _in_words(text: str) -> Decimal | None:
    """A number from 0 to 100 in Chinese words: 四十九点五, 一百; None for anything else."""
    whole, _, behind = text.partition("点")
    digits = [_DIGITS.get(one) for one in behind]
    if "点" in text and (not digits or None in digits):
        return None
    number = _whole(whole)
    return None if number is None else Decimal(f"{number}.{''.join(map(str, digits))}" if digits else number)


def _whole(text: str) -> int | None:
    if text in ("百", "一百"):
        return 100
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text) if len(text) == 1 else None
    if any(one and one not in _DIGITS for one in (tens, ones)):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def unit_of(shares: Sequence[Share]) -> Unit | None:
    """The unit that the bare numbers of some cells tell: percent if one is above one; doubt if only some are not."""
    bare = [one for one in shares if not one.percent and one.number]
    if any(one.number > 1 for one in bare):
        return Unit.PERCENT
    return Unit.IN_DOUBT if any(one.small for one in bare) else None
