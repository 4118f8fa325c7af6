"""Finds the headings of a table: titles above them are passed over, and headings of several rows are joined.

Sources know no rulebook: a function that they are given says what a heading is known as.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence

from applicability.bulk.sources.heading_groups import (
    PLACES,
    REGISTERED,
    CellReads,
    HeadingRoles,
    Known,
    divides_groups,
    goes_on,
    inherited,
    is_group,
    joined_rows,
    reaches_down,
)
from applicability.bulk.sources.heading_units import BelowHeadings, below_headings, may_be_heading
from applicability.bulk.sources.source import fault
from applicability.lazy_dataclass import dataclass, field
from applicability.lazy_pattern import lazy_pattern
from applicability.model.headings import (
    ADDRESS,
    CREDIT_CODE,
    NAME,
    REGISTERED_ADDRESS,
    SECTOR_LEVELS,
    numbered,
)
from applicability.text import SurfaceText, Text

# Rows among which the headings are looked for.
LOOKED = 30
# Rows that the headings of one table may take, and rows of units, forms, numbers and samples below them.
_MOST, _MOST_BELOW = 3, 4
# Anything reads under these.
_TEXTS = (ADDRESS, REGISTERED_ADDRESS)
# What shows that a row is a company's, whatever else stands in it.
_TELLING = {"sector", "foreign_share", CREDIT_CODE, *PLACES, *REGISTERED, *SECTOR_LEVELS}
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK = r"\s*[\n\r]\s*"
_IN_CHINESE = lazy_pattern(f"(?<={_WIDE}){_BREAK}|{_BREAK}(?={_WIDE})")


def clean(cell: str) -> str:
    """A heading without invisible characters, without space around it, and on one line.

    >>> clean("\\ufeff外资\\n比例\\u200b "), clean("foreign\\nshare")
    ('外资比例', 'foreign share')
    """
    if cell.isprintable():  # neither invisible characters nor line breaks are
        return cell.strip()
    seen = "".join(one for one in cell if unicodedata.category(one) != "Cf").strip()
    if "\n" in seen or "\r" in seen:
        seen = re.sub(_BREAK, " ", _IN_CHINESE.sub("", seen))
    return seen


@dataclass(frozen=True)
class HeadingOptions:
    """How headings are found: what one is known as, and their row from 1 where a user says it; `reads` says whether a
    cell reads under one.
    """

    known: Known | None = None
    row: int | None = None
    reads: CellReads | None = None


@dataclass(frozen=True)
class HeadingRows:
    """The headings of a table, and the first and last row that they stand in, counted from 0.

    `texts` are the words that stand above each column in those rows, joined and one by one; `above` are the rows over
    them. `width` is the number of cells of the longest of these rows: those behind the last heading have none. `rows`
    are the rows of the headings, and `below` what those of them hold that belong to the headings and are none, by their
    number from 0 in the table.
    """

    names: list[str]
    first: int
    last: int
    texts: Sequence[frozenset[str]] = ()
    above: Sequence[Sequence[str]] = ()
    width: int = 0
    rows: Sequence[Sequence[str]] = ()
    below: Mapping[int, BelowHeadings] = field(default_factory=dict)


def heading_rows(name: str, rows: Sequence[Sequence[str]], options: HeadingOptions) -> HeadingRows:
    """The headings among the first rows of a table (of cleaned cells).

    Raises ProfileError if there are none.
    """
    roles, at = HeadingRoles(options.known), options.row
    if at is None:
        first = _first(rows, roles)
    elif at <= len(rows) and any(rows[at - 1]):
        first = at - 1
    else:
        what = Text(f"第{at}行没有列名", f"row {at} holds no headings")
        raise fault(name, what, Text("检查 --header-row", "check --header-row"))
    names, last = rows[first] if rows else [], first
    if at is None and first and roles.count(names) and is_group(rows[first - 1], names, roles):
        first -= 1
        names = joined_rows(rows[first], names, roles)
    elif (
        first and (roles.count(names) or (at and roles.count(rows[first - 1]))) and reaches_down(rows[first - 1], names)
    ):
        first -= 1
        names = [name or above for name, above in itertools.zip_longest(names, rows[first], fillvalue="")]
    passed: dict[int, BelowHeadings] = {}
    while last + 1 < len(rows) and len(passed) < _MOST_BELOW:
        below = rows[last + 1]
        if (passes := _no_company(rows, last + 1, names, roles, options.reads)) is not None:
            last += 1
            passed[last] = passes
        elif last + 1 - first - len(passed) < _MOST and (
            goes_on(names, below, roles)
            or divides_groups(
                below, names, roles, options.reads, numbers_below=_are_numbers(rows, last + 2, names, roles, options)
            )
        ):
            names, last = joined_rows(names, below, roles), last + 1
        else:
            break
    headings = headings_of(name, names)
    own = rows[first : last + 1]
    width = max(map(len, own))
    return HeadingRows(headings, first, last, _texts(headings, own), rows[:first], width, own, passed)


def _no_company(
    rows: Sequence[Sequence[str]], place: int, names: Sequence[str], roles: HeadingRoles, reads: CellReads | None
) -> BelowHeadings | None:
    """What a row below headings holds that belongs to them; None if it may be a company, or more of the headings."""
    row = rows[place]
    held = {column: roles.of(name) for column, name in enumerate(names)}

    def tells(column: int, cell: str) -> bool:
        if roles.of(cell) is not None:
            return True  # a heading
        if held.get(column) not in _TELLING:
            return False
        return reads is None or (held[column] not in _TEXTS and reads(names[column], cell))

    def unread(column: int, cell: str) -> bool:
        role = held.get(column)
        return reads is not None and role is not None and role not in _TEXTS and not reads(names[column], cell)

    named = [column for column, role in held.items() if role == NAME]
    return below_headings(row, names, next(iter(rows[place + 1 :]), None), tells, unread, named)


def _are_numbers(
    rows: Sequence[Sequence[str]], place: int, names: Sequence[str], roles: HeadingRoles, options: HeadingOptions
) -> bool:
    """Whether a row holds the numbers of the columns."""
    found = _no_company(rows, place, names, roles, options.reads) if place < len(rows) else None
    return found is BelowHeadings.NUMBERS


def _texts(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[frozenset[str]]:
    """The words that stand above each column: its heading, its cell in each row, and a group that spans it."""
    own = [inherited(rows[0], names), *rows] if rows else []
    return [
        frozenset((name, *(row[place] for row in own if place < len(row) and row[place])))
        for place, name in enumerate(names)
    ]


def headings_of(name: str, cells: Sequence[str]) -> list[str]:
    """The headings of a table; columns of one name are numbered from the second on. Raises ProfileError if there are
    none.
    """
    headings = [cell.strip() for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        what = Text("没有列名行", "there is no row of headings")
        raise fault(name, what, Text("第一行应为各列的名称", "the first row names the columns"))
    return told_apart(headings)


def told_apart(names: Sequence[str]) -> list[str]:
    """The names of columns, those of one name numbered from the second on: each holds the same, and they are merged."""
    headings = [*names]
    taken = {heading for heading in headings if heading}
    last: dict[str, int] = {}
    for place, heading in enumerate(names):
        number = last.get(heading, 0) + 1
        if heading and number > 1:
            while (own := numbered(heading, number)) in taken:
                number += 1
            headings[place] = own
            taken.add(own)
        last[heading] = number
    return headings


def passed_over(rows: Sequence[Sequence[str]], found: HeadingRows) -> list[Text]:
    """What is said of the rows above the headings that hold anything."""
    above = [place for place in range(found.first) if any(rows[place])]
    if not above:
        return []
    words = cut(next(cell for cell in rows[above[0]] if cell))
    if len(above) == 1:
        line = above[0] + 1
        return [
            Text(f"第{line}行在列名之上，未读入：“{words}”", f"row {line} above the headings was passed over: {words}")
        ]
    first, last = above[0] + 1, above[-1] + 1
    return [
        Text(
            f"第{first}至{last}行在列名之上，未读入：“{words}”等",
            f"rows {first} to {last} above the headings were passed over: {words} …",
        )
    ]


def cut(words: str, most: int = 40) -> str:
    """A text on one line and short enough to be named."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most]}…"


def row_of_more(below: Sequence[str], found: HeadingRows, options: HeadingOptions) -> int | None:
    """The number of the row below the headings, from 1, where it may hold more of them: it has words where they are
    blank, and nothing that reads under those that are known.
    """
    cells = {place: cell for place, cell in enumerate(below) if cell}
    names = {place: found.names[place] if place < len(found.names) else "" for place in cells}
    if all(names.values()) or not all(map(may_be_heading, cells.values())):
        return None
    known, reads = options.known, options.reads
    if known is None or reads is None or options.row is not None:
        return None
    told = (place for place, name in names.items() if name and known(name) is not None and cells[place] != name)
    return None if any(reads(names[place], cells[place]) for place in told) else found.last + 2


def without_heading(columns: Sequence[int], *, numbered: bool = False, more: int | None = None) -> list[Text]:
    """What is said of columns with cells and without a heading; they are counted from 0, and told by their letters, or
    `numbered` from 1 where no spreadsheet shows letters. `more` is a row that may hold their headings.
    """
    told = [str(one + 1) if numbered else column_letters(one) for one in sorted(columns)[:10]]
    shown = told + (["…"] if len(columns) > 10 else [])
    if not shown:
        return []
    zh, en = f"{'第' if numbered else ''}{'、'.join(shown)}列", ", ".join(shown)
    said = Text(f"{zh}没有列名，未读入", f"columns {en} have no heading and were left out")
    if len(columns) == 1:
        said = Text(said.zh, f"column {en} has no heading and was left out")
    if more is None:
        return [said]
    here = Text(
        f"{said.zh}；第{more}行已作为企业读入，若是第二行列名", f"{said.en}; row {more} was read as a company, and"
    )
    return [
        SurfaceText(
            f"{here.zh}，用 --header-row {more}",
            f"{here.en} --header-row {more} says that it holds headings",
            Text(
                f"{here.zh}，请把两行列名合为一行", f"{here.en}, if it holds headings, belongs into one row with them"
            ),
        )
    ]


def named_columns(names: Sequence[str]) -> list[str]:
    """The names of columns, each its own; empty for one whose name shows nothing."""
    return told_apart([name if clean(name) else "" for name in names])


def column_letters(place: int) -> str:
    """The letters of a column, counted from 0, as spreadsheets name it.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _first(rows: Sequence[Sequence[str]], roles: HeadingRoles) -> int:
    """The first row of the headings: the first with two known ones; or with one, below nothing but lone cells."""
    counts = [roles.count(row) for row in rows]
    if (best := next((place for place, count in enumerate(counts) if count > 1), None)) is not None:
        return best
    filled = [sum(map(bool, row)) for row in rows]
    begin = next((place for place, count in enumerate(filled) if count), 0)
    if not roles.told:
        return begin
    for place in range(begin, len(rows)):
        if counts[place]:
            return place
        if filled[place] > 1:
            break
    # Nothing is known: the first row that looks like one of headings is the one to tell about.
    return next((place for place in range(begin, len(rows)) if filled[place] > 1), begin)
