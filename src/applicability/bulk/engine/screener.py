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
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.column_encoders import Read, limits_given
from applicability.bulk.engine.decide import Decider
from applicability.bulk.engine.encode import ClassCodes, Encoder
from applicability.bulk.engine.guard import UpdateGuard
from applicability.bulk.engine.minmax_terms import ClassTable, LeafPlaces
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.verdict_bits import VerdictBits
from applicability.errors import Problem, ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.parts import parts_given
from applicability.loading.profile.readable import ReadablePart, readable_part
from applicability.loading.profile.written import is_unknown
from applicability.loading.yaml.scalars import read_truth
from applicability.model.leaf_kinds import FINDING, LIMITS, limit_key
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
class PartlyRead:
    """Rows that are screened by the part of them that can be read.

    `rows` are counted from 0 in the batch (int64, shape (n,)), `which` are the places in `parts` of what is left of
    each (int32, shape (n,)), and `columns` those of the table that the parts tell.
    """

    rows: NDArray[np.int64]
    which: Codes
    parts: Sequence[ReadablePart]
    columns: tuple[str, ...]


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
        self._leaves = LeafPlaces(rulebook, self._encoder.groups)
        self._steps = UpdateGuard()
        self._decider: Decider | None = None
        self._known: tuple[int, ...] = ()
        self._problems: BoundedCache[str, tuple[Problem, ...]] = BoundedCache(_REMEMBERED)
        self._parts: BoundedCache[str, tuple[ReadablePart, int]] = BoundedCache(_REMEMBERED)

    def screen(self, batch: Any) -> Screened:
        """The verdicts of a batch: an Arrow RecordBatch or Table, or a table of cells (`arrays.CellTable`)."""
        coded = self.encode(batch)
        return Screened(batch, coded, self.decide(coded))

    def encode(self, batch: Any) -> ClassCodes:
        """The class codes of a batch."""
        with self._steps:
            return self._encoder.encode({name: _whole(batch.column(name)) for name in self.columns}, batch.num_rows)

    def keep_readable(self, batch: Any, coded: ClassCodes) -> tuple[ClassCodes, tuple[PartlyRead, ...]]:
        """The class codes of a batch by what can be read of each company, and what that is where it is not all."""
        with self._steps:
            codes, found = list(coded.codes), []
            for place, (group, own) in enumerate(zip(self._encoder.groups, coded.codes, strict=True)):
                rows = np.flatnonzero(own == 0)
                if rows.size:
                    columns = tuple(name for name in self.columns if name in group.facts)
                    which, given = combinations(batch.select(columns).take(pa.array(rows)), columns)
                    read = [self._readable(place, one) for one in given]
                    codes[place] = own.copy()
                    codes[place][rows] = np.array([code for _, code in read], np.int32)[which]
                    found.append(PartlyRead(rows, which, [part for part, _ in read], columns))
            found += self._unread_limits(batch)
            return ClassCodes(tuple(codes), coded.rows, tuple(map(len, self._encoder.vectors))), tuple(found)

    def _readable(self, group: int, given: Mapping[str, object]) -> tuple[ReadablePart, int]:
        """What can be read of a profile of one group's facts, and its class."""
        key = f"{group} {given!r}"
        if key not in self._parts:
            part = readable_part(profile_of(given), self.rulebook, self.day)
            self._parts[key] = part, self._encoder.class_of(group, part.given)
        return self._parts[key]

    def _unread_limits(self, batch: Any) -> Iterator[PartlyRead]:
        """The limits of which something is said that cannot be read; these are encoded as unknown."""
        for name in self.columns:
            key = limit_key(name)
            cells = different(_whole(batch.column(name))) if key is not None else None
            if cells is None or all(is_unknown(value) or read_truth(value) is not None for value in cells.values):
                continue
            said = [{LIMITS: {str(key): value}} for value in cells.values]
            parts = [readable_part(one, self.rulebook, self.day) for one in said]
            lost = np.array([*(bool(part.losses) for part in parts), False], np.bool_)
            rows = np.flatnonzero(lost[cells.places])
            if rows.size:
                yield PartlyRead(rows, cells.places[rows], parts, (name,))

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


def combinations(table: Any, columns: Sequence[str]) -> tuple[Codes, list[dict[str, object]]]:
    """The distinct rows of a table, keyed by column, and for each row which one it is (int32, shape (rows,))."""
    cells = [different(_whole(table.column(name))) for name in columns]
    places = np.stack([one.places for one in cells])
    together, which = np.unique(places, axis=1, return_inverse=True)
    given = [
        {name: one.values[place] for name, one, place in zip(columns, cells, own, strict=True) if place != NONE}
        for own in together.T.tolist()
    ]
    return which.reshape(-1).astype(np.int32), given


def cells_of(profile: Mapping[str, object]) -> dict[str, object]:
    """The row of a profile, keyed by column: the opposite of `profile_of`."""
    row: dict[str, object] = {}
    for name, value in profile.items():
        if isinstance(value, Mapping):
            row |= {f"{name}.{key}": one for key, one in value.items()}
        else:
            row[name] = value
    return row


def profile_of(row: Mapping[str, object]) -> dict[str, object]:
    """The profile of a company from its row, keyed by column; columns without a value are left out."""
    profile: dict[str, object] = {}
    findings: dict[str, object] = {}
    limits: dict[str, object] = {}
    for name, value in row.items():
        if value is not None and not (isinstance(value, str) and not value.strip()):
            if name.startswith(FINDING):
                findings[name.removeprefix(FINDING)] = value
            elif limit_key(name) is not None:
                limits[name] = value
            else:
                profile[name] = value
    return {**parts_given(profile), **({"determinations": findings} if findings else {}), **limits_given(limits)}


def _whole(array: Any) -> Any:
    """A column as one contiguous array."""
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
