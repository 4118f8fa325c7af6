"""From the rows of a source to facts: by the plan of its columns, or as they are where each is a fact already."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.columnar.arrays import NONE, ArrayTable, CellTable, different, mapped
from applicability.errors import Location, Problem, ProfileError, suggest
from applicability.loading.scalars import read_date
from applicability.model.headings import CREDIT_CODE, NAME
from applicability.model.rulebook import Rulebook
from applicability.model.text import Lang
from applicability.registers.cells import LISTS
from applicability.registers.plan import Plan, plan_of
from applicability.registers.reading import Note, RegisterReader, fraction
from applicability.screening.sources import Rows


@dataclass(frozen=True)
class Reading:
    """Rows as facts: a table with the columns of facts, the rows that contradict themselves, and what else to know.

    `named` are the columns by which a person knows a company; `origins` tell for each row which facts come from a
    column that is not their own.
    """

    table: Any
    facts: tuple[str, ...]
    named: tuple[str, ...]
    ignored: tuple[str, ...]
    rejects: Mapping[int, Sequence[Problem]] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    origins: Sequence[Mapping[str, str]] = ()
    headings: Mapping[str, str] = field(default_factory=dict)

    def heading(self, fact: str, row: int) -> str:
        """The heading under which a row tells a fact: its own, or that of the column it was derived from."""
        derived = self.origins[row].get(fact) if self.origins else None
        return derived or self.headings.get(fact, fact)


# What a profile calls its own day; all companies of a register are asked about one.
_AS_OF = "as_of"
# Rows at once where each is read by itself: what it takes in Python is many times what it takes in Arrow.
_BY_ROW = 1 << 15


class FactReader:
    """Reads the rows of a source for one rulebook and one day; `mapping` says of headings what they hold."""

    def __init__(
        self,
        rulebook: Rulebook,
        day: datetime.date,
        mapping: Mapping[str, str] | None = None,
        lang: Lang = "en",
        keep: Sequence[str] = (),
    ) -> None:
        self._rulebook = rulebook
        self._day = day
        self._keep = keep
        self._mapping = mapping or {}
        self._lang = lang
        self._readers: dict[tuple[str, ...], tuple[Plan, RegisterReader]] = {}

    def parts(self, rows: Rows) -> Iterator[Rows]:
        """The rows, as many at a time as memory is for. Raises ProfileError where the headings are not clear."""
        table = rows.table
        several = not _cells(table) and table.num_rows > _BY_ROW and self._plan(table)[0].by_row
        if not several:
            yield rows
            return
        for first in range(0, table.num_rows, _BY_ROW):
            yield Rows(table.slice(first, _BY_ROW), rows.lines[first : first + _BY_ROW])

    def _plan(self, table: Any) -> tuple[Plan, RegisterReader]:
        headings = tuple(table.columns) if isinstance(table, CellTable) else tuple(table.schema.names)
        if headings not in self._readers:
            # In JSON Lines a batch may lack a column that another has: what a mapping says of it does no harm.
            ragged = _cells(table) and table.ragged
            mapping = {one: role for one, role in self._mapping.items() if one in headings or not ragged}
            plan = plan_of(self._rulebook, headings, mapping)
            if not ragged:
                _known(headings, plan, self._keep)
            self._readers[headings] = (plan, RegisterReader(self._rulebook, plan, self._lang))
        return self._readers[headings]

    def read(self, table: Any) -> Reading:
        """The facts of some rows. Raises ProfileError where the headings are not clear."""
        plan, reader = self._plan(table)
        named = tuple(one for role in (NAME, CREDIT_CODE) if (one := plan.heading(role)) is not None)
        ignored = plan.ignored
        held = {fact: heading for heading, fact in plan.holds.items()}
        if not named:
            named = tuple(one for one in ignored if one != _AS_OF)[:1]
            ignored = tuple(one for one in ignored if one not in named)
        other_days = self._other_days(table) if _AS_OF in ignored else {}
        if not _cells(table) and not plan.by_row:
            own = self._mapped(table, plan, reader)
            notes = _small_shares(table, plan, reader)
            return Reading(own, tuple(own.columns), named, ignored, other_days, notes, headings=held)
        columns = table.columns if isinstance(table, CellTable) else _lists_of(table, plan)
        found = reader.read(columns, table.num_rows)
        facts = CellTable(found.columns, table.num_rows)
        rejects = {
            row: [*found.rejects.get(row, ()), *other_days.get(row, ())] for row in {**found.rejects, **other_days}
        }
        return Reading(facts, reader.facts, named, ignored, rejects, found.notes, found.origins, held)

    def _other_days(self, table: Any) -> dict[int, list[Problem]]:
        """The rows that ask, as profiles can, about a day that is not this run's."""
        days = different(table.column(_AS_OF))
        hint = f"leave the day out, or screen the companies of each day apart with --as-of; this run is of {self._day}"
        found = {
            place: [Problem("S304", Location(_AS_OF), f"`{day}` is another day than that of this run", hint)]
            for place, day in enumerate(days.values)
            if read_date(day) != self._day
        }
        return {row: found[place] for row, place in enumerate(days.places.tolist()) if place in found}

    def _mapped(self, table: Any, plan: Plan, reader: RegisterReader) -> ArrayTable:
        """The facts of an Arrow batch; columns that have their facts' types stay as they are."""
        columns = {}
        for heading, held in plan.holds.items():
            if held == NAME:
                continue
            column, declared = table.column(heading), self._rulebook.facts.get(held)
            told = _is_text(column.type) and declared is not None and declared.type in (*LISTS, "percent", "number")
            columns[held] = mapped(column, reader.cells[held].read) if told else column
        return ArrayTable(columns, table.num_rows)


def _known(headings: Sequence[str], plan: Plan, keep: Sequence[str]) -> None:
    """Raises ProfileError where no column tells a fact, or a column to keep is not there."""
    if lacking := [one for one in keep if one not in headings]:
        hint = suggest(lacking[0], headings) or f"it has {', '.join(headings)}"
        raise ProfileError(
            [Problem("S201", Location(one), f"the register has no column `{one}`", hint) for one in lacking]
        )
    if all(held == NAME for held in plan.holds.values()):
        shown = ", ".join(f"`{one}`" for one in headings[:8]) + (", …" if len(headings) > 8 else "")
        hint = "is the first row that of the headings, and the separator , ; tab or |? --mapping says what columns hold"
        raise ProfileError([Problem("S204", Location("columns"), f"none of the columns is known: {shown}", hint)])


def _small_shares(table: Any, plan: Plan, reader: RegisterReader) -> list[Note]:
    """The notes on the shares of an Arrow batch; each different share is looked at once."""
    heading = plan.heading("foreign_share")
    if heading is None:
        return []
    column = table.column(heading)
    if pa.types.is_floating(column.type):
        told = np.asarray(column.fill_null(0))
        rows = np.flatnonzero((told > 0) & (told < 1))
        return [reader.small_share(int(row), str(fraction(column[row].as_py()))) for row in rows.tolist()]
    shares = mapped(column, fraction)
    return [
        reader.small_share(int(row), str(shares.values[shares.places[row]]))
        for row in np.flatnonzero(shares.places != NONE)
    ]


def _cells(table: Any) -> bool:
    return isinstance(table, CellTable)


def _lists_of(table: Any, plan: Plan) -> dict[str, list[object]]:
    """The columns that are read, as Python values."""
    return {heading: table.column(heading).to_pylist() for heading in plan.holds}


def _is_text(kind: Any) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(plain) or pa.types.is_large_string(plain))
