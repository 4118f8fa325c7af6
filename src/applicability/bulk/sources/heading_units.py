"""Rows of units below the headings of a table: they belong to the headings, and are no company."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import is_missing

_OPEN, _CLOSE = r"[(（\[【]?(?:单位[:：])?", r"[)）\]】]?"
_PER_CENT = r"(?:[%％]|百分比|百分数|percent|per cent)"
_MONEY = r"(?:人民币)?[百千万亿]{0,2}(?:元|美元|人民币|人|户|家|个)(?:人民币|美元)?"
# A cell that holds a unit only, or per cent.
_UNIT = lazy_pattern(f"{_OPEN}(?:{_PER_CENT}|{_MONEY}|平方米|㎡|亩){_CLOSE}")
_PERCENT = lazy_pattern(f"{_OPEN}{_PER_CENT}{_CLOSE}")
# What stands in front of such a row.
_LABEL = lazy_pattern(r"(?:计量)?单位[:：]?|units?:?")


def is_unit(cell: str) -> bool:
    """Whether a cell holds a unit only.

    >>> is_unit("万元"), is_unit("(%)"), is_unit("49%")
    (True, True, False)
    """
    return _UNIT.fullmatch(cell.casefold()) is not None


def is_percent(cell: str) -> bool:
    """Whether a cell holds the unit per cent only."""
    return _PERCENT.fullmatch(cell.casefold()) is not None


def is_row_of_units(below: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row holds nothing but units of the columns above it, and the word for them in front."""
    cells = [cell for cell in below if cell and not is_missing(cell)]
    labels = [cell for cell in cells if _LABEL.fullmatch(cell.casefold())]
    units = [cell for cell in cells if is_unit(cell)]
    if not units or len(labels) > 1 or len(units) + len(labels) < len(cells):
        return False
    # A lone cell in the first column is a company's.
    return not names[0] or not below[0] or is_missing(below[0]) or below[0] in labels
