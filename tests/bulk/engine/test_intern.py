"""Column values are distinguished as in Python, whatever their Arrow representation."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, strategies as st

from applicability.bulk.engine.arrays import NONE, CellColumn, bare, different, lists
from applicability.bulk.engine.intern import InternTable
from applicability.bulk.engine.verdict_bits import _bit_counts

words = st.none() | st.sampled_from(["a", "b", "", " ", "\u3000", "á", "a "]) | st.text(max_size=3)
batches = st.lists(st.lists(words, max_size=12), max_size=5)


def _texts(batch: Sequence[str | None], how: int) -> Any:
    """A batch as one of the column types that can hold it."""
    if how == 0:
        return CellColumn(batch)
    array = pa.array(batch, pa.large_string() if how == 1 else pa.string())
    return array if how < 3 else array.dictionary_encode()


@given(batches, st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_each_text_is_worked_out_once_and_blank_ones_are_none(batches: list[list[str | None]], hows: list[int]) -> None:
    known, asked = InternTable(), list[object]()

    def of(value: object) -> int:
        asked.append(value)
        return _code(value)

    for batch, how in zip(batches, hows, strict=False):
        told = [text if text is not None and text.strip() else None for text in batch]
        found = known.codes(different(_texts(batch, how)), of, 0)
        assert found.tolist() == [0 if text is None else _code(text) for text in told]
    assert all(asked.count(value) <= 2 for value in asked)  # once from cells, and once from arrays


def _code(value: object) -> int:
    return sum(map(ord, str(value))) + 1


def test_arrow_takes_for_a_space_what_python_does() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert pc.utf8_is_space(pa.array(every)).to_pylist() == [one.isspace() for one in every]


numbers = st.lists(st.none() | st.integers(-100, 100), max_size=20)


@pytest.mark.parametrize("kind", [pa.int8(), pa.int64(), pa.float64(), pa.bool_()], ids=str)
@given(held=numbers, start=st.integers(0, 5))
def test_numbers_are_as_they_stand_wherever_a_column_was_cut(kind: Any, held: list[int | None], start: int) -> None:
    own = [None if one is None else bool(one % 2) if pa.types.is_boolean(kind) else one for one in held]
    array = pa.array(own, kind).slice(start)
    found, missing = bare(array)
    absent = np.zeros(len(array), np.bool_) if missing is None else missing
    assert absent.tolist() == [one is None for one in own[start:]]
    assert [one for one, none in zip(found.tolist(), absent, strict=True) if not none] == [
        one for one in own[start:] if one is not None
    ]


@given(
    held=st.lists(st.none() | st.lists(st.sampled_from(["a", "b", None]), max_size=3), max_size=8),
    start=st.integers(0, 3),
)
def test_lists_are_taken_apart_wherever_a_column_was_cut(held: list[list[str | None] | None], start: int) -> None:
    found = lists(pa.array(held, pa.list_(pa.string())).slice(start))
    told = [
        [found.words.values[place] if place != NONE else None for place in found.words.places[first : first + length]]
        for first, length in zip(found.starts.tolist(), found.lengths.tolist(), strict=True)
    ]
    assert told == [one or [] for one in held[start:]]
    assert found.empty.tolist() == [row for row, one in enumerate(held[start:]) if one == []]


@given(st.lists(st.integers(0, (1 << 64) - 1), max_size=40), st.sampled_from([1, 7, 300]))
def test_bits_are_counted_as_one_by_one(held: list[int], times: int) -> None:
    word = np.array(held * times, np.uint64)
    assert _bit_counts(word).tolist() == [sum(one >> bit & 1 for one in held) * times for bit in range(64)]
