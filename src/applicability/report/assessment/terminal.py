"""The page in a terminal: plain where it is not one, never wider than it, and safe from what a profile may hold."""

from __future__ import annotations

from collections.abc import Iterable

from rich.color import ColorSystem
from rich.style import Style

from applicability.model.assessment import Bucket
from applicability.report import Options, Selection
from applicability.report.assessment.explain import Node, derivation
from applicability.report.assessment.view import Brief, Card, Page, VerdictGroup, Writer
from applicability.report.layout.wrap import pad, printable, text_width, wrap

COLORS: dict[Bucket, str] = {
    "eligible": "bold green", "conditional": "bold cyan", "needs_info": "bold yellow", "pending": "bold blue",
    "ineligible": "bold red", "authorities_only": "bold", "text_lost": "bold", "not_encoded": "bold",
}  # fmt: skip
MARKS: dict[Bucket, str] = {
    "eligible": "✓", "conditional": "◐", "needs_info": "?", "pending": "…", "ineligible": "✗",
    "authorities_only": "§", "text_lost": "–", "not_encoded": "–",
}  # fmt: skip
_INDENT = 5


def render(selection: Selection, options: Options) -> str:
    """The page as lines of text."""
    writer = Writer(selection, options.lang)
    setter = Setter(options.width, options.color)
    _page(setter, writer.page())
    if options.explain:
        _derivation(setter, derivation(selection, options.lang))
    return setter.text()


class Setter:
    """Collects lines, wrapped to a width and coloured if the terminal has colours."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = max(40, min(width, 110))  # longer lines are hard to read
        self._color = color
        self._lines: list[str] = []

    def text(self) -> str:
        """Everything so far, ending in one newline."""
        return "\n".join(self._lines).rstrip("\n") + "\n"

    def paint(self, text: str, style: str) -> str:
        """The text in a style, on a terminal that has colours."""
        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD) if self._color and style else text

    def blank(self) -> None:
        """An empty line, never two."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def raw(self, line: str) -> None:
        """A line that is set already."""
        self._lines.append(line.rstrip())

    def line(self, text: str, style: str = "", lead: str = "", lead_style: str = "", indent: int = 0) -> None:
        """A paragraph behind a lead on its first line; `indent` is where its further lines start."""
        lead = printable(lead)
        start = max(indent, text_width(lead))
        for index, part in enumerate(wrap(printable(text), self.width - start)):
            before = self.paint(pad(lead, start), lead_style) if index == 0 else " " * start
            self._lines.append((before + self.paint(part, style)).rstrip())


def _page(out: Setter, page: Page) -> None:
    out.line(page.title, "bold")
    if page.about:
        out.line(page.about)
    out.line(page.made_by, "dim")
    out.blank()
    _summary(out, page)
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
    out.blank()
    for detail in page.cited:
        out.line(detail.text, "italic", f"{detail.label}  ", "dim")
    out.blank()
    out.line(page.warning, "dim")


def _summary(out: Setter, page: Page) -> None:
    names = max(text_width(name) for name in (*(row[1] for row in page.summary), page.total[0]))
    for bucket, name, count, meaning in page.summary:
        lead = f"{MARKS[bucket]} {pad(name, names)} {count:>4}  "
        out.line(meaning, "dim", lead, COLORS[bucket] if count else "dim")
    out.line("", lead=f"  {pad(page.total[0], names)} {page.total[1]:>4}")


def _group(out: Setter, group: VerdictGroup, page: Page) -> None:
    out.line(group.heading, COLORS[group.bucket], f"{MARKS[group.bucket]} ", COLORS[group.bucket])
    out.line("─" * min(out.width, 78), "dim")
    if group.questions:
        out.line(page.asks, "bold")
        for number, question in enumerate(group.questions, 1):
            out.line(question.question, "", f"{number:>3}. ", "bold", _INDENT)
            out.line(question.help, "dim", indent=_INDENT)
            out.line(question.helps, "dim", indent=_INDENT)
        out.blank()
    for brief in group.briefs:
        _brief(out, brief)
    for card in group.cards:
        _card(out, card)
    for line in group.lines:
        out.line(line)


def _brief(out: Setter, brief: Brief) -> None:
    """Rows that share a reason stand under it; a reason of one row stands under the row."""
    shared = len(brief.rows) > 1
    if shared and brief.reason:
        out.line(brief.reason)
    for card in brief.rows:
        out.line(card.title, "", f"{card.row:>4} ", "bold", _INDENT)
    if not shared and brief.reason:
        out.line(brief.reason, "dim", indent=_INDENT)
    if shared:
        out.blank()


def _card(out: Setter, card: Card) -> None:
    out.line(card.title, "bold", f"{card.row:>4} ", "bold", _INDENT)
    labels = max((text_width(detail.label) for detail in card.details), default=0)
    for detail in card.details:
        lead = " " * _INDENT + pad(detail.label, labels) + "  "
        out.line(detail.text, "italic" if detail.verbatim else "", lead, "dim")
    out.blank()


def _derivation(out: Setter, parts: Iterable[Node]) -> None:
    for part in parts:
        out.blank()
        out.line(part.text, "bold")
        out.line("─" * min(out.width, 78), "dim")
        tree(out, part.parts)


def tree(out: Setter, nodes: Iterable[Node], depth: int = 0) -> None:
    """Nodes, each with its verdict's mark, indented under what they belong to."""
    for node in nodes:
        mark = f"{MARKS[node.bucket]} " if node.bucket else ""
        out.line(node.text, "", "  " * depth + mark, COLORS[node.bucket] if node.bucket else "")
        tree(out, node.parts, depth + 1)
