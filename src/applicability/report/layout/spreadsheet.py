"""Cells of CSV for spreadsheets, which take some text for a formula and run it."""

from __future__ import annotations

# How text begins that a spreadsheet takes for a formula; those of East Asia take the wide marks as well.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def no_formula(text: str) -> str:
    """A cell's text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text
