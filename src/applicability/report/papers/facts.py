"""The facts that a paper rests on: each with what it says and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from applicability.analysis.other_entities import other_entities
from applicability.model.assessment import Assessment
from applicability.model.facts import Facts
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Heading, Paragraph, Table
from applicability.report.papers.texts import is_planned, joined, of_entity, say
from applicability.report.papers.zone_doubts import whether_it_counts
from applicability.text import Text

_TRUTHS = tuple(s.TRUTHS.values())
_OWN_ROLE = Text(
    "{value}（指本企业自身的身份，不指其设有的公司）", "{value} (of the entity itself, not of companies that it has)"
)
_OWN_RULES = Text("位于{zones}，该处自身的规定本报告没有审查", "it lies in {zones}, whose own rules were not examined")
_TO_CONFIRM = Text("{value}（须核实：{told}）", "{value} (to be confirmed: {told})")
_SHORT = Text("{label}：{value}", "{label}: {value}")


def facts_of(assessment: Assessment) -> Iterator[Block]:
    """Given, derived and found, in a table."""
    lines = tuple(_lines(assessment))
    yield Heading(say("facts"))
    if not lines:
        yield Paragraph(say("no_facts"))
        return
    yield Table((say("fact"), say("value"), say("from")), lines, (28, 44, 28))
    notes = [note.message for note in assessment.facts.notes]
    for note in notes:
        yield Paragraph(note, "soft")
    yield Paragraph(of_entity("facts_note", is_planned(assessment)), "soft")


def facts_in_short(assessment: Assessment, but: Collection[Text] = ()) -> Text | None:
    """What an entity says of itself, but for its place and what it has not, in a line; None where it says nothing.

    The facts `but` are told elsewhere, by their labels.
    """
    words, planned = ConditionRenderer(assessment.rulebook, assessment.facts), is_planned(assessment)
    told = [
        s.say(_SHORT, label=words.label(name), value=_in_short(words.value(name, value), planned))
        for name, value in assessment.facts.given.values.items()
        if value not in (frozenset(), ()) and words.label(name) not in but
    ]
    return joined(told) if told else None


def _in_short(value: Text, planned: bool) -> Text:
    """A value; a plain yes or no of an entity that is only planned is not so yet."""
    return say("planned_yes" if value == s.TRUTHS["true"] else "planned_no") if planned and value in _TRUTHS else value


def implied(facts: Facts, book: Rulebook) -> Iterator[tuple[Text, Text, Text]]:
    """Where the zones lie that an entity gives, and in which zones it lies by what it gives."""
    gazetteer, whereabouts = book.gazetteer, facts.whereabouts
    given = whereabouts.zones or frozenset()
    around = dict.fromkeys(code for zone in sorted(given) for code in gazetteer.zones[zone].divisions)
    finer = [code for code in around if code not in whereabouts.divisions]
    if finer:
        yield say("zone_lies"), s.listed([_full(one, book) for one in finer], s.AND), say("from_places")
    inside = _zones_within(facts, book)
    if inside:
        yield say("within_zones"), s.listed(inside, s.AND), say("from_places")


def _zones_within(facts: Facts, book: Rulebook) -> list[Text]:
    """The zones that an entity does not give and lies in by what it gives."""
    gazetteer, given = book.gazetteer, facts.whereabouts.zones or frozenset()
    inside = [one for one in gazetteer.zones if one not in given and gazetteer.within(facts.whereabouts, one)]
    return [Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in inside]


def rules_of_its_own(facts: Facts, book: Rulebook) -> list[Text]:
    """Where a place lies in zones by its name alone: that rules of theirs were not examined."""
    within = say("within_zones")
    return [s.say(_OWN_RULES, zones=value) for label, value, _ in implied(facts, book) if label == within]


def places_with_rules(facts: Facts, book: Rulebook) -> list[Text]:
    """The place of an entity, then the zones that it lies in: each may have rules of its own."""
    return [*dict.fromkeys(ConditionRenderer(book, facts).divisions), *zones_around(facts, book)]


def zones_around(facts: Facts, book: Rulebook) -> list[Text]:
    """The zones that an entity gives, then those in which it lies by them or by its place."""
    given = [ConditionRenderer(book, facts).place(one) for one in sorted(facts.whereabouts.zones or ())]
    return [*given, *_zones_within(facts, book)]


def _in_doubt(value: Text, facts: Facts, book: Rulebook) -> Text:
    """Zones that an entity lies in by those that it gives, with what of that is in doubt."""
    doubted = book.gazetteer.in_doubt(facts.whereabouts)
    certain = book.gazetteer.but_for(doubted) if doubted else book.gazetteer
    own = [book.gazetteer.zones[one] for one in sorted(doubted)]
    if all(certain.within(facts.whereabouts, one) for each in own for one in each.part_of):
        return value
    told = joined([whether_it_counts(one, book) for one in own])
    return s.say(_TO_CONFIRM, value=value, told=told)


def _full(code: str, book: Rulebook) -> Text:
    return Text(book.gazetteer.full_name(code), book.gazetteer.full_name(code, "en"))


def differing(alternatives: Sequence[Assessment]) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    """The facts that are not the same for all: their label, and the value for each."""
    told = [{label: value for label, value, _ in _lines(one)} for one in alternatives]
    for label in dict.fromkeys(label for one in told for label in one):
        values = tuple(one.get(label, Text("–", "–")) for one in told)
        if len(set(values)) > 1:
            yield label, values


def _lines(assessment: Assessment) -> Iterator[tuple[Text, Text, Text]]:
    facts, book = assessment.facts, assessment.rulebook
    words, whereabouts = ConditionRenderer(book, facts), facts.whereabouts
    given = of_entity("given", is_planned(assessment))
    for name, place in zip(whereabouts.named, words.divisions, strict=True):
        yield words.label(name), place, given
    for type_, held in (("zones", whereabouts.zones), ("zone_types", whereabouts.zone_types)):
        for name, declaration in book.facts.items():
            if declaration.type == type_ and held is not None:
                yield words.label(name), s.listed([words.place(one) for one in sorted(held)], s.AND), given
    for label, within, origin in implied(facts, book):
        yield label, _in_doubt(within, facts, book) if label == say("within_zones") else within, origin
    own_roles = {one.fact for one in other_entities(assessment)}
    for name, value in facts.given.values.items():
        told = words.value(name, value)
        told = _in_short(told, is_planned(assessment))
        yield words.label(name), s.say(_OWN_ROLE, value=told) if name in own_roles else told, given
    reasons = {derivation.id: derivation.reason for derivation in book.derivations}
    for name, id in facts.derived.items():
        yield words.label(name), words.value(name, facts.values[name]), say("derived", reason=reasons[id])
    for key, found in facts.determinations.items():
        judgement = book.judgements.get(key)
        about = judgement.about if judgement is not None else Text(key, key)
        yield about, s.ANSWERS[found], say("found")
    for key, kept in facts.limits.items():
        yield book.limits[key].label, s.ANSWERS[kept], say("kept")
