"""What writes workbooks, where it is installed."""

from __future__ import annotations

from typing import Any

from applicability.errors import EngineError, Location, Problem
from applicability.text import Text


def workbook() -> Any:
    """The library that writes workbooks. Raises EngineError where it is not installed."""
    try:
        import xlsxwriter  # an extra
    except ImportError:
        command = "pip install 'applicability[tables]'"
        what = Text("没有安装 XlsxWriter", "XlsxWriter is not installed")
        hint = Text(f"运行：{command}", f"install it with: {command}")
        raise EngineError([Problem("E004", Location("xlsx"), what, hint)]) from None
    return xlsxwriter
