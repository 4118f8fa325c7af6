"""A report or a comparison as a file to keep, in the formats of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from applicability import report
from applicability.analysis.comparison import Comparison
from applicability.model.assessment import Assessment
from applicability.service.choices import ComparisonFormat, ReportFormat
from applicability.text import Lang
from applicability.web.file_names import attachment, comparison_name, report_name

TYPES: Mapping[str, tuple[str, str]] = {
    "html": ("text/html; charset=utf-8", "html"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "text": ("text/plain; charset=utf-8", "txt"),
    "json": ("application/json", "json"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "yaml": ("application/yaml", "yaml"),
    "pdf": ("application/pdf", "pdf"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}


def described(what: str, formats: Iterable[ReportFormat | ComparisonFormat]) -> dict[str, Any]:
    """What is published of an answer that is a file: every media type that it may have."""
    return {"description": what, "content": {TYPES[one][0].partition(";")[0]: {} for one in formats}}


def download(assessment: Assessment, format: ReportFormat, lang: Lang) -> Response:
    """The report of an assessment, to be kept and not shown, under a name that tells whose it is."""
    if format == "xlsx":
        from applicability.report.papers.case_workbook import case_workbook  # an extra, for those who ask for it

        data = case_workbook(report.whole(assessment), lang)
    elif format == "text" or format == "json" or format == "yaml":
        data = report.render(report.whole(assessment), format, report.Options(lang)).encode()
    else:
        from applicability.report.papers.case import case_paper  # for those who ask for one
        from applicability.report.papers.write import write

        data = write(case_paper(report.whole(assessment)), format, lang)
    kind, ending = TYPES[format]
    return _kept(data, kind, report_name(assessment, ending, lang))


def download_comparison(comparison: Comparison, format: ComparisonFormat, lang: Lang) -> Response:
    """A comparison, to be kept and not shown, as `applicability compare --format` writes it."""
    if format == "json":
        data = comparison.to_json().encode()
    elif format == "csv" or format == "xlsx":
        from applicability.report.comparison import tables  # for those who ask for one

        data = tables.xlsx(comparison, lang) if format == "xlsx" else tables.csv(comparison, lang).encode()
    else:
        from applicability.report.papers.comparison import comparison_paper
        from applicability.report.papers.write import write

        data = write(comparison_paper(comparison), format, lang)
    kind, ending = TYPES[format]
    return _kept(data, kind, comparison_name(comparison.alternatives[0].assessment, ending, lang))


def _kept(data: bytes, kind: str, name: str) -> Response:
    headers = {
        "content-disposition": attachment(name),
        "cache-control": "no-store",
        # The file has its own policy; if a browser shows it from this address, nothing in it may run.
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(data, headers=headers, media_type=kind)
