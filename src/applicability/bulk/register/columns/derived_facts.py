"""Facts derived from another column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import Coded
from applicability.bulk.engine.pair_table import Codes, GrowingArray
from applicability.bulk.register.columns.notes import NO_NOTES, Notes
from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass
from applicability.text import Text

# Combinations of column values that are cached from one batch to the next.
REMEMBERED = 300_000
# The hint for two columns that contradict each other.
ONE_IS_WRONG = Text("两处必有一误，请改正", "one of the two is wrong: correct it")
# The derived facts of a company in the order they were taken, each with its source column.
Origin = Mapping[str, str]


@dataclass(frozen=True)
class RowLoss:
    """A row of which a column cannot be read or contradicts others, and the facts that are missing then."""

    row: int
    problem: Problem
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class DerivedFacts:
    """Facts by column, with their origins, the notes on rows, and what was lost of them, in the order of rows.

    `origins` has an `Origin` for each row.
    """

    columns: Mapping[str, object]
    origins: Coded
    notes: Notes = NO_NOTES
    losses: Sequence[RowLoss] = ()


def no_origins(rows: int) -> Coded:
    """Origins of rows that state all their facts themselves."""
    return Coded([{}], np.zeros(rows, np.int32))


def together(one: Coded, other: Coded) -> Coded:
    """Merges the origins of two columns, the first column's first; each has few distinct origins."""
    values = [{**left, **right} for left in _all(one) for right in _all(other)]
    return Coded(values, (one.places * np.int32(len(other.values)) + other.places).astype(np.int32))


def without(origins: Coded, fact: str, rows: NDArray[np.int64]) -> Coded:
    """The origins with a fact that some rows are not told after all."""
    told = _all(origins)
    values = [*told, *({name: column for name, column in one.items() if name != fact} for one in told)]
    places = origins.places.copy()
    places[rows] += np.int32(len(told))
    return Coded(values, places)


def _all(origins: Coded) -> Sequence[Origin]:
    return cast("Sequence[Origin]", origins.values)


class Origins:
    """Origins by the number of a derived result: the facts that a column gave."""

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._numbers: dict[tuple[str, ...], int] = {}
        self._of = GrowingArray()

    def append(self, facts: Iterable[str]) -> None:
        """Adds the facts that one more result gave."""
        self._of.append(self._numbers.setdefault(tuple(facts), len(self._numbers)))

    def at(self, found: Codes) -> Coded:
        """The origins of rows, by the number of each row's result (int32, shape (rows,))."""
        return Coded([dict.fromkeys(facts, self._heading) for facts in self._numbers], self._of.at(found))
