"""A table of short rows, two beside each other on a line, so that a long list takes half the room."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.report.layout.paper import Table, TableCell, same
from applicability.text import Text


def side_by_side(
    heads: tuple[Text, ...],
    rows: Sequence[tuple[TableCell, ...]],
    widths: tuple[int, ...],
    right: tuple[int, ...] = (),
) -> Table:
    """Rows read from left to right; a single row stands alone, and the last of an odd number has nothing beside it.

    >>> table = side_by_side((same("n"),), [(same("1"),), (same("2"),), (same("3"),)], (1,))
    >>> [[cell.zh for cell in row] for row in table.rows]
    [['1', '2'], ['3', '']]
    """
    if len(rows) < 2:
        return Table(heads, tuple(rows), widths, right=right)
    none = (same(""),) * len(heads)
    beside = [*rows[1::2], none]
    lines = tuple((*one, *other) for one, other in zip(rows[::2], beside, strict=False))
    both = (*right, *(place + len(heads) for place in right))
    return Table((*heads, *heads), lines, (*widths, *widths), right=both)
