"""Marks with which spreadsheets keep text from being read as a number: `="0111"` and `'0111`."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from applicability.lazy_pattern import lazy_pattern

# Both for Arrow, whose expressions know ASCII space only.
_FORMULA = r'[ \t]*="((?:[^"]|"")*)"[ \t]*'
# Only before digits: 's-Gravenhage is a name.
_APOSTROPHE = r"[ \t]*['’]([0-9A-Za-z.,%+-]*[0-9][0-9A-Za-z.,%+-]*)[ \t]*"
_FORMULA_CELL, _APOSTROPHE_CELL = lazy_pattern(_FORMULA), lazy_pattern(_APOSTROPHE)


def unmarked(cell: str) -> str:
    """A cell of text without such a mark.

    >>> unmarked('="0111"'), unmarked("'49"), unmarked("'s-Gravenhage")
    ('0111', '49', "'s-Gravenhage")
    """
    if '="' in cell and (found := _FORMULA_CELL.fullmatch(cell)):
        return found[1].replace('""', '"')
    if ("'" in cell or "’" in cell) and (found := _APOSTROPHE_CELL.fullmatch(cell)):
        return found[1]
    return cell


def unmarked_column(column: Any) -> Any:
    """An Arrow string array without such marks; cells without one are not touched."""
    marked = pc.match_substring_regex(column, f"^(?:{_FORMULA}|{_APOSTROPHE})$")
    if not pc.any(marked).as_py():
        return column
    rows = marked.to_pylist()
    cells = [unmarked(cell) if own else cell for cell, own in zip(column.to_pylist(), rows, strict=True)]
    return pa.array(cells, pa.string())
