"""Memoised functions of two small codes, vectorised over arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.distinct import distinct
from applicability.bulk.engine.hash_index import HashIndex

Codes = NDArray[np.int32]

# A larger table would not stay in a core's cache; pairs are then looked up in a hash index.
_TABLE = 1 << 20
_UNKNOWN = -1


class PairTable:
    """Memoises `of(left, right)` for non-negative codes."""

    def __init__(self, of: Callable[[int, int], int]) -> None:
        self._of = of
        self._table: Codes = np.full((0, 0), _UNKNOWN, np.int32)
        self._known = HashIndex()

    def __call__(self, left: Codes, right: Codes) -> Codes:
        """`of` for each position of two int32 arrays of one shape (n,); the result is int32, shape (n,)."""
        if not left.size:
            return np.empty(0, np.int32)
        rows, columns = int(left.max()) + 1, int(right.max()) + 1
        if self._fits(rows, columns):
            return self._by_table(left, right)
        return self._by_key(left, right)

    def _fits(self, rows: int, columns: int) -> bool:
        held = self._table.shape
        if rows > held[0] or columns > held[1]:
            wider = tuple(_room(need, have) for need, have in zip((rows, columns), held, strict=True))
            if wider[0] * wider[1] > _TABLE:
                return False
            table = np.full(wider, _UNKNOWN, np.int32)
            table[: held[0], : held[1]] = self._table
            self._table = table
        return True

    def _by_table(self, left: Codes, right: Codes) -> Codes:
        keys = left.astype(np.intp)
        keys *= self._table.shape[1]
        keys += right
        flat = self._table.reshape(-1)
        found: Codes = flat.take(keys)
        if found.min() == _UNKNOWN:
            for key in distinct(keys[found == _UNKNOWN]).tolist():
                flat[key] = self._of(*divmod(key, self._table.shape[1]))
            flat.take(keys, out=found)
        return found

    def _by_key(self, left: Codes, right: Codes) -> Codes:
        keys = left.astype(np.int64) << 32 | right
        found = self._known.find(keys)
        if found.min() == _UNKNOWN:
            unmet = distinct(keys[found == _UNKNOWN])
            results = [self._of(key >> 32, key & 0xFFFFFFFF) for key in unmet.tolist()]
            self._known.add(unmet, np.array(results, np.int32))
            found = self._known.find(keys)
        return found


class GrowingArray:
    """An int32 array that grows by appending."""

    def __init__(self) -> None:
        self._held: Codes = np.empty(0, np.int32)
        self._count = 0

    def append(self, number: int) -> None:
        """Appends a number."""
        if self._count == self._held.size:
            self._held = np.concatenate((self._held, np.empty(max(16, self._count), np.int32)))
        self._held[self._count] = number
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def at(self, places: Codes) -> Codes:
        """The numbers at these positions."""
        return self._held[: self._count].take(places)


def _room(need: int, have: int) -> int:
    """Capacity to grow to, so that a table is seldom copied."""
    return have if need <= have else max(16, 1 << (need - 1).bit_length())


class CombinationIndex:
    """Numbers the combinations of codes in the order they occur; `parts[number]` are the codes of one."""

    def __init__(self, width: int) -> None:
        self.parts: list[tuple[int, ...]] = []
        self._stages = [_Stage() for _ in range(width - 1)]

    def __call__(self, arrays: Sequence[Codes]) -> Codes:
        """The number of the combination at each position; `arrays` and the result are int32, shape (n,)."""
        found = arrays[0]
        if not self._stages:
            most = int(found.max(initial=-1))
            self.parts.extend((code,) for code in range(len(self.parts), most + 1))
            return found
        for stage, codes in zip(self._stages, arrays[1:], strict=True):
            found = stage.pairs(found, codes)
        for number in range(len(self.parts), len(self._stages[-1].met)):
            self.parts.append(self._codes(number))
        return found

    def _codes(self, number: int) -> tuple[int, ...]:
        codes: list[int] = []
        for stage in reversed(self._stages):
            number, code = stage.met[number]
            codes.append(code)
        return (number, *reversed(codes))


class _Stage:
    """Numbers pairs of codes."""

    def __init__(self) -> None:
        self.met: list[tuple[int, int]] = []
        self._numbers: dict[tuple[int, int], int] = {}
        self.pairs = PairTable(self._number)

    def _number(self, left: int, right: int) -> int:
        number = self._numbers.setdefault((left, right), len(self.met))
        if number == len(self.met):
            self.met.append((left, right))
        return number
