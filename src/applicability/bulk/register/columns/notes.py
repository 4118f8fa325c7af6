"""Notes on companies as arrays, so that a note on every row costs no object per row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.distinct import distinct, numbered
from applicability.bulk.engine.pair_table import Codes
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.place_notes import asked_for
from applicability.text import Lang, Text

# Marks a kind of notes without a code that say what to do.
TO_DO = "+"
# Characters of a note, and those of it that are searched for what is not to be told.
_LONGEST, _LOOKED_AT = 400, 1000


@dataclass(frozen=True)
class Note:
    """The column that a note comes from, the fact it is about, and its text; `code` is that of what was not read, and
    `hint` how to mend it. With a code a strict run ends there: `said` is the text in both languages, and `mend` the
    hint. `columns` are those that are left out, where they are others than the one column.
    """

    column: str
    fact: str
    text: str
    code: str = ""
    hint: str = ""
    said: Text | None = None
    columns: tuple[str, ...] = ()
    mend: Text | None = None


@dataclass(frozen=True)
class Notes:
    """Notes in order: the row of each (int64, shape (n,)), and the index of its text in `words` (int32, shape (n,))."""

    rows: NDArray[np.int64]
    which: Codes
    words: Sequence[Note]

    def __len__(self) -> int:
        return len(self.rows)


def bounded_note(column: str, fact: str, said: Text, lang: Lang, code: str = "", hint: str = "") -> Note:
    """A note as it is told: what it says of a cell may be long, or hold a person's number."""
    told = Text(_bounded(said.zh), _bounded(said.en))
    return Note(column, fact, told.of(lang), code, _bounded(hint), told if code else None)


def _bounded(text: str) -> str:
    shown = masked(text[:_LOOKED_AT])
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


NO_NOTES = Notes(np.empty(0, np.int64), np.empty(0, np.int32), ())


def with_asked(notes: Notes) -> Notes:
    """The notes with what those on places ask for as their hints."""
    words = [one if one.code or one.hint else _with_asked(one) for one in notes.words]
    return notes if words == [*notes.words] else Notes(notes.rows, notes.which, words)


def _with_asked(note: Note) -> Note:
    hint = asked_for(note.text)
    return replace(note, hint=hint) if hint else note


def kinds_of(notes: Notes) -> dict[str, list[int | str]]:
    """How many notes there are of each kind, on how many rows, the first as an example, and its hint; keyed by code and
    column, a tab between. In place of a code, notes on how something was read have `TO_DO` where they have a hint.
    """
    met = np.bincount(notes.which, minlength=len(notes.words)).tolist()
    found: dict[str, list[int | str]] = {}
    numbers: dict[str, int] = {}
    kind_of = np.zeros(len(notes.words), np.int64)
    for place, (note, count) in enumerate(zip(notes.words, met, strict=True)):
        if count:
            key = f"{note.code or (TO_DO if note.hint else '')}\t{note.column}"
            kind_of[place] = numbers.setdefault(key, len(numbers))
            held = found.setdefault(key, [0, 0, note.text, note.hint])
            held[0] = int(held[0]) + count
    for held, rows in zip(found.values(), _rows_of_each(kind_of[notes.which], notes.rows, len(found)), strict=True):
        held[1] = rows
    return found


def _rows_of_each(kinds: NDArray[np.int64], rows: NDArray[np.int64], count: int) -> list[int]:
    """How many different rows each of so many kinds has."""
    if not len(rows):
        return []
    # Two stable sorts; that by kind is a linear one where the numbers are short.
    order = np.argsort(rows, kind="stable")
    order = order[np.argsort(kinds[order].astype(np.min_scalar_type(count)), kind="stable")]
    own, at = kinds[order], rows[order]
    first = np.concatenate([[True], (own[1:] != own[:-1]) | (at[1:] != at[:-1])])
    return [*map(int, np.bincount(own[first], minlength=count))]


def companies_noted(notes: Notes) -> tuple[int, int]:
    """How many rows have a note, and how many one on what was not read."""
    coded = np.array([bool(note.code) for note in notes.words], np.bool_)
    unread = notes.rows[coded[notes.which]] if len(notes) else notes.rows
    return distinct(notes.rows).size, distinct(unread).size


def but_for(notes: Notes, rows: Iterable[int] | NDArray[np.int64]) -> Notes:
    """The notes on other rows than these."""
    own = rows if isinstance(rows, np.ndarray) else np.array(sorted(rows), np.int64)
    kept = ~np.isin(notes.rows, own)
    return notes if kept.all() else Notes(notes.rows[kept], notes.which[kept], notes.words)


def not_about(notes: Notes, fact: str, rows: NDArray[np.int64]) -> Notes:
    """The notes without those on a fact of these rows."""
    about = np.array([one.fact == fact for one in notes.words], np.bool_)
    if not about.any():
        return notes
    kept = ~(np.isin(notes.rows, rows) & about[notes.which])
    return notes if kept.all() else Notes(notes.rows[kept], notes.which[kept], notes.words)


def one_after_another(parts: Sequence[Notes], rows: int) -> Notes:
    """Merges kinds of notes: for every `rows` rows all of the first kind, then the second; drops unused texts."""
    words: list[Note] = []
    which = []
    for part in parts:
        met, places = numbered(part.which)
        which.append((places + len(words)).astype(np.int32))
        words += [part.words[place] for place in met.tolist()]
    if not words:
        return NO_NOTES
    told = Notes(np.concatenate([part.rows for part in parts]), np.concatenate(which), words)
    order = np.argsort(told.rows // rows, kind="stable")
    return Notes(told.rows[order], told.which[order], words)


def by_row(one: Notes, other: Notes) -> Notes:
    """Merges two kinds of notes row by row, the first kind first."""
    return one_after_another((one, other), 1)
