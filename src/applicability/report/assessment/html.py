"""The page as one HTML file: nothing is fetched, nothing runs, everything from a profile is escaped."""

from __future__ import annotations

from applicability.report import Options, Selection
from applicability.report.assessment.explain import derivation
from applicability.report.assessment.view import Writer
from applicability.report.layout import html


def render(selection: Selection, options: Options) -> str:
    """The page as HTML."""
    page = Writer(selection, options.lang).page()
    anchors: dict[str, str] = {}  # from the summary to the first group of each verdict
    for group in page.groups:
        anchors.setdefault(group.bucket, group.anchor)
    explained = derivation(selection, options.lang) if options.explain else ()
    return html.page("assessment", page=page, anchors=anchors, explained=explained)
