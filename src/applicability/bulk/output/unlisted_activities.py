"""Notes on activities that complete lists perhaps leave out, as a check tells them.

An activity is noted where the sector, a licence or another activity of a company makes it likely, its list is complete
and lacks it, and with it alone a measure would not be shut. Nothing was lost: such a note has no code.

What makes an activity likely is looked up once for each distinct cell, and whether it would open a measure once for
each combination of classes that the measure tells apart: a register of which no list lacks a likely activity costs its
distinct cells. What a list gives besides an activity follows from the verdicts of its leaves, so that no company is
encoded anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from applicability.analysis.plausibility import facts_of_likely, makes_likely
from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, ArrayTable, different
from applicability.bulk.engine.distinct import distinct, distinct_combinations
from applicability.bulk.engine.groups import groups_of
from applicability.bulk.engine.minmax_terms import ClassTable
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.engine.row_profiles import combinations, profile_of, whole_column
from applicability.bulk.engine.verdict_bits import VerdictBits
from applicability.bulk.output.business_told import names_of_columns
from applicability.bulk.output.first_reasons import Classes, KnownKinds, Vectors, kinds_read
from applicability.bulk.output.loss_headings import heading_of
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.columns.derived_facts import Origin
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.bulk.register.fact_reader import FactRows
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import All, Condition, Does, Leaf, fold, leaves, transform
from applicability.model.facts import Facts, Value
from applicability.model.measure import Measure
from applicability.model.places import Whereabouts
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language.plausible import lacking_because
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Lang

ACTIVITIES = "activities"
# What a cell holds is read once, and so is what it makes likely; so many are cached, and so many notes.
_REMEMBERED = 1 << 15
_WIDTH = 64
_ELIGIBLE, _INELIGIBLE = int(Verdict.ELIGIBLE), int(Verdict.INELIGIBLE)
_Bits = NDArray[np.uint64]
_Because = tuple[tuple[str, str], ...]
# The verdict of a condition for a company of those classes.
_VerdictOf = Callable[[Vectors, Classes], int]


@dataclass(frozen=True)
class _Held:
    """What the rows hold of one fact: the distinct values (None where none can be read), and the index of each row's
    (int32, shape (rows,)).
    """

    values: Sequence[Value | None]
    places: Codes


class UnlistedActivities:
    """Finds the likely activities that complete lists lack, and that alone shut one of some measures."""

    def __init__(self, rulebook: Rulebook, day: datetime.date, measures: Sequence[Measure], lang: Lang) -> None:
        self._rulebook, self._day, self._lang = rulebook, day, lang
        self._words = ConditionRenderer(rulebook, Facts({}, Whereabouts(), day))
        self._asked: dict[str, tuple[frozenset[str], tuple[Measure, ...]]] = {}
        for activity, one in rulebook.sectors.activities.items():
            carried = rulebook.sectors.closed_up([activity])
            asking = tuple(measure for measure in measures if carried & measure.activities)
            if one.likely_for and asking:
                self._asked[activity] = carried, asking
        self._activities = tuple(self._asked)
        self._telling = tuple(dict.fromkeys(fact for one in self._asked for fact in facts_of_likely(one, rulebook)))
        self._derived = frozenset(one.gives for one in rulebook.derivations)
        self._cells: BoundedCache[str, Mapping[str, Value]] = BoundedCache(_REMEMBERED)
        self._masks: BoundedCache[str, int] = BoundedCache(_REMEMBERED)
        self._notes: BoundedCache[tuple[str, str, _Because], Note] = BoundedCache(_REMEMBERED)
        self._kinds: dict[tuple[str, ...], KnownKinds] = {}
        self._opened: dict[tuple[tuple[str, ...], str, tuple[str, int]], _Opened] = {}

    def notes(
        self,
        read: FactRows,
        partly: Sequence[PartlyRead],
        table: ClassTable,
        codes: Sequence[Codes],
        found: VerdictBits,
    ) -> Notes:
        """The notes on rows, in their order; `table` has the classes that `codes` are of."""
        if not self._asked or not {ACTIVITIES}.intersection((*read.facts, *self._derived)):
            return NO_NOTES
        facts = (ACTIVITIES, *self._telling)
        columns = {fact: self._columns(fact, read.facts) for fact in facts}
        _, told = facts_as_read(read, partly, frozenset(name for own in columns.values() for name in own))
        rows = self._rows(told, ~found.unreadable)
        if not rows.size:
            return NO_NOTES
        held = {fact: self._held(fact, told, rows) for fact in dict.fromkeys(facts)}
        lacking = self._lacking(held, rows.size)
        if not lacking.any():
            return NO_NOTES
        origins = read.origins.places[rows]
        own_rows: list[NDArray[np.int64]] = []
        own_words: list[NDArray[np.int64]] = []
        words: list[Note] = []
        for number, activity in enumerate(self._activities):
            at = np.flatnonzero(lacking[number // _WIDTH] >> np.uint64(number % _WIDTH) & np.uint64(1))
            if at.size:
                at = at[self._shut(activity, rows[at], read.facts, table, codes, found)]
            if at.size:
                which, made = self._worded(activity, {one: held[one] for one in self._of(activity)}, at, origins, read)
                own_rows.append(rows[at])
                own_words.append(which + len(words))
                words += made
        if not words:
            return NO_NOTES
        return _in_order(np.concatenate(own_rows), np.concatenate(own_words), words)

    def _of(self, activity: str) -> tuple[str, ...]:
        return facts_of_likely(activity, self._rulebook)

    def _columns(self, fact: str, facts: Sequence[str]) -> tuple[str, ...]:
        """The columns that tell a fact, with those that it may be derived from."""
        group = next((one for one in groups_of(self._rulebook) if fact in one.facts), None)
        derived = group is not None and fact in self._derived
        return tuple(one for one in facts if whole_name(one)[0] == fact or (derived and group and one in group.facts))

    def _rows(self, told: ArrayTable, companies: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The companies whose list may be complete: what is told of its parts alone is not."""
        if ACTIVITIES in self._derived:
            return np.flatnonzero(companies)
        whole = different(whole_column(told.column(ACTIVITIES))).places != NONE
        return np.flatnonzero(companies & whole)

    def _held(self, fact: str, told: ArrayTable, rows: NDArray[np.int64]) -> _Held:
        """What these rows hold of a fact."""
        columns = self._columns(fact, names_of_columns(told))
        if not columns:
            return _Held([None], np.zeros(rows.size, np.int32))
        own = ArrayTable({name: whole_column(told.column(name)).take(rows) for name in columns}, rows.size)
        which, given = combinations(own, columns)
        return _Held([self._value(fact, one) for one in given], which)

    def _value(self, fact: str, cells: Mapping[str, object]) -> Value | None:
        """The value of a fact by cells that tell it; a list of words by each of them, as it is read whole."""
        if fact == ACTIVITIES and [*cells] == [ACTIVITIES] and isinstance(words := cells[ACTIVITIES], list):
            found = [self._rulebook.sectors.activity_of(one) if isinstance(one, str) else None for one in words]
            if None not in found:
                return frozenset(cast("list[str]", found))
        key = repr(cells)
        if key not in self._cells:
            given = readable_part(profile_of(cells), self._rulebook, self._day).given
            self._cells[key] = read_facts(Profile.of(given), self._rulebook, self._day).values
        return self._cells[key].get(fact)

    # What is likely and lacking ------------------------------------------------------------------------------------

    def _lacking(self, held: Mapping[str, _Held], rows: int) -> _Bits:
        """The likely activities that complete lists lack, as bits (uint64, shape (words, rows))."""
        likely = np.zeros((-(-len(self._activities) // _WIDTH), rows), np.uint64)
        for fact in self._telling:
            own = _bits([self._likely(fact, one) for one in held[fact].values], len(self._activities))
            likely |= own[:, held[fact].places]
        every = (1 << len(self._activities)) - 1
        lists = [self._outside(one) if isinstance(one, frozenset) else 0 for one in held[ACTIVITIES].values]
        return likely & _bits([one & every for one in lists], len(self._activities))[:, held[ACTIVITIES].places]

    def _likely(self, fact: str, value: Value | None) -> int:
        """The activities that a value of a fact makes likely, as bits."""
        if value is None:
            return 0
        key = f"{fact} {sorted(value) if isinstance(value, frozenset) else value!r}"
        if key not in self._masks:
            found = (bool(makes_likely(one, fact, value, self._rulebook)) for one in self._activities)
            self._masks[key] = sum(1 << place for place, likely in enumerate(found) if likely)
        return self._masks[key]

    def _outside(self, activities: frozenset[object]) -> int:
        """The activities that are not in a list, as bits."""
        return sum(1 << place for place, one in enumerate(self._activities) if one not in activities)

    # What it alone shuts -------------------------------------------------------------------------------------------

    def _shut(
        self,
        activity: str,
        rows: NDArray[np.int64],
        facts: tuple[str, ...],
        table: ClassTable,
        codes: Sequence[Codes],
        found: VerdictBits,
    ) -> NDArray[np.bool_]:
        """For which of these rows the lack of an activity alone shuts a measure (bool, shape (n,))."""
        carried, measures = self._asked[activity]
        places = {measure.key: place for place, measure in enumerate(found.measures)}
        known = self._kinds.setdefault(facts, {})
        own, shut = found.of_rows(rows), np.zeros(rows.size, np.bool_)
        for measure in measures:
            place = places[measure.key]
            left = np.flatnonzero(~shut & ~own.open_on(place, Verdict.PENDING))
            if left.size:
                key = facts, activity, measure.key
                if key not in self._opened:
                    self._opened[key] = _Opened(_with(measure, carried), table, known)
                shut[left] = self._opened[key].of(table.vectors, codes, rows[left])
        return shut

    # Words ---------------------------------------------------------------------------------------------------------

    def _worded(
        self, activity: str, held: Mapping[str, _Held], at: NDArray[np.int64], origins: Codes, read: FactRows
    ) -> tuple[NDArray[np.int64], list[Note]]:
        """The notes on an activity that rows lack, and which of them each has (int64, shape (n,))."""
        found: list[tuple[list[_Because], Codes]] = []
        for fact, own in held.items():
            met = distinct(own.places[at])
            numbers: dict[_Because, int] = {}
            of = np.zeros(len(own.values), np.int32)
            for place in met.tolist():
                value = own.values[place]
                pairs = () if value is None else makes_likely(activity, fact, value, self._rulebook)
                of[place] = numbers.setdefault(pairs, len(numbers))
            found.append(([*numbers], of[own.places[at]]))
        headings: dict[str, int] = {}
        told_by = np.zeros(len(read.origins.values) + 1, np.int32)
        for place in distinct(origins[at] + 1).tolist():
            origin = cast("Origin", read.origins.values[place - 1]) if place else {}
            told_by[place] = headings.setdefault(heading_of(read, ACTIVITIES, origin, ACTIVITIES), len(headings))
        kinds, which = distinct_combinations([told_by[origins[at] + 1], *(places for _, places in found)])
        columns = [*headings]
        words = []
        for column, *parts in kinds:
            because = tuple(pair for (pairs, _), one in zip(found, parts, strict=True) for pair in pairs[one])
            words.append(self._note(columns[column], activity, because))
        return which, words

    def _note(self, column: str, activity: str, because: _Because) -> Note:
        key = column, activity, because
        if key not in self._notes:
            text = lacking_because(activity, because, self._words).of(self._lang)
            self._notes[key] = Note(column, ACTIVITIES, text)
        return self._notes[key]


class _Opened:
    """Whether a condition does not fail, computed once for the classes that it does not distinguish."""

    def __init__(self, condition: Condition, table: ClassTable, known: KnownKinds) -> None:
        self._groups = kinds_read(condition, table, known) if any(True for _ in leaves(condition)) else {}
        self._numbers = CombinationIndex(max(len(self._groups), 1))
        self._found = GrowingArray()
        self._holds = _holds(condition, table)

    def of(self, vectors: Vectors, codes: Sequence[Codes], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether it does not fail for each of these rows (bool, shape (n,))."""
        if not self._groups:
            return np.full(rows.size, self._holds(vectors, {}) > _INELIGIBLE, np.bool_)
        own = [kinds.of(vectors[group]).take(codes[group].take(rows)) for group, kinds in self._groups.items()]
        which = self._numbers(own)
        for parts in self._numbers.parts[len(self._found) :]:
            met = zip(self._groups.items(), parts, strict=True)
            classes = {group: kinds.first[kind] for (group, kinds), kind in met}
            self._found.append(int(self._holds(vectors, classes) > _INELIGIBLE))
        return self._found.at(which).astype(np.bool_)


def _with(measure: Measure, carried: frozenset[str]) -> Condition:
    """The condition of a measure for whoever carries on these activities besides a complete list of others."""
    assert measure.condition is not None
    met = All(())
    return transform(
        measure.condition, lambda leaf: met if isinstance(leaf, Does) and leaf.activities & carried else leaf
    )


def _holds(condition: Condition, table: ClassTable) -> _VerdictOf:
    """The verdict of a condition for a company of some classes."""

    def leaf(one: Leaf) -> _VerdictOf:
        group, place = table.place(one)
        return lambda vectors, classes: int(vectors[group][classes[group], place])

    return fold(
        condition,
        leaf,
        lambda parts: lambda *told: min((part(*told) for part in parts), default=_ELIGIBLE),
        lambda parts: lambda *told: max((part(*told) for part in parts), default=_INELIGIBLE),
        lambda _, part: lambda *told: _ELIGIBLE - part(*told),
    )


def _bits(masks: Sequence[int], width: int) -> _Bits:
    """Bits as arrays (uint64, shape (words, n))."""
    low = (1 << _WIDTH) - 1
    words = [[mask >> start & low for mask in masks] for start in range(0, width, _WIDTH)]
    return np.array(words, np.uint64).reshape(len(words), len(masks))


def _in_order(rows: NDArray[np.int64], which: NDArray[np.int64], words: Sequence[Note]) -> Notes:
    """Notes by row, their texts in the order in which they occur, whatever the rows of a batch are."""
    order = np.argsort(rows, kind="stable")
    rows, which = rows[order], which[order]
    met, first = np.unique(which, return_index=True)
    met = met[np.argsort(first)]
    numbers = np.empty(len(words), np.int32)
    numbers[met] = np.arange(met.size)
    return Notes(rows, numbers[which], [words[place] for place in met.tolist()])
