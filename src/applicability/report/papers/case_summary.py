"""The first page of a case's paper, for whoever reads no more: what is open on which terms, what waits, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.analysis.comparison import Comparison
from applicability.analysis.questions import open_questions
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding
from applicability.model.measure import FORCES, Measure
from applicability.report import Selection
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Bullets, Heading, Paragraph
from applicability.report.papers.awaited import Waiting, in_short
from applicability.report.papers.comparison_lead import lead_of
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.facts import places_with_rules, zones_around
from applicability.report.papers.force import named_parts
from applicability.report.papers.in_order import in_order
from applicability.report.papers.met import unsaid_uses
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.open_now import left_out, open_now
from applicability.report.papers.parts import parts_before
from applicability.report.papers.questions import question_of
from applicability.report.papers.readings import narrower_readings
from applicability.report.papers.rows import items_text, marked_number
from applicability.report.papers.set_up import for_another, needing_one
from applicability.report.papers.texts import is_planned, joined, of_entity, say, sentence
from applicability.report.papers.unlikely import unlikely_counted, unlikely_keys
from applicability.report.papers.whom import Whom, supervisor_of
from applicability.report.papers.zone_doubts import depends_on, resting_on_each
from applicability.text import Text

_WORDS: Mapping[str, Text] = {
    "who_there": Text("{who}在{place}", "{who} in {place}"),
    "unnamed_who": Text("本企业", "the entity"),
    "sum_open": Text(
        "{document}的{total}项措施中，{who}目前可适用{count}项{but}：{parts}。",
        "Of the {total} measures of {document}, {count} are open to {who} now{but}: {parts}.",
    ),
    "sum_none": Text(
        "{document}的{total}项措施中，{who}目前没有可以直接适用的。",
        "Of the {total} measures of {document}, none is open to {who} as things stand.",
    ),
    "sum_judged": Text(
        "另有{count}项须经主管部门认定，其余条件已经具备{but}：{parts}。",
        "{count} more are subject to an authority's finding, everything else being met{but}: {parts}.",
    ),
    "planned_sum_open": Text(
        "{document}的{total}项措施中，{who}按所给事实设立后可适用{count}项{but}：{parts}。",
        "Of the {total} measures of {document}, {count} would be open to {who}, once it is set up as the facts "
        "say{but}: {parts}.",
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
    "sum_needs": Text(
        "因缺少事实尚未判定的有{count}项；最能判定的问题（有助于判定其中{helps}项）是：“{question}”",
        "{count} could not be settled for want of facts; the question that settles most ({helps} of them) is: "
        "“{question}”",
    ),
    "sum_needs_few": Text(
        "因缺少事实尚未判定的有{count}项，所缺的见“{part}”。",
        "{count} could not be settled for want of facts; what is missing is told under “{part}”.",
    ),
    "already_before": Text(
        "其中{rows}的{parts}，设立方的人员在设立之前或已可用（见“下一步”）。",
        "Of {rows}, {parts} may serve people of the investor already before (see “What to do next”).",
    ),
    "sum_shut": Text(
        "不适用的有{count}项，原因见“{part}”。", "{count} measures are not available; for the reasons see “{part}”."
    ),
    "sum_pending": Text(
        "{count}项取决于官方步骤或当地自己的方案，企业自身无法促成。",
        "{count} depend on an official step or on a programme of the place's own; neither is the entity's to "
        "bring about.",
    ),
    "permit": Text("“权利”是可以去做的；", "“A right” may be used; "),
    "force_quoted": Text("“{force}”", "“{force}”"),
    "no_permit": Text(
        "{permit}{forces}不是许可，须提出申请或参加。", "{permit}{forces} is no permit: one applies, or asks to join."
    ),
    "no_permit_but": Text(
        "{permit}{forces}不是许可，须提出申请或参加，但{rows}无可申请（依本报告的读法）。",
        "{permit}{forces} is no permit: one applies, or asks to join, but for {rows} there is nothing to apply for (as "
        "this report reads it).",
    ),
    "no_permit_none": Text(
        "{permit}{forces}不是许可，{rows}也无可申请（依本报告的读法）。",
        "{permit}{forces} is no permit, and for {rows} there is nothing to apply for (as this report reads it).",
    ),
    "sum_rest": Text("其余{count}项：{parts}。", "The other {count}: {parts}."),
    "rest_authorities_only": Text("仅约束主管部门的{count}项", "{count} bind authorities only"),
    "rest_text_lost": Text("原文缺失的{count}项", "{count} lack their text"),
    "rest_not_encoded": Text("尚未写成规则的{count}项", "{count} not encoded yet"),
    "pending_is": Text(
        "“待落实”：取决于官方步骤或当地自己的方案，能否适用本报告不能判断。",
        "“Pending”: it depends on an official step or on the place's own programme; this report cannot say whether it "
        "is open.",
    ),
    "but": Text("（其中{told}；所填事实没有说明）", " ({told}; the facts given do not say)"),
    "needs_one": Text("{rows}视是否设有{value}而定", "{rows} only if it has a {value} of its own"),
    "needs_use": Text("{rows}视是否符合限制而定：{limit}", "{rows} only if its use is within the limit: {limit}"),
    "rests_on_zone": Text("（{rows}{on}）", " ({rows} {on})"),
    "narrower": Text(
        "标†的{count}项，可以读得更窄：依更窄的读法，须等待官方步骤、只及于其中一部分或另一些主体，或不可用，"
        "见“{part}”。",
        "The measures marked † ({count}) could be read more narrowly, and would then wait for an official step, reach "
        "a part or others alone, or not be open: see “{part}”.",
    ),
    "narrower_each": Text(
        "标†的{count}项，可以读得更窄，见“{part}”：{each}。",
        "The measures marked † ({count}) could be read more narrowly, see “{part}”: {each}.",
    ),
    "narrower_besides": Text("“下一步”所列的{rows}，见该处", "{rows}, see there and “What to do next”"),
    "narrower_of": Text("第{row}项，{told}", "item {row}, {told}"),
    "unexamined": Text(
        "本报告没有审查：其他法律对其业务（{business}）是否要求许可或批准{more}。凡本方案没有改变的要求，仍然适用。",
        "Not examined in this report: which licence or approval other law asks for in this business "
        "({business}){more}. Whatever other law asks for still applies as far as the plan does not change it.",
    ),
    "unexamined_plain": Text(
        "本报告没有审查：其他法律是否要求许可或批准{more}。凡本方案没有改变的要求，仍然适用。",
        "Not examined in this report: which licence or approval other law asks for{more}. Whatever other law asks for "
        "still applies as far as the plan does not change it.",
    ),
    "unexamined_force": Text(
        "；是否已为各项调整现行规定、从何时起可以做（附件各项都没有写）",
        "; whether rules in force have been adjusted for an item, and from when it may be done, which no item says",
    ),
    "unexamined_body": Text(
        "；正文另有所指的：{title}（{section}）", "; what the plan's body refers to besides: {title} ({section})"
    ),
    "unexamined_rules": Text(
        "；当地和所在功能区自身的规定（{places}）",
        "; the own rules of the place and of zones that it lies in ({places})",
    ),
    "unexamined_rules_place": Text("；当地自身的规定（{places}）", "; the own rules of the place ({places})"),
    "unexamined_document": Text(
        "；方案由谁印发、经谁批准、在何处公布（本报告所用的规则没有载明）",
        "; who issued and approved the plan and where it was published, which the rules do not hold",
    ),
    "marks": Text(
        "标“推断”的部门，原文没有指明，系本报告推断，依据见各项；标“读法”的，依本报告的读法；未标的，由原文或后来的文件指明。",
        "An authority marked “inferred” is one that the text does not name: on what grounds stands with each measure; "
        "“as read” is by how this report reads the text; one without a mark is named by the text or a later "
        "instrument.",
    ),
    "licences": Text(
        "其他法律是否另要求许可或批准：{rows}都只就此另问{who}。",
        "Whether other law asks for a licence or an approval: for {rows}, {who} is asked that alone, besides.",
    ),
    "level": Text(
        "各部门属哪一级（国家、省市或区县），原文没有写：可先问所在地的该部门。",
        "The text does not say at which level an authority stands (national, provincial, city or district): begin "
        "with the one in the place.",
    ),
}
_MARKED = lazy_pattern(r"\d+†")
_FEW = 3  # marked measures of which the narrower readings are told one by one
_REST: tuple[Bucket, ...] = ("authorities_only", "text_lost", "not_encoded")  # with no result for the entity


@dataclass(frozen=True)
class CaseSummary:
    """The first page of a case's paper, which stands alone: what is open on what terms, what waits, the first steps."""

    selection: Selection
    comparison: Comparison | None
    elsewhere: Elsewhere | None
    waiting: Sequence[Waiting]
    steps: NextSteps

    @property
    def assessment(self) -> Assessment:
        return self.selection.assessment

    def blocks(self, who: Text | None) -> Iterator[Block]:
        """The figures, what is open in a table, what waits in a line each, and the steps."""
        yield Heading(say("summary"))
        yield Paragraph(sentence(self._figures(who or _WORDS["unnamed_who"])), "lead")
        if self.comparison is not None:
            beside = tuple(lead_of(self.comparison))
            yield from beside
            items = [item for one in beside if isinstance(one, Bullets) for item in one.items]
            marked = any("†" in one.zh for one in items)
            if marked and not any(one.measure.narrower_reading for one in self.assessment.open):  # else it is told
                yield Paragraph(say("marked_short", part=say("doubts")), "soft")
            if not any(True for _ in in_short(self.waiting)) and any(  # else a heading says so
                w.BUCKETS["pending"].zh in one.zh for one in items
            ):
                yield Paragraph(_WORDS["pending_is"], "soft")
        if self.assessment.open:
            yield Heading(self._open_heading, 2)
            yield open_now(self.assessment.rulebook, self.assessment.open, for_another(self.assessment))
            yield Paragraph(sentence(self._notes()), "soft")
            yield Paragraph(sentence(self._caveats()))
        waits = tuple(in_short(self.waiting))
        if waits:
            yield Heading(say("waits_short"), 2)
            yield Bullets(waits)
        yield from self.steps.blocks()

    @property
    def _open_heading(self) -> Text:
        judged = any(one.bucket == "conditional" for one in self.assessment.open)
        return of_entity("open_judged" if judged else "open", is_planned(self.assessment))

    def _notes(self) -> Iterator[Text]:
        """What is so of all that is open."""
        yield from left_out(self.assessment.open, self._open_heading)
        others = [one for one in self.assessment.open if one.force != "permit"]
        none = [one for one in others if Whom(self.assessment.rulebook, one).not_granted is not None]
        if others:
            key = "no_permit_none" if none == others else "no_permit_but" if none else "no_permit"
            yield _say(key, rows=items_text(marked_number(one.measure) for one in none), **self._forces(others))
        yield _WORDS["marks"]
        if any(Whom(self.assessment.rulebook, one).names_a_field for one in self.assessment.open):
            yield _WORDS["level"]
        yield from self._licences()

    def _licences(self) -> Iterator[Text]:
        """Of which measures the supervisor of an entity is asked about other law, besides whom the table lists."""
        supervisor = supervisor_of(self.assessment.facts, self.assessment.rulebook)
        if supervisor is None:
            return
        asked = [Whom(one.rulebook, one) for one in in_order(self.assessment.open)]
        rows = [one for one in asked if one.for_licences is not None and supervisor not in one.first(both=True)]
        if rows:
            yield _say("licences", rows=items_text(marked_number(one.finding.measure) for one in rows), who=supervisor)

    def _caveats(self) -> Iterator[Text]:
        """What the results depend on and no row of the table tells: a narrower reading, and what was not examined."""
        narrower = [one.measure for one in in_order(self.assessment.open) if one.measure.narrower_reading]
        if narrower:
            yield self._narrower(narrower, self._marked_besides(narrower))
        yield self._unexamined()

    def _marked_besides(self, told: Sequence[Measure]) -> list[str]:
        """The other marked measures of the summary, by number."""
        numbers = {marked_number(one) for one in told}
        found = dict.fromkeys(number for one in self.steps.lines for number in _MARKED.findall(one.rows.zh))
        return [one for one in found if one not in numbers]

    def _forces(self, others: Sequence[Finding]) -> dict[str, Text]:
        """The forces that stand in the table: that of a right, and those that are none, in quotation marks."""
        held = {one.force for one in others}
        told = [_say("force_quoted", force=w.FORCE_NAMES[force]) for force in FORCES if force in held]
        named = Text("".join(one.zh for one in told), s.listed(told, s.OR).en)
        if len(others) < len(self.assessment.open):
            return {"permit": _WORDS["permit"], "forces": named}
        first = f"{named.en[:1]}{named.en[1:2].upper()}{named.en[2:]}"  # it begins the sentence
        return {"permit": Text("", ""), "forces": Text(named.zh, first)}

    @staticmethod
    def _narrower(measures: Sequence[Measure], besides: Sequence[str]) -> Text:
        """What marked measures would come to by the narrower reading: of a few open ones, each by what its reading
        says; those that the steps name `besides`, by number.
        """
        count, part = str(len(measures) + len(besides)), say("doubts")
        clauses = [(one, narrower_readings(one)) for one in measures]
        if len(measures) > _FEW or not all(told for _, told in clauses):
            return _say("narrower", count=count, part=part)
        each = [_say("narrower_of", row=marked_number(one), told=joined(told)) for one, told in clauses]
        each += [_say("narrower_besides", rows=items_text(besides))] if besides else []
        return _say("narrower_each", count=count, part=part, each=joined(each))

    def _figures(self, who: Text) -> Iterator[Text]:
        counts = self.assessment.counts
        open_ = {bucket: [one for one in self.assessment.open if one.bucket == bucket] for bucket in BUCKETS[:2]}
        if self.elsewhere is not None and self.elsewhere.is_named:
            who = _say("who_there", who=who, place=self.elsewhere.own)
        total: dict[str, Text | str] = {"total": str(sum(counts.values())), "document": self._document(), "who": who}
        certain, judged = open_["eligible"], open_["conditional"]
        planned = "planned_" if is_planned(self.assessment) else ""
        if certain:
            yield _say(
                f"{planned}sum_open", count=str(len(certain)), but=self._but(certain), parts=_by_force(certain), **total
            )
        else:
            yield _say(f"{planned}sum_none", **total)
        if judged:
            yield _say("sum_judged", count=str(len(judged)), but=self._but(judged), parts=_by_force(judged))
        yield from self._unsettled()
        yield from self._already_before()
        unlikely = unlikely_keys(self.assessment)
        every = self.assessment.findings
        waiting = sum(one.bucket == "pending" and one.measure.key not in unlikely for one in every)
        if waiting:
            yield _say("sum_pending", count=str(waiting))
        if unlikely:
            yield unlikely_counted(len(unlikely))
        if counts["ineligible"]:
            yield _say("sum_shut", count=str(counts["ineligible"]), part=say("shut"))
        rest = [one for one in _REST if counts[one]]
        if rest:
            parts = s.listed([_say(f"rest_{one}", count=str(counts[one])) for one in rest], s.AND)
            yield _say("sum_rest", count=str(sum(counts[one] for one in rest)), parts=parts)

    def _but(self, counted: Sequence[Finding]) -> Text:
        """Which of the measures counted are of use only with another entity of its own, which it may not have, or for a
        use that it may not make, and which rest on a zone whose lying in another is in doubt.
        """
        told = []
        for value, serves in needing_one(self.assessment):
            rows = [marked_number(one.measure) for one in serves if one in counted]
            if rows:
                told.append(_say("needs_one", rows=items_text(rows), value=value))
        for one in in_order(counted):
            rows = [marked_number(one.measure)]
            told += [_say("needs_use", rows=items_text(rows), limit=each.label) for each in unsaid_uses(one)]
        said = [_say("but", told=joined(told))] if told else []
        for zone, rests in resting_on_each(counted).items():
            which = items_text(marked_number(one.measure) for one in rests)
            said.append(_say("rests_on_zone", rows=which, on=depends_on(zone, self.assessment.rulebook)))
        return Text("".join(one.zh for one in said), "".join(one.en for one in said))

    def _unsettled(self) -> Iterator[Text]:
        unlikely = unlikely_keys(self.assessment)
        count = sum(one.measure.key not in unlikely for one in self.assessment.undecided)
        asked = open_questions(self.assessment)
        if not count:
            return
        if asked and len(asked[0][1]) > 1:
            question = question_of(self.assessment, asked[0][0])
            yield _say("sum_needs", count=str(count), helps=str(len(asked[0][1])), question=question)
        else:
            yield _say("sum_needs_few", count=str(count), part=say("needs"))

    def _already_before(self) -> Iterator[Text]:
        """Of an entity to be set up: the parts of what is not settled that people of its founders may use already."""
        unsettled = {one.measure.key for one in self.assessment.undecided}
        for one, numbers in parts_before(self.assessment) if is_planned(self.assessment) else ():
            if one.measure.key in unsettled:
                limbs = [one.measure.limbs[number - 1] for number in numbers]
                yield _say(
                    "already_before",
                    rows=items_text([marked_number(one.measure)]),
                    parts=named_parts(one.measure, limbs),
                )

    def _unexamined(self) -> Text:
        """That other law is not examined, with the business that it is about where that is known."""
        held = self.assessment.facts.values.get("activities")
        if isinstance(held, frozenset) and held:
            words = ConditionRenderer(self.assessment.rulebook, self.assessment.facts)
            return _say("unexamined", business=words.value("activities", held), more=self._unexamined_besides())
        return _say("unexamined_plain", more=self._unexamined_besides())

    def _unexamined_besides(self) -> Text:
        """What else was not examined: what no item says, and what the body of the document refers to."""
        silences = self.assessment.rulebook.silences
        told = [_WORDS["unexamined_force"]] if silences is not None and silences.every is not None else []
        told += [_say("unexamined_body", title=one.title, section=one.section) for one in self.assessment.provisions]
        facts, book = self.assessment.facts, self.assessment.rulebook
        places = places_with_rules(facts, book)
        if places:
            key = "unexamined_rules" if zones_around(facts, book) else "unexamined_rules_place"
            told.append(_say(key, places=s.listed(places, s.AND)))
        told.append(_WORDS["unexamined_document"])
        return Text("".join(one.zh for one in told), "".join(one.en for one in told))

    def _document(self) -> Text:
        """The documents, by their numbers; their titles stand above."""
        told = []
        for one in self.assessment.rulebook.documents.values():
            annex = one.annex or Text("", "")
            told.append(Text(f"{one.number}{annex.zh}", f"{annex.en} of {one.cited.en}" if annex.en else one.cited.en))
        return s.listed(told, s.AND)


def _by_force(findings: Sequence[Finding]) -> Text:
    """How many of some findings have each force."""
    forces = [one.force for one in findings]
    parts = [_say(f"part_{force}", count=str(forces.count(force))) for force in FORCES if force in forces]
    return Text("、".join(one.zh for one in parts), ", ".join(one.en for one in parts))


def _say(key: str, /, **slots: Text | str) -> Text:
    return s.say(_WORDS[key], **slots)
