"""`applicability compare`: alternatives side by side."""

from __future__ import annotations

import datetime
import sys
from typing import Literal, get_args

import click

from applicability import api, decisions, report
from applicability.analysis.comparison import Comparison
from applicability.cli import options as shared
from applicability.cli.alternatives import across, of_profiles
from applicability.cli.command import Command
from applicability.cli.language import for_a_file, misused
from applicability.cli.output import color, emit, emit_bytes, width
from applicability.cli.papers import give, is_paper, refuse_terminal
from applicability.cli.profile import read_profile
from applicability.model.selection import select_measures
from applicability.report.comparison.terminal import render
from applicability.text import Lang, Text

CompareFormat = Literal["text", "json", "csv", "xlsx", "png", "svg", "html", "markdown", "docx", "pdf"]
_BINARY = ("xlsx", "png")


@click.command(
    "compare",
    cls=Command,
    zh=(
        "并列比较：同一份 PROFILE 在不同地方、功能区、取值或日期下的结果，或几份 PROFILE 的结果。\n\n"
        "先列出结果不同的行，再按结果和力度合计，最后从可适用最多的排起。换到另一城市时，原来的区县和功能区不随之带走。"
    ),
)
@click.argument("profiles", metavar="PROFILE...", nargs=-1, required=True)
@shared.option(
    "--across",
    "spec",
    metavar="FACT[=A,B]",
    default=None,
    help=Text(
        "比较什么：city（全部试点）、zones（所在城市的功能区），或取值，如 foreign_share=0,50、as_of=D1,D2。",
        "What varies: city (all pilots), zones (of its city), or values: foreign_share=0,50, as_of=D1,D2.",
    ),
)
@shared.option("--all", "every", is_flag=True, help=Text("相同的行也显示。", "Also show the rows that do not differ."))
@shared.selection_options()
@shared.set_option
@shared.as_of_option()
@shared.lang_option
@shared.format_option(get_args(CompareFormat))
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    profiles: tuple[str, ...],
    spec: str | None,
    every: bool,
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    sets: tuple[str, ...],
    as_of: datetime.date | None,
    lang: Lang,
    format_: CompareFormat,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Lay alternatives side by side: one PROFILE across places, zones, values or days, or several PROFILEs.

    The rows that differ come first, then totals by verdict and force, then the alternatives from the most open down.
    Moving to another city leaves district and zones behind.

    \b
    applicability compare company.yaml --across city
    applicability compare company.yaml --across foreign_share=0,25,50,100
    applicability compare ours.yaml theirs.yaml --format xlsx -o both.xlsx
    """
    if (spec is None) == (len(profiles) == 1):
        raise misused(Text("写一份档案和 --across，或写多份档案", "name one profile and --across, or several profiles"))
    if format_ in _BINARY and output is None and sys.stdout.isatty():
        raise misused(for_a_file(format_))
    refuse_terminal(format_, output)
    rulebook = api.load_rulebook(rules, registers)
    wanted = select_measures(rulebook, measures or None, chapters or None)
    given = [(file, read_profile(file, sets, rulebook)) for file in profiles]
    made = of_profiles(given, as_of) if spec is None else across(spec, given[0][1], rulebook, as_of)
    comparison = decisions.compare(made, rulebook, measures=wanted)
    if is_paper(format_):
        from applicability.report.papers.comparison import comparison_paper  # loaded for papers only

        give(comparison_paper(comparison), format_, lang, output)
    elif format_ in _BINARY:
        emit_bytes(_bytes(comparison, format_, lang, every), output)
    else:
        emit(_text(comparison, format_, lang, every, output), output, styled=format_ == "text")


def _bytes(comparison: Comparison, format_: CompareFormat, lang: Lang, every: bool) -> bytes:
    if format_ == "xlsx":
        from applicability.report.comparison.tables import xlsx  # an optional dependency

        return xlsx(comparison, lang)
    from applicability.report.comparison.picture import picture
    from applicability.report.layout.matrix import png

    return png(picture(comparison, lang, every))


def _text(comparison: Comparison, format_: CompareFormat, lang: Lang, every: bool, output: str | None) -> str:
    match format_:
        case "json":
            return comparison.to_json()
        case "csv":
            from applicability.report.comparison.tables import csv

            return csv(comparison, lang)
        case "svg":
            from applicability.report.comparison.picture import picture
            from applicability.report.layout.matrix import svg

            return svg(picture(comparison, lang, every))
        case _:
            options = report.Options(lang, width=width(), color=color(output is not None))
            return render(comparison, options, every)
