"""The language of a run, and what is wrong with its command line, told in that language."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar

import click

from applicability.text import Lang, Text

# What `--lang` of the command line says, wherever it stands on it; None outside a run, or where it says nothing.
_ASKED: ContextVar[Lang | None] = ContextVar("asked", default=None)


def locale_language() -> Lang:
    """The language of the locale: zh for any Chinese, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def language() -> Lang:
    """The language of the run: what `--lang` says, or else the locale's."""
    return _ASKED.get() or locale_language()


def asked(arguments: Sequence[str]) -> Lang | None:
    """What the last `--lang` among the arguments says, before any of them is read: their mistakes are told in it."""
    found: Lang | None = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else next(iter(arguments[place + 1 : place + 2]), "")
            found = "zh" if value == "zh" else "en" if value == "en" else found
    return found


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
    return click.UsageError(what.of(language()))


def bad(option: str, what: Text) -> click.BadParameter:
    """A value that an option or argument cannot take; click says before it which."""
    return click.BadParameter(what.of(language()), param_hint=option)


def for_a_file(form: str) -> Text:
    """That a form is for files alone."""
    return Text(f"{form} 不能在终端显示：用 -o 写入文件", f"{form} is not for a terminal: write it to a file with -o")
