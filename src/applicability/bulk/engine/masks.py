"""Compiles the rulebook to bit masks over class codes.

"The verdict is at least k" is a formula; each distinct formula of all measures and levels has one bit. A term of a
formula is an AND over groups, so its bit is set in a group's mask for a class if that class does not rule the term out:
ANDing the masks of a company's classes evaluates all terms at once. Further terms of a formula have their own masks,
and all terms are ORed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from applicability.analysis.levels import LEVELS
from applicability.bulk.engine.minmax_terms import Term
from applicability.lazy_dataclass import dataclass

MaskWords = NDArray[np.uint64]
# One term at one level: per group the classes that do not rule it out, as bytes of 0 and 1; groups where no class rules
# it out are omitted.
MaskConjunction = frozenset[tuple[int, bytes]]
MaskFormula = frozenset[MaskConjunction]
FALSE: MaskFormula = frozenset()
WIDTH = 64
# Entries of a mask table that stays in the L1 cache; small groups are looked up together up to this size.
_NEAR = 4096


@dataclass(frozen=True)
class Axis:
    """Groups looked up together: a company's code is the sum of its class codes, each times its stride."""

    groups: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass(frozen=True)
class Look:
    """One lookup: the AND of a mask from each axis, restricted to the bits `held`, is ORed into word number `word`."""

    word: int
    held: int
    tables: tuple[tuple[int, MaskWords], ...]  # index of the axis, and its masks by code


@dataclass(frozen=True)
class Masks:
    """The formulas of some conditions: the bit of each, and the lookups that compute a company's bits.

    `bits[index][k - 1]` is the bit of "condition `index` is at least k", -1 where that is never true.
    """

    axes: tuple[Axis, ...]
    looks: tuple[Look, ...]
    words: int
    bits: tuple[tuple[int, ...], ...]


def masks_of(conditions: Sequence[Sequence[Term] | None], sizes: Sequence[int]) -> Masks:
    """Compiles conditions, given as terms, to masks over groups with `sizes` classes.

    None is a condition decided elsewhere: it gets bits of its own, which no mask sets.
    """
    formulas = [None if terms is None else tuple(_formula(terms, level) for level in LEVELS) for terms in conditions]
    every = {formula for own in formulas if own is not None for formula in own} - {FALSE}
    place = {formula: bit for bit, formula in enumerate(_clustered(every))}
    free = len(place)
    bits: list[tuple[int, ...]] = []
    for own in formulas:
        if own is None:
            bits.append(tuple(range(free, free + len(LEVELS))))
            free += len(LEVELS)
        else:
            bits.append(tuple(place.get(formula, -1) for formula in own))
    looks = list(_looks(list(place), sizes))
    axes = _axes(looks, sizes)
    return Masks(
        tuple(axes),
        tuple(Look(word, held, tuple(_along(axes, tables, sizes))) for word, held, tables in looks),
        -(-free // WIDTH),
        tuple(bits),
    )


def _formula(terms: Iterable[Term], level: int) -> MaskFormula:
    """The formula of "at least that level": its terms, without those that another term implies."""
    parts: list[dict[int, NDArray[np.bool_]]] = []
    for term in terms:
        part = {group: verdicts >= level for group, verdicts in term.items()}
        part = {group: met for group, met in part.items() if not met.all()}
        if all(met.any() for met in part.values()):
            parts = [other for other in parts if not _within(other, part)]
            if not any(_within(part, other) for other in parts):
                parts.append(part)
    return frozenset(frozenset((group, met.tobytes()) for group, met in part.items()) for part in parts)


def _within(one: Mapping[int, NDArray[np.bool_]], other: Mapping[int, NDArray[np.bool_]]) -> bool:
    """Whether the first term implies the second, judging group by group."""
    return all(group in one and not (one[group] & ~met).any() for group, met in other.items())


def _clustered(formulas: Iterable[MaskFormula]) -> list[MaskFormula]:
    """Formulas ordered so that each word of bits reads few groups: most terms first, then by the groups read."""
    often = Counter(group for formula in formulas for group in {g for part in formula for g, _ in part})

    def key(formula: MaskFormula) -> tuple[object, ...]:
        read = {group for part in formula for group, _ in part}
        return (-len(formula), sorted(read, key=lambda group: (often[group], group)), sorted(map(sorted, formula)))

    return sorted(formulas, key=key)


def _looks(formulas: Sequence[MaskFormula], sizes: Sequence[int]) -> Iterable[tuple[int, int, dict[int, MaskWords]]]:
    """For each word of bits and each layer of terms: the word, its bits, and the masks of the groups read."""
    for first in range(0, len(formulas), WIDTH):
        own = [sorted(formula, key=sorted) for formula in formulas[first : first + WIDTH]]
        for layer in range(max(len(parts) for parts in own)):
            there = {bit: dict(parts[layer]) for bit, parts in enumerate(own) if len(parts) > layer}
            read = sorted({group for part in there.values() for group in part})
            tables = {group: np.zeros(sizes[group], np.uint64) for group in read}
            for bit, part in there.items():
                for group, table in tables.items():
                    met = np.frombuffer(part[group], np.bool_) if group in part else np.ones(sizes[group], np.bool_)
                    table |= met.astype(np.uint64) << np.uint64(bit)
            yield first // WIDTH, sum(1 << bit for bit in there), tables


def _axes(looks: Sequence[tuple[int, int, dict[int, MaskWords]]], sizes: Sequence[int]) -> list[Axis]:
    """The groups that are read, merged into axes where that saves most lookups and the table stays small."""
    reads: dict[tuple[int, ...], set[int]] = {}
    for index, (_, _, tables) in enumerate(looks):
        for group in tables:
            reads.setdefault((group,), set()).add(index)

    def spared(pair: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
        small = math.prod(sizes[group] for axis in pair for group in axis) <= _NEAR
        return len(reads[pair[0]] & reads[pair[1]]) if small else 0

    while len(reads) > 1:
        best = max(combinations(sorted(reads), 2), key=spared)
        if not spared(best):
            break
        one, other = best
        reads[(*one, *other)] = reads.pop(one) | reads.pop(other)
    return [Axis(axis, _strides([sizes[group] for group in axis])) for axis in sorted(reads)]


def _strides(sizes: Sequence[int]) -> tuple[int, ...]:
    return tuple(math.prod(sizes[place + 1 :]) for place in range(len(sizes)))


def _along(
    axes: Sequence[Axis], tables: Mapping[int, MaskWords], sizes: Sequence[int]
) -> Iterable[tuple[int, MaskWords]]:
    """The masks of groups as masks of axes (uint64, one entry per code of the axis)."""
    for place, axis in enumerate(axes):
        if any(group in tables for group in axis.groups):
            whole = np.full(1, ~np.uint64(0))
            for group in axis.groups:
                own = tables.get(group, np.full(sizes[group], ~np.uint64(0)))
                whole = (whole[:, None] & own[None, :]).reshape(-1)
            yield place, whole
