"""A whole case as a workbook: what is open with its limits and words, every measure with its reason, and the facts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from applicability.model.assessment import BUCKETS, Finding
from applicability.report import Selection
from applicability.report.language import labels as w
from applicability.report.language.reasons import FindingText
from applicability.report.layout.buckets import FILLS
from applicability.report.layout.paper import Table
from applicability.report.layout.workbooks import created_on, new_workbook
from applicability.report.papers.case import cover_of
from applicability.report.papers.facts import facts_of
from applicability.report.papers.in_order import in_order
from applicability.report.papers.rows import RowWriter
from applicability.report.papers.texts import joined, say
from applicability.report.papers.whom import Whom
from applicability.text import Lang, Text

_SHEETS = {
    "open": Text("可用的措施", "Open"),
    "all": Text("全部措施", "All measures"),
    "facts": Text("所依据的事实", "Facts"),
    "about": Text("说明", "About"),
}
_NONE = Text("", "")
_OPEN = (6, 34, 12, 14, 44, 34, 34, 26, 60, 60)
_ALL = (6, 44, 16, 16, 80, 40)


def case_workbook(selection: Selection, lang: Lang) -> bytes:
    """The workbook; no cell can act as a formula."""
    assessment = selection.assessment
    rows = RowWriter(assessment.rulebook, assessment.facts)
    data = io.BytesIO()
    book = new_workbook(data)
    # A fixed creation date, so that equal cases give equal bytes.
    book.set_properties({"title": "applicability report", "created": created_on(assessment.as_of)})
    sheets = _CaseSheets(book, lang)
    heads = [say(key) for key in ("row", "rows", "standing", "force", "why", "limits", "find", "ask", "words")]
    found = in_order(one for one in selection.findings if one.bucket in ("eligible", "conditional"))
    own = [[*_cells(one, rows), *_open_cells(one, rows, lang)] for one in found]
    sheets.write("open", [*heads, Text("", "Unofficial translation")][: 9 if lang == "zh" else 10], own, _OPEN, found)
    heads = [say(key) for key in ("row", "rows", "standing", "force", "why", "missing")]
    every = [
        [*_cells(one, rows), rows.renderer.labels(one.missing) if one.missing else _NONE] for one in selection.findings
    ]
    sheets.write("all", heads, every, _ALL, selection.findings)
    table = next((one for one in facts_of(assessment) if isinstance(one, Table)), None)
    if table is not None:
        sheets.write("facts", table.heads, [[Text(one.zh, one.en) for one in row] for row in table.rows], (32, 60, 40))
    who, cover = cover_of(assessment)
    counts = [(w.BUCKETS[one], Text(str(count), str(count))) for one in BUCKETS if (count := assessment.counts[one])]
    whose = [] if who is None else [[say("for"), who]]
    about = [*whose, *([label, text] for label, text in (*cover, *counts)), [say("notice"), _NONE]]
    sheets.write("about", (), about, (24, 90))
    book.close()
    return data.getvalue()


class _CaseSheets:
    """The sheets of one workbook in one language."""

    def __init__(self, book: Any, lang: Lang) -> None:
        self._book, self._lang = book, lang
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#e8e8e8"}
        )
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._fills = {
            bucket: book.add_format({"bg_color": color, "text_wrap": True, "valign": "top"})
            for bucket, color in FILLS.items()
        }

    def write(
        self,
        name: str,
        heads: Iterable[Text],
        rows: Sequence[Sequence[Text]],
        widths: Sequence[int],
        findings: Sequence[Finding] = (),
    ) -> None:
        """A sheet; where it has a line for each of the findings, their results are coloured."""
        sheet, named = self._book.add_worksheet(_SHEETS[name].of(self._lang)), list(heads)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, text in enumerate(named):
            sheet.write_string(0, place, text.of(self._lang), self._head)
        for line, row in enumerate(rows, bool(named)):
            for place, text in enumerate(row):
                told = text.of(self._lang)
                if findings and place == 0:
                    sheet.write_number(line, place, int(told), self._wrap)
                    continue
                fill = self._fills[findings[line - 1].bucket] if findings and place == 2 else self._wrap
                sheet.write_string(line, place, told, fill)
        if findings:
            sheet.freeze_panes(1, 2)
            sheet.autofilter(0, 0, len(rows), len(named) - 1)


def _cells(one: Finding, rows: RowWriter) -> list[Text]:
    """What each sheet says of a measure: its row, title, result, force and reasons."""
    row, why = str(one.measure.row), FindingText(one).reasons
    force = w.FORCE_NAMES[one.force] if one.force is not None else _NONE
    reasons = rows.beside(one)(joined([each.message for each in why])) if why else w.MEANINGS[one.bucket]
    return [Text(row, row), one.measure.title, w.BUCKETS[one.bucket], force, reasons]


def _open_cells(one: Finding, rows: RowWriter, lang: Lang) -> list[Text]:
    """What is to be kept, found and asked, and the words."""
    told, whom = FindingText(one), Whom(rows.rulebook, one)
    limits = [each.limit.label for each in told.to_keep] + [
        span.note or Text(span.words, span.words) for span in told.limits
    ]
    found = [
        Text(f"{each.about.zh}（{each.authority.zh}）", f"{each.about.en} ({each.authority.en})")
        for each in whom.outstanding
    ]
    words = Text(one.measure.text, one.measure.text)
    translation = rows.rulebook.translation(one.measure.document)
    english = translation.row(one.measure.row) if translation is not None and lang == "en" else None
    return [
        joined(limits),
        joined(found if one.bucket == "conditional" else []),
        joined(whom.first()),
        words,
        *([Text("", english)] if english is not None else []),
    ]
