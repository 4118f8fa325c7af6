"""The column of a register that takes the answer to a question; one that is filled has to be corrected or completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import different
from applicability.bulk.output.labels import say
from applicability.bulk.register.columns.notes import Notes
from applicability.bulk.sources.headings import clean
from applicability.identity import masked
from applicability.loading.company.cells import is_missing
from applicability.loading.profile.parts import whole_name
from applicability.messages import listed
from applicability.model.partial import YES
from applicability.text import Lang


class AnswerColumns:
    """Says for companies where an answer goes, by the `headings` of facts, the cells of the table and the notes."""

    def __init__(self, headings: Mapping[str, str], table: Any, notes: Notes, lang: Lang) -> None:
        self._headings, self._table, self._lang = headings, table, lang
        # By fact and row, the columns of it that were left out.
        self._left_out: dict[str, dict[int, dict[str, None]]] = {}
        coded = np.array([bool(note.code and note.column) for note in notes.words], np.bool_)
        at = np.flatnonzero(coded[notes.which]) if len(notes) else np.empty(0, np.int64)
        for row, which in zip(notes.rows[at].tolist(), notes.which[at].tolist(), strict=True):
            note = notes.words[which]
            own = self._left_out.setdefault(whole_name(note.fact)[0], {}).setdefault(row, {})
            own |= dict.fromkeys(note.columns or (note.column,))

    def in_part(self, fact: str) -> bool:
        """Whether the column for the answers tells only some of a list: “none” decides nothing there."""
        own = self._held(fact)
        return own is not None and whole_name(own)[1] == YES

    def _held(self, fact: str) -> str | None:
        """What the column for the answers holds: the fact, or else a part of it."""
        if fact in self._headings:
            return fact
        return next((name for name in self._headings if whole_name(name)[0] == fact), None)

    def of(self, fact: str, label: str, rows: NDArray[np.int64]) -> Any:
        """The column for the answers of these rows (text); without one of the fact it is a new one of that label."""
        held = self._held(fact)
        heading = None if held is None else self._headings[held]
        plain = say("new_column", self._lang, heading=label) if heading is None else masked(clean(heading))
        words = [plain, say("fill_in_more", self._lang, column=plain)]
        which = np.zeros(rows.size, np.int32)
        if heading is not None:
            found = different(self._table.column(heading))
            which += np.array([*(not is_missing(one) for one in found.values), False], np.bool_)[found.places[rows]]
        left_out = self._left_out.get(fact, {})
        for place in np.flatnonzero(np.isin(rows, np.array([*left_out], np.int64))).tolist():
            names = listed([f"`{masked(clean(one))}`" for one in left_out[int(rows[place])]]).of(self._lang)
            text = say("correct_it", self._lang, columns=names)
            if text not in words:
                words.append(text)
            which[place] = words.index(text)
        return pa.array(words, pa.string()).take(pa.array(which))
