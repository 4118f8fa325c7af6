"""What tells the place of rows in which a column of it was not read: their zones the city, types of zone the zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, ArrayTable, Coded, Different, different
from applicability.bulk.engine.distinct import distinct_rows
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.engine.row_profiles import whole_column
from applicability.bulk.output.resolved_places import PLACES, ZONES, resolved_places
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.fact_reader import FactRows
from applicability.lazy_dataclass import dataclass, field
from applicability.model.partial import YES
from applicability.model.places import Gazetteer

_ByColumn = Mapping[str, NDArray[np.int64]]
_TYPES = ("zone_types", f"zone_types.{YES}")
_TELL = dict.fromkeys((*PLACES, *ZONES, *_TYPES)).keys()


@dataclass(frozen=True)
class PlacesTold:
    """The rows whose city follows from their zones alone, and those that tell types of zone, each by the column."""

    by_zones: _ByColumn = field(default_factory=dict)
    by_types: _ByColumn = field(default_factory=dict)


class PlaceColumnsOf:
    """Which columns tell the place of a row: one its city, by zones, and one types of zone; empty where none does."""

    def __init__(self, read: FactRows, told: PlacesTold) -> None:
        cities, types = ([read.headings.get(name, name) for name in of] for of in (told.by_zones, told.by_types))
        # A row has the number of a pair of columns; none is kept where no row has any.
        self.pairs = [(city, kind) for kind in ("", *types) for city in ("", *cities)]
        self._which = np.zeros(read.table.num_rows, np.int16) if cities or types else None
        for step, of in ((1, told.by_zones), (len(cities) + 1, told.by_types)):
            for number, rows in enumerate(of.values(), 1):
                if self._which is not None:
                    self._which[rows] += np.int16(number * step)

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the pair for each of some rows (int64, shape (n,))."""
        return np.zeros(rows.size, np.int64) if self._which is None else self._which[rows].astype(np.int64)

    def of(self, row: int) -> tuple[str, str]:
        """The pair of a row."""
        return ("", "") if self._which is None else self.pairs[self._which[row]]


def places_told(read: FactRows, partly: Sequence[PartlyRead], gazetteer: Gazetteer) -> PlacesTold:
    """What tells the places of rows beside their own columns."""
    if not read.table.num_rows or not any(name in read.facts for name in ZONES):
        return PlacesTold()
    table = facts_as_read(read, partly, _TELL)[1]
    cells = {name: different(whole_column(table.column(name))) for name in _TELL if name in table.columns}
    return PlacesTold(_cities(cells, table.num_rows, gazetteer), _types(cells))


def _cities(cells: Mapping[str, Different], rows: int, gazetteer: Gazetteer) -> _ByColumn:
    """The rows whose city follows from their zones alone."""
    listed, stated = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
    for name, own in cells.items():
        if name in ZONES:
            listed |= own.places != NONE
        elif name in PLACES:
            stated |= own.places != NONE
    some = np.flatnonzero(listed & ~stated)
    if not some.size:
        return {}
    # Nothing but zones tells the place of these rows: each different pair of lists is resolved once.
    lists = {name: own for name, own in cells.items() if name in ZONES}
    first, which = distinct_rows([own.places[some] for own in lists.values()])
    table = ArrayTable({name: Coded(own.values, own.places[some[first]]) for name, own in lists.items()}, first.size)
    told = resolved_places(table, gazetteer).from_zones
    return {name: some[np.isin(which, own)] for name, own in told.items() if own.size}


def _types(cells: Mapping[str, Different]) -> _ByColumn:
    """The rows that tell types of zone; one that says there are none tells nothing of a zone."""
    found: dict[str, NDArray[np.int64]] = {}
    told = np.zeros(0, np.int64)
    for name in _TYPES:
        if name in cells:
            some = np.array([*(bool(one) and one != [] for one in cells[name].values), False], np.bool_)
            own = np.setdiff1d(np.flatnonzero(some[cells[name].places]), told)
            if own.size:
                found[name], told = own, np.concatenate([told, own])
    return found
