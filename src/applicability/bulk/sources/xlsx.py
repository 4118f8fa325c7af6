"""Companies in a sheet of an Excel workbook.

Of several sheets the one whose headings are known is read. Hidden sheets, chart sheets and rows above the headings are
passed over, which is told; a stated extent is not trusted; a cell that is merged over several rows counts in each.
"""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import IO, Any

from applicability.bulk.engine.arrays import CellTable, UnreadCells
from applicability.bulk.sources.heading_layout import layout_notices, layout_of
from applicability.bulk.sources.headings import (
    LOOKED,
    HeadingOptions,
    HeadingRows,
    clean,
    heading_rows,
    passed_over,
    row_of_more,
    without_heading,
)
from applicability.bulk.sources.number_formats import as_shown
from applicability.bulk.sources.other_kinds import refuse_other_than_workbook
from applicability.bulk.sources.repeated import RepeatedRows
from applicability.bulk.sources.row_marks import RowMarks
from applicability.bulk.sources.sheet_notices import (
    chart_sheet,
    equal_sheets,
    hidden_sheet,
    is_a_chart,
    other_register,
    other_sheet,
    was_read,
)
from applicability.bulk.sources.sheet_rows import rows_in_order
from applicability.bulk.sources.source import Broken, Progress, Rows, RowSource, fault, missing
from applicability.bulk.sources.streams import SNIFFED, batched, stamp_of, table_of_rows
from applicability.bulk.sources.text_marks import unmarked
from applicability.bulk.sources.workbook_parts import Merged, looked_over, rows_held
from applicability.bulk.sources.workbook_reader import opened
from applicability.bulk.sources.workbook_warnings import without_warnings
from applicability.errors import ApplicabilityError, Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, replace
from applicability.messages import first_line, listed
from applicability.model.headings import NAME
from applicability.text import SurfaceText, Text

# Rows that a sheet can have, that of the headings included.
SHEET_ROWS = 1_048_576


@dataclass
class WorkbookSource(RowSource):
    """A sheet of an Excel workbook; a number shown as a percentage is read as shown."""

    name: str
    data: bytes | None
    sheet: str | None
    headings: HeadingOptions = HeadingOptions()
    command: Callable[[str], str] | None = None

    def __post_init__(self) -> None:
        # openpyxl leaves the file open when it fails, so the streams are ours to close.
        self._streams = contextlib.ExitStack()
        self._book: Any = None
        self._formulas: Any = None
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        self.identity = stamp_of(self.name)
        with self._told_unread(), self._bytes() as stream:
            refuse_other_than_workbook(self.name, stream.read(SNIFFED))
        with self._told_unread():
            self._parts = looked_over(self.name, self._bytes())
        self._book = self._opened(values=True)
        names = [sheet.title for sheet in self._book.worksheets]
        if not names or len(self._book.sheetnames) < self._parts.listed:
            what = Text("缺少工作表", "a sheet of it is missing")  # otherwise another sheet would be read instead
            raise fault(self.name, what, Text("重新存为 .xlsx", "save it as .xlsx again"))
        if self.sheet is not None and self.sheet not in names:
            what, own = Text(f"没有工作表 `{self.sheet}`", f"there is no sheet `{self.sheet}`"), listed(names)
            what = is_a_chart(self.sheet) if self.sheet in self._book.sheetnames else what
            raise fault(self.name, what, Text(f"工作表有{own.zh}", f"it has {own.en}"))
        self._total = 0
        for sheet in self._book.worksheets:
            self._total = max(self._total, sheet.max_row or 0)
            # The stated dimensions may be too small: rows beyond them would be skipped.
            sheet.reset_dimensions()
        self._title = self._chosen()
        # A second pass for the formulas only if there are any: it takes as long as the first.
        self._formulas = self._opened(values=False) if self._parts.formulas else None
        if self._formulas is not None:
            self._formulas[self._title].reset_dimensions()
        self._done = 0

    def _chosen(self) -> str:
        """The sheet to read: as asked for, or the visible one with most known headings; what is left out is told."""
        sheets = self._book.worksheets
        visible = [sheet.title for sheet in sheets if sheet.sheet_state == "visible"]
        if self.sheet is None and not visible:
            what, own = Text("所有工作表都是隐藏的", "all its sheets are hidden"), listed(one.title for one in sheets)
            raise fault(self.name, what, 
                        SurfaceText(
                            f"用 --sheet 指明：{own.zh}", f"name one with --sheet: {own.en}",
                            Text("取消隐藏，再存一次", "unhide the one to read, and save it again"),
                        ))  # fmt: skip
        known = {title: self._known(title) for title in visible}
        chosen = str(self.sheet or max(visible, key=lambda title: known[title]))
        charts = [title for title in self._book.sheetnames if title not in {sheet.title for sheet in sheets}]
        notices = [chart_sheet(title) for title in charts]
        for title in (sheet.title for sheet in sheets if sheet.title != chosen):
            if title not in known:
                notices.append(hidden_sheet(title, self._rows_held(title)))
            elif known[title] > 1:
                notices.append(other_register(self.name, title, self._rows_held(title), self._command(title)))
            elif known[title] >= 0:
                notices.append(other_sheet(title, self._rows_held(title)))
        if any(known[title] >= 0 for title in visible if title != chosen):
            notices.insert(0, was_read(chosen))
        if self.sheet is None and known[chosen] > 1:
            equal = [title for title in visible if title != chosen and known[title] == known[chosen]]
            notices[:1] = [equal_sheets(chosen, equal)] if equal else notices[:1]
        self.notices = notices
        return chosen

    def _command(self, title: str) -> str | None:
        return None if self.command is None else self.command(title)

    def _rows_held(self, title: str) -> int:
        """How many rows of a sheet hold anything, its headings included."""
        with self._told_unread(), self._bytes() as stream:
            return rows_held(stream, self._book[title]._worksheet_path)

    def _known(self, title: str) -> int:
        """How many different headings in a row of a sheet are known, at most; -1 if the sheet is empty."""
        try:
            rows = self._first_rows(title, LOOKED)
        except ProfileError:
            return 0  # told if it is the sheet that is read
        known = self.headings.known
        if not any(map(any, rows)):
            return -1
        return max(len({known(cell) for cell in row if cell} - {None}) for row in rows) if known is not None else 0

    def _first_rows(self, title: str, most: int) -> list[list[str]]:
        """The first rows of a sheet, as headings are compared."""
        down = _Down(self._parts.filled_down(self._book[title]._worksheet_path))
        found = []
        with contextlib.closing(self._rows(self._book, title)) as rows:
            for line, row in enumerate(itertools.islice(rows, most), 1):
                values = [cell.value for cell in row]
                down.fill(line, values)
                found.append(["" if value is None else clean(str(value)) for value in values])
        return found

    def _opened(self, *, values: bool) -> Any:
        try:
            import openpyxl  # noqa: F401
        except ModuleNotFoundError:
            raise missing("openpyxl") from None
        with self._told_unread(), without_warnings():
            return opened(self._bytes(), values=values)

    @contextlib.contextmanager
    def _told_unread(self, line: int | None = None) -> Iterator[None]:
        """Converts any error from reading a malformed workbook into a problem; `line` is the row being read."""
        try:
            yield
        except (ApplicabilityError, GeneratorExit):
            raise
        except Exception as error:  # openpyxl raises anything on a broken archive
            words = first_line(error)
            what = Text(f"无法作为工作簿读取：“{words}”", f"cannot be read as a workbook: {words}")
            if line is not None:
                what = Text(f"第{line}行{what.zh}", f"row {line} {what.en}")
            raise fault(self.name, what, Text("重新存为 .xlsx", "save it as .xlsx again")) from None

    def _bytes(self) -> IO[bytes]:
        return io.BytesIO(self.data) if self.data is not None else self._streams.enter_context(open(self.name, "rb"))

    def _rows(self, book: Any, title: str) -> Generator[Sequence[Any], None, None]:
        """The rows of a sheet; an unreadable one raises ProfileError."""
        with self._told_unread(1):
            rows = rows_in_order(self.name, book[title], SHEET_ROWS)
        line = 0
        while taken := self._taken(rows, line):
            for row in taken:
                if isinstance(row, ProfileError):
                    raise row
                line += 1
                yield row

    def _taken(self, rows: Iterator[Sequence[Any]], line: int) -> list[Sequence[Any] | ProfileError]:
        """The next rows after one of that number, and the error that ends them; several, since silence has a price."""
        taken: list[Sequence[Any] | ProfileError] = []
        try:
            with without_warnings():
                while len(taken) < LOOKED:
                    with self._told_unread(line + len(taken) + 1):
                        row = next(rows, None)
                    if row is None:
                        break
                    taken.append(row)
        except ProfileError as error:
            taken.append(error)
        return taken

    def progress(self) -> Progress:
        """Rows read, of all rows."""
        return Progress(self._done, max(self._total, self._done))

    def close(self) -> None:
        """Closes the workbook."""
        for book in (self._book, self._formulas):
            if book is not None:
                book.close()
        self._streams.close()

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        rows = self._first_rows(self._title, LOOKED + (self.headings.row or 0))
        found = heading_rows(self.name, rows, self.headings)
        self.heading_layout = layout_of(found)
        self.notices = [*self.notices, *passed_over(rows, found), *layout_notices(found, self.heading_layout)]
        unnamed: set[int] = set()
        more = row_of_more(next(iter(rows[found.last + 1 :]), ()), found, self.headings)
        known = self.headings.known
        names = [place for place, one in enumerate(found.names) if one and known is not None and known(one) == NAME]
        marks = RowMarks(self._book, self._parts, self._book[self._title]._worksheet_path, names)
        yield from batched(self._told(found, unnamed, marks), self.rows, functools.partial(_table, found.names))
        self.notices = [*self.notices, *without_heading(sorted(unnamed), more=more), *marks.notices()]

    def _told(
        self, headings: HeadingRows, unnamed: set[int], marks: RowMarks
    ) -> Iterator[Broken | tuple[int, list[object]]]:
        """The rows with their numbers; adds the columns without a heading that hold anything."""
        repeated = RepeatedRows(headings)
        behind = self._rows(self._formulas, self._title) if self._formulas is not None else iter(())
        down = _Down(self._parts.filled_down(self._book[self._title]._worksheet_path))
        for line, cells in enumerate(self._rows(self._book, self._title), 1):
            self._done = line
            formulas = next(behind, ())
            if line <= headings.last + 1:
                continue
            values = [_cell(cell) for cell in cells]
            for place, formula in enumerate(formulas):
                if getattr(formula, "data_type", "") == "f" and not _is_saved(cells, place):
                    values += [None] * (place + 1 - len(values))
                    values[place] = _Unread(_unsaved(str(formula.coordinate)), _SAVE)
            filled = [place for place, value in enumerate(values) if value is not None]
            inherited = down.fill(line, values)
            if filled and (again := repeated.broken(line, values)) is not None:
                yield again
            elif filled:
                marks.see(line, cells, inherited)
                unnamed.update(place for place in filled if place >= len(headings.names) or not headings.names[place])
                yield line, values


class _Down:
    """Fills cells that are merged over several rows into each row that they span."""

    def __init__(self, starts: Mapping[int, Sequence[Merged]]) -> None:
        self._starts = starts
        self._open: list[tuple[Merged, object]] = []

    def fill(self, line: int, values: list[object]) -> Mapping[int, int]:
        """Fills the values of the row with that number; the columns that it filled, each with the row of its cell."""
        filled: dict[int, int] = {}
        if self._open:
            self._open = [one for one in self._open if one[0].bottom >= line]
            for merged, value in self._open:
                values += [None] * (merged.left + 1 - len(values))
                if values[merged.left] is None:
                    values[merged.left] = value
                    filled[merged.left] = merged.top
        for merged in self._starts.get(line, ()):
            value = values[merged.left] if merged.left < len(values) else None
            if value is not None:
                self._open.append((merged, value))
        return filled


@dataclass(frozen=True)
class _Unread:
    """A cell that holds something which cannot be read."""

    what: Text
    mend: Text


_SAVE = Text(
    "用电子表格软件打开工作簿，保存后再筛查",
    "open the workbook in a spreadsheet program, save it, and screen it again",
)
_AGAIN = Text("重新存为 .xlsx", "save it as .xlsx again")


def _is_saved(cells: Sequence[Any], place: int) -> bool:
    """Whether the file holds the result of a formula; one that came to an empty text is held as text without any."""
    return place < len(cells) and (cells[place].value is not None or cells[place].data_type == "str")


def _unsaved(place: str) -> Text:
    return Text(
        f"{place}：是公式，而文件中没有它的结果", f"{place}: a formula, and the file does not hold what it comes to"
    )


def _table(headings: Sequence[str], rows: list[list[object]]) -> CellTable:
    """A table from rows of cells, with the problems of those that cannot be read."""
    problems = []
    for row, values in enumerate(rows):
        for place, value in enumerate(values):
            if isinstance(value, _Unread):
                values[place] = None
                if place < len(headings) and headings[place]:
                    problem = Problem("S102", Location(headings[place]), value.what, value.mend)
                    problems.append(UnreadCells(row, (headings[place],), problem))
    return replace(table_of_rows(headings, rows), unread=tuple(problems))


def _cell(cell: Any) -> object:
    """A cell's value as shown; None if it is blank."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unmarked(value) if value.strip() else None
    if isinstance(value, (int, float)):
        try:
            return as_shown(value, str(getattr(cell, "number_format", "")))
        except (LookupError, ValueError, TypeError, ArithmeticError) as error:  # such as a missing style
            words = first_line(error)
            return _Unread(Text(f"单元格无法读取：“{words}”", f"a cell cannot be read: {words}"), _AGAIN)
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)
