"""Where companies come from: CSV, JSON Lines, Parquet, workbooks and databases, each as a row of pieces.

Rows are numbered as their readers see them: in CSV and workbooks the heading is row 1, in JSON Lines the row is the
line, in Parquet and in databases the first row is 1. A row that is no row at all (too many cells, broken JSON) is kept
as broken, with its words.
"""

from __future__ import annotations

import abc
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from applicability.errors import EngineError, Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, field
from applicability.messages import install, not_installed, reason_of
from applicability.text import Text


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


def stamp(file: Path) -> list[object]:
    """What identifies a file and what it holds.

    Whoever changes it can set the time that it was changed back, and not the time of that, which the system keeps.
    """
    found = file.stat()
    return [file.name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def fault(where: str, message: Text, hint: Text) -> ProfileError:
    """A source that cannot be read."""
    return ProfileError([Problem("S101", Location(where), message, hint)])


def misplaced(where: str, message: Text, hint: Text) -> ProfileError:
    """A result that is to go where it cannot, or where something else is."""
    return ProfileError([Problem("S105", Location(where), message, hint)])


def disturbed(where: str, message: Text, hint: Text) -> ProfileError:
    """A result that another run writes, or that was changed while this one went on."""
    return ProfileError([Problem("S106", Location(where), message, hint)])


def unwritable(where: str, error: OSError) -> ProfileError:
    """A result that cannot be written."""
    why = reason_of(error)
    what = Text(f"无法写入：{why.zh}", f"cannot be written: {why.en}")
    hint = Text("检查文件夹及其权限", "check the folder and its permissions")
    return ProfileError([Problem("S103", Location(where), what, hint)])


def missing(library: str, extra: str = "bulk") -> EngineError:
    """A library that is not installed."""
    return EngineError([Problem("E004", Location("screen"), not_installed(library), install(extra))])
