"""Which companies need no finding, in a screening's paper: where it is one of several ways to meet the conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Condition, Judgement, Leaf, Limit, ZoneType
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import fact_of, requires
from applicability.model.measure import Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.papers.measure_terms import cases
from applicability.report.papers.screening_reach import is_named
from applicability.report.papers.texts import joined, say
from applicability.report.screening.json import NamedPlaceModel, SummaryModel, TallyModel
from applicability.text import Text

_WORDS = {
    "who_finds": Text(
        "{first}，先问由谁认定（本报告读作{read}，原文没有指明哪个部门）",
        "{first}: ask first who makes the finding (this report reads it as {read}, of which the text names none)",
    ),
    "who_unsaid": Text(
        "{first}；原文没有写由谁认定，先问是否由其认定",
        "{first}; the text does not say who finds it: ask first whether it does",
    ),
    "complete": Text(
        "先补充这些企业的“{column}”；无须认定的：{terms}的",
        "first complete “{column}” of these companies; none is needed where {terms}",
    ),
    # A company may carry on more than one of the activities that a measure speaks of.
    "in_part": Text(
        "{told}，只就该部分业务；同一企业的其他业务仍须认定",
        "{told}, and for that part of its business alone: the rest of it still needs the finding",
    ),
    "verify": Text(
        "先核对“{column}”是否写全；无须认定的：{terms}的",
        "first check that “{column}” lists everything; none is needed where {terms}",
    ),
}


@dataclass(frozen=True)
class WithoutFinding:
    """The ways to meet the conditions of measures that need no finding, by facts that companies may yet state."""

    summary: SummaryModel
    rulebook: Rulebook

    def lines(self, measure: Measure) -> Iterator[Text]:
        """By column that companies leave empty, or may not have filled in full: whom a finding is needless for."""
        words = ConditionRenderer(self.rulebook, Facts({}, Whereabouts(), self.summary.as_of))
        asked = {one.fact for one in self.summary.asks}
        for fact, leaves in sorted(self._ways(measure).items()):
            known = any(fact in map(fact_of, case) for case in _found(measure))
            if known or fact in asked:  # else every company states it already
                terms = joined([words.requires(one) for one in leaves])
                key = "verify" if known else "complete"
                told = s.say(_WORDS[key], column=self.rulebook.facts[fact].label, terms=terms)
                yield s.say(_WORDS["in_part"], told=told) if self.rulebook.facts[fact].type == "activities" else told

    def _ways(self, measure: Measure) -> dict[str, list[Leaf]]:
        """By fact of several values, what of it alone meets the conditions without a finding."""
        ways: dict[str, list[Leaf]] = {}
        found = _found(measure)
        for limb in measure.usable:
            for case in _cases(limb.when):
                if any(isinstance(one, Judgement) for one in case) or not found:
                    continue
                new = [one for one in case if not any(_covers(one, other) for other in found)]
                facts = {fact_of(one) for one in new}
                if len(facts) == 1 and (fact := facts.pop()) is not None and self._has_several(fact):
                    ways.setdefault(fact, []).extend(one for one in new if one not in ways.get(fact, ()))
        return ways

    def _has_several(self, fact: str) -> bool:
        return fact in self.rulebook.facts and self.rulebook.facts[fact].type in ("choices", "activities")


@dataclass(frozen=True)
class PlaceFinding:
    """A finding that is the same for every company of a place: what is found, whom to ask first, the same with how far
    the text names who makes it, and how many depend on it.
    """

    key: str
    about: Text
    first: Text
    who: Text
    companies: int


def findings_of_the_place(tally: TallyModel, measure: Measure, rulebook: Rulebook) -> list[PlaceFinding]:
    """Those of a measure that some company waits for."""
    authorities = rulebook.authorities
    if authorities is None or authorities.document != measure.document:
        return []
    needed = {one.key: one.companies for one in tally.findings}
    found = []
    for one in measure.judgements:
        if one.key in authorities.of_the_place and needed.get(one.key):
            unnamed = one.authority in authorities.unnamed
            first = say("mark_inferred", who=authorities.otherwise.who if unnamed else one.authority)
            who = first
            if unnamed:
                who = s.say(_WORDS["who_finds"], first=first, read=one.authority)
            elif not is_named(authorities, measure, one):
                who = s.say(_WORDS["who_unsaid"], first=first)
            found.append(PlaceFinding(one.key, one.about, first, who, needed[one.key]))
    return found


def zones_to_ask(
    finding: PlaceFinding, measure: Measure, places: Sequence[NamedPlaceModel], rulebook: Rulebook
) -> list[Text]:
    """The zones of a register that a finding is about: those that are of a kind for which it is needed, and of none
    for which it is not; of one around another with the same companies, the inner alone.
    """
    known = rulebook.gazetteer
    asked, plain = set[str](), set[str]()
    for case in (one for limb in measure.usable for one in _cases(limb.when)):
        kinds = {each for one in case if isinstance(one, ZoneType) for each in one.types}
        (asked if any(isinstance(one, Judgement) and one.key == finding.key for one in case) else plain).update(kinds)

    def is_of(place: NamedPlaceModel, kinds: Collection[str]) -> bool:
        return any(known.in_zone_type(Whereabouts(zones=frozenset([place.code])), one) for one in kinds)

    named = [one for one in places if one.code in known.zones]
    found = {one.code: one for one in named if is_of(one, asked) and not is_of(one, plain)}
    inside = {
        each
        for one in found.values()
        for each in known.around(one.code) - {one.code}
        if each in found and found[each].companies == one.companies
    }
    return [Text(one.label.zh, one.label.en) for code, one in found.items() if code not in inside]


def _found(measure: Measure) -> list[tuple[Leaf, ...]]:
    """The cases of a measure that take a finding."""
    every = (case for limb in measure.usable for case in _cases(limb.when))
    return [case for case in every if any(isinstance(one, Judgement) for one in case)]


def _covers(leaf: Leaf, case: Collection[Leaf]) -> bool:
    """Whether whoever is in a case meets a leaf as well."""
    own = set(requires(leaf))
    return any(one == leaf or (fact_of(one) == fact_of(leaf) and own >= set(requires(one))) for one in case)


def _cases(condition: Condition) -> list[tuple[Leaf, ...]]:
    """The cases in which a condition is met; limits are kept to, and decide nothing."""
    return [tuple(one for one in case if not isinstance(one, Limit)) for case in cases(condition)]
