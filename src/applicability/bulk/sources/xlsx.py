"""Companies in a sheet of an Excel workbook."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

from applicability.bulk.sources.source import Broken, Progress, Rows, RowSource, fault, missing
from applicability.bulk.sources.streams import batched, broken_row, headings_of, stamp_of, table_of_rows
from applicability.messages import first_line, listed
from applicability.text import Text

# How a formula begins in the XML of a sheet.
_FORMULA = (b"<f>", b"<f ")


@dataclass
class WorkbookSource(RowSource):
    """A sheet of an Excel workbook; a number shown as a percentage is read as it is shown."""

    name: str
    data: bytes | None
    sheet: str | None

    def __post_init__(self) -> None:
        self.identity = stamp_of(self.name)
        self._book = self._opened(values=True)
        names = self._book.sheetnames
        if self.sheet is not None and self.sheet not in names:
            what, own = Text(f"没有工作表 `{self.sheet}`", f"there is no sheet `{self.sheet}`"), listed(names)
            raise fault(self.name, what, Text(f"工作表有{own.zh}", f"it has {own.en}"))
        self._sheet = self._book[self.sheet or names[0]]
        # A second look, at the formulas, only where there are any: it takes as long as the first.
        self._formulas = self._opened(values=False) if self._holds_formulas() else None
        self._done = 0

    def _opened(self, *, values: bool) -> Any:
        try:
            import openpyxl
        except ModuleNotFoundError:
            raise missing("openpyxl") from None
        try:
            return openpyxl.load_workbook(self._bytes(), read_only=True, data_only=values)
        except Exception as error:  # whatever a broken archive makes of the library
            words = first_line(error)
            what = Text(f"无法作为工作簿读取：“{words}”", f"cannot be read as a workbook: {words}")
            raise fault(self.name, what, Text("重新存为 .xlsx", "save it as .xlsx again")) from None

    def _bytes(self) -> IO[bytes] | str:
        return self.name if self.data is None else io.BytesIO(self.data)

    def _holds_formulas(self) -> bool:
        with zipfile.ZipFile(self._bytes()) as archive:
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    with archive.open(part) as xml:
                        before = b""
                        while piece := xml.read(1 << 20):
                            if any(mark in before + piece for mark in _FORMULA):
                                return True
                            before = piece[-2:]
        return False

    def progress(self) -> Progress:
        """Rows read, of all rows."""
        return Progress(self._done, self._sheet.max_row)

    def close(self) -> None:
        """Close the workbook."""
        for book in (self._book, self._formulas):
            if book is not None:
                book.close()

    def batches(self) -> Iterator[Rows]:
        """All rows, so many at a time."""
        found = self._sheet.iter_rows()
        behind = chain(self._formulas[self._sheet.title].iter_rows() if self._formulas is not None else ())
        headings = headings_of(self.name, ["" if c.value is None else str(c.value) for c in next(found, ())])
        next(behind, None)
        yield from batched(
            self._told(found, behind, len(headings)), self.rows, functools.partial(table_of_rows, headings)
        )

    def _told(
        self, found: Iterator[Any], behind: Iterator[Any], width: int
    ) -> Iterator[Broken | tuple[int, list[object]]]:
        """The rows with their numbers, and what is wrong with those that are none; `behind` are their formulas."""
        for line, cells in enumerate(found, 2):
            self._done = line
            values = [_cell(cell) for cell in cells]
            unsaved = _unsaved(cells, next(behind, ()))
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


def _unsaved(cells: Sequence[Any], formulas: Sequence[Any]) -> list[str]:
    """The cells that hold a formula and no value."""
    return [
        str(formula.coordinate)
        for cell, formula in zip(cells, formulas, strict=False)
        if cell.value is None and formula.value is not None and getattr(formula, "data_type", "") == "f"
    ]


def _words(values: Sequence[object]) -> str:
    return ",".join("" if value is None else str(value) for value in values)


def _cell(cell: Any) -> object:
    """A cell as it is shown."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        form = str(getattr(cell, "number_format", ""))
        if isinstance(value, int) and form and not form.strip("0"):
            return str(value).zfill(len(form))  # 111 that is shown as 0111 is a code
        percent = form.endswith("%")
        shown = repr(round(value * 100, 10) if percent else value)
        return shown.removesuffix(".0") + ("%" if percent else "")
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)
