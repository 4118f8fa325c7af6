"""A paper in a format, and what formats there are; each is set by a module that is loaded when it is asked for."""

from __future__ import annotations

from typing import Literal, get_args

from applicability.report.layout.paper import Paper, Speech

PaperFormat = Literal["docx", "pdf", "html", "markdown"]
FORMATS: tuple[PaperFormat, ...] = get_args(PaperFormat)


def write(paper: Paper, format: PaperFormat, speech: Speech) -> bytes:
    """The paper in a format. Raises EngineError where what sets it is not installed."""
    match format:
        case "docx":
            from applicability.report.layout.paper_docx import render as docx

            return docx(paper, speech)
        case "pdf":
            from applicability.report.layout.paper_pdf import render as pdf

            return pdf(paper, speech)
        case "html":
            from applicability.report.layout.paper_html import render as html

            return html(paper, speech).encode()
        case "markdown":
            from applicability.report.layout.paper_markdown import render as markdown

            return markdown(paper, speech).encode()
