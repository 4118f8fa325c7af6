"""Finds rows that repeat headings of several rows, or titles above them, as each printed page of a table does.

Where the headings are one row, `register/no_company.py` finds their repetitions, in every kind of table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.sources.headings import HeadingRows, clean
from applicability.bulk.sources.source import Broken, Rows
from applicability.errors import Location, Problem
from applicability.text import Text

REPEATED = Text("这一行重复列名，不是企业", "this row repeats the headings and is no company")
_TITLE = Text("这一行重复列名之上的标题，不是企业", "this row repeats a title above the headings and is no company")
NOT_SCREENED = Text(
    "这一行不作企业筛查；若确是企业，写明其名称和所在地",
    "it was not screened; if it is a company, give it its name and its place",
)


class RepeatedRows:
    """Tells the rows of a table that repeat its headings or what stands above them."""

    def __init__(self, headings: HeadingRows) -> None:
        self._names = headings.names
        self._texts = headings.texts if headings.last > headings.first else ()
        titles = ([*row] for row in headings.above)
        self._titles = {_trimmed(row) for row in titles if any(row)}
        # What the cells of such rows hold, column by column: a cheap test.
        above: list[set[str]] = [set(texts) for texts in self._texts]
        above += [set() for _ in range(max(map(len, [headings.names, *self._titles])) - len(above))]
        for title in self._titles:
            for place, cell in enumerate(title):
                above[place].add(cell)
        self._above = above

    def broken(self, line: int, cells: Sequence[object]) -> Broken | None:
        """The row as one that is no company; None for any other row. At least one cell holds something."""
        if not self._texts and not self._titles:
            return None
        for place, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if not isinstance(cell, str) or place >= len(self._above):
                return None
            if clean(cell) not in self._above[place] and cell.strip():
                return None
        words = [clean(cell) if isinstance(cell, str) else "" for cell in cells]
        filled = [place for place, word in enumerate(words) if word]
        if not filled:
            return None  # invisible characters only
        if all(place < len(self._texts) and words[place] in self._texts[place] for place in filled):
            what = REPEATED
        elif _trimmed(words) in self._titles:
            what = _TITLE
        else:
            return None
        first = filled[0]
        heading = self._names[first] if first < len(self._names) else ""
        return Broken(line, words[first], Problem("S309", Location(heading), what, NOT_SCREENED))

    def apart(self, table: Any, lines: NDArray[np.int64]) -> Rows:
        """The rows of a batch of text columns with their numbers; those that repeat are told as no company."""
        again = []
        if self._texts or self._titles:
            places = {name: place for place, name in enumerate(self._names)}
            for row in self._candidates(table, places).tolist():
                cells = [""] * len(self._names)
                for name in table.schema.names:
                    cells[places[name]] = table.column(name)[row].as_py() or ""
                if any(cells) and (found := self.broken(int(lines[row]), cells)) is not None:
                    again.append((row, found))
        if not again:
            return Rows(table, lines.tolist())
        kept = np.setdiff1d(np.arange(table.num_rows), [row for row, _ in again], assume_unique=True)
        return Rows(table.take(pa.array(kept)), lines[kept].tolist(), tuple(found for _, found in again))

    def _candidates(self, table: Any, places: dict[str, int]) -> NDArray[np.int64]:
        """The rows whose every cell is empty or stands above its column (int64)."""
        rows = np.arange(table.num_rows, dtype=np.int64)
        for name in table.schema.names:
            if not rows.size:
                break
            column = table.column(name) if rows.size == table.num_rows else table.column(name).take(pa.array(rows))
            words = pc.utf8_trim_whitespace(column)
            known = pa.array(["", *self._above[places[name]]], words.type)
            rows = rows[np.asarray(pc.fill_null(pc.is_in(words, known), True))]
        return rows


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row without the empty ones at its end."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return tuple(cells[: last + 1])
