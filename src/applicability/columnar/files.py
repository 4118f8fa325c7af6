"""Screening a Parquet file to Parquet files: reading, deciding and writing at once, a batch at a time.

A file appears when it is complete, under its own name; if anything fails, none does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from applicability.columnar import frames
from applicability.columnar.screener import Screened, Screener
from applicability.model.verdict import Verdict

_REJECTS = pa.schema(
    [("line", pa.int64()), ("column", pa.string()), ("value", pa.string())]
    + [(name, pa.string()) for name in ("code", "problem", "hint")]
)


@dataclass(frozen=True)
class Wanted:
    """Which files to write, each None if it is not wanted, and what of a company to keep in them."""

    keep: tuple[str, ...] = ()
    long: Path | None = None
    wide: Path | None = None
    rejects: Path | None = None
    only: frozenset[Verdict] = frozenset((Verdict.ELIGIBLE, Verdict.CONDITIONAL))


@dataclass(frozen=True)
class Summary:
    """What a screening came to: companies read, companies rejected, and verdicts, measures × 5, of the others."""

    companies: int
    rejected: int
    counts: NDArray[np.int64]


def screen_parquet(screener: Screener, source: Path, wanted: Wanted) -> Summary:
    """Screen the companies of a Parquet file. Raises OSError and pyarrow's errors, and then leaves no file behind."""
    batches = frames.parquet_batches(source, (*screener.columns, *wanted.keep), plain=wanted.keep)
    measures = sum(measure.condition is not None for measure in screener.rulebook.measures)
    companies = rejected = 0
    counts = np.zeros((measures, len(Verdict)), np.int64)
    # All files take their names together, when the last of them is complete.
    with Writer([path for path in (wanted.long, wanted.wide, wanted.rejects) if path]) as writer:
        for batch in frames.ahead(batches):
            screened = screener.screen(batch)
            for path, tables in _outputs(screened, screener, wanted, companies):
                writer.write(path, tables)
            counts += screened.decided.counts()
            companies += len(screened)
            rejected += int(screened.decided.unreadable.sum())
    return Summary(companies, rejected, counts)


def _outputs(
    screened: Screened, screener: Screener, wanted: Wanted, first: int
) -> Iterator[tuple[Path, Iterator[Any]]]:
    if wanted.long:
        yield wanted.long, frames.long(screened, wanted.keep, wanted.only)
    if wanted.wide:
        yield wanted.wide, iter([frames.wide(screened, screener.rulebook.measures, wanted.keep)])
    if wanted.rejects:
        yield wanted.rejects, iter([rejects(screener, screened, first)])


def rejects(screener: Screener, screened: Screened, first: int) -> Any:
    """A line for each problem: the line of the company from 1, the column, its value, and what is wrong with it.

    `first` companies came before this batch.
    """
    lines: list[dict[str, object]] = []
    for reject in screener.rejects(screened):
        for problem in reject.problems:
            column = problem.location.file
            value = screened.table.column(column)[reject.row].as_py() if column in screened.table.schema.names else None
            lines.append(
                {
                    "line": first + reject.row + 1,
                    "column": column,
                    "value": None if value is None else str(value),
                    "code": problem.code,
                    "problem": problem.message,
                    "hint": problem.hint,
                }
            )
    return pa.Table.from_pylist(lines, _REJECTS)


class Writer:
    """Writes tables to Parquet files, in a thread of its own, and names the files when all are complete."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = list(paths)
        self._parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths}
        self._files: dict[Path, Any] = {}
        self._pending: list[Future[None]] = []
        self._pool = ThreadPoolExecutor(1)

    def __enter__(self) -> Writer:
        return self

    def write(self, path: Path, tables: Iterator[Any]) -> None:
        """Write some tables of one schema; they are made as they are written. At most one more batch waits."""
        self._pending.append(self._pool.submit(self._write, path, tables))
        while len(self._pending) > 2:
            self._pending.pop(0).result()

    def _write(self, path: Path, tables: Iterator[Any]) -> None:
        made = [table for table in tables if table.num_rows or path not in self._files]
        if not made:
            return
        whole = pa.concat_tables(made)
        if path not in self._files:
            coded = [
                field.name for field in whole.schema if pa.types.is_dictionary(field.type) or field.type == pa.int32()
            ]
            # Names of companies differ from line to line: a dictionary of them would only be in the way.
            self._files[path] = pq.ParquetWriter(
                self._parts[path], whole.schema, compression="zstd", use_dictionary=coded, write_statistics=False
            )
        self._files[path].write_table(whole)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        try:
            for future in self._pending:
                future.result()
            for file in self._files.values():
                file.close()
            if kind is None:
                for path in self._files:
                    self._parts[path].replace(path)
        finally:
            self._pool.shutdown()
            for part in self._parts.values():
                part.unlink(missing_ok=True)
