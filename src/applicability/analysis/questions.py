"""Chooses the next question: the one expected to settle most rows.

A question is a missing fact that keeps some row undecided. Its possible answers get equal weight, every undecided row
is decided under each of them, and the rows settled are added up. Prerequisites are asked first: the city before the
district and the zones, the sector before the activities; the rest of what is known in part comes after what is not
known yet, and what is about people after what is about an enterprise. While questions are chosen, what is implausible
for the entity is supposed not to be so (`analysis.plausibility`): a row that nothing else could meet is not asked
about, and stays undecided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from applicability.analysis.classes import Vector, fact_samples, within
from applicability.analysis.decidable_rows import DecidableRow, decidable_row
from applicability.analysis.plausibility import Plausibility
from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.assessment import Assessment
from applicability.model.conditions import Condition, Does, Leaf, OneOf, Within, leaves
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import Facts, Value
from applicability.model.leaf_kinds import PLACES, limit_key
from applicability.model.measure import MeasureKey
from applicability.model.missing import missing_facts
from applicability.model.partial import PartialSet
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

Weighed = tuple[tuple[float, Vector], ...]
_REMEMBERED = 20_000  # cached results of answers, bounded for planners that serve many people
# Facts about people, with the value of whoever is one: anybody else of whom something is known is asked these last.
ABOUT_PEOPLE = {"person_kind": ("entity_kind", "natural_person")}
# Facts that are asked only once the other is known or cannot be given.
AFTER = {"district": "city", "zones": "city", "activities": "sector"}


@dataclass(frozen=True)
class Question:
    """A fact to ask for: the rows that wait for it, and how many an answer is expected to settle."""

    fact: str
    rows: tuple[MeasureKey, ...]
    expected: float


@dataclass(frozen=True)
class QuestionPlan:
    """The questions to ask, the best first, and what is not asked since it is implausible: rows, and facts for them."""

    questions: tuple[Question, ...]
    unasked: tuple[MeasureKey, ...] = ()
    unasked_facts: tuple[str, ...] = ()


class QuestionPlanner:
    """Plans questions over conditions of a rulebook, by default every measure's.

    It caches what answers come to, by what they depend on: the whereabouts, the sector and activities, or the value
    held in part, of the entities that it planned for. Names and profiles it does not hold.
    """

    def __init__(self, rulebook: Rulebook, conditions: Mapping[MeasureKey, Condition] | None = None) -> None:
        self.rulebook = rulebook
        if conditions is None:
            conditions = {one.key: one.condition for one in rulebook.measures if one.condition is not None}
        self._rows = {key: decidable_row(rulebook, key, condition) for key, condition in conditions.items()}
        self._measures = {one.key: one for one in rulebook.measures}
        # Rows share many of their leaves, such as the ten pilots: each is decided once for all of them.
        places: dict[Leaf, int] = {}
        self._places = {
            key: tuple(places.setdefault(leaf, len(places)) for leaf in row.leaves) for key, row in self._rows.items()
        }
        self._leaves = tuple(places)
        self.answer_cache: BoundedCache[object, Weighed] = BoundedCache(_REMEMBERED)

    def questions(
        self, facts: Facts, unknown: frozenset[str] = frozenset(), *, every: bool = False
    ) -> tuple[Question, ...]:
        """Every question that still matters, the best first. `unknown` are facts that the person cannot give.

        Those that are implausible for the entity are left out, unless `every` is set.
        """
        return self.plan(facts, unknown, every=every).questions

    def plan(
        self,
        facts: Facts,
        unknown: frozenset[str] = frozenset(),
        *,
        every: bool = False,
        undecided: Collection[MeasureKey] | None = None,
        plausibility: Plausibility | None = None,
    ) -> QuestionPlan:
        """The questions that still matter, and the rows that no plausible answer could open; `undecided` are the rows
        that need information, where a check of the same facts has told them, `plausibility` is that of these facts.
        """
        plausibility = Plausibility(facts, self.rulebook) if plausibility is None else plausibility
        filtered = not every and not plausibility.open
        if filtered:  # what would be asked before an answer is not, where it makes no sense
            unknown |= {fact for fact in AFTER.values() if not plausibility.asks(fact)}
        waiting: dict[str, dict[MeasureKey, Vector]] = {}
        unasked: dict[MeasureKey, None] = {}
        left: dict[str, None] = {}
        rows = (
            self._rows.items() if undecided is None else [pair for pair in self._rows.items() if pair[0] in undecided]
        )
        verdicts: dict[int, Verdict] = {}
        supposed: dict[int, Verdict] = {}
        for key, row in rows:
            places = self._places[key]
            for place in places:
                if place not in verdicts:
                    verdicts[place] = leaf_verdict(self._leaves[place], facts, self.rulebook)
            vector = tuple([verdicts[place] for place in places])
            open_ = row.open(vector)
            if open_ and filtered:
                for place in places:
                    if place not in supposed:
                        supposed[place] = plausibility.supposed(self._leaves[place], verdicts[place])
                vector = tuple([supposed[place] for place in places])
                measure = self._measures.get(key)
                still = row.open(vector) if measure is None or plausibility.concerns(measure) else ()
                if not still:
                    missing = [fact for leaf in open_ for fact in missing_facts(leaf, facts, self.rulebook)]
                    asked_for = {asked: None for fact in missing for asked in self._instead(fact, facts, unknown)}
                    if asked_for:
                        unasked[key] = None
                        left |= asked_for
                open_ = still
            for leaf in open_:
                for fact in missing_facts(leaf, facts, self.rulebook):
                    for asked in self._instead(fact, facts, unknown):
                        waiting.setdefault(asked, {})[key] = vector
        answers = _Answers(self, facts, plausibility if filtered else None)
        found = [Question(fact, tuple(own), self._expected(fact, own, answers)) for fact, own in waiting.items()]
        order = {name: place for place, name in enumerate(self.rulebook.facts)}
        last = len(order)  # index of limits: last
        known = plausibility.traits.values
        people = {fact for fact, one in ABOUT_PEOPLE.items() if not plausibility.open and one not in known}
        # What has been told in part was asked for already: its rest comes after what has not been asked yet.
        partly = {name for name, held in facts.values.items() if isinstance(held, PartialSet)}
        found.sort(
            key=lambda one: (
                *(one.fact in people, one.fact in partly, -one.expected, -len(one.rows)),
                *(order.get(one.fact, last), one.fact),
            )
        )
        facts_left = sorted((fact for fact in left if fact not in waiting), key=lambda one: (order.get(one, last), one))
        return QuestionPlan(tuple(found), tuple(unasked), tuple(facts_left))

    def _instead(self, fact: str, facts: Facts, unknown: frozenset[str]) -> Iterator[str]:
        """The question for a fact, or the one to ask before it or instead."""
        first = AFTER.get(fact)
        if first is not None and first not in unknown and not _given(first, facts) and first in self.rulebook.facts:
            yield from self._instead(first, facts, unknown)
        elif fact == "district" and "district" in facts.whereabouts.named:
            return  # the district was named, and the gazetteer has no finer one
        elif fact not in unknown:  # whoever cannot tell the zone is not asked for its type instead
            yield fact

    def _expected(self, fact: str, rows: Mapping[MeasureKey, Vector], answers: _Answers) -> float:
        """The number of the rows that an answer is expected to settle."""
        total = 0.0
        for key, now in rows.items():
            row = self._rows[key]
            own = row.reading(fact)
            vector = list(now)
            for weight, read in answers.to(fact, row, own):
                for index, value in zip(own, read, strict=True):
                    vector[index] = value
                total += weight * (row.decide(tuple(vector)) is not Verdict.NEEDS_INFO)
        return round(total, 6)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The cities and provinces that the rulebook's measures name, whichever of them are asked about."""
        gazetteer = self.rulebook.gazetteer
        places = {
            place
            for measure in self.rulebook.measures
            if measure.condition is not None
            for leaf in leaves(measure.condition)
            if isinstance(leaf, Within)
            for place in leaf.places
        }
        return tuple(sorted(p for p in places if p in gazetteer.divisions and gazetteer.level(p) != "county"))


class _Answers:
    """The possible answers to a question, as leaves read them, with weights that add up to 1."""

    def __init__(self, planner: QuestionPlanner, facts: Facts, plausibility: Plausibility | None = None) -> None:
        self.planner, self.rulebook, self.facts = planner, planner.rulebook, facts
        self.plausibility = plausibility  # None: every answer counts
        self._stood: dict[str, list[tuple[float, Facts]]] = {}
        # An answer is only read together with the known facts of its own column.
        self._place = (facts.whereabouts, facts.as_of)
        traits = None if plausibility is None else plausibility.traits
        self._business = (facts.values.get("sector"), facts.values.get("activities"), traits)

    def to(self, fact: str, row: DecidableRow, own: Sequence[int]) -> Weighed:
        """What some leaves of a row would read; rows whose leaves are alike share it, and later questions do."""
        held = self.facts.values.get(fact)  # in part, or it would not be asked
        beside = self._place if fact in PLACES else self._business if fact in ("sector", "activities") else held
        key = (fact, tuple(row.alike[index] for index in own), beside)
        known = self.planner.answer_cache
        if key not in known:
            asked = tuple(row.leaves[index] for index in own)
            known[key] = self._weigh(asked, self.all(fact, asked))
        return known[key]

    def all(self, fact: str, own: tuple[Leaf, ...]) -> Iterable[tuple[float, Facts]]:
        """Every answer that some leaves distinguish, with its weight."""
        limit = limit_key(fact)
        if limit is not None:
            return [(1.0, replace(self.facts, limits={**self.facts.limits, limit: kept})) for kept in (True, False)]
        return self._placed(fact) if fact in PLACES else self._values(fact, own)

    def _weigh(self, own: tuple[Leaf, ...], answers: Iterable[tuple[float, Facts]]) -> Weighed:
        read: dict[Vector, float] = {}
        for weight, facts in answers:
            vector = tuple(leaf_verdict(leaf, facts, self.rulebook) for leaf in own)
            read[vector] = read.get(vector, 0.0) + weight
        total = sum(read.values()) or 1.0
        return tuple((weight / total, vector) for vector, weight in read.items())

    def _values(self, fact: str, own: tuple[Leaf, ...]) -> Iterable[tuple[float, Facts]]:
        if fact != "sector":
            return self._with(fact, self._weighed_values(fact, own))
        if fact not in self._stood:  # the same for every row
            self._stood[fact] = list(self._with(fact, self._weighed_values(fact, own)))
        return self._stood[fact]

    def _with(self, fact: str, values: Iterable[tuple[float, Value]]) -> Iterator[tuple[float, Facts]]:
        for weight, value in values:
            yield weight, replace(self.facts, values={**self.facts.values, fact: value})

    def _weighed_values(self, fact: str, own: tuple[Leaf, ...]) -> Iterator[tuple[float, Value]]:
        """The weighted values of a fact: single values or none; those that no leaf tests are one answer."""
        declaration = self.rulebook.facts[fact]
        match declaration.type:
            case "activities":
                asked = frozenset(a for leaf in own if isinstance(leaf, Does) for a in leaf.activities)
                every = possible_activities(self.facts, self.rulebook)
                if self.plausibility is not None:
                    every &= self.plausibility.activities
                yield from _entries(asked, every, self.facts.values.get(fact))
            case "choices":
                asked = frozenset(v for leaf in own if isinstance(leaf, OneOf) for v in leaf.values)
                yield from _entries(asked, frozenset(declaration.values), self.facts.values.get(fact))
            case "sector":
                yield from ((1.0, (code,)) for code in self.rulebook.sectors.codes if len(code) == 2)
            case _:
                for sample in within(fact_samples(declaration, own), self.facts.values.get(fact)):
                    yield from ((1.0, value) for value in sample.values.values())

    def _placed(self, fact: str) -> list[tuple[float, Facts]]:
        if fact not in self._stood:
            held = self.facts.whereabouts
            found = _stands(fact, held, self.rulebook, self.planner.named)
            self._stood[fact] = [
                (weight, replace(self.facts, whereabouts=whereabouts)) for weight, whereabouts in found
            ]
        return self._stood[fact]


def possible_activities(facts: Facts, rulebook: Rulebook) -> frozenset[str]:
    """The activities that the sector can carry; all if it is not given."""
    codes = facts.values.get("sector")
    if not isinstance(codes, tuple):
        return frozenset(rulebook.sectors.activities)
    return frozenset().union(*(rulebook.sectors.carried_by(str(code)) for code in codes))


def _entries(asked: frozenset[str], every: frozenset[str], held: Value | None) -> Iterator[tuple[float, Value]]:
    """Besides what is known to be in the list: nothing more, or one of those that are not said yet."""
    known = held if isinstance(held, PartialSet) else PartialSet()
    possible = every - known.yes - known.no
    yield float(len(possible - asked) + 1), known.yes
    for value in sorted(asked & possible):
        yield 1.0, known.yes | {value}


def _stands(
    fact: str, held: Whereabouts, rulebook: Rulebook, named: Sequence[str]
) -> Iterator[tuple[float, Whereabouts]]:
    """The weighted places of an answer: those that the rules name and one for all others, in no zone or one."""
    gazetteer = rulebook.gazetteer
    match fact:
        case "city":
            provinces = (code for code in gazetteer.divisions if gazetteer.level(code) == "province")
            elsewhere = (code for code in provinces if not any(gazetteer.overlap(code, one) for one in named))
            for code in (*named, *islice(elsewhere, 1)):
                yield 1.0, replace(held, divisions=(code,), named=("city",))
        case "district":
            for code in gazetteer.divisions:
                if held.divisions and all(code != one and gazetteer.lies_in(code, one) for one in held.divisions):
                    yield 1.0, replace(held, divisions=(*held.divisions, code), named=("city", "district"))
        case "zones":
            near = gazetteer.zones_left(held)
            known = held.zones or frozenset()
            yield float(max(1, len(near))), replace(held, zones=known, no_zones=None)
            for zone in near:
                yield 1.0, replace(held, zones=known | {zone}, no_zones=None)
        case _:
            kinds = gazetteer.zone_types_left(held)
            known = held.zone_types or frozenset()
            yield float(len(kinds)), replace(held, zone_types=known, no_zone_types=None)
            for kind in kinds:
                yield 1.0, replace(held, zone_types=known | {kind}, no_zone_types=None)


def _given(fact: str, facts: Facts) -> bool:
    match fact:
        case "city":
            return bool(facts.whereabouts.divisions or facts.whereabouts.zones)
        case "zones":
            return facts.whereabouts.zones is not None
        case _:
            return fact in facts.values


def plan_questions(assessment: Assessment, planner: QuestionPlanner | None = None) -> QuestionPlan:
    """The questions that an assessment leaves, the best first, and the rows that are not asked about.

    `planner` is one of the whole rulebook that has been made before.
    """
    if planner is None:
        conditions = {finding.measure.key: finding.measure.condition for finding in assessment.undecided}
        planner = QuestionPlanner(assessment.rulebook, {key: one for key, one in conditions.items() if one is not None})
    return planner.plan(assessment.facts)


def open_questions(
    assessment: Assessment, planner: QuestionPlanner | None = None
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The missing facts to ask for, the best question first, with the rows that wait on each."""
    found = plan_questions(assessment, planner).questions
    return tuple((one.fact, tuple(row for _, row in one.rows)) for one in found)
