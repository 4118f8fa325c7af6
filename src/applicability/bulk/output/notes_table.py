"""Notes as a table: the number of each row, the column, the cell, the code, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.distinct import numbered
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.text_bytes import is_plain_text
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.sources.masked_texts import masked_texts
from applicability.bulk.sources.source import names_of
from applicability.identity import masked

# Characters of a cell that are told, and that are searched for what is not to be told.
_CELL, _LOOKED_AT = 200, 1000
# What an array of text is kept below, in bytes.
_BYTES = 1 << 30


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
    found, order = [], [np.empty(0, np.intp)]
    for heading in dict.fromkeys(headings):
        order.append(np.flatnonzero(np.array([one == heading for one in headings], np.bool_)[notes.which]))
        found.append(cells(table, heading, notes.rows[order[-1]]))
    back = np.empty(len(notes), np.intp)
    back[np.concatenate(order)] = np.arange(len(notes))
    values = pa.concat_arrays([pa.array([], pa.large_string()), *found]).take(pa.array(back))
    if unread := getattr(table, "unread", ()):
        words = {(one.row, one.problem.location.file): one.words for one in unread if one.words is not None}
        each = zip(notes.rows.tolist(), notes.which.tolist(), strict=True)
        said = [words.get((row, headings[which])) for row, which in each]
        own = [None if one is None else cut(masked(one[:_LOOKED_AT]), _CELL) for one in said]
        values = pc.coalesce(pa.array(own, pa.large_string()), values)
    return _small(values)


def _small(texts: Any) -> Any:
    """An array of large texts as one of texts, in as many chunks as it takes: one holds 2 GiB at most."""
    if texts.nbytes <= _BYTES:
        return texts.cast(pa.string())
    middle = len(texts) // 2
    parts = [_small(texts.slice(*one)) for one in ((0, middle), (middle,))] if middle else [texts.cast(pa.string())]
    return pa.chunked_array([chunk for part in parts for chunk in getattr(part, "chunks", [part])])


def cells(table: Any, column: str, rows: Any) -> Any:
    """The cells of a column at some rows, as large texts that are not too long; null for a missing column."""
    # A long list of which no word is known stands in as many notes: each cell is taken once.
    own, places = numbered(np.asarray(rows, np.int64))
    if isinstance(table, CellTable):
        held = table.columns.get(column)
        texts = _told([None] * own.size if held is None else [held[row] for row in own.tolist()])
    elif column not in names_of(table):
        texts = _told([None] * own.size)
    else:
        taken = table.column(column).take(pa.array(own, pa.int64()))
        if isinstance(taken, pa.ChunkedArray):
            taken = taken.combine_chunks()
        is_array = isinstance(taken, pa.Array) and is_plain_text(taken.type)
        texts = _cut(taken.cast(pa.large_string())) if is_array else _told(taken.to_pylist())
    return texts.take(pa.array(places))


def _cut(texts: Any) -> Any:
    """Texts without identity numbers, of at most `_CELL` characters (large texts)."""
    if (pc.max(pc.binary_length(texts)).as_py() or 0) <= _CELL:
        return masked_texts(texts)
    texts = masked_texts(pc.utf8_slice_codeunits(texts, 0, _LOOKED_AT))
    begins = pc.utf8_slice_codeunits(texts, 0, _CELL - 1)
    cut_off = pc.binary_join_element_wise(begins, *pa.array(["…", ""], texts.type))
    return pc.if_else(pc.greater(pc.utf8_length(texts), _CELL), cut_off, texts)


def _told(values: Sequence[object]) -> Any:
    """Values of any kind likewise, each worded once (large texts)."""
    texts = [None if value is None else str(value)[:_LOOKED_AT] for value in values]
    told = {one: None if one is None else cut(masked(one), _CELL) for one in dict.fromkeys(texts)}
    return pa.array([told[one] for one in texts], pa.large_string())


def cut(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
