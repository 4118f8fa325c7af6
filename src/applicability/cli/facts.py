"""`applicability facts`: the facts of a profile and their values."""

from __future__ import annotations

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.language import misused
from applicability.cli.output import color, emit, width
from applicability.errors import Location, Problem, ProfileError
from applicability.loading.profile.mistakes import no_fact
from applicability.messages import did_you_mean
from applicability.model.leaf_kinds import LIMITS
from applicability.model.selection import select_measures
from applicability.report import Options
from applicability.report.rulebook.listing import BUILT_IN, fact_page, facts_table
from applicability.text import Lang, Text


@click.command(
    "facts",
    cls=Command,
    zh="列出档案可填的事实；写明 NAME 则显示该事实的问题和可填的值。",
)
@click.argument("name", required=False)
@shared.option(
    "--measure",
    "measures",
    type=int,
    metavar="N",
    multiple=True,
    help=Text("只列这些行的限制。", "Only limits of these rows."),
)
@shared.option(
    "--search",
    metavar="WORDS",
    default=None,
    help=Text("只列名称含这些字的值。", "Only values whose name contains the words."),
)
@shared.lang_option
@shared.rules_option
@shared.output_option
def command(
    name: str | None,
    measures: tuple[int, ...],
    search: str | None,
    lang: Lang,
    rules: str | None,
    output: str | None,
) -> None:
    """List the facts that a profile may give; with NAME, one fact with its question and its values.

    \b
    applicability facts
    applicability facts entity_kind
    applicability facts activities --search 旅行
    applicability facts sector --search 软件
    applicability facts limits --measure 57
    """
    rulebook = api.load_rulebook(rules)
    options = Options(lang, width=width(), color=color(output is not None))
    if measures and name != LIMITS:
        raise misused(Text("--measure 须与 `facts limits` 同用", "--measure only works with `facts limits`"))
    if name is None:
        if search is not None:
            raise misused(
                Text(
                    "--search 在一项事实的值中查找：请写明是哪一项",
                    "--search searches the values of one fact: name the fact as well",
                )
            )
        emit(facts_table(rulebook, options), output, styled=True)
        return
    known = (*rulebook.facts, *BUILT_IN)
    if name not in known:
        all_of_them = Text("`applicability facts` 列出全部事实", "`applicability facts` lists them all")
        raise ProfileError(
            [Problem("P101", Location("facts"), no_fact(name), did_you_mean(name, known) or all_of_them)]
        )
    chosen = select_measures(rulebook, measures or None) if measures else None
    emit(fact_page(rulebook, name, search, options, chosen), output, styled=True)
