"""Where the headings of a table stand in its sheet: those of several rows, which are joined, and units below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.bulk.sources.heading_units import is_percent, is_unit
from applicability.bulk.sources.headings import HeadingRows, column_letters, cut, inherited
from applicability.bulk.sources.source import HeadingLayout
from applicability.messages import listed
from applicability.model.headings import once
from applicability.text import Text

# Columns that a notice names.
_NAMED = 10
_UNITS = Text("第{row}行是单位，不是企业，未作企业读入：{told}", "row {row} holds units and is no company: {told}")
_JOINED = Text("列名分在几行的，各列这样称呼：{told}", "columns with headings of several rows are called so: {told}")


def layout_of(found: HeadingRows) -> HeadingLayout:
    """The layout of the headings that were found."""
    joined = {name: where for name, cells, where in _grouped(found) if once(name) not in cells}
    units = (found.rows[row - found.first] for row in found.units)
    percent = (name for row in units for name, unit in zip(found.names, row, strict=False) if name and is_percent(unit))
    return HeadingLayout(joined, frozenset(percent))


def layout_notices(found: HeadingRows, layout: HeadingLayout) -> list[Text]:
    """What is said of headings that are joined, and of rows of units."""
    told = []
    if layout.joined:
        # A heading that keeps its own cell is told beside those of its group that do not.
        every = [*_grouped(found)]
        groups = {cells[0] for name, cells, _ in every if name in layout.joined}
        own = [(name, where) for name, cells, where in every if cells[0] in groups]
        named = _first([(f"`{name}`（{where.zh}）", f"`{name}` ({where.en})") for name, where in own])
        told.append(Text(_JOINED.zh.format(told=named.zh), _JOINED.en.format(told=named.en)))
    for place in found.units:
        pairs = [
            (name, cell)
            for name, cell in zip(found.names, found.rows[place - found.first], strict=False)
            if name and is_unit(cell)
        ]
        named = _first([(f"`{name}` {cell}", f"`{name}` {cell}") for name, cell in pairs])
        told.append(
            Text(_UNITS.zh.format(row=place + 1, told=named.zh), _UNITS.en.format(row=place + 1, told=named.en))
        )
    return told


def _grouped(found: HeadingRows) -> Iterator[tuple[str, list[str], Text]]:
    """The columns below more than one cell: the heading, the cells from the top, and where it stands."""
    rows = [row for place, row in enumerate(found.rows, found.first) if place not in found.units]
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
