"""The files of a piece: its lines, rejects and notes, and a count when it is complete.

Files are Arrow streams under a number. The count is written last and at once, so a piece is done or it is not.
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

from applicability.bulk.job import LONG, WIDE, Summary
from applicability.files import is_text

REJECTS, NOTES, FACTS = "rejects", "notes", "facts"
# What the files of a piece may be called.
NAMES = (LONG, WIDE, REJECTS, NOTES, FACTS)
_FILES = "files"


class Files:
    """The files of one piece, written beside their names and then named; if anything fails, there are none."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._number = number
        self._open: dict[str, tuple[Path, Any]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Files:
        return self

    def write(self, name: str, tables: Iterable[Any]) -> None:
        """Some more tables of one schema."""
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
    """A file of Arrow, which itself opens only those whose names are UTF-8."""
    if is_text(str(path)):
        return pa.OSFile(str(path), mode)
    return pa.PythonFile(path.open(mode), mode[0])


def path_of(folder: Path, number: int, name: str) -> Path:
    """The file of a piece."""
    return folder / f"{number:06}.{name}.arrow"


def done(folder: Path, number: int, total: Summary, part: Path | None = None) -> None:
    """Say that a piece is complete, and by which files, `part` being one in a folder of results."""
    files = [path for name in NAMES if (path := path_of(folder, number, name)).exists()]
    if part is not None:
        files.append(part)
    held = {**dataclasses.asdict(total), _FILES: [[os.path.relpath(file, folder), *_stamp(file)] for file in files]}
    half = folder / f".{number:06}.done.{uuid4().hex}"
    half.write_text(json.dumps(held), "utf-8")
    half.replace(folder / f"{number:06}.done.json")


def finished(folder: Path, number: int | None = None) -> dict[int, Summary]:
    """The pieces that are complete, in order, and what each came to; or that of one number.

    A piece is complete if its files are there as they were written: one that somebody removed, cut or changed is not.
    """
    found = {}
    name = "*" if number is None else f"{number:06}"
    for path in sorted(folder.glob(f"{name}.done.json")):
        held = _count(path)
        if held is not None:
            found[int(path.name.split(".")[0])] = held
    return found


def _count(path: Path) -> Summary | None:
    """What a piece came to, if its count can be read and its files are those that it names."""
    try:
        held = json.loads(path.read_text("utf-8"))
        whole = all(_stamp(path.parent / file) == stamp for file, *stamp in held.pop(_FILES))
        total = Summary(**{**held, "ignored": tuple(held["ignored"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return total if whole else None


def _stamp(file: Path) -> list[int]:
    found = file.stat()
    return [found.st_size, found.st_mtime_ns]


def tables(folder: Path, numbers: Iterable[int], name: str) -> Iterator[Any]:
    """What the pieces hold under a name, a table for each piece that has any."""
    for number in numbers:
        path = path_of(folder, number, name)
        if path.exists():
            with _opened(path, "rb") as source, pa.ipc.open_stream(source) as stream:
                yield pa.Table.from_batches(list(stream), stream.schema)


def schema_of(folder: Path, numbers: Iterable[int], name: str) -> Any:
    """The columns that any of the pieces has under a name, in the order they are met; None where there are none."""
    found: dict[str, Any] = {}
    for path in (path_of(folder, number, name) for number in numbers):
        if path.exists():
            with _opened(path, "rb") as source, pa.ipc.open_stream(source) as stream:
                for one in stream.schema:
                    found.setdefault(one.name, one)
    return pa.schema(list(found.values())) if found else None


def as_text(column: Any) -> Any:
    """A column of words in dictionaries as plain text."""
    return pc.cast(column, pa.string()) if pa.types.is_dictionary(column.type) else column
