"""Escapes CSV cells that a spreadsheet would run as formulas."""

from __future__ import annotations

# Prefixes that a spreadsheet takes for a formula; East Asian versions accept the wide forms too.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def no_formula(text: str) -> str:
    """The cell's text, escaped if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text
