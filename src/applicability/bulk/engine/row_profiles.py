"""Rows of a table as profiles: the distinct ones, and the columns that a profile fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.column_encoders import limits_given
from applicability.bulk.engine.distinct import distinct_rows
from applicability.bulk.engine.pair_table import Codes
from applicability.loading.profile.parts import parts_given
from applicability.model.leaf_kinds import FINDING, limit_key


def combinations(table: Any, columns: Sequence[str]) -> tuple[Codes, list[dict[str, object]]]:
    """The distinct rows of a table, keyed by column, and for each row which one it is (int32, shape (rows,))."""
    cells = [different(whole_column(table.column(name))) for name in columns]
    places = [one.places for one in cells]
    first, which = distinct_rows(places)
    given = [
        {name: one.values[place] for name, one, place in zip(columns, cells, own, strict=True) if place != NONE}
        for own in zip(*(one[first].tolist() for one in places), strict=True)
    ]
    return which.astype(np.int32), given


def cells_of(profile: Mapping[str, object]) -> dict[str, object]:
    """The row of a profile, keyed by column: the opposite of `profile_of`."""
    row: dict[str, object] = {}
    for name, value in profile.items():
        if isinstance(value, Mapping):
            row |= {f"{name}.{key}": one for key, one in value.items()}
        else:
            row[name] = value
    return row


def profile_of(row: Mapping[str, object]) -> dict[str, object]:
    """The profile of a company from its row, keyed by column; columns without a value are left out."""
    profile: dict[str, object] = {}
    findings: dict[str, object] = {}
    limits: dict[str, object] = {}
    for name, value in row.items():
        if value is not None and not (isinstance(value, str) and not value.strip()):
            if name.startswith(FINDING):
                findings[name.removeprefix(FINDING)] = value
            elif limit_key(name) is not None:
                limits[name] = value
            else:
                profile[name] = value
    return {**parts_given(profile), **({"determinations": findings} if findings else {}), **limits_given(limits)}


def whole_column(array: Any) -> Any:
    """A column as one contiguous array."""
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
