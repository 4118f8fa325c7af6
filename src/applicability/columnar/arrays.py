"""A column of a table as its different values and, for each row, which of them it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.columnar.pairs import Codes

NONE = -1


@dataclass(frozen=True)
class Different:
    """The different values of an array, and the place of each row's value among them; -1 where there is none."""

    values: list[object]
    places: Codes


@dataclass(frozen=True)
class Lists:
    """An array of lists: the different words of them all, and where each row's words stand among `words.places`.

    `starts` and `lengths` have a place for every row; `missing` is true where there is no list at all.
    """

    words: Different
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    missing: NDArray[np.bool_]


def different(array: Any) -> Different:
    """The different values of an array. Text of nothing but spaces is no value."""
    if pa.types.is_dictionary(array.type):
        coded = array
    elif pa.types.is_nested(array.type):
        return _by_text(array.to_pylist())
    else:
        coded = pc.dictionary_encode(array)
    values = coded.dictionary.to_pylist()
    places = _filled(coded.indices)
    empty = [
        index for index, value in enumerate(values) if value is None or (isinstance(value, str) and not value.strip())
    ]
    if empty:
        places[np.isin(places, empty)] = NONE
    return Different(values, places)


def lists(array: Any) -> Lists:
    """An array of lists taken apart."""
    if pa.types.is_fixed_size_list(array.type):
        array = array.cast(pa.large_list(array.type.value_type))
    offsets = np.asarray(array.offsets, np.int64)
    first, last = int(offsets[0]), int(offsets[-1])
    missing = np.asarray(array.is_null()) if array.null_count else np.zeros(len(array), np.bool_)
    lengths = np.where(missing, 0, np.diff(offsets))
    values = array.values.slice(first, last - first)
    return Lists(_words(values), offsets[:-1] - first, lengths, missing)


def is_list(array: Any) -> bool:
    """Whether each row holds a list."""
    kind = array.type
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _words(array: Any) -> Different:
    """The different words of lists; here a missing or blank one is a word too, for the reader to refuse."""
    found = different(array)
    if not (found.places == NONE).any():
        return found
    return _by_text(array.to_pylist(), keep=True)


def _by_text(rows: list[object], *, keep: bool = False) -> Different:
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


def _filled(indices: Any) -> Codes:
    """Indices as numbers, with -1 where there is none."""
    if indices.null_count:
        indices = indices.cast(pa.int32()).fill_null(NONE)
    found: Codes = np.array(indices, np.int32)
    return found
