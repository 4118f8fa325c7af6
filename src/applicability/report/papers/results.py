"""All results of a case, counted, and what is to be noted of some of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.model.assessment import BUCKETS, Assessment, Finding
from applicability.report import Selection
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.paper import Block, Bullets, Heading, Paragraph, Table, same
from applicability.report.papers.force import force_although
from applicability.report.papers.in_order import in_order
from applicability.report.papers.parts import parts_before
from applicability.report.papers.rows import items_text, marked_number
from applicability.report.papers.texts import is_planned, joined, say
from applicability.text import Text

_WORDS: Mapping[str, Text] = {
    "heading": Text("全部结果的项数", "All results, counted"),
    "sum_lost": Text(
        "{rows}在本报告规则所据的扫描件中没有原文，未作审查，请查阅{number}的完整文本。",
        "The text of {rows} is missing from the scan that the rules of this report were made from; they were not "
        "examined: look them up in a full copy of {number}.",
    ),
    "shown": Text("只列出所选的{count}项。", "Only the {count} measures selected are listed."),
    "provision": Text("{title}：{note}", "{title}: {note}"),
    "before": Text(
        "设立之前即可能有用的，是对设立方的人员、不是对本主体自身的部分：{parts}。本报告没有审查这些人是否符合条件。",
        "Perhaps of use before it is set up are the parts for people of whoever sets it up, and not for the entity "
        "itself: {parts}. This report does not examine whether these people qualify.",
    ),
    "although": Text(
        "{item}虽有“{word}”字样，本报告读作{force}：{why}。",
        "{item} says “{word}” and is read as {force}: {why}.",
    ),
    "parts_of": Text("第{row}项{parts}", "of item {row} {parts}"),
}


def results_of(selection: Selection) -> Iterator[Block]:
    """The number of measures of each result, with what it means; then what is to be noted of some."""
    assessment = selection.assessment
    yield Heading(_WORDS["heading"])
    counts = assessment.counts
    rows = [  # every result that the other parts speak of stands here, even of no measure
        (w.BUCKETS[bucket], same(str(counts[bucket])), w.MEANINGS[bucket])
        for bucket in BUCKETS
        if counts[bucket] or bucket in BUCKETS[:5]
    ]
    heads = (say("standing"), say("count"), say("meaning"))
    yield Table(heads, tuple(rows), (26, 16, 58), right=(1,))
    lost = [one.measure for one in assessment.findings if one.bucket == "text_lost"]
    if lost:
        cited = assessment.rulebook.documents[lost[0].document].cited
        yield Paragraph(_say("sum_lost", rows=items_text(one.row for one in lost), number=cited), "soft")
    if len(selection.findings) != len(assessment.findings):
        yield Paragraph(_say("shown", count=str(len(selection.findings))), "soft")
    lines = (*_before(assessment), *_although(assessment, in_order(assessment.open)), *_provisions(assessment))
    if lines:
        yield Bullets(lines)


def _provisions(assessment: Assessment) -> Iterator[Text]:
    for one in assessment.provisions:
        yield _say("provision", title=one.title, note=one.note)


def _although(assessment: Assessment, found: Sequence[Finding]) -> Iterator[Text]:
    """Why what speaks of a trial is counted as more."""
    for one in found:
        why = force_although(one)
        if why is not None and one.force is not None:
            item = assessment.rulebook.documents[one.measure.document].item(marked_number(one.measure))
            item = Text(item.zh, f"{item.en[:1].upper()}{item.en[1:]}")
            yield _say("although", item=item, word=why[0], force=w.FORCE_NAMES[one.force], why=why[1])


def _before(assessment: Assessment) -> Iterator[Text]:
    """The parts that are for people of whoever sets up an entity that is only planned."""
    parts = [
        _say("parts_of", row=marked_number(one.measure), parts=found)
        for one, _, found in (parts_before(assessment) if is_planned(assessment) else ())
    ]
    if parts:
        yield _say("before", parts=joined(parts))


def _say(key: str, /, **slots: Text | str) -> Text:
    return s.say(_WORDS[key], **slots)
