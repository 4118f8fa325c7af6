"""Companies as JSON Lines: a profile a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from applicability.columnar.arrays import CellTable
from applicability.screening.sources import Broken, Rows
from applicability.screening.streams import SNIFFED, FileSource, batched, broken_row


@dataclass
class LinesSource(FileSource):
    """JSON Lines: a profile a line, with the facts as a profile has them."""

    def batches(self) -> Iterator[Rows]:
        """All rows, so many at a time."""
        yield from batched(self._told(), self.rows, _mixed)

    def _told(self) -> Iterator[Broken | tuple[Sequence[int], Sequence[dict[str, object]]]]:
        """The profiles with their numbers, and what is wrong with lines that are none."""
        for line, words in enumerate(io.BufferedReader(self._bytes, SNIFFED), 1):
            if not words.strip():
                continue
            try:
                row = json.loads(words, parse_constant=_refuse, object_pairs_hook=_once)
                if not isinstance(row, dict):
                    raise ValueError("a line holds one object, `{…}`")
                row = _flat(row)
            except (ValueError, RecursionError) as error:
                shown = words.decode("utf-8", "backslashreplace").strip()[:200]
                yield broken_row(self.name, line, shown, str(error).splitlines()[0])
            else:
                yield (line,), (row,)


def _refuse(word: str) -> object:
    raise ValueError(f"`{word}` is no value")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _flat(row: dict[str, object]) -> dict[str, object]:
    """A profile with each finding of an authority as a column of its own."""
    found = {key: value for key, value in row.items() if key != "determinations"}
    held = row.get("determinations")
    if isinstance(held, dict):
        found |= {f"determinations.{key}": value for key, value in held.items()}
    elif held is not None:
        raise ValueError("`determinations` holds an object, `{…}`")
    return found


def _mixed(rows: list[dict[str, object]]) -> CellTable:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in headings}
    return CellTable(columns, len(rows), ragged=True)
