"""The language of a run, and what is wrong with its command line, told in that language."""

from __future__ import annotations

import os

import click

from applicability.text import Lang, Text


def locale_language() -> Lang:
    """The language of the locale: zh for any Chinese, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def language() -> Lang:
    """The language of the command that runs: what `--lang` says, or the locale's where it does not say so yet."""
    context = click.get_current_context(silent=True)
    return (context.params.get("lang") if context is not None else None) or locale_language()


def misused(what: Text) -> click.UsageError:
    """A command line that makes no sense."""
    return click.UsageError(what.of(language()))


def bad(option: str, what: Text) -> click.BadParameter:
    """A value that an option or argument cannot take; click says before it which."""
    return click.BadParameter(what.of(language()), param_hint=option)


def for_a_file(form: str) -> Text:
    """That a form is for files alone."""
    return Text(f"{form} 不能在终端显示：用 -o 写入文件", f"{form} is not for a terminal: write it to a file with -o")
