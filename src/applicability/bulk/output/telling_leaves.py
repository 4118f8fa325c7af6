"""Which of several conditions that decide alike tells a reader most.

Of those that are met it is the one that the fewest measures set: being an enterprise says little, having a foreign
investor more. Of those that are not met, or not known, it is what an entity is or does, which it can hardly change;
then who its owners are; then the rest, such as the place where it is registered. Where two are equal, it is the first
in the text.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from applicability.lazy_dataclass import replace
from applicability.model.conditions import Condition, Ground, Leaf, leaves
from applicability.model.leaf_kinds import BUSINESS, column_of, kind_of
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

_MOVABLE = ("fixed", "owners", "cost")
_ELIGIBLE = int(Verdict.ELIGIBLE)


class TellingLeaves:
    """Ranks the conditions of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._known: dict[tuple[Condition, bool], int] = {}

    def rank(self, leaf: Condition, verdict: int) -> int:
        """How early to name a condition that has this verdict: the lowest first."""
        key = leaf, verdict == _ELIGIBLE
        if key not in self._known:
            own = self._commonness if verdict == _ELIGIBLE else self._movability
            self._known[key] = min(map(own, leaves(leaf)), default=0)
        return self._known[key]

    def _commonness(self, leaf: Leaf) -> int:
        if kind_of(leaf).nature != "comparison":
            return len(self._rulebook.measures)  # a limit says nothing of the entity
        return self._measures[_bare(leaf)]

    @cached_property
    def _measures(self) -> Counter[Leaf]:
        """How many measures set each condition."""
        every = (one.condition for one in self._rulebook.measures if one.condition is not None)
        return Counter(leaf for condition in every for leaf in {*map(_bare, leaves(condition))})

    def _movability(self, leaf: Leaf) -> int:
        if kind_of(leaf).nature != "comparison":
            return len(_MOVABLE) - 1
        column = column_of(leaf)
        declared = self._rulebook.facts.get(column)
        return 0 if column == BUSINESS else _MOVABLE.index("cost" if declared is None else declared.movable)


def _bare(leaf: Leaf) -> Leaf:
    """A condition without the words that it rests on."""
    return replace(leaf, ground=Ground())
