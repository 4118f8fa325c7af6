"""The distinct values of codes and of rows of codes, in order, found in linear time: registers have few of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

# Codes below so many times their number, and some, are marked in an array of all that may occur.
_SPARSE, _SOME = 4, 4096
_MOST = 1 << 62


def distinct(codes: NDArray[Any]) -> NDArray[np.intp]:
    """The codes that occur, ascending (intp, shape (n,)); `codes` are integers of shape (rows,), none below zero.

    >>> distinct(np.array([7, 2, 7])).tolist()
    [2, 7]
    """
    if not codes.size:
        return np.empty(0, np.intp)
    range_ = int(codes.max()) + 1
    if not _is_dense(range_, codes.size):
        found: NDArray[np.intp] = np.sort(pa.array(codes).unique().to_numpy()).astype(np.intp, copy=False)
        return found
    there = np.zeros(range_, np.bool_)
    there[codes] = True
    return np.flatnonzero(there)


def numbered(codes: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The codes that occur, ascending, and for each row the index of its code among them (intp, shapes (n,) and
    (rows,)); `codes` are integers of shape (rows,), none below zero.

    >>> met, which = numbered(np.array([7, 2, 7]))
    >>> met.tolist(), which.tolist()
    ([2, 7], [1, 0, 1])
    """
    first, which = _first_of_each(codes)
    return codes.take(first).astype(np.intp, copy=False), which


def distinct_rows(columns: Sequence[NDArray[Any]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first of each kind of rows that have the same codes, in the order of the codes, and which of these kinds
    each row is (intp, shapes (kinds,) and (rows,)); `columns` are integers of shape (rows,) each, none below -1.
    """
    return _first_of_each(_row_keys(columns))


def distinct_combinations(columns: Sequence[NDArray[Any]]) -> tuple[list[tuple[int, ...]], NDArray[np.intp]]:
    """The distinct combinations of codes, in order, and which of them each row has (intp, shape (rows,)); `columns`
    are integers of shape (rows,) each, none below -1.

    >>> met, which = distinct_combinations([np.array([1, 0, 1]), np.array([-1, 5, -1])])
    >>> met, which.tolist()
    ([(0, 5), (1, -1)], [1, 0, 1])
    """
    first, which = distinct_rows(columns)
    return [*zip(*(one[first].tolist() for one in columns), strict=True)], which


def _is_dense(range_: int, rows: int) -> bool:
    return range_ <= _SPARSE * rows + _SOME


def _row_keys(columns: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    """One number for each row (int64, shape (rows,)), in the order of its codes and the same where all of them are."""
    keys, range_ = np.zeros(columns[0].size, np.int64), 1
    for codes in columns:
        own = (int(codes.max()) if codes.size else 0) + 2
        if range_ * own >= _MOST:
            _, which = _first_of_each(keys)
            keys, range_ = which.astype(np.int64), int(which.max()) + 1
        keys *= own
        keys += codes
        keys += 1
        range_ *= own
    return keys


def _first_of_each(keys: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first row of each key, in the order of the keys, and for each row the index of its key (intp)."""
    if not keys.size:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    backwards = np.arange(keys.size - 1, -1, -1)  # of rows with the same key the first is written last
    range_ = int(keys.max()) + 1
    if _is_dense(range_, keys.size):
        first = np.full(range_, -1, np.intp)
        first[keys[::-1]] = backwards
        met = np.flatnonzero(first != -1)
        numbers = np.empty(range_, np.intp)
        numbers[met] = np.arange(met.size)
        return first.take(met), numbers.take(keys)
    coded = pa.array(keys).dictionary_encode()
    order = np.argsort(coded.dictionary.to_numpy())
    numbers = np.empty(order.size, np.intp)
    numbers[order] = np.arange(order.size)
    which = numbers.take(coded.indices.to_numpy())
    first = np.empty(order.size, np.intp)
    first[which[::-1]] = backwards
    return first, which
