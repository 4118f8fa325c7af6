"""A column of a table as its different values and, for each row, which of them it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.pair_table import Codes
from applicability.lazy_dataclass import dataclass

NONE = -1


@dataclass(frozen=True)
class Different:
    """The different values of an array, and the place of each row's value among them; -1 where there is none."""

    given: Any  # the values one by one, or an Arrow array of them
    places: Codes

    @cached_property
    def values(self) -> list[object]:
        """The values."""
        return list(self.given) if self.texts is None else self.given.to_pylist()

    @property
    def texts(self) -> Any:
        """The values as an Arrow array of text, if that is what they are; else None."""
        return self.given if isinstance(self.given, pa.Array) else None


@dataclass(frozen=True)
class Lists:
    """An array of lists: the different words of them all, and where each row's words stand among `words.places`.

    `starts` and `lengths` have a place for every row; `missing` is true where there is no list at all.
    """

    words: Different
    starts: NDArray[np.integer]
    lengths: NDArray[np.integer]
    missing: NDArray[np.bool_]

    @property
    def empty(self) -> NDArray[np.intp]:
        """The rows whose list has no words."""
        return np.flatnonzero((self.lengths == 0) != self.missing)


@dataclass(frozen=True)
class CellColumn:
    """A column whose cells are Python values, of several kinds maybe; an Arrow array, as far as encoding needs one."""

    values: Sequence[object]

    def is_valid(self) -> NDArray[np.bool_]:
        """Where there is a value."""
        return np.array([value is not None for value in self.values], np.bool_)

    def take(self, rows: NDArray[np.int64]) -> CellColumn:
        """The cells of some rows."""
        return CellColumn([self.values[row] for row in np.asarray(rows).tolist()])

    def to_pylist(self) -> Sequence[object]:
        """The cells."""
        return self.values


@dataclass(frozen=True)
class CellTable:
    """A table of such columns; an Arrow batch, as far as screening needs one.

    It is `ragged` where each row has columns of its own, so that one that is not here may come later; each part of such
    a table has at least the columns named there. None for a table whose columns are all here.
    """

    columns: Mapping[str, Sequence[object]]
    num_rows: int
    ragged: Sequence[str] | None = None

    def column(self, name: str) -> CellColumn:
        """A column by its name."""
        return CellColumn(self.columns[name])

    def select(self, names: Sequence[str]) -> CellTable:
        """Some columns."""
        return CellTable({name: self.columns[name] for name in names}, self.num_rows)

    def take(self, rows: Any) -> CellTable:
        """Some rows."""
        wanted = np.asarray(rows).tolist()
        picked = {name: [values[row] for row in wanted] for name, values in self.columns.items()}
        return CellTable(picked, len(wanted))

    def to_pylist(self) -> list[dict[str, object]]:
        """A mapping for each row."""
        return [{name: values[row] for name, values in self.columns.items()} for row in range(self.num_rows)]


@dataclass(frozen=True)
class Coded:
    """A column as its different values, and for each row the place of its value; -1 where there is none."""

    values: Sequence[object]
    places: Codes

    def is_valid(self) -> NDArray[np.bool_]:
        """Where there is a value."""
        there: NDArray[np.bool_] = self.places != NONE
        return there

    def take(self, rows: Any) -> Coded:
        """The cells of some rows."""
        return Coded(self.values, self.places[np.asarray(rows)])

    def to_pylist(self) -> list[object]:
        """The cells."""
        return [None if place == NONE else self.values[place] for place in self.places.tolist()]


@dataclass(frozen=True)
class ArrayTable:
    """A table of Arrow arrays and coded columns; an Arrow batch, as far as screening needs one."""

    columns: Mapping[str, Any]
    num_rows: int

    def column(self, name: str) -> Any:
        """A column by its name."""
        return self.columns[name]

    def select(self, names: Sequence[str]) -> ArrayTable:
        """Some columns."""
        return ArrayTable({name: self.columns[name] for name in names}, self.num_rows)

    def take(self, rows: Any) -> ArrayTable:
        """Some rows."""
        return ArrayTable({name: column.take(rows) for name, column in self.columns.items()}, len(rows))

    def to_pylist(self) -> list[dict[str, object]]:
        """A mapping for each row."""
        cells = {name: column.to_pylist() for name, column in self.columns.items()}
        return [{name: column[row] for name, column in cells.items()} for row in range(self.num_rows)]


def mapped(array: Any, read: Callable[[object], object]) -> Coded:
    """What each different value of an array is read as; the array is Arrow's."""
    found = different(array)
    values = [read(value) for value in found.values]
    nothing = np.array([*(value is None for value in values), True], np.bool_)
    return Coded(values, np.where(nothing[found.places], np.int32(NONE), found.places))


def different(array: Any) -> Different:
    """The different values of an array. Text of nothing but spaces is no value."""
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
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        empty = np.flatnonzero(pc.fill_null(pc.or_(pc.utf8_is_space(values), pc.equal(values, "")), True))
    else:
        values = values.to_pylist()
        empty = np.flatnonzero([value is None for value in values])
    if empty.size:
        places = np.where(np.isin(places, empty), np.int32(NONE), places)
    return Different(values, places)


def bare(array: Any) -> tuple[Any, Any]:
    """The numbers or truths of an Arrow array as NumPy has them, and where there is none: what stands there is not
    to be looked at. None for the second if there is one everywhere."""
    if not array.null_count:
        return array.to_numpy(zero_copy_only=False), None
    whole = pa.Array.from_buffers(array.type, len(array), [None, array.buffers()[1]], offset=array.offset)
    return whole.to_numpy(zero_copy_only=False), array.is_null().to_numpy(zero_copy_only=False)


def lists(array: Any) -> Lists:
    """An array of lists taken apart."""
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
        return False  # some may; each cell is then read by itself
    kind = array.type
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _words(array: Any) -> Different:
    """The different words of lists; here a missing or blank one is a word too, for the reader to refuse."""
    found = different(array)
    if found.places.min(initial=0) != NONE:
        return found
    return _by_text(array.to_pylist(), keep=True)


def _by_text(rows: Sequence[object], *, keep: bool = False) -> Different:
    """The different values of rows that no table library tells apart."""
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
    """Numbers that count places, with -1 where there is none."""
    numbers, missing = bare(indices)
    if missing is None:
        return cast("Codes", numbers.astype(np.int32, copy=False))
    return cast("Codes", numbers.astype(np.int32, copy=False) | -missing.astype(np.int32))  # -1 has every bit
