"""`applicability check`: a profile in, verdicts and reasons out."""

from __future__ import annotations

import datetime
from typing import Literal, get_args

import click

from applicability import api, report
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import color, emit, width
from applicability.cli.papers import give, refuse_terminal
from applicability.cli.profile import read_profile
from applicability.engines import EngineName
from applicability.model.assessment import Bucket
from applicability.model.selection import select_measures
from applicability.text import Lang, Text

CheckFormat = Literal[report.Format, "docx", "pdf"]
_FORMATS = ("text", "json", "yaml", "markdown", "html", "docx", "pdf")


@click.command(
    "check",
    cls=Command,
    zh=(
        "说明 PROFILE 所述企业可以适用哪些措施、条件如何，其余为何不适用。\n\n"
        "PROFILE 为 YAML 或 JSON 文件，`-` 表示标准输入。可先用 `applicability init` 生成一份。"
    ),
)
@click.argument("profile", metavar="PROFILE")
@shared.lang_option
@shared.format_option(_FORMATS)
@shared.as_of_option()
@shared.set_option
@shared.only_option
@shared.selection_options(full=True)
@shared.engine_option(get_args(EngineName))
@shared.option(
    "--all",
    "every",
    is_flag=True,
    help=Text("逐项列出全部措施，而不只是可用的。", "Every measure, not only what is open and counts of the rest."),
)
@shared.option("--explain", is_flag=True, help=Text("同时显示全部推导过程。", "Show the whole derivation as well."))
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    profile: str,
    lang: Lang,
    format_: CheckFormat,
    as_of: datetime.date | None,
    sets: tuple[str, ...],
    only: tuple[Bucket, ...],
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    engine: EngineName,
    every: bool,
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
    refuse_terminal(format_, output)
    rulebook = api.load_rulebook(rules, registers)
    wanted = {measure.key for measure in select_measures(rulebook, measures or None, chapters or None)}
    assessment = api.check(read_profile(profile, sets, rulebook), rulebook, as_of=as_of, engine=engine)
    shown = tuple(
        finding
        for finding in assessment.findings
        if finding.measure.key in wanted and (not only or finding.bucket in only)
    )
    selection = report.Selection(assessment, shown, single=bool(measures))
    if format_ == "docx" or format_ == "pdf":
        from applicability.report.papers.case import case_paper  # loaded for papers only

        give(case_paper(selection), format_, lang, output)
        return
    brief = not (every or explain or only or measures or chapters)
    options = report.Options(lang, explain, width(), color(output is not None), brief)
    emit(report.render(selection, format_, options), output, styled=format_ == "text")
