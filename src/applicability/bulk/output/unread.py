"""What could not be read of companies, as notes: the row, the column, the cell, the code and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import ArrayTable, CellTable, Coded, different
from applicability.bulk.engine.screener import PartlyRead, cells_of
from applicability.bulk.register.columns.derived_facts import Origin
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.register.fact_reader import FactRows
from applicability.bulk.sources.source import names_of
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import replace
from applicability.loading.profile.readable import Loss
from applicability.loading.registers.identity import masked
from applicability.text import Lang, Text

# Characters of a cell, and of a note, that are told.
_CELL, _NOTE = 200, 400
# … and of a cell that are searched for what is not to be told.
_LOOKED_AT = 1000
_MISSING = Text("{message}；按未填处理", "{message}; taken as missing")
_IN_PART = Text("{message}；其余内容照读，这一项视为只知其一部分", "{message}; the rest is read, as known in part")
_UNKNOWN = Text("{message}；按未知处理", "{message}; taken as unknown")


def unread_notes(read: FactRows, partly: Sequence[PartlyRead], lang: Lang) -> Notes:
    """The notes on what the columns and the reader of profiles could not read, by row."""
    words: dict[Note, int] = {}
    rows: list[int] = []
    which: list[int] = []
    for row, problem, heading, fact, said in _losses(read, partly):
        text = cut(masked(said.of(lang).format(message=problem.told_message(lang))), _NOTE)
        rows.append(row)
        which.append(words.setdefault(Note(heading, fact, text, problem.code), len(words)))
    met = dict.fromkeys(zip(rows, which, strict=True))  # two groups of facts may have read one cell
    own = np.array([row for row, _ in met], np.int64)
    found = np.array([place for _, place in met], np.int32)
    order = np.argsort(own, kind="stable")
    return Notes(own[order], found[order], [*words])


def first_unread(read: FactRows, partly: Sequence[PartlyRead]) -> tuple[int, list[Problem]] | None:
    """The first row of which something could not be read, and its problems, located at their columns."""
    found: dict[int, dict[Problem, None]] = {}
    for row, problem, heading, _, _ in _losses(read, partly):
        if row in read.no_companies:
            continue
        found.setdefault(row, {})[replace(problem, location=Location(heading))] = None
    for row, which in zip(read.notes.rows.tolist(), read.notes.which.tolist(), strict=True):
        note = read.notes.words[which]
        if note.code and row not in read.no_companies:
            problem = Problem(note.code, Location(note.column), Text(note.text, note.text), None)
            found.setdefault(row, {})[problem] = None
            break
    if not found:
        return None
    row = min(found)
    return row, [*found[row]]


def _losses(read: FactRows, partly: Sequence[PartlyRead]) -> Iterator[tuple[int, Problem, str, str, Text]]:
    """Each loss: its row, its problem, the column and the fact that it is about, and the sentence that tells it."""
    for lost in read.losses:
        heading = lost.problem.location.file
        yield lost.row, lost.problem, heading, lost.facts[0] if lost.facts else "", _MISSING
    for one in partly:
        losses = [part.losses for part in one.parts]
        told: dict[tuple[int, int], list[tuple[Problem, str, str, Text]]] = {}
        for row, place in zip(one.rows.tolist(), one.which.tolist(), strict=True):
            key = place, int(read.origins.places[row])
            if key not in told:
                origin = cast("Origin", read.origins.values[key[1]])
                told[key] = [
                    (
                        loss.problem,
                        origin.get(loss.fact) or read.headings.get(loss.fact, loss.fact),
                        loss.fact,
                        _said(loss),
                    )
                    for loss in losses[place]
                ]
            for problem, heading, fact, said in told[key]:
                yield row, problem, heading, fact, said


def _said(loss: Loss) -> Text:
    if "." in loss.fact:
        return _UNKNOWN
    return _IN_PART if loss.in_part else _MISSING


def noted(notes: Notes, table: Any, lines: Any) -> Any:
    """Notes as a table, with the number of each row and what its cell holds."""
    which = pa.array(notes.which)
    told = [[getattr(one, name) for one in notes.words] for name in ("column", "fact", "code", "text")]
    column, fact, code, text = (pa.array(words, pa.string()).take(which) for words in told)
    names = ["line", "column", "fact", "value", "code", "note"]
    return pa.table([pa.array(lines[notes.rows]), column, fact, _values(notes, table), code, text], names)


def _values(notes: Notes, table: Any) -> Any:
    """The cells that notes are about, as text."""
    headings = [one.column for one in notes.words]
    values = np.full(len(notes), None, object)
    for heading in dict.fromkeys(headings):
        own = np.array([one == heading for one in headings], np.bool_)[notes.which]
        values[own] = cells(table, heading, notes.rows[own])
    return pa.array(values, pa.string())


def cells(table: Any, column: str, rows: Any) -> list[str | None]:
    """The cells of a column at some rows, as text that is not too long; None for a missing column."""
    # A long list of which no word is known stands in as many notes: each cell is taken once.
    own, places = np.unique(np.asarray(rows, np.int64), return_inverse=True)
    if isinstance(table, CellTable):
        held = table.columns.get(column)
        found: Iterable[object] = [None] * len(own) if held is None else [held[row] for row in own.tolist()]
    elif column not in names_of(table):
        found = [None] * len(own)
    else:
        found = table.column(column).take(pa.array(own, pa.int64())).to_pylist()
    words = [None if value is None else cut(masked(str(value)[:_LOOKED_AT]), _CELL) for value in found]
    return [words[place] for place in places.reshape(-1).tolist()]


def cut(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def facts_as_read(read: FactRows, partly: Sequence[PartlyRead]) -> tuple[tuple[str, ...], ArrayTable]:
    """The facts that companies are screened by, and their columns."""
    columns = (
        dict(read.table.columns)
        if isinstance(read.table, ArrayTable)
        else {n: read.table.column(n) for n in read.facts}
    )
    facts = list(read.facts)
    for one in partly:
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
