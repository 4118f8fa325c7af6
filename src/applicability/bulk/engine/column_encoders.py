"""Encoders of columns: each distinct value is read once by the profile reader and becomes a class code.

An encoder gives each row a code: 0 for a missing value, 1 for one that cannot be read, 2 and above for values; values
that no leaf distinguishes share a code. `atoms[code]` is what a code stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import NONE, Different, Lists, bare, different, is_list, lists
from applicability.bulk.engine.intern import InternTable
from applicability.bulk.engine.pair_table import Codes, PairTable
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.loading.yaml.scalars import read_truth
from applicability.model.facts import Facts, NotRead, Value
from applicability.model.leaf_kinds import LIMITS, limit_key
from applicability.model.verdict import Verdict

# Parses the facts of a profile, without derivations. Raises ProfileError.
Read = Callable[[Mapping[str, object]], Facts]
# The verdicts of the leaves that read a column, one byte each.
VerdictBytes = bytes
Reads = Callable[[Facts], VerdictBytes]

MISSING, UNREADABLE = 0, 1
# A verdict of 0 to 4 as that many bits set, and back.
_STEPS = bytes((1 << verdict) - 1 for verdict in range(len(Verdict))).ljust(256, b"\0")
_VERDICTS = bytes(steps.bit_length() for steps in range(256))


# A number as text, of so few digits that it is on the same side of a limit as its float.
_PLAIN = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,3})?")


@dataclass(frozen=True)
class EncodedValue:
    """A class of values that the rules do not distinguish: one sample's facts, and the verdict of each leaf."""

    facts: Facts
    vector: VerdictBytes


class ColumnEncoder(Protocol):
    """Codes for one column of a table, or for several that are read together."""

    facts: tuple[str, ...]

    @property
    def atoms(self) -> Sequence[EncodedValue]:
        """What each code stands for, indexed by code."""

    @property
    def held(self) -> int:
        """How many distinct values are cached."""

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row (int32, shape (rows,)). `table` maps column names to Arrow arrays."""


class SingleEncoder:
    """Encodes a column with one value per row, or with lists where any one word can satisfy a leaf.

    With `exact`, values share a code only if they are equal; otherwise if every leaf decides them the same.
    """

    def __init__(self, fact: str, read: Read, reads: Reads, *, exact: bool = False) -> None:
        self.facts: tuple[str, ...] = (fact,)
        self._fact = fact
        self._read = read
        self._reads = reads
        self._exact = exact
        nothing = read({})
        missing = EncodedValue(nothing, reads(nothing))
        self.atoms: list[EncodedValue] = [missing, missing]
        self._ids: dict[object, int] = {self._key(missing): MISSING}
        self._known = InternTable()

    @property
    def held(self) -> int:
        """How many distinct values are cached."""
        return len(self._known) + len(self.atoms)

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row (int32, shape (rows,))."""
        return self._coded(different(table[self._fact]))

    def _coded(self, found: Different) -> Codes:
        return self._known.codes(found, self._code, MISSING)

    def _code(self, value: object) -> int:
        return self.told(self._given(value))

    def told(self, given: Mapping[str, object]) -> int:
        """The code of a profile with these facts."""
        try:
            facts = self._read(given)
        except ProfileError:
            return UNREADABLE
        return self._join(EncodedValue(facts, self._reads(facts)))

    def _given(self, value: object) -> Mapping[str, object]:
        return {self._fact: value}

    def _join(self, atom: EncodedValue) -> int:
        code = self._ids.setdefault(self._key(atom), len(self.atoms))
        if code == len(self.atoms):
            self.atoms.append(atom)
        return code

    def _key(self, atom: EncodedValue) -> object:
        return (atom.vector, frozenset(atom.facts.values.items())) if self._exact else atom.vector


class FindingEncoder(SingleEncoder):
    """Encodes the column of an authority's finding on one judgement."""

    def __init__(self, column: str, key: str, read: Read, reads: Reads) -> None:
        self._judgement = key
        super().__init__(column, read, reads)

    def _given(self, value: object) -> Mapping[str, object]:
        return {"determinations": {self._judgement: value}}


class LimitEncoder(SingleEncoder):
    """Encodes whether one limit is kept. A cell that is neither yes nor no is unknown; it does not reject the row."""

    def _given(self, value: object) -> Mapping[str, object]:
        return limits_given({self._fact: value})


def limits_given(cells: Mapping[str, object]) -> dict[str, object]:
    """The `limits` entry of a profile, from cells keyed by column name (`limits.57.taiwan`)."""
    said = {limit_key(name): cell if read_truth(cell) is not None else NotRead.UNKNOWN for name, cell in cells.items()}
    return {LIMITS: said} if said else {}


class NumberEncoder(SingleEncoder):
    """Encodes a column of numbers, which are classed by the bounds in rules and in the fact's declaration: one number
    of each class is read.
    """

    def __init__(self, fact: str, read: Read, reads: Reads, limits: Sequence[float], *, exact: bool = False) -> None:
        # A float is read as Python prints it; beyond these it prints an exponent, which the reader does not accept.
        written = (0.0, 1e-4, -1e-4, 1e16, -1e16)
        self._limits = np.unique(np.array([*limits, *written], np.float64))
        # The codes below, at and above each limit in turn; then of NaN, and of a missing value.
        self._sides: Codes = np.full(2 * self._limits.size + 3, NONE, np.int32)
        self._sides[-1] = MISSING
        super().__init__(fact, read, reads, exact=exact)

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row (int32, shape (rows,))."""
        array = table[self._fact]
        if self._exact or not isinstance(array, pa.Array) or not pa.types.is_float64(array.type):
            return super().codes(table)
        numbers, missing = bare(array)
        sides = np.zeros(len(array), np.intp)
        for limit in self._limits:  # rules set few limits: several times as fast as searchsorted
            sides += numbers > limit
            sides += numbers >= limit
        sides[np.isnan(numbers)] = -2
        if missing is not None:
            sides[missing] = -1
        codes: Codes = self._sides[sides]
        if codes.min(initial=MISSING) == NONE:
            for side in np.unique(sides[codes == NONE]).tolist():
                self._sides[side] = self._code(float(numbers[np.argmax(sides == side)]))
            codes = self._sides[sides]
        return codes

    def _code(self, value: object) -> int:
        if self._exact or not isinstance(value, str) or _PLAIN.fullmatch(value) is None:
            return super()._code(value)
        number = float(value)
        side = bisect_left(self._limits, number) + bisect_right(self._limits, number)
        if self._sides[side] == NONE:
            self._sides[side] = super()._code(value)
        return int(self._sides[side])


class ListEncoder(SingleEncoder):
    """Encodes a column of lists word by word: a leaf is satisfied if any word satisfies it."""

    def __init__(self, fact: str, read: Read, reads: Reads, *, exact: bool = False) -> None:
        super().__init__(fact, read, reads, exact=exact)
        self._with = PairTable(self._both)
        self._empty: int | None = None
        self._unreadable: dict[str, bool] = {}

    @property
    def held(self) -> int:
        """How many distinct values are cached."""
        return super().held + len(self._unreadable)

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row (int32, shape (rows,)); a single text counts as a list of one."""
        array = table[self._fact]
        if not is_list(array):
            return super().codes(table)
        found = lists(array)
        words = self._coded(found.words)
        codes = np.full(len(array), MISSING, np.int32)
        if (empty := found.empty).size:
            codes[empty] = self._none()
        return word_by_word(found, words, codes, self._with)

    def _code(self, value: object) -> int:
        # Most lists that cannot be read differ, in words that many of them share.
        if isinstance(value, list) and len(value) > 1 and any(map(self._is_unreadable, value)):
            return UNREADABLE
        return super()._code(value)

    def _is_unreadable(self, word: object) -> bool:
        """Whether a word cannot be read, in whichever list it stands."""
        if not isinstance(word, str):
            return False
        known = self._unreadable.get(word)
        if known is None:
            known = self._unreadable[word] = super()._code([word]) == UNREADABLE
        return known

    def _given(self, value: object) -> Mapping[str, object]:
        return {self._fact: value if isinstance(value, list | Mapping) else [value]}

    def _none(self) -> int:
        if self._empty is None:
            facts = self._read({self._fact: []})
            self._empty = self._join(EncodedValue(facts, self._reads(facts)))
        return self._empty

    def _both(self, held: int, word: int) -> int:
        if UNREADABLE in (held, word):
            return UNREADABLE
        one, other = self.atoms[held], self.atoms[word]
        vector = _highest(one.vector, other.vector)
        if not self._exact and (known := self._ids.get(vector)) is not None:
            return known
        value = _union(one.facts.values.get(self._fact), other.facts.values.get(self._fact))
        values = {} if value is None else {self._fact: value}
        return self._join(EncodedValue(Facts(values, one.facts.whereabouts, one.facts.as_of), vector))


def word_by_word(found: Lists, words: Codes, codes: Codes, joined: PairTable) -> Codes:
    """Codes for lists: the first word's code, combined with each further word; rows without words keep their code."""
    rows = np.flatnonzero(found.lengths != 0)  # flatnonzero is many times as fast on booleans as on numbers
    starts, lengths = found.starts.take(rows), found.lengths.take(rows)
    held = words.take(starts)
    place, left = 1, np.flatnonzero(lengths > 1)
    while left.size:
        held[left] = joined(held.take(left), words.take(starts.take(left) + place))
        place += 1
        left = left.take(np.flatnonzero(lengths.take(left) > place))
    codes[rows] = held
    return codes


def _highest(one: VerdictBytes, other: VerdictBytes) -> VerdictBytes:
    """The higher of two verdicts for each leaf: with one bit per level reached, a single OR does all leaves."""
    steps = int.from_bytes(one.translate(_STEPS), "big") | int.from_bytes(other.translate(_STEPS), "big")
    return steps.to_bytes(len(one), "big").translate(_VERDICTS)


def _union(one: Value | None, other: Value | None) -> Value | None:
    """The union or concatenation of two lists."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one | other
    if isinstance(one, tuple) and isinstance(other, tuple):
        return cast("Value", (*one, *other))
    return one if other is None else other
