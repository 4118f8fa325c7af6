"""Which place `city` means for a measure: of registration, where a person enters or practises, where goods re-enter.

It follows from what the measure reads, since facts, values and activities say it of the rows that read them. Of other
measures nothing is said: there the help of the question holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from applicability.model.conditions import Does, Leaf, OneOf, leaves
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.text import Text


def places_meant(rulebook: Rulebook, measure: Measure) -> tuple[Text, ...]:
    """What the place given means for a measure; empty where it means what it does for most."""
    read = (leaf for condition in measure.conditions for leaf in leaves(condition))
    found = (told for leaf in read for told in _of_leaf(leaf, rulebook))
    return tuple(dict.fromkeys(told for told in found if told is not None))


def _of_leaf(leaf: Leaf, rulebook: Rulebook) -> Iterator[Text | None]:
    match leaf:
        case OneOf(fact, values) if fact in rulebook.facts:
            declaration = rulebook.facts[fact]
            yield declaration.place_meant
            yield from _of_all(one.place_meant for key, one in declaration.values.items() if key in values)
        case Does(activities):
            known = rulebook.sectors.activities
            yield from _of_all(one.place_meant for id, one in known.items() if id in activities)
        case _:
            return


def _of_all(told: Iterable[Text | None]) -> Iterable[Text | None]:
    """What values or activities that a row reads say of its place; nothing where another of them could be meant."""
    every = tuple(told)
    return () if None in every else every
