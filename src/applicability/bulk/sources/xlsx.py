"""Companies in a sheet of an Excel workbook."""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any, NoReturn
from xml.parsers import expat

from applicability.bulk.sources.source import Broken, Progress, Rows, RowSource, fault, missing
from applicability.bulk.sources.streams import batched, broken_row, headings_of, stamp_of, table_of_rows
from applicability.errors import ApplicabilityError
from applicability.lazy_dataclass import dataclass
from applicability.messages import first_line, listed
from applicability.text import Text

# Rows that a sheet can have.
MOST = 1_048_576
# The namespace of strict Open XML.
_STRICT = b"http://purl.oclc.org/ooxml"
# The start of a formula element in the XML of a sheet.
_FORMULA = (b"<f>", b"<f ")


@dataclass
class WorkbookSource(RowSource):
    """A sheet of an Excel workbook; a number shown as a percentage is read as shown."""

    name: str
    data: bytes | None
    sheet: str | None

    def __post_init__(self) -> None:
        # openpyxl leaves the file open when it fails, so the streams are ours to close.
        self._streams = contextlib.ExitStack()
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        self.identity = stamp_of(self.name)
        self._book = self._formulas = None
        self._listed = 0
        formulas = self._looked_over()
        self._book = self._opened(values=True)
        names = [sheet.title for sheet in self._book.worksheets]
        if not names or len(self._book.sheetnames) < self._listed:
            what = Text("缺少工作表", "a sheet of it is missing")  # otherwise another sheet would be read instead
            raise fault(self.name, what, Text("重新存为 .xlsx", "save it as .xlsx again"))
        if self.sheet is not None and self.sheet not in names:
            what, own = Text(f"没有工作表 `{self.sheet}`", f"there is no sheet `{self.sheet}`"), listed(names)
            raise fault(self.name, what, Text(f"工作表有{own.zh}", f"it has {own.en}"))
        self._sheet = self._book[self.sheet or names[0]]
        self._total = self._sheet.max_row
        # A second pass for the formulas only if there are any: it takes as long as the first.
        self._formulas = self._opened(values=False) if formulas else None
        for book in (self._book, self._formulas):
            if book is not None:
                # The stated dimensions may be too small: rows beyond them would be skipped.
                book[self._sheet.title].reset_dimensions()
        self._done = 0

    def _looked_over(self) -> bool:
        """Checks that every part is well-formed XML, before openpyxl reads it, which may fail badly if not.

        Returns whether a sheet holds formulas.
        """
        found = False
        with self._told_unread(), zipfile.ZipFile(self._bytes()) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    with archive.open(part) as xml:
                        found |= self._sound(xml, part)
        return found

    def _sound(self, xml: IO[bytes], part: str) -> bool:
        """Parses a part to its end; returns whether it is a sheet with formulas."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _no_document_type
        if part == "xl/workbook.xml":
            parser.StartElementHandler = self._list
        sheet, found, before = part.startswith("xl/worksheets/"), False, b""
        while piece := xml.read(1 << 20):
            parser.Parse(piece)
            if part == "xl/workbook.xml" and _STRICT in piece:
                what = Text("存为严格的 Open XML，无法读取", "it is saved as strict Open XML, which is not read")
                hint = Text("另存为普通的 Excel 工作簿（.xlsx）", "save it as an ordinary Excel workbook (.xlsx)")
                raise fault(self.name, what, hint)
            found = found or (sheet and any(mark in before + piece for mark in _FORMULA))
            before = piece[-2:]
        parser.Parse(b"", True)
        return found

    def _list(self, element: str, attributes: object) -> None:
        """Counts the sheets that a workbook lists."""
        self._listed += element.rpartition(":")[2] == "sheet"

    def _opened(self, *, values: bool) -> Any:
        try:
            import openpyxl
        except ModuleNotFoundError:
            raise missing("openpyxl") from None
        with self._told_unread():
            return openpyxl.load_workbook(self._bytes(), read_only=True, data_only=values)

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

    def _rows(self, book: Any) -> Iterator[Sequence[Any]]:
        """The rows of the sheet; an unreadable one raises ProfileError."""
        rows = None
        for line in itertools.count(1):
            with self._told_unread(line):
                if rows is None:
                    rows = book[self._sheet.title].iter_rows()
                row = next(rows, None)
            if row is None:
                return
            if line > MOST:
                what = Text(f"超过{MOST:,}行：行号有误", f"more than {MOST:,} rows: their numbers are wrong")
                raise fault(self.name, what, Text("重新存为 .xlsx", "save it as .xlsx again"))
            yield row

    def progress(self) -> Progress:
        """Rows read, of all rows."""
        return Progress(self._done, self._total)

    def close(self) -> None:
        """Closes the workbook."""
        for book in (self._book, self._formulas):
            if book is not None:
                book.close()
        self._streams.close()

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        found = self._rows(self._book)
        behind = self._rows(self._formulas) if self._formulas is not None else iter(())
        headings = headings_of(self.name, ["" if c.value is None else str(c.value) for c in next(found, ())])
        next(behind, None)
        yield from batched(
            self._told(found, behind, len(headings)), self.rows, functools.partial(table_of_rows, headings)
        )

    def _told(
        self, found: Iterator[Any], behind: Iterator[Any], width: int
    ) -> Iterator[Broken | tuple[int, list[object]]]:
        """The rows with their numbers, and the problems of broken ones; `behind` are their formulas."""
        for line, cells in enumerate(found, 2):
            self._done = line
            formulas = next(behind, ())
            try:
                values = [_cell(cell) for cell in cells]
                unsaved = _unsaved(cells, formulas)
            except (LookupError, ValueError, TypeError, ArithmeticError) as error:  # such as a missing style
                words = first_line(error)
                what = Text(f"有一个单元格无法读取：“{words}”", f"a cell cannot be read: {words}")
                yield broken_row(self.name, line, "", what)
                continue
            if unsaved:
                places = listed(unsaved)
                what = Text(
                    f"{places.zh}：是公式，而文件中没有它的结果",
                    f"{places.en}: a formula, and the file does not hold what it comes to",
                )
                hint = Text(
                    "用电子表格软件打开工作簿，保存后再筛查",
                    "open the workbook in a spreadsheet program, save it, and screen it again",
                )
                yield broken_row(self.name, line, _words(values), what, hint)
            elif all(value is None for value in values):
                continue
            elif any(value is not None for value in values[width:]):
                what = Text(f"{width}个列名之外还有内容", f"cells beyond the {width} headings")
                yield broken_row(self.name, line, _words(values), what)
            else:
                yield line, values


def _no_document_type(*said: object) -> NoReturn:
    raise ValueError("a document type is declared in it")


def _unsaved(cells: Sequence[Any], formulas: Sequence[Any]) -> list[str]:
    """The cells that hold a formula but no value."""
    return [
        str(formula.coordinate)
        for cell, formula in zip(cells, formulas, strict=False)
        if cell.value is None and formula.value is not None and getattr(formula, "data_type", "") == "f"
    ]


def _words(values: Sequence[object]) -> str:
    return ",".join("" if value is None else str(value) for value in values)


def _cell(cell: Any) -> object:
    """A cell's value as shown."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        form = str(getattr(cell, "number_format", ""))
        if isinstance(value, int) and form and not form.strip("0"):
            return str(value).zfill(len(form))  # a number format of zeros: 111 shown as 0111 is a code
        percent = form.endswith("%")
        shown = repr(round(value * 100, 10) if percent else value)
        return shown.removesuffix(".0") + ("%" if percent else "")
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)
