"""Dictionary-encoded columns: the distinct values, and for each row the index of its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.text_bytes import is_plain_text
from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass

NONE = -1


@dataclass(frozen=True)
class Different:
    """The distinct values of an array, and for each row the index of its value (int32, shape (rows,)); -1 for none."""

    given: Any  # the distinct values, as a list or an Arrow array
    places: Codes

    @cached_property
    def values(self) -> list[object]:
        """The distinct values as Python objects."""
        return list(self.given) if self.texts is None else self.given.to_pylist()

    @property
    def texts(self) -> Any:
        """The distinct values as an Arrow string array, if they are one; else None."""
        return self.given if isinstance(self.given, pa.Array) else None


@dataclass(frozen=True)
class Lists:
    """An array of lists: the distinct words of all lists, and where each row's words begin in `words.places`.

    `starts` (integers), `lengths` (integers) and `missing` (bool) have shape (rows,); `missing` is true where the row
    has no list.
    """

    words: Different
    starts: NDArray[np.integer]
    lengths: NDArray[np.integer]
    missing: NDArray[np.bool_]

    @property
    def empty(self) -> NDArray[np.intp]:
        """Indices of the rows whose list is empty (intp, shape (n,))."""
        return np.flatnonzero((self.lengths == 0) != self.missing)


@dataclass(frozen=True)
class CellColumn:
    """A column of Python values of mixed types; implements the part of an Arrow array that encoding uses."""

    values: Sequence[object]

    def is_valid(self) -> NDArray[np.bool_]:
        """Where there is a value (bool, shape (rows,))."""
        return np.array([value is not None for value in self.values], np.bool_)

    def take(self, rows: NDArray[np.int64]) -> CellColumn:
        """The cells of the given rows."""
        return CellColumn([self.values[row] for row in np.asarray(rows).tolist()])

    def to_pylist(self) -> Sequence[object]:
        """The cells as Python values."""
        return self.values


@dataclass(frozen=True)
class UnreadCells:
    """Cells of one row that its source could not read: nothing is known of these columns.

    `problem` is located in the column, or in none if it is about the row; `words` is what stands there. `cells` are
    those of a row of which nobody knows what stands in which column.
    """

    row: int
    columns: tuple[str, ...]
    problem: Problem
    words: str | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellTable:
    """A table of `CellColumn`s; implements the part of an Arrow batch that screening uses.

    `ragged` is set where each row has its own columns, so a column absent here may appear later; every part of such a
    table has at least the columns it names. None for a table with fixed columns.
    """

    columns: Mapping[str, Sequence[object]]
    num_rows: int
    ragged: Sequence[str] | None = None
    unread: Sequence[UnreadCells] = ()

    def column(self, name: str) -> CellColumn:
        """The column of that name."""
        return CellColumn(self.columns[name])

    def select(self, names: Sequence[str]) -> CellTable:
        """The table with these columns only."""
        return CellTable({name: self.columns[name] for name in names}, self.num_rows)

    def take(self, rows: Any) -> CellTable:
        """The table with these rows only."""
        wanted = np.asarray(rows).tolist()
        picked = {name: [values[row] for row in wanted] for name, values in self.columns.items()}
        return CellTable(picked, len(wanted))

    def to_pylist(self) -> list[dict[str, object]]:
        """One dict per row."""
        return [{name: values[row] for name, values in self.columns.items()} for row in range(self.num_rows)]


@dataclass(frozen=True)
class Coded:
    """A dictionary-encoded column: distinct values, and each row's index into them (int32); -1 for none."""

    values: Sequence[object]
    places: Codes

    def is_valid(self) -> NDArray[np.bool_]:
        """Where there is a value (bool, shape (rows,))."""
        there: NDArray[np.bool_] = self.places != NONE
        return there

    def take(self, rows: Any) -> Coded:
        """The cells of the given rows."""
        return Coded(self.values, self.places[np.asarray(rows)])

    def to_pylist(self) -> list[object]:
        """The cells as Python values."""
        return [None if place == NONE else self.values[place] for place in self.places.tolist()]


@dataclass(frozen=True)
class ArrayTable:
    """A table of Arrow arrays and coded columns; implements the part of an Arrow batch that screening uses."""

    columns: Mapping[str, Any]
    num_rows: int
    unread: Sequence[UnreadCells] = ()

    def column(self, name: str) -> Any:
        """The column of that name."""
        return self.columns[name]

    def select(self, names: Sequence[str]) -> ArrayTable:
        """The table with these columns only."""
        return ArrayTable({name: self.columns[name] for name in names}, self.num_rows)

    def take(self, rows: Any) -> ArrayTable:
        """The table with these rows only."""
        return ArrayTable({name: column.take(rows) for name, column in self.columns.items()}, len(rows))

    def to_pylist(self) -> list[dict[str, object]]:
        """One dict per row."""
        cells = {name: column.to_pylist() for name, column in self.columns.items()}
        return [{name: column[row] for name, column in cells.items()} for row in range(self.num_rows)]


def mapped(array: Any, read: Callable[[object], object]) -> Coded:
    """Applies a function to each distinct value of an Arrow array; None counts as no value."""
    found = different(array)
    values = [read(value) for value in found.values]
    nothing = np.array([*(value is None for value in values), True], np.bool_)
    return Coded(values, np.where(nothing[found.places], np.int32(NONE), found.places))


def different(array: Any) -> Different:
    """The distinct values of an array. Blank text counts as no value."""
    if isinstance(array, Coded):
        return Different(list(array.values), array.places)
    if isinstance(array, CellColumn):
        return _by_text([None if isinstance(one, str) and not one.strip() else one for one in array.values])
    if array.null_count == len(array):
        return Different([], np.full(len(array), NONE, np.int32))
    if pa.types.is_boolean(array.type):
        return Different([False, True], _places(array))
    if pa.types.is_nested(array.type):
        return _by_text(array.to_pylist())
    coded = array if pa.types.is_dictionary(array.type) else pc.dictionary_encode(array)
    values, places = coded.dictionary, _places(coded.indices)
    if is_plain_text(values.type):
        empty = np.flatnonzero(pc.fill_null(pc.or_(pc.utf8_is_space(values), pc.equal(values, "")), True))
    else:
        values = values.to_pylist()
        empty = np.flatnonzero([value is None for value in values])
    if empty.size:
        places = np.where(np.isin(places, empty), np.int32(NONE), places)
    return Different(values, places)


def bare(array: Any) -> tuple[Any, Any]:
    """The numbers or booleans of an Arrow array as a NumPy array, and a bool array of where they are missing (the
    number there is undefined); None for the latter if no value is missing.
    """
    if not array.null_count:
        return array.to_numpy(zero_copy_only=False), None
    whole = pa.Array.from_buffers(array.type, len(array), [None, array.buffers()[1]], offset=array.offset)
    return whole.to_numpy(zero_copy_only=False), array.is_null().to_numpy(zero_copy_only=False)


def lists(array: Any) -> Lists:
    """Splits an array of lists into its words, starts and lengths."""
    if pa.types.is_fixed_size_list(array.type):
        array = array.cast(pa.large_list(array.type.value_type))
    offsets = np.asarray(array.offsets)
    first, last = int(offsets[0]), int(offsets[-1])
    lengths = np.diff(offsets)
    if array.null_count:
        missing = array.is_null().to_numpy(zero_copy_only=False)
        lengths *= ~missing
    else:
        missing = np.zeros(len(array), np.bool_)
    return Lists(_words(array.values.slice(first, last - first)), offsets[:-1] - first, lengths, missing)


def is_list(array: Any) -> bool:
    """Whether each row holds a list."""
    if isinstance(array, (CellColumn, Coded)):
        return False  # some cells may be lists; each is then read individually
    kind = array.type
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _words(array: Any) -> Different:
    """The distinct words of lists; missing and blank words are kept, for the profile reader to reject."""
    found = different(array)
    if found.places.min(initial=0) != NONE:
        return found
    return _by_text(array.to_pylist(), keep=True)


def _by_text(rows: Sequence[object], *, keep: bool = False) -> Different:
    """The distinct values of Python rows, compared by their `repr`."""
    known: dict[str, int] = {}
    values: list[object] = []
    places = np.full(len(rows), NONE, np.int32)
    for row, value in enumerate(rows):
        if value is not None or keep:
            place = known.setdefault(repr(value), len(values))
            if place == len(values):
                values.append(value)
            places[row] = place
    return Different(values, places)


def _places(indices: Any) -> Codes:
    """Arrow indices as int32, -1 for null."""
    numbers, missing = bare(indices)
    if missing is None:
        return cast("Codes", numbers.astype(np.int32, copy=False))
    return cast("Codes", numbers.astype(np.int32, copy=False) | -missing.astype(np.int32))  # -1 has every bit set
