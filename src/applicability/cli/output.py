"""Writes results to standard output or a file, atomically. Other messages go to standard error."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from typing import IO, Any

import click

from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import language
from applicability.cli.streams import give_up
from applicability.cli.terminal import columns
from applicability.files import shown_name, whole
from applicability.lazy_pattern import lazy_pattern
from applicability.messages import reason_of
from applicability.text import Text

# How a page is coloured.
_STYLE = lazy_pattern("(\x1b\\[[0-9;]*m)")
_STDOUT = Text("标准输出", "standard output")


class OutputError(click.ClickException):
    """The result could not be written."""

    exit_code = ExitCode.OUTPUT


def color(to_file: bool) -> bool:
    """Whether the output is a terminal with colours. NO_COLOR and TERM=dumb turn them off."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return not to_file and not plain and sys.stdout.isatty()


def width() -> int:
    """The columns of the terminal, or COLUMNS, or 80."""
    return columns()


def narrate(text: str) -> None:
    """Prints a message that is not a result; ignores a closed standard error."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)


def emit(text: str, output: str | None = None, *, styled: bool = False) -> None:
    """Writes a result. Raises OutputError; exits quietly if the reader is gone.

    A terminal gets no control sequences, except for the colours of a `styled` page.
    """
    if output in (None, "-") and sys.stdout.isatty():
        text = _for_terminal(text, styled)
    _emit(text.encode("utf-8", "backslashreplace"), output)


def _for_terminal(text: str, styled: bool) -> str:
    from applicability.report.layout.wrap import printable  # only needed for a terminal

    parts = _STYLE.split(text.removeprefix("\ufeff")) if styled else [text.removeprefix("\ufeff")]
    return "".join(one if styled and _STYLE.fullmatch(one) else printable(one, keep="\n\t\r") for one in parts)


class TerminalStream(io.RawIOBase):
    """A stream of UTF-8 text to a terminal, without control sequences."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Writes bytes, up to the last complete character."""
        self._stream.write(_for_terminal(self._decoder.decode(bytes(data)), styled=False).encode())
        return len(data)


def emit_bytes(data: bytes, output: str | None = None) -> None:
    """Writes a binary result."""
    _emit(data, output)


def unwritten(where: str | None, error: OSError, otherwise: Text = _STDOUT) -> OutputError:
    """The error for a result that cannot be written to a file, or to `otherwise`, in the language of the command."""
    why = reason_of(error)
    place = Text(shown_name(where), shown_name(where)) if where else otherwise
    what = Text(f"{place.zh}：无法写入：{why.zh}", f"{place.en}: cannot be written: {why.en}")
    return OutputError(what.of(language()))


def _emit(data: bytes, output: str | None) -> None:
    try:
        if output is None or output == "-":
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
        else:
            from pathlib import Path  # costs start-up time; most results go to standard output

            with whole(Path(output)) as stream:
                stream.write(data)
    except BrokenPipeError:
        give_up(1)
        raise SystemExit(ExitCode.PIPE_CLOSED) from None
    except OSError as error:
        if output in (None, "-"):
            give_up(1)
        raise unwritten(output, error) from None
