"""Silences what openpyxl warns of and nobody who screens a register can use.

A screening reads cells and saves no workbook, so that what openpyxl cannot keep is not lost. Any other warning of its
stays: it may be about cells.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator

# How the messages begin, as regular expressions.
_SILENT = (
    # Looks, printing and input aids: drop-down lists, coloured cells, headers and footers, styles.
    r".* extension is not supported and will be removed$",
    r"Failed to load a conditional formatting rule",
    r"Cannot parse header or footer",
    r"Workbook contains no (?:default style|stylesheet)",
    r"Print area cannot be set",
    # Names and properties of the workbook, which no cell depends on.
    r"Defined names for sheet index \d+ cannot be located",
    r"Unknown type for ",
    # Told by the program itself: a cell that holds no date becomes `#VALUE!`, and a sheet that is missing is an error.
    r"Cell [A-Z]+\d+ is marked as a date but",
    r"File contains an invalid specification for ",
    r".* contains invalid dependency definitions$",
)


@contextlib.contextmanager
def without_warnings() -> Iterator[None]:
    """Silences these warnings while a workbook is read."""
    with warnings.catch_warnings():
        for message in _SILENT:
            warnings.filterwarnings("ignore", message, UserWarning, r"openpyxl\.")
        yield
