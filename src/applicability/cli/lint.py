"""`applicability lint`: what is wrong with a rulebook."""

from __future__ import annotations

from typing import get_args

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.exit_codes import ExitCode
from applicability.cli.output import emit
from applicability.report.rulebook.problems import ProblemsFormat, render
from applicability.text import Lang, Text


@click.command(
    "lint",
    cls=Command,
    zh=("说明规则库的全部问题：文件、行、列、内容和改法。\n\n有问题时退出码为4，没有时为0。"),
)
@shared.format_option(
    get_args(ProblemsFormat),
    Text("`github` 生成注释", "`github` makes annotations"),
)
@shared.lang_option
@shared.rules_option
@shared.output_option
@click.pass_context
def command(ctx: click.Context, format_: ProblemsFormat, lang: Lang, rules: str | None, output: str | None) -> None:
    """Tell everything that is wrong with a rulebook: file, line, column, what, and how to fix it.

    Exits with 4 if there is any problem, and with 0 if there is none.

    \b
    applicability lint --rules rules
    applicability lint --rules rules --format github
    """
    problems = api.lint(rules)
    emit(render(problems, format_, lang), output)
    if problems:
        ctx.exit(ExitCode.RULEBOOK)
