"""`applicability show`: a measure's text and rules, independent of any entity."""

from __future__ import annotations

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.language import bad
from applicability.cli.output import color, emit, width
from applicability.report import Options
from applicability.report.rulebook.measure import render
from applicability.text import Lang, Text


@click.command(
    "show",
    cls=Command,
    zh="按行号显示措施：原文、适用范围、条件、解读、疑点和后续步骤。",
)
@click.argument("rows", metavar="ROW...", nargs=-1, required=True, type=int)
@shared.option(
    "--document",
    metavar="ID",
    default=None,
    help=Text("规则库有几份文件时，写明是哪一份。", "The document, where the rulebook has several."),
)
@shared.lang_option
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    rows: tuple[int, ...],
    document: str | None,
    lang: Lang,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Show measures by row number: the words, the scope, the conditions, the reading taken, doubts, later steps.

    \b
    applicability show 93
    """
    rulebook = api.load_rulebook(rules, registers)
    try:
        measures = [rulebook.measure(row, document) for row in rows]
    except KeyError as error:
        known = sorted(one.row for one in rulebook.measures if document in (None, one.document))
        limits = Text(f"没有文件 `{document}`", f"there is no document `{document}`")
        if known:
            limits = Text(f"应在{known[0]}至{known[-1]}之间", f"rows run from {known[0]} to {known[-1]}")
        row = error.args[0]
        what = Text(f"没有第{row}行，{limits.zh}", f"there is no row {row}; {limits.en}")
        raise bad("ROW", what) from None
    options = Options(lang, width=width(), color=color(output is not None))
    emit(render(rulebook, measures, options), output, styled=True)
