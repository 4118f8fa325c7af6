"""What row-based sources share: a byte stream that counts, headings, rows of cells."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

import pyarrow as pa

from applicability.bulk.engine.arrays import ArrayTable, CellTable
from applicability.bulk.sources.source import Broken, Progress, Rows, RowSource, fault, stamp
from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.messages import reason_of
from applicability.text import Text

# How many bytes of a file are used to detect its encoding.
SNIFFED = 1 << 20
_Row = TypeVar("_Row")


def stream_of(name: str, stdin: IO[bytes] | None) -> IO[bytes]:
    """Opens a file, or standard input for `-`. Raises ProfileError."""
    if name == "-":
        return stdin if stdin is not None else sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise _unreadable(name, error) from None


def read_of(name: str, stream: IO[bytes], size: int = -1) -> bytes:
    """Reads bytes from a stream; empty at its end. Raises ProfileError."""
    try:
        return stream.read(size) or b""
    except OSError as error:
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: OSError) -> ProfileError:
    why = reason_of(error)
    what = Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}")
    return fault(name, what, Text("检查文件及其权限", "check the file and its permissions"))


def stamp_of(name: str) -> Mapping[str, object] | None:
    """The identity of a file; None for standard input, which cannot be read twice."""
    if name == "-" or not Path(name).is_file():
        return None
    return {"files": [stamp(Path(name))]}


class _Counted(io.RawIOBase):
    """A byte stream that counts the bytes read."""

    def __init__(self, name: str, stream: IO[bytes], head: bytes) -> None:
        self._name = name
        self._stream = stream
        self._head = head
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills a buffer."""
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = read_of(self._name, self._stream, len(buffer))
        buffer[: len(part)] = part
        self.count += len(part)
        return len(part)


@dataclass
class FileSource(RowSource):
    """A source that is a byte stream."""

    name: str
    stream: IO[bytes]

    def __post_init__(self) -> None:
        self.identity = stamp_of(self.name)
        self._head = read_of(self.name, self.stream, SNIFFED)
        self._bytes = _Counted(self.name, self.stream, self._head)

    def progress(self) -> Progress:
        """Bytes read, of all bytes."""
        size = Path(self.name).stat().st_size if self.identity else None
        return Progress(self._bytes.count, size)

    def close(self) -> None:
        """Closes the file."""
        if self.name != "-":
            self.stream.close()


_MEND = Text("改正这一行", "mend the row")


def broken_row(name: str, line: int, words: str, what: Text, hint: Text = _MEND) -> Broken:
    """A row that cannot be split into cells."""
    return Broken(line, words, Problem("S102", Location(name, line), what, hint))


def batched(told: Iterable[Broken | tuple[int, _Row]], many: int, table: Callable[[list[_Row]], Any]) -> Iterator[Rows]:
    """Batches of at most `many` rows with their numbers, and broken rows; `table` builds a table from rows."""
    rows: list[_Row] = []
    lines: list[int] = []
    broken: list[Broken] = []
    for one in told:
        if isinstance(one, Broken):
            broken.append(one)
        else:
            lines.append(one[0])
            rows.append(one[1])
        if len(rows) + len(broken) >= many:
            yield Rows(table(rows), lines, tuple(broken))
            rows, lines, broken = [], [], []
    if rows or broken:
        yield Rows(table(rows), lines, tuple(broken))


def table_of_rows(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> CellTable:
    """A table from rows of mixed cells; a short row lacks its last cells."""
    columns = _columns(headings, rows)
    return CellTable({name: columns[place] for place, name in enumerate(headings) if name}, len(rows))


def table_of_text(headings: Sequence[str], rows: Sequence[Sequence[str | None]]) -> ArrayTable:
    """A table from rows of text; a short row lacks its last cells."""
    columns = _columns(headings, rows)
    arrays = {name: pa.array(columns[place], pa.string()) for place, name in enumerate(headings) if name}
    return ArrayTable(arrays, len(rows))


def _columns(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
    width = len(headings)
    if any(len(row) < width for row in rows):
        rows = [row if len(row) >= width else [*row, *[None] * (width - len(row))] for row in rows]
    return list(zip(*rows, strict=False)) if rows else [()] * width
