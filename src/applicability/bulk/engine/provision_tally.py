"""Counts the companies that a provision of a document's body applies to, by the classes that the rules tell apart."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.minmax_terms import ELIGIBLE, INELIGIBLE, ClassTable, LeafPlaces, Verdicts
from applicability.bulk.engine.pair_table import Codes
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Leaf, Within, fold, leaves
from applicability.model.rulebook import Provision


@dataclass(frozen=True)
class _TalliedProvision:
    """A provision, and for each leaf of its condition the leaves of rules whose maximum it is."""

    provision: Provision
    parts: dict[int, tuple[Leaf, ...]]  # by the leaf's identity


@functools.lru_cache(maxsize=4)  # by identity: a table remembers what it was asked by identity too
def _tallied(known: LeafPlaces) -> tuple[_TalliedProvision, ...]:
    """The provisions whose leaves rules tell apart; the others cannot be counted by classes."""
    found = []
    for one in known.rulebook.provisions:
        parts = {id(leaf): _parts(leaf, known) for leaf in leaves(one.when)}
        if all(parts.values()):
            found.append(_TalliedProvision(one, parts))
    return tuple(found)


def _parts(leaf: Leaf, known: LeafPlaces) -> tuple[Leaf, ...]:
    """The leaf if rules test the same; of places, those leaves that together name all of them; else none."""
    if known.has(leaf):
        return (leaf,)
    if not isinstance(leaf, Within):
        return ()
    every = (other for group in known.groups for other in group.leaves)
    within = tuple(one for one in every if isinstance(one, Within) and set(one.places) <= set(leaf.places))
    return within if set(leaf.places) == {place for one in within for place in one.places} else ()


def provision_tally(table: ClassTable, codes: Sequence[Codes], readable: NDArray[np.bool_]) -> dict[str, int]:
    """How many readable companies meet the condition of each provision that classes tell, by its id."""
    met, fails = (np.full(len(readable), verdict, np.uint8) for verdict in (ELIGIBLE, INELIGIBLE))

    def every(parts: Sequence[Verdicts]) -> Verdicts:
        return functools.reduce(np.minimum, parts, met)

    def some(parts: Sequence[Verdicts]) -> Verdicts:
        return functools.reduce(np.maximum, parts, fails)

    def read(leaf: Leaf) -> Verdicts:
        group, place = table.place(leaf)
        return table.vectors[group][:, place].take(codes[group])

    found = {}
    for one in _tallied(table.leaves):
        held = fold(
            one.provision.when,
            lambda leaf, parts=one.parts: some([*map(read, parts[id(leaf)])]),  # type: ignore[misc]
            every,
            some,
            lambda _, part: (ELIGIBLE - part).astype(np.uint8),
        )
        found[one.provision.id] = int(((held == ELIGIBLE) & readable).sum())
    return found
