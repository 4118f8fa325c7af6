"""Encodes the columns of a table as class codes: one integer column for each group of facts.

Code 0 of a group is a company whose values there cannot be read or contradict each other; every other code is a class
of companies that no rule distinguishes by that group. Classes keep their codes for the life of an encoder.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.column_encoders import (
    UNREADABLE,
    ColumnEncoder,
    FindingEncoder,
    LimitEncoder,
    ListEncoder,
    NumberEncoder,
    Read,
    SingleEncoder,
)
from applicability.bulk.engine.combined_encoders import CombinedEncoder, PartlyToldEncoder
from applicability.bulk.engine.group_encoder import GroupClasses, GroupEncoder
from applicability.bulk.engine.groups import FactGroup, groups_of, only
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.place_leaves import PlaceReadings, place_names
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.parts import whole_name
from applicability.model.conditions import Number
from applicability.model.derive import derive
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import NUMBERS, Facts
from applicability.model.leaf_kinds import FINDING, limit_key
from applicability.model.rulebook import Rulebook

# Distinct values and combinations of one group that are cached from one batch to the next.
_REMEMBERED = 500_000


@dataclass(frozen=True)
class ClassCodes:
    """The companies of a batch as class codes: per group an int32 array of shape (rows,), in the encoder's order.

    `classes` is the number of classes of each group when the batch was encoded.
    """

    codes: tuple[Codes, ...]
    rows: int
    classes: tuple[int, ...]


class Encoder:
    """Encodes tables with fixed columns, for one rulebook and one day. Not thread-safe.

    `columns` are facts that the rulebook declares and parts of them (`activities.yes`), `determinations.KEY` for
    judgements, and `limits.KEY`; others are a KeyError.
    """

    def __init__(self, rulebook: Rulebook, day: datetime.date, columns: Iterable[str], read: Read) -> None:
        self.rulebook = rulebook
        self.columns = tuple(columns)
        groups = groups_of(rulebook)
        if strangers := set(self.columns) - {fact for group in groups for fact in group.facts}:
            raise KeyError(*sorted(strangers))
        self._readers = tuple(GroupReader(group, self.columns, rulebook, day, read) for group in groups)

    @property
    def groups(self) -> tuple[FactGroup, ...]:
        """The groups of facts, one column of codes each."""
        return tuple(reader.group for reader in self._readers)

    @property
    def vectors(self) -> tuple[Sequence[bytes], ...]:
        """Per group, the verdicts of its leaves for each class, indexed by code; the entry of code 0 is meaningless."""
        return tuple(reader.classes.vectors for reader in self._readers)

    def class_of(self, group: int, given: Mapping[str, object]) -> int:
        """The class of a profile that can be read, by the group at that place."""
        return self._readers[group].class_of(given)

    def columns_of(self, group: int) -> tuple[str, ...]:
        """The columns that the group at that place reads."""
        return self._readers[group].columns

    def codes_of_parts(self, group: int, table: Mapping[str, Any], rows: int) -> Codes:
        """The class of each row by the group at that place (int32, shape (rows,)); the table may have columns of parts
        of facts beside the encoder's own.
        """
        return self._readers[group].codes_of_parts(table, rows)

    def unreadable(self, group: int, fact: str, column: Any) -> NDArray[np.bool_] | None:
        """Where a column of one fact has a value that cannot be read by itself (bool, shape (rows,)); None where that
        takes other columns, or another encoder than the group at that place has.
        """
        return self._readers[group].unreadable(fact, column)

    def encode(self, table: Mapping[str, Any], rows: int) -> ClassCodes:
        """The class codes of a batch. `table` maps column names to Arrow arrays of length `rows`."""
        codes = tuple(reader.codes(table, rows) for reader in self._readers)
        return ClassCodes(codes, rows, tuple(len(reader.classes.vectors) for reader in self._readers))


@functools.lru_cache(maxsize=4)
def _silent(rows: int) -> Codes:
    """The codes of a group that no column feeds: one shared read-only array of ones (int32, shape (rows,))."""
    codes = np.ones(rows, np.int32)
    codes.flags.writeable = False
    return codes


class GroupReader:
    """Encodes the columns of one group of facts as its classes."""

    def __init__(
        self,
        group: FactGroup,
        columns: Iterable[str],
        rulebook: Rulebook,
        day: datetime.date,
        read: Read,
        beside: GroupReader | None = None,
    ) -> None:
        self.group = group
        self.columns = tuple(fact for fact in columns if fact in group.facts)
        self._whole, self._rulebook = rulebook, only(rulebook, group.derivations)
        self._day = day
        self._read = read
        self._told_apart = (*group.leaves, *group.behind)
        nothing = read({})
        # Another reader of the same group, of other columns, has numbered classes, and knows values of facts.
        self._beside = beside
        self.classes: GroupClasses = (
            beside.classes
            if beside is not None
            else GroupClasses(bytes(leaf_verdict(leaf, nothing, rulebook) for leaf in group.leaves))
        )
        # Facts that others are derived from, such as investors; given together with the derived fact, exact values can
        # clash.
        self._sources = tuple(fact for fact in self.columns if self._type(fact) == "investors")
        self._forget()

    @functools.cached_property
    def _places(self) -> PlaceReadings:
        return PlaceReadings(self._rulebook, self._told_apart)

    def codes(self, table: Mapping[str, Any], rows: int) -> Codes:
        """The class of each row (int32, shape (rows,))."""
        if not self.columns:
            return _silent(rows)
        if self._beside is None and self._held() > _REMEMBERED:
            self._forget()
        found = self._alike.codes(table, rows)
        if self._sources:
            told = np.flatnonzero(np.logical_or.reduce([np.asarray(table[fact].is_valid()) for fact in self._sources]))
            if told.size:
                some = {fact: table[fact].take(told) for fact in self.columns}
                found[told] = self._exact.codes(some, told.size)
        return found

    def codes_of_parts(self, table: Mapping[str, Any], rows: int) -> Codes:
        """The class of each row (int32, shape (rows,)) of a table with columns of parts of facts beside its own."""
        if self._held() > _REMEMBERED:
            self._forget()
        columns = tuple(table)
        if columns not in self._of_parts:
            self._of_parts[columns] = GroupReader(self.group, columns, self._whole, self._day, self._read, self)
        return self._of_parts[columns].codes(table, rows)

    def unreadable(self, fact: str, column: Any) -> NDArray[np.bool_] | None:
        """Where a column of one fact has a value that cannot be read by itself (bool, shape (rows,)); None where there
        is no encoder for that.
        """
        member = self._members.get((fact, False)) or self._members.get((fact, True))
        return None if member is None else member.codes({fact: column}) == UNREADABLE

    def class_of(self, given: Mapping[str, object]) -> int:
        """The class of a profile that can be read."""
        facts, clashes = derive(self._read(given), self._rulebook)
        assert not clashes, clashes
        return self.classes.of(bytes(leaf_verdict(leaf, facts, self._rulebook) for leaf in self.group.leaves))

    def _held(self) -> int:
        """How many values and combinations are cached, those of encoders that several share once."""
        readers = (self, *self._of_parts.values())
        encoders = [one for reader in readers for one in (reader._alike, reader._exact)]
        members = {id(member): member for one in encoders for member in one.members}
        return sum(one.combinations for one in encoders) + sum(member.held for member in members.values())

    def _forget(self) -> None:
        """Drops the cached values, and the readers of parts with theirs; the classes stay."""
        self._members: dict[tuple[str, bool], ColumnEncoder] = {} if self._beside is None else self._beside._members
        self._of_parts: dict[tuple[str, ...], GroupReader] = {}
        by_condition = {one.gives for one in self.group.derivations if one.when is not None}
        self._alike = self._joint([fact for fact in self.columns if fact not in self._sources], by_condition)
        self._exact = self._joint(self.columns, {one.gives for one in self.group.derivations})

    def _joint(self, facts: Sequence[str], exact: set[str]) -> GroupEncoder:
        """The encoder of these facts; those in `exact` merge equal values only, since a derived value can contradict
        them.
        """
        place = [fact for fact in facts if self._type(fact) in ("place", "zones", "zone_types")]
        columns: dict[str, list[str]] = {}
        for fact in facts:
            if fact not in place:
                columns.setdefault(whole_name(fact)[0], []).append(fact)
        alike = {fact: place_names(self._rulebook.gazetteer, self._type(fact)) for fact in place}
        members: list[ColumnEncoder] = [CombinedEncoder(place, self._read, self._places, alike=alike)] if place else []
        members += [self._of_fact(fact, own, exact=fact in exact) for fact, own in columns.items()]
        return GroupEncoder(members, self.group.leaves, self.classes, self._rulebook, self._day)

    def _of_fact(self, fact: str, own: Sequence[str], *, exact: bool) -> ColumnEncoder:
        """The encoder of the columns of one fact.

        Of what is known in part all is read together: no maximum over words tells what is not in a list.
        """
        if own == [fact]:
            if (fact, exact) not in self._members:
                self._members[fact, exact] = self._member(fact, exact=exact)
            return self._members[fact, exact]
        if fact in own and self._type(fact) in NUMBERS:
            whole = NumberEncoder(fact, self._read, self._reads, self._limits(fact), exact=exact)
            return PartlyToldEncoder(whole, CombinedEncoder(own, self._read, self._reads, whole=whole))
        return CombinedEncoder(own, self._read, self._reads, exact=exact)

    def _member(self, fact: str, *, exact: bool) -> ColumnEncoder:
        match self._type(fact):
            case "finding":
                return FindingEncoder(fact, fact.removeprefix(FINDING), self._read, self._reads)
            case "limit":
                return LimitEncoder(fact, self._read, self._reads)
            case "investors":
                return CombinedEncoder([fact], self._read, self._reads, exact=True)
            case "percent" | "number":
                return NumberEncoder(fact, self._read, self._reads, self._limits(fact), exact=exact)
            case "sector" | "activities" | "choices":
                return ListEncoder(fact, self._read, self._reads, exact=exact)
            case _:
                return SingleEncoder(fact, self._read, self._reads, exact=exact)

    def _type(self, fact: str) -> str:
        if limit_key(fact) is not None:
            return "limit"
        return "finding" if fact.startswith(FINDING) else self._rulebook.facts[whole_name(fact)[0]].type

    def _limits(self, fact: str) -> list[float]:
        declared = self._rulebook.facts[fact]
        bounds = [leaf.bounds for leaf in self._told_apart if isinstance(leaf, Number) and leaf.fact == fact]
        limits = [limit for each in bounds for _, limit in each]
        ends = [one for one in (declared.minimum, declared.maximum) if one is not None]
        return [float(one) for one in (*limits, *ends, *((0, 100) if declared.type == "percent" else ()))]

    def _reads(self, facts: Facts) -> bytes:
        """The verdict of each leaf of the group that rules or derivations read."""
        return bytes(leaf_verdict(leaf, facts, self._rulebook) for leaf in self._told_apart)
