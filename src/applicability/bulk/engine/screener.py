"""The screener: decides the companies of a table against every measure, one batch at a time.

What cannot be read of a company is told: either the company has no verdicts then (`rejects`), or it is screened by what
can be read (`keep_readable`).

It caches values and classes as they occur, so later batches are faster; memory does not grow with the number of rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bounded import BoundedCache
from applicability.bulk.engine.column_encoders import Read
from applicability.bulk.engine.decide import Decider
from applicability.bulk.engine.encode import ClassCodes, Encoder
from applicability.bulk.engine.guard import UpdateGuard
from applicability.bulk.engine.minmax_terms import ClassTable, leaf_places
from applicability.bulk.engine.readable_rows import PartlyRead, ReadableRows
from applicability.bulk.engine.row_profiles import combinations, profile_of, whole_column
from applicability.bulk.engine.verdict_bits import VerdictBits
from applicability.errors import Problem, ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.model.rulebook import Rulebook

# What is wrong with equal input is computed once; so many inputs are cached.
_REMEMBERED = 100_000


@dataclass(frozen=True)
class Reject:
    """A company without verdicts: its row, counted from 0 in its batch, and all its problems, worded as by a check.

    The location of a problem names the column.
    """

    row: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Screened:
    """A batch of companies, its class codes and its verdicts."""

    table: Any  # a RecordBatch, or a CellTable
    coded: ClassCodes
    decided: VerdictBits

    def __len__(self) -> int:
        return len(self.decided)


class Screener:
    """Screens tables with fixed fact columns, for one rulebook and one day. Not usable after an interrupt.

    `columns` are facts that the rulebook declares and parts of them, `determinations.KEY` for what authorities found
    and `limits.KEY` for what uses keep; other columns of a table are left alone. `read` gives the facts of a profile as
    given, `explain` its problems at leisure.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        day: datetime.date,
        columns: Sequence[str],
        read: Read,
        explain: Read,
        threads: int = 1,
    ) -> None:
        self.rulebook = rulebook
        self.day = day
        self.threads = threads
        self.columns = tuple(columns)
        self._encoder = Encoder(rulebook, day, columns, read)
        self._explain = explain
        self._leaves = leaf_places(rulebook)
        self._steps = UpdateGuard()
        self._decider: Decider | None = None
        self._known: tuple[int, ...] = ()
        self._problems: BoundedCache[str, tuple[Problem, ...]] = BoundedCache(_REMEMBERED)
        self._readable = ReadableRows(rulebook, day, self._encoder)

    def screen(self, batch: Any) -> Screened:
        """The verdicts of a batch: an Arrow RecordBatch or Table, or a table of cells (`arrays.CellTable`)."""
        coded = self.encode(batch)
        return Screened(batch, coded, self.decide(coded))

    def encode(self, batch: Any) -> ClassCodes:
        """The class codes of a batch."""
        with self._steps:
            return self._encoder.encode(
                {name: whole_column(batch.column(name)) for name in self.columns}, batch.num_rows
            )

    def keep_readable(self, batch: Any, coded: ClassCodes) -> tuple[ClassCodes, tuple[PartlyRead, ...]]:
        """The class codes of a batch by what can be read of each company, and what that is where it is not all."""
        with self._steps:
            return self._readable.keep(batch, coded)

    def decide(self, coded: ClassCodes) -> VerdictBits:
        """The verdicts for class codes from this screener."""
        return self.decider(coded).decide(coded.codes, self.threads)

    def decider(self, coded: ClassCodes) -> Decider:
        """The decider for the classes of this batch and earlier ones."""
        if self._decider is None or any(more > held for more, held in zip(coded.classes, self._known, strict=True)):
            vectors = zip(self._encoder.vectors, coded.classes, strict=True)
            self._decider = Decider(ClassTable.of(self._leaves, [own[:count] for own, count in vectors]))
            self._known = coded.classes
        return self._decider

    def rejects(self, screened: Screened) -> Iterator[Reject]:
        """The companies that cannot be read, in order, each with every problem that a check would report."""
        problems: dict[int, tuple[Problem, ...]] = {}
        unreadable = np.flatnonzero(screened.decided.unreadable)
        for group, codes in zip(self._encoder.groups, screened.coded.codes, strict=True):
            rows = unreadable[codes[unreadable] == 0]
            if rows.size:
                own = [name for name in self.columns if name in group.facts]
                some = screened.table.select(own).take(pa.array(rows))
                for row, found in zip(rows.tolist(), self._of_rows(some, own), strict=True):
                    problems[row] = (*problems[row], *found) if row in problems else found
        for row in sorted(problems):
            yield Reject(row, problems[row])

    def _of_rows(self, table: Any, columns: Sequence[str]) -> Iterator[tuple[Problem, ...]]:
        """The problems of each row, computed once for rows with equal cells."""
        which, given = combinations(table, columns)
        found = [self._problems_of(profile_of(one)) for one in given]
        for place in which.tolist():
            yield found[place]

    def _problems_of(self, given: Mapping[str, object]) -> tuple[Problem, ...]:
        key = repr(given)
        if key not in self._problems:
            try:
                self._explain(given)
            except ProfileError as error:
                self._problems[key] = error.problems
            else:
                raise AssertionError(f"{key} can be read after all")
        return self._problems[key]
