"""What a column lets one know of companies beside what they tell themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np

from applicability.bulk.engine.arrays import Coded
from applicability.bulk.engine.pair_table import Codes, GrowingArray
from applicability.bulk.register.columns.notes import NO_NOTES, Notes
from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass
from applicability.text import Text

# Combinations of what columns say that are remembered from one batch to the next.
REMEMBERED = 300_000
# How to mend two columns that contradict each other.
ONE_IS_WRONG = Text("两处必有一误，请改正", "one of the two is wrong: correct it")
# Of a company: the facts that come from a column that is not their own, in the order they were taken, and that column.
Origin = Mapping[str, str]


@dataclass(frozen=True)
class DerivedFacts:
    """Facts by their columns, with where they come from, and the rows that are noted or set apart.

    `origins` hold an `Origin` for each row. `rejects` are rows with what is wrong, those of one row in their order.
    """

    columns: Mapping[str, object]
    origins: Coded
    notes: Notes = NO_NOTES
    rejects: Sequence[tuple[int, Problem]] = ()


def no_origins(rows: int) -> Coded:
    """Rows that tell all their facts themselves."""
    return Coded([{}], np.zeros(rows, np.int32))


def together(one: Coded, other: Coded) -> Coded:
    """The origins of two columns, those of the first before those of the second; each has few different ones."""
    values = [{**left, **right} for left in _all(one) for right in _all(other)]
    return Coded(values, (one.places * np.int32(len(other.values)) + other.places).astype(np.int32))


def origin_of(origins: Coded, row: int) -> Origin:
    """Where the facts of a row come from."""
    return _all(origins)[int(origins.places[row])]


def _all(origins: Coded) -> Sequence[Origin]:
    return cast("Sequence[Origin]", origins.values)


class Origins:
    """Where facts come from, by what was learnt of a company: the facts that a column gave it."""

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._numbers: dict[tuple[str, ...], int] = {}
        self._of = GrowingArray()

    def append(self, facts: Iterable[str]) -> None:
        """What one more thing that was learnt gave."""
        self._of.append(self._numbers.setdefault(tuple(facts), len(self._numbers)))

    def at(self, found: Codes) -> Coded:
        """The origins of rows, by the numbers of what was learnt of each."""
        return Coded([dict.fromkeys(facts, self._heading) for facts in self._numbers], self._of.at(found))
