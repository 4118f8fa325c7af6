"""Counts companies by the cities, districts and zones that their rows name, as finely as the register tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import ArrayTable
from applicability.bulk.engine.row_profiles import combinations
from applicability.loading.company.levels import CITY, DISTRICT
from applicability.loading.company.location import IN_ZONES
from applicability.model.places import Gazetteer

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
