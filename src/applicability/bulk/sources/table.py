"""Companies in memory: an Arrow table, or profiles as mappings."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from applicability.bulk.sources.flat_profiles import ProfileFlattener, mixed
from applicability.bulk.sources.heading_groups import Known
from applicability.bulk.sources.headings import named_columns, without_heading
from applicability.bulk.sources.plain_columns import plain_batch
from applicability.bulk.sources.source import Rows, RowSource
from applicability.bulk.sources.streams import batched


class TableSource(RowSource):
    """An Arrow table or record batch; the first row is 1."""

    def __init__(self, table: Any, rows: int) -> None:
        super().__init__(rows)
        self._table = table
        names = named_columns(table.schema.names)
        self._places = [place for place, name in enumerate(names) if name]
        self._names = [names[place] for place in self._places]
        empty = [place for place, name in enumerate(names) if not name and table.column(place).null_count < len(table)]
        self.notices = without_heading(empty, numbered=True)

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        line = 1
        whole = self._table.combine_chunks() if hasattr(self._table, "combine_chunks") else self._table
        for start in range(0, whole.num_rows, self.rows):
            part = whole.slice(start, self.rows)
            for batch in part.to_batches() if hasattr(part, "to_batches") else [part]:
                named = pa.RecordBatch.from_arrays([batch.column(place) for place in self._places], self._names)
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
