"""What cells of registers write where a fact is missing, true or false, or a code."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from applicability.lazy_pattern import lazy_pattern
from applicability.loading.yaml.scalars import read_truth
from applicability.model.bilingual import halves, pair

# Words for what is not settled yet, as `_folded` has them.
_UNSETTLED = frozenset((
    "tbd", "tbc", "notsure", "tobeconfirmed", "tobedetermined", "tobeverified", "不确定", "不能确定", "无法确定",
    "尚不确定", "未定", "未确定", "未确认", "未核实", "未明确", "尚未确定", "尚未确认", "尚未核实", "尚未明确",
    "待定", "待核", "待核实", "待核查", "待核对", "待核定", "待查", "待查实", "待确认", "待确定", "待明确", "待了解",
    "核实中", "核查中", "确认中", "正在核实", "正在确认",
))  # fmt: skip
# … and for what is missing or not known. 无 is not one: of a share it says 0, of a list that it is empty.
_MISSING = _UNSETTLED | frozenset((
    "?", "??", "???", "unknown", "不详", "不明", "不明确", "不清楚", "不清", "不知", "不知道", "不了解", "未知",
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
# Digits of the code of a class that has lost its leading zero.
_LOST_ZERO = 3
_ZEROS = lazy_pattern(r"([+-]?[0-9]+)(?:\.0*|(\.[0-9]*[1-9])0+)")


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


def is_unsettled(cell: object) -> bool:
    """Whether a cell says that its value is not settled yet: missing, and no default is to be taken for it.

    >>> is_unsettled("（待核实）"), is_unsettled("TBC"), is_unsettled("不详"), is_unsettled("—")
    (True, True, False, False)
    """
    return isinstance(cell, str) and len(cell) <= 40 and _folded(cell) in _UNSETTLED


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing at all, not even a mark or a word for a missing value.

    >>> is_blank(" "), is_blank("—"), is_blank("NULL"), is_blank("不详")
    (True, False, False, False)
    """
    return not cell.strip() if isinstance(cell, str) else is_missing(cell)


def _folded(cell: str) -> str:
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).casefold()
    return bare.strip("()[]【】") or bare


# A date before or behind a word: 2025年迁入, 于2025-03-01迁入, 迁入（2025.3）.
_DATED = lazy_pattern(
    r"(?:已?[于自在])?(?P<year>(?:19|20)[0-9]{2})"
    r"(?:年(?:(?P<month>1[0-2]|0?[1-9])月(?:[0-9]{1,2}[日号])?)?|[-./](?P<other>1[0-2]|0?[1-9])(?:[-./][0-9]{1,2})?)?"
)


def truth_of(
    cell: object, words: Mapping[str, bool] = MappingProxyType({}), day: datetime.date | None = None
) -> object:
    """A cell of a yes or no as a profile would say it; unchanged if it is neither. `words` are further words of its
    column, which may have a date not after the `day`. Two languages, and a remark in brackets, have to say the same.

    >>> truth_of(1.0), truth_of("Y"), truth_of("是"), truth_of("2"), truth_of("Yes / 是"), truth_of("Yes / 否")
    ('true', 'true', '是', '2', 'true', 'Yes / 否')
    >>> truth_of("是（2025年迁入）", {"迁入": True})
    'true'
    """
    if isinstance(cell, bool) or read_truth(cell) is not None:
        return cell
    if isinstance(cell, (int, float, Decimal)):
        return "true" if cell == 1 else "false" if cell == 0 else cell
    if isinstance(cell, str):
        said = _truth(cell, words, day)
        if said is None and len(parts := truths_in(cell, words, day)) == 2:
            said = parts[0] if parts[0] == parts[1] else None
        return cell if said is None else "true" if said else "false"
    return cell


def truths_in(text: str, words: Mapping[str, bool], day: datetime.date | None = None) -> tuple[bool | None, ...]:
    """What the two parts of a text say, each by itself; none of a text that has no two parts.

    >>> truths_in("是（迁出）", {}), truths_in("是", {})
    ((True, None), ())
    """
    return tuple(_truth(part, words, day) for part in halves(text) or pair(text) or ())


def is_after(text: str, day: datetime.date | None) -> bool:
    """Whether a text has a date, of a month or a year, that is after a day.

    >>> is_after("2027年迁入", datetime.date(2026, 11, 1)), is_after("2026年迁入", datetime.date(2026, 11, 1))
    (True, False)
    """
    found = _DATED.search(text)
    if found is None or day is None:
        return False
    year, month = int(found["year"]), found["month"] or found["other"]
    return year > day.year or (year == day.year and month is not None and int(month) > day.month)


def _truth(text: str, words: Mapping[str, bool], day: datetime.date | None) -> bool | None:
    word = unicodedata.normalize("NFKC", text).strip().casefold().removesuffix(".0")
    said = True if word in _TRUE else False if word in _FALSE else words.get(word)
    dated = None if said is not None or not words else _DATED.search(word)
    if dated is None or is_after(word, day):
        return said
    # The date stands before the word or behind it.
    before, behind = word[: dated.start()], word[dated.end() :]
    return None if before and behind else words.get((before or behind).strip(" ，,；;"))


def code_of(cell: object) -> object:
    """A code of a place or a sector, without what a column of floats made of it: 310115.0 is 310115."""
    if isinstance(cell, float) and cell.is_integer() and 0 <= cell < 1e15:
        return int(cell)
    if isinstance(cell, Decimal) and cell.is_finite() and abs(cell.adjusted()) < 15 and cell == int(cell):
        return int(cell)
    if isinstance(cell, str) and (found := _FLOAT_CODE.fullmatch(cell.strip())):
        return found[1]
    return cell


def sector_of(cell: object) -> object:
    """The code of a sector, without what a column of floats made of it, except where that may have cost its zero: 711.0
    is 711 or 0711.

    >>> sector_of(6511.0), sector_of("63.0"), sector_of(711.0), sector_of("711")
    (6511, '63', '711.0', '711')
    """
    code = code_of(cell)
    return f"{code}.0" if code is not cell and len(str(code)) == _LOST_ZERO else code


def number_of(cell: object) -> object:
    """A number without the zeros behind its last digit, however many it has; unchanged if it is no number."""
    if isinstance(cell, Decimal):
        if not cell.is_finite() or abs(cell.adjusted()) > 400:
            return cell
        cell = format(cell, "f")
    if isinstance(cell, str) and (found := _ZEROS.fullmatch(cell)):
        return found[1] + (found[2] or "")
    return cell
