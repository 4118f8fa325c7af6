"""Finds the headings of a table: titles above them are passed over, and headings of several rows are joined.

Sources know no rulebook: a function that they are given says what a heading is known as.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from applicability.bulk.sources.heading_units import BelowHeadings, below_headings, is_unit
from applicability.bulk.sources.source import fault
from applicability.lazy_dataclass import dataclass, field
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import is_missing
from applicability.model.headings import (
    ADDRESS,
    CREDIT_CODE,
    NAME,
    PLACE_LEVELS,
    REGISTERED_ADDRESS,
    REGISTERED_IN,
    REGISTERED_LEVELS,
    SECTOR_LEVELS,
    numbered,
)
from applicability.text import SurfaceText, Text

# What a heading is known as (a fact or a role); None for an unknown one.
Known = Callable[[str], str | None]
# Whether a cell reads under a heading; anything reads under one that tells no fact.
CellReads = Callable[[str, str], bool]

# What columns of registration hold, and those of a place.
_REGISTERED = (REGISTERED_IN, REGISTERED_ADDRESS, *REGISTERED_LEVELS)
_PLACES = ("city", "district", ADDRESS, *PLACE_LEVELS)
# Rows among which the headings are looked for.
LOOKED = 30
# Rows that the headings of one table may take, and rows of units, forms, numbers and samples below them.
_MOST, _MOST_BELOW = 3, 4
# Anything reads under these.
_TEXTS = (ADDRESS, REGISTERED_ADDRESS)
# What shows that a row is a company's, whatever else stands in it.
_TELLING = {"sector", "foreign_share", CREDIT_CODE, *_PLACES, *_REGISTERED, *SECTOR_LEVELS}
_NUMBER = lazy_pattern(r"[+-]?[0-9][0-9,.]*%?")
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
    roles, at = _Roles(options.known), options.row
    if at is None:
        first = _first(rows, roles)
    elif at <= len(rows) and any(rows[at - 1]):
        first = at - 1
    else:
        what = Text(f"第{at}行没有列名", f"row {at} holds no headings")
        raise fault(name, what, Text("检查 --header-row", "check --header-row"))
    names, last = rows[first] if rows else [], first
    if at is None and first and roles.count(names) and _is_group(rows[first - 1], names, roles):
        first -= 1
        names = _joined(rows[first], names, roles)
    elif first and roles.count(names) and _reaches_down(rows[first - 1], names):
        first -= 1
        names = [name or above for name, above in itertools.zip_longest(names, rows[first], fillvalue="")]
    passed: dict[int, BelowHeadings] = {}
    while last + 1 < len(rows) and len(passed) < _MOST_BELOW:
        below = rows[last + 1]
        if (passes := _no_company(rows, last + 1, names, roles, options.reads)) is not None:
            last += 1
            passed[last] = passes
        elif last + 1 - first - len(passed) < _MOST and _goes_on(names, below, roles):
            names, last = _joined(names, below, roles), last + 1
        else:
            break
    headings = headings_of(name, names)
    own = rows[first : last + 1]
    width = max(map(len, own))
    return HeadingRows(headings, first, last, _texts(headings, own), rows[:first], width, own, passed)


def _no_company(
    rows: Sequence[Sequence[str]], place: int, names: Sequence[str], roles: _Roles, reads: CellReads | None
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


def twice_in(headings: Sequence[str]) -> list[str]:
    """The headings that occur more than once."""
    return sorted(heading for heading, times in Counter(headings).items() if times > 1)


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
    if all(names.values()) or any(_NUMBER.fullmatch(cell) or any(map(str.isdigit, cell)) for cell in cells.values()):
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


class _Roles:
    """What headings are known as; each is looked up once."""

    def __init__(self, known: Known | None) -> None:
        self.told = known is not None
        self._known = known or (lambda heading: None)
        self._met: dict[str, str | None] = {}

    def of(self, heading: str) -> str | None:
        """What a heading is known as."""
        if not heading:
            return None
        if heading not in self._met:
            self._met[heading] = self._known(heading)
        return self._met[heading]

    def together(self, parent: str, child: str) -> str | None:
        """The two rows of a heading as one that is known; 外方 under 持股比例 is 外方持股比例."""
        if not parent or not child:
            return None
        turned = (child + parent,) if self.of(child) is None else ()
        return next((one for one in (parent + child, *turned) if self.of(one) is not None), None)

    def count(self, row: Sequence[str]) -> int:
        """How many different things the headings of a row are known as."""
        return len({role for cell in row if (role := self.of(cell)) is not None})


def _first(rows: Sequence[Sequence[str]], roles: _Roles) -> int:
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


def _is_group(above: Sequence[str], names: Sequence[str], roles: _Roles) -> bool:
    """Whether a row above known headings holds headings of groups of them, and not a title or a remark."""
    cells = [cell for cell in above if cell]
    if len(cells) < 2 or any(_NUMBER.fullmatch(cell) or ":" in cell or "：" in cell for cell in cells):
        return False
    twice = {role for role, times in Counter(filter(None, map(roles.of, names))).items() if times > 1}
    under = zip(inherited(above, names), names, strict=False)
    joined = any(roles.of(name) is None and roles.together(parent, name) for parent, name in under)
    return bool(twice or joined or twice_in([name for name in names if name]) or any(map(roles.of, cells)))


def _reaches_down(above: Sequence[str], names: Sequence[str]) -> bool:
    """Whether cells of a row above known headings are merged with those below them, which name their columns: a source
    repeats such a cell, or leaves the lower one blank.
    """
    cells = [cell for cell in above if cell]
    if len(cells) < 2 or any(_NUMBER.fullmatch(cell) or ":" in cell or "：" in cell for cell in cells):
        return False
    pairs = [*itertools.zip_longest(above, names, fillvalue="")]
    blank = [upper for upper, lower in pairs if not lower]
    return any(upper == lower != "" for upper, lower in pairs) or bool(blank and all(blank))


def _goes_on(names: Sequence[str], below: Sequence[str], roles: _Roles) -> bool:
    """Whether a row continues the headings above it: it holds known ones, and nothing under those that it leaves."""
    found = False
    for place, (parent, child) in enumerate(zip(inherited(names, below), below, strict=False)):
        if not child:
            continue
        if _NUMBER.fullmatch(child) or _is_odd(child):
            return False
        own = names[place] if place < len(names) else ""
        told = roles.together(parent, child) or roles.of(child)
        if roles.of(own) and not told and child != own:
            return False  # a cell of a company under a heading that is complete
        found = found or (told is not None and child != own)
    return found


def _is_odd(cell: str) -> bool:
    """Whether a cell holds signs only, such as `%%`, that are neither a unit nor stand where nothing is said."""
    return not any(map(str.isalnum, cell)) and not is_missing(cell) and not is_unit(cell)


def inherited(names: Sequence[str], below: Sequence[str]) -> list[str]:
    """The heading above each cell of a row: that of its own column, or one to its left that spans several."""
    found, last = [], ""
    for place in range(max(len(names), len(below))):
        own = names[place] if place < len(names) else ""
        child = below[place] if place < len(below) else ""
        last = own or (last if child else "")
        found.append(last)
    return found


def _joined(names: Sequence[str], below: Sequence[str], roles: _Roles) -> list[str]:
    """The headings of two rows: a lower one that is not known by itself has the upper one before it."""
    parents = inherited(names, below)
    children = [*below, *[""] * (len(parents) - len(below))]
    found = [_one(parent, child, roles) for parent, child in zip(parents, children, strict=True)]
    qualified, same = [*found], dict[str, list[int]]()
    for place, name in enumerate(found):
        if (role := roles.of(name)) is not None:
            same.setdefault(role, []).append(place)
    for place, (parent, child) in enumerate(zip(parents, children, strict=True)):
        others = same.get(roles.of(found[place]) or "", ())
        # Beside 企业名称, 名称 in a group 投资方 is not the company's: its group is part of what it means.
        if parent and child == found[place] != parent and any(child in found[one] for one in others if one != place):
            qualified[place] = parent + child
    return qualified


def _one(parent: str, child: str, roles: _Roles) -> str:
    if not child or not parent or child == parent:
        return child or parent
    known = roles.together(parent, child)
    whole = known or parent + child
    # The city under 注册地 is that of the registration, whether or not that is known as a heading of its own.
    registered = roles.of(parent) in _REGISTERED and roles.of(child) in _PLACES
    return whole if registered or known or not roles.of(child) else child
