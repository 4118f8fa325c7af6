"""The files of a piece: its lines, rejects and notes, and a count once it is complete.

Files are Arrow streams named by number. The count is written last and atomically, so a piece is either done or not.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc

from applicability.bulk.job import ASKS, LONG, WIDE, Summary
from applicability.bulk.sources.source import disturbed
from applicability.errors import ProfileError
from applicability.files import is_text
from applicability.text import Text

REJECTS, NOTES, FACTS, CODES = "rejects", "notes", "facts", "codes"
# The kinds of files a piece may have.
NAMES = (LONG, WIDE, ASKS, REJECTS, NOTES, FACTS, CODES)
_FILES = "files"


class Files:
    """The files of one piece, written under temporary names and then renamed; removed if anything fails."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._number = number
        self._open: dict[str, tuple[Path, Any]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Files:
        return self

    def write(self, name: str, tables: Iterable[Any]) -> None:
        """Appends tables of one schema."""
        for table in tables:
            if name not in self._open:
                part = self._folder / f".{self._number:06}.{name}.{uuid4().hex}"
                sink = self._stack.enter_context(_opened(part, "wb"))
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


def _opened(path: Path, mode: str) -> Any:
    """An open Arrow file; Arrow itself opens only names that are valid UTF-8.

    Raises ProfileError if a file to read was removed since it was seen.
    """
    try:
        if is_text(str(path)):
            return pa.OSFile(str(path), mode)
        return pa.PythonFile(path.open(mode), mode[0])
    except FileNotFoundError:
        if mode != "rb":
            raise
        raise removed(path.parent) from None


def removed(folder: Path) -> ProfileError:
    """The error for pieces that are no longer as they were written."""
    what = Text("片段在运行中被删除或改动", "pieces were removed or changed while the run went on")
    return disturbed(str(folder), what, Text("重新运行", "run it again"))


def path_of(folder: Path, number: int, name: str) -> Path:
    """The path of a piece's file."""
    return folder / f"{number:06}.{name}.arrow"


def done(folder: Path, number: int, total: Summary, part: Path | None = None) -> None:
    """Marks a piece as complete and records its files; `part` is one in a result folder."""
    files = [path for name in NAMES if (path := path_of(folder, number, name)).exists()]
    if part is not None:
        files.append(part)
    held = {**dataclasses.asdict(total), _FILES: [[os.path.relpath(file, folder), *_stamp(file)] for file in files]}
    half = folder / f".{number:06}.done.{uuid4().hex}"
    half.write_text(json.dumps(held), "utf-8")
    half.replace(folder / f"{number:06}.done.json")


def finished(folder: Path, number: int | None = None) -> dict[int, Summary]:
    """The complete pieces, in order, with the summary of each; or that of one number.

    A piece is complete if its files are unchanged: one that was removed, truncated or modified is not.
    """
    found = {}
    name = "*" if number is None else f"{number:06}"
    for path in sorted(folder.glob(f"{name}.done.json")):
        held = _count(path)
        if held is not None:
            found[int(path.name.split(".")[0])] = held
    return found


def _count(path: Path) -> Summary | None:
    """The summary of a piece, if its count can be read and its files match."""
    try:
        held = json.loads(path.read_text("utf-8"))
        whole = all(_stamp(path.parent / file) == stamp for file, *stamp in held.pop(_FILES))
        lists = {name: tuple(held[name]) for name in ("ignored", "lists", "held")}
        total = Summary(**{**held, **lists, "notices": ()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return total if whole else None


def _stamp(file: Path) -> list[int]:
    found = file.stat()
    return [found.st_size, found.st_mtime_ns]


def tables(folder: Path, numbers: Iterable[int], name: str) -> Iterator[Any]:
    """The tables of a kind, one for each piece that has any."""
    for number in numbers:
        path = path_of(folder, number, name)
        if path.exists():
            with _opened(path, "rb") as source, pa.ipc.open_stream(source) as stream:
                yield pa.Table.from_batches(list(stream), stream.schema)


def schema_of(folder: Path, numbers: Iterable[int], name: str) -> Any:
    """The union of the pieces' columns of a kind, in the order they occur; None if no piece has any."""
    found: dict[str, Any] = {}
    for path in (path_of(folder, number, name) for number in numbers):
        if path.exists():
            with _opened(path, "rb") as source, pa.ipc.open_stream(source) as stream:
                for one in stream.schema:
                    found.setdefault(one.name, one)
    return pa.schema(list(found.values())) if found else None


def as_text(column: Any) -> Any:
    """A dictionary-encoded column as plain text."""
    return pc.cast(column, pa.string()) if pa.types.is_dictionary(column.type) else column
