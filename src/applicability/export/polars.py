"""Prints a program as a Python module for Polars: one function from a frame of companies to their verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator

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
    columns_read,
)
from applicability.export.header import header
from applicability.export.names import check_key
from applicability.export.program import Program, clear_of
from applicability.text import Lang

_METHODS = {">": "gt", ">=": "ge", "=": "eq", "<=": "le", "<": "lt"}


_TYPES = {"text": "pl.String", "list": "pl.List(pl.String)", "number": "pl.Float64"}


def render(program: Program, lang: Lang, key: str) -> str:
    """The module's source, which imports only Polars. Raises ArgumentError for a key that cannot be."""
    check_key(program, key)
    program = clear_of(program, (key, *columns_of(program.rulebook)))
    return "\n".join([*_lines(program, lang, key), ""])


def _lines(program: Program, lang: Lang, key: str) -> Iterator[str]:
    for line in header(program, lang, key):
        yield _comment(line)
    yield "import polars as pl"
    yield ""
    yield ""
    yield "def _verdict(number):"
    yield "    return pl.lit(number, pl.UInt8)"
    yield ""
    yield ""
    kinds = columns_of(program.rulebook)
    read = frozenset().union(*(columns_read(leaf.verdict) for leaf in program.leaves))
    # A column of nulls only has no type of its own.
    yield "COLUMNS = {"
    for name in sorted(read):
        yield f"    {_text(name)}: {_TYPES[kinds[name]]},"
    yield "}"
    yield ""
    yield "LEAVES = ["
    for leaf in program.leaves:
        yield f"    {_comment(leaf.asks)}"
        yield f"    ({_verdict(leaf.verdict)}).alias({_text(leaf.name)}),"
    yield "]"
    yield ""
    yield "MEASURES = ["
    for one in program.measures:
        yield f"    {_comment(one.measure.title.of(lang))}"
        yield f"    ({_verdict(one.verdict)}).alias({_text(one.name)}),"
    yield "]"
    yield ""
    yield ""
    yield "def verdicts(companies):"
    yield '    """The key and the verdicts of a DataFrame or LazyFrame."""'
    yield "    told = companies.with_columns(*(pl.col(name).cast(kind) for name, kind in COLUMNS.items()))"
    yield f"    return told.select(pl.col({_text(key)}), *LEAVES).select(pl.col({_text(key)}), *MEASURES)"


def _comment(text: str) -> str:
    return f"# {' '.join(text.split())}"


def _text(text: str) -> str:
    """A Python literal: JSON strings are valid in Python, and ASCII contains no line separators."""
    return json.dumps(text)


def _texts(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _verdict(verdict: VerdictExpression) -> str:
    match verdict:
        case Constant(number):
            return f"_verdict({number})"
        case LeafVerdict(name):
            return f"pl.col({_text(name)})"
        case CaseWhen(whens, otherwise):
            chain = "pl"
            for test, number in whens:
                chain += f".when({_test(test)}).then(_verdict({number}))"
            return f"{chain}.otherwise(_verdict({otherwise}))"
        case Least(parts) | Greatest(parts):
            name = "min_horizontal" if isinstance(verdict, Least) else "max_horizontal"
            return f"pl.{name}({', '.join(map(_verdict, parts))})"
        case Opposite(part):
            return f"(_verdict(4) - {_verdict(part)})"


def _test(test: Test) -> str:
    match test:
        case IsNull(column):
            return f"pl.col({_text(column)}).is_null()"
        case IsNoNumber(column):
            return f"pl.col({_text(column)}).fill_nan(None).is_null()"
        case IsIn(column, values):
            return f"pl.col({_text(column)}).is_in({_texts(values)})"
        # A null list contains nothing; null is tested before.
        case HasAny(column, values):
            return f"{_each(column, values)}.list.any().fill_null(False)"
        case AllIn(column, values):
            return f"{_each(column, values)}.list.all().fill_null(False)"
        case Compared(column, operator, number):
            return f"pl.col({_text(column)}).{_METHODS[operator]}({number:f})"
        case Every(parts):
            return " & ".join(f"({_test(part)})" for part in parts) or "pl.lit(True)"
        case Some(parts):
            return " | ".join(f"({_test(part)})" for part in parts) or "pl.lit(False)"
        case Never(part):
            return f"~({_test(part)})"


def _each(column: str, values: tuple[str, ...]) -> str:
    """For each word of a list, whether it is one of the values."""
    return f"pl.col({_text(column)}).list.eval(pl.element().is_in({_texts(values)}))"
