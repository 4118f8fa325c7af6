"""Writes the result of a screening: its lines in the format asked for, with rejects and notes beside them.

A file gets its name once it is complete. A folder holds one file for each piece, so that nothing is written twice.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from applicability.bulk.engine import verdict_tables
from applicability.bulk.engine.text_bytes import is_plain_text, text_bytes
from applicability.bulk.job import LONG, WIDE, Job
from applicability.bulk.output.pieces import FACTS, NOTES, REJECTS, as_text, path_of, schema_of, tables
from applicability.bulk.sources.connection import DatabaseTable
from applicability.files import is_special, whole
from applicability.lazy_dataclass import dataclass
from applicability.report.layout.spreadsheet import FORMULA_MARKS, no_formula

# Excel recognises UTF-8 in CSV only after a byte order mark.
_MARK = b"\xef\xbb\xbf"
# A piece's file in a result folder.
PART = re.compile(r"part-[0-9]{6,}\.(csv|jsonl|parquet)")
# Marks a result folder, so that a later run knows that its content may be replaced.
MARK = ".screened"
# The columns of the files beside a result where a register has no row.
_HEADINGS = {
    REJECTS: ("line", "column", "value", "code", "problem", "hint"),
    NOTES: ("line", "column", "fact", "value", "code", "note", "hint"),
}
# A cell that begins with one of these could act as a formula in a spreadsheet.
_ACTS = f"^[{re.escape(''.join(FORMULA_MARKS))}]"
_FIRST_BYTES = np.isin(np.arange(256), [mark.encode()[0] for mark in FORMULA_MARKS])


@dataclass(frozen=True)
class Target:
    """Where the lines go: a file, a folder, a database table, or a stream if it is none of these.

    `format` is csv, jsonl, parquet or xlsx, or the kind of a database.
    """

    path: Path | None
    format: str
    folder: bool = False
    rejects: Path | None = None
    notes: Path | None = None
    facts: Path | None = None
    table: DatabaseTable | None = None

    @property
    def state(self) -> Path | None:
        """The folder for the pieces of an unfinished run: in the folder, or beside the file; None for a stream."""
        if self.table is not None:
            stem = "" if self.table.file is None else f"{self.table.file.name}."
            return (self.table.file or Path("database")).with_name(f".{stem}{self.table.beside}.pieces")
        if self.path is None or is_special(self.path):
            return None
        return self.path / ".pieces" if self.folder else self.path.with_name(f".{self.path.name}.pieces")


def write_lines(made: Iterable[Any], stream: IO[bytes], format: str) -> None:
    """Writes tables of one schema as one file of that format."""
    match format:
        case "csv":
            stream.write(_MARK)
            _csv(made, stream)
        case "jsonl":
            _jsonl(made, stream)
        case _:
            _parquet(made, stream)


def _csv(made: Iterable[Any], stream: IO[bytes]) -> None:
    for place, table in enumerate(made):
        columns = [_harmless(as_text(column)) for column in table.columns]
        plain = pa.table(columns, [no_formula(name) for name in table.column_names])
        pa_csv.write_csv(plain, stream, pa_csv.WriteOptions(include_header=place == 0))


def _harmless(column: Any) -> Any:
    """The column with text escaped that a spreadsheet would take for a formula."""
    if not is_plain_text(column.type) or not _may_act(column):
        return column
    acts = pc.match_substring_regex(column, _ACTS)
    if not pc.any(acts).as_py():
        return column
    mark, nothing = (pa.scalar(one, column.type) for one in ("'", ""))
    return pc.if_else(acts, pc.binary_join_element_wise(mark, column, nothing), column)


def _may_act(column: Any) -> bool:
    """Whether a text of a column begins with the first byte of a mark: a search of each for the mark takes longer."""
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        offsets, data = text_bytes(chunk)
        begins = offsets[:-1][offsets[1:] > offsets[:-1]]
        if _FIRST_BYTES[data[begins]].any():
            return True
    return False


def _jsonl(made: Iterable[Any], stream: IO[bytes]) -> None:
    for table in made:
        for batch in table.to_batches(max_chunksize=1 << 14):
            rows = batch.to_pylist()
            stream.write("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows).encode())


def _parquet(made: Iterable[Any], stream: IO[bytes]) -> None:
    with contextlib.ExitStack() as opened:  # closed on failure too, while the stream is still open
        writer = None
        for table in made:
            if writer is None:
                # Company names rarely repeat: a dictionary of them would only cost.
                coded = [one.name for one in table.schema if pa.types.is_dictionary(one.type) or one.type == pa.int32()]
                writer = opened.enter_context(
                    pq.ParquetWriter(
                        stream, table.schema, compression="zstd", use_dictionary=coded, write_statistics=False
                    )
                )
            writer.write_table(table)


def write_file(path: Path, made: Iterable[Any], format: str, empty: Callable[[], Any]) -> None:
    """Writes tables as one file; `empty` makes a table without lines, in case there are none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as stream:
        write_lines(_or(made, empty), stream, format)


def parts_of(target: Target, job: Job) -> Callable[[Path, int], Path] | None:
    """The function that writes a piece's lines, by its number, as a file of the folder; None if the target is no
    folder.

    The piece itself need not keep its lines then.
    """
    folder, form = target.path, form_of(job)
    if not target.folder or folder is None:
        return None

    def write(state: Path, number: int) -> Path:
        file = folder / f"part-{number:06}.{target.format}"
        write_file(file, tables(state, [number], form), target.format, lambda: no_lines(job))
        path_of(state, number, form).unlink(missing_ok=True)
        return file

    return write


def no_parts(target: Target) -> None:
    """Removes an earlier run's files from the folder; it may have had more pieces."""
    if not target.folder or target.path is None:
        return
    if target.path.is_dir():
        for file in sorted(target.path.iterdir()):
            if PART.fullmatch(file.name):
                file.unlink()
    target.path.mkdir(parents=True, exist_ok=True)
    (target.path / MARK).touch()


def form_of(job: Job) -> str:
    """The form of the lines in a file."""
    return WIDE if WIDE in job.forms else LONG


def no_lines(job: Job) -> Any:
    """An empty table with the columns of the result."""
    limits = () if job.limit_style is None else (verdict_tables.LIMITS,)
    long = form_of(job) == LONG
    names = (*verdict_tables.COLUMNS, *limits) if long else verdict_tables.column_names(job.measures)
    return pa.table({name: pa.array([], pa.string()) for name in ("line", *names)})


def _or(made: Iterable[Any], empty: Callable[[], Any]) -> Iterator[Any]:
    none = True
    for table in made:
        none = False
        yield table
    if none:
        yield empty()


def beside(path: Path | None, state: Path, numbers: Sequence[int], name: str, *, listed: bool = False) -> None:
    """Writes rejects or notes as CSV. If there are none, removes a stale file, or writes the headings if `listed`."""
    if path is None:
        return
    schema = schema_of(state, numbers, name)
    if schema is None and listed:
        schema = pa.schema([pa.field(one, pa.string()) for one in _HEADINGS[name]])
    if schema is None:
        if not is_special(path):
            path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as stream:
        made = (_as(schema, table) for table in tables(state, numbers, name))
        write_lines(_or(made, schema.empty_table), stream, "csv")


def _as(schema: Any, table: Any) -> Any:
    """A table with the columns of a schema, null where it lacks one."""
    own = table.column_names
    columns = [table.column(one.name) if one.name in own else pa.nulls(len(table), one.type) for one in schema]
    return pa.table(columns, schema.names)


def all_beside(target: Target, state: Path, numbers: Sequence[int], listed: Collection[str] = ()) -> None:
    """Writes rejects, notes and the facts read, where they were asked for; those `listed` even if there are none."""
    beside(target.rejects, state, numbers, REJECTS, listed=REJECTS in listed)
    beside(target.notes, state, numbers, NOTES, listed=NOTES in listed)
    beside(target.facts, state, numbers, FACTS)
