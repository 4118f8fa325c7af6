"""The column in which the cell stands of which something could not be read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.row_profiles import whole_column
from applicability.bulk.output.business_told import names_of_columns
from applicability.bulk.register.columns.derived_facts import Origin
from applicability.bulk.register.fact_reader import FactRows
from applicability.loading.profile.parts import whole_name


def heading_of(read: FactRows, fact: str, origin: Origin, name: str = "") -> str:
    """The column that a loss of a fact is told of: that of what the row tells, by `name` the fact or a part of it, such
    as the zones it is in; where it tells nothing, that of the fact, or else of a part.
    """
    for told in (origin, read.headings):
        if name in told:
            return told[name]
    for told in (origin, read.headings):
        if fact in told:
            return told[fact]
        if part := next((one for name, one in told.items() if whole_name(name)[0] == fact), None):
            return part
    return fact


def names_told(read: FactRows, fact: str, rows: NDArray[np.int64]) -> tuple[Sequence[str], NDArray[np.int64]]:
    """Under which name the facts of rows tell a fact, as a whole or in part: the names, and the place of that of each
    row (int64, shape (rows,)). Columns that tell both may stand side by side, each filled in other rows.
    """
    own = [name for name in names_of_columns(read.table) if whole_name(name)[0] == fact]
    names = sorted(own, key=lambda name: name != fact)
    if len(names) < 2:
        return names or [""], np.zeros(rows.size, np.int64)
    told = [different(whole_column(read.table.column(name))).places[rows] != NONE for name in names]
    return ["", *names], np.select(told, [*range(1, len(names) + 1)], 0).astype(np.int64)


def name_told(read: FactRows, fact: str, row: NDArray[np.int64]) -> str:
    """Under which name the facts of one row tell a fact; empty where they do not."""
    names, at = names_told(read, fact, row)
    return names[int(at[0])]
