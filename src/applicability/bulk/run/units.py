"""Settles, before a register is screened, whether the bare numbers of its columns of shares are percentages.

One number above one tells that the others above one are; one below one is in doubt beside it, unless the user
says the unit. Where all lie between nothing and one they may be fractions, and only the user can say. A number tells
that only if it can be a share and stands beside a company: not 2026, nor the average in a row of totals. A register
that can be read once only is not looked at: there each such number is in doubt.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from applicability.bulk.engine.arrays import CellColumn, CellTable, bare, different
from applicability.bulk.job import Job
from applicability.bulk.register.column_plan import as_in, plan_of, share_headings
from applicability.bulk.register.columns.interned import cell_of
from applicability.bulk.register.footers import footer
from applicability.bulk.sources.parquet import ParquetSource, RowGroupRange, RowGroups
from applicability.bulk.sources.source import RowSource, Source, names_of
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass, replace
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import is_missing
from applicability.loading.company.share_values import Share, Unit
from applicability.loading.company.shares import ShareReader, shares_of
from applicability.model.headings import CREDIT_CODE, NAME

# What a row that sums up others is called, beside those that are known to be no company.
_STATISTIC = lazy_pattern(
    r"\s*(?:平均(?:值|数)?|均值|均数|中位数?|最大值?|最小值?|最高值?|最低值?|average|avg\.?|mean|median|max(?:imum)?|min(?:imum)?)"
    r"\s*(?:[:：(（].*)?",
)
# Rows that are looked at first, and then at a time: the first few nearly always tell.
_FEW, _MANY = 1 << 11, 1 << 16
# All of the shares, in percent.
_WHOLE = 100


@dataclass(frozen=True)
class ShareColumns:
    """What holds the shares of a register: the headings of those columns, and of what identifies a company."""

    shares: tuple[str, ...]
    names: tuple[str, ...]
    first: tuple[str, ...]

    def tell(self, table: Any, rows: Sequence[int]) -> bool:
        """Whether one of some rows is that of a company, and no row of totals or a remark."""
        return any(self._is_company(table, row) for row in rows)

    def _is_company(self, table: Any, row: int) -> bool:
        there = names_of(table)
        names = [cell_of(table.column(one), row) for one in self.names if one in there]
        if names and all(map(is_missing, names)):
            return False
        cells = [*names, *(cell_of(table.column(one), row) for one in self.first if one in there)]
        words = [cell for cell in cells if isinstance(cell, str)]
        return not any(footer(one) is not None or _STATISTIC.fullmatch(one.casefold()) for one in words)


# The heading of a column of shares, some of its cells, what tells about rows of them, and all such columns.
_Shares = Generator[tuple[str, Any, Callable[[Sequence[int]], bool], ShareColumns], None, None]


def settled(source: Source, again: Callable[[], Source] | None, job: Job) -> Job:
    """The job with the units of the columns of shares, and with where headings of several rows stand; `again` opens the
    source once more, None if that cannot be.
    """
    if again is None:
        return job
    found: dict[str, Unit] = {}
    looked = source
    # What cannot be read is told by the run itself.
    with contextlib.suppress(ProfileError, OSError, pa.ArrowException), contextlib.ExitStack() as stack:
        if isinstance(source, ParquetSource):
            columns = _of_parquet(source, job)
        else:
            looked = stack.enter_context(contextlib.closing(again()))
            columns = _of_rows(looked, job)
        stack.enter_context(contextlib.closing(columns))
        for heading, column, tell, left in columns:
            if found.get(heading) is not Unit.ABOVE_ONE:
                unit = unit_in(column, shares_of(job.rulebook), tell)
                found |= {} if unit is None else {heading: unit}
            if left.shares and all(found.get(one) is Unit.ABOVE_ONE for one in left.shares):
                break
    # A unit below the heading counts as one in it: beside a number above one.
    says = {one for one in looked.heading_layout.percent if found.get(one) is Unit.ABOVE_ONE}
    found |= dict.fromkeys(says, Unit.PERCENT)
    units = {heading: unit.value for heading, unit in sorted(found.items())}
    return replace(job, settled=units, joined=looked.heading_layout.joined)


def unit_in(column: Any, reader: ShareReader, tell: Callable[[Sequence[int]], bool]) -> Unit | None:
    """What the bare numbers of a column tell of their unit: above one if one that can be a share is, in a row that may
    `tell`; doubt if only some are not; None if there are none but nought.
    """
    above, small = _above_and_small(column, reader)
    if above and tell(above):
        return Unit.ABOVE_ONE
    return Unit.IN_DOUBT if small else None


def _above_and_small(column: Any, reader: ShareReader) -> tuple[Sequence[int], bool]:
    """The rows whose bare number can be a percentage and no fraction, and whether there is one that may be either."""
    if not isinstance(column, CellColumn) and pa.types.is_floating(column.type):
        numbers, missing = bare(column)
        numbers = np.where(missing, 0.0, numbers) if missing is not None else numbers
        rows = np.flatnonzero((numbers > 1) & (numbers <= _WHOLE))
        return rows.tolist(), bool(((numbers > 0) & (numbers <= 1)).any())
    cells = different(column)
    read = [reader.read(value) for value in cells.values]
    shares = [one if isinstance(one, Share) and not one.percent else None for one in read]
    above = np.array([*(one is not None and 1 < max(one.numbers) <= _WHOLE for one in shares), False], np.bool_)
    rows = np.flatnonzero(above[cells.places])
    return rows.tolist(), any(one is not None and one.small for one in shares)


def _of_rows(source: Source, job: Job) -> _Shares:
    """The columns of shares of a source, batch by batch, with all such columns of the batch."""
    plans: dict[tuple[str, ...], ShareColumns] = {}
    if isinstance(source, RowSource):
        source.rows = min(source.rows, _FEW)
    for piece in source.pieces(frozenset()):
        for rows in piece.batches:
            table = rows.table
            names = names_of(table)
            if names not in plans:
                ragged = isinstance(table, CellTable) and table.ragged is not None
                plans[names] = _columns(names, job, ragged=ragged)
                if not plans[names].shares and not ragged:
                    return
            own = plans[names]
            for heading in own.shares:
                yield heading, table.column(heading), functools.partial(own.tell, table), own
        if isinstance(source, RowSource):
            source.rows = max(source.rows, _MANY)


def _of_parquet(source: ParquetSource, job: Job) -> _Shares:
    """The same of Parquet, of which only these columns are read, and the others of a piece that may settle a unit."""
    headings = source.layout.headings
    columns = _columns(tuple(filter(None, headings)), job, ragged=False)
    if not columns.shares:
        return
    others = RowGroups(source.layout)
    with contextlib.closing(others):
        for group in source.groups:
            with pq.ParquetFile(group.path) as file:
                own = _named_alike(file.schema_arrow.names, headings, columns.shares)
                before = 0
                for batch in file.iter_batches(_MANY, row_groups=group.places, columns=[*own]):
                    for name, alike in own.items():
                        there = [place for place, one in enumerate(batch.schema.names) if one == name]
                        for heading, place in zip(alike, there, strict=True):
                            if heading in columns.shares:
                                whole = functools.partial(_tell_of, columns, others, group, before)
                                yield heading, batch.column(place), whole, columns
                    before += batch.num_rows


def _named_alike(names: Sequence[str], headings: Sequence[str], wanted: Collection[str]) -> dict[str, list[str]]:
    """The names in a file of the wanted columns, each with the headings of all columns of that name, in their order."""
    own: dict[str, list[str]] = {name: [] for name, heading in zip(names, headings, strict=False) if heading in wanted}
    for name, heading in zip(names, headings, strict=False):
        if name in own:
            own[name].append(heading)
    return own


def _tell_of(columns: ShareColumns, groups: RowGroups, group: RowGroupRange, before: int, rows: Sequence[int]) -> bool:
    """Whether one of some rows of a piece of Parquet, counted behind those `before`, is that of a company."""
    wanted = [before + row for row in rows]
    for first, table in _tables(groups, group):
        own = [row - first for row in wanted if first <= row < first + table.num_rows]
        if columns.tell(table, own):
            return True
    return False


def _tables(groups: RowGroups, group: RowGroupRange) -> Iterator[tuple[int, Any]]:
    """The tables of a piece of Parquet, each with how many rows stand before it."""
    for rows in groups.rows(group):
        yield rows.lines[0] - group.first, rows.table


def _columns(names: tuple[str, ...], job: Job, *, ragged: bool) -> ShareColumns:
    """The columns of shares whose unit the user does not say, and what identifies a company beside them."""
    named = {as_in(one, names): held for one, held in job.mapping.items()}
    mapping = {one: held for one, held in named.items() if one in names or not ragged}
    units = {} if ragged else {as_in(one, names): unit for one, unit in job.units.items()}
    plan = plan_of(job.rulebook, names, mapping, units)
    shares = tuple(one for one in share_headings(job.rulebook, plan) if one not in plan.units)
    own = (*plan.headings(NAME), *plan.headings(CREDIT_CODE))
    return ShareColumns(shares, own, tuple(one for one in names[:1] if one not in own))
