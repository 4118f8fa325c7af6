"""The facts that companies are screened by: what was read of a row in place of what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np

from applicability.bulk.engine.arrays import ArrayTable, Coded, different
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.engine.row_profiles import cells_of
from applicability.bulk.register.fact_reader import FactRows


def facts_as_read(
    read: FactRows, partly: Sequence[PartlyRead], among: Set[str] | None = None
) -> tuple[tuple[str, ...], ArrayTable]:
    """The facts that companies are screened by, and their columns. With `among` only what was read in groups that have
    one of these columns is put in place: the others stand as they were given.
    """
    columns = (
        dict(read.table.columns)
        if isinstance(read.table, ArrayTable)
        else {n: read.table.column(n) for n in read.facts}
    )
    facts = list(read.facts)
    for one in partly:
        if among is not None and among.isdisjoint(one.columns):
            continue
        made = [cells_of(part.given) for part in one.parts]
        for fact in dict.fromkeys((*one.columns, *(name for row in made for name in row))):
            if fact not in columns:
                facts.append(fact)
            columns[fact] = _put(columns.get(fact), fact, made, one, read.table.num_rows)
    return tuple(facts), ArrayTable(columns, read.table.num_rows)


def _put(column: Any, fact: str, made: Sequence[Mapping[str, object]], one: PartlyRead, rows: int) -> Coded:
    """A column with what was read in place of what was given."""
    own = different(column) if column is not None else None
    values = [] if own is None else list(own.values)
    places = np.full(rows, -1, np.int32) if own is None else own.places.copy()
    given = [row.get(fact) for row in made]
    index = np.array([-1 if value is None else len(values) + place for place, value in enumerate(given)], np.int32)
    places[one.rows] = index[one.which]
    return Coded([*values, *given], places)
