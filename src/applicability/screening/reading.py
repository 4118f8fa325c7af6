"""From the rows of a source to facts: which column holds what, what a cell says, and what cannot be taken so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from applicability.columnar.arrays import CellTable
from applicability.columnar.groups import FINDING
from applicability.errors import Problem
from applicability.model.rulebook import Rulebook

_LISTS = ("zones", "zone_types", "sector", "activities", "choices")
_BETWEEN = r"[,，、;；|]"


@dataclass(frozen=True)
class Note:
    """Something to know of a company, which is no mistake: its row among those read, and what it is about."""

    row: int
    column: str
    fact: str
    note: str


@dataclass(frozen=True)
class Reading:
    """Rows as facts: a table with the columns of facts, the rows that contradict themselves, and what else to know.

    `named` are the columns by which a person knows a company.
    """

    table: Any
    facts: tuple[str, ...]
    named: tuple[str, ...]
    ignored: tuple[str, ...]
    rejects: Mapping[int, Sequence[Problem]] = field(default_factory=dict)
    notes: Sequence[Note] = ()


class FactReader:
    """Reads the rows of a source for one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._findings = {f"{FINDING}{key}" for key in rulebook.judgements}
        self._lists = {name for name, one in rulebook.facts.items() if one.type in _LISTS}

    def read(self, table: Any) -> Reading:
        """The facts of some rows."""
        headings = list(table.columns) if isinstance(table, CellTable) else table.schema.names
        facts = tuple(name for name in headings if name in self._rulebook.facts or name in self._findings)
        others = tuple(name for name in headings if name not in facts)
        own = table.select(list(facts))
        if isinstance(own, CellTable):
            columns = {name: self._told(name, values) for name, values in own.columns.items()}
            own = CellTable(columns, own.num_rows)
        return Reading(own, facts, others[:1], others[1:])

    def _told(self, fact: str, values: Sequence[object]) -> Sequence[object]:
        if fact not in self._lists:
            return values
        known: dict[str, object] = {}
        return [_split(value, known) if isinstance(value, str) else value for value in values]


def _split(cell: str, known: dict[str, object]) -> object:
    """The words of a cell that holds several; `[]` is an empty list, and an empty cell is none."""
    if cell not in known:
        text = cell.strip()
        words = [word.strip() for word in re.split(_BETWEEN, text) if word.strip()]
        known[cell] = [] if text == "[]" else words or None
    return known[cell]
