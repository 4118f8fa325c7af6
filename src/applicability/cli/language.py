"""The language of a run, and usage errors in that language."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING

from applicability.cli.requested_language import asked, locale_language
from applicability.credentials import without_secrets
from applicability.text import Lang, Text

if TYPE_CHECKING:
    import click

# What `--lang` of the command line says, wherever it stands on it; None outside a run, or where it says nothing.
_ASKED: ContextVar[Lang | None] = ContextVar("asked", default=None)


def language() -> Lang:
    """The language of the run: that of `--lang`, or else the locale's."""
    return _ASKED.get() or locale_language()


@contextlib.contextmanager
def speaking(arguments: Sequence[str]) -> Iterator[None]:
    """Sets the language that a command line asks for, while it is parsed and run."""
    token = _ASKED.set(asked(arguments))
    try:
        if language() == "zh":
            from applicability.cli.chinese import install  # not needed in English

            install(language)
        yield
    finally:
        _ASKED.reset(token)


def misused(what: Text) -> click.UsageError:
    """A command line that makes no sense."""
    import click

    return click.UsageError(without_secrets(what.of(language())))


def bad(option: str, what: Text) -> click.BadParameter:
    """A value that an option or argument cannot take; click says before it which."""
    import click

    return click.BadParameter(without_secrets(what.of(language())), param_hint=option)


def for_a_file(form: str) -> Text:
    """The text for a format that only goes to files."""
    return Text(f"{form} 不能在终端显示：用 -o 写入文件", f"{form} is not for a terminal: write it to a file with -o")
