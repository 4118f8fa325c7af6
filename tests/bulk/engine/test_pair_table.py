"""Memoised results equal computed ones, by table or by key, and each pair is computed once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from applicability.bulk.engine import pair_table
from applicability.bulk.engine.hash_index import HashIndex
from applicability.bulk.engine.pair_table import CombinationIndex, PairTable

# Keys that differ in the last bits only, keys far apart, and enough to make a hash table grow.
keys = st.integers(0, 40) | st.integers(0, 1 << 62) | st.integers(0, 900).map(lambda key: key << 32)


@given(st.lists(st.lists(keys, max_size=300), max_size=6), st.lists(keys, max_size=50))
def test_numbers_are_found_by_their_keys(batches: list[list[int]], strangers: list[int]) -> None:
    held, known = HashIndex(), dict[int, int]()
    for batch in batches:
        more = [key for key in dict.fromkeys(batch) if key not in known]
        known |= {key: len(known) + place for place, key in enumerate(more)}
        held.add(np.array(more, np.int64), np.array([known[key] for key in more], np.int32))
        asked = [*known, *strangers, *batch]
        assert held.find(np.array(asked, np.int64)).tolist() == [known.get(key, -1) for key in asked]
    assert len(held) == len(known)


codes = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3000)), max_size=80)


@pytest.mark.parametrize("places", [0, 1 << 12, 1 << 20])
@given(batches=st.lists(codes, max_size=5))
def test_each_pair_is_worked_out_once(places: int, batches: list[list[tuple[int, int]]]) -> None:
    asked: list[tuple[int, int]] = []

    def of(left: int, right: int) -> int:
        asked.append((left, right))
        return 7 * left + right

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_table, "_TABLE", places)
        known, numbers = PairTable(of), CombinationIndex(2)
        for batch in batches:
            left, right = (np.array([pair[side] for pair in batch], np.int32) for side in (0, 1))
            assert known(left, right).tolist() == [7 * one + other for one, other in batch]
            assert [numbers.parts[number] for number in numbers([left, right])] == batch
    met = {pair for batch in batches for pair in batch}
    assert set(asked) == met
    if places != 1 << 12:  # otherwise the table's content is computed again by key
        assert len(asked) == len(met)
    assert len(numbers.parts) == len(met)
