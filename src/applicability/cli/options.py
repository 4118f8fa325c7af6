"""Options shared by several commands, each defined once, with help in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from applicability.cli.language import language
from applicability.cli.root_help import LANG_DEFAULT, LANG_HELP
from applicability.text import Text

F = TypeVar("F", bound=Callable[..., Any])


class BilingualOption(click.Option):
    """An option with help in the language of the run. `show_default` may be a Text."""

    def __init__(
        self,
        param_decls: Sequence[str] | None = None,
        *,
        help: Text,
        show_default: bool | Text | None = None,
        **settings: Any,
    ) -> None:
        shown = show_default.en if isinstance(show_default, Text) else show_default
        super().__init__(param_decls, help=help.en, show_default=shown, **settings)
        self.text, self.shown_default = help, show_default

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The entry in the help."""
        self.help = self.text.of(language())
        if isinstance(self.shown_default, Text):
            self.show_default = self.shown_default.of(language())
        return super().get_help_record(ctx)


def option(*names: str, help: Text, **settings: Any) -> Callable[[F], F]:
    """An option with help in both languages; other settings are passed to click."""
    return click.option(*names, cls=BilingualOption, help=help, **settings)


def as_day(ctx: click.Context | None, param: click.Parameter | None, value: str | None) -> datetime.date | None:
    """Parses a day written YYYY-MM-DD, as an option's callback."""
    if value is None:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        what = Text(f"`{value}` 不是日期：写作 2026-01-31", f"`{value}` is not a date: write it as 2026-01-31")
        raise click.BadParameter(what.of(language()), ctx, param) from None


def bucket_of(word: str) -> str:
    """The bucket of a word in either language; an unknown word unchanged.

    >>> bucket_of("可适用"), bucket_of("eligible"), bucket_of("maybe")
    ('eligible', 'eligible', 'maybe')
    """
    from applicability.model.assessment import BUCKETS

    if word in BUCKETS:
        return word
    from applicability.report.language.labels import BUCKETS as LABELS  # only needed for Chinese words

    return next((bucket for bucket, label in LABELS.items() if word in (label.zh, label.en)), word)


class BucketChoice(click.Choice[str]):
    """A choice among the buckets, in either language."""

    def __init__(self) -> None:
        from applicability.model.assessment import BUCKETS  # keeps the model out of the help of all commands

        super().__init__(BUCKETS)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The bucket of a word."""
        return super().convert(bucket_of(value) if isinstance(value, str) else value, param, ctx)


def lang_option(function: F) -> F:
    """`--lang`, by default the locale's; `language.speaking` has already read it."""
    return _lang(function)


def silent_lang_option(function: F) -> F:
    """`--lang` for a command whose result has no language, but whose help and errors do."""
    return _lang(function, expose_value=False)


def _lang(function: F, **settings: Any) -> F:
    return option(
        "--lang",
        is_eager=True,
        type=click.Choice(["zh", "en"]),
        default=language,
        show_default=LANG_DEFAULT,
        help=LANG_HELP,
        **settings,
    )(function)


rules_option = option(
    "--rules",
    metavar="DIR",
    default=None,
    help=Text("换用另一规则库，不用随软件附带的。", "Use this rulebook instead of the packaged one."),
)
register_option = option(
    "--register",
    "registers",
    metavar="FILE",
    multiple=True,
    help=Text(
        "另附官方步骤的文件，如某市的任务清单；可写多次。",
        "A file of further official steps, such as a city's task list; may be given several times.",
    ),
)
output_option = option(
    "-o",
    "--output",
    metavar="FILE",
    default=None,
    help=Text("把结果写入文件；写不全就不写。", "Write the result to a file; it is complete or not written."),
)
set_option = option(
    "--set",
    "sets",
    metavar="NAME=VALUE",
    multiple=True,
    help=Text(
        "改用这个事实，不用档案中的。列表以逗号分隔；NAME= 去掉该事实；NAME=[] 为空列表。",
        "Override a fact of the profile. Lists by comma; NAME= removes the fact; NAME=[] is an empty list.",
    ),
)


def only_option(function: F) -> F:
    """`--only`: some of the buckets."""
    return option(
        "--only",
        type=BucketChoice(),
        multiple=True,
        help=Text(
            "只显示这些结果，也可写中文，如“可适用”。", "Show these verdicts only, by their words in either language."
        ),
    )(function)


def as_of_option(help: Text | None = None) -> Callable[[F], F]:
    """`--as-of`, by default the profile's own day, or today in Beijing."""
    own = Text(
        "按哪一天判断 [默认：档案所填的日期，否则为北京时间今天]。",
        "The date to decide for [default: the profile's, or today in Beijing].",
    )
    return option("--as-of", metavar="DATE", default=None, callback=as_day, help=help or own)


def format_option(formats: Sequence[str], more: Text | None = None) -> Callable[[F], F]:
    """`--format`, by default text; `more` describes some of the formats."""
    help = Text("结果的格式。", "Form of the result.")
    if more is not None:
        help = Text(f"结果的格式；{more.zh}。", f"Form of the result; {more.en}.")
    return option("--format", "format_", type=click.Choice(formats), default="text", show_default=True, help=help)


def engine_option(engines: Sequence[str]) -> Callable[[F], F]:
    """`--engine`, by default the best available."""
    return option(
        "--engine",
        type=click.Choice(engines),
        default="auto",
        show_default=True,
        help=Text(
            "用哪个引擎判断；`forward` 即本机的正向推理引擎（`durable` 或 `clips`），其结果会与基准引擎核对。",
            "Engine that decides; `forward` is the one that chains forward here (`durable` or `clips`), "
            "and the reference evaluator checks it.",
        ),
    )


def selection_options(*, full: bool = False) -> Callable[[F], F]:
    """`--measure` and `--chapter`; with `full`, named rows are shown in full."""
    rows = Text("只看这些行，并显示全部内容。", "These rows only, in full.") if full else None

    def both(function: F) -> F:
        chapters = option(
            "--chapter", "chapters", type=int, metavar="N", multiple=True,
            help=Text("只看这些章。", "These chapters only."),
        )  # fmt: skip
        measures = option(
            "--measure", "measures", type=int, metavar="N", multiple=True,
            help=rows or Text("只看这些行。", "These rows only."),
        )  # fmt: skip
        return measures(chapters(function))

    return both
