"""Prints a program as one SQL query: a syntax tree rendered in a dialect by SQLGlot, so that no value is spliced into
text.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from applicability.errors import EngineError, Location, Problem
from applicability.export import SqlDialect
from applicability.export.canonical import columns_of
from applicability.export.expressions import (
    AllIn,
    CaseWhen,
    Compared,
    Constant,
    Every,
    Greatest,
    HasAny,
    IsIn,
    IsNoNumber,
    IsNull,
    LeafVerdict,
    Least,
    Never,
    Opposite,
    Some,
    Test,
    VerdictExpression,
)
from applicability.export.header import header
from applicability.export.names import check_key, table_parts
from applicability.export.program import Program, clear_of
from applicability.messages import install, not_installed
from applicability.text import Lang

_COMPARISONS = {">": "GT", ">=": "GTE", "=": "EQ", "<=": "LTE", "<": "LT"}


def render(program: Program, lang: Lang, dialect: SqlDialect, table: str, key: str) -> str:
    """The query: one row per company, with its key and a verdict, 0 to 4, for each measure.

    Raises ArgumentError for a table or a key that cannot be, and EngineError if SQLGlot is not installed.
    """
    parts = table_parts(table)
    check_key(program, key)
    sql = _library()
    program = clear_of(program, (key, *columns_of(program.rulebook)))
    leaves = "leaves"
    while leaves.casefold() == table.casefold():
        leaves = f"_{leaves}"
    inner = sql.select(_column(sql, key))
    for leaf in program.leaves:
        inner = inner.select(_named(sql, _verdict(sql, leaf.verdict, dialect), leaf.name, leaf.asks), copy=False)
    inner = inner.from_(_table(sql, parts), copy=False)
    outer = sql.select(_column(sql, key))
    for one in program.measures:
        title = one.measure.title.of(lang)
        outer = outer.select(_named(sql, _verdict(sql, one.verdict, dialect), one.name, title), copy=False)
    query = outer.from_(leaves, copy=False).with_(leaves, as_=inner, copy=False)
    lines = [f"-- {_one_line(line)}" for line in header(program, lang, key)]
    return "\n".join([*lines, query.sql(dialect=dialect, pretty=True, identify=True), ""])


def _library() -> Any:
    try:
        import sqlglot
    except ModuleNotFoundError:
        what = not_installed("sqlglot")
        raise EngineError([Problem("E004", Location("compile"), what, install("sql"))]) from None
    return sqlglot


def _one_line(text: str) -> str:
    """Text made safe for a comment."""
    return " ".join(text.split()).replace("*/", "* /").replace("/*", "/ *")


def _table(sql: Any, parts: Sequence[str]) -> Any:
    quoted = [sql.exp.to_identifier(part, quoted=True) for part in reversed(parts)]
    return sql.exp.Table(**dict(zip(("this", "db", "catalog")[: len(quoted)], quoted, strict=True)))


def _column(sql: Any, name: str) -> Any:
    return sql.exp.Column(this=sql.exp.to_identifier(name, quoted=True))


def _named(sql: Any, verdict: Any, name: str, comment: str) -> Any:
    made = sql.exp.alias_(verdict, sql.exp.to_identifier(name, quoted=True))
    made.add_comments([f" {_one_line(comment)} "])
    return made


def _verdict(sql: Any, verdict: VerdictExpression, dialect: SqlDialect) -> Any:
    exp = sql.exp
    match verdict:
        case Constant(number):
            return exp.Literal.number(number)
        case LeafVerdict(name):
            return _column(sql, name)
        case CaseWhen(whens, otherwise):
            made = exp.Case()
            for test, number in whens:
                made = made.when(_test(sql, test, dialect), exp.Literal.number(number))
            return made.else_(exp.Literal.number(otherwise))
        case Least(parts) | Greatest(parts):
            first, *rest = [_verdict(sql, part, dialect) for part in parts]
            kind = exp.Least if isinstance(verdict, Least) else exp.Greatest
            return kind(this=first, expressions=rest, ignore_nulls=True)  # there are none
        case Opposite(part):
            return exp.Sub(this=exp.Literal.number(4), expression=exp.paren(_verdict(sql, part, dialect)))


def _test(sql: Any, test: Test, dialect: SqlDialect) -> Any:
    exp = sql.exp
    match test:
        case IsNull(column):
            return exp.Is(this=_column(sql, column), expression=exp.Null())
        case IsNoNumber(column):
            # Cast, so that integer columns work too. In every dialect here NaN equals itself.
            none = exp.Is(this=_column(sql, column), expression=exp.Null())
            wide = exp.cast(_column(sql, column), "double")
            return exp.paren(exp.or_(none, exp.EQ(this=wide, expression=exp.cast(exp.Literal.string("NaN"), "double"))))
        case IsIn(column, values):
            return exp.In(this=_column(sql, column), expressions=_texts(sql, values))
        case HasAny(column, values):
            words = exp.Array(expressions=_texts(sql, values))
            if dialect == "spark":  # SQLGlot would print an operator that Spark lacks
                return exp.Anonymous(this="ARRAYS_OVERLAP", expressions=[_column(sql, column), words])
            return exp.ArrayOverlaps(this=_column(sql, column), expression=words)
        case AllIn(column, values):
            words = exp.Array(expressions=_texts(sql, values))
            if dialect == "spark":
                others = exp.Anonymous(this="ARRAY_EXCEPT", expressions=[_column(sql, column), words])
                return exp.EQ(this=exp.Anonymous(this="SIZE", expressions=[others]), expression=exp.Literal.number(0))
            return exp.ArrayContainsAll(this=words, expression=_column(sql, column))
        case Compared(column, operator, number):
            kind = getattr(exp, _COMPARISONS[operator])
            return kind(this=_column(sql, column), expression=exp.Literal.number(format(number, "f")))
        case Every(parts):
            return _joined(sql, exp.And, [_test(sql, part, dialect) for part in parts]) if parts else exp.true()
        case Some(parts):
            return _joined(sql, exp.Or, [_test(sql, part, dialect) for part in parts]) if parts else exp.false()
        case Never(part):
            return exp.Not(this=exp.paren(_test(sql, part, dialect)))


def _joined(sql: Any, kind: Any, parts: Sequence[Any]) -> Any:
    if len(parts) == 1:
        return parts[0]
    whole = functools.reduce(lambda one, other: kind(this=one, expression=other), parts)
    return sql.exp.paren(whole)


def _texts(sql: Any, values: Sequence[str]) -> list[Any]:
    return [sql.exp.Literal.string(value) for value in values]
