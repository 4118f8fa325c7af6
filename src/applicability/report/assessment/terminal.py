"""An assessment for a terminal, within its width; control characters in a profile are escaped."""

from __future__ import annotations

from collections.abc import Iterable

from applicability.report import Options, Selection
from applicability.report.assessment.explain import derivation
from applicability.report.assessment.short_page import brief_page, head
from applicability.report.assessment.view import Brief, Card, Page, VerdictGroup, Writer
from applicability.report.layout.buckets import MARKS, STYLES
from applicability.report.layout.lines import LineWriter, Node
from applicability.report.layout.wrap import pad, text_width

_INDENT = 5


def render(selection: Selection, options: Options) -> str:
    """Renders the page as text."""
    writer = Writer(selection, options.lang)
    out = LineWriter(options.width, options.color)
    if options.brief:
        brief_page(out, writer)
        return out.text()
    _page(out, writer.page())
    if options.explain:
        _derivation(out, derivation(selection, options.lang))
    return out.text()


def _page(out: LineWriter, page: Page) -> None:
    head(out, page)
    for note in page.notes:
        out.blank()
        out.line(note)
    for group in page.groups:
        out.blank()
        _group(out, group, page)
    for remark in page.provisions:
        out.blank()
        out.line(remark.title, "bold")
        out.line(remark.note, lead=" " * _INDENT)
        out.line(remark.words, "italic", lead=" " * _INDENT)
        if remark.english:
            out.line(remark.english, "italic", lead=" " * _INDENT)
    out.blank()
    for detail in page.cited:
        out.line(detail.text, "italic", f"{detail.label}  ", "dim")
    out.blank()
    out.line(page.warning, "dim")


def _group(out: LineWriter, group: VerdictGroup, page: Page) -> None:
    out.line(group.heading, STYLES[group.bucket], f"{MARKS[group.bucket]} ", STYLES[group.bucket])
    out.line("─" * min(out.width, 78), "dim")
    if group.questions:
        out.line(page.asks, "bold")
        for number, question in enumerate(group.questions, 1):
            out.line(question.question, "", f"{number:>3}. ", "bold", _INDENT)
            out.line(question.help, "dim", indent=_INDENT)
            out.line(question.helps, "dim", indent=_INDENT)
    if group.unasked:
        out.line(group.unasked, "dim")
    if group.questions or group.unasked:
        out.blank()
    for brief in group.briefs:
        _brief(out, brief)
    for card in group.cards:
        _card(out, card)
    for line in group.lines:
        out.line(line)


def _brief(out: LineWriter, brief: Brief) -> None:
    """Rows that share a reason are listed under it; a single row's reason comes under the row."""
    shared = len(brief.rows) > 1
    if shared and brief.reason:
        out.line(brief.reason)
    for card in brief.rows:
        out.line(card.title, "", f"{card.row:>4} ", "bold", _INDENT)
    if not shared and brief.reason:
        out.line(brief.reason, "dim", indent=_INDENT)
    if shared:
        out.blank()


def _card(out: LineWriter, card: Card) -> None:
    out.line(card.title, "bold", f"{card.row:>4} ", "bold", _INDENT)
    labels = max((text_width(detail.label) for detail in card.details), default=0)
    for detail in card.details:
        lead = " " * _INDENT + pad(detail.label, labels) + "  "
        out.line(detail.text, "italic" if detail.verbatim else "", lead, "dim")
    out.blank()


def _derivation(out: LineWriter, parts: Iterable[Node]) -> None:
    for part in parts:
        out.blank()
        out.line(part.text, "bold")
        out.line("─" * min(out.width, 78), "dim")
        out.tree(part.parts)
