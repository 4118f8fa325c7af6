"""The facts that a paper rests on: each with what it says and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.model.assessment import Assessment
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Heading, Paragraph, Table
from applicability.report.papers.texts import is_planned, of_entity, say
from applicability.text import Text


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


def _lines(assessment: Assessment) -> Iterator[tuple[Text, Text, Text]]:
    facts, book = assessment.facts, assessment.rulebook
    words, whereabouts = ConditionRenderer(book, facts), facts.whereabouts
    given = of_entity("given", is_planned(assessment))
    for name, place in zip(whereabouts.named, whereabouts.divisions, strict=True):
        yield words.label(name), words.place(place), given
    for type_, held in (("zones", whereabouts.zones), ("zone_types", whereabouts.zone_types)):
        for name, declaration in book.facts.items():
            if declaration.type == type_ and held is not None:
                yield words.label(name), s.listed([words.place(one) for one in sorted(held)], s.AND), given
    for name, value in facts.given.values.items():
        yield words.label(name), words.value(name, value), given
    reasons = {derivation.id: derivation.reason for derivation in book.derivations}
    for name, id in facts.derived.items():
        yield words.label(name), words.value(name, facts.values[name]), say("derived", reason=reasons[id])
    for key, found in facts.determinations.items():
        judgement = book.judgements.get(key)
        about = judgement.about if judgement is not None else Text(key, key)
        yield about, s.ANSWERS[found], say("found")
    for key, kept in facts.limits.items():
        yield book.limits[key].label, s.ANSWERS[kept], say("kept")
