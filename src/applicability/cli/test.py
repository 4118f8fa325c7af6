"""`applicability test`: run cases, profiles with the verdicts that a reader of the words expects."""

from __future__ import annotations

from typing import get_args

import click

from applicability.cases import run_cases
from applicability.cli import command as shared
from applicability.cli.exit_codes import ExitCode
from applicability.cli.output import color, emit, width
from applicability.engines.select import EngineName
from applicability.report import Options
from applicability.report.cases.terminal import CasesFormat, render
from applicability.text import Lang


@click.command("test", cls=shared.Command, short_help="Run cases.")
@click.argument("cases", metavar="[DIR]", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(CasesFormat)),
    default="text",
    show_default=True,
    help="Form of the result.",
)
@click.option(
    "--engine",
    type=click.Choice(get_args(EngineName)),
    default="auto",
    show_default=True,
    help="How to reach the verdicts.",
)
@click.option("--strict", is_flag=True, help="Fail as well where a leaf was not seen under every verdict it can have.")
@shared.lang_option
@shared.rules_option
@shared.output_option
@click.pass_context
def command(
    ctx: click.Context,
    cases: str | None,
    format_: CasesFormat,
    engine: EngineName,
    strict: bool,
    lang: Lang,
    rules: str | None,
    output: str | None,
) -> None:
    """Run the cases of DIR (or of one file; by default the rulebook's own `cases` folder) and tell what differs.

    Each difference comes with the finding's reason. Then the leaves of rules that no case has seen under some verdict.

    \b
    applicability test --rules rules
    applicability test my-cases.yaml --strict
    """
    report = run_cases(cases, rules, engine=engine)
    options = Options(lang, width=width(), color=color(output is not None))
    emit(render(report, format_, options), output, styled=format_ == "text")
    if not report.passed or (strict and report.unseen):
        ctx.exit(ExitCode.CASES)
