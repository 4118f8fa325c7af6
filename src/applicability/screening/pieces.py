"""A piece of a source, screened and kept: its lines, rejects and notes in files of their own, a count when complete.

Files are Arrow streams under their number. The count is written last and at once, so a piece is done or it is not.
What is written depends on the piece and the job alone, not on what was screened before it or by whom.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
import operator
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.api import screener
from applicability.columnar import frames
from applicability.columnar.arrays import NONE, CellTable, Coded
from applicability.columnar.encode import ClassCodes
from applicability.columnar.screener import Screened, Screener
from applicability.errors import ProfileError
from applicability.screening.columns.notes import Notes
from applicability.screening.job import LONG, WIDE, Job, Summary, key_of
from applicability.screening.reading import FactReader, Reading
from applicability.screening.reasons import Reasons, Words
from applicability.screening.rejects import rejects_of
from applicability.screening.sources import Piece, Rows, names_of

REJECTS, NOTES, FACTS = "rejects", "notes", "facts"
Finish = Callable[[Path, int], None]


_Item = TypeVar("_Item")
# Something of pieces by their numbers, and None at the end of each.
_Numbered = Generator[tuple[int, _Item | None], None, None]


@dataclass(frozen=True)
class _Told:
    """Rows that have been read: their facts, and the class codes of these."""

    rows: Rows
    read: Reading
    screen: Screener
    coded: ClassCodes


class Worker:
    """Screens pieces for one job; it learns values and classes as it meets them. Not for several threads at once.

    With `ahead` rows are read while those before are encoded, and encoded while those before are decided and written:
    a thread each. A machine with a process for each core has no use for that.
    """

    def __init__(self, job: Job, *, ahead: bool = False) -> None:
        self.job = job
        self._ahead = frames.ahead if ahead else _as_they_come
        self._reader = FactReader(job.rulebook, job.day, job.mapping, job.lang, job.keep or ())
        self._screeners: dict[tuple[str, ...], Screener] = {}
        self._reasons: dict[tuple[str, ...], Reasons] = {}
        self._own = frozenset(("line", *frames.COLUMNS, *frames.column_names(job.measures)))

    def do(self, pieces: Iterable[Piece], folder: Path, finish: Finish | None = None) -> Iterator[tuple[int, Summary]]:
        """Screen pieces into the folder, and tell of each what it came to; `finish` is done before it is complete.

        Raises ProfileError for a job that is strict.
        """
        # Closed also where this fails: nobody may still be reading what the caller then closes.
        with contextlib.closing(self._ahead(self._told(self._ahead(_batches(pieces))))) as told:
            for number, parts in itertools.groupby(told, operator.itemgetter(0)):
                total = Summary()
                with _Files(folder, number) as files:
                    for _, part in parts:
                        if part is not None:
                            total.add(self._decided(part, files))
                if finish is not None:
                    finish(folder, number)
                done(folder, number, total)
                yield number, total

    def _told(self, batches: Iterable[tuple[int, Rows | None]]) -> _Numbered[_Told]:
        """The rows of pieces, read and encoded."""
        for number, rows in batches:
            if rows is None:
                yield number, None
            else:
                read = self._reader.read(rows.table)
                screen = self._screener(read.facts)
                yield number, _Told(rows, read, screen, screen.encode(read.table))

    def _decided(self, told: _Told, files: _Files) -> Summary:
        """Decide rows, and write all that is asked of them."""
        rows, read, screen = told.rows, told.read, told.screen
        found = Screened(read.table, told.coded, screen.decide(told.coded))
        lines = _numbers(rows.lines)
        found.decided.unreadable[[row for row, _ in read.rejects]] = True
        rejected = rejects_of(rows, read, screen, found, self.job.lang)
        if self.job.strict and rejected.problems:
            raise ProfileError(rejected.first())
        kept = _kept(rows.table, read.named if self.job.keep is None else self.job.keep)
        keep = {"line": pa.array(lines)}
        for name, column in kept.items():
            keep[self._name(name, keep)] = column
        if LONG in self.job.forms:
            files.write(LONG, self._long(screen, found, keep))
        if WIDE in self.job.forms:
            files.write(WIDE, frames.wide(found, self.job.measures, keep))
        if rejected.problems:
            files.write(REJECTS, [rejected.table()])
        if len(read.notes):
            files.write(NOTES, [_noted(read.notes, lines)])
        if self.job.facts:
            files.write(FACTS, [_fact_table(read, keep)])
        wanted = {measure.key for measure in self.job.measures}
        counts = {
            key_of(measure): own
            for measure, own in zip(found.decided.measures, found.decided.counts().tolist(), strict=True)
            if measure.key in wanted
        }
        out = int((~found.decided.unreadable).sum())
        return Summary(out, len(found) - out + len(rows.broken), len(read.notes), counts, read.ignored)

    def _name(self, column: str, taken: Collection[str]) -> str:
        """A kept column's name in the results, where columns of our own come first."""
        name = column
        while name.casefold() in self._own or name in taken:
            name = f"source_{name}"
        return name

    def _screener(self, facts: tuple[str, ...]) -> Screener:
        if facts not in self._screeners:
            self._screeners[facts] = screener(facts, self.job.rulebook, as_of=self.job.day)
        return self._screeners[facts]

    def _long(self, screen: Screener, found: Screened, keep: Mapping[str, Any]) -> Iterator[Any]:
        known, table = self._reasons.get(screen.columns), screen.decider(found.coded).table
        if known is None:
            known = Reasons(table, found.decided.measures, self.job.lang)
            self._reasons[screen.columns] = known
        words = Words(known, table.vectors, found.coded.codes, self.job.lang)
        return frames.long(found, self.job.measures, self.job.only, keep, words)


def _as_they_come(items: _Numbered[_Item]) -> _Numbered[_Item]:
    """The items, each made when it is asked for."""
    return items


def _batches(pieces: Iterable[Piece]) -> _Numbered[Rows]:
    """The rows of each piece with its number; None for its end, since a piece may have no rows."""
    for piece in pieces:
        for rows in piece.batches:
            yield piece.number, rows
        yield piece.number, None


def _numbers(lines: Sequence[int]) -> NDArray[np.int64]:
    """The numbers of rows as an array."""
    if isinstance(lines, range):
        return np.arange(lines.start, lines.stop, lines.step, dtype=np.int64)  # many times as fast as one by one
    return np.asarray(lines, np.int64)


def _kept(table: Any, names: Sequence[str]) -> dict[str, Any]:
    """Columns of the source to repeat, as they are; cells of several kinds become text."""
    if not isinstance(table, CellTable):
        return {name: table.column(name) for name in names if name in names_of(table)}
    found = {}
    for name in names:
        if name in table.columns:
            found[name] = pa.array([None if v is None else str(v) for v in table.columns[name]], pa.string())
        else:
            found[name] = pa.nulls(table.num_rows, pa.string())
    return found


def _noted(notes: Notes, lines: NDArray[np.int64]) -> Any:
    """Notes as a table, with the numbers of their rows."""
    which = pa.array(notes.which)
    told = [[one.column for one in notes.words], [one.fact for one in notes.words], [one.text for one in notes.words]]
    columns = [pa.array(words, pa.string()).take(which) for words in told]
    return pa.table([pa.array(lines[notes.rows]), *columns], ["line", "column", "fact", "note"])


def _fact_table(read: Reading, keep: Mapping[str, Any]) -> Any:
    """What was read of each company: the columns kept, a column for each fact, and what came from another column."""
    columns: dict[str, Any] = dict(keep)
    for fact in read.facts:
        columns[fact] = _as_told(read.table.column(fact), _told)
    columns["derived"] = _as_told(read.origins, _derived)
    return pa.table(columns)


def _as_told(column: Any, told: Callable[[Any], str | None]) -> Any:
    """A column as text, worked out once for each different value where these are told apart."""
    if not isinstance(column, Coded):
        return pa.array([told(cell) for cell in column.to_pylist()], pa.string())
    words = pa.array([*map(told, column.values), None], pa.string())
    return words.take(pa.array(np.where(column.places == NONE, len(column.values), column.places)))


def _derived(origin: Mapping[str, str]) -> str | None:
    return ", ".join(f"{fact}: {column}" for fact, column in origin.items()) or None


def _told(value: object) -> str | None:
    """A fact as a cell would tell it."""
    if isinstance(value, list):
        return "; ".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value) or "[]"
    return None if value is None else str(value)


class _Files:
    """The files of one piece, written beside their names and then named; if anything fails, there are none."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._number = number
        self._open: dict[str, tuple[Path, Any]] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> _Files:
        return self

    def write(self, name: str, tables: Iterable[Any]) -> None:
        """Some more tables of one schema."""
        for table in tables:
            if name not in self._open:
                part = self._folder / f".{self._number:06}.{name}.{uuid4().hex}"
                sink = self._stack.enter_context(pa.OSFile(str(part), "wb"))
                options = pa.ipc.IpcWriteOptions(compression="lz4")
                writer = self._stack.enter_context(pa.ipc.new_stream(sink, table.schema, options=options))
                self._open[name] = (part, writer)
            self._open[name][1].write_table(table.combine_chunks())

    def __exit__(self, kind: type[BaseException] | None, error: object, where: object) -> None:
        self._stack.close()
        for name, (part, _) in self._open.items():
            if kind is None:
                part.replace(path_of(self._folder, self._number, name))
            else:
                part.unlink(missing_ok=True)


def path_of(folder: Path, number: int, name: str) -> Path:
    """The file of a piece."""
    return folder / f"{number:06}.{name}.arrow"


def done(folder: Path, number: int, total: Summary) -> None:
    """Say that a piece is complete."""
    part = folder / f".{number:06}.done.{uuid4().hex}"
    part.write_text(json.dumps(dataclasses.asdict(total), ensure_ascii=False), "utf-8")
    part.replace(folder / f"{number:06}.done.json")


def finished(folder: Path, number: int | None = None) -> dict[int, Summary]:
    """The pieces that are complete, in order, and what each came to; or that of one number."""
    found = {}
    name = "*" if number is None else f"{number:06}"
    for path in sorted(folder.glob(f"{name}.done.json")):
        held = json.loads(path.read_text("utf-8"))
        found[int(path.name.split(".")[0])] = Summary(**{**held, "ignored": tuple(held["ignored"])})
    return found


def tables(folder: Path, numbers: Iterable[int], name: str) -> Iterator[Any]:
    """What the pieces hold under a name, a table for each piece that has any."""
    for number in numbers:
        path = path_of(folder, number, name)
        if path.exists():
            with pa.OSFile(str(path), "rb") as source, pa.ipc.open_stream(source) as stream:
                yield pa.Table.from_batches(list(stream), stream.schema)


def as_text(column: Any) -> Any:
    """A column of words in dictionaries as plain text."""
    return pc.cast(column, pa.string()) if pa.types.is_dictionary(column.type) else column
