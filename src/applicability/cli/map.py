"""`applicability map`: where each measure applies."""

from __future__ import annotations

import datetime
import sys
from typing import Literal, get_args

import click

from applicability import api, decisions, report
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.language import for_a_file, misused
from applicability.cli.output import color, emit, emit_bytes, width
from applicability.model.selection import select_measures
from applicability.text import Lang, Text

MapFormat = Literal["text", "html", "json", "png", "svg"]


@click.command(
    "map",
    cls=Command,
    zh=(
        "说明各地可以适用哪些措施，每项措施又在哪里、在哪些行业、对谁可以适用。\n\n"
        "每格为该地最有利情形下的结果。`--measure N` 显示该行的行业和外资比例。"
    ),
)
@shared.option(
    "--place",
    "places",
    metavar="NAME",
    multiple=True,
    help=Text("改看这些地方，不看全部试点。", "These places instead of the pilots."),
)
@shared.selection_options(full=True)
@shared.as_of_option()
@shared.lang_option
@shared.format_option(
    get_args(MapFormat),
    Text("html 为可筛选的网页，无需服务器", "html is a page whose filters need no server"),
)
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    places: tuple[str, ...],
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    as_of: datetime.date | None,
    lang: Lang,
    format_: MapFormat,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Tell for each place which measures can be open there, and for each measure where, in which sectors and to whom.

    Each cell is the best verdict that anybody in the place could have. `--measure N` tells a row's sectors and shares.

    \b
    applicability map --format html -o map.html
    applicability map --format png -o map.png --lang zh
    applicability map --measure 1 --measure 57
    """
    if format_ == "png" and output is None and sys.stdout.isatty():
        raise misused(for_a_file("png"))
    rulebook = api.load_rulebook(rules, registers)
    wanted = select_measures(rulebook, measures or None, chapters or None)
    found = decisions.reach_map(rulebook, places=places or None, measures=wanted, as_of=as_of)
    if format_ == "png":
        from applicability.report.layout.matrix import png
        from applicability.report.reach_map.picture import picture

        emit_bytes(png(picture(found, lang)), output)
    elif format_ == "svg":
        from applicability.report.layout.matrix import svg
        from applicability.report.reach_map.picture import picture

        emit(svg(picture(found, lang)), output)
    elif format_ == "html":
        from applicability.report.reach_map.html import render as render_html

        emit(render_html(found, lang), output)
    else:
        from applicability.report.reach_map.terminal import render

        options = report.Options(lang, width=width(), color=color(output is not None))
        text = found.to_json() if format_ == "json" else render(found, options, bool(measures))
        emit(text, output, styled=format_ == "text")
