"""What companies tell of their business: by which of its facts a measure that waits for it could be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.engine.row_profiles import whole_column
from applicability.loading.profile.parts import whole_name
from applicability.model.rulebook import Rulebook

# Which facts of the business a company lacks: both or neither, the sector alone, the activities alone.
BOTH, SECTOR, ACTIVITIES = 0, 1, 2


def names_of_columns(table: Any) -> list[str]:
    """The columns of a table of facts."""
    columns = getattr(table, "columns", None)
    return [*(columns if isinstance(columns, Mapping) else table.schema.names)]


def said(table: Any, fact: str, partly: Sequence[PartlyRead] = ()) -> NDArray[np.bool_]:
    """Whether each row says anything of a fact that can be read (bool, shape (rows,)); `partly` are rows read in part,
    of which nothing may be left.
    """
    found = np.zeros(table.num_rows, np.bool_)
    for name in names_of_columns(table):
        if whole_name(name)[0] == fact:
            found |= different(whole_column(table.column(name))).places != NONE
    for rows in _lost(fact, partly, in_part=False):
        found[rows] = False
    return found


def lacks_of_business(table: Any, rulebook: Rulebook, partly: Sequence[PartlyRead]) -> NDArray[np.int8]:
    """Which facts of its business each company lacks (int8, shape (rows,)). Activities that are told in full leave
    nothing but the sector to be told more closely.
    """
    (sector, activities) = (
        next((name for name, one in rulebook.facts.items() if one.type == type), "")
        for type in ("sector", "activities")
    )
    of_sector, of_activities = said(table, sector, partly), said(table, activities, partly)
    full = np.zeros(table.num_rows, np.bool_)
    if activities in names_of_columns(table):
        full = different(whole_column(table.column(activities))).places != NONE
        for rows in (*_lost(activities, partly, in_part=True), *_lost(activities, partly, in_part=False)):
            full[rows] = False
    lacks = np.full(table.num_rows, BOTH, np.int8)
    lacks[of_sector & ~of_activities] = ACTIVITIES
    lacks[of_activities & (~of_sector | full)] = SECTOR
    return lacks


def _lost(fact: str, partly: Sequence[PartlyRead], *, in_part: bool) -> Iterator[NDArray[np.int64]]:
    """The rows of which something of a fact was lost: a part of it, or all."""
    for one in partly:
        if any(whole_name(name)[0] == fact for name in one.columns):
            lost = [any((each.fact, each.in_part) == (fact, in_part) for each in part.losses) for part in one.parts]
            yield one.rows[np.array(lost, np.bool_)[one.which]]
