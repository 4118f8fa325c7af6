"""The language of a run, and usage errors in that language."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar

import click

from applicability.text import Lang, Text

# The value of `--lang` anywhere on the command line; None outside a run, or if absent.
_ASKED: ContextVar[Lang | None] = ContextVar("asked", default=None)


def locale_language() -> Lang:
    """The language of the locale: zh for any Chinese, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def language() -> Lang:
    """The language of the run: that of `--lang`, or else the locale's."""
    return _ASKED.get() or locale_language()


def asked(arguments: Sequence[str]) -> Lang | None:
    """The value of the last `--lang`, before arguments are parsed: parse errors are shown in it too."""
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
    """A usage error."""
    return click.UsageError(what.of(language()))


def bad(option: str, what: Text) -> click.BadParameter:
    """An invalid value of an option or argument; click puts its name first."""
    return click.BadParameter(what.of(language()), param_hint=option)


def for_a_file(form: str) -> Text:
    """The text for a format that only goes to files."""
    return Text(f"{form} 不能在终端显示：用 -o 写入文件", f"{form} is not for a terminal: write it to a file with -o")
