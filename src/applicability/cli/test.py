"""`applicability test`: run cases, profiles with the verdicts that a reader of the words expects."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from applicability import api
from applicability.cases import CaseReport, run_cases
from applicability.cli import command as shared
from applicability.cli.exit_codes import ExitCode
from applicability.cli.output import color, emit, width
from applicability.engines.select import EngineName
from applicability.loading.source import rules_folder
from applicability.model.rulebook import Rulebook
from applicability.report import Options
from applicability.report.cases.terminal import CasesFormat, Failed, Gap, Mismatch, Outcome, render
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
    rulebook = api.load_rulebook(rules)
    folder, shown = _folder(cases, rules)
    own = "" if rules is None else f"{rules.rstrip('/')}/"
    report = run_cases(folder, shown, rulebook, engine, own)
    options = Options(lang, width=width(), color=color(output is not None))
    emit(render(_told(report, rulebook), format_, options), output, styled=format_ == "text")
    if not report.passed or (strict and report.unseen):
        ctx.exit(ExitCode.CASES)


def _folder(cases: str | None, rules: str | None) -> tuple[Path, str]:
    """Where the cases are, and what errors call that place."""
    if cases is not None:
        return Path(cases), cases.rstrip("/")
    if rules is not None:
        return Path(rules) / "cases", f"{rules.rstrip('/')}/cases"
    return rules_folder() / "cases", "rules/cases"


def _told(report: CaseReport, rulebook: Rulebook) -> Outcome:
    failed = tuple(
        Failed(
            result.case.name,
            result.case.location,
            tuple(Mismatch(one.finding, one.what, one.expected, one.found) for one in result.differences),
            result.error.problems if result.error is not None else (),
        )
        for result in report.results
        if not result.passed
    )
    gaps = tuple(Gap(one.rule, one.leaf, one.verdicts) for one in report.unseen)
    return Outcome(rulebook, len(report.results), report.leaves, failed, gaps)
