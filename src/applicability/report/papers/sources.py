"""What a paper cites: documents, notes in full, provisions of the body, and entries of the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from applicability.analysis.comparison import Alternative
from applicability.model.assessment import Assessment, Finding
from applicability.model.conditions import ZoneType, leaves
from applicability.model.measure import Measure, MeasureKey
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Document, Provision, Rulebook
from applicability.report import Selection
from applicability.report.language import sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.layout.paper import Block, Bullets, Heading, Paragraph, Quote
from applicability.report.papers.rows import entry_line
from applicability.report.papers.texts import appendix, numbered, say
from applicability.report.papers.whom import entries_naming
from applicability.text import Text


def sources_of(
    selection: Selection,
    more: Sequence[Finding] = (),
    others: Sequence[Alternative] = (),
    own: Text | None = None,
    changed: Collection[MeasureKey] = (),
) -> Iterator[Block]:
    """Everything that the paper rests on: `more` are findings told of `others`, with which it compares its `own`, and
    `changed` are the measures that it tells a change to open, with whom to ask.
    """
    assessment, book = selection.assessment, selection.assessment.rulebook
    yield Heading(appendix(say("sources")))
    yield Bullets((*map(document_line, book.documents.values()), say("not_held")))
    yield from rulebook_of(book)
    notes = list(_notes(book, [*selection.findings, *more]))
    if notes:
        yield Heading(say("notes_of"), 2)
        yield from notes
    provisions = _provisions(assessment, others, own)
    if provisions:
        yield Heading(say("body_of"), 2)
        for one, labels in provisions.items():
            number = book.documents[one.document].cited
            translation = book.translation(one.document)
            english = translation.provision(one.id) if translation is not None else None
            if labels:
                yield Paragraph(say("body_for", labels=s.listed(labels, s.AND)), "soft")
            yield Paragraph(Text(f"{one.title.zh}。{one.note.zh}", f"{one.title.en}. {one.note.en}"))
            yield Quote(one.words, english, say("body_where", number=number, section=one.section))
    shown = [one for one in selection.findings if one.bucket in ("eligible", "conditional", "needs_info", "pending")]
    shown += more
    shown += [one for one in selection.findings if one.measure.key in changed]
    entries = {
        entry.id: entry for finding in shown for entry in (*finding.notes, *entries_naming(finding.measure, book))
    }
    if entries:
        yield Heading(say("entries_of"), 2)
        yield Bullets(tuple(entry_line(one) for one in sorted(entries.values(), key=lambda one: one.date)))
    given = [assessment.facts.whereabouts, *(one.assessment.facts.whereabouts for one in others)]
    yield from zones_cited(book, [one.measure for one in shown], given)


def zones_cited(book: Rulebook, measures: Iterable[Measure], given: Iterable[Whereabouts]) -> Iterator[Block]:
    """What tells that zones lie in others by which they are of a type that some measures read, or that a place does as
    a whole.
    """
    every = {leaf for one in measures for part in one.conditions for leaf in leaves(part) if isinstance(leaf, ZoneType)}
    types = sorted({one for leaf in every for one in leaf.types})
    places, zones = list(given), book.gazetteer.zones
    found = {
        by[0]: zones[by[0]]
        for where in places
        for one in types
        if (by := book.gazetteer.type_by_around(where, frozenset((one,)))) is not None
    }
    for name, zone in zones.items():
        if zone.whole and any(one in types for one in zone.types):
            inside = any(not where.zones and book.gazetteer.within(where, name) for where in places)
            found |= {name: zone} if inside else {}
    told = [(zone, zone.source) for zone in found.values() if zone.source is not None]
    if told:
        yield Heading(say("zones_of"), 2)
        yield Bullets(tuple(Text(f"{one.zh}：{by.zh}", f"{one.en or one.zh}: {by.en}") for one, by in told))


def zones_named(book: Rulebook, measures: Iterable[Measure], places: Iterable[str]) -> Iterator[Block]:
    """The same of the zones among the places that a register names."""
    zones = [one for one in places if one in book.gazetteer.zones]
    return zones_cited(book, measures, [Whereabouts(zones=frozenset((one,))) for one in zones])


def rulebook_of(book: Rulebook) -> Iterator[Block]:
    """Which rulebook a paper was made with, to the byte: for whoever wants to make it again."""
    yield Paragraph(say("rulebook_line", id=book.id, version=book.version, digest=book.digest), "soft")


def document_line(one: Document) -> Text:
    """A document with its number and days."""
    begins = one.dates.get("in_force")
    dates = say("in_force", date=begins.isoformat()) if begins is not None else Text("", "")
    return say("document_line", title=one.title, number=numbered(one), dates=dates, checked=one.checked_on.isoformat())


def _provisions(assessment: Assessment, others: Sequence[Alternative], own: Text | None) -> dict[Provision, list[Text]]:
    """The provisions that apply to the entity or an alternative; where not all share one, with those that it is for."""
    every = [one.assessment for one in others]
    found = [one for each in (assessment, *every) for one in each.provisions]
    shared = {one for one in found if found.count(one) == len(every) + 1}
    named = [(own or say("as_given"), assessment), *((one.label, one.assessment) for one in others)]
    return {
        one: [] if one in shared else [label for label, each in named if one in each.provisions]
        for one in dict.fromkeys(found)
    }


def _notes(book: Rulebook, findings: Sequence[Finding]) -> Iterator[Quote]:
    grounds = ((finding.measure.document, ground) for finding in findings for ground in FindingText(finding).quotes)
    return notes_cited(book, {(document, ground.cites) for document, ground in grounds})


def notes_cited(book: Rulebook, cites: Collection[tuple[str, str]]) -> Iterator[Quote]:
    """The notes that are cited, in full; `cites` are documents, each with what is cited of it, as `note-2`."""
    for document in book.documents.values():
        translation = book.translation(document.id)
        for number, words in document.notes.items():
            if (document.id, f"note-{number}") in cites:
                english = translation.note(number) if translation is not None else None
                yield Quote(words, english, say("note_where", number=document.cited, note=str(number)))
