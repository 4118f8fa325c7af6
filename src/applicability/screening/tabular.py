"""Companies in CSV, JSON Lines and workbooks: rows of cells, read one after the other."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from applicability.columnar.arrays import CellTable
from applicability.errors import Location, Problem
from applicability.screening.sources import Broken, Progress, Rows, RowSource, fault, missing

# How much of a file tells in what encoding it is.
_SNIFFED = 1 << 20
_ENCODINGS = ("utf-8-sig", "gb18030")


def opened(
    name: str, kind: str, sheet: str | None, encoding: str | None, rows: int, stdin: IO[bytes] | None
) -> RowSource:
    """The source of a file, or of standard input for `-`."""
    if kind == "xlsx":
        if name == "-":
            return WorkbookSource(rows, name, io.BytesIO(_stream(name, stdin).read()), sheet)
        return WorkbookSource(rows, name, None, sheet)
    stream = _stream(name, stdin)
    if kind == "jsonl":
        return LinesSource(rows, name, stream)
    return CsvSource(rows, name, stream, encoding, "\t" if kind == "tsv" else None)


def _stream(name: str, stdin: IO[bytes] | None) -> IO[bytes]:
    if name == "-":
        return stdin if stdin is not None else sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise fault(name, f"cannot be read: {error.strerror}", "check the file and its permissions") from None


def _stamp(name: str) -> Mapping[str, object] | None:
    """What identifies a file; what came through a pipe does not come again."""
    if name == "-" or not Path(name).is_file():
        return None
    found = Path(name).stat()
    return {"files": [[Path(name).name, found.st_size, found.st_mtime_ns]]}


class _Counted(io.RawIOBase):
    """A stream of bytes that knows how many were read."""

    def __init__(self, stream: IO[bytes], head: bytes) -> None:
        self._stream = stream
        self._head = head
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = self._stream.read(len(buffer)) or b""
        buffer[: len(part)] = part
        self.count += len(part)
        return len(part)


@dataclass
class _FileSource(RowSource):
    """A source that is a stream of bytes."""

    name: str
    stream: IO[bytes]

    def __post_init__(self) -> None:
        self.identity = _stamp(self.name)
        self._head = self.stream.read(_SNIFFED)
        self._bytes = _Counted(self.stream, self._head)

    def progress(self) -> Progress:
        """Bytes read, of all bytes."""
        size = Path(self.name).stat().st_size if self.identity else None
        return Progress(self._bytes.count, size)

    def close(self) -> None:
        """Close the file."""
        if self.name != "-":
            self.stream.close()


@dataclass
class CsvSource(_FileSource):
    """Comma-separated values, in UTF-8 or GB 18030; cells are text."""

    encoding: str | None = None
    separator: str | None = None

    def batches(self) -> Iterator[Rows]:
        """All rows, so many at a time."""
        encoding = self.encoding or _encoding(self.name, self._head)
        try:
            text = io.TextIOWrapper(io.BufferedReader(self._bytes, _SNIFFED), encoding, "surrogateescape", newline="")
        except LookupError:
            hint = "usual ones are utf-8, gb18030 and big5"
            raise fault(self.name, f"there is no encoding `{encoding}`", hint) from None
        csv.field_size_limit(1 << 30)
        reader = csv.reader(text, delimiter=self.separator or _separator(self._head, encoding), strict=False)
        headings = _headings(self.name, next(reader, []))
        rows: list[list[str]] = []
        lines: list[int] = []
        broken: list[Broken] = []
        for line, cells in enumerate(_records(reader), 2):
            if not cells:
                continue  # a blank line is no company
            if isinstance(cells, csv.Error):
                broken.append(_broken(self.name, line, "", str(cells)))
            elif len(cells) > len(headings) and any(cells[len(headings) :]):
                what = f"{len(cells)} cells under {len(headings)} headings"
                broken.append(_broken(self.name, line, ",".join(cells), what, "quote cells that hold separators"))
            elif any("\udc80" <= mark <= "\udcff" for cell in cells for mark in cell if mark > "\ud7ff"):
                words = ",".join(cells).encode(encoding.replace("-sig", ""), "surrogateescape").decode("latin-1")
                broken.append(_broken(self.name, line, words, f"bytes that are not {encoding.replace('-sig', '')}"))
            else:
                rows.append(cells)
                lines.append(line)
            if len(rows) + len(broken) >= self.rows:
                yield Rows(_table(headings, rows), lines, tuple(broken))
                rows, lines, broken = [], [], []
        if rows or broken:
            yield Rows(_table(headings, rows), lines, tuple(broken))


def _records(reader: Any) -> Iterator[list[str] | csv.Error]:
    """The records of a reader; one that cannot be read is given as its error."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _broken(name: str, line: int, words: str, what: str, hint: str = "mend the row") -> Broken:
    return Broken(line, words, Problem("S102", Location(name, line), what, hint))


def _headings(name: str, cells: Sequence[str]) -> list[str]:
    """The headings of a table. Raises ProfileError where there are none, or two alike."""
    headings = [cell.strip() for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise fault(name, "there is no row of headings", "the first row names the columns")
    if twice := sorted({one for one in headings if headings.count(one) > 1}):
        raise fault(name, f"two columns are called `{twice[0]}`", "give each a name of its own")
    return headings


def _table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> CellTable:
    width = len(headings)
    full = [row if len(row) >= width else [*row, *[None] * (width - len(row))] for row in rows]
    columns = list(zip(*full, strict=False)) if full else [()] * width
    return CellTable({name: columns[place] for place, name in enumerate(headings) if name}, len(rows))


def _encoding(name: str, head: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < _SNIFFED)
        except UnicodeDecodeError:
            continue
        return encoding
    return "utf-8-sig"  # rows with other bytes are broken, one by one


def _separator(head: bytes, encoding: str) -> str:
    first = head.decode(encoding, "replace").splitlines()[:1] or [""]
    return max(",;\t", key=lambda mark: (first[0].count(mark), mark == ","))


@dataclass
class LinesSource(_FileSource):
    """JSON Lines: a profile a line, with the facts as a profile has them."""

    def batches(self) -> Iterator[Rows]:
        """All rows, so many at a time."""
        rows: list[dict[str, object]] = []
        lines: list[int] = []
        broken: list[Broken] = []
        for line, words in enumerate(io.BufferedReader(self._bytes, _SNIFFED), 1):
            if not words.strip():
                continue
            try:
                row = json.loads(words, parse_constant=_refuse, object_pairs_hook=_once)
                if not isinstance(row, dict):
                    raise ValueError("a line holds one object, `{…}`")
                row = _flat(row)
            except (ValueError, RecursionError) as error:
                shown = words.decode("utf-8", "backslashreplace").strip()[:200]
                broken.append(_broken(self.name, line, shown, str(error).splitlines()[0]))
            else:
                rows.append(row)
                lines.append(line)
            if len(rows) + len(broken) >= self.rows:
                yield _mixed(rows, lines, broken)
                rows, lines, broken = [], [], []
        if rows or broken:
            yield _mixed(rows, lines, broken)


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


def _mixed(rows: list[dict[str, object]], lines: list[int], broken: list[Broken]) -> Rows:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in headings}
    return Rows(CellTable(columns, len(rows)), lines, tuple(broken))


@dataclass
class WorkbookSource(RowSource):
    """A sheet of an Excel workbook; a number shown as a percentage is read as it is shown."""

    name: str
    data: IO[bytes] | None
    sheet: str | None

    def __post_init__(self) -> None:
        try:
            import openpyxl
        except ModuleNotFoundError:
            raise missing("openpyxl") from None
        self.identity = _stamp(self.name)
        try:
            self._book = openpyxl.load_workbook(self.data or self.name, read_only=True, data_only=True)
        except Exception as error:  # whatever a broken archive makes of the library
            words = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise fault(self.name, f"cannot be read as a workbook: {words}", "save it as .xlsx again") from None
        names = self._book.sheetnames
        if self.sheet is not None and self.sheet not in names:
            raise fault(self.name, f"there is no sheet `{self.sheet}`", f"it has {', '.join(names)}")
        self._sheet = self._book[self.sheet or names[0]]
        self._done = 0

    def progress(self) -> Progress:
        """Rows read, of all rows."""
        return Progress(self._done, self._sheet.max_row)

    def close(self) -> None:
        """Close the workbook."""
        self._book.close()

    def batches(self) -> Iterator[Rows]:
        """All rows, so many at a time."""
        found = self._sheet.iter_rows()
        headings = _headings(self.name, ["" if c.value is None else str(c.value) for c in next(found, ())])
        rows: list[list[object]] = []
        lines: list[int] = []
        broken: list[Broken] = []
        for line, cells in enumerate(found, 2):
            self._done = line
            values = [_cell(cell) for cell in cells]
            if all(value is None for value in values):
                continue
            if any(value is not None for value in values[len(headings) :]):
                words = ",".join("" if value is None else str(value) for value in values)
                broken.append(_broken(self.name, line, words, f"cells beyond the {len(headings)} headings"))
            else:
                rows.append(values)
                lines.append(line)
            if len(rows) + len(broken) >= self.rows:
                yield Rows(_table(headings, rows), lines, tuple(broken))
                rows, lines, broken = [], [], []
        if rows or broken:
            yield Rows(_table(headings, rows), lines, tuple(broken))


def _cell(cell: Any) -> object:
    """A cell as it is shown."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        percent = str(getattr(cell, "number_format", "")).endswith("%")
        shown = repr(round(value * 100, 10) if percent else value)
        return shown.removesuffix(".0") + ("%" if percent else "")
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)
