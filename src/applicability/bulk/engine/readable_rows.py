"""The rows of which something cannot be read: their classes by what can be read of them, and what was lost.

A cell that is wrong by itself is read once, whatever stands beside it, and a list word by word; what is left of it is
encoded with the rest of its row. Only rows that still cannot be read, because columns contradict each other or a place
depends on another, are read as a whole, once for each different combination.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, ArrayTable, Coded, Different, different
from applicability.bulk.engine.combined_encoders import in_part
from applicability.bulk.engine.encode import ClassCodes, Encoder
from applicability.bulk.engine.groups import PLACE_TYPES
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.row_profiles import cells_of, combinations, profile_of, whole_column
from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.readable import Loss, ReadablePart, readable_part
from applicability.loading.profile.reader import problems_of
from applicability.loading.profile.written import is_unknown, words_of
from applicability.loading.yaml.scalars import read_truth
from applicability.model.facts import LISTS_IN_PART, NUMBERS
from applicability.model.leaf_kinds import LIMITS, limit_key
from applicability.model.partial import YES
from applicability.model.rulebook import Rulebook

# What can be read of equal cells and rows is computed once; so many are cached.
_REMEMBERED = 1 << 15


@dataclass(frozen=True)
class PartlyRead:
    """Rows that are screened by the part of them that can be read.

    `rows` are counted from 0 in the batch (int64, shape (n,)), `which` are the places in `parts` of what is left of
    each (int32, shape (n,)), and `columns` those of the table that the parts tell. Of several that are about one row,
    a later one begins with what the earlier ones left.
    """

    rows: NDArray[np.int64]
    which: Codes
    parts: Sequence[ReadablePart]
    columns: tuple[str, ...]


def _beside(name: str, columns: Iterable[str]) -> list[str]:
    """The other columns of the fact of a column."""
    return [other for other in columns if other != name and whole_name(other)[0] == whole_name(name)[0]]


class ReadableRows:
    """Finds the classes of rows by what can be read of them; caches cells, words and combinations."""

    def __init__(self, rulebook: Rulebook, day: datetime.date, encoder: Encoder) -> None:
        self._rulebook = rulebook
        self._day = day
        self._encoder = encoder
        self._cells: BoundedCache[tuple[str, str], ReadablePart | None] = BoundedCache(_REMEMBERED)
        self._words: BoundedCache[tuple[str, str], tuple[Loss, Loss] | None] = BoundedCache(_REMEMBERED)
        self._parts: BoundedCache[str, tuple[ReadablePart, int]] = BoundedCache(_REMEMBERED)

    def keep(self, batch: Any, coded: ClassCodes) -> tuple[ClassCodes, tuple[PartlyRead, ...]]:
        """The class codes of a batch by what can be read of each company, and what that is where it is not all."""
        codes, found = list(coded.codes), list[PartlyRead]()
        for place, own in enumerate(coded.codes):
            rows = np.flatnonzero(own == 0)
            if rows.size:
                columns = self._encoder.columns_of(place)
                codes[place] = own.copy()
                codes[place][rows], partly = self._kept(place, batch.select(columns).take(pa.array(rows)), columns)
                found += (PartlyRead(rows[one.rows], one.which, one.parts, one.columns) for one in partly)
        found += self._unread_limits(batch)
        return ClassCodes(tuple(codes), coded.rows, tuple(map(len, self._encoder.vectors))), tuple(found)

    def _kept(self, group: int, table: Any, columns: Sequence[str]) -> tuple[Codes, list[PartlyRead]]:
        """The classes of rows of which something of one group cannot be read, and what is left of them."""
        cells = {name: whole_column(table.column(name)) for name in columns}
        found = [one for name in columns if self._is_apart(name, columns) for one in self._by_cell(group, name, cells)]
        left = np.arange(table.num_rows)
        codes = np.zeros(table.num_rows, np.int32)
        if found:
            codes = self._encoder.codes_of_parts(group, cells, table.num_rows)
            left = np.flatnonzero(codes == 0)
        if left.size:
            names = tuple(cells)
            table = ArrayTable({name: cells[name].take(pa.array(left)) for name in names}, left.size)
            which, given = combinations(table, names)
            read = [self._of_row(group, one) for one in given]
            codes[left] = np.array([code for _, code in read], np.int32)[which]
            found.append(PartlyRead(left, which, [part for part, _ in read], names))
        return codes, found

    def _is_apart(self, name: str, columns: Sequence[str]) -> bool:
        """Whether a cell of a column means the same whatever stands beside it, but for parts of a number."""
        fact, part = whole_name(name)
        declared = self._rulebook.facts.get(fact)
        if part or declared is None or declared.type in PLACE_TYPES:
            return False
        return declared.type in NUMBERS or not _beside(name, columns)

    def _by_cell(self, group: int, name: str, cells: dict[str, Any]) -> Iterator[PartlyRead]:
        """Puts what is left of cells that are wrong by themselves in their place; yields that."""
        held = different(cells[name])
        wrong = np.ones(len(held.values) + 1, np.bool_)
        if (unreadable := self._encoder.unreadable(group, name, cells[name])) is not None:
            wrong[:] = False  # most cells of these rows can be read, as the encoder knows
            wrong[held.places[unreadable]] = True
        each = zip(held.values, wrong.tolist(), strict=False)
        parts = [self._of_cell(name, value) if may_be else None for value, may_be in each]
        lost = np.array([*(part is not None for part in parts), False], np.bool_)
        # What stands beside a part of its fact is read with that.
        alone = ~in_part([cells[other] for other in _beside(name, cells)], held.places.size)
        rows = np.flatnonzero(lost[held.places] & alone)
        if not rows.size:
            return
        left = [
            {name: value} if part is None else cells_of(part.given)
            for part, value in zip(parts, held.values, strict=True)
        ]
        for column in dict.fromkeys((name, *(one for row in left for one in row))):
            given = [row.get(column) for row in left]
            place = np.array([*(NONE if one is None else at for at, one in enumerate(given)), NONE], np.int32)
            cells[column] = self._beside_parts(cells.get(column), given, place[held.places], alone)
        own = [part or ReadablePart({}, ()) for part in parts]
        yield PartlyRead(rows, held.places[rows], own, (name,))

    def _beside_parts(self, column: Any, given: Sequence[object], places: Codes, alone: NDArray[np.bool_]) -> Coded:
        """A column with what is given, by place, in rows that stand `alone`; other rows keep what they have."""
        if alone.all():
            return Coded(given, places)
        before = different(column) if column is not None else Different([], np.full(alone.size, NONE, np.int32))
        kept = np.where(before.places == NONE, NONE, before.places + len(given))
        return Coded([*given, *before.values], np.where(alone, places, kept).astype(np.int32))

    def _of_cell(self, name: str, value: object) -> ReadablePart | None:
        """What can be read of a cell by itself; None where all of it can."""
        key = name, repr(value)
        if key not in self._cells:
            words = self._words_of(name, value) if self._rulebook.facts[name].type in LISTS_IN_PART else None
            if words is not None and any(self._of_word(name, word) is not None for word in words):
                self._cells[key] = self._of_words(name, words)  # a list of which many differ is not read as a whole
            else:
                problems = problems_of(name, value, self._rulebook)
                self._cells[key] = self._left_of(name, value, words, problems) if problems else None
        return self._cells[key]

    def _left_of(
        self, name: str, value: object, words: Sequence[str] | None, problems: Sequence[Problem]
    ) -> ReadablePart:
        """What can be read of a cell that is wrong by itself, and is these words if it is a list."""
        if words is not None:
            return self._of_words(name, words)
        if isinstance(value, (str, int, float, Decimal)):
            return ReadablePart({}, tuple(Loss(name, problem) for problem in problems))
        return readable_part({name: value}, self._rulebook, self._day)

    def _words_of(self, name: str, value: object) -> list[str] | None:
        """The words of a list; None for what is no list of words."""
        if isinstance(value, str):
            return words_of(self._rulebook, self._rulebook.facts[name], value.strip())
        if isinstance(value, (list, tuple)) and all(isinstance(word, str) for word in value):
            return list(value)
        return None

    def _of_words(self, name: str, words: Sequence[str]) -> ReadablePart:
        """What can be read of a list, each word of which is read once, whichever lists it stands in."""
        read = [(word, self._of_word(name, word)) for word in words]
        left = [word for word, loss in read if loss is None]
        lost = (loss[bool(left)] for _, loss in read if loss is not None)
        return ReadablePart({name: {YES: left}} if left else {}, tuple(lost))

    def _of_word(self, name: str, word: str) -> tuple[Loss, Loss] | None:
        """The loss of a word where no other of its list can be read, and where some can; None where it can itself."""
        key = name, word
        if key not in self._words:
            problems = problems_of(name, [word], self._rulebook)
            self._words[key] = (Loss(name, problems[0]), Loss(name, problems[0], in_part=True)) if problems else None
        return self._words[key]

    def _of_row(self, group: int, given: Mapping[str, object]) -> tuple[ReadablePart, int]:
        """What can be read of a row's columns of one group, and its class."""
        key = f"{group} {given!r}"
        if key not in self._parts:
            part = readable_part(profile_of(given), self._rulebook, self._day)
            self._parts[key] = part, self._encoder.class_of(group, part.given)
        return self._parts[key]

    def _unread_limits(self, batch: Any) -> Iterator[PartlyRead]:
        """The limits of which something is said that cannot be read; these are encoded as unknown."""
        for name in self._encoder.columns:
            key = limit_key(name)
            cells = different(whole_column(batch.column(name))) if key is not None else None
            if cells is None or all(is_unknown(value) or read_truth(value) is not None for value in cells.values):
                continue
            said = [{LIMITS: {str(key): value}} for value in cells.values]
            parts = [readable_part(one, self._rulebook, self._day) for one in said]
            lost = np.array([*(bool(part.losses) for part in parts), False], np.bool_)
            rows = np.flatnonzero(lost[cells.places])
            if rows.size:
                yield PartlyRead(rows, cells.places[rows], parts, (name,))
