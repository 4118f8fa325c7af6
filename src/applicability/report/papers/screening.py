"""What a screening came to, as a paper for whoever runs a zone: how many companies, what is open to most of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Bucket
from applicability.model.rulebook import Entry, Measure, Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.paper import Block, Bullets, Folded, Heading, Paper, Paragraph, Quote, Table, same
from applicability.report.papers.rows import entry_line, title_of, where_of
from applicability.report.papers.sources import document_line, rulebook_of
from applicability.report.papers.texts import documents, say, sentence
from applicability.report.screening.json import SummaryModel, TallyModel
from applicability.text import Text

_MOST = 25  # measures in the table that everybody reads
_LEFT: tuple[Bucket, ...] = ("needs_info", "pending", "ineligible")
_SHOWN: tuple[Bucket, ...] = ("eligible", "conditional", "needs_info", "pending")
_ASKED = 6  # missing columns that are named
_WORDS = {
    "title": Text("企业名册筛查汇总", "A register of companies, screened"),
    "named": Text("名册“{name}”", "Register “{name}”"),
    "register": Text("名册", "Register"),
    "lead": Text(
        "名册共{read}行，筛查企业{companies}家。{measures}项措施对至少一家企业可用（可适用或须经认定）；"
        "适用企业最多的是{item}“{title}”，{open}家。",
        "The register has {read} rows, of which {companies} are companies and were screened. {measures} "
        "measures are open "
        "to at least one company (eligible or conditional); open to most is {item}, “{title}”, to {open}.",
    ),
    "served": Text("{served}家企业至少有一项措施可用。", "{served} companies have at least one measure open to them."),
    "served_split": Text(
        "{served}家企业至少有一项措施可用：{inside}家依方案本身的适用范围，另{beyond}家只依后来的文件。",
        "{served} companies have at least one open: {inside} by the plan's own scope, {beyond} by later instruments "
        "alone.",
    ),
    "rejected": Text(
        "另有{rejected}行不是企业，不在下列数字之内。",
        "{rejected} rows are no company and are not in the figures below.",
    ),
    "none": Text(
        "名册共{read}行，筛查企业{companies}家；没有一项措施对其中任何企业可用。",
        "The register has {read} rows, of which {companies} are companies and were screened. No measure is open to any "
        "of them.",
    ),
    "sum": Text(
        "全部{all}项措施中：{open}项至少对一家企业可用，{none}项对任何企业都尚不可用，{duty}项只是主管部门的职责，"
        "{lost}项原文缺失。",
        "Of all {all} measures {open} are open to at least one company, {none} to none yet, {duty} are duties of "
        "authorities alone, and the text of {lost} is lost.",
    ),
    "needs": Text(
        "全部{whole}个结论中有{count}个因名册缺少事实而未定：补充下列各列，可用的可能更多。",
        "Of all {whole} verdicts {count} are not settled for want of facts in the register; more columns may "
        "open more.",
    ),
    "by_entries": Text(
        "{item}：{open}家中，{inside}家依方案的适用范围可用，另{beyond}家只依后来的文件可用，即{title}（自{date}起）。",
        "{item}: of the {open}, {inside} can use it by the plan's own scope and {beyond} by a later instrument alone, "
        "{title} (from {date}).",
    ),
    "reported": Text(
        "此项依未经官方文件证实的消息（{weight}）：{caution}。",
        "This rests on what was reported ({weight}), not on an official text: {caution}.",
    ),
    "asks": Text("补充哪些列最有助于判定", "Which missing columns would settle most"),
    "asks_lead": Text(
        "每一行为名册中没有、或部分企业没有填的一列；待定结论可能同时等待几列。",
        "Each line is a column that the register lacks, or that some companies leave empty; a verdict may "
        "wait for several.",
    ),
    "asks_first": Text("下表为{all}列中的前{shown}列。", "The table has the first {shown} of {all} columns."),
    "column": Text("列", "Column"),
    "waiting": Text("等待它的结论", "Verdicts waiting for it"),
    "of_companies": Text("所涉企业", "Companies concerned"),
    "verdicts": Text("全部结论（企业 × 措施）", "All verdicts (companies × measures)"),
    "top": Text("适用企业最多的措施", "Measures open to most companies"),
    "more": Text("其余对部分企业可用的措施（{count}）", "Other measures open to some ({count})"),
    "none_open": Text("对名册中任何企业都尚不可用的措施", "Measures open to none of them yet"),
    "none_needs": Text(
        "缺少事实，补充后可能可用（{count}）", "Facts are missing, with which some may be open ({count})"
    ),
    "none_waits": Text(
        "取决于官方步骤或当地自己的方案（{count}）",
        "Depend on an official step or on a programme of the place's own ({count})",
    ),
    "none_shut": Text("没有企业符合条件（{count}）", "No company meets the conditions ({count})"),
    "number": Text("次数", "Count"),
    "words": Text("适用企业最多的措施：原文", "Text of the most widely available measures"),
    "how": Text("怎样使用这份汇总", "How to use this"),
    "how_text": Text(
        "这些数字说明哪些措施值得优先落实；单家企业的条件、须遵守的限制和所依原文，另出该企业的报告。"
        "“须经认定”者，条件已满足，尚待主管部门逐家认定。",
        "These figures tell which measures are worth prioritising. The terms, limits and words for one "
        "company are in a "
        "report of its own. Where a verdict is conditional, all else is met and an authority has to make a "
        "determination "
        "for each company.",
    ),
    "ignored": Text(
        "未作为事实读取的列（列名照录名册）：{names}",
        "Columns that were not read as facts (under the register's own headings): {names}",
    ),
}


def screening_paper(summary: SummaryModel, rulebook: Rulebook) -> Paper:
    """The paper of a screening's summary, for the rulebook that it was made with."""
    found = sorted(
        (one for one in summary.measures if _open(one)), key=lambda one: (-_open(one), -one.eligible, one.row)
    )
    writer = _ScreeningPaper(summary, rulebook, found)
    file = PurePath(summary.source).name or summary.source
    cover = (
        (_WORDS["register"], same(file)),
        (say("day"), same(summary.as_of.isoformat())),
        (say("documents"), documents(rulebook)),
        (say("rulebook"), same(f"{summary.rulebook.id} {summary.rulebook.version}")),
    )
    return Paper(
        _WORDS["title"], s.say(_WORDS["named"], name=PurePath(file).stem), cover, tuple(writer.summarized()),
        tuple(writer.blocks()), say("notice"), summary.as_of,
    )  # fmt: skip


@dataclass(frozen=True)
class _ScreeningPaper:
    summary: SummaryModel
    rulebook: Rulebook
    found: list[TallyModel]

    def summarized(self) -> Iterator[Block]:
        """The figures that everybody reads."""
        summary = self.summary
        yield Heading(say("summary"))
        yield Paragraph(sentence(self._lead()), "lead")
        counts = summary.verdicts.model_dump()
        whole = sum(counts.values())
        if counts["needs_info"]:
            yield Paragraph(s.say(_WORDS["needs"], whole=f"{whole:,}", count=f"{counts['needs_info']:,}"))
        if whole:
            rows = tuple(
                (w.BUCKETS[bucket], same(f"{count:,}"), w.MEANINGS[bucket])  # type: ignore[index]
                for bucket, count in counts.items()
            )
            yield Table((_WORDS["verdicts"], _WORDS["number"], say("meaning")), rows, (34, 12, 54), right=(1,))

    def _lead(self) -> Iterator[Text]:
        summary = self.summary
        slots: dict[str, Text | str] = {"read": f"{summary.read:,}", "companies": f"{summary.companies:,}"}
        if self.found:
            best = self.found[0]
            yield s.say(
                _WORDS["lead"], measures=str(len(self.found)), item=self._item(best), title=_title(best),
                open=f"{_open(best):,}", **slots,
            )  # fmt: skip
        else:
            yield s.say(_WORDS["none"], **slots)
        if summary.served:
            yield self._served(summary.served, summary.served_by_scope)
        if summary.rejected:
            yield s.say(_WORDS["rejected"], rejected=f"{summary.rejected:,}")
        apart = [self.rulebook.measure(int(row), document) for document, row in map(_parted, summary.without_verdicts)]
        lost = sum(one.lost for one in apart)
        every, open_ = len(summary.measures) + len(apart), len(self.found)
        yield s.say(
            _WORDS["sum"], all=str(every), open=str(open_), none=str(len(summary.measures) - open_),
            duty=str(len(apart) - lost), lost=str(lost),
        )  # fmt: skip

    def _served(self, served: int, inside: int | None) -> Text:
        """How many companies have something open, and how many of them by the plan's own scope."""
        if inside is None or inside == served:
            return s.say(_WORDS["served"], served=f"{served:,}")
        return s.say(_WORDS["served_split"], served=f"{served:,}", inside=f"{inside:,}", beyond=f"{served - inside:,}")

    def _item(self, one: TallyModel) -> Text:
        return self.rulebook.documents[one.document].item(one.row)

    def blocks(self) -> Iterator[Block]:
        """All else."""
        found = self.found
        if found:
            yield Heading(_WORDS["top"])
            yield _table(found[:_MOST])
            for one in found:
                yield from self._beyond(one)
            if len(found) > _MOST:
                yield Folded(_count("more", len(found) - _MOST), (_table(found[_MOST:]),))
        yield from self._asks()
        if found:
            yield Heading(_WORDS["words"])
            for one in found[:5]:
                yield from _words(self.rulebook.measure(one.row, one.document), self.rulebook)
        yield from self._none()
        yield Heading(_WORDS["how"])
        yield Paragraph(_WORDS["how_text"])
        if self.summary.ignored_columns:
            names = self.summary.ignored_columns
            quoted = Text("".join(f"“{name}”" for name in names), ", ".join(f"“{name}”" for name in names))
            yield Paragraph(s.say(_WORDS["ignored"], names=quoted), "soft")
        for notice in self.summary.notices:
            yield Paragraph(Text(notice.zh, notice.en), "soft")
        yield Heading(say("sources"))
        yield Bullets(tuple(map(document_line, self.rulebook.documents.values())))
        yield from rulebook_of(self.rulebook)
        entries = {entry.id: entry for one in found for entry in self._entries(one)}
        if entries:
            yield Heading(say("entries_of"), 2)
            yield Bullets(tuple(entry_line(one) for one in sorted(entries.values(), key=lambda one: one.date)))

    def _entries(self, one: TallyModel) -> list[Entry]:
        """The instruments that open a measure beyond its own scope to some company of the register."""
        every = self.rulebook.entries("overtakes", one.document, one.row) if one.by_entries else ()
        return [entry for entry in every if entry.in_force(self.summary.as_of)]

    def _beyond(self, one: TallyModel) -> Iterator[Block]:
        """By what a measure is open to how many, where an instrument opens it beyond its own scope."""
        entries = self._entries(one)
        if not entries or not one.by_entries:
            return
        item = self._item(one)
        told = s.say(
            _WORDS["by_entries"], item=Text(item.zh, item.en[:1].upper() + item.en[1:]), open=f"{_open(one):,}",
            inside=f"{_open(one) - one.by_entries:,}", beyond=f"{one.by_entries:,}",
            title=s.listed([entry.title for entry in entries], s.AND),
            date=min(entry.date for entry in entries).isoformat(),
        )  # fmt: skip
        cautions = [
            s.say(_WORDS["reported"], weight=s.WEIGHTS[entry.weight], caution=entry.accepted)
            for entry in entries
            if entry.accepted is not None
        ]
        yield Paragraph(sentence([told, *cautions]))

    def _asks(self) -> Iterator[Block]:
        """The columns that would settle most."""
        asks = self.summary.asks[:_ASKED]
        if not asks:
            return
        yield Heading(_WORDS["asks"])
        lead = [_WORDS["asks_lead"]]
        if len(asks) < (every := len(self.summary.asks)):
            lead.append(s.say(_WORDS["asks_first"], shown=str(len(asks)), all=str(every)))
        yield Paragraph(sentence(lead), "soft")
        rows = tuple(
            (Text(one.label.zh, one.label.en), same(f"{one.verdicts:,}"), same(f"{one.companies:,}")) for one in asks
        )
        yield Table((_WORDS["column"], _WORDS["waiting"], _WORDS["of_companies"]), rows, (50, 25, 25), right=(1, 2))

    def _none(self) -> Iterator[Block]:
        """What is open to no company, by the best that can be said of any."""
        none = [one for one in self.summary.measures if not _open(one)]
        if not none:
            return
        yield Heading(_WORDS["none_open"])
        groups: dict[str, list[TallyModel]] = {"none_needs": [], "none_waits": [], "none_shut": []}
        for one in none:
            groups["none_needs" if one.needs_info else "none_waits" if one.pending else "none_shut"].append(one)
        heads = (say("row"), say("rows"), *(w.BUCKETS[bucket] for bucket in _LEFT))
        for key, own in groups.items():
            if own:
                rows = tuple(
                    (same(str(one.row)), _title(one), *(same(f"{getattr(one, bucket):,}") for bucket in _LEFT))
                    for one in own
                )
                yield Heading(_count(key, len(own)), 2)
                yield Table(heads, rows, (8, 50, 14, 14, 14), right=(2, 3, 4))


def _parted(key: str) -> tuple[str, str]:
    document, _, row = key.rpartition(":")
    return document, row


def _title(one: TallyModel) -> Text:
    return Text(one.title.zh, one.title.en)


def _words(measure: Measure, rulebook: Rulebook) -> Iterator[Block]:
    translation = rulebook.translation(measure.document)
    yield Heading(title_of(rulebook, measure), 2)
    english = translation.row(measure.row) if translation is not None else None
    yield Quote(measure.text, english, where_of(rulebook, measure))


def _table(found: list[TallyModel]) -> Table:
    heads = (say("row"), say("rows"), *(w.BUCKETS[bucket] for bucket in _SHOWN))
    rows = tuple(
        (same(str(one.row)), _title(one), *(same(f"{getattr(one, bucket):,}") for bucket in _SHOWN)) for one in found
    )
    return Table(heads, rows, (8, 38, 13, 14, 14, 13), right=(2, 3, 4, 5))


def _count(key: str, count: int) -> Text:
    return Text(_WORDS[key].zh.format(count=count), _WORDS[key].en.format(count=count))


def _open(one: TallyModel) -> int:
    return one.eligible + one.conditional
