"""The first reason of a verdict, for a table: the leaf that decides it, worded for all companies of the same classes.

It is the first leaf that a check would name. A check adds what the company itself stated; here a sentence is made once
for all companies that the rules do not distinguish, so it states only what the rule requires.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.minmax_terms import ClassTable
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Any_, Condition, Leaf, Not, fold, leaves
from applicability.model.rulebook import Measure
from applicability.model.verdict import Verdict
from applicability.report.language.short_reason import short_reason
from applicability.text import Lang

# The verdicts of each group's leaves (shape (classes, leaves) each), and one company's class in each group.
Vectors = Sequence[NDArray[np.uint8]]
Classes = dict[int, int]
# The verdict of a condition for a company of those classes, and the leaf (or negation) that decides it.
Holds = Callable[[Vectors, Classes], tuple[int, Condition]]
# Leaves whose verdicts, combined with the kinds so far, fit in one int64.
_STAGE = 12
_MET, _FAILS = int(Verdict.ELIGIBLE), int(Verdict.INELIGIBLE)


class LeafKinds:
    """Merges a group's classes that some leaves do not distinguish into kinds, far fewer than the classes."""

    def __init__(self, places: tuple[int, ...]) -> None:
        self.first: list[int] = []  # one class of each kind
        self._places = list(places)
        self._kinds: dict[bytes, int] = {}
        self._of: Codes = np.zeros(0, np.int32)

    def of(self, vectors: NDArray[np.uint8]) -> Codes:
        """The kind of each class of the group so far (int32, shape (classes,))."""
        if len(self._of) < len(vectors):
            start = len(self._of)
            read = vectors[start:, self._places]
            firsts, which = _alike(read)
            kinds = np.empty(firsts.size, np.int32)
            for place, row in enumerate(firsts.tolist()):
                kinds[place] = self._kinds.setdefault(read[row].tobytes(), len(self.first))
                if kinds[place] == len(self.first):
                    self.first.append(start + row)
            self._of = np.concatenate((self._of, kinds[which]))
        return self._of


def _alike(read: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first row of each distinct row, and for each row the index of its kind (int64)."""
    firsts, which = np.zeros(1, np.int64), np.zeros(len(read), np.int64)
    for start in range(0, read.shape[1], _STAGE):
        for column in read[:, start : start + _STAGE].T:
            which = which * (_MET + 1) + column
        _, firsts, which = np.unique(which, return_index=True, return_inverse=True)
    return firsts, which


class Reasons:
    """The reasons of verdicts, computed once for the classes that a measure does not distinguish."""

    def __init__(self, table: ClassTable, measures: Sequence[Measure], lang: Lang) -> None:
        self.texts: list[str] = []
        self._measures = measures
        self._lang = lang
        self._rulebook = table.rulebook
        self._ids: dict[tuple[int, Condition, int, bool], int] = {}
        self._places: dict[str, int] = {}
        self._apart: dict[tuple[int, tuple[int, ...]], LeafKinds] = {}
        self._groups = [self._read(_whole(one), table) for one in measures]
        self._numbers = [CombinationIndex(len(groups)) for groups in self._groups]
        self._found = [GrowingArray() for _ in measures]
        self._scopes = [_holds(_scope(one), table) for one in measures]
        self._limbs = [[_holds(limb.when, table) for limb in one.usable] for one in measures]

    def _read(self, condition: Condition, table: ClassTable) -> dict[int, LeafKinds]:
        """The groups that a condition reads, with the kinds of each."""
        places: dict[int, set[int]] = {}
        for leaf in leaves(condition):
            group, place = table.place(leaf)
            places.setdefault(group, set()).add(place)
        keys = [(group, tuple(sorted(places[group]))) for group in sorted(places)]
        return {key[0]: self._apart.setdefault(key, LeafKinds(key[1])) for key in keys}

    def of(
        self, vectors: Vectors, codes: Sequence[Codes], rows: NDArray[np.int64], measures: NDArray[np.int64]
    ) -> Codes:
        """For each line the index of its reason in `texts` (int32, shape (n,)).

        `rows` are rows of companies in `codes`, `measures` indices of measures (int64, shape (n,)).
        """
        found = np.empty(rows.size, np.int32)
        order = np.argsort(measures.astype(np.int16), kind="stable")
        starts = np.flatnonzero(np.diff(measures[order], prepend=-1))
        for part in np.split(order, starts[1:]) if rows.size else ():
            found[part] = self._of_one(int(measures[part[0]]), vectors, codes, rows[part])
        return found

    def _of_one(self, index: int, vectors: Vectors, codes: Sequence[Codes], rows: NDArray[np.int64]) -> Codes:
        groups, known, numbers = self._groups[index], self._found[index], self._numbers[index]
        if not groups:
            return np.full(rows.size, self._made(index, vectors, {}), np.int32)
        which = numbers([apart.of(vectors[group]).take(codes[group].take(rows)) for group, apart in groups.items()])
        for parts in numbers.parts[len(known) :]:
            met = zip(groups.items(), parts, strict=True)
            known.append(self._made(index, vectors, {group: apart.first[kind] for (group, apart), kind in met}))
        return known.at(which)

    def _made(self, index: int, vectors: Vectors, classes: Classes) -> int:
        scope = self._scopes[index](vectors, classes)
        limb = max((one(vectors, classes) for one in self._limbs[index]), key=_verdict)
        verdict, leaf = scope if scope[0] <= limb[0] else limb
        key = (index, leaf, verdict, leaf is scope[1])
        if key not in self._ids:
            text = short_reason(self._rulebook, self._measures[index], leaf, Verdict(verdict), of_scope=key[3])
            self._ids[key] = self._place(text.of(self._lang))
        return self._ids[key]

    def _place(self, text: str) -> int:
        place = self._places.setdefault(text, len(self.texts))
        if place == len(self.texts):
            self.texts.append(text)
        return place


def _verdict(held: tuple[int, Condition]) -> int:
    return held[0]


def _holds(condition: Condition, table: ClassTable) -> Holds:
    """What decides a condition: in `all` the lowest part, in `any` the highest, and of several such the first."""

    def leaf(one: Leaf) -> Holds:
        group, place = table.place(one)
        return lambda vectors, classes: (int(vectors[group][classes[group], place]), one)

    def negated(whole: Not, part: Holds) -> Holds:
        return lambda vectors, classes: (_MET - part(vectors, classes)[0], whole)

    return fold(
        condition,
        leaf,
        lambda parts: _first(min, parts, (_MET, All(()))),
        lambda parts: _first(max, parts, (_FAILS, Any_(()))),
        negated,
    )


def _first(best: Any, parts: Sequence[Holds], nothing: tuple[int, Condition]) -> Holds:
    return lambda vectors, classes: best([part(vectors, classes) for part in parts], key=_verdict, default=nothing)


@dataclass(frozen=True)
class LineText:
    """The texts of the lines of one batch."""

    known: Reasons
    vectors: Vectors
    codes: Sequence[Codes]
    lang: Lang

    def title(self, measure: Measure) -> str:
        """The title of a measure."""
        return measure.title.of(self.lang)

    def reasons(self, rows: NDArray[np.int64], measures: NDArray[np.int64]) -> tuple[Codes, Sequence[str]]:
        """The reason of each line: an index into a list of texts (int32, shape (n,)), and the list."""
        return self.known.of(self.vectors, self.codes, rows, measures), self.known.texts


def _whole(measure: Measure) -> Condition:
    assert measure.condition is not None
    return measure.condition


def _scope(measure: Measure) -> Condition:
    assert measure.scope is not None
    return measure.scope
