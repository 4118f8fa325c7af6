"""Loads the library that writes workbooks, if it is installed."""

from __future__ import annotations

import datetime
from typing import Any

from applicability.errors import EngineError, Location, Problem
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


def created_on(day: datetime.date) -> datetime.datetime:
    """The creation date of a workbook, so that equal contents give equal bytes: for a date XlsxWriter writes now."""
    return datetime.datetime.combine(day, datetime.time())
