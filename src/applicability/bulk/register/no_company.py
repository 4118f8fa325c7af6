"""Finds the rows of a register that are no company: totals, remarks, signatures, headings of groups, and headings that
are repeated.

A row counts as one only if nothing in it reads as a credit code, a place, a sector or a share, and if it has no name
with several more cells. Only rows whose name or
first cell begins like one are looked at, so that a long register costs little.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import CellColumn, Coded
from applicability.bulk.engine.text_bytes import is_text
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.interned import cell_of
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.bulk.register.footers import (
    BEGIN,
    BEGUN,
    GROUP,
    GROUP_BEGIN,
    GROUP_NUMBER,
    GROUP_WORDS,
    IF_NONE,
    LONE_NAME,
    NAME_IN_ENGLISH,
    NAME_OF_ONE,
    NUMBER,
    OF_GROUP,
    SAMPLE_BEGIN,
    SAMPLE_NAME,
    TOTALS_SAID,
    footer,
    footer_in_pairs,
    narrow,
)
from applicability.bulk.sources.heading_units import SAMPLE
from applicability.bulk.sources.headings import cut
from applicability.bulk.sources.repeated import NOT_SCREENED, REPEATED
from applicability.bulk.sources.source import names_of
from applicability.errors import Location, Problem, ProfileError
from applicability.loading.company import credit_codes
from applicability.loading.profile.reader import read_facts
from applicability.model.headings import (
    ADDRESS,
    COMPANY_TYPE,
    CREDIT_CODE,
    NAME,
    REGISTERED_ADDRESS,
    REGISTERED_IN,
    REGISTERED_LEVELS,
    fact_of,
    held_by,
    may_hold,
    plain,
)
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

# So many cells beside those of a footer make a row with a name a company, even if none of them can be read.
_FILLED_IN = 3
# How far to the left or right of their columns the cells of an uneven row are looked for.
_SHIFTED = 100
# Characters of what may be a remark that is not known as one; shorter cells stand for names: 甲, 某某.
_REMARK = 4
# Facts whose cells show that a row is a company.
_TELLING = ("city", "district", "zones", "sector", "foreign_share")


# A place of registration reads as any place does.
_AS_PLACE = {
    **dict.fromkeys((REGISTERED_IN, *REGISTERED_LEVELS[:2]), "city"),
    REGISTERED_LEVELS[2]: "district",
    REGISTERED_ADDRESS: ADDRESS,
}


class NoCompanies:
    """Finds the rows of a register that are no company, by one column plan."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, headings: Sequence[str], day: datetime.date) -> None:
        self._rulebook = rulebook
        self._plan = plan
        self._day = day
        self._headings = {heading: plain(heading) for heading in headings}
        named = plan.heading(NAME)
        words = (one for one, held in rulebook.by_heading.items() if held == NAME)
        self._name_words = frozenset((*rulebook.headings.columns.get(NAME, ()), *words))
        self._looked = tuple(dict.fromkeys(one for one in (named, *headings[:1]) if one is not None))
        # Few names begin as a heading of names does: a cheap test.
        self._named = _leads("".join({word[:1] for word in self._name_words}))
        self._leads = _leads(BEGIN)
        self._groups = _leads(GROUP_BEGIN)
        self._samples = _leads(SAMPLE_BEGIN)
        # A blank first cell: the words may stand in any column, and a lower row of headings holds parts of them.
        self._anywhere = _leads(BEGIN + GROUP_BEGIN + "".join({letter for heading in headings for letter in heading}))

    def find(self, table: Any) -> Iterator[tuple[int, Problem]]:
        """The rows that are no company, each with the reason, in order."""
        if not self._looked or not table.num_rows:
            return
        there = names_of(table)
        looked = [one for one in self._looked if one in there]
        found = np.zeros(table.num_rows, np.bool_)
        filled = np.zeros(table.num_rows, np.int8)
        group = np.zeros(table.num_rows, np.bool_)
        for one in looked:
            column = table.column(one)
            own = _marks(column)
            filled += own != 0
            group |= self._groups[own]
            found[_begun(column, np.flatnonzero(self._leads[own]))] = True
            found |= _is_any(column, {one})
            if one == self._plan.heading(NAME) and (rows := np.flatnonzero(self._named[own])).size:
                found[rows[_is_any(column.take(pa.array(rows)), self._name_words)]] = True
        if (blank := np.flatnonzero(filled == 0)).size:
            found |= self._in_blank(table, there, blank)
        if (lone := np.flatnonzero(group & ~found)).size:
            found[self._alone(table, there, lone)] = True
        loose = {one.row: one.cells for one in getattr(table, "unread", ()) if one.cells}
        found[[*loose]] = True
        for row in np.flatnonzero(found).tolist():
            if row in loose:
                problem = self._of_loose(loose[row])
            else:
                problem = self._problem(
                    {one: words for one in there if (words := _words(cell_of(table.column(one), row)))}
                )
            if problem is not None:
                yield row, problem

    def _alone(self, table: Any, there: Sequence[str], rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of some rows that have nothing but a name and a number."""
        for heading in there:
            if not rows.size:
                break
            if heading not in self._looked:
                rows = rows[_marks(table.column(heading).take(pa.array(rows))) == 0]
        return rows

    def lone_names(self, table: Any, none: Collection[int], lang: Lang) -> Notes:
        """Notes on rows that hold nothing but what reads like no name of a company, but for those that are `none`."""
        there = names_of(table)
        looked = [one for one in self._looked if one in there]
        if not looked or len(there) == len(looked) or looked[0] != self._plan.heading(NAME):
            return NO_NOTES
        column = table.column(looked[0])
        rows = np.flatnonzero(_marks(column))
        for heading in (one for one in there if one not in looked):
            if not rows.size:
                return NO_NOTES
            other = table.column(heading)
            few = rows.size < table.num_rows // 2
            rows = rows[_marks(other.take(pa.array(rows))) == 0] if few else rows[_marks(other)[rows] == 0]
        left = {one.row for one in getattr(table, "unread", ())} | {*none}
        found = [
            row
            for row in rows.tolist()
            if row not in left
            and not _is_name(_words(cell_of(column, row)))
            and all(not (cell := _words(cell_of(table.column(one), row))) or cell.isdecimal() for one in looked[1:])
        ]
        if not found:
            return NO_NOTES
        note = Note(looked[0], "", LONE_NAME.of(lang), "", IF_NONE.of(lang))
        return Notes(np.array(found, np.int64), np.zeros(len(found), np.int32), [note])

    def samples(self, table: Any, none: Collection[int], lang: Lang) -> Notes:
        """Notes on rows whose name says that they are a sample, but for those that are `none`."""
        heading = self._plan.heading(NAME)
        if heading is None or heading not in names_of(table):
            return NO_NOTES
        column = table.column(heading)
        found = _begun(column, np.flatnonzero(self._samples[_marks(column)]), SAMPLE)
        if not (found := found[~np.isin(found, [*none])]).size:
            return NO_NOTES
        note = Note(heading, "", SAMPLE_NAME.of(lang), "", IF_NONE.of(lang))
        return Notes(found, np.zeros(len(found), np.int32), [note])

    def _of_loose(self, cells: Sequence[str]) -> Problem | None:
        """Why a row of too many or too few cells is no company: none of them may read, in its column or further to the
        left or to the right.
        """
        headings = [*self._headings]
        many = max(-_SHIFTED, min(len(cells) - len(headings), _SHIFTED))
        rows = [
            {
                one: words
                for one, cell in zip(headings[max(-shift, 0) :], cells[max(shift, 0) :], strict=False)
                if (words := _words(cell))
            }
            for shift in range(min(many, 0), max(many, 0) + 1)
        ]
        problem = self._problem(rows[max(-many, 0)])
        reads = problem is not None and any(self._reads(one, words) for row in rows for one, words in row.items())
        return None if reads else problem

    def _in_blank(self, table: Any, there: Sequence[str], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which rows without a name may be none, by their other cells (bool, shape (table.num_rows,))."""
        found = np.zeros(table.num_rows, np.bool_)
        for heading in there:
            if heading not in self._looked:
                own = _marks(table.column(heading).take(pa.array(rows)))
                found[rows[self._anywhere[own]]] = True
        return found

    def _problem(self, cells: Mapping[str, str]) -> Problem | None:
        """Why a row with these cells is no company; None if it may be one."""
        if self._repeats(cells):
            return Problem("S309", Location(next(iter(cells))), REPEATED, NOT_SCREENED)
        if (group := self._group(cells)) is not None:
            shown = cut(cells[group])
            said = Text(OF_GROUP.zh.format(cell=shown), OF_GROUP.en.format(cell=shown))
            return Problem("S309", Location(group), said, NOT_SCREENED)
        named = any(one in cells for one in self._looked)
        for heading, cell in cells.items():
            if named and heading not in self._looked:
                continue  # a remark beside a company
            if (what := footer(cell)) is not None:
                if any(self._reads(other, cells[other]) for other in cells) or self._is_filled_in(cells, what):
                    return None
                if any(self._is_type(other, cells[other]) for other in cells if other != heading):
                    return None
                shown = cut(cell)
                said = Text(what.zh.format(cell=shown), what.en.format(cell=shown))
                return Problem("S309", Location(heading), said, NOT_SCREENED)
        return self._in_pairs(cells)

    def _in_pairs(self, cells: Mapping[str, str]) -> Problem | None:
        """Why a row is no company if a footer stands in it with its label in one cell, and its words in the next."""
        what = footer_in_pairs([*cells.values()])
        if what is None or any(self._reads(one, cell) or self._is_type(one, cell) for one, cell in cells.items()):
            return None
        shown = cut(" ".join([*cells.values()][:2]))
        said = Text(what.zh.format(cell=shown), what.en.format(cell=shown))
        return Problem("S309", Location(next(iter(cells))), said, NOT_SCREENED)

    def _repeats(self, cells: Mapping[str, str]) -> bool:
        """Whether each cell is its heading, a part of one that stood in several rows, or another heading of what its
        column holds: 企业名称 under 名称, where only the first of the repeated rows was renamed. Where the name and the
        code are such, the rest may be anything: nothing tells what a renamed column was called before.
        """
        keys = [self._plan.heading(NAME), self._plan.heading(CREDIT_CODE)]
        if all(one is not None and self._is_heading(one, cells.get(one, "")) for one in keys):
            return True
        whole = 0
        for heading, cell in cells.items():
            own, words = self._headings[heading], plain(cell)
            part = words and (own.startswith(words) or own.endswith(words))
            if not part and not self._is_heading_of(self._plan.holds.get(heading), cell):
                return False
            whole += own == words
        return len(cells) > 1 or bool(whole and len(self._headings) == 1)

    def _is_heading(self, heading: str, cell: str) -> bool:
        """Whether a cell is its own heading, or another of what its column holds."""
        return plain(cell) == self._headings[heading] or self._is_heading_of(self._plan.holds.get(heading), cell)

    def _is_heading_of(self, held: str | None, cell: str) -> bool:
        """Whether a cell is a heading by which a column of this role or fact is known, or is advised to be renamed."""
        if held is None or not plain(cell):
            return False
        headings, words = self._rulebook.headings, self._rulebook.by_heading
        known = (held_by(words, cell), may_hold(headings, words, cell), headings.looks_as(cell))
        return any(one is not None and fact_of(one) == fact_of(held) for one in known)

    def _group(self, cells: Mapping[str, str]) -> str | None:
        """The heading of the cell that is the heading of a group of companies; None if the row holds anything else."""
        if not 0 < len(cells) <= 2 or any(self._reads(other, cell) for other, cell in cells.items()):
            return None
        (first, *_), (heading, cell) = cells.values(), [*cells.items()][-1]
        words = narrow(cell)
        if len(cells) == 2:  # its number, and what it is called
            named = GROUP_NUMBER.fullmatch(narrow(first)) and GROUP_WORDS.fullmatch(words)
            return heading if named and {*cells} == {*self._looked} else None
        found = GROUP.fullmatch(words)
        if found is None or NAME_OF_ONE.fullmatch(found["words"]) or NAME_IN_ENGLISH.search(cell):
            return None
        return heading

    def _is_filled_in(self, cells: Mapping[str, str], what: Text) -> bool:
        """Whether a row has a name and more beside what makes it no company than a footer has.

        Each such cell may have its answer to the right, 填表人： and then who; totals have a number in any column.
        """
        named = self._plan.heading(NAME)
        if named is None or named not in cells or footer(cells[named]) is not None:
            return False
        kinds = [footer(cell) is not None for cell in cells.values()]
        beside = [
            cell
            for own, before, cell in zip(kinds, [False, *kinds], cells.values(), strict=False)
            if not own and not before and not (what is TOTALS_SAID and NUMBER.fullmatch(narrow(cell)))
        ]
        return len(beside) >= _FILLED_IN

    def _is_type(self, heading: str, cell: str) -> bool:
        """Whether a cell is a known type of company, which no footer has beside it."""
        if self._plan.holds.get(heading) != COMPANY_TYPE:
            return False
        words = plain(cell)
        types = self._rulebook.headings.types
        return any(
            any(plain(one) in words for one in wording.holds) or words in map(plain, wording.whole) for wording in types
        )

    def _reads(self, heading: str, cell: str) -> bool:
        """Whether a cell reads as a credit code, a place, a sector or a share."""
        held = self._plan.holds.get(heading)
        held = _AS_PLACE.get(held, fact_of(held)) if held is not None else None
        if held is None or held in (NAME, COMPANY_TYPE):
            return False
        if held == CREDIT_CODE:
            try:
                credit_codes.read(cell)
            except credit_codes.NoCode:
                return False
            return True
        if held != ADDRESS and held not in _TELLING:
            return False
        try:
            read_facts(Profile.of({held: cell}), self._rulebook, self._day, suggestions=False)
        except ProfileError:
            return False
        return True


def _is_name(cell: str) -> bool:
    """Whether a cell reads like the name of a company, or is too short for a remark."""
    return (
        len(cell) < _REMARK
        or NAME_OF_ONE.fullmatch(narrow(cell)) is not None
        or NAME_IN_ENGLISH.search(cell) is not None
    )


def _leads(letters: str) -> NDArray[np.bool_]:
    """Which characters of `_marks` a cell may begin with: these, and space (bool, shape (65536,))."""
    found = np.zeros(1 << 16, np.bool_)
    found[[ord(letter) for letter in f"{letters} \t\n\u3000\u00a0\ufeff\u200b" if ord(letter) < 1 << 16]] = True
    return found


def _begun(column: Any, rows: NDArray[np.int64], pattern: re.Pattern[str] = BEGUN) -> NDArray[np.int64]:
    """Those of some rows whose cell begins as a row that is no company does, or with another pattern."""
    if not rows.size:
        return rows
    cells = column.take(pa.array(rows))
    if isinstance(cells, CellColumn | Coded) or pa.types.is_dictionary(cells.type):
        return rows[[bool(pattern.match(_words(cell))) for cell in cells.to_pylist()]]
    return rows[np.asarray(pc.fill_null(pc.match_substring_regex(cells, pattern.pattern), False))]


# Stands for a value that is no text, or a character outside the basic plane.
_OTHER = 1


def _marks(column: Any) -> NDArray[np.uint16]:
    """The first character of each cell as a number (uint16, shape (rows,)); 0 for a missing or empty one."""
    if isinstance(column, Coded):
        return np.array([*(_mark(value) for value in column.values), 0], np.uint16)[column.places]
    if isinstance(column, CellColumn):
        return np.array([_mark(value) for value in column.values], np.uint16)
    if pa.types.is_dictionary(column.type):
        known = _marks(column.dictionary)
        places = np.asarray(column.indices.fill_null(len(known)))
        return np.append(known, np.uint16(0))[places]
    if not is_text(column.type):
        return np.where(np.asarray(column.is_valid()), np.uint16(_OTHER), np.uint16(0))
    wide = np.int64 if pa.types.is_large_string(column.type) else np.int32
    offsets: Any = np.frombuffer(column.buffers()[1], wide)[column.offset : column.offset + len(column) + 1]
    text = column.buffers()[2]
    data = text if text is not None and text.size >= 4 else (b"" if text is None else bytes(text)).ljust(4, b"\0")
    # The four bytes from each place on, as one number; those of the last cells lie before it.
    last = len(data) - 4
    fours: Any = np.ndarray((last + 1,), np.dtype("<u4"), data, strides=(1,))
    begin = offsets[:-1]
    word = fours[np.minimum(begin, last)]
    if (late := np.flatnonzero(begin > last)).size:
        word[late] >>= (8 * np.minimum(begin[late] - last, 3)).astype(np.uint32)
    # UTF-8: one byte below 0x80, two below 0xE0, three below 0xF0.
    first = word & 0xFF
    second, third = word >> 8 & 0x3F, word >> 16 & 0x3F
    found = np.where(first < 0xF0, (first & 0xF) << 12 | second << 6 | third, _OTHER)
    if (narrow := np.flatnonzero(first < 0xE0)).size:
        own = first[narrow]
        found[narrow] = np.where(own < 0x80, own, (own & 0x1F) << 6 | second[narrow])
    found[offsets[1:] == offsets[:-1]] = 0
    if column.null_count:
        found[np.asarray(column.is_null())] = 0
    return found.astype(np.uint16)


def _mark(value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, str):
        return _OTHER
    return (letter if (letter := ord(value[0])) <= 0xFFFF else _OTHER) if value.strip() else 0


def _is_any(column: Any, words: Collection[str]) -> NDArray[np.bool_]:
    """Where a cell is one of these headings (bool, shape (rows,))."""
    if isinstance(column, Coded):
        own = [isinstance(value, str) and value in words for value in column.values]
        return np.array([*own, False], np.bool_)[column.places]
    if isinstance(column, CellColumn):
        return np.array([isinstance(value, str) and value in words for value in column.values], np.bool_)
    if not is_text(column.type):
        return np.zeros(len(column), np.bool_)
    texts = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    if len(words) == 1:
        return np.asarray(pc.fill_null(pc.equal(texts, pa.scalar(*words, texts.type)), False), np.bool_)
    return np.asarray(pc.fill_null(pc.is_in(texts, pa.array([*words], texts.type)), False), np.bool_)


def _words(value: object) -> str:
    return "" if value is None else str(value).strip()
