"""Tables in and out, as Arrow: batches of a Parquet file or of any table, and verdicts in wide and in long form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from applicability.columnar.screener import Screened
from applicability.model.rulebook import Measure
from applicability.model.verdict import Verdict

# Companies in a batch: enough that work on arrays outweighs the rest, and few enough that a batch is some tens of MB.
BATCH = 1 << 18
_WORDS = [verdict.word for verdict in Verdict]
# What a measure without a verdict says instead, for everyone.
_STATUS = ["authorities_only", "text_lost", "not_encoded"]
_Item = TypeVar("_Item")


def parquet_columns(path: Path) -> tuple[str, ...]:
    """The names of the columns of a Parquet file."""
    return tuple(pq.read_schema(path).names)


def parquet_batches(
    path: Path, columns: Sequence[str], plain: Collection[str] = (), rows: int = BATCH
) -> Iterator[Any]:
    """The batches of a Parquet file, with text as the file's own dictionaries hold it; not so in `plain` columns."""
    described = pq.ParquetFile(path)
    paths = [described.schema.column(index) for index in range(len(described.schema.names))]
    text = [one.path for one in paths if one.physical_type == "BYTE_ARRAY" and one.path.split(".")[0] not in plain]
    known = set(described.schema_arrow.names)
    # A column name may hold points itself, as those of findings do.
    text = [one for one in text if one in known or one.rsplit(".", 2)[0] in known]
    file = pq.ParquetFile(path, read_dictionary=text)
    for group in range(file.num_row_groups):
        yield from file.iter_batches(rows, row_groups=[group], columns=list(columns))


def batches_of(table: Any, rows: int = BATCH) -> Iterator[Any]:
    """The batches of any table that speaks Arrow: of pyarrow, Polars, DuckDB, pandas."""
    whole = table if isinstance(table, pa.Table) else pa.table(table)
    for start in range(0, whole.num_rows, rows):
        yield pa.RecordBatch.from_arrays(
            [_one_piece(column.slice(start, rows)) for column in whole.columns], names=whole.column_names
        )


def _one_piece(column: Any) -> Any:
    found = column.combine_chunks()
    return found if isinstance(found, pa.Array) else pa.array([], column.type)


def column_names(measures: Sequence[Measure]) -> tuple[str, ...]:
    """The column of each measure in wide form: its row, with its document where there are several."""
    several = len({measure.document for measure in measures}) > 1
    return tuple(f"{measure.document}:{measure.row}" if several else str(measure.row) for measure in measures)


def wide(screened: Screened, measures: Sequence[Measure], keep: Sequence[str]) -> Any:
    """A line for each company: the columns kept, and one for every measure.

    Verdicts are words in a dictionary, null for a company that cannot be read. A measure without verdicts says why,
    for every company: `authorities_only`, `text_lost` or `not_encoded`.
    """
    decided = screened.decided
    rows = len(decided)
    places = {measure.key: place for place, measure in enumerate(decided.measures)}
    missing = decided.unreadable if decided.unreadable.any() else None
    verdicts, statuses = pa.array(_WORDS), pa.array(_STATUS)
    columns = [screened.table.column(name) for name in keep]
    for measure in measures:
        place = places.get(measure.key)
        if place is None:
            codes = np.full(rows, _STATUS.index(status_of(measure)), np.int8)
            columns.append(pa.DictionaryArray.from_arrays(pa.array(codes, mask=missing), statuses))
        else:
            codes = decided.verdicts(place).view(np.int8)
            columns.append(pa.DictionaryArray.from_arrays(pa.array(codes, mask=missing), verdicts))
    return pa.Table.from_arrays(columns, names=[*keep, *column_names(measures)])


def long(screened: Screened, keep: Sequence[str], only: Collection[Verdict]) -> Iterator[Any]:
    """A line for each verdict that is among `only`: the columns kept, `document`, `row` and `verdict`.

    In the order of the companies, then of the measures, some thousands of companies at a time.
    """
    measures = screened.decided.measures
    documents = list(dict.fromkeys(measure.document for measure in measures))
    document = np.array([documents.index(measure.document) for measure in measures], np.int8)
    row = np.array([measure.row for measure in measures], np.int32)
    for lines in screened.decided.lines(only):
        if lines.rows.size:
            taken = pa.array(lines.rows)
            columns = [screened.table.column(name).take(taken) for name in keep]
            columns += [
                pa.DictionaryArray.from_arrays(pa.array(document[lines.measures]), pa.array(documents)),
                pa.array(row[lines.measures]),
                pa.DictionaryArray.from_arrays(pa.array(lines.verdicts.view(np.int8)), pa.array(_WORDS)),
            ]
            yield pa.Table.from_arrays(columns, names=[*keep, "document", "row", "verdict"])


def status_of(measure: Measure) -> str:
    """Why a measure has no verdict."""
    return "text_lost" if measure.lost else "authorities_only" if measure.encoded else "not_encoded"


def ahead(items: Iterable[_Item]) -> Iterator[_Item]:
    """The items, the next of which is made in a thread of its own while one is worked on."""
    made = iter(items)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(lambda: next(made, None))
        while (item := coming.result()) is not None:
            coming = pool.submit(lambda: next(made, None))
            yield item
