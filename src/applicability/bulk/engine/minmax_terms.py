"""A measure's condition as terms: the maximum over terms of the minimum over groups of what a group alone says.

Minimum and maximum distribute over each other, so every condition has that form, at all levels at once. What a group
alone says is an array: the verdict of its part of the condition for each of its classes.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.groups import FactGroup, reading_of
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Any_, Condition, Leaf, Not, fold, leaves
from applicability.model.rulebook import Rulebook

# The verdict, 0 to 4, of a part of a condition for each class of a group.
Verdicts = NDArray[np.uint8]
# By the place of a group among the groups; a group that a term does not name, it does not read.
Term = Mapping[int, Verdicts]
MET, FAILS = 4, 0
# Terms of one condition beyond which it would rather be decided over joined groups.
MOST = 64


class TooManyTerms(Exception):
    """Distributing this condition would take more than MOST terms."""


class LeafPlaces:
    """Where each leaf of a rulebook stands among the leaves of the groups."""

    def __init__(self, rulebook: Rulebook, groups: Sequence[FactGroup]) -> None:
        self.rulebook = rulebook
        self.groups = tuple(groups)
        self._by_reading = {
            reading_of(rulebook, leaf): (index, place)
            for index, group in enumerate(self.groups)
            for place, leaf in enumerate(group.leaves)
        }
        self._by_leaf: dict[int, tuple[Leaf, tuple[int, int]]] = {}  # with the leaf, whose identity is else reused

    def place(self, leaf: Leaf) -> tuple[int, int]:
        """The group of a leaf, and its place among the group's leaves."""
        known = self._by_leaf.get(id(leaf))
        if known is None:
            known = self._by_leaf[id(leaf)] = (leaf, self._by_reading[reading_of(self.rulebook, leaf)])
        return known[1]


@dataclass(frozen=True)
class ClassTable:
    """What each leaf of a rulebook reads of each class of its group."""

    leaves: LeafPlaces
    vectors: tuple[NDArray[np.uint8], ...]  # for each group: classes × leaves

    @classmethod
    def of(cls, leaves: LeafPlaces, vectors: Sequence[Sequence[bytes]]) -> ClassTable:
        """From vectors as an encoder holds them."""
        arrays = tuple(
            np.frombuffer(b"".join(own), np.uint8).reshape(len(own), len(group.leaves))
            for group, own in zip(leaves.groups, vectors, strict=True)
        )
        return cls(leaves, arrays)

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook whose leaves they are."""
        return self.leaves.rulebook

    def place(self, leaf: Leaf) -> tuple[int, int]:
        """The group of a leaf, and its place among the group's leaves."""
        return self.leaves.place(leaf)

    def read(self, condition: Condition, group: int) -> Verdicts:
        """The verdict of a condition that reads that group alone, for each class of it."""
        vectors = self.vectors[group]
        met, fails = (np.full(len(vectors), verdict, np.uint8) for verdict in (MET, FAILS))
        return fold(
            condition,
            lambda leaf: vectors[:, self.place(leaf)[1]],
            lambda parts: functools.reduce(np.minimum, parts, met),
            lambda parts: functools.reduce(np.maximum, parts, fails),
            # Under `not` stand comparisons of facts, which are met, missing or fail: 4, 2 or 0.
            lambda _, part: (MET - part).astype(np.uint8),
        )

    def terms(self, condition: Condition) -> list[Term]:
        """The terms of a condition; none for one that always fails. Raises TooManyTerms."""
        groups = {self.place(leaf)[0] for leaf in leaves(condition)}
        if len(groups) == 1:
            group = groups.pop()
            return _plain([{group: self.read(condition, group)}])
        match condition:
            case All(parts):
                found: list[Term] = [{}]
                for part in parts:
                    found = _plain([_both(one, other) for one in found for other in self.terms(part)])
                return found
            case Any_(parts):
                return _plain([term for part in parts for term in self.terms(part)])
            case Not(All(parts)):
                return self.terms(Any_(tuple(Not(part) for part in parts)))
            case Not(Any_(parts)):
                return self.terms(All(tuple(Not(part) for part in parts)))
            case Not(Not(part)):
                return self.terms(part)
            case _:
                raise AssertionError("a leaf reads one group")


def _both(one: Term, other: Term) -> Term:
    """The minimum of two terms."""
    both = {**one}
    for group, verdicts in other.items():
        both[group] = np.minimum(both[group], verdicts) if group in both else verdicts
    return both


def _plain(terms: Sequence[Term]) -> list[Term]:
    """The same maximum in fewer terms. Raises TooManyTerms if they are still too many."""
    found: list[Term] = []
    for term in terms:
        read = {group: verdicts for group, verdicts in term.items() if not (verdicts == MET).all()}
        if all(verdicts.any() for verdicts in read.values()):
            _add(found, read)
    if len(found) > MOST:
        raise TooManyTerms
    return found


def _add(found: list[Term], term: Term) -> None:
    """One more term, unless another covers it; two that differ in one group only become one."""
    for place, other in enumerate(found):
        if _covers(other, term):
            return
        if _covers(term, other):
            found[place] = term
            return
        apart = [g for g in term if g not in other or not np.array_equal(term[g], other[g])]
        if term.keys() == other.keys() and len(apart) == 1:
            group = apart[0]
            found[place] = {**other, group: np.maximum(other[group], term[group])}
            return
    found.append(term)


def _covers(one: Term, other: Term) -> bool:
    """Whether the first is nowhere less than the second, as far as group by group tells."""
    return all(group in other and (verdicts >= other[group]).all() for group, verdicts in one.items())
