"""Small numbers by keys of 64 bits, looked up for whole arrays at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Numbers = NDArray[np.int32]

_FREE, _NONE = -1, -1
# 2 to the 64th, divided by the golden ratio: neighbouring keys come far apart.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FIRST = 10


class HashIndex:
    """Numbers from 0 on, by keys from 0 on. A key stands in the first free slot behind its own (open addressing).

    At most half of the slots are taken, so few keys are looked for twice.
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
        """The number of each key, -1 for one that is not held."""
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
        """Hold some more: keys that are not held, each once."""
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
