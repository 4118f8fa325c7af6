"""`applicability coverage`: which words of the documents are claimed by which rule."""

from __future__ import annotations

from typing import get_args

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import color, emit, width
from applicability.report import Options
from applicability.report.claims import terminal as report
from applicability.text import Lang, Text


@click.command(
    "coverage",
    cls=Command,
    zh="说明规则引用了各章多少字、由哪类规则引用，以及哪些文字没有规则引用。",
)
@shared.format_option(
    get_args(report.ClaimsFormat),
    Text("`html` 为文件原文，按引用它的规则着色", "`html` is the documents' text, coloured by what claims it"),
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
        from applicability.report.claims.html import page  # jinja2 is only needed for the page

        emit(page(rulebook, lang), output)
    elif format_ == "json":
        emit(report.data(rulebook), output)
    else:
        emit(report.text(rulebook, Options(lang, width=width(), color=color(output is not None))), output, styled=True)
