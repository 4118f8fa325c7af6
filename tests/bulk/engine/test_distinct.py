"""Distinct codes and rows of codes are those that sorting finds, whether the codes lie close together or far apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings, strategies as st

from applicability.bulk.engine.distinct import distinct, distinct_combinations, distinct_rows, numbered

_CLOSE = st.integers(0, 20)
_FAR = st.integers(0, (1 << 40))
_CODES = st.one_of(st.lists(_CLOSE, max_size=60), st.lists(_FAR, max_size=60))


@given(_CODES)
@settings(max_examples=200)
def test_codes_are_those_that_sorting_finds(codes: list[int]) -> None:
    held = np.array(codes, np.int64)
    met, which = np.unique(held, return_inverse=True)
    assert distinct(held).tolist() == met.tolist()
    found, places = numbered(held)
    assert found.tolist() == met.tolist()
    assert places.tolist() == which.reshape(-1).tolist()


_ROWS = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.tuples(*[st.one_of(st.integers(-1, 3), st.integers(-1, (1 << 31) - 1)) for _ in range(width)]),
        min_size=1,
        max_size=60,
    )
)


@given(_ROWS)
@settings(max_examples=200)
def test_rows_are_those_that_sorting_finds(rows: list[tuple[int, ...]]) -> None:
    columns = [np.array(one, np.int32) for one in zip(*rows, strict=True)]
    met, first, which = np.unique(np.stack(columns), axis=1, return_index=True, return_inverse=True)
    own, places = distinct_rows(columns)
    assert own.tolist() == first.tolist()
    assert places.tolist() == which.reshape(-1).tolist()
    told, same = distinct_combinations(columns)
    assert told == [tuple(one) for one in met.T.tolist()]
    assert same.tolist() == places.tolist()


def test_of_no_rows_nothing_is_distinct() -> None:
    none = np.empty(0, np.int32)
    assert distinct(none).size == 0
    assert [one.size for one in numbered(none)] == [0, 0]
    assert distinct_combinations([none, none])[0] == []
