"""Papers for commands that write them: in a format, to a file; nothing of it is loaded before one is asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from applicability.cli.language import for_a_file, misused
from applicability.cli.output import emit, emit_bytes

if TYPE_CHECKING:
    from applicability.report.layout.paper import Paper, Speech

FORMATS = ("docx", "pdf", "html", "markdown")
_BINARY = ("docx", "pdf", "xlsx")


def is_paper(form: str) -> bool:
    """Whether a format is one of papers."""
    return form in FORMATS


def refuse_terminal(form: str, output: str | None) -> None:
    """Refuse to write binary output to a terminal. Raises click.UsageError."""
    if form in _BINARY and output in (None, "-") and sys.stdout.isatty():
        raise misused(for_a_file(form))


def give(paper: Paper, form: str, speech: Speech, output: str | None) -> None:
    """Write a paper in a format."""
    from applicability.report.papers.write import write  # loads the libraries of the format

    data = write(paper, form, speech)  # type: ignore[arg-type]
    if form in _BINARY:
        emit_bytes(data, output)
    else:
        emit(data.decode(), output)
