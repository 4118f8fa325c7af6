"""What could not be read of companies, as notes: the row, the column, the cell, the code and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import CellTable, different
from applicability.bulk.engine.distinct import distinct_combinations, numbered
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.output.loss_headings import heading_of, name_told, names_told
from applicability.bulk.output.loss_words import (
    LossNotes,
    WordedLoss,
    is_no_error,
    loss_of_column,
    loss_of_profile,
)
from applicability.bulk.output.places_told import PlaceColumnsOf, PlacesTold
from applicability.bulk.register.columns.derived_facts import Origin, RowLoss
from applicability.bulk.register.columns.interned import cell_of
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.register.fact_reader import FactRows
from applicability.bulk.sources.source import names_of
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import replace
from applicability.loading.company.cells import is_missing
from applicability.loading.profile.readable import CONTRADICTIONS, Loss
from applicability.model.headings import LEVELS
from applicability.model.place_spellings import names_no_place
from applicability.text import Text

# Cells of a batch that are read by themselves; where more are asked for, whole columns are read.
_FEW = 2000


def unread_notes(
    read: FactRows, partly: Sequence[PartlyRead], table: Any, words: LossNotes, told: PlacesTold | None = None
) -> Notes:
    """The notes on what the columns and the reader of profiles could not read, by row; `table` has the cells, and
    `told` what tells the place of rows beside their own columns.
    """
    words.begin(read.headings, read.scopes)
    filled, places = FilledCells(read.holds, table), PlaceColumnsOf(read, told or PlacesTold())
    numbers = _NoteNumbers()
    rows = [np.array([lost.row for lost in read.losses], np.int64)]
    which = [np.array([*_note_numbers(read, words, filled, places, numbers)], np.int32)]
    for one in partly:
        starts, counts, flat = _by_combination(read, one, words, filled, places, numbers)
        rows.append(np.repeat(one.rows, counts))
        # Of each row the numbers that its combination has in `flat`, one after the other.
        first = np.repeat(starts - (np.cumsum(counts) - counts), counts)
        which.append(flat[first + np.arange(first.size)])
    return _once(np.concatenate(rows), np.concatenate(which), [*numbers])


class _NoteNumbers(dict[Note, int]):
    """Notes with their numbers, in the order in which they were met."""

    def __missing__(self, note: Note) -> int:
        self[note] = len(self)
        return self[note]


def _note_numbers(
    read: FactRows, words: LossNotes, filled: FilledCells, places: PlaceColumnsOf, numbers: _NoteNumbers
) -> Iterator[int]:
    """The numbers of the notes on what columns lost, in their order."""
    known: dict[object, int] = {}
    told: tuple[str, ...]
    key: tuple[object, ...]
    # `read.losses` is a list: its problems live as long as this, so that no two have one id.
    for lost in read.losses:
        told, counts, key = (), "", (id(lost.problem), lost.instead, lost.settled)
        if lost.instead is None:  # else another column counts, whatever stands in the row
            told, counts = filled.told(lost), places.of(lost.row)[0]
            key = id(lost.problem), lost.facts, lost.beside, told, counts
        if key not in known:
            known[key] = numbers[words.of_column(lost, told, counts)]
        yield known[key]


class FilledCells:
    """Which cells of a table say something, by column; `holds` is what each holds: a fact, or a level of one."""

    def __init__(self, holds: Mapping[str, str], table: Any) -> None:
        self._holds, self._table = holds, table
        self._names = frozenset(table.columns if isinstance(table, CellTable) else names_of(table))
        self._known: dict[str, NDArray[np.bool_]] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._read = 0  # cells read by themselves

    def __call__(self, heading: str) -> NDArray[np.bool_]:
        """Whether each cell of a column says something: 市辖区 names no place (bool, shape (rows,))."""
        if heading not in self._known:
            found = different(self._table.column(heading))
            says = [_says(one) for one in found.values]
            self._known[heading] = np.array([*says, False], np.bool_)[found.places]
        return self._known[heading]

    def levels(self, fact: str) -> tuple[str, ...]:
        """The columns that tell a fact at another level, such as the province of a city."""
        own = (heading for heading, held in self._holds.items() if LEVELS.get(held) == fact)
        return tuple(one for one in own if one in self._names)

    def told(self, lost: RowLoss) -> tuple[str, ...]:
        """The columns that say something of the facts of a loss in its row; none where another column counts."""
        if lost.instead is not None:
            return ()
        return tuple([heading for fact in lost.facts for heading in self._of(fact, lost.row)])

    def _of(self, fact: str, row: int) -> Iterator[str]:
        """The columns of a fact that say something in a row, its levels first."""
        if fact not in self._columns:
            own = (heading for heading, held in self._holds.items() if held == fact and heading in self._names)
            self._columns[fact] = (*self.levels(fact), *own)
        for heading in self._columns[fact]:
            if self._says(heading, row):
                yield heading

    def _says(self, heading: str, row: int) -> bool:
        """Whether one cell says something: a few are read by themselves, for which no column need be read."""
        if heading not in self._known and self._read < _FEW:
            self._read += 1
            return _says(cell_of(self._table.column(heading), row))
        return bool(self(heading)[row])


def _says(cell: object) -> bool:
    """Whether a cell says something: 市辖区 names no place."""
    return not is_missing(cell) and not names_no_place(str(cell))


def _by_combination(
    read: FactRows,
    one: PartlyRead,
    words: LossNotes,
    filled: FilledCells,
    places: PlaceColumnsOf,
    numbers: _NoteNumbers,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """The notes on rows read in part: where those of each row begin in the third array, how many there are (int64,
    shape (rows,) each), and their numbers (int32).
    """
    facts = dict.fromkeys(loss.fact for part in one.parts for loss in part.losses)
    told = [names_told(read, fact, one.rows) for fact in facts]
    combined, which_of = distinct_combinations([read.origins.places[one.rows], *(at for _, at in told)])
    origins = []
    for place, *chosen in combined:
        origin = cast("Origin", read.origins.values[place])
        own_names = (names[at] for (names, _), at in zip(told, chosen, strict=True))
        origins.append(tuple(heading_of(read, fact, origin, name) for fact, name in zip(facts, own_names, strict=True)))
    # Most origins tell these facts of the same columns: what else they tell makes no other notes.
    kinds = {headings: number for number, headings in enumerate(dict.fromkeys(origins))}
    headings_of = [dict(zip(facts, headings, strict=True)) for headings in kinds]
    kind = np.array([kinds[headings] for headings in origins], np.int64)[which_of]
    # Columns of other levels that say something are lost with a fact that is contradicted.
    apart = {loss.fact for part in one.parts for loss in part.losses if loss.problem.code in CONTRADICTIONS}
    levels = [(fact, heading) for fact in facts if fact in apart for heading in filled.levels(fact)]
    says, ways = np.zeros(one.rows.size, np.int64), 1 << len(levels)
    for place, (_, heading) in enumerate(levels):
        says |= filled(heading)[one.rows].astype(np.int64) << place
    ways *= len(places.pairs)
    says = says * len(places.pairs) + places.at(one.rows)
    met, which = numbered((one.which * np.int64(len(kinds)) + kind) * ways + says)
    flat: list[int] = []
    counts = []
    known: dict[tuple[int, int], int] = {}  # by the loss, a word of many lists, and what stands around its part
    for key in met.tolist():
        place, around = divmod(key, len(kinds) * ways)
        losses = one.parts[place].losses
        counts.append(len(losses))
        for loss in losses:
            number = known.get((id(loss), around))
            if number is None:
                headings = headings_of[around // ways]
                says_here, of_place = divmod(around % ways, len(places.pairs))
                said = [pair for place, pair in enumerate(levels) if says_here >> place & 1]
                beside = {fact: tuple(heading for own, heading in said if own == fact) for fact in facts}
                against = _against(loss, losses, headings, beside)
                counting = places.pairs[of_place]
                number = numbers[words.of_profile(loss, headings[loss.fact], beside[loss.fact], against, counting)]
                if loss.problem.code not in CONTRADICTIONS:  # else the rest of its part tells what is against it
                    known[id(loss), around] = number
            flat.append(number)
    count = np.array(counts, np.int64)
    return (np.cumsum(count) - count)[which], count[which], np.array(flat, np.int32)


def _against(
    loss: Loss, losses: Sequence[Loss], headings: Mapping[str, str], beside: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The columns of the other facts that were lost by the same contradiction."""
    if loss.problem.code not in CONTRADICTIONS:
        return ()
    others = (one.fact for one in losses if one.problem == loss.problem and one.fact != loss.fact)
    return tuple(column for fact in others for column in (headings[fact], *beside[fact]))


def _once(rows: NDArray[np.int64], which: NDArray[np.int32], words: Sequence[Note]) -> Notes:
    """Notes by row, each once: two groups of facts may have read one cell."""
    _, first = np.unique(rows * max(len(words), 1) + which, return_index=True)
    first.sort()
    order = first[np.argsort(rows[first], kind="stable")]
    return Notes(rows[order], which[order], words)


def first_unread(read: FactRows, partly: Sequence[PartlyRead], table: Any) -> tuple[int, list[Problem]] | None:
    """The first row of which something could not be read, and its problems, located at their columns."""
    noted = np.array([bool(note.code) for note in read.notes.words], np.bool_)
    coded = read.notes.rows[noted[read.notes.which]] if len(read.notes) else read.notes.rows
    wrong = [one.rows[_errors(read, one)[one.which]] for one in partly]
    every = [np.array([lost.row for lost in read.losses], np.int64), *wrong, coded]
    rows = np.setdiff1d(np.concatenate(every), np.array(sorted(read.no_companies), np.int64))
    if not rows.size:
        return None
    row, filled = int(rows[0]), FilledCells(read.holds, table)
    found = {
        replace(lost.problem, location=Location(lost.heading)): None
        for lost in _of_row(read, partly, row, filled)
        if not is_no_error(lost.problem, lost.heading, read.scopes)
    }
    for which in read.notes.which[read.notes.rows == row].tolist():
        note = read.notes.words[which]
        if note.code:
            said = note.said or Text(note.text, note.text)
            found[Problem(note.code, Location(note.column), said, note.mend)] = None
            break
    return row, [*found]


def _errors(read: FactRows, one: PartlyRead) -> NDArray[np.bool_]:
    """Which parts lost more than words of a business scope (bool, shape (parts,))."""
    if not read.scopes:
        return np.ones(len(one.parts), np.bool_)
    # Rows with the same part have the same cells: the first of them has its words where the others have them.
    found = np.ones(len(one.parts), np.bool_)
    for place, at in zip(*(own.tolist() for own in np.unique(one.which, return_index=True)), strict=True):
        losses, row = one.parts[place].losses, one.rows[[at]]
        headings = (heading_of(read, loss.fact, {}, name_told(read, loss.fact, row)) for loss in losses)
        found[place] = any(
            not is_no_error(loss.problem, heading, read.scopes) for loss, heading in zip(losses, headings, strict=True)
        )
    return found


def _of_row(read: FactRows, partly: Sequence[PartlyRead], row: int, filled: FilledCells) -> Iterator[WordedLoss]:
    """What was lost of one row."""
    yield from (loss_of_column(lost, read.headings, filled.told(lost)) for lost in read.losses if lost.row == row)
    origin = cast("Origin", read.origins.values[read.origins.places[row]])
    for one in partly:
        for place in one.which[one.rows == row].tolist():
            for loss in one.parts[place].losses:
                name = name_told(read, loss.fact, np.array([row], np.int64))
                yield loss_of_profile(loss, heading_of(read, loss.fact, origin, name))
