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
from applicability.report.claims.protection import Protection
from applicability.text import Lang, Text


@click.command(
    "coverage",
    cls=Command,
    zh=(
        "说明规则引用了各章多少字、由哪类规则引用，以及哪些文字没有规则引用。\n\n"
        "`--mutants` 另说明：换成别的字，规则库的案例或该行的释读能否发现。"
    ),
)
@shared.format_option(
    get_args(report.ClaimsFormat),
    Text("`html` 为文件原文，按引用它的规则着色", "`html` is the documents' text, coloured by what claims it"),
)
@shared.option(
    "--mutants",
    is_flag=True,
    help=Text(
        "改动规则、运行案例（约一分钟），标出换成别的字也不会被发现的文字。",
        "Change the rules and run the cases (about a minute), and mark the words that could be others unnoticed.",
    ),
)
@shared.lang_option
@shared.rules_option
@shared.output_option
def command(format_: report.ClaimsFormat, mutants: bool, lang: Lang, rules: str | None, output: str | None) -> None:
    """Tell how many characters of each chapter the rules claim, by what, and which words nothing claims.

    `--mutants` also tells whether the rulebook's cases, or the reading of its row, would notice another word.

    \b
    applicability coverage
    applicability coverage --format html -o coverage.html
    applicability coverage --mutants --format html -o coverage.html
    """
    rulebook = api.load_rulebook(rules)
    protection = None
    if mutants:
        from applicability.protected_words import held_rules  # only this runs cases

        protection = Protection.of(rulebook, held_rules(rulebook=rules))
    if format_ == "html":
        from applicability.report.claims.html import page  # jinja2 is only needed for the page

        emit(page(rulebook, lang, protection), output)
    elif format_ == "json":
        emit(report.data(rulebook, protection), output)
    else:
        options = Options(lang, width=width(), color=color(output is not None))
        emit(report.text(rulebook, options, protection), output, styled=True)
