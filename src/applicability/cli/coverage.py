"""`applicability coverage`: which words of the documents are claimed by which rule."""

from __future__ import annotations

from typing import get_args

import click

from applicability import api
from applicability.cli import command as shared
from applicability.cli.output import color, emit, width
from applicability.report import Options
from applicability.report.claims import terminal as report
from applicability.text import Lang


@click.command("coverage", cls=shared.Command, short_help="Show what claims the words.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(report.ClaimsFormat)),
    default="text",
    show_default=True,
    help="Form of the result; `html` is the documents' text, coloured by what claims it.",
)
@shared.lang_option
@shared.rules_option
@shared.output_option
def command(format_: report.ClaimsFormat, lang: Lang, rules: str | None, output: str | None) -> None:
    """Tell how many characters of each chapter the rules claim, by what, and which words nothing claims.

    \b
    applicability coverage
    applicability coverage --format html -o coverage.html
    """
    rulebook = api.load_rulebook(rules)
    if format_ == "html":
        from applicability.report.claims.html import page  # templates, for those who ask for a page

        emit(page(rulebook, lang), output)
    elif format_ == "json":
        emit(report.data(rulebook), output)
    else:
        emit(report.text(rulebook, Options(lang, width=width(), color=color(output is not None))), output, styled=True)
