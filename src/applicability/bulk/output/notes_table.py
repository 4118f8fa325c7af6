"""Notes as a table: the number of each row, the column, the cell, the code, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.row_profiles import whole_column
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.sources.source import names_of
from applicability.identity import masked

# Characters of a cell that are told, and that are searched for what is not to be told.
_CELL, _LOOKED_AT = 200, 1000
# Texts without so many figures of any kind hold no personal number (see `masked`): Arrow finds them much faster.
_NUMBERED = r"(?:\p{N}\P{N}*){9}"


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
    which = {heading: number for number, heading in enumerate(dict.fromkeys(headings))}
    number = np.array([which[heading] for heading in headings], np.int32)[notes.which]
    places = [np.flatnonzero(number == own) for own in which.values()]
    told = [_texts(table, heading, notes.rows[own]) for heading, own in zip(which, places, strict=True)]
    values = pa.concat_arrays([pa.array([], pa.string()), *told])
    # From the order of the headings to that of the notes.
    values = values.take(pa.array(np.argsort(np.concatenate([*places, np.zeros(0, np.int64)]), kind="stable")))
    if unread := getattr(table, "unread", ()):
        words = {(one.row, one.problem.location.file): one.words for one in unread if one.words is not None}
        told = values.to_pylist()
        for place, (row, own) in enumerate(zip(notes.rows.tolist(), notes.which.tolist(), strict=True)):
            if (said := words.get((row, headings[own]))) is not None:
                told[place] = _told(said)
        return pa.array(told, pa.string())
    return values


def cells(table: Any, column: str, rows: Any) -> list[str | None]:
    """The cells of a column at some rows, as text that is not too long; None for a missing column."""
    texts: list[str | None] = _texts(table, column, np.asarray(rows, np.int64)).to_pylist()
    return texts


def _texts(table: Any, column: str, rows: NDArray[np.int64]) -> Any:
    """The same as an Arrow array of text."""
    # A long list of which no word is known stands in as many notes: each cell is taken once.
    own, places = np.unique(rows, return_inverse=True)
    if isinstance(table, CellTable):
        held = table.columns.get(column)
        found: Iterable[object] = [None] * len(own) if held is None else [held[row] for row in own.tolist()]
    elif column not in names_of(table):
        return pa.nulls(rows.size, pa.string())
    else:
        taken = table.column(column).take(pa.array(own, pa.int64()))
        if isinstance(taken, pa.Array | pa.ChunkedArray) and pa.types.is_string(taken.type):
            coded = whole_column(taken).dictionary_encode()
            few = np.asarray(pc.invert(pc.match_substring_regex(coded.dictionary, _NUMBERED))).tolist()
            words = zip(coded.dictionary.to_pylist(), few, strict=True)
            told = pa.array([cut(one, _CELL) if plain else _told(one) for one, plain in words], pa.string())
            return told.take(coded.indices).take(pa.array(places.reshape(-1)))
        found = taken.to_pylist()
    texts = [None if value is None else str(value)[:_LOOKED_AT] for value in found]
    of = {one: None if one is None else _told(one) for one in dict.fromkeys(texts)}
    return pa.array([of[one] for one in texts], pa.string()).take(pa.array(places.reshape(-1)))


def _told(cell: str) -> str:
    """A cell as it is told: without personal numbers, and not too long."""
    return cut(masked(cell[:_LOOKED_AT]), _CELL)


def cut(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
