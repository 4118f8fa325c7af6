"""A condition as a maximum over terms of minima over groups.

Minimum and maximum distribute over each other, so every condition has this form, for all levels at once. A group's part
of a term is an array: its verdict for each class of the group.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.groups import FactGroup, groups_of, reading_of
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Any_, Condition, Leaf, Not, fold, leaves
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

# The verdict, 0 to 4, of a part of a condition for each class of a group: shape (classes,).
Verdicts = NDArray[np.uint8]
# By the index of the group; a group that is absent is not read by the term.
Term = Mapping[int, Verdicts]
ELIGIBLE, INELIGIBLE = int(Verdict.ELIGIBLE), int(Verdict.INELIGIBLE)
# Conditions whose groups are cached: more than those of a rulebook.
_REMEMBERED = 20_000
# Terms of one condition beyond which it is decided per combination of classes instead.
MOST = 64


class TooManyTerms(Exception):
    """Distributing this condition would take more than MOST terms."""


class LeafPlaces:
    """Index from each leaf of a rulebook to its group and its position there."""

    def __init__(self, rulebook: Rulebook, groups: Sequence[FactGroup]) -> None:
        self.rulebook = rulebook
        self.groups = tuple(groups)
        self._by_reading = {
            reading_of(rulebook, leaf): (index, place)
            for index, group in enumerate(self.groups)
            for place, leaf in enumerate(group.leaves)
        }
        # By id, beside what it is the id of, which so stays alive: ids are reused.
        self._by_leaf: dict[int, tuple[Leaf, tuple[int, int]]] = {}
        self._by_condition: BoundedCache[int, tuple[Condition, frozenset[int]]] = BoundedCache(_REMEMBERED)
        self._inward: BoundedCache[int, tuple[Not, Condition]] = BoundedCache(_REMEMBERED)

    def has(self, leaf: Leaf) -> bool:
        """Whether some rule tests the same."""
        return reading_of(self.rulebook, leaf) in self._by_reading

    def place(self, leaf: Leaf) -> tuple[int, int]:
        """The index of a leaf's group, and the leaf's position in the group."""
        known = self._by_leaf.get(id(leaf))
        if known is None:
            known = self._by_leaf[id(leaf)] = (leaf, self._by_reading[reading_of(self.rulebook, leaf)])
        return known[1]

    def read_by(self, condition: Condition) -> frozenset[int]:
        """The indices of the groups that a condition reads; it is kept, so it must be the same object each time."""
        known = self._by_condition.get(id(condition))
        if known is None:
            groups = frozenset(self.place(leaf)[0] for leaf in leaves(condition))
            known = self._by_condition[id(condition)] = (condition, groups)
        return known[1]

    def inward(self, negated: Not) -> Condition:
        """A negated combination with the negation moved to its parts, the same object each time."""
        known = self._inward.get(id(negated))
        if known is None:
            known = self._inward[id(negated)] = (negated, _inward(negated))
        return known[1]


def _inward(negated: Not) -> Condition:
    match negated.part:
        case All(parts):
            return Any_(tuple(map(Not, parts)))
        case Any_(parts):
            return All(tuple(map(Not, parts)))
        case Not(part):
            return part
        case _:
            raise AssertionError("a leaf reads one group")


@functools.lru_cache(maxsize=4)  # by identity
def leaf_places(rulebook: Rulebook) -> LeafPlaces:
    """Where the leaves of a rulebook stand: the same for all its screeners."""
    return LeafPlaces(rulebook, groups_of(rulebook))


@dataclass(frozen=True)
class ClassTable:
    """The verdict of each leaf of a rulebook for each class of its group."""

    leaves: LeafPlaces
    vectors: tuple[NDArray[np.uint8], ...]  # per group: shape (classes, leaves)

    @classmethod
    def of(cls, leaves: LeafPlaces, vectors: Sequence[Sequence[bytes]]) -> ClassTable:
        """From an encoder's vectors."""
        arrays = tuple(
            np.frombuffer(b"".join(own), np.uint8).reshape(len(own), len(group.leaves))
            for group, own in zip(leaves.groups, vectors, strict=True)
        )
        return cls(leaves, arrays)

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook of these leaves."""
        return self.leaves.rulebook

    def place(self, leaf: Leaf) -> tuple[int, int]:
        """The index of a leaf's group, and the leaf's position in the group."""
        return self.leaves.place(leaf)

    def read(self, condition: Condition, group: int) -> Verdicts:
        """The verdict of a condition that reads that group only, for each class (uint8, shape (classes,))."""
        vectors = self.vectors[group]
        met, fails = (np.full(len(vectors), verdict, np.uint8) for verdict in (ELIGIBLE, INELIGIBLE))
        return fold(
            condition,
            lambda leaf: vectors[:, self.place(leaf)[1]],
            lambda parts: functools.reduce(np.minimum, parts, met),
            lambda parts: functools.reduce(np.maximum, parts, fails),
            # Only comparisons of facts occur under `not`: they are met, missing or fail, that is 4, 2 or 0.
            lambda _, part: (ELIGIBLE - part).astype(np.uint8),
        )

    def terms(self, condition: Condition) -> list[Term]:
        """The terms of a condition; none if it always fails. Raises TooManyTerms."""
        groups = self.leaves.read_by(condition)
        if len(groups) == 1:
            (group,) = groups
            return _plain([{group: self.read(condition, group)}])
        match condition:
            case All(parts):
                found: list[Term] = [{}]
                for part in parts:
                    found = _plain([_both(one, other) for one in found for other in self.terms(part)])
                return found
            case Any_(parts):
                return _plain([term for part in parts for term in self.terms(part)])
            case Not():
                return self.terms(self.leaves.inward(condition))
            case _:
                raise AssertionError("a leaf reads one group")


def _both(one: Term, other: Term) -> Term:
    """The minimum of two terms."""
    both = {**one}
    for group, verdicts in other.items():
        both[group] = np.minimum(both[group], verdicts) if group in both else verdicts
    return both


def _plain(terms: Sequence[Term]) -> list[Term]:
    """An equivalent list of fewer terms. Raises TooManyTerms if there are still too many."""
    found: list[Term] = []
    for term in terms:
        read = {group: verdicts for group, verdicts in term.items() if not (verdicts == ELIGIBLE).all()}
        if all(verdicts.any() for verdicts in read.values()):
            _add(found, read)
    if len(found) > MOST:
        raise TooManyTerms
    return found


def _add(found: list[Term], term: Term) -> None:
    """Adds a term unless another covers it; merges two that differ in one group only."""
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
    """Whether the first term is at least the second everywhere, judging group by group."""
    return all(group in other and (verdicts >= other[group]).all() for group, verdicts in one.items())
