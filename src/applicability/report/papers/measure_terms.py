"""One measure in a paper that is about no single entity: to whom it applies, its limits, whom to ask, and the words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Any_, Condition, Judgement, Limit
from applicability.model.facts import Facts
from applicability.model.measure import Limb, Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Heading, Pairs, Paragraph, Quote
from applicability.report.papers.parts import Item
from applicability.report.papers.rows import title_of, where_of
from applicability.report.papers.texts import joined, say
from applicability.report.papers.whom import named_contact
from applicability.text import Text

_LONG = 120  # characters of a clause: a longer one is told in the report on one company, where most of it is settled
_WORDS = {
    "limb": Text("{title}：{told}", "{title}: {told}"),
    "none": Text("没有其他条件", "nothing else"),
    "found": Text("除下列认定外，没有其他条件", "nothing but the finding below"),
    "long": Text(
        "另有分几种情形的条件，写在单家企业的报告中",
        "further conditions with several alternatives, told in the report on a company",
    ),
    "later": Text(
        "自{date}起，在该文件所及之处不论上述范围：{title}",
        "from {date}, wherever this instrument reaches, whatever the scope above: {title}",
    ),
    "within": Text("（{told}）", "({told})"),
    "or": Text("，或者", ", or "),
    "and": Text("且", " and "),
    "no_limits": Text("原文没有另列限制", "the text lists none"),
}


@dataclass(frozen=True)
class MeasureTerms:
    """Writes measures by the rules alone, as they stand on a day."""

    rulebook: Rulebook
    day: datetime.date

    @cached_property
    def _words(self) -> ConditionRenderer:
        return ConditionRenderer(self.rulebook, Facts({}, Whereabouts(), self.day))

    def blocks(self, measure: Measure) -> Iterator[Block]:
        """A measure under a heading of its own."""
        yield Heading(title_of(self.rulebook, measure), 2)
        limits = list(dict.fromkeys(self._limits(measure)))
        pairs = (
            (say("force"), list(self._forces(measure))),
            (say("scope"), list(self._scope(measure))),
            (say("terms"), [self._limb(limb, limb in measure.limbs[1:] or bool(limb.id)) for limb in measure.usable]),
            (say("limits"), limits or [_WORDS["no_limits"]]),
            (say("find"), list(self._findings(measure))),
            (say("ask"), list(self._contacts(measure))),
            (say("words"), [self._quote(measure, measure.text)]),
        )
        yield Pairs(tuple((label, tuple(items)) for label, items in pairs if items))

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

    def _forces(self, measure: Measure) -> Iterator[Text]:
        """Its force, or that of each part where they differ."""
        if len({limb.force for limb in measure.usable}) > 1:
            for limb in measure.usable:
                yield s.say(_WORDS["limb"], title=limb.title, told=w.FORCES[limb.force])
        elif measure.force is not None:
            yield w.FORCES[measure.force]

    def _scope(self, measure: Measure) -> Iterator[Item]:
        rule = self.rulebook.scopes.get(measure.scope_rule)
        if rule is not None and measure.scope is not None:
            yield rule.title
        for entry in self.rulebook.entries("overtakes", measure.document, measure.row):
            if entry.in_force(self.day):
                yield s.say(_WORDS["later"], date=entry.date.isoformat(), title=entry.title)

    def _limb(self, limb: Limb, named: bool) -> Text:
        parts = limb.when.parts if isinstance(limb.when, All) else (limb.when,)
        asked = [one for one in parts if not isinstance(one, (Limit, Judgement))]
        clauses = [self._clause(one) for one in asked]
        told = sorted((_WORDS["long"] if len(one.zh) > _LONG else one for one in clauses), key=_WORDS["long"].__eq__)
        nothing = _WORDS["found" if any(isinstance(one, Judgement) for one in parts) else "none"]
        clause = joined(list(dict.fromkeys(told))) if told else nothing
        return s.say(_WORDS["limb"], title=limb.title, told=clause) if named else clause

    def _clause(self, condition: Condition) -> Text:
        """A condition as one clause; what stands together within a choice is put in brackets."""
        if not isinstance(condition, (All, Any_)):
            return self._words.requires(condition)
        between = _WORDS["and" if isinstance(condition, All) else "or"]
        told = [
            s.say(_WORDS["within"], told=self._clause(one)) if isinstance(one, (All, Any_)) else self._clause(one)
            for one in condition.parts
        ]
        return Text(between.zh.join(one.zh for one in told), between.en.join(one.en for one in told))

    def _limits(self, measure: Measure) -> Iterator[Item]:
        for limit in dict.fromkeys(one for limb in measure.usable for one in limb.limits):
            yield limit.label
            yield self._quote(measure, limit.ground.quote)
        for span in (*measure.spans, *(span for limb in measure.usable for span in limb.spans)):
            if span.kind == "limit":
                if span.note is not None:
                    yield span.note
                yield self._quote(measure, span.words)

    def _findings(self, measure: Measure) -> Iterator[Item]:
        for one in self._judgements(measure):
            yield say("find_line", about=one.about, authority=one.authority)

    def _judgements(self, measure: Measure) -> tuple[Judgement, ...]:
        every = (*measure.scope_judgements, *(leaf for limb in measure.usable for leaf in limb.judgements))
        return tuple({leaf.key: leaf for leaf in every}.values())

    def _contacts(self, measure: Measure) -> Iterator[Item]:
        """Whom words name, or else whom we infer: of the field first, and told as inferred."""
        authorities = self.rulebook.authorities
        if authorities is None or authorities.document != measure.document:
            return
        contacts = authorities.contacts(measure.row)
        named = {one.who for one in contacts if not one.inferred} | authorities.unnamed
        finders = dict.fromkeys(one.authority for one in self._judgements(measure) if one.authority not in named)
        for who in finders:
            about = [one.about for one in self._judgements(measure) if one.authority == who]
            yield say("ask_find", who=who, about=joined(list(dict.fromkeys(about))))
        contacts = tuple(one for one in contacts if one.who not in finders)
        for one in contacts:
            if not one.inferred:
                yield from named_contact(self.rulebook, measure, one)
            elif one is not authorities.otherwise:
                yield say("ask_inferred", who=one.who, why=one.why or "")
            else:
                yield say("ask_rest" if finders or len(contacts) > 1 else "ask_otherwise", who=one.who)

    def _quote(self, measure: Measure, words: str) -> Quote:
        translation = self.rulebook.translation(measure.document)
        english = None
        if translation is not None:
            english = translation.row(measure.row) if words == measure.text else translation.quote(words, measure.row)
        return Quote(words, english, where_of(self.rulebook, measure))
