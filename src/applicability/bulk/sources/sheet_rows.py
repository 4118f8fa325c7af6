"""The rows of a sheet in the order of their numbers, or the problem with those numbers.

openpyxl leaves out a row whose number is not greater than that of the row before, and a cell that stands at the place
of another: a company would be missing and nothing tell of it. Which of two equal numbers is wrong cannot be known, so
such a workbook is refused, as spreadsheet programs do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from applicability.bulk.sources.source import fault
from applicability.errors import ProfileError
from applicability.text import Text

_AGAIN = Text("用电子表格软件打开，重新存为 .xlsx", "open it in a spreadsheet program, and save it as .xlsx again")


def rows_in_order(name: str, sheet: Any, most: int) -> Iterator[Sequence[Any]]:
    """Every row of an openpyxl sheet, empty ones between included; `most` is the greatest number that a row can have.

    Raises ProfileError where a number is greater, or not greater than the one before.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    book, before = sheet.parent, 0
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, data_only=book.data_only, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for number, cells in parser.parse():
            if number > most:
                what = Text(f"超过{most:,}行：行号有误", f"more than {most:,} rows: their numbers are wrong")
                raise fault(name, what, _AGAIN)
            if number <= before:
                raise _row_goes_back(name, number, before)
            _check_cells(name, number, cells)
            for _ in range(before + 1, number):
                yield ()
            yield sheet._get_row(cells)
            before = number


def _check_cells(name: str, number: int, cells: Sequence[Mapping[str, Any]]) -> None:
    """Checks that the cells of a row name that row, and columns from left to right."""
    before = 0
    for cell in cells:
        column = cell["column"]
        if column <= before or cell["row"] != number:
            raise _cell_goes_back(name, number, cell)
        before = column


def _row_goes_back(name: str, number: int, before: int) -> ProfileError:
    what = Text(f"首行的行号为 {number}", f"its first row has the number {number}")
    if before:
        what = Text(f"第{before}行之后的行，行号为 {number}", f"the row after row {before} has the number {number}")
    return fault(name, Text(f"{what.zh}：行号有误", f"{what.en}: the numbers of its rows are wrong"), _AGAIN)


def _cell_goes_back(name: str, number: int, cell: Mapping[str, Any]) -> ProfileError:
    from openpyxl.utils import get_column_letter

    place = f"{get_column_letter(cell['column'])}{cell['row']}"
    what = Text(
        f"第{number}行的单元格 {place} 重复、次序有误或属于另一行",
        f"row {number}: the cell {place} stands twice, out of order or in another row",
    )
    return fault(name, what, _AGAIN)
