"""Rows of text with another number of cells than the rows of their table usually have.

Of a row with too many cells nobody can tell which one a stray separator split, and of a row with too few whether its
last cells were left out or a separator is lost before them. A cell counts where every plausible alignment has it. A
name or a valid code at the beginning of a row is kept in any case, to find it by.
"""

from __future__ import annotations

from collections.abc import Sequence

from applicability.bulk.engine.arrays import UnreadCells
from applicability.bulk.sources.alignments import Losses, Strays
from applicability.bulk.sources.heading_groups import CellReads, Known
from applicability.bulk.sources.headings import cut
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass
from applicability.loading.company import credit_codes
from applicability.messages import listed
from applicability.model.headings import CREDIT_CODE, NAME
from applicability.text import Text

_CODE = "S310"
_QUOTE = Text("含分隔符或换行的单元格加引号", "quote cells that hold separators or line breaks")
# Columns that a note names.
_NAMED = 6


@dataclass(frozen=True)
class UnevenRow:
    """The cells of such a row that are kept, None for others; the columns of which nothing is known, and why.

    `loose` are all its cells, if nobody knows in which columns some of them stand.
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
    """Finds the uneven rows of one table; `width` is the number of cells of its row of headings, named or not.

    `ahead` are the first rows below the headings. `usual` is the number of cells of a row that is not uneven: if these
    rows all have some more, without content, as programs write that end each row with a separator, these count too.
    """

    def __init__(
        self,
        headings: Sequence[str],
        width: int,
        separator: str,
        known: Known | None,
        reads: CellReads | None = None,
        ahead: Sequence[Sequence[str]] = (),
    ) -> None:
        self._headings, self._separator, self._reads_as = headings, separator, reads
        self._width = max(width, len(headings))
        roles = [known(heading) if known is not None and heading else None for heading in headings]
        self._code = roles.index(CREDIT_CODE) if CREDIT_CODE in roles else None
        self._first, self._second = (*roles, None, None)[:2]
        self._who = [place for place, role in enumerate(roles) if role in (NAME, CREDIT_CODE)]
        self._telling = [role not in (None, NAME) for role in roles]
        self.usual = self._usual(ahead)
        self._width = min(self._width, self.usual)

    def of(self, cells: Sequence[str]) -> UnevenRow | None:
        """The row of these cells if it is uneven and something of it is not read; None for any other."""
        many, beyond = len(cells), any(cell.strip() for cell in cells[self._width :])
        if many == self.usual and not beyond:
            return None
        if many < self.usual and not beyond:
            return self._short(cells)
        if many > self.usual and not any(cell.strip() for cell in cells[many - (self.usual - self._width) :]):
            return self._long(cells, cells[: many - (self.usual - self._width)], beyond=beyond)
        return self._long(cells, cells, beyond=beyond)

    def _usual(self, ahead: Sequence[Sequence[str]]) -> int:
        """The number of cells that rows usually have, by the first ones: stray separators only add to it, so it is the
        smallest. Rows are in doubt one by one if it stands in one row only, or if that would be read better shifted.
        """
        rows = [row for row in ahead if len(row) >= len(self._headings) and any(cell.strip() for cell in row)]
        many = min(map(len, rows), default=self._width)
        own = [row for row in rows if len(row) == many]
        if many == self._width or len(own) < 2 or any(cell.strip() for row in own for cell in row[self._width :]):
            return self._width
        if many > self._width and any(self._strays(row, blank=True).reads_better() for row in own):
            return self._width
        return many

    def _short(self, cells: Sequence[str]) -> UnevenRow | None:
        most, many = len(self._headings), len(cells)
        certain = Losses(cells, self.usual, self._width, self._reads).certain()
        doubtful = self._doubtful(certain[:most])
        kept = [cell if certain[place] is not None or place in self._who else None for place, cell in enumerate(cells)]
        zh, en = f"{most}个列名下只有{many}个单元格", f"{many} cells under {most} headings"
        if many >= most:
            zh, en = f"只有{many}个单元格，其他行有{self.usual}个", f"{many} cells, where other rows have {self.usual}"
        columns = self._named([*doubtful, *range(many, most)])
        if not doubtful:
            what = Text(zh, en)
            return UnevenRow(self._padded(kept), columns, what, self._separator.join(cells)) if many < most else None
        shown = self._shown(doubtful)
        what = Text(
            f"{zh}，若中间少了分隔符，其后各格就错位；可能错位而未采用的列：{shown.zh}",
            f"{en}: if a separator is missing before the end, cells stand in a wrong column; not read for that: "
            f"{shown.en}",
        )
        return UnevenRow(self._padded(kept), columns, what, self._separator.join(cells), tuple(cells))

    def _long(self, whole: Sequence[str], cells: Sequence[str], *, beyond: bool) -> UnevenRow | None:
        most = len(self._headings)
        certain = self._strays(cells, blank=not beyond).certain()
        doubtful = self._doubtful(certain[:most])
        if not beyond and not doubtful:
            return None
        kept = self._kept(cells)
        shown: list[str | None] = [*certain]
        for place in [*range(kept), *(() if beyond else self._who)]:
            shown[place] = cells[place] if certain[place] is None else certain[place]
        zh, en = f"{most}个列名下有{len(whole)}个单元格", f"{len(whole)} cells under {most} headings"
        if len(doubtful) == sum(self._telling):
            zh = f"{zh}，看不出哪一格被分隔符拆开，各列都未采用"
            en = f"{en}: which of them a separator split cannot be told, and none is read"
        elif beyond:
            zh = f"{zh}，看不出哪一格被分隔符拆开；可能错位而未采用的列：{self._shown(doubtful).zh}"
            en = f"{en}: which of them a separator split cannot be told; not read for that: {self._shown(doubtful).en}"
        else:
            zh = f"{zh}，若其中有多余的分隔符，其后各格就错位；可能错位而未采用的列：{self._shown(doubtful).zh}"
            en = (
                f"{en}: if one of the separators is too many, cells stand in a wrong column; not read for that: "
                f"{self._shown(doubtful).en}"
            )
        words = self._separator.join(whole)
        return UnevenRow(self._padded(shown), self._named(doubtful), Text(zh, en), words, tuple(whole))

    def _strays(self, cells: Sequence[str], *, blank: bool) -> Strays:
        return Strays(cells, self._width, self._reads, self._separator, blank=blank)

    def _reads(self, column: int, content: str) -> bool:
        """Whether a content reads in a column; anything does where there is no heading."""
        if not content or column >= len(self._headings) or not self._headings[column] or self._reads_as is None:
            return True
        return self._reads_as(self._headings[column], content)

    def _doubtful(self, certain: Sequence[str | None]) -> list[int]:
        """The columns that could tell a fact and of which nothing is certain."""
        return [place for place, cell in enumerate(certain) if cell is None and self._telling[place]]

    def _padded(self, cells: Sequence[str | None]) -> list[str | None]:
        return [*cells, *[None] * (len(self._headings) - len(cells))]

    def _named(self, places: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._headings[place] for place in places if self._headings[place])

    def _shown(self, places: Sequence[int]) -> Text:
        """Some of these columns by name."""
        names = [f"`{cut(name)}`" for name in self._named(places)]
        return listed([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])

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
