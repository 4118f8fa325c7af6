"""All results of a case, counted, and what of the body bears on all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from applicability.model.assessment import BUCKETS, Assessment
from applicability.report import Selection
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.paper import Block, Bullets, Heading, Paragraph, Table, same
from applicability.report.papers.rows import items_text
from applicability.report.papers.texts import say
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
    lines = tuple(_provisions(assessment))
    if lines:
        yield Bullets(lines)


def _provisions(assessment: Assessment) -> Iterator[Text]:
    for one in assessment.provisions:
        yield _say("provision", title=one.title, note=one.note)


def _say(key: str, /, **slots: Text | str) -> Text:
    return s.say(_WORDS[key], **slots)
