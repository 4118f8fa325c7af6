"""Counts companies by the cities, districts and zones that their rows name, as finely as the register tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import ArrayTable, different
from applicability.bulk.engine.row_profiles import combinations
from applicability.loading.company.levels import CITY, DISTRICT
from applicability.loading.company.location import IN_ZONES
from applicability.model.places import Gazetteer, Whereabouts

# Cells that are cached from one batch to the next.
_REMEMBERED = 1 << 15
_PLACES = (CITY, DISTRICT)
_ZONES = ("zones", IN_ZONES)


def by_named_place(table: ArrayTable, gazetteer: Gazetteer, some: Sequence[NDArray[np.bool_]]) -> dict[str, list[int]]:
    """For the code of each city, district and zone that a row names, how many of `some` rows name it.

    A city is a prefecture, or a province where no finer place is named.
    """
    own = [name for name in (*_PLACES, *_ZONES) if name in table.columns]
    if not own or not table.num_rows:
        return {}
    which, given = combinations(table.select(own), own)
    counts = [np.bincount(which[rows], minlength=len(given)) for rows in some]
    found: dict[str, list[int]] = {}
    for place, one in enumerate(given):
        own_counts = [int(count[place]) for count in counts]
        for code in _named(one, gazetteer):
            held = found.get(code, [0] * len(some))
            found[code] = [before + more for before, more in zip(held, own_counts, strict=True)]
    return {code: told for code, told in found.items() if any(told)}


class ZonesAround:
    """Counts companies in zones that are of a type only by a zone around them; most registers name none."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: BoundedCache[str, tuple[str, ...]] = BoundedCache(_REMEMBERED)
        self._around: dict[str, bool] = {}

    def count(self, table: ArrayTable, companies: NDArray[np.bool_]) -> dict[str, int]:
        """For the code of each such zone how many of these rows name it."""
        found: dict[str, NDArray[np.bool_]] = {}
        for name in (one for one in _ZONES if one in table.columns):
            cells = different(table.column(name))
            places: dict[str, list[int]] = {}
            for place, value in enumerate(cells.values):
                for code in self._zones(value):
                    places.setdefault(code, []).append(place)
            for code, own in places.items():
                named = np.zeros(len(cells.values) + 1, np.bool_)  # the last stands for an empty cell
                named[own] = True
                rows = named[cells.places] & companies
                found[code] = rows if code not in found else found[code] | rows
        return {code: int(rows.sum()) for code, rows in found.items() if rows.any()}

    def _zones(self, cell: object) -> tuple[str, ...]:
        key = repr(cell)
        if key not in self._known:
            every = (self._gazetteer.candidates(name, "zone") for name in _names(cell))
            codes = dict.fromkeys(one[0] for one in every if len(one) == 1)
            self._known[key] = tuple(code for code in codes if self._is_around(code))
        return self._known[key]

    def _is_around(self, zone: str) -> bool:
        if zone not in self._around:
            here, kinds = Whereabouts(zones=frozenset((zone,))), self._gazetteer.zone_types
            self._around[zone] = any(self._gazetteer.type_by_around(here, frozenset((one,))) for one in kinds)
        return self._around[zone]


def _named(given: Mapping[str, object], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The city, the district and the zones of one row, as far as their names are of one place."""
    listed = [name for column in _ZONES for name in _names(given.get(column))]
    zones = [found[0] for name in listed if len(found := gazetteer.candidates(name, "zone")) == 1]
    near: list[str] = []
    for fact in _PLACES:
        name = str(given.get(fact, "")).strip()
        places = gazetteer.candidates(name, "place", (*near, *zones)) if name else ()
        near += places if len(places) == 1 else ()
    divisions = [one for one in near if one in gazetteer.divisions]
    zones += [one for one in near if one in gazetteer.zones]
    told: list[str] = []
    path = gazetteer.path(divisions[-1]) if divisions else ()
    if all(one in path for one in divisions):  # of a district that lies elsewhere, neither it nor the city was read
        by_level = {gazetteer.level(one): one for one in path}
        city = by_level.get("prefecture") or by_level.get("province")
        told += [one for one in (city, by_level.get("county")) if one is not None]
    return tuple(dict.fromkeys((*told, *zones)))


def _names(cell: object) -> list[str]:
    every = cell if isinstance(cell, (list, tuple)) else () if cell is None else (cell,)
    return [str(one) for one in every]
