"""The language of a run, and what is wrong with its command line, told in that language."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING

from applicability.cli.requested_language import asked, locale_language
from applicability.text import Lang, Text

if TYPE_CHECKING:
    import click

# What `--lang` of the command line says, wherever it stands on it; None outside a run, or where it says nothing.
_ASKED: ContextVar[Lang | None] = ContextVar("asked", default=None)


def language() -> Lang:
    """The language of the run: what `--lang` says, or else the locale's."""
    return _ASKED.get() or locale_language()


@contextlib.contextmanager
def speaking(arguments: Sequence[str]) -> Iterator[None]:
    """Hold the language that a command line asks for, while it is read, run and its mistakes are told."""
    token = _ASKED.set(asked(arguments))
    try:
        if language() == "zh":
            from applicability.cli.chinese import install  # English runs have no use for it

            install(language)
        yield
    finally:
        _ASKED.reset(token)


def misused(what: Text) -> click.UsageError:
    """A command line that makes no sense."""
    import click

    return click.UsageError(what.of(language()))


def bad(option: str, what: Text) -> click.BadParameter:
    """A value that an option or argument cannot take; click says before it which."""
    import click

    return click.BadParameter(what.of(language()), param_hint=option)


def for_a_file(form: str) -> Text:
    """That a form is for files alone."""
    return Text(f"{form} 不能在终端显示：用 -o 写入文件", f"{form} is not for a terminal: write it to a file with -o")
