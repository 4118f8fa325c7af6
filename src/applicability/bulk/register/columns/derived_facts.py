"""Facts derived from another column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import Coded
from applicability.bulk.engine.distinct import distinct, numbered
from applicability.bulk.engine.pair_table import Codes, GrowingArray
from applicability.bulk.register.columns.credit_codes import HashedCodes
from applicability.bulk.register.columns.notes import NO_NOTES, Notes
from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass, field
from applicability.model.frozen import FrozenDict
from applicability.text import Text

# Combinations of column values that are cached from one batch to the next.
REMEMBERED = 300_000
# Pairs of origins of two columns of which all are kept, met or not.
_FEW = 64
# The hint for two columns that contradict each other.
ONE_IS_WRONG = Text(
    "两处必有一误，相矛盾的内容均未采用，请改正",
    "one of the two is wrong, and what they disagree about is left out: correct it",
)
# The derived facts of a company in the order they were taken, each with its source column.
Origin = Mapping[str, str]


class RowLoss(NamedTuple):
    """A row of which a column cannot be read or contradicts others, and the facts that are missing then.

    `instead` is the fact of a cell that is passed over since another column tells it, and the heading of that column;
    with `settled` that column tells all there is to tell, so that nothing has to be filled in. `beside` are the columns
    that it contradicts, where the headings of its facts do not tell them.
    """

    row: int
    problem: Problem
    facts: tuple[str, ...] = ()
    instead: tuple[str, str] | None = None
    beside: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True)
class DerivedFacts:
    """Facts by column, with their origins, the notes on rows, and what was lost of them, in the order of rows.

    `origins` has an `Origin` for each row, `codes` the credit codes of rows where the column is that of codes.
    `unnamed` are facts that have no value for some rows, which nobody can give: each with these rows.
    """

    columns: Mapping[str, object]
    origins: Coded
    notes: Notes = NO_NOTES
    losses: Sequence[RowLoss] = ()
    codes: HashedCodes | None = None
    unnamed: Mapping[str, NDArray[np.int64]] = field(default_factory=FrozenDict)


def no_origins(rows: int) -> Coded:
    """Origins of rows that state all their facts themselves."""
    return Coded([{}], np.zeros(rows, np.int32))


def together(one: Coded, other: Coded) -> Coded:
    """Merges the origins of two columns, the first column's first; each has few distinct origins."""
    lefts, rights = _all(one), _all(other)
    places = (one.places * np.int32(len(rights)) + other.places).astype(np.int32)
    if len(lefts) * len(rights) <= _FEW:
        return Coded([{**left, **right} for left in lefts for right in rights], places)
    met, compact = numbered(places)
    values = [{**lefts[place // len(rights)], **rights[place % len(rights)]} for place in met.tolist()]
    return Coded(values, compact.astype(np.int32))


def without(origins: Coded, fact: str, rows: NDArray[np.int64]) -> Coded:
    """The origins with a fact that some rows are not told after all."""
    told = [*_all(origins)]
    places = origins.places.copy()
    # Only the origins that tell it there are others without it: every fact lost would double them else.
    others = np.arange(len(told), dtype=np.int32)
    for place in distinct(places[rows]).tolist():
        if fact in told[place]:
            others[place] = len(told)
            told.append({name: column for name, column in told[place].items() if name != fact})
    places[rows] = others[places[rows]]
    return Coded(told, places)


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
