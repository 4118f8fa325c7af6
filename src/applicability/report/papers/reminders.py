"""What a paper tells of a whole document: what its body says on other law, on adjusted law and on earlier plans."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.model.authorities import Reminder
from applicability.model.rulebook import Rulebook
from applicability.report.layout.paper import Block, Paragraph, Quote
from applicability.report.papers.texts import say
from applicability.text import Text


def other_law(rulebook: Rulebook) -> Iterator[Block]:
    """That other law still applies to what is open, with the words of the body."""
    authorities = rulebook.authorities
    if authorities is None or authorities.other_law is None:
        return
    yield from reminded(rulebook, authorities.document, authorities.other_law)


def said_of_no_row(rulebook: Rulebook) -> Iterator[Block]:
    """What no row of the document says, with the words of its body that bear on it."""
    silences = rulebook.silences
    if silences is not None and silences.every is not None:
        yield from reminded(rulebook, silences.document, silences.every)


def reminded(rulebook: Rulebook, document: str, one: Reminder) -> Iterator[Block]:
    """What is told of a whole document, with the words that say so."""
    yield Paragraph(Text(f"{one.told.zh}。", f"{one.told.en}."), "soft")
    if one.source.text is not None:
        where = say("body_where", number=rulebook.documents[document].cited, section=one.section)
        yield Quote(one.source.text.zh, one.source.text.en, where)


def earlier_plans(rulebook: Rulebook) -> Iterator[Block]:
    """What the body says besides, for the entities that it concerns: in a paper that is about no single one."""
    for one in rulebook.provisions:
        translation = rulebook.translation(one.document)
        english = translation.provision(one.id) if translation is not None else None
        yield Paragraph(Text(f"{one.title.zh}。", f"{one.title.en}."), "soft")
        where = say("body_where", number=rulebook.documents[one.document].cited, section=one.section)
        yield Quote(one.words, english, where)
