"""Notes as a table: the number of each row, the column, the cell, the code, why, and how to mend it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.distinct import numbered
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.sources.source import names_of
from applicability.identity import masked

# Characters of a cell that are told, and that are searched for what is not to be told.
_CELL, _LOOKED_AT = 200, 1000
# What an array of text is kept below, in bytes.
_BYTES = 1 << 30
# Texts without so many figures of any kind hold no personal number (see `masked`): Arrow finds them much faster.
_NUMBERED = r"(?:\p{N}\P{N}*){9}"


def noted(notes: Notes, table: Any, lines: Any, joined: Mapping[str, str] | None = None) -> Any:
    """Notes as a table, with the number of each row and what its cell holds; `joined` says where headings stand that
    no cell has as a whole.
    """
    told = [[getattr(one, name) for one in notes.words] for name in ("column", "fact", "code", "text", "hint")]
    told[0] = [masked(heading) for heading in told[0]]
    told[3] = [_located(one, joined or {}) for one in notes.words]
    column, fact, code, text, hint = (_spread(words, notes.which) for words in told)
    names = ["line", "column", "fact", "value", "code", "note", "hint"]
    return pa.table([pa.array(lines[notes.rows]), column, fact, _values(notes, table), code, text, hint], names)


def _spread(words: Sequence[str], which: Codes) -> Any:
    """The words at some places, in as many arrays as it takes: one holds 2 GiB at most."""
    array = pa.array(words, pa.string())
    step = max(1, _BYTES // max((len(one.encode()) + 1 for one in words), default=1))
    if which.size <= step:
        return array.take(pa.array(which))
    return pa.chunked_array([array.take(pa.array(which[at : at + step])) for at in range(0, which.size, step)])


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
    return pa.array(values, pa.string())  # in chunks, where it is larger than an array may be


def cells(table: Any, column: str, rows: Any) -> list[str | None]:
    """The cells of a column at some rows, as text that is not too long; None for a missing column."""
    # A long list of which no word is known stands in as many notes: each cell is taken once.
    own, places = numbered(np.asarray(rows, np.int64))
    may_number: Iterable[bool] = itertools.repeat(True, len(own))
    if isinstance(table, CellTable):
        held = table.columns.get(column)
        found: Iterable[object] = [None] * len(own) if held is None else [held[row] for row in own.tolist()]
    elif column not in names_of(table):
        found = [None] * len(own)
    else:
        taken = table.column(column).take(pa.array(own, pa.int64()))
        found = taken.to_pylist()
        if isinstance(taken, pa.Array | pa.ChunkedArray) and _is_text(taken.type):
            may_number = pc.match_substring_regex(taken, _NUMBERED).to_pylist()
    texts = [None if value is None else str(value)[:_LOOKED_AT] for value in found]
    told: dict[str | None, str | None] = {}
    for one, may in zip(texts, may_number, strict=True):
        if one not in told:
            told[one] = None if one is None else cut(masked(one) if may else one, _CELL)
    return [told[texts[place]] for place in places.tolist()]


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def cut(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
