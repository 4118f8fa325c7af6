"""What a paper says once before the measures that it tells in full: of quotes, other law, whom to ask, and readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.model.assessment import Finding
from applicability.model.rulebook import Rulebook
from applicability.report.layout.paper import Block, Paragraph
from applicability.report.papers.reminders import other_law, said_of_no_row
from applicability.report.papers.texts import say, sentence
from applicability.report.papers.whom import inferred


def before_rows(rulebook: Rulebook, findings: Sequence[Finding]) -> Iterator[Block]:
    """What is so of every row: of a case, whose paper has a part with the readings."""
    narrower = any(one.measure.narrower_reading for one in findings)
    read = say("read_so_marked" if narrower else "read_so", part=say("doubts"))
    yield Paragraph(sentence([say("as_scanned"), say("as_cited"), say("have_inferred"), read]), "soft")
    yield from other_law(rulebook)
    yield from said_of_no_row(rulebook)
    yield from inferred(rulebook, findings)


def before_rows_compared(rulebook: Rulebook, findings: Sequence[Finding]) -> Iterator[Block]:
    """The same of a comparison alone, in which each row tells its reading."""
    lead = [say("as_scanned"), say("as_cited"), say("have_inferred")]
    if any(one.measure.narrower_reading for one in findings):
        lead.append(say("marked_short", part=say("reading")))
    yield Paragraph(sentence(lead), "soft")
    yield from inferred(rulebook, findings)
