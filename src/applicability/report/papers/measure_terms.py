"""One measure in a paper that is about no single entity: its words, whom to ask, and its conditions as clauses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product

from applicability.lazy_dataclass import dataclass
from applicability.model.authorities import Contact
from applicability.model.conditions import All, Any_, Condition, Judgement, Leaf, OneOf
from applicability.model.facts import Facts
from applicability.model.measure import INDIVIDUAL, Limb, Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Entry, Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Labelled, Paragraph, Quote
from applicability.report.papers.instruments import in_short
from applicability.report.papers.texts import joined, say
from applicability.report.papers.whom import entries_naming, only_noted
from applicability.text import Text

_LONG = 200  # characters of a clause: a longer one is told in the report on one company, where most of it is settled
_NESTED = 2  # combinations in one another that are told with one pair of brackets
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"  # the cases of a choice that brackets alone would not keep apart
_WORDS = {
    "long": Text(
        "另有分几种情形的条件，写在单家企业的报告中",
        "further conditions with several alternatives, told in the report on a company",
    ),
    "or_long": Text(
        "{told}，或者符合另几种情形之一（写在单家企业的报告中）",
        "{told}, or one of several other cases, told in the report on a company",
    ),
    "within": Text("（{told}）", "({told})"),
    "finding": Text("经认定", "an authority's finding confirms it"),
    "one_of": Text("符合下列之一（{cases}）", "one of these: ({cases})"),
    "or": Text("，或者", ", or "),
    "and": Text("且", " and "),
    "scope": Text("范围", "scope"),
}


@dataclass(frozen=True)
class MeasureTerms:
    """Tells of measures by the rules alone, as they stand on a day: their words, conditions and authorities."""

    rulebook: Rulebook
    day: datetime.date

    @cached_property
    def _words(self) -> ConditionRenderer:
        return ConditionRenderer(self.rulebook, Facts({}, Whereabouts(), self.day))

    def beyond(self, measure: Measure) -> list[Text]:
        """The instruments in force that open it beyond its own scope."""
        return [in_short(one, self.rulebook) for one in self._opening(measure)]

    def _opening(self, measure: Measure) -> list[Entry]:
        every = self.rulebook.entries("overtakes", measure.document, measure.row)
        return [one for one in every if one.in_force(self.day)]

    def instruments(self, measure: Measure) -> list[Entry]:
        """Every instrument in force that is told of it: that opens it, is noted of it, or names whom to ask."""
        found = [*self._opening(measure), *self.notes(measure), *entries_naming(measure, self.rulebook)]
        return list({one.id: one for one in found}.values())

    def notes(self, measure: Measure) -> list[Entry]:
        """What the register notes of a measure without moving any verdict, which a paper on one company tells too."""
        every = self.rulebook.entries("notes", measure.document, measure.row)
        return [one for one in every if one.in_force(self.day)]

    def _scope(self, measure: Measure, usual: str) -> Iterator[Labelled]:
        """Its scope where that is not the usual rule."""
        rule = self.rulebook.scopes.get(measure.scope_rule)
        if rule is not None and measure.scope is not None and measure.scope_rule != usual:
            yield Labelled(_WORDS["scope"], rule.title)

    def asked(self, measure: Measure) -> list[Text]:
        """Whom to ask: those to begin with, then those that are named by an instrument which is only noted of it."""
        first = self.begun_with(measure)
        return [*first, *(one.who for one in self._named(measure) if one.who not in first)]

    def begun_with(self, measure: Measure) -> list[Text]:
        """With whom to begin: those that words or an instrument which opens it name, then those inferred, by the field
        or from who is read to make a finding; where nobody else is told, whom to ask first.
        """
        authorities = self.rulebook.authorities
        if authorities is None or authorities.document != measure.document:
            return []
        contacts, otherwise = authorities.contacts(measure.row), authorities.otherwise
        noted = only_noted(self.rulebook, contacts)
        named = list(dict.fromkeys(one.who for one in contacts if not one.inferred))
        read = [one.authority for one in measure.judgements if one.authority not in authorities.unnamed]
        fields = [one.who for one in contacts if one.inferred and one is not otherwise]
        inferred = [one for one in dict.fromkeys((*read, *fields)) if one not in named]
        if not inferred and noted:
            inferred = [otherwise.who]
        return [*([] if noted else named), *(say("mark_inferred", who=one) for one in inferred)]

    def infers(self, measure: Measure) -> bool:
        """Whether an authority that is told of a measure is an inference."""
        named = {one.who for one in self._named(measure)}
        return any(one not in named for one in self.asked(measure))

    def _named(self, measure: Measure) -> list[Contact]:
        authorities = self.rulebook.authorities
        return [] if authorities is None else [one for one in authorities.contacts(measure.row) if not one.inferred]

    def words(self, measure: Measure) -> Quote:
        """The words of the row; where they stand is told by its number."""
        translation = self.rulebook.translation(measure.document)
        return Quote(measure.text, translation.row(measure.row) if translation is not None else None, None)

    def inferred(self, measures: list[Measure]) -> Iterator[Block]:
        """What the contact rests on that is inferred for every row: told once, before the measures that fall to it."""
        authorities = self.rulebook.authorities
        if authorities is None:
            return
        other = authorities.otherwise
        if any(one.document == authorities.document and other in authorities.contacts(one.row) for one in measures):
            yield Paragraph(say("ask_why", who=other.who, why=other.why or ""), "soft")
            if other.source.text is not None:
                number = self.rulebook.documents[authorities.document].cited
                where = say("body_where", number=number, section=other.section or say("body"))
                yield Quote(other.source.text.zh, other.source.text.en, where)

    def _cut(self, condition: Condition) -> Text:
        clause = self._clause(condition)
        if len(clause.zh) <= _LONG:
            return clause
        first = self._clause(condition.parts[0]) if isinstance(condition, Any_) else clause
        return _WORDS["long"] if len(first.zh) > _LONG else s.say(_WORDS["or_long"], told=first)

    def _of_companies(self, condition: Condition) -> Condition:
        """A choice without what only a kind without a sector can meet, such as a person: companies are told of here."""
        if not isinstance(condition, Any_):
            return condition
        left = tuple(one for one in condition.parts if not self._is_of_persons(one))
        return left[0] if len(left) == 1 else Any_(left or condition.parts)

    def _is_of_persons(self, condition: Condition) -> bool:
        if isinstance(condition, All):
            return any(map(self._is_of_persons, condition.parts))
        if not isinstance(condition, OneOf) or condition.fact not in self.rulebook.facts:
            return False
        values = self.rulebook.facts[condition.fact].values
        return all(one in values and values[one].sectors == () for one in condition.values)

    def _clause(self, condition: Condition) -> Text:
        """A condition as one clause; what stands together within a choice is put in brackets, and where these would
        stand in others its cases are numbered.
        """
        if isinstance(condition, Judgement):
            return _WORDS["finding"]  # which one, and by whom, is told beside it
        if not isinstance(condition, (All, Any_)):
            return self._words.requires(condition)
        condition = self._of_companies(condition)
        if not isinstance(condition, (All, Any_)):
            return self._clause(condition)
        if (
            isinstance(condition, Any_)
            and _depth(condition) > _NESTED
            and len(met := cases(condition)) <= len(_CIRCLED)
        ):
            every = [[self._clause(one) for one in case] for case in met]
            told = [
                Text(f"{sign}{'，且'.join(one.zh for one in case)}", f"{sign} {', and '.join(one.en for one in case)}")
                for sign, case in zip(_CIRCLED, every, strict=False)
            ]
            return s.say(_WORDS["one_of"], cases=joined(told))
        between = _WORDS["and" if isinstance(condition, All) else "or"]
        told = [
            s.say(_WORDS["within"], told=self._clause(one)) if isinstance(one, (All, Any_)) else self._clause(one)
            for one in condition.parts
        ]
        return Text(between.zh.join(one.zh for one in told), between.en.join(one.en for one in told))


def _depth(condition: Condition) -> int:
    """How many combinations stand in one another."""
    return 1 + max(map(_depth, condition.parts), default=0) if isinstance(condition, (All, Any_)) else 0


def cases(condition: Condition) -> list[tuple[Leaf, ...]]:
    """The cases in which a condition is met, each as what it takes together."""
    match condition:
        case Any_(parts):
            return [case for part in parts for case in cases(part)]
        case All(parts):
            return [tuple(one for part in chosen for one in part) for chosen in product(*map(cases, parts))]
        case _:
            return [(condition,)]  # type: ignore[list-item]


def own_parts(measure: Measure) -> list[Limb]:
    """The parts that let or support authorities, such as those of a zone, in doing something themselves."""
    return [limb for limb in measure.limbs if limb.binds_authorities_only and limb.force != "duty"]


def for_companies(measure: Measure) -> Sequence[Limb]:
    """Its parts without those for persons alone, where there are others."""
    every = measure.usable
    return [limb for limb in every if limb.addressee != (INDIVIDUAL,)] or every
