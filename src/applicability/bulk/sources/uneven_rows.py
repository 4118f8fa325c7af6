"""Rows of text with another number of cells than there are headings.

Of a row with too many cells nobody can tell which one a stray separator split: each cell may stand one column too far
to the right, so no fact is read of it. A name or a valid code at its beginning is kept, to find it by. A row with too
few lacks its last cells, as programs leave out empty ones; whether these were empty is not known.
"""

from __future__ import annotations

from collections.abc import Sequence

from applicability.bulk.engine.arrays import UnreadCells
from applicability.bulk.sources.headings import Known
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass
from applicability.loading.registers import credit_codes
from applicability.model.headings import CREDIT_CODE, NAME
from applicability.text import Text

_CODE = "S310"
_QUOTE = Text("含分隔符或换行的单元格加引号", "quote cells that hold separators or line breaks")


@dataclass(frozen=True)
class UnevenRow:
    """The cells of such a row that are kept, None for others; the columns of which nothing is known, and why.

    `loose` are all its cells, if nobody knows in which columns they stand.
    """

    cells: list[str | None]
    columns: tuple[str, ...]
    what: Text
    words: str
    loose: tuple[str, ...] = ()

    def unread(self, row: int) -> UnreadCells:
        """Its unread cells, for the notes on a table."""
        return UnreadCells(row, self.columns, Problem(_CODE, Location(""), self.what, _QUOTE), self.words, self.loose)


class UnevenRows:
    """Finds the uneven rows of one table; `width` is the number of cells of its row of headings, named or not."""

    def __init__(self, headings: Sequence[str], width: int, separator: str, known: Known | None) -> None:
        self._headings, self._separator = headings, separator
        self._width = max(width, len(headings))
        roles = [known(heading) if known is not None and heading else None for heading in headings]
        self._code = roles.index(CREDIT_CODE) if CREDIT_CODE in roles else None
        self._first, self._second = (*roles, None, None)[:2]

    def of(self, cells: Sequence[str]) -> UnevenRow | None:
        """The row of these cells if it is uneven; None for any other."""
        most, many = len(self._headings), len(cells)
        if many < most:
            what = Text(f"{most}个列名下只有{many}个单元格", f"{many} cells under {most} headings")
            return UnevenRow([*cells, *[None] * (most - many)], self._named(many), what, self._separator.join(cells))
        if many <= self._width or not any(cell.strip() for cell in cells[most:]):
            return None
        what = Text(
            f"{most}个列名下有{many}个单元格，看不出哪一格被分隔符拆开，各列都未采用",
            f"{many} cells under {most} headings: which of them a separator split cannot be told, and none is read",
        )
        kept = self._kept(cells)
        left = [*cells[:kept], *[None] * (most - kept)]
        return UnevenRow(left, self._named(0), what, self._separator.join(cells), tuple(cells))

    def _named(self, first: int) -> tuple[str, ...]:
        return tuple(heading for heading in self._headings[first:] if heading)

    def _kept(self, cells: Sequence[str]) -> int:
        """How many cells at the beginning tell which company it is: those up to a valid credit code, or to the name."""
        if self._code is not None and self._code < len(cells):
            try:
                credit_codes.read(cells[self._code])
            except credit_codes.NoCode:
                pass
            else:
                return self._code + 1
        if self._first in (NAME, CREDIT_CODE):
            return 1
        # A column of numbers comes before the names.
        return 2 if self._second in (NAME, CREDIT_CODE) and cells[0].strip().isdecimal() else 0
