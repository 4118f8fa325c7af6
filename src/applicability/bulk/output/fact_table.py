"""The facts that each company is screened by, as a table: what was given, and what is derived and from which column."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import NONE, Coded
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.output.resolved_places import resolved_places
from applicability.bulk.output.resolved_words import resolved_words
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.columns.derived_facts import together
from applicability.bulk.register.fact_reader import FactRows
from applicability.loading.company.levels import CITY, DISTRICT
from applicability.model.headings import LEVELS, PLACE_LEVELS, REGISTERED_IN, REGISTERED_LEVELS, SECTOR_LEVELS
from applicability.model.rulebook import Rulebook

# The column of divisions of any level, and that of the finest level of sectors.
_DIVISION, _CLASS = PLACE_LEVELS[1], SECTOR_LEVELS[3]


def fact_table(read: FactRows, partly: Sequence[PartlyRead], keep: Mapping[str, Any], rulebook: Rulebook) -> Any:
    """The facts that each company is screened by as a table: the columns kept, the facts, and which are derived."""
    columns: dict[str, Any] = dict(keep)
    facts, table = facts_as_read(read, partly)
    resolved = resolved_places(table, rulebook.gazetteer)
    written = resolved_words(resolved.columns, rulebook)
    for fact in (*(one for one in written if one not in facts), *facts):
        columns[fact] = _as_told(written[fact], _told)
    origins = read.origins
    for name, rows in resolved.from_zones.items():
        told = np.where(np.isin(np.arange(table.num_rows), rows), 0, 1).astype(np.int32)
        origins = together(origins, Coded([{CITY: read.headings.get(name, name)}, {}], told))
    own_columns = columns_of_levels(read)
    columns["derived"] = _as_told(origins, lambda origin: _derived(origin, own_columns))
    return pa.table(columns)


def _as_told(column: Any, told: Callable[[Any], str | None]) -> Any:
    """A column as text, converted once per distinct value where it is coded."""
    if not isinstance(column, Coded):
        return pa.array([told(cell) for cell in column.to_pylist()], pa.string())
    words = pa.array([*map(told, column.values), None], pa.string())
    return words.take(pa.array(np.where(column.places == NONE, len(column.values), column.places)))


def columns_of_levels(read: FactRows) -> frozenset[tuple[str, str]]:
    """The facts that columns of levels tell as their own, each with its column: a district under 所在地区, a sector
    under 行业小类, and where a company is registered. A city under 所在地区 and a sector under 行业门类 are derived.
    """
    own = {_DIVISION: DISTRICT, _CLASS: LEVELS[_CLASS], **dict.fromkeys(REGISTERED_LEVELS, REGISTERED_IN)}
    return frozenset((own[held], heading) for heading, held in read.holds.items() if held in own)


def _derived(origin: Mapping[str, str], own: Collection[tuple[str, str]]) -> str | None:
    return ", ".join(f"{fact}: {column}" for fact, column in origin.items() if (fact, column) not in own) or None


def _told(value: object) -> str | None:
    """A fact as cell text."""
    if isinstance(value, list):
        return "; ".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value) or "[]"
    return None if value is None else str(value)
