"""Where the headings of a table stand in its sheet: those of several rows, which are joined, and what belongs to them
below: units, how cells are filled in, numbers of columns, a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.bulk.sources.heading_groups import inherited
from applicability.bulk.sources.heading_units import BelowHeadings, is_percent, is_unit
from applicability.bulk.sources.headings import HeadingRows, column_letters, cut
from applicability.bulk.sources.source import HeadingLayout
from applicability.loading.company.cells import is_missing
from applicability.messages import listed
from applicability.model.headings import once
from applicability.text import Text

# Columns that a notice names.
_NAMED = 10
_BELOW = {
    BelowHeadings.UNITS: Text(
        "第{row}行是单位，不是企业，未作企业读入：{told}", "row {row} holds units and is no company: {told}"
    ),
    BelowHeadings.FORMS: Text(
        "第{row}行写的是各列的填法，不是企业，未作企业读入：{told}",
        "row {row} says how columns are filled in and is no company: {told}",
    ),
    BelowHeadings.NUMBERS: Text(
        "第{row}行是各列的编号，不是企业，未作企业读入：{told}",
        "row {row} numbers the columns and is no company: {told}",
    ),
    BelowHeadings.SAMPLE: Text(
        "第{row}行是填写示例，不是企业，未作企业读入：{told}", "row {row} is a sample and no company: {told}"
    ),
}
_JOINED = Text("列名分在几行的，各列这样称呼：{told}", "columns with headings of several rows are called so: {told}")


def layout_of(found: HeadingRows) -> HeadingLayout:
    """The layout of the headings that were found."""
    joined = {name: where for name, cells, where in _grouped(found) if once(name) not in cells}
    units = (found.rows[row - found.first] for row in found.below)
    percent = (name for row in units for name, unit in zip(found.names, row, strict=False) if name and is_percent(unit))
    return HeadingLayout(joined, frozenset(percent))


def layout_notices(found: HeadingRows, layout: HeadingLayout) -> list[Text]:
    """What is said of headings that are joined, and of rows that belong to them."""
    told = []
    if layout.joined:
        # A heading that keeps its own cell is told beside those of its group that do not.
        every = [*_grouped(found)]
        groups = {cells[0] for name, cells, _ in every if name in layout.joined}
        own = [(name, where) for name, cells, where in every if cells[0] in groups]
        named = _first([(f"`{name}`（{where.zh}）", f"`{name}` ({where.en})") for name, where in own])
        told.append(Text(_JOINED.zh.format(told=named.zh), _JOINED.en.format(told=named.en)))
    for place, what in found.below.items():
        pairs = [
            (name, cell)
            for name, cell in zip(found.names, found.rows[place - found.first], strict=False)
            if name and (is_unit(cell) if what is BelowHeadings.UNITS else cell and not is_missing(cell))
        ]
        named = _first([(f"`{name}` {cut(cell)}", f"`{name}` {cut(cell)}") for name, cell in pairs])
        said = _BELOW[what]
        told.append(Text(said.zh.format(row=place + 1, told=named.zh), said.en.format(row=place + 1, told=named.en)))
    return told


def _grouped(found: HeadingRows) -> Iterator[tuple[str, list[str], Text]]:
    """The columns below more than one cell: the heading, the cells from the top, and where it stands."""
    rows = [row for place, row in enumerate(found.rows, found.first) if place not in found.below]
    for place, name in enumerate(found.names):
        cells = _above(rows, place)
        if name and len(cells) > 1:
            shown, letters = cut(" › ".join(cells)), column_letters(place)
            yield name, cells, Text(f"{letters}列：{shown}", f"column {letters}: {shown}")


def _above(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """The different cells above a column, from the top; a cell that spans several columns is above each of them."""
    cells: list[str] = []
    for number, row in enumerate(rows):
        own = inherited(row, rows[number + 1]) if number + 1 < len(rows) else row
        if place < len(own) and own[place] and own[place] not in cells:
            cells.append(own[place])
    return cells


def _first(named: Sequence[tuple[str, str]]) -> Text:
    """The first of some names in both languages, and that there are more."""
    more = ["…"] if len(named) > _NAMED else []
    return Text(
        listed([*(zh for zh, _ in named[:_NAMED]), *more]).zh, listed([*(en for _, en in named[:_NAMED]), *more]).en
    )
