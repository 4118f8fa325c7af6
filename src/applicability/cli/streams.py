"""Makes standard streams usable that the caller left closed, full, or without a reader."""

from __future__ import annotations

import io
import os
import sys


def stand_in() -> None:
    """Opens the null device in place of closed streams, so that no other file gets their descriptors.

    Standard input and output are opened in the wrong mode, so that using them fails; standard error discards its text.
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
    """Sets the streams to UTF-8 whatever the locale; characters that cannot be encoded are escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def give_up(number: int) -> None:
    """Discard what is buffered in a stream that cannot be written, so that the flush at exit does not fail again."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, number)
        os.close(nothing)
    except OSError:  # no stream is left to report to
        return
