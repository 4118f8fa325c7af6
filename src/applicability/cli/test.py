"""`applicability test`: runs cases, profiles with the verdicts that a reader of the text expects."""

from __future__ import annotations

from typing import get_args

import click

from applicability.cases import run_cases
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import misused
from applicability.cli.output import color, emit, width
from applicability.engines import EngineName
from applicability.report import Options
from applicability.report.cases.terminal import CasesFormat, render
from applicability.text import Lang, Text

_ALONE = Text("--measure 要与 --mutants 同用", "--measure needs --mutants")
_NEITHER = Text("--mutants 不与 --strict、--engine 同用", "--mutants goes with neither --strict nor --engine")


@click.command(
    "test",
    cls=Command,
    zh=(
        "运行 DIR（或一个文件；默认为规则库自己的 `cases` 文件夹）中的案例，说明哪些与预期不符。\n\n"
        "每处不符都附有理由。然后列出规则中还有哪些条件没有案例出现过某种结果。\n\n"
        "`--mutants` 反过来检验案例：规则每次只改动一处，列出没有案例发现的改动。"
    ),
)
@click.argument("cases", metavar="[DIR]", required=False)
@shared.format_option(get_args(CasesFormat))
@shared.engine_option(get_args(EngineName))
@shared.option(
    "--strict",
    is_flag=True,
    help=Text(
        "有条件未出现过全部可能的结果时，也算失败。",
        "Fail as well where a leaf was not seen under every verdict it can have.",
    ),
)
@shared.option(
    "--mutants",
    is_flag=True,
    help=Text(
        "改为逐处改动规则，列出没有案例发现的改动（含义不变的除外）。",
        "Change the rules one thing at a time, and list the changes that no case notices and that mean something else.",
    ),
)
@shared.option(
    "--measure",
    "measures",
    type=int,
    metavar="N",
    multiple=True,
    help=Text(
        "与 --mutants 同用：只改动这一行；可写多次。", "With --mutants: this row only; may be given several times."
    ),
)
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
    mutants: bool,
    measures: tuple[int, ...],
    lang: Lang,
    rules: str | None,
    output: str | None,
) -> None:
    """Run the cases of DIR (or of one file; by default the rulebook's own `cases` folder) and tell what differs.

    Each difference comes with the finding's reason. Then the leaves of rules that no case has seen under some verdict.

    `--mutants` tests the cases instead: the rules are changed one thing at a time, and changes that no case notices are
    listed.

    \b
    applicability test --rules rules
    applicability test my-cases.yaml --strict
    applicability test --mutants
    """
    if mutants:
        if strict or engine != "auto":
            raise misused(_NEITHER)
        _mutants(ctx, cases, rules, measures, format_, lang, output)
        return
    if measures:
        raise misused(_ALONE)
    report = run_cases(cases, rules, engine=engine)
    options = Options(lang, width=width(), color=color(output is not None))
    emit(render(report, format_, options), output, styled=format_ == "text")
    if not report.passed or (strict and report.unseen):
        ctx.exit(ExitCode.CASES)


def _mutants(
    ctx: click.Context,
    cases: str | None,
    rules: str | None,
    measures: tuple[int, ...],
    format_: CasesFormat,
    lang: Lang,
    output: str | None,
) -> None:
    from applicability.mutation import run_mutants  # the product space is only needed here
    from applicability.report.cases.mutants_terminal import render_mutants

    report = run_mutants(cases, rules, measures=measures or None)
    options = Options(lang, width=width(), color=color(output is not None))
    emit(render_mutants(report, format_, options), output, styled=format_ == "text")
    if not report.passed:
        ctx.exit(ExitCode.CASES)
