"""A paper as one HTML file: nothing is fetched, nothing runs; it fits a phone, the dark, and paper."""

from __future__ import annotations

from applicability.report.layout import html
from applicability.report.layout.buckets import FILLS
from applicability.report.layout.paper import (
    Paper,
    Speech,
    is_long,
    item_runs,
    joined,
    numbered,
    quoted,
    running,
    runs,
    sections,
)
from applicability.text import Lang


def render(paper: Paper, speech: Speech, *, face: str | None = None) -> str:
    """The paper as HTML. `face` is the address of a font to carry, for what prints; then nothing is folded either."""
    lang: Lang = "en" if speech == "en" else "zh"
    blocks = numbered(paper.blocks)
    return html.page(
        "paper",
        lang,
        f"{joined(paper.title, speech)} – {joined(paper.subtitle, speech)}",
        paper=paper,
        speech=speech,
        runs=lambda text: runs(text, speech),
        joined=lambda text: joined(text, speech),
        quoted=lambda quote: quoted(quote, speech),
        item_runs=lambda item: item_runs(item, speech),
        kind=lambda block: type(block).__name__,
        is_long=is_long,
        blocks=blocks,
        sections=sections(blocks),
        mixed=html.lang_spans,
        fills=FILLS,
        face=face,
        running=running(paper, speech),
    )
