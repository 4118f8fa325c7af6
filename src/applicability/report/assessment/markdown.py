"""An assessment as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from applicability.report import Options, Selection
from applicability.report.assessment.explain import derivation
from applicability.report.assessment.view import Card, Page, VerdictGroup, Writer
from applicability.report.layout.lines import Node
from applicability.report.layout.wrap import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(selection: Selection, options: Options) -> str:
    """Renders the page as Markdown."""
    page = Writer(selection, options.lang).page()
    lines = [*_head(page)]
    for group in page.groups:
        lines += _group(group, page)
    lines += ["---", ""]
    for remark in page.provisions:
        lines += [f"**{escape(remark.title)}** {escape(remark.note)}", "", f"> {escape(remark.words)}", ""]
        lines += [f"> {escape(remark.english)}", ""] if remark.english else []
    for detail in page.cited:
        lines += [f"> **{escape(detail.label)}** {escape(detail.text)}", ""]
    lines += [escape(page.warning), ""]
    if options.explain:
        for node in derivation(selection, options.lang):
            lines += [f"## {escape(node.text)}", "", *_tree(node.parts), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def escape(text: str) -> str:
    """Escapes everything that Markdown or HTML would read as markup."""
    return _SPECIAL.sub(r"\\\1", printable(text))


def _head(page: Page) -> Iterable[str]:
    yield f"# {escape(page.title)}"
    yield ""
    if page.about:
        yield f"**{escape(page.about)}**  "
    yield escape(page.made_by)
    yield ""
    yield "| | | |"
    yield "|---|---:|---|"
    for _, name, count, meaning in page.summary:
        yield f"| **{name}** | {count} | {escape(meaning)} |"
    yield f"| **{page.total[0]}** | {page.total[1]} | |"
    yield ""
    for note in page.notes:
        yield f"> {escape(note)}"
        yield ""


def _group(group: VerdictGroup, page: Page) -> Iterable[str]:
    yield f"## {escape(group.heading)}"
    yield ""
    if group.questions:
        yield f"**{escape(page.asks)}**"
        yield ""
        for number, question in enumerate(group.questions, 1):
            yield f"{number}. **{escape(question.question)}**  "
            yield f"   {escape(question.help)}  "
            yield f"   {escape(question.helps)}"
        yield ""
    if group.unasked:
        yield escape(group.unasked)
        yield ""
    for brief in group.briefs:
        shared = len(brief.rows) > 1
        if shared and brief.reason:
            yield f"{escape(brief.reason)}"
            yield ""
        for card in brief.rows:
            yield f"- **{card.row}** {escape(card.title)}" + ("" if shared or not brief.reason else "  ")
            if not shared and brief.reason:
                yield f"  {escape(brief.reason)}"
        if shared:
            yield ""
    if group.briefs:
        yield ""
    for card in group.cards:
        yield from _card(card)
    for line in group.lines:
        yield escape(line)
        yield ""


def _card(card: Card) -> Iterable[str]:
    yield f"### {card.row} {escape(card.title)}"
    yield ""
    for detail in card.details:
        mark = "> " if detail.verbatim else ""
        if mark:
            yield ""
        yield f"{mark}**{escape(detail.label)}** {escape(detail.text)}" + ("" if mark else "  ")
        if mark:
            yield ""
    yield ""


def _tree(nodes: Iterable[Node], depth: int = 0) -> Iterable[str]:
    for node in nodes:
        mark = f"`{node.bucket}` " if node.bucket else ""
        yield f"{'  ' * depth}- {mark}{escape(node.text)}"
        yield from _tree(node.parts, depth + 1)
