"""Interned columns: each distinct value is parsed once, and values with equal results share a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, CellColumn, Coded, Different, different
from applicability.bulk.engine.distinct import numbered
from applicability.bulk.engine.intern import InternTable
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.text_bytes import is_plain_text, is_text
from applicability.loading.company.cells import is_missing

_Kind = TypeVar("_Kind", bound=Hashable)
_LONE = re.compile("[\ud800-\udfff]")
# Values that are cached from one batch to the next.
_REMEMBERED = 200_000


class InternedColumn(Generic[_Kind]):
    """Numbers the results of parsing values, from 1 on; 0 is no value. `kinds[number]` is the result."""

    def __init__(self, of: Callable[[Any], _Kind]) -> None:
        self.kinds: list[_Kind | None] = [None]
        self._of = of
        self._numbers: dict[_Kind, int] = {}
        self._known = InternTable()

    def codes(self, found: Different, of: Callable[[Any], _Kind] | None = None) -> Codes:
        """The number of each row (int32, shape (rows,)); `of` is a faster equivalent parser for these values."""
        if len(self._known) > _REMEMBERED:
            self._known = InternTable()
        read = of or self._of
        return self._known.codes(found, lambda value: self.number(read(value)), 0)

    def number(self, kind: _Kind) -> int:
        """The number of a result, added if new."""
        code = self._numbers.setdefault(kind, len(self.kinds))
        if code == len(self.kinds):
            self.kinds.append(kind)
        return code

    def of(self, code: int) -> _Kind:
        """The result with that number; 0 has none."""
        kind = self.kinds[code]
        assert kind is not None
        return kind


def texts_of(column: Any, told: Callable[[object], str | None]) -> Any:
    """A column as an Arrow string array, other cells converted by `told`; lone surrogates become U+FFFD."""
    if not isinstance(column, CellColumn | Coded) and pa.types.is_dictionary(column.type) and is_text(column.type):
        column = column.cast(column.type.value_type)
    if isinstance(column, CellColumn | Coded) or not is_plain_text(column.type):
        texts = [None if cell is None else told(cell) for cell in column.to_pylist()]
        try:
            return pa.array(texts, pa.large_string())
        except UnicodeEncodeError:
            whole = [None if text is None else _LONE.sub("\ufffd", text) for text in texts]
            return pa.array(whole, pa.large_string())
    return column


def nothing(rows: int) -> Coded:
    """A column of that many missing values."""
    return Coded([], np.full(rows, NONE, np.int32))


def filled(column: Any, values: Sequence[object], places: Codes) -> Any:
    """A column with values filled in: `places` are indices into `values` (int32, shape (rows,)), -1 keeps the cell."""
    given = places != NONE
    if not given.any():
        return column
    own = different(column)
    met, compact = numbered(places[given])
    merged = own.places.copy()
    merged[given] = compact + len(own.values)
    return Coded([*own.values, *(values[place] for place in met.tolist())], merged)


def emptied(column: Any, rows: NDArray[np.int64]) -> Coded:
    """A column with no value at some rows."""
    own = different(column)
    places = own.places.copy()
    places[rows] = NONE
    return Coded(own.values, places)


def cell_of(column: Any, row: int) -> object:
    """One cell of a column."""
    if isinstance(column, CellColumn):
        return column.values[row]
    if isinstance(column, Coded):
        place = int(column.places[row])
        return None if place == NONE else column.values[place]
    return column[row].as_py()


def filled_heading(table: Any, headings: Sequence[str], row: int) -> str | None:
    """The first of some columns that has a cell in a row, or the first of them if none has."""
    first = next(iter(headings), None)
    return next((one for one in headings if not is_missing(cell_of(table.column(one), row))), first)


def spread(numbers: Codes, held: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], Codes]:
    """Expands lists: a row index for each item of the list at its number, and the items (both shape (n,))."""
    most = max(map(len, held), default=0)
    rows, which = [], []
    for place in range(most):
        own = np.array([one[place] if len(one) > place else NONE for one in held], np.int32)[numbers]
        some = np.flatnonzero(own != NONE)
        rows.append(some)
        which.append(own[some])
    if not rows:
        return np.empty(0, np.int64), np.empty(0, np.int32)
    order = np.argsort(np.concatenate(rows), kind="stable")
    return np.concatenate(rows)[order], np.concatenate(which)[order]
