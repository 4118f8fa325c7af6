"""How wide the terminal is."""

from __future__ import annotations

import os
import sys


def columns() -> int:
    """The columns of the terminal, or COLUMNS, or 80: what `shutil` says, which takes its time to load."""
    try:
        given = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        given = 0
    if given <= 0:
        try:
            given = os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
        except (AttributeError, ValueError, OSError):
            given = 0
    return given or 80
