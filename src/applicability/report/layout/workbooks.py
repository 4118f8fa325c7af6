"""Starts workbooks in which text stays text, with the library that writes them, if it is installed."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from typing import IO, Any

from applicability.errors import EngineError, Location, Problem
from applicability.report.layout.wrap import xml_text
from applicability.text import Text


def workbook() -> Any:
    """The xlsxwriter module. Raises EngineError if it is not installed."""
    try:
        import xlsxwriter  # an optional dependency
    except ImportError:
        command = "pip install 'applicability[tables]'"
        what = Text("没有安装 XlsxWriter", "XlsxWriter is not installed")
        hint = Text(f"运行：{command}", f"install it with: {command}")
        raise EngineError([Problem("E004", Location("xlsx"), what, hint)]) from None
    return xlsxwriter


# No text becomes a formula, a link or a number.
_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def new_workbook(stream: IO[bytes], options: Mapping[str, object] | None = None) -> Any:
    """A workbook to write to a stream, by default in memory; what XML does not allow is escaped in every cell.

    XlsxWriter fails on half a character, and writes others as `_x000B_`, which not every program reads back.
    """
    made = workbook().Workbook(stream, {**_TEXT, **(options or {"in_memory": True})})
    made.worksheet_class = _sheet_class()
    return made


@functools.cache
def _sheet_class() -> type:
    """A worksheet that every text passes on its way into a cell."""
    from xlsxwriter.worksheet import Worksheet

    class TextSheet(Worksheet):  # type: ignore[misc]
        def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
            return super()._write_string(row, col, xml_text(string), cell_format)

    return TextSheet


def created_on(day: datetime.date) -> datetime.datetime:
    """The creation date of a workbook, so that equal contents give equal bytes: for a date XlsxWriter writes now."""
    return datetime.datetime.combine(day, datetime.time())
