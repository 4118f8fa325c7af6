"""Notes as a table: the number of each row, the column, the cell, the code, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.sources.source import names_of
from applicability.identity import masked

# Characters of a cell that are told, and that are searched for what is not to be told.
_CELL, _LOOKED_AT = 200, 1000


def noted(notes: Notes, table: Any, lines: Any, joined: Mapping[str, str] | None = None) -> Any:
    """Notes as a table, with the number of each row and what its cell holds; `joined` says where headings stand that
    no cell has as a whole.
    """
    which = pa.array(notes.which)
    told = [[getattr(one, name) for one in notes.words] for name in ("column", "fact", "code", "text", "hint")]
    told[0] = [masked(heading) for heading in told[0]]
    told[3] = [_located(one, joined or {}) for one in notes.words]
    column, fact, code, text, hint = (pa.array(words, pa.string()).take(which) for words in told)
    names = ["line", "column", "fact", "value", "code", "note", "hint"]
    return pa.table([pa.array(lines[notes.rows]), column, fact, _values(notes, table), code, text, hint], names)


def _located(note: Note, joined: Mapping[str, str]) -> str:
    """The text of a note, and where the headings stand that it names and that no cell has as a whole."""
    named = [heading for heading in joined if heading == note.column or f"`{heading}`" in note.text]
    return "".join((note.text, *(masked(joined[one]) for one in named)))


def _values(notes: Notes, table: Any) -> Any:
    """The cells that notes are about, as text."""
    headings = [one.column for one in notes.words]
    values = np.full(len(notes), None, object)
    for heading in dict.fromkeys(headings):
        own = np.array([one == heading for one in headings], np.bool_)[notes.which]
        values[own] = cells(table, heading, notes.rows[own])
    if unread := getattr(table, "unread", ()):
        words = {(one.row, one.problem.location.file): one.words for one in unread if one.words is not None}
        for place, (row, which) in enumerate(zip(notes.rows.tolist(), notes.which.tolist(), strict=True)):
            if (said := words.get((row, headings[which]))) is not None:
                values[place] = cut(masked(said[:_LOOKED_AT]), _CELL)
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
    texts = [None if value is None else str(value)[:_LOOKED_AT] for value in found]
    told = {one: None if one is None else cut(masked(one), _CELL) for one in dict.fromkeys(texts)}
    return [told[texts[place]] for place in places.reshape(-1).tolist()]


def cut(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
