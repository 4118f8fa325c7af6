"""`applicability check`: a profile in, verdicts and reasons out."""

from __future__ import annotations

import datetime
from typing import Literal, get_args

import click

from applicability import api, report
from applicability.cli import command as shared
from applicability.cli.output import color, emit, width
from applicability.cli.profile import read_profile
from applicability.model.assessment import BUCKETS, Bucket
from applicability.model.selection import select_measures
from applicability.text import Lang

Engine = Literal["auto", "forward", "reference"]


@click.command("check", cls=shared.Command, short_help="Check a profile.")
@click.argument("profile", metavar="PROFILE")
@shared.lang_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(report.Format)),
    default="text",
    show_default=True,
    help="Form of the result.",
)
@shared.as_of_option
@click.option(
    "--set",
    "sets",
    metavar="NAME=VALUE",
    multiple=True,
    help="Set a fact in place of the profile's. Lists by comma; NAME= takes the fact out; NAME=[] is an empty list.",
)
@click.option("--only", type=click.Choice(BUCKETS), multiple=True, help="Show these verdicts only.")
@click.option("--measure", "measures", type=int, metavar="N", multiple=True, help="Show these rows only, in full.")
@click.option("--chapter", "chapters", type=int, metavar="N", multiple=True, help="Show these chapters only.")
@click.option(
    "--engine",
    type=click.Choice(get_args(Engine)),
    default="auto",
    show_default=True,
    help="How to reach the verdicts; forward chaining is checked against the reference evaluator.",
)
@click.option("--explain", is_flag=True, help="Show the whole derivation as well.")
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    profile: str,
    lang: Lang,
    format_: report.Format,
    as_of: datetime.date | None,
    sets: tuple[str, ...],
    only: tuple[Bucket, ...],
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    engine: Engine,
    explain: bool,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Tell which measures are open to the entity of a PROFILE, on what terms, and why not the others.

    PROFILE is a YAML or JSON file, or `-` for standard input. `applicability init` writes one to start from.

    \b
    applicability check company.yaml
    applicability check company.yaml --set city=天津 --set zones=东疆,天津港 --only eligible
    applicability check company.yaml --measure 57 --explain --lang en
    """
    rulebook = api.load_rulebook(rules, registers)
    wanted = {measure.key for measure in select_measures(rulebook, measures or None, chapters or None)}
    assessment = api.check(read_profile(profile, sets, rulebook), rulebook, as_of=as_of, engine=engine)
    shown = tuple(
        finding
        for finding in assessment.findings
        if finding.measure.key in wanted and (not only or finding.bucket in only)
    )
    selection = report.Selection(assessment, shown, single=bool(measures))
    options = report.Options(lang, explain, width(), color(output is not None))
    emit(report.render(selection, format_, options), output, styled=format_ == "text")
