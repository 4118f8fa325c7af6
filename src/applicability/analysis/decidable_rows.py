"""Conditions made ready to be decided many times, from the verdicts of their leaves: the verdict, and what holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

from applicability.analysis.classes import Vector
from applicability.analysis.compiled_conditions import compiled
from applicability.analysis.place_classes import PlaceLeaves
from applicability.bounded import BoundedCache
from applicability.model.conditions import Condition, Leaf, Not, bare, fold, leaves
from applicability.model.leaf_kinds import kind_of, reads
from applicability.model.measure import MeasureKey
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import NEGATED, Verdict

_VECTORS_KEPT = 64  # of each row: most entities leave a row open in one of a few ways


class DecidableRow:
    """A condition, ready to be decided from the verdicts of its leaves.

    `alike` has a key for each leaf: leaves with equal keys are equivalent, such as steps of two rows that no entry
    mentions.
    """

    def __init__(self, condition: Condition, rulebook: Rulebook) -> None:
        self.source = condition
        self.condition = bare(condition)
        self.leaves: tuple[Leaf, ...] = tuple(dict.fromkeys(leaves(self.condition)))
        order = {leaf: index for index, leaf in enumerate(self.leaves)}
        self.decide: Callable[[Vector], Verdict] = compiled(self.condition, order.__getitem__)
        self.alike = tuple(
            (type(leaf), getattr(leaf, "step", None), PlaceLeaves(rulebook, (leaf,)).entries)
            if kind_of(leaf).nature == "step"
            else leaf
            for leaf in self.leaves
        )
        self._deciding = _deciding(self.condition, order)
        self._open: BoundedCache[Vector, tuple[Condition, ...]] = BoundedCache(_VECTORS_KEPT)
        self._reading: dict[str, tuple[int, ...]] = {}

    def reading(self, fact: str) -> tuple[int, ...]:
        """The indices of the leaves that read a fact."""
        if fact not in self._reading:
            self._reading[fact] = tuple(index for index, leaf in enumerate(self.leaves) if fact in reads(leaf))
        return self._reading[fact]

    def open(self, vector: Vector) -> tuple[Condition, ...]:
        """The leaves that keep it at `needs_info`: those that `model.evaluate` would call deciding."""
        known = self._open.get(vector)
        if known is None:
            verdict, found = self._deciding(vector)
            known = self._open[vector] = found if verdict is Verdict.NEEDS_INFO else ()
        return known


# Rows that have been made ready, kept as long as their rulebook: a check makes ready those that it leaves undecided.
_ready: WeakKeyDictionary[Rulebook, dict[MeasureKey, DecidableRow]] = WeakKeyDictionary()


def decidable_row(rulebook: Rulebook, key: MeasureKey, condition: Condition) -> DecidableRow:
    """A condition of a rulebook, made ready once."""
    known = _ready.setdefault(rulebook, {})
    row = known.get(key)
    if row is None or row.source is not condition:
        row = known[key] = DecidableRow(condition, rulebook)
    return row


# The verdict of a condition over a vector, and the leaves that decide it.
_Deciding = Callable[[Vector], tuple[Verdict, tuple[Condition, ...]]]


def _deciding(condition: Condition, order: Mapping[Leaf, int]) -> _Deciding:
    def leaf(one: Leaf) -> _Deciding:
        index, alone = order[one], (one,)
        return lambda vector: (vector[index], alone)

    def negated(whole: Not, part: _Deciding) -> _Deciding:
        return lambda vector: (NEGATED[part(vector)[0]], (whole,))

    return fold(
        condition,
        leaf,
        lambda parts: _of(min, parts, Verdict.ELIGIBLE),
        lambda parts: _of(max, parts, Verdict.INELIGIBLE),
        negated,
    )


def _of(choose: Callable[[Iterable[Verdict]], Verdict], parts: Sequence[_Deciding], nothing: Verdict) -> _Deciding:
    def held(vector: Vector) -> tuple[Verdict, tuple[Condition, ...]]:
        below = [part(vector) for part in parts]
        if not below:
            return nothing, ()
        verdict = choose([one for one, _ in below])
        return verdict, tuple(leaf for one, own in below if one is verdict for leaf in own)

    return held
