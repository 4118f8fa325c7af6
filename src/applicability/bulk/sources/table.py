"""Companies in memory: an Arrow table, or profiles as mappings."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from applicability.bulk.sources.flat_profiles import ProfileFlattener, mixed
from applicability.bulk.sources.headings import Known, told_apart
from applicability.bulk.sources.plain_columns import plain_batch
from applicability.bulk.sources.source import Rows, RowSource
from applicability.bulk.sources.streams import batched


class TableSource(RowSource):
    """An Arrow table or record batch; the first row is 1."""

    def __init__(self, table: Any, rows: int) -> None:
        super().__init__(rows)
        self._table = table
        self._names = told_apart(table.schema.names, empty=True)

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        line = 1
        whole = self._table.combine_chunks() if hasattr(self._table, "combine_chunks") else self._table
        for start in range(0, whole.num_rows, self.rows):
            part = whole.slice(start, self.rows)
            for batch in part.to_batches() if hasattr(part, "to_batches") else [part]:
                named = pa.RecordBatch.from_arrays(batch.columns, names=self._names)
                yield Rows(plain_batch(named), range(line, line + batch.num_rows))
                line += batch.num_rows


class ProfileSource(RowSource):
    """Profiles as mappings, such as parsed JSON; the first is row 1."""

    def __init__(self, profiles: Iterable[Mapping[str, object]], rows: int, known: Known | None = None) -> None:
        super().__init__(rows)
        self._profiles = [*map(ProfileFlattener(known).flat, profiles)]

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        always = tuple(dict.fromkeys(name for profile in self._profiles for name in profile.cells))
        yield from batched(enumerate(self._profiles, 1), self.rows, functools.partial(mixed, always))
