"""Encoders of columns that are read together: each distinct combination of their values is read once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, Coded, different, is_list, lists
from applicability.bulk.engine.column_encoders import (
    MISSING,
    EncodedValue,
    Read,
    Reads,
    SingleEncoder,
    word_by_word,
)
from applicability.bulk.engine.intern import InternTable
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray, PairTable
from applicability.loading.profile.parts import parts_given

# The key under which equal values are merged.
Alike = Callable[[object], Hashable]


class CombinedEncoder:
    """Encodes columns that are read together: a value depends on the others, or a list must be read as a whole.

    `alike` gives for a fact the key under which its values, or the words of its lists, are merged; by default how they
    are written.
    """

    def __init__(
        self,
        facts: Sequence[str],
        read: Read,
        reads: Reads,
        *,
        alike: Mapping[str, Alike] | None = None,
        exact: bool = False,
        whole: SingleEncoder | None = None,
    ) -> None:
        self.facts = tuple(facts)
        self._raw = [RawColumn((alike or {}).get(fact, _written)) for fact in facts]
        self._numbers = CombinationIndex(len(facts))
        # Given where another encoder numbers the same values.
        self._whole = whole or SingleEncoder("", read, reads, exact=exact)
        self._codes = GrowingArray()

    @property
    def atoms(self) -> list[EncodedValue]:
        """What each code stands for, indexed by code."""
        return self._whole.atoms

    @property
    def held(self) -> int:
        """How many distinct values are cached."""
        return len(self._codes) + sum(len(raw.given) for raw in self._raw)

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row (int32, shape (rows,))."""
        found = self._numbers([raw.codes(table[fact]) for fact, raw in zip(self.facts, self._raw, strict=True)])
        for parts in self._numbers.parts[len(self._codes) :]:
            values = [raw.given[part] for raw, part in zip(self._raw, parts, strict=True)]
            given = {fact: value for fact, value in zip(self.facts, values, strict=True) if value is not None}
            self._codes.append(self._whole.told(parts_given(given)) if given else MISSING)
        return self._codes.at(found)


class PartlyToldEncoder:
    """Encodes a number that most rows tell whole and some in part. Those are read together, the others by the encoder
    of the whole fact, which numbers both.
    """

    def __init__(self, whole: SingleEncoder, both: CombinedEncoder) -> None:
        self.facts = both.facts
        self._whole, self._both = whole, both
        self._parts = [fact for fact in both.facts if fact not in whole.facts]

    @property
    def atoms(self) -> list[EncodedValue]:
        """What each code stands for, indexed by code."""
        return self._whole.atoms

    @property
    def held(self) -> int:
        """How many distinct values are cached."""
        return self._whole.held + self._both.held

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row (int32, shape (rows,))."""
        codes = self._whole.codes(table)
        rows = np.flatnonzero(in_part([table[fact] for fact in self._parts], codes.size))
        if rows.size:
            codes = codes.copy()
            codes[rows] = self._both.codes({fact: table[fact].take(rows) for fact in self.facts})
        return codes


def in_part(parts: Sequence[Any], rows: int) -> NDArray[np.bool_]:
    """The rows of which one of these columns tells a part of their fact (bool, shape (rows,))."""
    told = np.zeros(rows, np.bool_)
    for column in parts:
        if not (isinstance(column, Coded) and not column.values):
            told |= different(column).places != NONE
    return told


class RawColumn:
    """The distinct raw values of a column, the first of each merge key; code 0 is a missing value."""

    def __init__(self, alike: Alike) -> None:
        self.given: list[object] = [None]
        self._alike = alike
        self._codes: dict[object, int] = {}
        self._values, self._words = InternTable(), InternTable()
        self._longer = PairTable(self._appended)

    def codes(self, array: Any) -> Codes:
        """The code of each row (int32, shape (rows,))."""
        if not is_list(array):
            return self._values.codes(different(array), self._code, MISSING)
        found = lists(array)
        words = self._words.codes(found.words, lambda word: self._code([word]), MISSING)
        codes = np.full(len(array), MISSING, np.int32)
        if (empty := found.empty).size:
            codes[empty] = self._code([])
        return word_by_word(found, words, codes, self._longer)

    def _code(self, value: object) -> int:
        key = (list, *map(self._alike, value)) if isinstance(value, list) else self._alike(value)
        code = self._codes.setdefault(key, len(self.given))
        if code == len(self.given):
            self.given.append(value)
        return code

    def _appended(self, held: int, word: int) -> int:
        one, other = self.given[held], self.given[word]
        assert isinstance(one, list)
        assert isinstance(other, list)
        return self._code([*one, *other])


def _written(value: object) -> Hashable:
    return type(value), repr(value)
