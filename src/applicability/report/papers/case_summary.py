"""The summary of a case's paper, for whoever reads no more: what is open by name, what waits, what was not examined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.analysis.comparison import Comparison
from applicability.analysis.questions import open_questions
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding
from applicability.model.measure import FORCES
from applicability.report import Selection
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Bullets, Heading, Paragraph, Table, same
from applicability.report.papers.changes import needing_one
from applicability.report.papers.comparison import lead_of
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.force import force_although
from applicability.report.papers.in_order import in_order
from applicability.report.papers.met import is_own_business
from applicability.report.papers.parts import parts_before
from applicability.report.papers.questions import question_of
from applicability.report.papers.rows import items_text, marked_number
from applicability.report.papers.texts import is_planned, joined, say, sentence
from applicability.text import Text

_WORDS: Mapping[str, Text] = {
    "who_there": Text("{who}在{place}", "{who} in {place}"),
    "unnamed_who": Text("本企业", "the entity"),
    "sum_open": Text(
        "{document}的{total}项措施中，{who}目前可适用{count}项：{parts}。",
        "Of the {total} measures of {document}, {count} are open to {who} now: {parts}.",
    ),
    "sum_none": Text(
        "{document}的{total}项措施中，{who}目前没有可以直接适用的。",
        "Of the {total} measures of {document}, none is open to {who} as things stand.",
    ),
    "sum_judged": Text(
        "另有{count}项须经主管部门认定，其余条件已经具备：{parts}。",
        "{count} more are subject to an authority's finding, everything else being met: {parts}.",
    ),
    "planned_sum_open": Text(
        "{document}的{total}项措施中，{who}按所给事实设立后可适用{count}项：{parts}。",
        "Of the {total} measures of {document}, {count} would be open to {who}, once it is set up as the facts say: "
        "{parts}.",
    ),
    "planned_sum_none": Text(
        "{document}的{total}项措施中，{who}按所给事实设立后没有可以直接适用的。",
        "Of the {total} measures of {document}, none would be open to {who}, set up as the facts say.",
    ),
    "part_permit": Text("可以做的{count}项", "{count} that may be done"),
    "part_support": Text("受支持或鼓励的{count}项", "{count} supported or encouraged"),
    "part_explore": Text("探索或试点{count}项", "{count} as trials"),
    "part_study": Text("仅在研究的{count}项", "{count} only studied"),
    "part_duty": Text("部门职责{count}项", "{count} as duties"),
    "sum_limits": Text(
        "上述措施中，{count}项附有使用时须遵守的限制。", "{count} of these carry limits that every use has to keep."
    ),
    "sum_needs": Text(
        "因缺少事实尚未判定的有{count}项；最能判定的问题（有助于判定其中{helps}项）是：“{question}”",
        "{count} could not be settled for want of facts; the question that settles most ({helps} of them) is: "
        "“{question}”",
    ),
    "sum_needs_few": Text(
        "因缺少事实尚未判定的有{count}项，所缺的见“{part}”。",
        "{count} could not be settled for want of facts; what is missing is told under “{part}”.",
    ),
    "sum_unasked": Text(
        "另有{count}项因缺少事实尚未判定；所缺事实一般不会涉及本企业，未列为问题。",
        "{count} more are not settled for want of facts, which are unlikely to concern such an entity and not asked.",
    ),
    "sum_pending": Text(
        "{count}项取决于官方步骤或当地自己的方案，企业自身无法促成。",
        "{count} depend on an official step or on a programme of the place's own; neither is the entity's to "
        "bring about.",
    ),
    "sum_shut": Text(
        "不适用的有{count}项，原因见“{part}”。", "{count} measures are not available; for the reasons see “{part}”."
    ),
    "sum_lost": Text(
        "{rows}在本报告规则所据的扫描件中没有原文，未作审查，请查阅{number}的完整文本。",
        "The text of {rows} is missing from the scan that the rules of this report were made from; they were not "
        "examined: look them up in a full copy of {number}.",
    ),
    "sum_left": Text("{count}项尚未写成规则。", "{count} are not encoded yet."),
    "shown": Text("只列出所选的{count}项。", "Only the {count} measures selected are listed."),
    "own": Text("与本业直接相关：{rows}", "On its own business: {rows}"),
    "other": Text("其他：{rows}", "Besides: {rows}"),
    "of_bucket": Text("{rows}（{verdict}）", "{rows} ({verdict})"),
    "narrower": Text(
        "其中标†的{count}项，可以读得更窄：依更窄的读法，须等待官方步骤或不可用，见“{part}”。",
        "{count} of these, marked †, could be read more narrowly, and would then wait for an official step or not be "
        "open: see “{part}”.",
    ),
    "unexamined": Text(
        "本报告没有审查：其他法律对其业务（{business}）是否要求许可或批准。凡本方案没有改变的要求，仍然适用。",
        "Not examined in this report: which licence or approval other law asks for in this business ({business}). "
        "Whatever it asks for still applies as far as the plan does not change it.",
    ),
    "unexamined_plain": Text(
        "本报告没有审查：其他法律是否要求许可或批准。凡本方案没有改变的要求，仍然适用。",
        "Not examined in this report: which licence or approval other law asks for. Whatever it asks for still applies "
        "as far as the plan does not change it.",
    ),
    "provision": Text("{title}：{note}", "{title}: {note}"),
    "before": Text(
        "设立之前即可能有用的，是对设立方的人员、不是对本主体自身的部分：{parts}。本报告没有审查这些人是否符合条件。",
        "Perhaps of use before it is set up are the parts for people of whoever sets it up, and not for the entity "
        "itself: {parts}. This report does not examine whether these people qualify.",
    ),
    "needs_one": Text(
        "其中{rows}，设有{value}的才用得上；是否设有，所填事实没有说明。",
        "Of these, {rows} can be used only with a {value} of its own, which the facts given do not say that it has.",
    ),
    "although": Text(
        "{item}虽有“{word}”字样，本报告读作{force}：{why}。",
        "{item} says “{word}” and is read as {force}: {why}.",
    ),
    "parts_of": Text("第{row}项{parts}", "of item {row} {parts}"),
}
_REST: Mapping[Bucket, str] = {
    "pending": "sum_pending", "ineligible": "sum_shut", "not_encoded": "sum_left",
}  # fmt: skip


@dataclass(frozen=True)
class CaseSummary:
    """The first page of a case's paper."""

    selection: Selection
    comparison: Comparison | None
    elsewhere: Elsewhere | None

    @property
    def assessment(self) -> Assessment:
        return self.selection.assessment

    def blocks(self, who: Text | None) -> Iterator[Block]:
        """A paragraph with the figures, what is open by name, what was not examined; then how others compare."""
        yield Heading(say("summary"))
        yield Paragraph(sentence(self._figures(who or _WORDS["unnamed_who"])), "lead")
        if self.comparison is not None:
            beside = tuple(lead_of(self.comparison))
            yield from beside
            marked = any("†" in item.zh for one in beside if isinstance(one, Bullets) for item in one.items)
            if marked and not any(one.measure.narrower_reading for one in self.assessment.open):  # else it is told
                yield Paragraph(say("marked_short", part=say("doubts")), "soft")
        lines = tuple(self._lines())
        if lines:
            yield Bullets(lines)
        counts = self.assessment.counts
        rows = [  # every result that the other parts speak of stands here, even of no measure
            (w.BUCKETS[bucket], same(str(counts[bucket])), w.MEANINGS[bucket])
            for bucket in BUCKETS
            if counts[bucket] or bucket in BUCKETS[:5]
        ]
        heads = (say("standing"), say("count"), say("meaning"))
        yield Table(heads, tuple(rows), (26, 16, 58), right=(1,))
        lost = [one.measure for one in self.assessment.findings if one.bucket == "text_lost"]
        if lost:
            cited = self.assessment.rulebook.documents[lost[0].document].cited
            yield Paragraph(_say("sum_lost", rows=items_text(one.row for one in lost), number=cited), "soft")
        if len(self.selection.findings) != len(self.assessment.findings):
            yield Paragraph(_say("shown", count=str(len(self.selection.findings))), "soft")

    def _figures(self, who: Text) -> Iterator[Text]:
        counts = self.assessment.counts
        open_ = {bucket: [one for one in self.assessment.open if one.bucket == bucket] for bucket in BUCKETS[:2]}
        if self.elsewhere is not None and self.elsewhere.is_named:
            who = _say("who_there", who=who, place=self.elsewhere.own)
        total: dict[str, Text | str] = {"total": str(sum(counts.values())), "document": self._document(), "who": who}
        certain, judged = open_["eligible"], open_["conditional"]
        planned = "planned_" if is_planned(self.assessment) else ""
        if certain:
            yield _say(f"{planned}sum_open", count=str(len(certain)), parts=_by_force(certain), **total)
        else:
            yield _say(f"{planned}sum_none", **total)
        for value, needing in needing_one(self.assessment):
            yield _say("needs_one", rows=items_text(marked_number(one.measure) for one in needing), value=value)
        if judged:
            yield _say("sum_judged", count=str(len(judged)), parts=_by_force(judged))
        limited = sum(bool(FindingText(one).to_keep or FindingText(one).limits) for one in (*certain, *judged))
        if limited:
            yield _say("sum_limits", count=str(limited))
        narrower = sum(one.measure.narrower_reading for one in (*certain, *judged))
        if narrower:
            yield _say("narrower", count=str(narrower), part=say("doubts"))
        yield from self._unsettled()
        for bucket, key in _REST.items():
            if counts[bucket]:
                yield _say(key, count=str(counts[bucket]), part=say("shut"))

    def _unsettled(self) -> Iterator[Text]:
        count = self.assessment.counts["needs_info"]
        if not count:
            return
        asked = open_questions(self.assessment)
        if asked and len(asked[0][1]) > 1:
            question = question_of(self.assessment, asked[0][0])
            yield _say("sum_needs", count=str(count), helps=str(len(asked[0][1])), question=question)
        elif asked:
            yield _say("sum_needs_few", count=str(count), part=say("needs"))
        else:
            yield _say("sum_unasked", count=str(count))

    def _lines(self) -> Iterator[Text]:
        """What is open by name, its own business first; what besides is open to others, and what was not examined."""
        if self.elsewhere is not None:
            yield from self.elsewhere.in_zones()
        if self.assessment.open:
            yield self._unexamined()
        if is_planned(self.assessment):
            yield from self._before()
        every = in_order(self.assessment.open)
        own = [one for one in every if is_own_business(one)]
        other = [one for one in every if one not in own]
        for key, found in (("own", own), ("other", other)):
            if found and not (key == "own" and self.comparison is not None):  # beside others it is told already
                yield _say(key, rows=_named(found))
        yield from self._although(every)
        for one in self.assessment.provisions:
            yield _say("provision", title=one.title, note=one.note)

    def _although(self, found: Sequence[Finding]) -> Iterator[Text]:
        """Why what speaks of a trial is counted as more."""
        for one in found:
            why = force_although(one)
            if why is not None and one.force is not None:
                force, item = w.FORCE_NAMES[one.force], self._item(one)
                yield _say("although", item=item, word=why[0], force=force, why=why[1])

    def _item(self, finding: Finding) -> Text:
        item = self.assessment.rulebook.documents[finding.measure.document].item(marked_number(finding.measure))
        return Text(item.zh, f"{item.en[:1].upper()}{item.en[1:]}")

    def _before(self) -> Iterator[Text]:
        """The parts that are for people of whoever sets the entity up."""
        parts = [
            _say("parts_of", row=marked_number(one.measure), parts=found)
            for one, _, found in parts_before(self.assessment)
        ]
        if parts:
            yield _say("before", parts=joined(parts))

    def _unexamined(self) -> Text:
        """That other law is not examined, with the business that it is about where that is known."""
        held = self.assessment.facts.values.get("activities")
        if isinstance(held, frozenset) and held:
            words = ConditionRenderer(self.assessment.rulebook, self.assessment.facts)
            return _say("unexamined", business=words.value("activities", held))
        return _WORDS["unexamined_plain"]

    def _document(self) -> Text:
        """The documents, by their numbers."""
        shown = self.assessment.rulebook.documents.values()
        annexed = [(one, one.annex or Text("", "")) for one in shown]
        zh = "、".join(f"《{one.title.zh}》（{one.number}）{annex.zh}" for one, annex in annexed)
        en = [f"{annex.en} of " if annex.en else "" for _, annex in annexed]
        return Text(
            zh, ", ".join(f"{of}the {one.title.en} ({one.cited.en})" for of, one in zip(en, shown, strict=True))
        )


def _named(found: Sequence[Finding]) -> Text:
    """Findings by number and title, with their result."""
    told = []
    for bucket in BUCKETS[:2]:
        own = [one for one in found if one.bucket == bucket]
        if own:
            rows = joined(
                [
                    Text(
                        f"{marked_number(one.measure)} {one.measure.title.zh}",
                        f"{marked_number(one.measure)} {one.measure.title.en}",
                    )
                    for one in own
                ]
            )
            verdict = w.BUCKETS[bucket]
            told.append(_say("of_bucket", rows=rows, verdict=Text(verdict.zh, verdict.en.lower())))
    return joined(told)


def _by_force(findings: Sequence[Finding]) -> Text:
    """How many of some findings have each force."""
    forces = [one.force for one in findings]
    parts = [_say(f"part_{force}", count=str(forces.count(force))) for force in FORCES if force in forces]
    return Text("、".join(one.zh for one in parts), ", ".join(one.en for one in parts))


def _say(key: str, /, **slots: Text | str) -> Text:
    return s.say(_WORDS[key], **slots)
