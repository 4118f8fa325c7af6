"""`applicability map`: the rulebook turned inside out."""

from __future__ import annotations

import datetime
import sys
from typing import Literal, get_args

import click

from applicability import api, report
from applicability.analysis.reach_map import reach_map
from applicability.cli import command as shared
from applicability.cli.language import bad, for_a_file, misused
from applicability.cli.output import color, emit, emit_bytes, width
from applicability.cli.profile import known_rows
from applicability.errors import Location, Problem, ProfileError
from applicability.loading.profile.mistakes import no_place, search
from applicability.messages import listed
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

MapFormat = Literal["text", "html", "json", "png", "svg"]


@click.command("map", cls=shared.Command, short_help="Places by measures.")
@click.option("--place", "places", metavar="NAME", multiple=True, help="These places instead of the pilots.")
@click.option("--measure", "measures", type=int, metavar="N", multiple=True, help="These rows only, in full.")
@click.option("--chapter", "chapters", type=int, metavar="N", multiple=True, help="These chapters only.")
@shared.as_of_option
@shared.lang_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(MapFormat)),
    default="text",
    show_default=True,
    help="Form of the result; html is a page whose filters need no server.",
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
    known_rows(rulebook, measures, chapters)
    wanted = [
        one
        for one in rulebook.measures
        if (not measures or one.row in measures) and (not chapters or one.chapter in chapters)
    ]
    found = reach_map(rulebook, _codes(rulebook, places), api.day_of(rulebook, as_of), wanted)
    if format_ == "png":
        from applicability.report.layout.matrix import png
        from applicability.report.reach_map.terminal import picture

        emit_bytes(png(picture(found, lang)), output)
    elif format_ == "svg":
        from applicability.report.layout.matrix import svg
        from applicability.report.reach_map.terminal import picture

        emit(svg(picture(found, lang)), output)
    elif format_ == "html":
        from applicability.report.reach_map.html import render as render_html

        emit(render_html(found, lang), output)
    else:
        from applicability.report.reach_map.terminal import render, render_json

        options = report.Options(lang, width=width(), color=color(output is not None))
        text = render_json(found) if format_ == "json" else render(found, options, bool(measures))
        emit(text, output, styled=format_ == "text")


def _codes(rulebook: Rulebook, names: tuple[str, ...]) -> tuple[str, ...]:
    """The divisions of the names, all of them or none; by default the pilots."""
    if not names:
        if not rulebook.pilots:
            what = Text("规则库没有列出试点：请指明地方", "the rulebook lists no pilots: name the places")
            raise bad("--place", what)
        return rulebook.pilots
    codes, problems = [], []
    for name in names:
        found = rulebook.gazetteer.candidates(name, "division")
        if len(found) == 1:
            codes.append(found[0])
        else:
            shown, what = listed(found[:6]), no_place(name)
            if found:
                what = Text(f"`{name}` 可以指多个地方：{shown.zh}", f"`{name}` names several places: {shown.en}")
            problems.append(Problem("P104" if found else "P103", Location(f"--place {name}"), what, search(name)))
    if problems:
        raise ProfileError(problems)
    return tuple(codes)
