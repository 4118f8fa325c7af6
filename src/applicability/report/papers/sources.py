"""What a paper cites: documents, notes in full, provisions of the body, and entries of the register."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.model.rulebook import Document
from applicability.report import Selection
from applicability.report.language.reasons import FindingText
from applicability.report.layout.paper import Block, Bullets, Heading, Paragraph, Quote
from applicability.report.papers.rows import RowWriter
from applicability.report.papers.texts import say
from applicability.text import Text


def sources_of(selection: Selection) -> Iterator[Block]:
    """Everything that the paper rests on."""
    assessment, book = selection.assessment, selection.assessment.rulebook
    yield Heading(say("sources"))
    yield Bullets(tuple(map(document_line, book.documents.values())))
    notes = list(_notes(selection))
    if notes:
        yield Heading(say("notes_of"), 2)
        yield from notes
    if assessment.provisions:
        yield Heading(say("body_of"), 2)
        for one in assessment.provisions:
            number = book.documents[one.document].number
            translation = book.translation(one.document)
            english = translation.provision(one.id) if translation is not None else None
            yield Paragraph(Text(f"{one.title.zh}。{one.note.zh}", f"{one.title.en}. {one.note.en}"))
            yield Quote(one.words, english, say("body_where", number=number, section=one.section))
    shown = [one for one in selection.findings if one.bucket in ("eligible", "conditional", "needs_info", "pending")]
    entries = {entry.id: entry for finding in shown for entry in finding.notes}
    if entries:
        writer = RowWriter(book, assessment.facts)
        yield Heading(say("entries_of"), 2)
        yield Bullets(tuple(writer.entry(one) for one in entries.values()))


def document_line(one: Document) -> Text:
    """A document with its number and days."""
    begins = one.dates.get("in_force")
    dates = say("in_force", date=begins.isoformat()) if begins is not None else Text("", "")
    return say("document_line", title=one.title, number=one.number, dates=dates, checked=one.checked_on.isoformat())


def _notes(selection: Selection) -> Iterator[Quote]:
    book = selection.assessment.rulebook
    cites = {
        (finding.measure.document, ground.cites)
        for finding in selection.findings
        for ground in FindingText(finding).quotes
    }
    for document in book.documents.values():
        translation = book.translation(document.id)
        for number, words in document.notes.items():
            if (document.id, f"note-{number}") in cites:
                english = translation.note(number) if translation is not None else None
                yield Quote(words, english, say("note_where", number=document.number, note=str(number)))
