"""Drops from cells the characters that nobody sees, such as U+200B and a BOM, as they are dropped from headings.

Results repeat cells as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import ArrayTable, CellTable, Coded
from applicability.bulk.engine.text_bytes import bytes_met, is_text, text_bytes
from applicability.bulk.sources.source import names_of
from applicability.lazy_dataclass import replace

_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_ONE = re.compile(f"[{_UNSEEN}]")
# These characters in UTF-8: by the first byte the second one, and from which to which the third may be.
_BYTES = {
    0xC2: ((0xAD, 0, 0xFF),),
    0xD8: ((0x9C, 0, 0xFF),),
    0xE1: ((0xA0, 0x8E, 0x8E),),
    0xE2: ((0x80, 0x8B, 0x8F), (0x80, 0xAA, 0xAE), (0x81, 0xA0, 0xAF)),
    0xEF: ((0xBB, 0xBF, 0xBF),),
}


def without_unseen(table: Any, but: Collection[str]) -> Any:
    """A table of any kind without such characters, except in the columns `but`; the same one if there are none."""
    own = [name for name in names_of(table) if name not in but]
    if isinstance(table, CellTable):
        cells = {name: found for name in own if (found := _cells(table.columns[name])) is not table.columns[name]}
        return replace(table, columns={**table.columns, **cells}) if cells else table
    held = {name: table.column(name) for name in own}
    changed = {name: found for name, column in held.items() if (found := _column(column)) is not column}
    if not changed:
        return table
    if isinstance(table, ArrayTable):
        return replace(table, columns={**table.columns, **changed})
    return pa.record_batch({name: changed.get(name, table.column(name)) for name in names_of(table)})


def _cells(cells: Any) -> Any:
    found = [_cell(one) for one in cells]
    return found if any(one is not other for one, other in zip(found, cells, strict=True)) else cells


def _cell(cell: object) -> object:
    if isinstance(cell, list):
        return _cells(cell)
    if not isinstance(cell, str) or cell.isprintable():  # none of them is
        return cell
    return _ONE.sub("", cell) if _ONE.search(cell) else cell


def _column(column: Any) -> Any:
    if isinstance(column, Coded):
        values = _cells(column.values)
        return column if values is column.values else Coded(values, column.places)
    if not is_text(column.type):
        return column
    if pa.types.is_dictionary(column.type):
        words = _column(column.dictionary)
        return column if words is column.dictionary else words.take(column.indices).dictionary_encode()
    if not _may_hold(column):
        return column
    cells = column.to_pylist()
    found = _cells(cells)
    return column if found is cells else pa.array(found, column.type)


def _may_hold(column: Any) -> bool:
    """Whether the bytes of a text array hold such a character."""
    offsets, data = text_bytes(column)
    text = data[offsets[0] : offsets[-1]]
    for first in bytes_met(text, _BYTES):  # none in most columns
        places = np.flatnonzero(text[:-1] == first)
        second, third = text[places + 1], text[np.minimum(places + 2, len(text) - 1)]
        if any(((second == own) & (third >= low) & (third <= high)).any() for own, low, high in _BYTES[first]):
            return True
    return False
