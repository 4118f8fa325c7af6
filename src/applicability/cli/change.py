"""`applicability change`: what would have to change for a measure to open."""

from __future__ import annotations

import datetime
from typing import Literal

import click

from applicability import api, decisions, report
from applicability.analysis.minimal_changes import SIZE
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import color, emit, emit_bytes, width
from applicability.cli.papers import give, is_paper, refuse_terminal
from applicability.cli.profile import read_profile
from applicability.model.selection import select_measures
from applicability.report.changes.terminal import render
from applicability.text import Lang, Text

_FORMATS = ("text", "json", "html", "markdown", "docx", "pdf", "xlsx")


@click.command(
    "change",
    cls=Command,
    zh=(
        "对 PROFILE 所述企业尚不能适用的每项措施，给出使其可以适用的最小改变。\n\n"
        "每项改变都注明由谁来做：只需补充说明、可由企业付出代价做到、无法改变、官方步骤，或主管部门的认定。"
    ),
)
@click.argument("profile", metavar="PROFILE")
@shared.selection_options(full=True)
@shared.option("--all", "every", is_flag=True, help=Text("显示每一行的全部办法。", "Show every way to open each row."))
@shared.option(
    "--to",
    "target",
    type=click.Choice(["open", "step"]),
    default="open",
    show_default=True,
    help=Text(
        "open 为可以适用（可适用或须经认定），step 为只升一级。",
        "Open (eligible or conditional), or only the next verdict up.",
    ),
)
@shared.option(
    "--size",
    type=click.IntRange(1, 12),
    default=SIZE,
    show_default=True,
    help=Text("最多同时作几项改变。", "Most changes to combine."),
)
@shared.set_option
@shared.as_of_option()
@shared.lang_option
@shared.format_option(_FORMATS)
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    profile: str,
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    every: bool,
    target: Literal["open", "step"],
    size: int,
    sets: tuple[str, ...],
    as_of: datetime.date | None,
    lang: Lang,
    format_: str,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Tell, for every measure that is not open to the entity of a PROFILE, the smallest sets of changes that open it.

    Each change says who can make it: it only needs stating, it is up to you at a cost, it cannot be changed, it is an
    official step, or it is up to an authority.

    \b
    applicability change company.yaml
    applicability change company.yaml --measure 93 --lang en
    applicability change company.yaml --chapter 4 --to step
    """
    refuse_terminal(format_, output)
    rulebook = api.load_rulebook(rules, registers)
    wanted = select_measures(rulebook, measures or None, chapters or None)
    assessment = api.check(read_profile(profile, sets, rulebook), rulebook, as_of=as_of)
    found = decisions.change(assessment, measures=wanted, to=target, size=size)
    if format_ == "json":
        emit(found.to_json(), output)
        return
    if format_ == "xlsx":
        from applicability.report.changes.tables import xlsx  # an optional dependency

        emit_bytes(xlsx(assessment, found.prospects, lang), output)
        return
    if is_paper(format_):
        from applicability.report.language.page_title import changes_asked
        from applicability.report.papers.case import cover_of
        from applicability.report.papers.changes import changes_paper

        asked = tuple(changes_asked(wanted, rulebook, target, size))
        give(changes_paper(assessment, found.prospects, *cover_of(assessment), asked), format_, lang, output)
        return
    options = report.Options(lang, width=width(), color=color(output is not None))
    told = {prospect.finding.measure.key for prospect in found}
    opened = [measure.row for measure in wanted if measures and measure.key not in told]
    emit(render(assessment, found.prospects, options, every or bool(measures), opened), output, styled=True)
