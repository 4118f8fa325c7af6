"""Hash index from 64-bit keys to small integers, vectorised over arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Numbers = NDArray[np.int32]

_FREE, _NONE = -1, -1
# 2**64 divided by the golden ratio: Fibonacci hashing spreads neighbouring keys.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FIRST = 10


class HashIndex:
    """Maps non-negative keys (int64) to non-negative numbers (int32) by open addressing with linear probing.

    The load factor is at most one half, so few keys need a second probe.
    """

    def __init__(self) -> None:
        self._count = 0
        self._clear(_FIRST)

    def _clear(self, bits: int) -> None:
        self._bits = bits
        self._keys: Keys = np.full(1 << bits, _FREE, np.int64)
        self._numbers: Numbers = np.full(1 << bits, _NONE, np.int32)

    def __len__(self) -> int:
        return self._count

    def find(self, keys: Keys) -> Numbers:
        """The number of each key (int32, the shape of `keys`); -1 for an absent key."""
        slots = self._slots(keys)
        held = self._keys[slots]
        found: Numbers = self._numbers[slots]
        left = np.flatnonzero((held != keys) & (held != _FREE))
        found[left] = _NONE
        slots = slots[left]
        while left.size:
            slots = (slots + 1) & (len(self._keys) - 1)
            held = self._keys[slots]
            hit = held == keys[left]
            found[left[hit]] = self._numbers[slots[hit]]
            on = ~hit & (held != _FREE)
            left, slots = left[on], slots[on]
        return found

    def add(self, keys: Keys, numbers: Numbers) -> None:
        """Insert keys (int64, shape (n,)) that are distinct and absent."""
        self._count += len(keys)
        if 2 * self._count > len(self._keys):
            own = self._keys != _FREE
            keys, numbers = np.concatenate((self._keys[own], keys)), np.concatenate((self._numbers[own], numbers))
            self._clear(int(2 * self._count).bit_length())
        last = len(self._keys) - 1
        for key, number, slot in zip(keys.tolist(), numbers.tolist(), self._slots(keys).tolist(), strict=True):
            while self._keys[slot] != _FREE:
                slot = (slot + 1) & last
            self._keys[slot], self._numbers[slot] = key, number

    def _slots(self, keys: Keys) -> Keys:
        spread = keys.astype(np.uint64) * _SPREAD >> np.uint64(64 - self._bits)
        return spread.astype(np.int64)
