"""The column of a register that takes the answer to a question; one that is filled has to be corrected or completed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, Coded, different
from applicability.bulk.output.labels import say
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.sources.headings import clean
from applicability.identity import masked
from applicability.loading.company.cells import is_missing
from applicability.loading.profile.parts import whole_name
from applicability.messages import listed
from applicability.model.partial import YES
from applicability.text import Lang


class AnswerColumns:
    """Says for companies where an answer goes, by the `headings` of facts, the cells of the table and the notes.

    `left_open` says of a heading and a fact that was not read of it which facts the cell may leave open; `scopes` are
    the columns of business scopes, and `origins` have for each row the facts that other columns told.
    """

    def __init__(
        self,
        headings: Mapping[str, str],
        table: Any,
        notes: Notes,
        lang: Lang,
        left_open: Callable[[str, str], Collection[str]] = lambda _heading, fact: (fact,),
        scopes: Collection[str] = (),
        origins: Coded | None = None,
    ) -> None:
        # A business scope stays as the licence has it: what it leaves open is answered in a column of its own.
        self._headings = {fact: one for fact, one in headings.items() if one not in scopes}
        self._table, self._lang, self._origins = table, lang, origins
        # By fact and row, the columns of it that were left out.
        self._left_out: dict[str, dict[int, dict[str, None]]] = {}
        # … and the rows where columns contradict each other, of which an answer beside them settles nothing.
        self._apart: dict[str, set[int]] = {}
        opened = [_opened(one, left_open) if one.code and one.column else {} for one in notes.words]
        coded = np.array([bool(one) for one in opened], np.bool_)
        at = np.flatnonzero(coded[notes.which]) if len(notes) else np.empty(0, np.int64)
        for row, which in zip(notes.rows[at].tolist(), notes.which[at].tolist(), strict=True):
            for fact, columns in opened[which].items():
                self._leave_out(fact, row, columns)
                if len(columns) > 1:
                    self._apart.setdefault(fact, set()).add(row)
        # The note on a row of which nobody knows what stands in which column names none of them.
        for one in getattr(table, "unread", ()):
            for heading in one.columns:
                for fact in left_open(heading, ""):
                    self._leave_out(fact, one.row, (heading,))

    def _leave_out(self, fact: str, row: int, columns: Iterable[str]) -> None:
        own = self._left_out.setdefault(fact, {}).setdefault(row, {})
        own |= dict.fromkeys(columns)

    def in_part(self, fact: str) -> bool:
        """Whether the column for the answers tells only some of a list: “none” decides nothing there."""
        own = self._held(fact)
        return own is not None and whole_name(own)[1] == YES

    def _held(self, fact: str) -> str | None:
        """What the column for the answers holds: the fact, or else a part of it."""
        if fact in self._headings:
            return fact
        return next((name for name in self._headings if whole_name(name)[0] == fact), None)

    def telling(self, fact: str, rows: NDArray[np.int64]) -> list[str]:
        """The one column that tells the fact of each of these rows; empty where none does, or several do."""
        told: list[dict[str, None]] = [{} for _ in range(rows.size)]
        for held, heading in self._headings.items():
            if whole_name(held)[0] == fact:
                for place in np.flatnonzero(self._filled(heading, rows)).tolist():
                    told[place][masked(clean(heading))] = None
        if self._origins is not None:
            for place, own in enumerate(self._origins.places[rows].tolist()):
                given = self._origins.values[own] if own != NONE else {}
                told[place] |= {masked(clean(by)): None for name, by in given.items() if whole_name(name)[0] == fact}
        return [next(iter(one)) if len(one) == 1 else "" for one in told]

    def _filled(self, heading: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the cells of these rows say anything (bool, shape (n,))."""
        found = different(self._table.column(heading))
        return np.array([*(not is_missing(one) for one in found.values), False], np.bool_)[found.places[rows]]

    def of(self, fact: str, label: str, rows: NDArray[np.int64], *, whole: bool = False) -> Any:
        """The column for the answers of these rows (text); without one of the fact, or with only one of some of its
        list where the `whole` is to be written, it is a new one of that label.
        """
        heading = None if whole and self.in_part(fact) else self._heading(fact)
        plain = say("new_column", self._lang, heading=label) if heading is None else masked(clean(heading))
        words = [plain, say("fill_in_more", self._lang, column=plain)]
        which = np.zeros(rows.size, np.int32)
        if heading is not None:
            which += self._filled(heading, rows)
        for place, columns, alone in self._to_correct(fact, rows):
            key = "correct_it" if alone else "correct_or_fill_in"
            text = say(key, self._lang, columns=self._named(columns), other=plain)
            if text not in words:
                words.append(text)
            which[place] = words.index(text)
        return pa.array(words, pa.string()).take(pa.array(which))

    def asked(self, fact: str, questions: Sequence[str], rows: NDArray[np.int64], lines: Sequence[int]) -> Any:
        """What to ask these rows (text), which stand in these lines, by the question to each: where something was left
        out that may tell the fact, first to correct that.
        """
        words = [*questions]
        for place, columns, alone in self._to_correct(fact, rows):
            key = "correct_first" if alone else "correct_or_answer"
            named = self._named(columns)
            words[place] = say(key, self._lang, line=lines[place], columns=named, question=words[place])
        return pa.array(words, pa.string())

    def _heading(self, fact: str) -> str | None:
        held = self._held(fact)
        return None if held is None else self._headings[held]

    def _to_correct(self, fact: str, rows: NDArray[np.int64]) -> Iterator[tuple[int, Collection[str], bool]]:
        """The places of the rows of which columns of the fact were left out, these columns, and whether nothing but
        their correction helps: they hold the answer themselves, or contradict each other.
        """
        left_out, heading = self._left_out.get(fact, {}), self._heading(fact)
        for place in np.flatnonzero(np.isin(rows, np.array([*left_out], np.int64))).tolist():
            row = int(rows[place])
            yield place, left_out[row], heading in left_out[row] or row in self._apart.get(fact, ())

    def _named(self, columns: Collection[str]) -> str:
        return listed([f"`{masked(clean(one))}`" for one in columns]).of(self._lang)


def _opened(note: Note, left_open: Callable[[str, str], Collection[str]]) -> dict[str, tuple[str, ...]]:
    """The facts that a note on what was not read leaves open, each with the columns to correct."""
    opened: dict[str, tuple[str, ...]] = {fact: (note.column,) for fact in left_open(note.column, note.fact)}
    if note.columns:  # each of them may be the wrong one
        opened[whole_name(note.fact)[0]] = note.columns
    return opened
