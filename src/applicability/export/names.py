"""The names that a caller gives an export: of its table and of the column that identifies a company."""

from __future__ import annotations

from applicability.errors import ArgumentError, Location, Problem
from applicability.export.program import Program
from applicability.text import Text

_MOST_PARTS = 3  # catalog.schema.table


def table_parts(table: str) -> tuple[str, ...]:
    """The parts of a table's name, of which there are one to three. Raises ArgumentError where it is none.

    >>> table_parts("public.companies")
    ('public', 'companies')
    """
    parts = tuple(table.split("."))
    if not all(part.strip() for part in parts) or len(parts) > _MOST_PARTS:
        what = Text(
            f"`{table}` 不是表名：写作 table、schema.table 或 catalog.schema.table",
            f"`{table}` is not a table: write table, schema.table or catalog.schema.table",
        )
        raise ArgumentError([Problem("U009", Location("table"), what)])
    return parts


def check_key(program: Program, key: str) -> None:
    """Raises ArgumentError for a key that is blank, or the column of a measure in the result."""
    what = None
    if not key.strip():
        what = Text("列名不能为空", "a column has a name")
    elif any(one.name == key for one in program.measures):
        what = Text(f"`{key}` 是结果中一项措施的列名", f"`{key}` is the column of a measure in the result")
    if what is not None:
        raise ArgumentError([Problem("U009", Location("key"), what)])
