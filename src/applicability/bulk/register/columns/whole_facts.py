"""Which rows a column tells a fact whole: the cell says something, and all of it can be read.

It is asked of rows that have a note alone: other cells are not read for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.distinct import distinct
from applicability.bulk.engine.row_profiles import profile_of
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.model.partial import Interval
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook

_REMEMBERED = 1 << 15


class WholeFacts:
    """Finds the rows that tell a fact whole; reads each distinct cell once. Not thread-safe."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._known: BoundedCache[str, bool] = BoundedCache(_REMEMBERED)

    def among(self, columns: Mapping[str, Any], fact: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of some rows those whose column of a fact tells it whole (bool, in the order of `rows`)."""
        if fact not in columns or not rows.size:
            return np.zeros(rows.size, np.bool_)
        own = different(columns[fact])
        places = own.places[rows]
        told = np.zeros(len(own.values) + 1, np.bool_)
        for place in distinct(places[places != NONE]).tolist():
            told[place] = self._is_read(fact, own.values[place])
        return told[places]

    def _is_read(self, fact: str, cell: object) -> bool:
        key = f"{fact} {cell!r}"
        if key not in self._known:
            found = readable_part(profile_of({fact: cell}), self._rulebook)
            said = {} if found.losses else read_facts(Profile.of(found.given), self._rulebook).values
            self._known[key] = fact in said and not isinstance(said[fact], Interval)
        return self._known[key]
