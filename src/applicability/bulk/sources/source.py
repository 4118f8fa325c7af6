"""Base types of sources: pieces, rows, broken rows, progress, errors.

Rows are numbered as users see them: in CSV and workbooks from the top, titles and headings included, in JSON Lines the
row is the line, in Parquet and in databases the first row is 1. A row that cannot be taken apart (an open quote, broken
JSON) is kept as broken, with its text.
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
    """A row that is not screened: it cannot be split into cells, or it repeats headings or titles."""

    line: int
    words: str
    problem: Problem


@dataclass(frozen=True)
class Rows:
    """Some rows in order: `lines` are their numbers, `table` is a RecordBatch, an ArrayTable or a CellTable."""

    table: Any
    lines: Sequence[int]
    broken: tuple[Broken, ...] = ()


def names_of(table: Any) -> tuple[str, ...]:
    """The column names of a table of rows."""
    return tuple(table.schema.names) if hasattr(table, "schema") else tuple(table.columns)


@dataclass(frozen=True)
class Piece:
    """A part of a source that is processed on its own: its number and its rows."""

    number: int
    batches: Iterator[Rows]


@dataclass(frozen=True)
class Progress:
    """How far a source has been read, in its own units; `total` is None if unknown."""

    done: int
    total: int | None


@dataclass(frozen=True)
class HeadingLayout:
    """How headings stand in a sheet: `joined` are those that no single cell has, each with its column and its cells,
    and `percent` those above a unit that is per cent.
    """

    joined: Mapping[str, Text] = field(default_factory=dict)
    percent: frozenset[str] = frozenset()


_NO_LAYOUT = HeadingLayout()


class Source(abc.ABC):
    """A table of companies, in pieces."""

    # Identifies the content, so that an unfinished run resumes only on the same companies; None: never resumed.
    identity: Mapping[str, object] | None = None
    # What of it was passed over or left out; complete once all rows are read.
    notices: Sequence[Text] = ()
    # How the headings stand, where they are cells; complete once the first rows are read.
    heading_layout: HeadingLayout = _NO_LAYOUT

    @abc.abstractmethod
    def pieces(self, done: frozenset[int]) -> Iterator[Piece]:
        """The pieces in order, without those that are done."""

    def progress(self) -> Progress:
        """How far it has been read."""
        return Progress(0, None)

    def close(self) -> None:  # noqa: B027 most hold nothing
        """Releases its resources."""


@dataclass
class RowSource(Source):
    """A source that is read sequentially, in pieces of `rows` rows. Pieces that are done are read and skipped."""

    rows: int
    _read: int = field(default=0, init=False)

    @abc.abstractmethod
    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""

    def pieces(self, done: frozenset[int]) -> Iterator[Piece]:
        """The pieces in order, without those that are done."""
        for number, rows in enumerate(self.batches()):
            if number not in done:
                yield Piece(number, iter([rows]))


def stamp(file: Path) -> list[object]:
    """Identifies a file and its content.

    Includes ctime: whoever changes a file can reset its mtime, but not its ctime.
    """
    found = file.stat()
    return [file.name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def fault(where: str, message: Text, hint: Text) -> ProfileError:
    """The error for a source that cannot be read."""
    return ProfileError([Problem("S101", Location(where), message, hint)])


def misplaced(where: str, message: Text, hint: Text) -> ProfileError:
    """The error for an output that cannot go there, or would overwrite something else."""
    return ProfileError([Problem("S105", Location(where), message, hint)])


def disturbed(where: str, message: Text, hint: Text) -> ProfileError:
    """The error for a result that another run is writing, or that changed during this run."""
    return ProfileError([Problem("S106", Location(where), message, hint)])


def unwritable(where: str, error: OSError) -> ProfileError:
    """The error for a result that cannot be written."""
    why = reason_of(error)
    what = Text(f"无法写入：{why.zh}", f"cannot be written: {why.en}")
    hint = Text("检查文件夹及其权限", "check the folder and its permissions")
    return ProfileError([Problem("S103", Location(where), what, hint)])


def missing(library: str, extra: str = "bulk") -> EngineError:
    """The error for a library that is not installed."""
    return EngineError([Problem("E004", Location("screen"), not_installed(library), install(extra))])
