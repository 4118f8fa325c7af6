"""What would open more, as a workbook: a line for each way, the nearest rows first. No cell can act as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence

from applicability.analysis.minimal_changes import Prospect
from applicability.model.assessment import Assessment, bucket_of
from applicability.report.changes.terminal import nearest, reason
from applicability.report.language import labels as w
from applicability.report.language.edits import clauses, owner
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.workbooks import created_on, new_workbook
from applicability.text import Lang, Text

_HEADS = (
    (Text("行", "Row"), 6), (Text("措施", "Measure"), 44), (Text("现为", "Now"), 16), (Text("做法", "Way"), 6),
    (Text("改变", "Change"), 70), (Text("由谁来做", "Whose it is"), 26), (Text("则为", "Then"), 16),
)  # fmt: skip
_SHEET = Text("改变", "Changes")


def xlsx(assessment: Assessment, prospects: Sequence[Prospect], lang: Lang) -> bytes:
    """The workbook; what nothing the entity does opens comes last, with the reason."""
    data = io.BytesIO()
    book = new_workbook(data)
    book.set_properties({"title": "applicability change", "created": created_on(assessment.as_of)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#e8e8e8"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_SHEET.of(lang))
    for place, (name, width) in enumerate(_HEADS):
        sheet.write_string(0, place, name.of(lang), head)
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 2)
    own = nearest(prospects, assessment)
    line = 0
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    for one in (*own, *(each for each in prospects if not each.yours)):
        for number, told, whose, then in _ways(one, words):
            line += 1
            measure = one.finding.measure
            sheet.write_number(line, 0, measure.row, wrap)
            cells = (measure.title, w.BUCKETS[one.finding.bucket], Text(number, number), told, whose, then)
            for place, text in enumerate(cells, 1):
                sheet.write_string(line, place, text.of(lang), wrap)
    sheet.autofilter(0, 0, line, len(_HEADS) - 1)
    book.close()
    return data.getvalue()


def _ways(one: Prospect, words: ConditionRenderer) -> list[tuple[str, Text, Text, Text]]:
    if not one.yours:
        return [("", reason(one, words) or Text("", ""), Text("", ""), Text("", ""))]
    found = []
    for number, change in enumerate(one.changes, 1):
        owners = list(dict.fromkeys(owner(edit) for edit in change.edits))
        whose = Text("；".join(each.zh for each in owners), "; ".join(each.en for each in owners))
        found.append((str(number), clauses(change.edits, words), whose, w.BUCKETS[bucket_of(change.verdict)]))
    return found
