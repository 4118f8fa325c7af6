"""A paper as Markdown: readable as it is, and on any site that renders it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from applicability.report.layout.paper import (
    Block,
    Bullets,
    Folded,
    Heading,
    Pairs,
    Paper,
    Paragraph,
    Quote,
    Run,
    Speech,
    Table,
    cell_runs,
    item_runs,
    joined,
    quoted,
    runs,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(paper: Paper, speech: Speech) -> str:
    """The paper, ending in a newline."""
    lines = [f"# {_escaped(joined(paper.title, speech))}", ""]
    if paper.subtitle is not None:
        lines += [f"**{_escaped(joined(paper.subtitle, speech))}**", ""]
    lines += ["| | |", "|---|---|"]
    lines += [f"| {_escaped(joined(a, speech))} | {_escaped(joined(b, speech))} |" for a, b in paper.cover]
    lines += ["", *_blocks(paper.summary, speech), *_blocks(paper.blocks, speech), "---", ""]
    lines += [line for run in runs(paper.notice, speech) for line in (_escaped(run.text), "")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _blocks(blocks: Iterable[Block], speech: Speech) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, speech)
        yield ""


def _block(block: Block, speech: Speech) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {_escaped(joined(text, speech))}"
        case Paragraph(text):
            for run in runs(text, speech):
                yield _escaped(run.text)
                yield ""
        case Bullets(texts):
            for text in texts:
                yield f"- {_escaped(joined(text, speech))}"
        case Quote():
            yield from _quote(block, speech)
        case Pairs(rows):
            for label, items in rows:
                yield f"- **{_escaped(joined(label, speech))}**"
                for item in items:
                    for run in item_runs(item, speech):
                        yield f"  {'> ' if isinstance(item, Quote) else ''}{_escaped(run.text)}"
                        yield ""
        case Table(heads, rows):
            yield "| " + " | ".join(_escaped(joined(head, speech)) for head in heads) + " |"
            yield "|" + "---|" * len(heads)
            for row in rows:
                told = (" / ".join(map(_marked, cell_runs(cell, speech))) for cell in row)
                yield "| " + " | ".join(told) + " |"
        case Folded(title, inner, level):
            shown = _escaped(joined(title, speech))
            yield f"**{shown}**" if level is None else f"{'#' * (level + 1)} {shown}"
            yield ""
            yield from _blocks(inner, speech)
        case _:
            assert_never(block)


def _marked(run: Run) -> str:
    """A line of a cell, with its label set off."""
    return "".join(
        f"**{_escaped(one.text)}**" if run.label and one.is_name else _escaped(one.text) for one in run.parts
    )


def _quote(quote: Quote, speech: Speech) -> Iterator[str]:
    for run in quoted(quote, speech):
        yield f"> {_escaped(run.text)}"
        yield ">"
