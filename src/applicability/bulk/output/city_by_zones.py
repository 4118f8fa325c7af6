"""Rows whose city follows from the zones that a column lists, where no column of the place tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, ArrayTable, Coded, different
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.engine.row_profiles import whole_column
from applicability.bulk.output.resolved_places import PLACES, ZONES, resolved_places
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.fact_reader import FactRows
from applicability.model.places import Gazetteer


class CityByZones:
    """Which column tells the city of a row by its zones; `rows` are those of each column of zones."""

    def __init__(self, read: FactRows, rows: Mapping[str, NDArray[np.int64]]) -> None:
        self.headings = ["", *(read.headings.get(name, name) for name in rows)]
        # The number of the column in `headings`; none where there is no such row.
        self._which = np.zeros(read.table.num_rows, np.int8) if rows else None
        for number, own in enumerate(rows.values(), 1):
            if self._which is not None:
                self._which[own] = number

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the column for each of some rows (int64, shape (n,))."""
        return np.zeros(rows.size, np.int64) if self._which is None else self._which[rows].astype(np.int64)

    def of(self, row: int) -> str:
        """The column of a row; empty where there is none."""
        return "" if self._which is None else self.headings[self._which[row]]


def cities_by_zones(
    read: FactRows, partly: Sequence[PartlyRead], gazetteer: Gazetteer
) -> Mapping[str, NDArray[np.int64]]:
    """The rows whose city follows from their zones alone, by the column of these."""
    if not read.table.num_rows or not any(name in read.facts for name in ZONES):
        return {}
    table = facts_as_read(read, partly)[1]
    cells = {name: different(whole_column(table.column(name))) for name in (*PLACES, *ZONES) if name in table.columns}
    listed, stated = (
        np.any(
            [cells[name].places != NONE for name in names if name in cells] or [np.zeros(table.num_rows, np.bool_)], 0
        )
        for names in (ZONES, PLACES)
    )
    rows = np.flatnonzero(listed & ~stated)
    if not rows.size:
        return {}
    some = ArrayTable({name: Coded(own.values, own.places[rows]) for name, own in cells.items()}, rows.size)
    return {name: rows[own] for name, own in resolved_places(some, gazetteer).from_zones.items() if own.size}
