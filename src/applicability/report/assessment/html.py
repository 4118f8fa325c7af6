"""An assessment as one self-contained HTML file, without scripts; all profile content is escaped."""

from __future__ import annotations

from applicability.report import Options, Selection
from applicability.report.assessment.explain import derivation
from applicability.report.assessment.view import Writer
from applicability.report.layout import html


def render(selection: Selection, options: Options) -> str:
    """Renders the page as HTML."""
    writer = Writer(selection, options.lang)
    page = writer.page()
    anchors: dict[str, str] = {}  # links from the summary to the first group of each verdict
    for group in page.groups:
        anchors.setdefault(group.bucket, group.anchor)
    explained = derivation(selection, options.lang) if options.explain else ()
    title = " · ".join(part for part in (page.about, writer.rows()) if part)
    return html.page(
        "assessment", page.lang, f"{title} – {page.title}", page=page, anchors=anchors, explained=explained
    )
