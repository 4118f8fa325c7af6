"""The standard streams, however a caller left them: closed, full, or with a reader that has gone away."""

from __future__ import annotations

import io
import os
import sys


def stand_in() -> None:
    """Put something in the place of streams that are closed, so that no file that is opened takes it.

    What stands there for input or output fails when it is used, since something is asked of it that cannot be had;
    narration is lost, as was wished.
    """
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, mode)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 it stays open
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says; what cannot be written so is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def give_up(number: int) -> None:
    """Forget what is left in a stream that cannot be written, so that it does not fail again when the process ends."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, number)
        os.close(nothing)
    except OSError:  # then nobody can be told anything
        return
