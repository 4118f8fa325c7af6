"""Settles, before a register is screened, whether the bare numbers of its columns of shares are percentages.

One number above one tells that the others above one are; one below one is in doubt beside it, unless the user
says the unit. Where all lie between nothing and one they may be fractions, and only the user can say. A register
that can be read once only is not looked at: there each such number is in doubt.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from applicability.bulk.engine.arrays import CellColumn, CellTable, bare, different
from applicability.bulk.job import Job
from applicability.bulk.register.column_plan import plan_of, share_headings
from applicability.bulk.sources.parquet import ParquetSource
from applicability.bulk.sources.source import RowSource, Source, names_of
from applicability.errors import ProfileError
from applicability.lazy_dataclass import replace
from applicability.loading.company.share_values import Share, Unit, unit_of
from applicability.loading.company.shares import ShareReader, shares_of

# The heading of a column of shares, some of its cells, and the headings of all such columns.
_Shares = Generator[tuple[str, Any, tuple[str, ...]], None, None]
# Rows that are looked at first, and then at a time: the first few nearly always tell.
_FEW, _MANY = 1 << 11, 1 << 16


def settled(source: Source, again: Callable[[], Source] | None, job: Job) -> Job:
    """The job with the units of the columns of shares; `again` opens the source once more, None if that cannot be."""
    if again is None:
        return job
    found: dict[str, Unit] = {}
    # What cannot be read is told by the run itself.
    with contextlib.suppress(ProfileError, OSError, pa.ArrowException):
        columns = _of_parquet(source, job) if isinstance(source, ParquetSource) else _of_rows(again, job)
        with contextlib.closing(columns):
            for heading, column, left in columns:
                unit = unit_in(column, shares_of(job.rulebook))
                if unit is not None and found.get(heading) is not Unit.ABOVE_ONE:
                    found[heading] = unit
                if left and all(found.get(one) is Unit.ABOVE_ONE for one in left):
                    break
    return replace(job, settled={heading: unit.value for heading, unit in sorted(found.items())})


def unit_in(column: Any, reader: ShareReader) -> Unit | None:
    """What the bare numbers of a column tell of their unit; None if there are none but nought."""
    if not isinstance(column, CellColumn) and pa.types.is_floating(column.type):
        numbers, missing = bare(column)
        numbers = numbers[~missing] if missing is not None else numbers
        if (numbers > 1).any():
            return Unit.ABOVE_ONE
        return Unit.IN_DOUBT if (numbers > 0).any() else None
    shares = (reader.read(value) for value in different(column).values)
    return unit_of(one for one in shares if isinstance(one, Share))


def _of_rows(again: Callable[[], Source], job: Job) -> _Shares:
    """The columns of shares of a source, batch by batch, with all headings of such columns in the batch."""
    plans: dict[tuple[str, ...], tuple[str, ...]] = {}
    with contextlib.closing(again()) as source:
        if isinstance(source, RowSource):
            source.rows = min(source.rows, _FEW)
        for piece in source.pieces(frozenset()):
            for rows in piece.batches:
                names = names_of(rows.table)
                if names not in plans:
                    ragged = isinstance(rows.table, CellTable) and rows.table.ragged is not None
                    plans[names] = _headings(names, job, ragged=ragged)
                    if not plans[names] and not ragged:
                        return
                for heading in plans[names]:
                    yield heading, rows.table.column(heading), plans[names]
            if isinstance(source, RowSource):
                source.rows = max(source.rows, _MANY)


def _of_parquet(source: ParquetSource, job: Job) -> _Shares:
    """The same of Parquet, of which only these columns are read."""
    headings = _headings(source.layout.headings, job, ragged=False)
    if not headings:
        return
    for path in dict.fromkeys(group.path for group in source.groups):
        with pq.ParquetFile(path) as file:
            own = [one for one in headings if one in file.schema_arrow.names]
            for batch in file.iter_batches(_MANY, columns=own):
                for heading in own:
                    yield heading, batch.column(heading), headings


def _headings(names: tuple[str, ...], job: Job, *, ragged: bool) -> tuple[str, ...]:
    """The headings of the columns of shares whose unit the user does not say."""
    mapping: Mapping[str, str] = {one: held for one, held in job.mapping.items() if one in names or not ragged}
    plan = plan_of(job.rulebook, names, mapping, {} if ragged else job.units)
    return tuple(one for one in share_headings(job.rulebook, plan) if one not in plan.units)
