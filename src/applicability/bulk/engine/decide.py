"""Turns class codes into verdict bits: masks looked up and ANDed, in blocks that fit a core's cache."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from applicability.analysis.compiled_conditions import compiled
from applicability.bulk.engine.groups import conditions_of
from applicability.bulk.engine.masks import Masks, MaskWords, masks_of
from applicability.bulk.engine.minmax_terms import ClassTable, Term, TooManyTerms
from applicability.bulk.engine.pair_table import Codes, CombinationIndex
from applicability.bulk.engine.verdict_bits import VerdictBits
from applicability.model.conditions import Condition, leaves
from applicability.model.measure import Measure
from applicability.model.verdict import Verdict

# Companies per block: what is looked up for them stays in a core's own cache.
_BLOCK = 1 << 16


class Decider:
    """Decides companies by their class codes. Valid only for the classes in the table it was built from."""

    def __init__(self, table: ClassTable) -> None:
        self.table = table
        conditions = conditions_of(table.rulebook)
        self.measures: tuple[Measure, ...] = tuple(measure for measure, _ in conditions)
        terms: list[list[Term] | None] = []
        self.apart: dict[int, CombinationDecider] = {}
        for index, (_, condition) in enumerate(conditions):
            try:
                terms.append(table.terms(condition))
            except TooManyTerms:
                terms.append(None)
                self.apart[index] = CombinationDecider(table, condition)
        self._sizes = [len(vectors) for vectors in table.vectors]
        self.masks = masks_of(terms, self._sizes)

    def decide(self, codes: Sequence[Codes], threads: int = 1) -> VerdictBits:
        """The verdicts of companies. `codes` has one array of class codes (int32, shape (rows,)) per group, in their
        order.
        """
        rows = len(codes[0]) if codes else 0
        words = np.zeros((self.masks.words, rows), np.uint64)
        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(lambda first: _blocks(self.masks, codes, words, first, threads), range(threads)))
        else:
            _blocks(self.masks, codes, words, 0, 1)
        for index, apart in self.apart.items():
            apart.set(codes, words, self.masks.bits[index])
        return VerdictBits(self.measures, self.masks, words, unreadable_of(codes, rows))


def unreadable_of(codes: Sequence[Codes], rows: int) -> NDArray[np.bool_]:
    """Which companies have code 0 in any group (bool, shape (rows,))."""
    found = np.zeros(rows, np.bool_)
    for own in {id(own): own for own in codes}.values():  # groups that no column feeds share one array
        found |= own == 0
    return found


def _blocks(masks: Masks, codes: Sequence[Codes], words: MaskWords, first: int, of: int) -> None:
    """Decides every `of`-th block of the companies, from block `first` on; one call per thread."""
    size = min(_BLOCK, words.shape[1])
    places = np.empty((len(masks.axes), size), np.intp)
    looked = np.empty(size, np.uint64)
    joined = np.empty(size, np.uint64)
    for start in range(first * _BLOCK, words.shape[1], of * _BLOCK):
        stop = min(start + _BLOCK, words.shape[1])
        here = slice(0, stop - start)
        for place, axis in zip(places[:, here], masks.axes, strict=True):
            _axis_codes(place, codes, axis.groups, axis.strides, start, stop)
        seen: set[int] = set()
        for look in masks.looks:
            target = words[look.word, start:stop]
            result = joined[here] if look.word in seen else target
            if not look.tables:
                result[:] = look.held
            for number, (axis_place, table) in enumerate(look.tables):
                into = looked[here] if number else result
                np.take(table, places[axis_place, here], out=into, mode="clip")  # clip: avoids a copy
                if number:
                    result &= into
            if look.word in seen:
                target |= result
            seen.add(look.word)


def _axis_codes(
    place: np.ndarray, codes: Sequence[Codes], groups: tuple[int, ...], strides: tuple[int, ...], start: int, stop: int
) -> None:
    place[:] = codes[groups[0]][start:stop]
    for before, (group, stride) in zip(strides, zip(groups[1:], strides[1:], strict=True), strict=False):
        place *= before // stride
        place += codes[group][start:stop]


class CombinationDecider:
    """Decides a condition with too many terms, once for each combination of classes that occurs."""

    def __init__(self, table: ClassTable, condition: Condition) -> None:
        self._groups = sorted({table.place(leaf)[0] for leaf in leaves(condition)})
        self._vectors = [table.vectors[group] for group in self._groups]
        widths = [vectors.shape[1] for vectors in self._vectors]
        starts = {group: sum(widths[:index]) for index, group in enumerate(self._groups)}
        self._decide = compiled(condition, lambda leaf: starts[table.place(leaf)[0]] + table.place(leaf)[1])
        self._numbers = CombinationIndex(len(self._groups))
        self._found: list[int] = []

    def set(self, codes: Sequence[Codes], words: MaskWords, bits: tuple[int, ...]) -> None:
        """Sets the condition's bits in `words` (uint64, shape (words, rows)), one bit per level."""
        if not len(codes[0]):
            return
        numbers = self._numbers([codes[group] for group in self._groups])
        for parts in self._numbers.parts[len(self._found) :]:
            vector = tuple(
                Verdict(int(one)) for vectors, part in zip(self._vectors, parts, strict=True) for one in vectors[part]
            )
            self._found.append(int(self._decide(vector)))
        verdicts = np.array(self._found, np.uint8)[numbers]
        for level, bit in enumerate(bits, 1):
            words[bit // 64] |= (verdicts >= level).astype(np.uint64) << np.uint64(bit % 64)
