"""The places of companies as facts are written: by code where the name by itself would not tell the place that counts.

A name of several places may be settled by a zone, and a zone alone tells the city in which it lies. A check of what is
written decides the same, since no place is added that does not follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, ArrayTable
from applicability.bulk.engine.row_profiles import combinations
from applicability.bulk.register.columns.interned import filled, nothing
from applicability.lazy_dataclass import dataclass
from applicability.loading.company.levels import CITY, DISTRICT
from applicability.loading.company.location import IN_ZONES
from applicability.model.places import Gazetteer

PLACES = (CITY, DISTRICT)
ZONES = ("zones", IN_ZONES)


@dataclass(frozen=True)
class ResolvedPlaces:
    """Columns of facts with their places resolved; `from_zones` are the rows whose city follows from this column."""

    columns: Mapping[str, Any]
    from_zones: Mapping[str, NDArray[np.int64]]


def resolved_places(table: ArrayTable, gazetteer: Gazetteer) -> ResolvedPlaces:
    """The columns of facts as they are written; unchanged but for the places."""
    columns = dict(table.columns)
    own = [name for name in (*PLACES, *ZONES) if name in columns]
    if not own or not table.num_rows:
        return ResolvedPlaces(columns, {})
    which, given = combinations(table.select(own), own)
    found = [_resolved(one, gazetteer) for one in given]
    for fact in PLACES:
        codes = list(dict.fromkeys(one[fact] for one in found if fact in one))
        if codes:
            number = np.array([codes.index(one[fact]) if fact in one else NONE for one in found], np.int32)
            columns[fact] = filled(columns.get(fact, nothing(table.num_rows)), codes, number[which])
    zones = {name: np.array([_from_zones(one, name) for one in given], np.bool_) for name in ZONES if name in own}
    told = np.array([CITY in one for one in found], np.bool_)
    return ResolvedPlaces(columns, {name: np.flatnonzero((of & told)[which]) for name, of in zones.items()})


def _from_zones(given: Mapping[str, object], name: str) -> bool:
    return name in given and not any(fact in given for fact in PLACES)


def _resolved(given: Mapping[str, object], gazetteer: Gazetteer) -> dict[str, str]:
    """The places that a row's names do not tell by themselves, by fact."""
    listed = [str(one) for name in ZONES for one in _listed(given.get(name))]
    every = [gazetteer.candidates(word, "zone") for word in listed]
    certain = [places[0] for places in every if len(places) == 1]
    found: dict[str, str] = {}
    near: list[str] = []
    for fact in PLACES:
        name = str(given[fact]).strip() if fact in given else ""
        places = gazetteer.candidates(name, "place", (*near, *certain)) if name else ()
        if len(places) == 1:
            if gazetteer.candidates(name, "place", near) != places:
                found[fact] = places[0]
            near += places
    if certain and not any(fact in given for fact in PLACES):
        paths = [gazetteer.path(area) for zone in certain for area in gazetteer.areas(zone)]
        around = next((one for one in paths[0] if all(one in path for path in paths)), None)
        if around is not None:
            found[CITY] = around
    return found


def _listed(cell: object) -> Sequence[object]:
    return cast("list[object]", cell) if isinstance(cell, (list, tuple)) else () if cell is None else (cell,)
