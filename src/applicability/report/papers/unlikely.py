"""What is not settled and unlikely to concern the entity: counted where the rest is told, and listed at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import plan_questions
from applicability.model.assessment import Assessment, Finding
from applicability.model.measure import Measure, MeasureKey
from applicability.report.language import sentences as s
from applicability.report.language.plausible import describe
from applicability.report.layout.paper import Block, Folded, Heading, Paragraph, Table, same
from applicability.report.papers.awaited import Waiting, steps_of
from applicability.report.papers.rows import RowWriter, marked_number
from applicability.report.papers.texts import appendix, joined, say
from applicability.text import Text

_WORDS = {
    "heading": Text("尚无定论、不大可能涉及本企业的措施", "Not settled, and unlikely to concern the entity"),
    "lead": Text(
        "下列措施缺少事实或取决于官方步骤；须具备的条件，一般不会涉及{who}，因此没有列入问题和步骤。如有涉及，补充所缺事实后本报告即可更新。",
        "These lack a fact or depend on an official step, and ask for what is unlikely of {who}; so they are neither "
        "among the questions nor among the steps. If one does concern the entity, this report can be brought up to "
        "date with the facts that are missing.",
    ),
    "counted": Text(
        "另有{count}项尚未判定或须等待，不大可能涉及本企业，列在“{part}”。",
        "{count} more are not settled or wait, and are unlikely to concern the entity: see “{part}”.",
    ),
    "fold": Text("共{count}项", "{count} measures"),
    "open": Text("所缺事实，或所等待的步骤", "What is missing, or waited for"),
    "missing": Text("所缺：{facts}", "missing: {facts}"),
    "waits": Text("等待：{steps}", "waits for: {steps}"),
    "in": Text("{told}（{labels}）", "{told} ({labels})"),
}


def unlikely_keys(assessment: Assessment) -> frozenset[MeasureKey]:
    """The measures of an assessment that lack a fact or wait, and that nothing plausible for the entity could open."""
    known = Plausibility(assessment.facts, assessment.rulebook)
    waiting = (one.measure for one in assessment.findings if one.bucket == "pending")
    return frozenset((*plan_questions(assessment).unasked, *(one.key for one in waiting if known.unlikely(one))))


def unlikely_counted(count: int) -> Text:
    """How many there are, and where they stand."""
    return s.say(_WORDS["counted"], count=str(count), part=_WORDS["heading"])


def unlikely_part(rows: RowWriter, unasked: Sequence[Finding], waiting: Sequence[Waiting]) -> Iterator[Block]:
    """The part that lists them: each with what is missing or waited for, and for which of those compared."""
    found: dict[Measure, dict[Text, list[Text]]] = {}
    for one in unasked:
        told = s.say(_WORDS["missing"], facts=rows.renderer.labels(one.missing))
        found.setdefault(one.measure, {}).setdefault(told, [])
    for each in waiting:
        for one in each.unlikely:
            names = [rows.rulebook.steps[step].label for step in steps_of(one)] or [each.rows.first(one)]
            told = s.say(_WORDS["waits"], steps=s.listed(names, s.AND))
            found.setdefault(one.measure, {}).setdefault(told, []).extend([each.label] if each.label else [])
    if not found:
        return
    yield Heading(appendix(_WORDS["heading"]))
    who = describe(Plausibility(rows.facts, rows.rulebook), rows.renderer)
    yield Paragraph(s.say(_WORDS["lead"], who=who), "soft")
    lines = tuple(
        (same(marked_number(one)), one.title, joined([_where(told, labels) for told, labels in own.items()]))
        for one, own in sorted(found.items(), key=lambda item: item[0].row)
    )
    table = Table((say("row"), say("rows"), _WORDS["open"]), lines, (9, 51, 40))
    yield Folded(s.say(_WORDS["fold"], count=str(len(found))), (table,))


def _where(told: Text, labels: Sequence[Text]) -> Text:
    return s.say(_WORDS["in"], told=told, labels=s.listed(list(labels), s.AND)) if labels else told
