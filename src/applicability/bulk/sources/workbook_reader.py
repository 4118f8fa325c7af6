"""Opens workbooks with openpyxl, row by row; the charts of chart sheets are not read, sound or not."""

from __future__ import annotations

from typing import IO, Any


def opened(stream: IO[bytes], *, values: bool) -> Any:
    """A workbook, with the results of formulas or with the formulas. Raises whatever openpyxl does, also if it is not
    installed.
    """
    from openpyxl.chartsheet import Chartsheet
    from openpyxl.reader.excel import ExcelReader

    class WithoutCharts(ExcelReader):  # type: ignore[misc]
        def read_chartsheet(self, sheet: Any, _: object) -> None:
            # openpyxl fails on one without a drawing, and on charts that it does not know.
            found = Chartsheet(parent=self.wb)
            found.title = sheet.name
            self.wb._add_sheet(found)

    reader = WithoutCharts(stream, read_only=True, data_only=values)
    reader.read()
    return reader.wb
