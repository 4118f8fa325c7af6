"""What waits in a paper: the official step, who takes it, where it would be seen, and the rows that wait on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.model.assessment import Assessment, Finding
from applicability.model.conditions import Step
from applicability.report.layout.paper import Block, Heading, Pairs, Paragraph, Quote
from applicability.report.papers.rows import Item, RowWriter, row_list
from applicability.report.papers.texts import say
from applicability.text import Text


def pending(assessment: Assessment, found: Sequence[Finding], rows: RowWriter) -> Iterator[Block]:
    """One part for each step and what is known of it."""
    if not found:
        return
    groups: dict[tuple[str | None, Text], list[Finding]] = {}
    for one in found:
        steps = [reason.condition for reason in one.why if isinstance(reason.condition, Step)]
        groups.setdefault((steps[0].step if steps else None, rows.first(one)), []).append(one)
    yield Heading(say("waits"))
    yield Paragraph(say("waits_lead"), "soft")
    book = assessment.rulebook
    for (step, reason), own in sorted(groups.items(), key=lambda item: -len(item[1])):
        label = book.steps[step].label if step is not None else reason
        yield Heading(Text(f"{label.zh}（{len(own)}）", f"{_capital(label.en)} ({len(own)})"), 2, "pending")
        pairs: list[tuple[Text, tuple[Item, ...]]] = [(say("state"), (reason,))]
        if step is not None:
            pairs += _step(assessment, step, own)
        pairs.append((say("rows"), (row_list(own),)))
        yield Pairs(tuple(pairs))


def _step(assessment: Assessment, step: str, own: Sequence[Finding]) -> list[tuple[Text, tuple[Item, ...]]]:
    book = assessment.rulebook
    document = own[0].measure.document
    known = book.authorities.step(step) if book.authorities is not None else None
    if known is None or book.authorities is None or book.authorities.document != document:
        return []
    who: tuple[Item, ...] = (known.who or say("step_unknown"),)
    if known.source is not None and known.source.text is not None:
        cites, number = known.source.cites, book.documents[document].number
        note = cites.removeprefix("note-")
        where = say("note_where", number=number, note=note) if note != cites else _row(number, own)
        who = (*who, Quote(known.source.text.zh, known.source.text.en, where))
    return [(say("step_who"), who), (say("step_where"), (known.where,))]


def _row(number: str, own: Sequence[Finding]) -> Text:
    return say("row_where", number=number, row=str(own[0].measure.row))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
