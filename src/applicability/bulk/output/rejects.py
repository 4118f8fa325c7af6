"""Companies without verdicts: one line per problem, with its row, its column and the cell's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.screener import Screened, Screener
from applicability.bulk.register.fact_reader import FactRows
from applicability.bulk.sources.source import Rows, names_of
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass, replace
from applicability.text import Lang, Text

_ROW = Text("第{line}行，", "row {line}, ")


@dataclass(frozen=True)
class Rejects:
    """The problems of some rows: for each problem its row number and the cell's text, ordered by row.

    `rows` are indices into the batch; None for a row that could not be split into cells.
    """

    problems: Sequence[Problem]
    rows: Sequence[int | None]
    lines: Sequence[int]
    words: Sequence[str | None]
    lang: Lang = "en"

    def first(self) -> list[Problem]:
        """The problems of the first rejected row, each with the row in its location."""
        line = self.lines[0]
        own = [problem for problem, at in zip(self.problems, self.lines, strict=True) if at == line]
        row = _ROW.of(self.lang).format(line=line)
        return [replace(one, location=Location(f"{row}{one.location.file}")) for one in own]

    def table(self) -> Any:
        """The lines as an Arrow table."""
        text = {
            "column": ["" if one.location.line else one.location.file for one in self.problems],
            "value": self.words,
            "code": [one.code for one in self.problems],
            "problem": [one.told_message(self.lang) for one in self.problems],
            "hint": [one.told_hint(self.lang) for one in self.problems],
        }
        columns = [pa.array(held, pa.string()) for held in text.values()]
        return pa.table([pa.array(self.lines, pa.int64()), *columns], ["line", *text])


def rejects_of(rows: Rows, read: FactRows, screen: Screener, found: Screened, lang: Lang) -> Rejects:
    """Every problem of every row that has no verdicts."""
    at = [row for row, _ in read.rejects]
    problems = [problem for _, problem in read.rejects]
    known: dict[tuple[int, int], tuple[Problem, ...]] = {}
    kept: list[tuple[Problem, ...]] = []  # keeps these alive: keys below use id()
    for reject in screen.rejects(found):
        if reject.row in read.no_companies:
            continue
        # Equal problems are mostly the same tuple; which column they belong to depends on the origins alone.
        key = (id(reject.problems), int(read.origins.places[reject.row]))
        if key not in known:
            kept.append(reject.problems)
            moved = ((one, read.heading(one.location.file, reject.row)) for one in reject.problems)
            known[key] = tuple(dict.fromkeys(replace(one, location=Location(heading)) for one, heading in moved))
        at += [reject.row] * len(known[key])
        problems += known[key]
    words = _words(rows.table, [one.location.file for one in problems], at)
    lines = [rows.lines[row] for row in at]
    places: list[int | None] = [*at]
    for one in rows.broken:
        places.append(None)
        lines.append(one.line)
        problems.append(one.problem)
        words.append(one.words)
    order = np.argsort(np.array(lines, np.int64), kind="stable").tolist()
    problems, places, lines, words = ([held[place] for place in order] for held in (problems, places, lines, words))
    return Rejects(problems, places, lines, words, lang)


def _words(table: Any, columns: Sequence[str], rows: Sequence[int]) -> list[str | None]:
    """The cells at these columns and rows, as text; None for a missing column."""
    cells: dict[str, list[int]] = {}
    for column, row in zip(columns, rows, strict=True):
        cells.setdefault(column, []).append(row)
    told = {column: iter(_column(table, column, own)) for column, own in cells.items()}
    values = [next(told[column]) for column in columns]
    return [None if value is None else str(value) for value in values]


def _column(table: Any, column: str, rows: Sequence[int]) -> Sequence[object]:
    if isinstance(table, CellTable):
        held = table.columns.get(column)
        return [None] * len(rows) if held is None else [held[row] for row in rows]
    if column not in names_of(table):
        return [None] * len(rows)
    found: list[object] = table.column(column).take(pa.array(rows, pa.int64())).to_pylist()
    return found
