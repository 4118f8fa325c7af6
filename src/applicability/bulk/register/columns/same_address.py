"""Business addresses that are said to be that of the registration, as 同注册地址 does: the cell of that row is read.

Unlike 同上 it points to no other row, so that sorting and filtering leave it true.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.interned import texts_of
from applicability.bulk.register.columns.merged import TableWith
from applicability.loading.company.cells import is_missing
from applicability.loading.company.dittos import as_registered, as_to_the_left, is_ditto
from applicability.model.headings import ADDRESS, REGISTERED_ADDRESS, REGISTERED_IN

# How such cells begin, as few of a register do.
_BEGINS = r"^\W*(?:[同与與见見]|(?i:same|as))"


class SameAddress:
    """Reads such cells of one register; only where a single column tells the registration."""

    def __init__(self, plan: ColumnPlan) -> None:
        found = plan.headings(REGISTERED_ADDRESS) or plan.headings(REGISTERED_IN)
        self._registered = found[0] if len(found) == 1 else None
        self._address = plan.heading(ADDRESS)
        at = plan.order.index(self._address) if self._address in plan.order else 0
        self._is_left = at > 0 and plan.order[at - 1] == self._registered

    def followed(self, table: Any) -> Any:
        """The table with the address of the registration in such cells."""
        if self._registered is None or self._address is None:
            return table
        texts = texts_of(table.column(self._address), str).cast(pa.large_string())
        rows = np.flatnonzero(
            np.asarray(pc.fill_null(pc.match_substring_regex(texts, _BEGINS), False)).astype(np.bool_)
        )
        if not rows.size:
            return table
        registered = texts_of(table.column(self._registered), str).cast(pa.large_string())
        same: NDArray[np.bool_] = np.zeros(len(texts), np.bool_)
        pairs = zip(rows.tolist(), texts.take(rows).to_pylist(), registered.take(rows).to_pylist(), strict=True)
        for row, cell, place in pairs:
            said = as_registered(cell) or (self._is_left and as_to_the_left(cell))
            same[row] = said and place is not None and not is_missing(place) and not is_ditto(place)
        if not same.any():
            return table
        return TableWith(table, {self._address: pc.if_else(pa.array(same), registered, texts)})
