"""Counts companies by where they lie, as the rules tell it apart: in a group of the pilots, elsewhere, or not known."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.minmax_terms import ELIGIBLE, INELIGIBLE, ClassTable, LeafPlaces
from applicability.bulk.engine.pair_table import Codes
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Within

ELSEWHERE, UNKNOWN = "elsewhere", "unknown"


@functools.lru_cache(maxsize=4)  # by identity: a table remembers what it was asked by identity too
def _asked(leaves: LeafPlaces) -> tuple[Within, ...]:
    """The tests of the groups of pilots; none where no rule asks for one of them."""
    every = tuple(Within(places) for places in leaves.rulebook.pilot_groups)
    return every if all(map(leaves.has, every)) else ()


@dataclass(frozen=True)
class PilotTally:
    """Where the classes of the place group lie: `kinds` has for each class the index of one of `keys`.

    A key is the number of a group of pilots, from 0, or says that a class lies in none, or that this is not known.
    """

    group: int
    keys: tuple[str, ...]
    kinds: NDArray[np.intp]

    @classmethod
    def of(cls, table: ClassTable) -> PilotTally | None:
        """From the classes of a table; None where the rulebook has no pilots, or no rule asks for one of the groups."""
        asked = _asked(table.leaves)
        if not asked:
            return None
        group = table.place(asked[0])[0]
        verdicts = np.stack([table.read(leaf, group) for leaf in asked])
        inside, outside = verdicts == ELIGIBLE, (verdicts == INELIGIBLE).all(axis=0)
        count = len(asked)
        kinds = np.where(inside.any(axis=0), inside.argmax(axis=0), np.where(outside, count, count + 1))
        return cls(group, (*map(str, range(count)), ELSEWHERE, UNKNOWN), kinds)

    def count(self, codes: Codes, some: NDArray[np.bool_] | None = None) -> list[int]:
        """How many companies lie in each of `keys`, by the class codes of the place group; `some` of them only."""
        by_class = np.bincount(codes if some is None else codes[some], minlength=len(self.kinds))
        return [int(by_class[self.kinds == kind].sum()) for kind in range(len(self.keys))]
