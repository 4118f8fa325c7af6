"""Rows that are no company: one line per problem, with its row, its column and the cell's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bulk.output.notes_table import cells
from applicability.bulk.register.fact_reader import FactRows
from applicability.bulk.sources.source import Rows
from applicability.errors import Location, Problem
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, replace
from applicability.text import Lang, Surface, Text

_ROW = Text("第{line}行", "row {line}")
_CELL = Text("第{line}行，{column}", "row {line}, {column}")


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
    surface: Surface = "terminal"

    def first(self) -> list[Problem]:
        """The problems of the first rejected row, each with the row in its location."""
        line = self.lines[0]
        own = [problem for problem, at in zip(self.problems, self.lines, strict=True) if at == line]
        return [at_row(one, line, self.lang) for one in own]

    def table(self) -> Any:
        """The lines as an Arrow table."""
        text = {
            "column": ["" if one.location.line else one.location.shown for one in self.problems],
            "value": self.words,
            "code": [one.code for one in self.problems],
            "problem": [one.told_message(self.lang) for one in self.problems],
            "hint": [one.told_hint(self.lang, self.surface) for one in self.problems],
        }
        columns = [pa.array(held, pa.string()) for held in text.values()]
        return pa.table([pa.array(self.lines, pa.int64()), *columns], ["line", *text])


def at_row(problem: Problem, line: int, lang: Lang) -> Problem:
    """A problem of a column or of a whole row, located in the row."""
    column = problem.location.shown
    place = (_CELL if column else _ROW).of(lang).format(line=line, column=column)
    return replace(problem, location=Location(place))


def rejects_of(rows: Rows, read: FactRows, lang: Lang, surface: Surface = "terminal") -> Rejects:
    """Every row that is no company, with the reason."""
    at = [row for row, _ in read.rejects]
    problems = [problem for _, problem in read.rejects]
    loose = {one.row: one.words for one in getattr(rows.table, "unread", ()) if one.cells}
    words = [
        masked(own) if (own := loose.get(row)) is not None else cells(rows.table, one.location.file, [row])[0].as_py()
        for row, one in read.rejects
    ]
    lines = [rows.lines[row] for row in at]
    places: list[int | None] = [*at]
    for one in rows.broken:
        places.append(None)
        lines.append(one.line)
        problems.append(one.problem)
        words.append(masked(one.words))
    order = np.argsort(np.array(lines, np.int64), kind="stable").tolist()
    problems, places, lines, words = ([held[place] for place in order] for held in (problems, places, lines, words))
    return Rejects(problems, places, lines, words, lang, surface)
