"""`applicability compile`: the rules as SQL or as Polars expressions."""

from __future__ import annotations

import datetime
from typing import Literal, get_args

import click

from applicability import api
from applicability.cli import command as shared
from applicability.cli.output import emit
from applicability.cli.profile import known_rows
from applicability.text import Lang

Target = Literal["sql", "polars"]
Dialect = Literal["duckdb", "postgres", "spark"]


@click.command("compile", cls=shared.Command, short_help="The rules as SQL or Polars expressions.")
@click.option("--to", type=click.Choice(get_args(Target)), required=True, help="What to print.")
@click.option(
    "--dialect", type=click.Choice(get_args(Dialect)), default="duckdb", show_default=True, help="Of SQL: for whom."
)
@click.option("--table", metavar="NAME", default="companies", show_default=True, help="The table of companies.")
@click.option("--key", metavar="COLUMN", default="company", show_default=True, help="The column that names a company.")
@click.option("--measure", "measures", type=int, metavar="N", multiple=True, help="These rows only.")
@click.option("--chapter", "chapters", type=int, metavar="N", multiple=True, help="These chapters only.")
@shared.as_of_option
@shared.lang_option
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    to: Target,
    dialect: Dialect,
    table: str,
    key: str,
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    as_of: datetime.date | None,
    lang: Lang,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Print the rules as column expressions, for a data team to read and run: a verdict from 0 (ineligible) to 4
    (eligible) for each company and measure.

    The columns that they read are named at the top; docs/compile.md tells how to fill them.

    \b
    applicability compile --to sql --measure 93
    applicability compile --to sql --dialect spark -o rules.sql
    applicability compile --to polars -o rules.py
    """
    from applicability.export.program import program_of

    rulebook = api.load_rulebook(rules, registers)
    known_rows(rulebook, measures, chapters)
    wanted = [
        one
        for one in rulebook.measures
        if (not measures or one.row in measures) and (not chapters or one.chapter in chapters)
    ]
    program = program_of(rulebook, wanted, api.day_of(rulebook, as_of), lang)
    if to == "sql":
        from applicability.export.sql import render

        emit(render(program, lang, dialect, table, key), output)
    else:
        from applicability.export.polars import render as render_polars

        emit(render_polars(program, lang, key), output)
