"""A bare 1 among percentages beside a type that says wholly foreign: all of it, typed as a fraction, as a type has it.

It is read as 1% where no type says otherwise. Beside one it is no contradiction, since the cell may be right: it is in
doubt, and the type counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.register.columns.company_types import TypeColumns
from applicability.bulk.register.columns.derived_facts import RowLoss
from applicability.bulk.register.columns.interned import emptied
from applicability.bulk.register.columns.shares import DOUBTED, ShareColumn
from applicability.errors import Location, Problem

_ALL = "100"


def settled_by_types(
    table: Any,
    columns: dict[str, Any],
    types: TypeColumns,
    shares: Mapping[str, ShareColumn],
    holds: Mapping[str, str],
    by_heading: Mapping[str, Any],
) -> list[RowLoss]:
    """Empties such cells of the columns of facts, and tells what is lost of the rows; `shares` are the columns of
    shares and `by_heading` their cells as they were read, by heading, and `holds` the fact of each.
    """
    losses: list[RowLoss] = []
    for heading, share in shares.items():
        fact = holds[heading]
        doubts = share.whole_or_hundredth(table.column(heading)) if fact in columns else {}
        if not doubts:
            continue
        others = [by_heading[one] for one in shares if one != heading and holds[one] == fact]
        rows = [row for row in _told_once(columns[fact], others, [*doubts]) if types.tells(table, fact, _ALL, row)]
        if rows:
            columns[fact] = emptied(columns[fact], np.array(rows, np.int64))
        for row in rows:
            problem = Problem(DOUBTED, Location(heading), doubts[row].what, doubts[row].mend)
            losses.append(RowLoss(row, problem, instead=(fact, types.heading(table, row))))
    return losses


def _told_once(column: Any, others: Sequence[Any], rows: Sequence[int]) -> list[int]:
    """Those of the rows whose fact one column alone tells."""
    own, beside = different(column).places, [different(one).places for one in others]
    return [row for row in rows if own[row] != NONE and all(one[row] == NONE for one in beside)]
