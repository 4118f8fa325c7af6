"""Parses regular CSV lines column by column.

`table_of` accepts lines only where every CSV parser would find the same cells: each line is one row, has as many cells
as the others, and quotes follow RFC 4180. Everything else is left to the row-by-row parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from applicability.bulk.sources.text_marks import unmarked_column
from applicability.lazy_dataclass import dataclass

_NEWLINE, _RETURN, _QUOTE = b'\n\r"'
_MARK = "\ufeff"
# The first UTF-8 bytes of whitespace: far fewer cells have to be checked.
_SPACE = np.isin(np.arange(256), [*range(0x09, 0x0E), *range(0x1C, 0x21), 0xC2, 0xE1, 0xE2, 0xE3])

Offsets = NDArray[np.int64]


@dataclass(frozen=True)
class TextTable:
    """Lines as a table of text, without blank ones; `lines` are the indices of its rows among the lines (int64).

    `unnamed` are the columns that have cells and no heading.
    """

    columns: Any  # an Arrow RecordBatch
    lines: Offsets
    unnamed: tuple[int, ...] = ()


def table_of(
    lines: Sequence[str], separator: str, headings: Sequence[str], width: int = 0, usual: int = 0
) -> TextTable | None:
    """The table of some whole lines, or None if they are not regular.

    Columns without a heading are dropped; `width` counts those with the ones behind the last heading, and cells beyond
    must be empty. Each row has `usual` cells, where that is said. The separator is an ASCII character.
    """
    try:
        data = "".join(lines).encode()
    except UnicodeEncodeError:  # undecodable bytes
        return None
    if not data.endswith(b"\n"):
        data += b"\n"
    if b'="' in data:
        data = _without_formulas(data, separator)
    cells = _cells(data, len(lines), ord(separator))
    if cells is None or cells.most < len(headings) or cells.most != (usual or cells.most) or lines[0].startswith(_MARK):
        return None
    whole = _parsed(data, separator, cells.most)
    rows = np.flatnonzero(~cells.blank)
    behind = [place for place in range(len(headings), cells.most) if _lengths(whole.column(place)).any()]
    if behind and cells.most > width:
        return None
    names = [place for place, name in enumerate(headings) if name]
    unnamed = tuple(place for place, name in enumerate(headings) if not name and _lengths(whole.column(place)).any())
    unnamed += tuple(place for place in behind if _holds(whole.column(place)))
    columns = {headings[place]: whole.column(place) for place in names}
    if _may_be_marked(data, separator):
        columns = {name: unmarked_column(column) for name, column in columns.items()}
    found = pa.record_batch(columns)
    if (blank := _blank(whole)).size:
        kept = np.setdiff1d(np.arange(whole.num_rows), blank, assume_unique=True)
        return TextTable(found.take(pa.array(kept)), rows[kept], unnamed)
    return TextTable(found, rows, unnamed)


def _may_be_marked(data: bytes, separator: str) -> bool:
    """Whether a cell may begin with a mark against numbers; an apostrophe inside a name is none."""
    before = (separator.encode(), b"\n", b'"', b" ", b"\t")
    signs = (b"'", "’".encode())
    if data.startswith(signs) or any(one + sign in data for one in before for sign in signs):
        return True
    return b'="' in data or b'=""' in data


def _without_formulas(data: bytes, separator: str) -> bytes:
    """Lines with `="0111"` as the quoted cell that it is meant to be, where its content is plain."""
    mark = re.escape(separator.encode())
    return re.sub(rb'(^|[\n%b])="([^"\r\n%b]*)"(?=[\r\n%b])' % (mark, mark, mark), rb'\1"\2"', data)


@dataclass(frozen=True)
class _Cells:
    """The number of cells per line, and which lines are blank (bool, shape (lines,))."""

    most: int
    blank: NDArray[np.bool_]


def _cells(data: bytes, lines: int, separator: int) -> _Cells | None:
    """The shape of the lines; None if they differ, or quotes are ambiguous."""
    marks = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(marks == _NEWLINE)
    if len(ends) != lines or b"\0" in data:
        return None
    returns = np.flatnonzero(marks == _RETURN)
    if returns.size and (marks[returns + 1] != _NEWLINE).any():
        return None
    between = np.flatnonzero(marks == separator)
    quotes = np.flatnonzero(marks == _QUOTE)
    if quotes.size:
        if not _regular(marks, quotes, ends, separator):
            return None
        between = between[np.searchsorted(quotes, between) % 2 == 0]
    starts = np.concatenate(([0], ends[:-1] + 1))
    blank = (ends == starts) | ((ends == starts + 1) & (marks[starts] == _RETURN))
    counts = np.diff(np.searchsorted(between, ends), prepend=0)[~blank]
    if not counts.size or (counts != counts[0]).any() or (counts[0] == 0 and blank.any()):
        return None
    return _Cells(int(counts[0]) + 1, blank)


def _regular(marks: NDArray[np.uint8], quotes: Offsets, ends: Offsets, separator: int) -> bool:
    """Whether each quote opens a cell, closes one or is doubled, and no line ends inside quotes."""
    if (np.searchsorted(quotes, ends) % 2).any():
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = np.where(opening == 0, _NEWLINE, marks[opening - 1])
    after = marks[closing + 1]
    return bool(
        np.isin(before, (_NEWLINE, separator, _QUOTE)).all()
        and np.isin(after, (_NEWLINE, _RETURN, separator, _QUOTE)).all()
    )


def _parsed(data: bytes, separator: str, most: int) -> Any:
    names = [str(place) for place in range(most)]
    whole = pa_csv.read_csv(
        pa.py_buffer(data),
        pa_csv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
        pa_csv.ParseOptions(delimiter=separator, ignore_empty_lines=most > 1),
        pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    return pa.record_batch([column.combine_chunks() for column in whole.columns], names)


def _holds(column: Any) -> bool:
    """Whether a cell holds more than space."""
    return any(cell.strip() for cell in column.to_pylist())


def _lengths(column: Any) -> NDArray[np.int32]:
    """The length of each cell in bytes (int32, shape (rows,))."""
    return np.diff(_offsets(column))


def _offsets(array: Any) -> NDArray[np.int32]:
    return np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]


def _blank(table: Any) -> Offsets:
    """The indices of the rows that are blank (int64)."""
    rows: Offsets = np.arange(table.num_rows)
    for array in table.columns:
        offsets, text = _offsets(array), array.buffers()[2]
        marks = np.frombuffer(text, np.uint8) if text is not None and text.size else np.zeros(1, np.uint8)
        first, length = offsets[rows], offsets[rows + 1] - offsets[rows]
        rows = rows[(length == 0) | _SPACE[marks[np.minimum(first, len(marks) - 1)]]]
        if not rows.size:
            return rows
    some = table.take(pa.array(rows)).to_pydict().values()
    blank = [not any(cell.strip() for cell in row) for row in zip(*some, strict=True)]
    return rows[np.array(blank, np.bool_)]
