"""What writes workbooks, where it is installed."""

from __future__ import annotations

from typing import Any

from applicability.errors import EngineError, Location, Problem


def workbook() -> Any:
    """The library that writes workbooks. Raises EngineError where it is not installed."""
    try:
        import xlsxwriter  # an extra
    except ImportError:
        hint = "install it with: pip install 'applicability[tables]'"
        raise EngineError([Problem("E007", Location("xlsx"), "XlsxWriter is not installed", hint)]) from None
    return xlsxwriter
