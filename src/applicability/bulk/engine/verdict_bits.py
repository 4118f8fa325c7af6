"""The verdicts of many companies as bits: "the verdict is at least k" for every measure and level."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from applicability.analysis.levels import LEVELS
from applicability.bulk.engine.masks import WIDTH, Masks, MaskWords
from applicability.lazy_dataclass import dataclass
from applicability.model.measure import Measure
from applicability.model.verdict import Verdict

_OPEN = frozenset((Verdict.ELIGIBLE, Verdict.CONDITIONAL))
# Companies whose bits are unpacked at once.
_BLOCK = 1 << 16
# Companies that are looked at together for the first few that a measure is open to.
_SOME = 1 << 12
_LANES = np.uint64(0x0101010101010101)


@dataclass(frozen=True)
class Lines:
    """Verdicts in long form: row of the company, index of the measure in `VerdictBits.measures`, verdict 0 to 4; shape
    (n,).
    """

    rows: NDArray[np.int64]
    measures: NDArray[np.int64]
    verdicts: NDArray[np.uint8]


@dataclass(frozen=True)
class VerdictBits:
    """The verdicts of companies on the measures that have one.

    `words` are the bits of each company (uint64, shape (words, companies)); `unreadable` is bool, shape (companies,).
    Companies in `unreadable` have no verdicts: their bits are meaningless.
    """

    measures: tuple[Measure, ...]
    masks: Masks
    words: MaskWords
    unreadable: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.unreadable)

    def part(self, start: int, stop: int) -> VerdictBits:
        """The verdicts of the companies in rows `start` to `stop`."""
        return VerdictBits(self.measures, self.masks, self.words[:, start:stop], self.unreadable[start:stop])

    def of_rows(self, rows: NDArray[np.int64]) -> VerdictBits:
        """The verdicts of the companies in some rows."""
        return VerdictBits(self.measures, self.masks, self.words.take(rows, axis=1), self.unreadable[rows])

    def readable(self) -> VerdictBits:
        """The verdicts of the companies that can be read."""
        rows = np.flatnonzero(~self.unreadable)
        if rows.size == len(self):
            return self
        return VerdictBits(self.measures, self.masks, self.words.take(rows, axis=1), np.zeros(rows.size, np.bool_))

    def verdicts(self, index: int) -> NDArray[np.uint8]:
        """The verdict of every company on the measure of that index, 0 to 4 (uint8, shape (companies,))."""
        found = np.zeros(len(self), np.uint8)
        for bit in self.masks.bits[index]:
            if bit >= 0:
                found += (self._lanes[bit // WIDTH, bit % WIDTH // 8] >> np.uint8(bit % 8)) & np.uint8(1)
        return found

    @cached_property
    def _lanes(self) -> NDArray[np.uint8]:
        """The bytes of the words, least significant first: shape (words, 8, companies)."""
        lowest_first = self.words.astype("<u8", order="C").view(np.uint8).reshape(self.masks.words, len(self), 8)
        return np.ascontiguousarray(lowest_first.transpose(0, 2, 1))

    def counts(self) -> NDArray[np.int64]:
        """How many companies have each verdict on each measure (int64, shape (measures, 5))."""
        apart = np.flatnonzero(self.unreadable)
        counted = [_bit_counts(word) - _bit_counts(word[apart]) for word in self.words]
        held = np.concatenate(counted or [np.zeros(0, np.int64)])
        found = np.zeros((len(self.measures), len(LEVELS) + 1), np.int64)
        for own, bits in zip(found, self.masks.bits, strict=True):
            reached = [len(self) - apart.size, *(int(held[bit]) if bit >= 0 else 0 for bit in bits), 0]
            own[:] = [one - more for one, more in pairwise(reached)]
        return found

    def open_to_any(self, measures: Collection[int], least: Verdict = Verdict.CONDITIONAL) -> NDArray[np.bool_]:
        """Which companies can use a measure at one of these indices, now or once an authority agrees (bool); with
        another `least`, for which companies the verdict on one is at least that.
        """
        asked = np.zeros(self.masks.words, np.uint64)
        for index in measures:
            bit = self.masks.bits[index][least - 1]
            if bit >= 0:
                asked[bit // WIDTH] |= np.uint64(1) << np.uint64(bit % WIDTH)
        some = np.zeros(len(self), np.bool_)
        for word, bits in zip(self.words, asked, strict=True):
            if bits:
                some |= (word & bits) != 0
        some &= ~self.unreadable
        return some

    def open_on(self, index: int, least: Verdict = Verdict.CONDITIONAL) -> NDArray[np.bool_]:
        """The same of the measure at that index alone."""
        bit = self.masks.bits[index][least - 1]
        if bit < 0:
            return np.zeros(len(self), np.bool_)
        held = (self.words[bit // WIDTH] >> np.uint64(bit % WIDTH)) & np.uint64(1)
        found: NDArray[np.bool_] = held.astype(np.bool_) & ~self.unreadable
        return found

    def first_open(self, index: int, count: int) -> list[int]:
        """The rows of the first companies, at most so many, that can use the measure at that index."""
        found: list[int] = []
        for start in range(0, len(self), _SOME):
            hits = np.flatnonzero(self.part(start, start + _SOME).open_on(index))
            found += (hits[: count - len(found)] + start).tolist()
            if len(found) == count:
                break
        return found

    def lines(self, only: Collection[Verdict] = _OPEN) -> Iterator[Lines]:
        """The verdicts that are in `only`, by company and then by measure, at most 65,536 companies at a time."""
        lowest = int(min(only, default=Verdict.ELIGIBLE))
        bits = np.array(self.masks.bits, np.int64).reshape(len(self.measures), len(LEVELS))
        wanted = np.isin(np.arange(len(LEVELS) + 1), [int(one) for one in only])
        some_apart = not wanted[lowest:].all()
        for start in range(0, len(self), _BLOCK):
            part = self.part(start, start + _BLOCK)
            rows, measures, verdicts = part._every() if lowest == 0 else part._at_least(lowest, bits)
            rows += start
            if some_apart or self.unreadable[start : start + _BLOCK].any():
                keep = np.flatnonzero(wanted[verdicts] & ~self.unreadable[rows])
                rows, measures, verdicts = rows[keep], measures[keep], verdicts[keep]
            yield Lines(rows, measures, verdicts)

    def _every(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Rows, measures and verdicts of all lines, ordered by row and then by measure."""
        rows = np.repeat(np.arange(len(self)), len(self.measures))
        found = np.empty((len(self), len(self.measures)), np.uint8)
        for index in range(len(self.measures)):  # byte by byte: several times as fast as a look at each word
            found[:, index] = self.verdicts(index)
        return rows, np.tile(np.arange(len(self.measures)), len(self)), found.ravel()

    def _at_least(
        self, lowest: int, bits: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """The same of the lines whose verdict is at least a level above 0."""
        rows, measures = self._candidates(self.words, bits, lowest)
        verdicts = np.full(rows.size, lowest, np.uint8)
        for level in range(lowest, len(LEVELS)):
            bit = bits[measures, level]
            held = self.words[bit // WIDTH, rows] >> (bit % WIDTH).astype(np.uint64)
            verdicts += ((held & np.uint64(1)) & (bit >= 0)).astype(np.uint8)
        return rows, measures, verdicts

    def _candidates(
        self, words: MaskWords, bits: NDArray[np.int64], level: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows and measures whose verdict is at least a level above 0, ordered by row and then by measure."""
        own = bits[:, level - 1]
        keys = []
        for word in range(self.masks.words):
            here = np.flatnonzero((own >= 0) & (own // WIDTH == word))
            if here.size:
                keys.append(_keys(words[word], own[here] % WIDTH, here, len(self.measures)))
        found = np.sort(np.concatenate(keys or [np.zeros(0, np.int64)]))
        return np.divmod(found, len(self.measures))


def _keys(word: MaskWords, bits: NDArray[np.int64], measures: NDArray[np.int64], stride: int) -> NDArray[np.int64]:
    """`row × stride + measure` wherever a measure's bit is set; several measures may share a bit."""
    asked = np.uint64(sum(1 << bit for bit in set(bits.tolist())))
    held = word & asked
    some = np.flatnonzero(held != 0)
    unpacked = np.unpackbits(held[some].view(np.uint8), bitorder="little")
    hits = np.flatnonzero(unpacked.view(np.bool_))  # many times as fast on booleans as on numbers
    order = np.argsort(bits, kind="stable")
    first = np.searchsorted(bits[order], np.arange(WIDTH + 1))
    which = hits % WIDTH
    times = (first[1:] - first[:-1])[which]
    rows = np.repeat(some[hits // WIDTH], times)
    offset = np.arange(rows.size) - np.repeat(np.cumsum(times) - times, times)
    found: NDArray[np.int64] = rows * stride + measures[order[np.repeat(first[which], times) + offset]]
    return found


def _bit_counts(word: MaskWords) -> NDArray[np.int64]:
    """How many words have each of the 64 bits set (int64, shape (64,)).

    A carry-save adder first sums seven words bitwise, all 64 bits side by side, into three: the ones, twos and fours.
    """
    part = word.size // 7
    a, b, c, d, e, f, g = word[: 7 * part].reshape(7, part)
    abc, two_of_abc = _added(a, b, c)
    def_, two_of_def = _added(d, e, f)
    ones, two_of_all = _added(abc, def_, g)
    twos, fours = _added(two_of_abc, two_of_def, two_of_all)
    return _counted(ones) + 2 * _counted(twos) + 4 * _counted(fours) + _counted(word[7 * part :])


def _added(one: MaskWords, other: MaskWords, third: MaskWords) -> tuple[MaskWords, MaskWords]:
    """Full adder on 64 bits at once: the sum and carry words."""
    either = one ^ other
    return either ^ third, one & other | either & third


def _counted(word: MaskWords) -> NDArray[np.int64]:
    """How many words have each of the 64 bits set, counted in byte lanes."""
    counts = np.zeros((8, 8), np.int64)  # indices: bit in its byte, byte in its word
    for start in range(0, word.size, 255 * 4096):
        part = word[start : start + 255 * 4096]
        rows = -(-part.size // 255)
        padded = np.zeros(rows * 255, np.uint64)
        padded[: part.size] = part
        for bit in range(8):
            # Eight byte lanes in one word, each counting to 255.
            lanes = ((padded >> np.uint64(bit)) & _LANES).reshape(255, rows).sum(axis=0, dtype=np.uint64)
            counts[bit] += lanes.view(np.uint8).reshape(rows, 8).sum(axis=0, dtype=np.int64)
    return counts.T.reshape(-1)
