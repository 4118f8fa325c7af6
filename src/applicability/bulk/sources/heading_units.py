"""Rows below the headings of a table that belong to them and are no company: units, how cells are filled in, numbers
of the columns, and a sample.

What may be a company stays one: no code, place or share may read in such a row, and numbers of columns follow on each
other and are not taken up by the row below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import Enum

from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import is_missing

# Says something of the cell at a place of the row.
CellTest = Callable[[int, str], bool]


class BelowHeadings(Enum):
    """What a row below the headings holds that is no company."""

    UNITS = "units"
    FORMS = "forms"
    NUMBERS = "numbers"
    SAMPLE = "sample"


_OPEN, _CLOSE = r"[(（\[【]?(?:单位[:：])?", r"[)）\]】]?"
_PER_CENT = r"(?:[%％]|百分比|百分数|percent|per cent)"
_MONEY = r"(?:人民币)?[百千万亿]{0,2}(?:元|美元|人民币|人|户|家|个)(?:人民币|美元)?"
# A cell that holds a unit only, or per cent.
_UNIT = lazy_pattern(f"{_OPEN}(?:{_PER_CENT}|{_MONEY}|平方米|㎡|亩){_CLOSE}")
_PERCENT = lazy_pattern(f"{_OPEN}{_PER_CENT}{_CLOSE}")
# What stands in front of such a row.
_LABEL = lazy_pattern(r"(?:计量)?单位[:：]?|units?:?")
_FORM_LABEL = lazy_pattern(
    r"(?:填写|填报|填表)(?:说明|要求|格式|方法|规则)(?:[:：].*)?|(?:数据)?(?:格式|类型|字段类型)[:：]?"
    r"|(?:format|type|how to fill in):?"
)
# A cell that says what is filled in under its heading, without brackets, in half-width and small letters.
_COUNT = r"(?:[0-9]{1,3}|[一二两三四五六八九十]{1,3})"
_ANSWER = r"(?:是|否|有|无|√|×|✓|x|y|n|yes|no|true|false|t|f|男|女|0|1)"
_LEVEL = r"(?:国家|省|自治区|直辖市|市|地市|区|县|区县|州|乡镇|街道)"
_FORM = lazy_pattern(
    rf"{_ANSWER}(?:[/、|]|或){_ANSWER}(?:(?:[/、|]|或){_ANSWER})?"
    rf"|{_LEVEL}(?:[/、、]{_LEVEL})+|到{_LEVEL}"
    r"|年[/、.-]?月[/、.-]?日?|(?:yyyy|yy|xxxx|0000)[年/.-]?(?:mm?|xx|00)[月/.-]?(?:(?:dd?|xx|00)日?)?|yyyy年?|日期格式"
    rf"|(?:共|最多|不超过)?{_COUNT}(?:位|个字符?|字)(?:以内)?(?:数字|代码|编码|字母|字符|数字或字母|数字和字母|统一社会信用代码|统一代码)*"
    rf"|(?:精确到)?小数点?后?{_COUNT}位(?:小数)?|保留{_COUNT}位小数"
    r"|gb(?:/t)?[0-9]{3,5}(?:\.[0-9])?(?:[-—][0-9]{2,4})?(?:代码|小类|大类|门类)?"
    r"|全称|企业全称|中文全称|简称|文本|文字|数字|数值|整数|小数|日期|时间|代码|字符串?|汉字|百分数|金额"
    r"|text|string|number|numeric|integer|int|decimal|float|double|date|datetime|bool(?:ean)?|code|fullname|char|percentage"
    r"|(?:var)?char\([0-9]+\)|decimal\([0-9]+,[0-9]+\)"
    r"|必填项?|选填项?|非必填|可不填|可空|可填可不填|required|mandatory|optional|单选|多选|下拉(?:选择|框|菜单)?|自动生成|系统生成"
    r"|[x×*#]{2,20}%?|0\.0+%?|0[-~]100%?"
    r"|请?(?:按照?|依照?|照|参照|同)(?:营业执照|执照|实际|证照|登记)(?!.*(?:公司|中心|厂|店|集团|企业)$).{0,12}"
    r"|请?(?:填写?|填入|输入|选择)(?!.*(?:公司|中心|厂|店|集团|企业)$).{1,20}"
)
_BRACKETS = lazy_pattern(r"[(\[【<{](?P<words>[^)\]】>}]*)[)\]】>}]")
# The name of a company that a row gives as a sample: the word for it, marked off from a name or alone.
SAMPLE = re.compile(
    r"(?i)^\s*(?:[(（\[【<《]\s*(?:填写|填报)?(?:示例|样例|范例|举例|例子|例|sample|example|e\.?g\.?)\s*[0-9０-９一二三]?\s*[)）\]】>》]"
    r"|(?:填写|填报)?(?:示例|样例|范例|举例|例子|例|例如|如|sample|example|e\.?g\.?)\s*[0-9０-９一二三]?\s*(?:[:：]|$))"
)
# Series that number columns, each from its first; 甲 to 癸 stand for columns of words in statistical tables.
_SERIES = ("甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九十", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NUMBERED = lazy_pattern(
    r"第?(?P<own>[0-9]{1,3}|[甲乙丙丁戊己庚辛壬癸一二三四五六七八九十A-Za-z])(?:\.0)?[.、]?[栏列]?(?:=[0-9+\-*/×÷%()]+)?"
)
_NUMBER_LABEL = lazy_pattern(r"(?:栏|列|行)(?:次|号)[:：]?|(?:column|col\.?)(?: ?no\.?)?:?")
# Columns that a row of numbers has at least, and series that it may have.
_FEWEST, _MOST_SERIES = 3, 2
# So many cells that count up are no company's, even if all of them read.
_PLENTY = 5


def is_unit(cell: str) -> bool:
    """Whether a cell holds a unit only.

    >>> is_unit("万元"), is_unit("(%)"), is_unit("49%")
    (True, True, False)
    """
    return _UNIT.fullmatch(cell.casefold()) is not None


def is_percent(cell: str) -> bool:
    """Whether a cell holds the unit per cent only."""
    return _PERCENT.fullmatch(cell.casefold()) is not None


def is_form(cell: str) -> bool:
    """Whether a cell says only what is filled in under its heading.

    >>> is_form("（18位）"), is_form("YYYY-MM-DD"), is_form("GB/T 4754"), is_form("18位的公司")
    (True, True, True, False)
    """
    words = _narrow(cell)
    inside = _BRACKETS.fullmatch(words)
    return _FORM.fullmatch(inside["words"] if inside is not None else words) is not None


# What stands in no heading: an answer, a number with signs around it, a date, a code, and the end of a company's name.
_VALUE = lazy_pattern(
    rf"{_ANSWER}|[^a-z\u4e00-\u9fff]*|.*[0-9](?:[%％元万亿]|\.[0-9]).*|(?:.*[^0-9])?[0-9]{{3,}}(?![0-9年]).*|.*[0-9]月[0-9]+日?.*"
    r"|.*(?:有限)?公司|.*(?:合伙|有限合伙|集团|工厂|商行|事务所)|.*(?<![a-z])(?:ltd|inc|llc|llp|plc|gmbh|limited|corp|corporation)\.?"
)
# Characters of the longest heading.
_LONGEST = 40


def may_be_heading(cell: str) -> bool:
    """Whether a cell may be a heading by its words, and not what stands under one.

    >>> [may_be_heading(one) for one in ("股东1", "2024年占比", "40%", "2024-05-01", "香港甲有限公司", "是")]
    [True, True, False, False, False, False]
    """
    words = _narrow(cell)
    return 1 < len(words) <= _LONGEST and _VALUE.fullmatch(words) is None


def below_headings(
    row: Sequence[str],
    names: Sequence[str],
    after: Sequence[str] | None,
    tells: CellTest,
    unread: CellTest,
    named: Sequence[int],
) -> BelowHeadings | None:
    """What a row below the headings holds that is no company; None if it may be one.

    `after` is the row below it, None if there is none; `named` are the places of the names of companies. `tells` says
    whether a cell tells which company it is (a code, a place, a sector or a share reads), and `unread` whether it does
    not read under its heading.
    """
    cells = {place: cell for place, cell in enumerate(row) if cell and not is_missing(cell)}
    if not cells:
        return None
    if is_row_of_units(row, names):
        return BelowHeadings.UNITS
    if _is_numbered([*cells.values()], after, unread=any(unread(place, cell) for place, cell in cells.items())):
        return BelowHeadings.NUMBERS
    if any(tells(place, cell) for place, cell in cells.items()):
        return None
    if any(SAMPLE.match(cells[place]) for place in (min(cells), *named) if place in cells):
        return BelowHeadings.SAMPLE
    return BelowHeadings.FORMS if _is_of_forms(cells, named) else None


def is_row_of_units(below: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row holds nothing but units of the columns above it, and the word for them in front."""
    cells = [cell for cell in below if cell and not is_missing(cell)]
    labels = [cell for cell in cells if _LABEL.fullmatch(cell.casefold())]
    units = [cell for cell in cells if is_unit(cell)]
    if not units or len(labels) > 1 or len(units) + len(labels) < len(cells):
        return False
    # A lone cell in the first column is a company's.
    return not names[0] or not below[0] or is_missing(below[0]) or below[0] in labels


def _is_of_forms(cells: dict[int, str], named: Sequence[int]) -> bool:
    """Whether cells say how they are filled in, or hold units beside such cells."""
    first = min(cells)
    labelled = _FORM_LABEL.fullmatch(_narrow(cells[first])) or _LABEL.fullmatch(cells[first].casefold())
    told = [place for place in cells if place != first or not labelled]
    if not told or not all(is_form(cells[place]) or is_unit(cells[place]) for place in told):
        return False
    # A unit where the name stands may be one: 万家. So may a lone word without brackets.
    names = [place for place in told if place in (0, *named)]
    if any(is_unit(cells[place]) and not is_form(cells[place]) for place in names):
        return False
    return len(told) > 1 or bool(labelled) or not names or bool(_BRACKETS.fullmatch(_narrow(cells[names[0]])))


def _is_numbered(cells: Sequence[str], after: Sequence[str] | None, *, unread: bool) -> bool:
    """Whether cells number their columns, and the row below does not go on from the first of them, as companies do that
    are numbered or called 甲, 乙, 丙. A few that all read may be a company's.
    """
    own = cells[1:] if _NUMBER_LABEL.fullmatch(cells[0].casefold()) else cells
    labelled = len(own) < len(cells)
    if after is None or len(own) < _FEWEST or not any(after):
        return False
    places = [*map(_in_series, own)]
    series = 1
    for before, here in zip([None, *places], places, strict=False):
        if here is None:
            return False
        if before is not None and here == (before[0], before[1] + 1):
            continue
        if here[1] != 1:
            return False
        series += before is not None
    if series > _MOST_SERIES:
        return False
    words = sum(one is not None and one[0] < len(_SERIES) for one in places)
    if not (labelled or unread or words > 1 or len(own) >= _PLENTY):
        return False
    follows = next((_in_series(cell) for cell in after if cell), None)
    return labelled or follows is None or follows != (places[0][0], places[0][1] + 1)  # type: ignore[index]


def _in_series(cell: str) -> tuple[int, int] | None:
    """The series of a number of a column, and its place there from 1; None for any other cell."""
    words = _narrow(cell)
    inside = _BRACKETS.fullmatch(words)
    found = _NUMBERED.fullmatch(inside["words"] if inside is not None else words)
    if found is None:
        return None
    own = found["own"].upper()
    if own.isdecimal():
        return len(_SERIES), int(own)
    return next((number, series.index(own) + 1) for number, series in enumerate(_SERIES) if own in series)


def _narrow(cell: str) -> str:
    """A cell without space, in half-width and small characters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).casefold()
