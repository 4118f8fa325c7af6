"""`applicability compile`: the rules as SQL or as Polars expressions."""

from __future__ import annotations

import datetime
from typing import get_args

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import emit
from applicability.export import CompileTarget, SqlDialect
from applicability.model.selection import select_measures
from applicability.text import Lang, Text


@click.command(
    "compile",
    cls=Command,
    zh=(
        "把规则输出为列表达式，供数据团队阅读和运行：每家企业的每项措施得0（不适用）至4（可适用）之一。\n\n"
        "所读的列写在开头；如何填写见 docs/compile.md。"
    ),
)
@shared.option(
    "--to", type=click.Choice(get_args(CompileTarget)), required=True, help=Text("输出什么。", "What to print.")
)
@shared.option(
    "--dialect",
    type=click.Choice(get_args(SqlDialect)),
    default="duckdb",
    show_default=True,
    help=Text("SQL 的方言。", "SQL dialect to write."),
)
@shared.option(
    "--table",
    metavar="NAME",
    default="companies",
    show_default=True,
    help=Text("企业表的名称。", "The table of companies."),
)
@shared.option(
    "--key",
    metavar="COLUMN",
    default="company",
    show_default=True,
    help=Text("标明企业的列。", "The column that identifies a company."),
)
@shared.selection_options()
@shared.as_of_option()
@shared.lang_option
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    to: CompileTarget,
    dialect: SqlDialect,
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
    from applicability.export.names import table_parts
    from applicability.export.program import program_of

    rulebook = api.load_rulebook(rules, registers)
    wanted = select_measures(rulebook, measures or None, chapters or None)
    table_parts(table)  # of Polars as well, which reads no table
    program = program_of(rulebook, wanted, api.day_of(rulebook, as_of), lang)
    if to == "sql":
        from applicability.export.sql import render

        emit(render(program, lang, dialect, table, key), output)
    else:
        from applicability.export.polars import render as render_polars

        emit(render_polars(program, lang, key), output)
