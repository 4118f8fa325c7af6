"""A paper as one HTML file: nothing is fetched, nothing runs; it fits a phone, the dark, and paper."""

from __future__ import annotations

import string

from markupsafe import Markup

from applicability.report.layout import html
from applicability.report.layout.buckets import FILLS
from applicability.report.layout.paper import (
    FEW_PAIRS,
    NARROWER,
    Paper,
    Speech,
    cell_groups,
    is_long,
    is_low,
    is_short,
    is_wide,
    item_runs,
    joined,
    numbered,
    quoted,
    running,
    runs,
    sections,
    stays_whole,
)
from applicability.text import Lang

_PLAIN = frozenset(f"{string.ascii_letters}{string.digits} ")


def css_string(text: str) -> Markup:
    """A text as a string of a style sheet, whatever stands in it.

    >>> print(css_string("A·B"))
    "A\\b7 B"
    """
    return Markup('"{}"').format(Markup("".join(one if one in _PLAIN else f"\\{ord(one):x} " for one in text)))


def render(paper: Paper, speech: Speech, *, face: str | None = None) -> str:
    """The paper as HTML. `face` is the address of a font to carry, for what prints; then nothing is folded either."""
    lang: Lang = "en" if speech == "en" else "zh"
    blocks = numbered(paper.blocks)
    return html.page(
        "paper",
        lang,
        joined(paper.window, speech),
        paper=paper,
        speech=speech,
        runs=lambda text: runs(text, speech),
        joined=lambda text: joined(text, speech),
        told_above=lambda text: joined(text, speech).replace(NARROWER, ""),
        few=FEW_PAIRS,
        quoted=lambda quote: quoted(quote, speech),
        cell_groups=lambda cell: cell_groups(cell, speech),
        item_runs=lambda item: item_runs(item, speech),
        kind=lambda block: type(block).__name__,
        is_long=is_long,
        stays_whole=lambda row, table: stays_whole(row, table, speech),
        is_low=lambda row, widths: is_low(row, widths, speech),
        is_wide=lambda text, level: is_wide(text, level, speech),
        is_short=lambda table: is_short(table, speech),
        blocks=blocks,
        sections=sections(blocks),
        mixed=html.lang_spans,
        fills=FILLS,
        face=face,
        running=css_string(running(paper, speech)),
    )
