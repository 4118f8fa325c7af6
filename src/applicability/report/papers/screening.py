"""What a screening came to, as a paper for whoever runs a zone: how many companies, what is open to most of them."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.model.rulebook import Measure, Rulebook
from applicability.report.language import labels as w
from applicability.report.layout.paper import Block, Folded, Heading, Paper, Paragraph, Quote, Table, same
from applicability.report.papers.sources import document_line
from applicability.report.papers.texts import documents, say
from applicability.report.screening.json import SummaryModel, TallyModel
from applicability.text import Text

_MOST = 25  # measures in the table that everybody reads
_WORDS = {
    "title": Text("企业名册筛查汇总", "A register of companies, screened"),
    "register": Text("名册", "Register"),
    "lead": Text(
        "名册共{read}行，筛查企业{companies}家，另有{rejected}行不是企业，不在下列数字之内。"
        "{measures}项任务对至少一家企业可用（可适用或须经认定）；用得最广的是第{row}行“{title}”，{open}家。",
        "The register has {read} rows; {companies} companies were screened, and {rejected} rows are no company: they "
        "are not in the figures below. {measures} measures are open to at least one company "
        "(eligible or conditional); the widest is row {row}, “{title}”, with {open}.",
    ),
    "none": Text(
        "名册共{read}行，筛查企业{companies}家；没有一项任务对其中任何企业可用。",
        "The register has {read} rows; {companies} companies were screened. No measure is open to any of them.",
    ),
    "needs": Text(
        "全部结论中有{share}因名册缺少事实而未定：补充这些列，可用的可能更多。",
        "{share} of all verdicts are not settled for want of facts in the register: more columns may open more.",
    ),
    "verdicts": Text("全部结论（企业 × 任务）", "All verdicts (companies × measures)"),
    "share": Text("占比", "Share"),
    "top": Text("可用企业最多的任务", "Measures open to most companies"),
    "more": Text("其余对部分企业可用的任务（{count}）", "Other measures open to some ({count})"),
    "none_open": Text("对名册中任何企业都尚不可用的任务", "Measures open to none of them yet"),
    "none_count": Text("{count}项", "{count} measures"),
    "number": Text("次数", "Count"),
    "words": Text("用得最广的任务：原文", "The widest measures: their words"),
    "how": Text("怎样使用这份汇总", "How to use this"),
    "how_text": Text(
        "这些数字说明哪些任务值得先落实；单家企业的条件、须遵守的限制和所依原文，另出该企业的报告。"
        "“须经认定”者，条件已满足，尚待主管部门逐家认定。",
        "These figures tell which measures are worth putting in place first. The terms, limits and words for one "
        "company are in a report of its own. Where a verdict is conditional, all else is met and an authority has to "
        "make a finding for each company.",
    ),
    "ignored": Text("未作为事实读取的列：{names}", "Columns that were not read as facts: {names}"),
}


def screening_paper(summary: SummaryModel, rulebook: Rulebook) -> Paper:
    """The paper of a screening's summary, for the rulebook that it was made with."""
    cover = (
        (_WORDS["register"], same(summary.source)),
        (say("day"), same(summary.as_of.isoformat())),
        (say("documents"), documents(rulebook)),
        (say("rulebook"), same(f"{summary.rulebook.id} {summary.rulebook.version}")),
        (say("digest"), same(summary.rulebook.digest)),
    )
    found = sorted(
        (one for one in summary.measures if _open(one)), key=lambda one: (-_open(one), -one.eligible, one.row)
    )
    return Paper(
        _WORDS["title"], same(summary.source), cover, tuple(_summary(summary, found)),
        tuple(_blocks(summary, found, rulebook)), say("notice"), summary.as_of,
    )  # fmt: skip


def _summary(summary: SummaryModel, found: list[TallyModel]) -> Iterator[Block]:
    slots = {"read": f"{summary.read:,}", "companies": f"{summary.companies:,}", "rejected": f"{summary.rejected:,}"}
    yield Heading(say("summary"))
    if found:
        best = found[0]
        zh = {**slots, "measures": str(len(found)), "row": str(best.row), "open": f"{_open(best):,}"}
        yield Paragraph(
            Text(
                _WORDS["lead"].zh.format(title=best.title.zh, **zh), _WORDS["lead"].en.format(title=best.title.en, **zh)
            ),
            "lead",
        )
    else:
        yield Paragraph(Text(_WORDS["none"].zh.format(**slots), _WORDS["none"].en.format(**slots)), "lead")
    counts = summary.verdicts.model_dump()
    whole = sum(counts.values())
    if whole:
        share = f"{100 * counts['needs_info'] / whole:.1f}%"
        yield Paragraph(Text(_WORDS["needs"].zh.format(share=share), _WORDS["needs"].en.format(share=share)))
        rows = tuple(
            (w.BUCKETS[bucket], same(f"{count:,}"), same(f"{100 * count / whole:.1f}%"), w.MEANINGS[bucket])  # type: ignore[index]
            for bucket, count in counts.items()
        )
        yield Table((_WORDS["verdicts"], _WORDS["number"], _WORDS["share"], say("meaning")), rows, (24, 16, 12, 48))


def _blocks(summary: SummaryModel, found: list[TallyModel], rulebook: Rulebook) -> Iterator[Block]:
    if found:
        yield Heading(_WORDS["top"])
        yield _table(found[:_MOST])
        if len(found) > _MOST:
            yield Folded(_count("more", len(found) - _MOST), (_table(found[_MOST:]),))
        yield Heading(_WORDS["words"])
        for one in found[:5]:
            yield from _words(rulebook.measure(one.row, one.document), rulebook)
    none = [one for one in summary.measures if not _open(one)]
    if none:
        titles = Text(
            "；".join(f"{one.row} {one.title.zh}" for one in none),
            "; ".join(f"{one.row} {one.title.en}" for one in none),
        )
        yield Heading(_WORDS["none_open"])
        yield Folded(_count("none_count", len(none)), (Paragraph(titles, "soft"),))
    yield Heading(_WORDS["how"])
    yield Paragraph(_WORDS["how_text"])
    if summary.ignored_columns:
        names = ", ".join(summary.ignored_columns)
        yield Paragraph(
            Text(_WORDS["ignored"].zh.format(names=names), _WORDS["ignored"].en.format(names=names)), "soft"
        )
    for notice in summary.notices:
        yield Paragraph(Text(notice.zh, notice.en), "soft")
    yield Heading(say("sources"))
    for document in rulebook.documents.values():
        yield Paragraph(document_line(document))


def _words(measure: Measure, rulebook: Rulebook) -> Iterator[Block]:
    translation = rulebook.translation(measure.document)
    number = rulebook.documents[measure.document].number
    yield Heading(say("row_title", row=str(measure.row), title=measure.title), 3)
    english = translation.row(measure.row) if translation is not None else None
    yield Quote(measure.text, english, say("row_where", number=number, row=str(measure.row)))


def _table(found: list[TallyModel]) -> Table:
    heads = (say("row"), say("rows"), w.BUCKETS["eligible"], w.BUCKETS["conditional"], w.BUCKETS["needs_info"])
    rows = tuple(
        (
            same(str(one.row)), Text(one.title.zh, one.title.en), same(f"{one.eligible:,}"),
            same(f"{one.conditional:,}"), same(f"{one.needs_info:,}"),
        )
        for one in found
    )  # fmt: skip
    return Table(heads, rows, (9, 46, 13, 16, 16))


def _count(key: str, count: int) -> Text:
    return Text(_WORDS[key].zh.format(count=count), _WORDS[key].en.format(count=count))


def _open(one: TallyModel) -> int:
    return one.eligible + one.conditional
