"""What to ask each company next: the facts that most of its undecided measures wait for.

A measure waits for a fact where a leaf that reads it is among those that leave its verdict open. The count of a fact is
of the measures that cannot be decided without it; some of them may need others as well. Who waits for a fact and is
not asked for it is counted too: those for whom it makes no sense, and those who are asked for others first.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.analysis.plausibility import Plausibility
from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import ArrayTable
from applicability.bulk.engine.distinct import distinct
from applicability.bulk.engine.groups import PLACE_TYPES, distinct_leaves
from applicability.bulk.engine.minmax_terms import ClassTable
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.engine.row_profiles import combinations, profile_of, whole_column
from applicability.bulk.engine.screener import Screened
from applicability.bulk.engine.verdict_tables import column_names
from applicability.bulk.measure_key import key_of
from applicability.bulk.output.answer_columns import AnswerColumns
from applicability.bulk.output.ask_words import AskWords
from applicability.bulk.output.business_told import SECTOR, lacks_of_business, names_of_columns, said
from applicability.bulk.output.first_reasons import Classes, KnownKinds, Vectors, kinds_read
from applicability.bulk.output.place_gaps import PlaceGaps, ToldPlace, reads_place
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import Condition, Leaf, Not, fold, leaves
from applicability.model.leaf_kinds import BUSINESS, PLACE, column_of, kind_of
from applicability.model.measure import Measure
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.interview.register_form import answers
from applicability.text import Lang

# Questions for each company.
SHOWN = 3
# What it makes sense to ask is worked out once for equal cells; so many are cached.
_REMEMBERED = 100_000
_ELIGIBLE, _NEEDS_INFO, _INELIGIBLE = int(Verdict.ELIGIBLE), int(Verdict.NEEDS_INFO), int(Verdict.INELIGIBLE)
_NOTHING: frozenset[str] = frozenset()
# A condition's verdict for a company of those classes, and the facts that it waits for.
_Waits = Callable[[Vectors, Classes], tuple[int, frozenset[str]]]


@dataclass(frozen=True)
class CompanyWaits:
    """How many measures of each company wait for each fact that it makes sense to ask it for (int16, shape (companies,
    facts)), and which facts its measures wait for that it makes no sense to ask it for (bool, same shape); by the key
    of a measure, how many of the companies that miss facts it makes sense to ask for one of them. `waiting` are the
    measures that wait, each by its column with the rows and the facts, by index, that these wait for; `table` has the
    facts of the companies.
    """

    counts: NDArray[np.int16]
    senseless: NDArray[np.bool_]
    worth_asking: Mapping[str, int]
    waiting: Sequence[tuple[str, NDArray[np.int64], Sequence[int]]]
    table: Any


class Asks:
    """The facts that measures wait for, computed once for the classes that a measure does not distinguish."""

    def __init__(self, table: ClassTable, measures: Sequence[Measure], lang: Lang) -> None:
        self._lang = lang
        self._rulebook = table.rulebook
        self._facts = tuple(_asked(self._rulebook, measures))
        self._places = {fact: place for place, fact in enumerate(self._facts)}
        self._answers = answers(self._rulebook, lang)
        facts = self._rulebook.facts
        self._doubted = [one for one in self._facts if facts[one].type not in (*PLACE_TYPES, "sector", "activities")]
        self._personal = _of_persons(self._rulebook)
        told = [one.plausible_for or {} for one in facts.values()]
        self._telling = {fact for one in told for fact in one} | {
            name for name, one in facts.items() if any(value.sectors is not None for value in one.values.values())
        }
        self._sense: BoundedCache[str, tuple[bool, ...]] = BoundedCache(_REMEMBERED)
        every = (leaf for one in measures if one.condition is not None for leaf in leaves(one.condition))
        self._of_place = distinct_leaves(self._rulebook, (one for one in every if reads_place(one)))
        self._gaps = PlaceGaps(self._rulebook)
        self._next: BoundedCache[str, int] = BoundedCache(_REMEMBERED)
        self._kinds: KnownKinds = {}
        self._measures = [_MeasureWaits(one, table, self._kinds) for one in measures]

    def waits(
        self,
        screened: Screened,
        measures: Sequence[int],
        vectors: Vectors,
        partly: Sequence[PartlyRead] = (),
        unnamed: Mapping[str, NDArray[np.int64]] = MappingProxyType({}),
    ) -> CompanyWaits:
        """What the measures of each company wait for. `measures` are the places of those to count, `partly` the rows
        of which something cannot be read: they say nothing there; `unnamed` the facts that have no value for some rows:
        nobody there is asked for them.
        """
        counts = np.zeros((len(screened), len(self._facts)), np.int16)
        codes = screened.coded.codes
        waiting_rows: list[tuple[int, NDArray[np.int64], list[int]]] = []
        for place in measures:
            rows = np.flatnonzero((screened.decided.verdicts(place) == _NEEDS_INFO) & ~screened.decided.unreadable)
            if rows.size:
                which, sets = self._measures[place].waits(vectors, codes, rows)
                for number in distinct(which).tolist():
                    own, facts = rows[which == number], [self._places[fact] for fact in sets[number]]
                    for fact in facts:
                        counts[own, fact] += 1
                    waiting_rows.append((place, own, facts))
        for name in (one for one in unnamed if one in self._places):
            counts[unnamed[name], self._places[name]] = 0
        waiting = counts > 0
        self._of_whom_plausible(screened.table, counts)
        senseless = waiting & (counts == 0)
        asked: dict[str, int] = {}
        for place, own, facts in waiting_rows:
            key = key_of(screened.decided.measures[place])
            asked[key] = asked.get(key, 0) + int((counts[np.ix_(own, facts)] > 0).any(axis=1).sum())
        self._to_say(screened, counts, partly)
        decided = screened.decided.measures
        names = dict(zip(measures, column_names([decided[place] for place in measures]), strict=True))
        waits_for = tuple((names[place], own, facts) for place, own, facts in waiting_rows)
        return CompanyWaits(counts, senseless, asked, waits_for, screened.table)

    def totals(self, waits: CompanyWaits) -> dict[str, list[int]]:
        """For each fact how many undecided verdicts wait for it, and of how many companies."""
        counts = waits.counts
        verdicts, companies = counts.sum(axis=0, dtype=np.int64), (counts > 0).sum(axis=0)
        return {
            fact: [int(waits_for), int(own)]
            for fact, waits_for, own in zip(self._facts, verdicts, companies, strict=True)
            if waits_for
        }

    def unasked(self, waits: CompanyWaits) -> dict[str, list[int]]:
        """For each fact how many companies are not asked for what their measures wait for: those for whom it makes no
        sense, and those who are asked for others that more of their measures wait for.
        """
        later = waits.counts > 0
        np.put_along_axis(later, _first(waits.counts), values=False, axis=1)
        pairs = zip(self._facts, waits.senseless.sum(axis=0).tolist(), later.sum(axis=0).tolist(), strict=True)
        return {fact: [senseless, behind] for fact, senseless, behind in pairs if senseless or behind}

    def lines(self, waits: CompanyWaits, keep: Mapping[str, Any], into: AnswerColumns) -> Any:
        """A line for each company that measures wait for a fact of: the columns kept, then the questions, those that
        most measures wait for first, each with how to answer, the column of the register that takes the answer, how
        many do and which; last what it makes no sense to ask, which may be all.
        """
        counts, order = waits.counts, _first(waits.counts)
        best = np.take_along_axis(counts, order, axis=1)
        rows = np.flatnonzero((best[:, 0] > 0) | waits.senseless.any(axis=1))
        words = AskWords(self._rulebook, self._answers, self._gaps, self._lang, into, waits.table, keep["line"])

        def items(fact: str, own: NDArray[np.int64]) -> Any:
            return self._waiting(waits, self._places[fact], own)

        columns = {name: column.take(pa.array(rows)) for name, column in keep.items()}
        for number in range(SHOWN):
            own = best[rows, number] if number < best.shape[1] else np.zeros(rows.size, np.int16)
            which = order[rows, number] if number < best.shape[1] else np.zeros(rows.size, np.int64)
            columns[f"ask_{number + 1}"] = self._of_each(which, own > 0, rows, words.questions)
            columns[f"answer_{number + 1}"] = self._of_each(which, own > 0, rows, words.answers)
            columns[f"into_{number + 1}"] = self._of_each(which, own > 0, rows, words.columns)
            columns[f"decides_{number + 1}"] = pa.array(own.astype(np.int32), mask=own == 0)
            columns[f"items_{number + 1}"] = self._of_each(which, own > 0, rows, items)
        columns["not_asked"] = self._labels(waits.senseless[rows])
        return pa.table(columns)

    def _waiting(self, waits: CompanyWaits, fact: int, rows: NDArray[np.int64]) -> Any:
        """The measures of each of these rows that wait for a fact, by their columns (text)."""
        names = list(dict.fromkeys(name for name, _, facts in waits.waiting if fact in facts))
        chosen = np.zeros((waits.counts.shape[0], len(names)), np.bool_)
        for name, own, facts in waits.waiting:
            if fact in facts:
                chosen[own, names.index(name)] = True
        return _listed(chosen[rows], names, "、" if self._lang == "zh" else ", ")

    def _labels(self, chosen: NDArray[np.bool_]) -> Any:
        """The facts chosen of each row by their labels; None where there are none."""
        labels = [self._rulebook.facts[fact].label.of(self._lang) for fact in self._facts]
        return _listed(chosen, labels, "、" if self._lang == "zh" else ", ")

    def _of_each(
        self,
        which: NDArray[np.int64],
        asked: NDArray[np.bool_],
        rows: NDArray[np.int64],
        told: Callable[[str, NDArray[np.int64]], Any],
    ) -> Any:
        """What is told of the fact that each row is asked for, by its index: text of the rows that are."""
        found = np.full(rows.size, None, object)
        for place in distinct(which[asked]).tolist():
            own = asked & (which == place)
            found[own] = told(self._facts[place], rows[own]).to_pylist()
        return pa.array(found, pa.string())

    def _of_whom_plausible(self, table: Any, counts: NDArray[np.int16]) -> None:
        """Leaves out what it makes no sense to ask a company, by its kind, its sector and what it holds."""
        places = [self._places[fact] for fact in self._doubted]
        rows = np.flatnonzero(counts[:, places].any(axis=1)) if places else np.empty(0, np.int64)
        names = [one for one in names_of_columns(table) if whole_name(one)[0] in self._telling]
        if not rows.size:
            return
        if not names:
            counts[:, [self._places[fact] for fact in self._doubted if fact in self._personal]] = 0
            return
        cells = ArrayTable({one: whole_column(table.column(one)).take(pa.array(rows)) for one in names}, rows.size)
        which, given = combinations(cells, names)
        asked = np.array([self._makes_sense(one) for one in given], np.bool_)
        counts[np.ix_(rows, places)] *= asked[which]

    def _makes_sense(self, cells: Mapping[str, object]) -> tuple[bool, ...]:
        """Whether it makes sense to ask for each doubted fact, by the cells of a company."""
        key = repr(cells)
        if key not in self._sense:
            given = readable_part(profile_of(cells), self._rulebook).given
            plausibility = Plausibility(read_facts(Profile.of(given), self._rulebook), self._rulebook)
            self._sense[key] = tuple(
                (plausibility.open and fact not in self._personal)
                or (
                    plausibility.asks(fact)
                    and any(plausibility.value(fact, one) for one in self._rulebook.facts[fact].values or ("",))
                    and self._of_its_people(fact, plausibility)
                )
                for fact in self._doubted
            )
        return self._sense[key]

    def _of_its_people(self, fact: str, plausibility: Plausibility) -> bool:
        """Whether a fact is none of persons, or this company would have such: a hospital its doctors."""
        if fact not in self._personal:
            return True
        wanted = (one.plausible_for for one in self._rulebook.facts[fact].values.values())
        traits = plausibility.traits
        return any(
            any((name, value) in traits.values for name, values in (one or {}).items() for value in values)
            or ("sector" in (one or {}) and traits.sectors is not None and plausibility.fits(one))
            for one in wanted
        )

    def _to_say(self, screened: Screened, counts: NDArray[np.int16], partly: Sequence[PartlyRead]) -> None:
        """Moves what waits for the place to the one of its facts that would tell more, and what waits for the business
        to the first of its facts that the company has not said, else to that which it could tell more closely.
        """
        if places := [self._places[fact] for fact in self._of_type(*PLACE_TYPES)]:
            total = counts[:, places].max(axis=1)
            counts[:, places] = 0
            rows = np.flatnonzero(total)
            asked = self._places_to_say(screened.table, rows)
            counts[rows, asked] = total[rows]
        if facts := self._of_type("sector", "activities"):
            total = counts[:, [self._places[fact] for fact in facts]].max(axis=1)
            left = total > 0
            for fact in facts:
                counts[:, self._places[fact]] = 0
                silent = left & ~said(screened.table, fact, partly)
                counts[silent, self._places[fact]] = total[silent]
                left &= ~silent
            # All is told, and not in full.
            by_sector = left & (lacks_of_business(screened.table, self._rulebook, partly) == SECTOR)
            counts[by_sector, self._places[facts[0]]] = total[by_sector]
            left &= ~by_sector
            counts[left, self._places[facts[-1]]] = total[left]

    def _places_to_say(self, table: Any, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each of these rows the index of the fact of its place to ask for."""
        which, told = self._gaps.told(table, rows)
        return np.array([self._place_to_say(one) for one in told], np.int64)[which]

    def _place_to_say(self, place: ToldPlace) -> int:
        """The index of the fact of a place that a company is asked for, by what it tells of the place. The district
        comes before the zones, which it may rule out; a city given by the code or the name of a district tells that
        too.
        """
        if place.key not in self._next:
            missing = self._gaps.of_any(self._of_place, place) - {*place.facts.whereabouts.named}
            every = self._of_type(*PLACE_TYPES)
            self._next[place.key] = self._places[next((fact for fact in every if fact in missing), every[-1])]
        return self._next[place.key]

    def _of_type(self, *types: str) -> list[str]:
        return [fact for fact in self._facts if self._rulebook.facts[fact].type in types]


def _listed(chosen: NDArray[np.bool_], words: Sequence[str], between: str) -> Any:
    """The words that are chosen of each row, as text; None where there are none."""
    met, which = np.unique(chosen, axis=0, return_inverse=True)
    told = [between.join(itertools.compress(words, one)) or None for one in met.tolist()]
    return pa.array(told, pa.string()).take(pa.array(which.reshape(-1)))


def _first(counts: NDArray[np.int16]) -> NDArray[np.int64]:
    """The facts that each company is asked for, by index (int64, shape (companies, at most `SHOWN`))."""
    return np.argsort(-counts, axis=1, kind="stable")[:, :SHOWN]


def _of_persons(rulebook: Rulebook) -> frozenset[str]:
    """The facts that are of persons: some of their words are only plausible for a kind of entity that has no sector."""
    kinds = {
        (name, key) for name, one in rulebook.facts.items() for key, own in one.values.items() if own.sectors == ()
    }
    return frozenset(
        name
        for name, one in rulebook.facts.items()
        if any(
            {(f, v) for f, values in (own.plausible_for or {}).items() for v in values} & kinds
            for own in one.values.values()
        )
    )


def _asked(rulebook: Rulebook, measures: Sequence[Measure]) -> Iterator[str]:
    """The facts that a company can be asked for, in the order of the rulebook."""
    every = (leaf for one in measures if one.condition is not None for leaf in leaves(one.condition))
    columns = {column_of(leaf) for leaf in every if kind_of(leaf).nature == "comparison"}
    for name, declared in rulebook.facts.items():
        column = PLACE if declared.type in PLACE_TYPES else name
        if (BUSINESS if declared.type in ("sector", "activities") else column) in columns:
            yield name


class _MeasureWaits:
    """What one measure waits for, by the kinds of classes that it distinguishes."""

    def __init__(self, measure: Measure, table: ClassTable, known: KnownKinds) -> None:
        assert measure.condition is not None
        self._groups = kinds_read(measure.condition, table, known)
        self._numbers = CombinationIndex(len(self._groups))
        self._found = GrowingArray()
        self._sets: dict[frozenset[str], int] = {}
        self._holds = _waits(measure.condition, table)

    def waits(
        self, vectors: Vectors, codes: Sequence[Codes], rows: NDArray[np.int64]
    ) -> tuple[Codes, Sequence[frozenset[str]]]:
        """For each row the place of the facts that the measure waits for (int32, shape (n,)), and their sets."""
        own = [kinds.of(vectors[group]).take(codes[group].take(rows)) for group, kinds in self._groups.items()]
        which = self._numbers(own)
        for parts in self._numbers.parts[len(self._found) :]:
            met = zip(self._groups.items(), parts, strict=True)
            _, facts = self._holds(vectors, {group: kinds.first[kind] for (group, kinds), kind in met})
            self._found.append(self._sets.setdefault(facts, len(self._sets)))
        return self._found.at(which), [*self._sets]


def _waits(condition: Condition, table: ClassTable) -> _Waits:
    """The verdict of a condition and the facts that it waits for."""
    rulebook = table.rulebook

    def leaf(one: Leaf) -> _Waits:
        group, place = table.place(one)
        facts = _facts_of(one, rulebook)
        return lambda vectors, classes: (int(vectors[group][classes[group], place]), facts)

    def negated(whole: Not, part: _Waits) -> _Waits:
        def held(vectors: Vectors, classes: Classes) -> tuple[int, frozenset[str]]:
            verdict, facts = part(vectors, classes)
            return _ELIGIBLE - verdict, facts

        return held

    return fold(
        condition, leaf, lambda parts: _of(parts, min, _ELIGIBLE), lambda parts: _of(parts, max, _INELIGIBLE), negated
    )


def _of(parts: Sequence[_Waits], best: Callable[..., int], nothing: int) -> _Waits:
    """The parts that have the verdict of the whole say what it waits for."""

    def held(vectors: Vectors, classes: Classes) -> tuple[int, frozenset[str]]:
        told = [part(vectors, classes) for part in parts]
        verdict = best((one for one, _ in told), default=nothing)
        return verdict, _NOTHING.union(*(facts for one, facts in told if one == verdict))

    return held


def _facts_of(leaf: Leaf, rulebook: Rulebook) -> frozenset[str]:
    """The facts behind a leaf: all of its column, of which the first that is not said will be asked for."""
    if kind_of(leaf).nature != "comparison":
        return _NOTHING
    types = {PLACE: PLACE_TYPES, BUSINESS: ("sector", "activities")}.get(column_of(leaf))
    if types is None:
        return frozenset((column_of(leaf),))
    return frozenset(name for name, one in rulebook.facts.items() if one.type in types)
