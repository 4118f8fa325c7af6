"""The values of a column as the rules tell them apart: each different value is read once, by the reader of profiles.

A member gives each row a code: 0 where the value is missing, 1 where it cannot be read, 2 and more for values; values
that every leaf reads alike are one. `atoms` holds what a code stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol, cast

import numpy as np
import pyarrow as pa

from applicability.bulk.engine.arrays import NONE, Different, Lists, bare, different, is_list, lists
from applicability.bulk.engine.intern import InternTable
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray, PairTable
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.parts import parts_given
from applicability.loading.yaml.scalars import read_truth
from applicability.model.facts import Facts, NotRead, Value
from applicability.model.leaf_kinds import LIMITS, limit_key
from applicability.model.verdict import Verdict

# What a profile of those facts means, before anything is derived from it. Raises ProfileError.
Read = Callable[[Mapping[str, object]], Facts]
# What a value is one with others by.
Alike = Callable[[object], Hashable]
# The verdicts of the leaves that read a member, a byte each.
VerdictBytes = bytes
Reads = Callable[[Facts], VerdictBytes]

MISSING, UNREADABLE = 0, 1
# A verdict of 0 to 4 as so many bits, and back.
_STEPS = bytes((1 << verdict) - 1 for verdict in range(len(Verdict))).ljust(256, b"\0")
_VERDICTS = bytes(steps.bit_length() for steps in range(256))


@dataclass(frozen=True)
class EncodedValue:
    """Values that are one to the rules: what one of them means, and the verdict of each leaf."""

    facts: Facts
    vector: VerdictBytes


class ColumnEncoder(Protocol):
    """Codes for one column of a table, or for several that are read together."""

    facts: tuple[str, ...]

    @property
    def atoms(self) -> Sequence[EncodedValue]:
        """What a code stands for."""

    @property
    def held(self) -> int:
        """How many different values are remembered."""

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row of a table: Arrow arrays by name, among them those of `facts`."""


class SingleEncoder:
    """A column whose rows hold one value each, or lists of which any word can meet a leaf.

    `exact`: values are one only where they mean the same; otherwise where every leaf reads them alike.
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
        """How many different values are remembered."""
        return len(self._known) + len(self.atoms)

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row."""
        return self._coded(different(table[self._fact]))

    def _coded(self, found: Different) -> Codes:
        return self._known.codes(found, self._code, MISSING)

    def _code(self, value: object) -> int:
        return self.told(self._given(value))

    def told(self, given: Mapping[str, object]) -> int:
        """The code of what those facts of a profile say."""
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
    """What an authority found on one judgement."""

    def __init__(self, column: str, key: str, read: Read, reads: Reads) -> None:
        self._judgement = key
        super().__init__(column, read, reads)

    def _given(self, value: object) -> Mapping[str, object]:
        return {"determinations": {self._judgement: value}}


class LimitEncoder(SingleEncoder):
    """Whether uses keep one limit. A cell that says neither yes nor no is unknown, and no reason to refuse a row."""

    def __init__(self, column: str, read: Read, reads: Reads) -> None:
        super().__init__(column, read, reads)

    def _given(self, value: object) -> Mapping[str, object]:
        return limits_given({self._fact: value})


def limits_given(cells: Mapping[str, object]) -> dict[str, object]:
    """What a profile would say of limits, from cells by the names of their columns (`limits.57.taiwan`)."""
    said = {limit_key(name): cell if read_truth(cell) is not None else NotRead.UNKNOWN for name, cell in cells.items()}
    return {LIMITS: said} if said else {}


class NumberEncoder(SingleEncoder):
    """A column of numbers; floats are told apart by the limits that rules, or the fact itself, set, not one by one."""

    def __init__(self, fact: str, read: Read, reads: Reads, limits: Sequence[float], *, exact: bool = False) -> None:
        # A float is read as Python writes it; smaller and larger ones are written with an exponent, which nobody reads.
        written = (0.0, 1e-4, -1e-4, 1e16, -1e16)
        self._limits = np.unique(np.array([*limits, *written], np.float64))
        # The code on each side of a limit and at it, in their order; then of what is no number, and of nothing.
        self._sides: Codes = np.full(2 * self._limits.size + 3, NONE, np.int32)
        self._sides[-1] = MISSING
        super().__init__(fact, read, reads, exact=exact)

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row."""
        array = table[self._fact]
        if self._exact or not isinstance(array, pa.Array) or not pa.types.is_float64(array.type):
            return super().codes(table)
        numbers, missing = bare(array)
        sides = np.zeros(len(array), np.intp)
        for limit in self._limits:  # for the few that rules set, several times as fast as a search among them
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


class ListEncoder(SingleEncoder):
    """A column of lists. A leaf that any word of a list meets is met, so a list is read word by word."""

    def __init__(self, fact: str, read: Read, reads: Reads, *, exact: bool = False) -> None:
        super().__init__(fact, read, reads, exact=exact)
        self._with = PairTable(self._both)
        self._empty: int | None = None

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row; where a row holds one text, it stands for a list of one."""
        array = table[self._fact]
        if not is_list(array):
            return super().codes(table)
        found = lists(array)
        words = self._coded(found.words)
        codes = np.full(len(array), MISSING, np.int32)
        if (empty := found.empty).size:
            codes[empty] = self._none()
        return word_by_word(found, words, codes, self._with)

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


class CombinedEncoder:
    """Columns that are read together, because what one says depends on the others, or a list because of its whole.

    `alike` gives for facts what their values, or the words of these, are one by: by how they are written, if by nothing
    else.
    """

    def __init__(
        self,
        facts: Sequence[str],
        read: Read,
        reads: Reads,
        *,
        alike: Mapping[str, Alike] | None = None,
        exact: bool = False,
    ) -> None:
        self.facts = tuple(facts)
        self._raw = [RawColumn((alike or {}).get(fact, _written)) for fact in facts]
        self._numbers = CombinationIndex(len(facts))
        self._whole = SingleEncoder("", read, reads, exact=exact)
        self._codes = GrowingArray()

    @property
    def atoms(self) -> list[EncodedValue]:
        """What a code stands for."""
        return self._whole.atoms

    @property
    def held(self) -> int:
        """How many different values are remembered."""
        return len(self._codes) + sum(len(raw.given) for raw in self._raw)

    def codes(self, table: Mapping[str, Any]) -> Codes:
        """The code of each row."""
        found = self._numbers([raw.codes(table[fact]) for fact, raw in zip(self.facts, self._raw, strict=True)])
        for parts in self._numbers.parts[len(self._codes) :]:
            values = [raw.given[part] for raw, part in zip(self._raw, parts, strict=True)]
            given = {fact: value for fact, value in zip(self.facts, values, strict=True) if value is not None}
            self._codes.append(self._whole.told(parts_given(given)) if given else MISSING)
        return self._codes.at(found)


class RawColumn:
    """The different values of a column as they are given, of those that are alike the first; code 0 is none."""

    def __init__(self, alike: Alike) -> None:
        self.given: list[object] = [None]
        self._alike = alike
        self._codes: dict[object, int] = {}
        self._values, self._words = InternTable(), InternTable()
        self._longer = PairTable(self._appended)

    def codes(self, array: Any) -> Codes:
        """The code of each row."""
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


def word_by_word(found: Lists, words: Codes, codes: Codes, joined: PairTable) -> Codes:
    """Codes for lists: that of the first word, then joined with each next; rows without words keep their code."""
    rows = np.flatnonzero(found.lengths != 0)  # of truths many times as fast as of numbers
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
    """Of each leaf the higher of two verdicts: with a bit for each level that is reached, all at once by OR."""
    steps = int.from_bytes(one.translate(_STEPS), "big") | int.from_bytes(other.translate(_STEPS), "big")
    return steps.to_bytes(len(one), "big").translate(_VERDICTS)


def _union(one: Value | None, other: Value | None) -> Value | None:
    """Both lists as one."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one | other
    if isinstance(one, tuple) and isinstance(other, tuple):
        return cast("Value", (*one, *other))
    return one if other is None else other
