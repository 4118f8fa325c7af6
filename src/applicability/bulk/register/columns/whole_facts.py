"""Which rows a column tells a fact whole: the cell says something, and all of it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import different
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

    def rows(self, columns: Mapping[str, Any], fact: str, rows: int) -> NDArray[np.bool_]:
        """The rows whose column of a fact tells it whole (bool, shape (rows,))."""
        if fact not in columns:
            return np.zeros(rows, np.bool_)
        own = different(columns[fact])
        return np.array([*(self._is_read(fact, one) for one in own.values), False], np.bool_)[own.places]

    def _is_read(self, fact: str, cell: object) -> bool:
        key = f"{fact} {cell!r}"
        if key not in self._known:
            found = readable_part(profile_of({fact: cell}), self._rulebook)
            said = {} if found.losses else read_facts(Profile.of(found.given), self._rulebook).values
            self._known[key] = fact in said and not isinstance(said[fact], Interval)
        return self._known[key]
