"""A comparison as tables: CSV in long form, and a workbook that a spreadsheet opens. No cell can act as a formula."""

from __future__ import annotations

import csv as csv_module
import io
import json
from typing import Any

from applicability.analysis.comparison import Comparison
from applicability.days import day_text
from applicability.model.assessment import BUCKETS, Finding
from applicability.model.profile import Profile
from applicability.report.comparison.terminal import reason
from applicability.report.contract import plain
from applicability.report.language import labels as w
from applicability.report.language.reasons import FindingText
from applicability.report.layout.buckets import FILLS
from applicability.report.layout.spreadsheet import no_formula
from applicability.report.layout.workbooks import created_on, new_workbook
from applicability.text import Lang, Text

HEADS = {
    "document": Text("文件", "document"),
    "row": Text("行", "row"),
    "title": Text("措施", "measure"),
    "alternative": Text("方案", "alternative"),
    "verdict": Text("结论", "verdict"),
    "force": Text("力度", "force"),
    "reason": Text("理由", "reason"),
    "differs": Text("各栏不同", "differs"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "matrix": Text("对照", "Matrix"),
    "reasons": Text("理由", "Reasons"),
    "ranking": Text("排名", "Ranking"),
    "about": Text("说明", "About"),
    "place": Text("名次", "place"),
    "open": Text("可用", "open"),
    "rulebook": Text("规则库", "rulebook"),
    "as_of": Text("截至", "as of"),
}


def csv(comparison: Comparison, lang: Lang) -> str:
    """One line for each row and alternative, after a byte order mark, without which Excel misreads Chinese."""
    out = io.StringIO()
    writer = csv_module.writer(out, lineterminator="\r\n")
    writer.writerow(
        [HEADS[key].of(lang) for key in ("document", "row", "title", "alternative", "verdict", "force", "reason")]
    )
    for row in comparison.rows:
        for one, finding in zip(comparison.alternatives, row.findings, strict=True):
            cells = (
                row.measure.document, row.measure.row, row.measure.title.of(lang), one.label.of(lang),
                w.BUCKETS[finding.bucket].of(lang), _force(finding, lang), _why(finding, lang),
            )  # fmt: skip
            writer.writerow([no_formula(cell) if isinstance(cell, str) else cell for cell in cells])
    return "\ufeff" + out.getvalue()


def _force(finding: Finding, lang: Lang) -> str:
    return w.FORCES[finding.force].of(lang) if finding.force else ""


def _why(finding: Finding, lang: Lang) -> str:
    why = FindingText(finding).reasons
    return why[0].message.of(lang) if why else w.MEANINGS[finding.bucket].of(lang)


def xlsx(comparison: Comparison, lang: Lang) -> bytes:
    """A workbook: the matrix with totals, the reasons, the ranking, and the inputs."""
    data = io.BytesIO()
    book = new_workbook(data)
    # A fixed creation date, so that equal comparisons give equal bytes.
    day = created_on(comparison.alternatives[0].assessment.as_of)
    book.set_properties({"title": "applicability compare", "created": day})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#e8e8e8"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    fills = {
        bucket: book.add_format({"bg_color": color, "valign": "top", "border": 1}) for bucket, color in FILLS.items()
    }
    _matrix(book.add_worksheet(HEADS["matrix"].of(lang)), comparison, lang, head, wrap, fills)
    _reasons(book.add_worksheet(HEADS["reasons"].of(lang)), comparison, lang, head, wrap)
    _ranking(book.add_worksheet(HEADS["ranking"].of(lang)), comparison, lang, head, wrap)
    _about(book.add_worksheet(HEADS["about"].of(lang)), comparison, lang, head, wrap)
    book.close()
    return data.getvalue()


def _matrix(sheet: Any, comparison: Comparison, lang: Lang, head: Any, wrap: Any, fills: Any) -> None:
    labels = [one.label.of(lang) for one in comparison.alternatives]
    heads = [HEADS["row"].of(lang), HEADS["title"].of(lang), HEADS["differs"].of(lang), *labels]
    sheet.write_row(0, 0, heads, head)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 48)
    sheet.set_column(2, 2, 8)
    sheet.set_column(3, 2 + len(labels), 14)
    for line, row in enumerate(comparison.rows, 1):
        sheet.write_number(line, 0, row.measure.row, wrap)
        sheet.write_string(line, 1, row.measure.title.of(lang), wrap)
        sheet.write_string(line, 2, HEADS["yes" if row.differs else "no"].of(lang), wrap)
        for place, bucket in enumerate(row.buckets):
            sheet.write_string(line, 3 + place, w.BUCKETS[bucket].of(lang), fills[bucket])
    sheet.autofilter(0, 0, len(comparison.rows), 2 + len(labels))
    line = len(comparison.rows) + 2
    for bucket in BUCKETS:
        sheet.write_string(line, 1, w.BUCKETS[bucket].of(lang), head)
        for place, totals in enumerate(comparison.totals):
            sheet.write_number(line, 3 + place, totals[bucket], fills[bucket])
        line += 1


def _reasons(sheet: Any, comparison: Comparison, lang: Lang, head: Any, wrap: Any) -> None:
    keys = ("row", "title", "alternative", "verdict", "force", "reason")
    sheet.write_row(0, 0, [HEADS[key].of(lang) for key in keys], head)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate((6, 44, 22, 14, 26, 80)):
        sheet.set_column(column, column, width)
    line = 0
    for row in comparison.rows:
        for one, finding in zip(comparison.alternatives, row.findings, strict=True):
            line += 1
            sheet.write_number(line, 0, row.measure.row, wrap)
            cells = (
                row.measure.title.of(lang), one.label.of(lang), w.BUCKETS[finding.bucket].of(lang),
                _force(finding, lang), _why(finding, lang),
            )  # fmt: skip
            for column, cell in enumerate(cells, 1):
                sheet.write_string(line, column, cell, wrap)
    sheet.autofilter(0, 0, line, len(keys) - 1)


def _ranking(sheet: Any, comparison: Comparison, lang: Lang, head: Any, wrap: Any) -> None:
    sheet.write_row(0, 0, [HEADS[key].of(lang) for key in ("place", "alternative", "open", "reason")], head)
    for column, width in enumerate((8, 30, 8, 90)):
        sheet.set_column(column, column, width)
    for line, rank in enumerate(comparison.ranking, 1):
        sheet.write_number(line, 0, rank.place, wrap)
        sheet.write_string(line, 1, rank.alternative.label.of(lang), wrap)
        sheet.write_number(line, 2, rank.open, wrap)
        sheet.write_string(line, 3, reason(rank, rank.index == 0).of(lang), wrap)


def _about(sheet: Any, comparison: Comparison, lang: Lang, head: Any, wrap: Any) -> None:
    book = comparison.rulebook
    lines = [
        (HEADS["rulebook"].of(lang), f"{book.id} {book.version} ({book.digest})"),
        *((document.title.of(lang), document.number) for document in book.documents.values()),
        *(
            (
                one.label.of(lang),
                f"{HEADS['as_of'].of(lang)} {day_text(one.assessment.as_of).of(lang)} · "
                f"{_said(one.assessment.profile)}",
            )
            for one in comparison.alternatives
        ),
        *((w.BUCKETS[bucket].of(lang), w.MEANINGS[bucket].of(lang)) for bucket in BUCKETS),
    ]
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    for line, (name, text) in enumerate(lines):
        sheet.write_string(line, 0, name, head)
        sheet.write_string(line, 1, text, wrap)


def _said(profile: Profile) -> str:
    return json.dumps({name: plain(value) for name, value in profile.facts.items()}, ensure_ascii=False)
