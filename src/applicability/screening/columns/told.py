"""What a column lets one know of companies beside what they tell themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from applicability.columnar.arrays import Coded
from applicability.columnar.pairs import Codes
from applicability.errors import Problem
from applicability.screening.columns.notes import NO_NOTES, Notes

# Values and combinations of one column that are remembered from one batch to the next.
REMEMBERED = 300_000
# Of a company: the facts that come from a column that is not their own, in the order they were taken, and that column.
Origin = Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """Facts by their columns, with where they come from, and the rows that are noted or set apart.

    `origins` hold an `Origin` for each row. `rejects` are rows with what is wrong, those of one row in their order.
    """

    columns: Mapping[str, object]
    origins: Coded
    notes: Notes = NO_NOTES
    rejects: Sequence[tuple[int, Problem]] = field(default=())


def no_origins(rows: int) -> Coded:
    """Rows that tell all their facts themselves."""
    return Coded([{}], np.zeros(rows, np.int32))


def together(one: Coded, other: Coded) -> Coded:
    """The origins of two columns, those of the first before those of the second."""
    keys = one.places.astype(np.int64) * len(other.values) + other.places
    met, places = np.unique(keys, return_inverse=True)
    values = []
    for key in met.tolist():
        left, right = divmod(key, len(other.values))
        values.append({**_origin(one, left), **_origin(other, right)})
    return Coded(values, places.reshape(-1).astype(np.int32))


def origin_of(origins: Coded, row: int) -> Origin:
    """Where the facts of a row come from."""
    return _origin(origins, int(origins.places[row]))


def _origin(origins: Coded, place: int) -> Origin:
    found = origins.values[place]
    assert isinstance(found, Mapping)
    return found


def compact(values: Sequence[Origin], places: Codes) -> Coded:
    """Origins at places among many, as few as are met."""
    met, found = np.unique(places, return_inverse=True)
    return Coded([values[place] for place in met.tolist()], found.reshape(-1).astype(np.int32))
