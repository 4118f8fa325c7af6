"""Where companies come from: CSV, JSON Lines, Parquet, workbooks and databases, each as a row of pieces.

Rows are numbered as their readers see them: in CSV and workbooks the heading is row 1, in JSON Lines the row is the
line, in Parquet and in databases the first row is 1. A row that is no row at all (too many cells, broken JSON) is kept
as broken, with its words.
"""

from __future__ import annotations

import abc
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from applicability.errors import EngineError, Location, Problem, ProfileError
from applicability.model.mistakes import install, not_installed, reason_of
from applicability.model.text import Text

# The kind of a file by the end of its name.
ENDINGS = {
    ".csv": "csv", ".tsv": "tsv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet", ".pq": "parquet", ".xlsx": "xlsx", ".xlsm": "xlsx",
}  # fmt: skip
DATABASES = ("sqlite", "duckdb", "postgresql", "postgres")
# Rows that make a piece, unless others are asked for.
ROWS = 1 << 16


@dataclass(frozen=True)
class Broken:
    """A row that cannot be taken apart into cells."""

    line: int
    words: str
    problem: Problem


@dataclass(frozen=True)
class Rows:
    """Some rows in order: `lines` are their numbers, `table` an Arrow RecordBatch, or arrays or cells by heading."""

    table: Any
    lines: Sequence[int]
    broken: tuple[Broken, ...] = ()


def names_of(table: Any) -> tuple[str, ...]:
    """The columns of a table of rows."""
    return tuple(table.schema.names) if hasattr(table, "schema") else tuple(table.columns)


@dataclass(frozen=True)
class Piece:
    """A part of a source that is done by itself: its number, and the rows of it."""

    number: int
    batches: Iterator[Rows]


@dataclass(frozen=True)
class Progress:
    """How far a source has been read, in units of its own; `total` is None where nobody knows."""

    done: int
    total: int | None


class Source(abc.ABC):
    """A table of companies, in pieces."""

    # What identifies it, so that an unfinished run is only continued on the same companies; None: never continued.
    identity: Mapping[str, object] | None = None

    @abc.abstractmethod
    def pieces(self, done: frozenset[int]) -> Iterator[Piece]:
        """The pieces in order, without those that are done."""

    def progress(self) -> Progress:
        """How far it has been read."""
        return Progress(0, None)

    def close(self) -> None:  # noqa: B027 most hold nothing
        """Let go of what it holds."""


@dataclass
class RowSource(Source):
    """A source that is read from its beginning: pieces are so many rows each. Those that are done are read over."""

    rows: int
    _read: int = field(default=0, init=False)

    @abc.abstractmethod
    def batches(self) -> Iterator[Rows]:
        """All rows, so many at a time."""

    def pieces(self, done: frozenset[int]) -> Iterator[Piece]:
        """The pieces in order, without those that are done."""
        for number, rows in enumerate(self.batches()):
            if number not in done:
                yield Piece(number, iter([rows]))


def fault(where: str, message: Text, hint: Text) -> ProfileError:
    """A source that cannot be read."""
    return ProfileError([Problem("S101", Location(where), message, hint)])


def unwritable(where: str, error: OSError) -> ProfileError:
    """A result that cannot be written."""
    why = reason_of(error)
    what = Text(f"无法写入：{why.zh}", f"cannot be written: {why.en}")
    hint = Text("检查文件夹及其权限", "check the folder and its permissions")
    return ProfileError([Problem("S103", Location(where), what, hint)])


def missing(library: str, extra: str = "bulk") -> EngineError:
    """A library that is not installed."""
    return EngineError([Problem("E004", Location("screen"), not_installed(library), install(extra))])


def kind_of(name: str, asked: str | None) -> str:
    """The kind of a source by its name, or as it was asked for. Raises ProfileError."""
    if asked:
        return asked
    if is_database(name):
        return "database"
    ending = Path(name).suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    if name != "-" and Path(name).is_dir():
        return "parquet"
    raise fault(
        name,
        Text("看不出是哪一种表格", "cannot tell what kind of table this is"),
        Text(
            "用 --from 指明：csv、tsv、jsonl、parquet 或 xlsx", "name it with --from csv, tsv, jsonl, parquet or xlsx"
        ),
    )


def is_database(name: str) -> bool:
    """Whether a name is a database's URL."""
    return name.split(":", 1)[0] in DATABASES and "://" in name


def opened(
    name: str,
    kind: str | None = None,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    rows: int | None = None,
    coded: Collection[str] = (),
    stdin: IO[bytes] | None = None,
) -> Source:
    """The source of that name. `rows` is how many make a piece, in Parquet at most of several row groups.

    `coded` are columns in which the same words come again and again.
    Raises ProfileError where there is none, or it cannot be read.
    """
    kind = kind_of(name, kind)
    if kind == "database":
        from applicability.screening.database import table_of
        from applicability.screening.database_source import DatabaseSource

        return DatabaseSource(table_of(name), rows or ROWS)
    if name != "-" and not Path(name).exists():
        hint = Text("检查文件名；从标准输入读取则写 `-`", "check the name, or write `-` for standard input")
        raise fault(name, Text("没有这个文件", "there is no such file"), hint)
    if kind == "parquet":
        from applicability.screening.parquet import ParquetSource

        if name == "-":
            what = Text("不能从管道读取 Parquet", "Parquet cannot be read from a pipe")
            raise fault("-", what, Text("先存为文件", "write it to a file first"))
        return _read_as(ParquetSource(Path(name), coded, rows), rows)
    if name != "-" and Path(name).is_dir():
        what = Text(f"文件夹不是 {kind} 文件", f"a folder is no {kind} file")
        hint = Text("写明一个文件，或一个 Parquet 文件夹", "name one file, or a folder of Parquet files")
        raise fault(name, what, hint)
    return _read_as(_rows_of(name, kind, sheet, encoding, rows or ROWS, stdin), kind, sheet, encoding, rows)


def _read_as(source: Source, *how: object) -> Source:
    """A source, identified by how it is read too: read in another way its pieces are others."""
    if source.identity is not None:
        source.identity = {**source.identity, "read as": how}
    return source


def _rows_of(
    name: str, kind: str, sheet: str | None, encoding: str | None, rows: int, stdin: IO[bytes] | None
) -> RowSource:
    """The source of a table that is read row by row from its beginning."""
    from applicability.screening.json_lines import LinesSource
    from applicability.screening.separated import CsvSource
    from applicability.screening.streams import stream_of

    if kind == "xlsx":
        from applicability.screening.sheets import WorkbookSource

        return WorkbookSource(rows, name, stream_of(name, stdin).read() if name == "-" else None, sheet)
    stream = stream_of(name, stdin)
    if kind == "jsonl":
        return LinesSource(rows, name, stream)
    return CsvSource(rows, name, stream, encoding, "\t" if kind == "tsv" else None)
