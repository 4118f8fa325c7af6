"""What to do next in a paper, in order: what to use, to apply for and to answer, to watch and to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from applicability.analysis.effort import is_plausible
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import plan_questions
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Assessment, Finding
from applicability.model.conditions import Step
from applicability.model.measure import FORCES, Force, Measure, MeasureKey
from applicability.model.rulebook import Rulebook, StepKind
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.edits import clauses
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, CellLines, Heading, Paragraph, Table, TableCell, same
from applicability.report.papers.changes import (
    in_own_city,
    is_of_its_kind,
    offered,
    opened_lines,
    owners,
    told_of,
    ways,
)
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.in_order import in_order
from applicability.report.papers.instruments import rests_on_one
from applicability.report.papers.met import is_own_business
from applicability.report.papers.own_answers import uses_to_tell, without_finding
from applicability.report.papers.parts import parts_before
from applicability.report.papers.questions import question_of
from applicability.report.papers.rows import items_text, marked_number, measure_list, row_list
from applicability.report.papers.set_up import needing_one, set_up
from applicability.report.papers.texts import is_planned, joined, say
from applicability.report.papers.unlikely import unlikely_keys
from applicability.report.papers.whom import FirstInBoth, Whom
from applicability.text import Text

_QUESTIONS = 3  # that are named: the first settle most
_CHANGES = 3
_TITLES = 4  # measures of a question that are named by title
# What is done with an open measure, by its force; the block of the measure says the same at length.
_DO: Mapping[Force, Text] = {
    "permit": Text(
        "按本方案可以做：备妥须证明的事实，先问明其他法律是否另要求许可或批准",
        "by this plan it may be done: have proof of the facts ready, and first ask whether other law asks for a "
        "licence or an approval",
    ),
    "support": Text(
        "受支持或鼓励，不是许可：据此提出申请或请求配合",
        "supported or encouraged, which is no permit: apply on this ground, or ask for cooperation",
    ),
    "explore": Text("探索或试点，不是许可：提出参加", "a trial, which is no permit: ask to join"),
    "study": Text("仅在研究：尚不能据此办理", "only studied: nothing can be done on it yet"),
    "duty": Text("主管部门的职责：无可申请之事", "a duty of authorities: nobody can apply for it"),
}
_WORDS = {
    "whom_of": Text("{items}：{who}", "{items}: {who}"),
    "answer": Text("回答：{question}", "answer: {question}"),
    "self": Text("企业自己", "the entity itself"),
    "planned_answer": Text(
        "就拟设立的主体回答（设立后的情形）：{question}", "answer for the planned entity, as it is to be: {question}"
    ),
    "planned_self": Text("设立方", "whoever sets it up"),
    "before": Text(
        "设立之前，设立方的人员符合条件的即可使用（是否符合，本报告没有审查）",
        "already before it is set up: people of whoever sets it up may use this if they qualify (not examined in this "
        "report)",
    ),
    "part_of": Text("{row} 第{number}部分“{title}”（{force}）", "{row}, part {number}: {title} ({force})"),
    "planned": Text("设立后：{do}", "once it is set up: {do}"),
    "planned_permit": Text(
        "按本方案可以做：备妥须证明的事实", "by this plan it may be done: have proof of the facts ready"
    ),
    "planned_ask": Text(
        "设立之前：先问明其他法律是否要求许可或批准",
        "before it is set up: ask whether other law asks for a licence or an approval",
    ),
    "not_granted": Text(
        "受支持或鼓励，不是许可，也无可申请（依本报告的读法）：{do}",
        "supported or encouraged, which is no permit, and nothing is granted that one could apply for, as this report "
        "reads it: {do}",
    ),
    "find": Text("请主管部门认定：{about}", "ask the authority for its finding: {about}"),
    "find_else": Text("不是的，请主管部门认定：{about}", "if not, ask the authority for its finding: {about}"),
    "then": Text("认定后：{do}", "then: {do}"),
    "has_one": Text(
        "说明是否已设{value}：设有的，{rows}才用得上",
        "say whether it has a {value} of its own: only with one is it able to use {rows}",
    ),
    "planned_has_one": Text(
        "说明设立后是否设有{value}：设有的，{rows}才用得上",
        "say whether it will have a {value} of its own: only with one is it able to use {rows}",
    ),
    "look_up": Text(
        "先查阅所依的后来文件，其原文不在本报告的规则库内",
        "first look up the later instrument that alone opens it, whose words are not in this report's rules",
    ),
    "watch": Text("等待并留意：{step}", "wait, and watch for: {step}"),
    "watch_place": Text(
        "须先由所在地{do}，请其办理；并留意：{step}",
        "have the place {do}, which it must do first, and watch for: {step}",
    ),
    "approach": Text("向{who}提出；留意：{where}", "put it to {who}; watch {where}"),
    "watch_there": Text(
        "如考虑{place}：查询所列措施是否在{step}之内", "if {place} is considered: ask whether these fall under {step}"
    ),
    "supervisor": Text("持牌主体先问明监管部门", "being licensed, ask the supervisor first"),
    "changes_left": Text("“{part}”之中另列的调整：{count}种", "changes that “{part}” lists besides: {count}"),
    "change": Text("可选：{change}", "Optional: {change}"),
}
_FIRST = 3  # steps that stand on the first page


@dataclass(frozen=True)
class NextStep:
    """What to do, for which measures, and with whom, or `where` to look."""

    do: Text
    rows: TableCell
    whom: TableCell
    where: bool = False


@dataclass(frozen=True)
class NextSteps:
    """The steps of an entity, those of its own business first; what waits in places compared with it too."""

    assessment: Assessment
    prospects: Sequence[Prospect]
    elsewhere: Elsewhere | None = None

    @cached_property
    def lines(self) -> tuple[NextStep, ...]:
        """Every step; of what is open, the Chinese names of authorities stand beside it on the first page."""
        named = FirstInBoth()
        return (
            *_to_see_before(self.assessment),
            *_to_use_or_answer(self.assessment),
            *_to_watch(self.assessment, named),
            *(_to_watch_there(self.elsewhere, named) if self.elsewhere is not None else ()),
            *_to_change(self.assessment, self.prospects),
        )

    def first(self) -> Iterator[Block]:
        """The first steps, for the first page."""
        if self.lines:
            yield Heading(say("next"), 2)
            yield self.table(0, _FIRST)

    def rest(self) -> Iterator[Block]:
        """Those that come after the first."""
        left = self.lines[_FIRST:]
        if not left:
            return
        yield Heading(say("next_rest"), 2)
        if any("†" in one.rows.zh for one in left):
            told = any(one.measure.narrower_reading for one in self.assessment.open)  # then the summary has told it
            yield Paragraph(say("marked_short" if told else "marked_narrower", part=say("doubts")), "soft")
        yield self.table(_FIRST)

    def table(self, start: int = 0, end: int | None = None) -> Table:
        """Some of the steps, by number."""
        shown = self.lines[start:end]
        rows = [(same(str(number)), one.do, one.rows, one.whom) for number, one in enumerate(shown, start + 1)]
        whom = say("next_where" if any(one.where for one in shown) else "next_whom")
        heads = (same(""), say("next_do"), say("rows"), whom)
        return Table(heads, tuple(rows), (4, 34, 34, 28) if start else (4, 33, 28, 35))


def _to_use_or_answer(assessment: Assessment) -> Iterator[NextStep]:
    """What can be used, then what an answer would settle: of its own business, then of all else."""
    used, asked = list(_to_use(assessment)), list(_to_answer(assessment))
    for own in (True, False):
        for is_own, line in (*used, *asked):
            if is_own is own:
                yield line


def _to_see_before(assessment: Assessment) -> Iterator[NextStep]:
    """Of an entity that is only planned: what people of whoever sets it up may use before it is."""
    for one, numbers in parts_before(assessment) if is_planned(assessment) else ():
        limbs = {number: one.measure.limbs[number - 1] for number in numbers}
        parts = [
            s.say(
                _WORDS["part_of"],
                row=marked_number(one.measure), number=str(number), title=limb.title, force=w.FORCE_NAMES[limb.force],
            )
            for number, limb in limbs.items()
        ]  # fmt: skip
        whom = joined(Whom(assessment.rulebook, one).first([limb.id for limb in limbs.values()], both=True))
        yield NextStep(_WORDS["before"], CellLines(tuple(parts)), whom)


def _to_answer(assessment: Assessment) -> Iterator[tuple[bool, NextStep]]:
    """Each of the first questions, and whether it is on a measure of its own business."""
    undecided = {one.measure.key: one for one in assessment.undecided}
    for one in plan_questions(assessment).questions[:_QUESTIONS]:
        found = [undecided[key] for key in one.rows if key in undecided]
        if found:
            planned = "planned_" if is_planned(assessment) else ""  # an entity to be set up answers nothing itself
            do = s.say(_WORDS[f"{planned}answer"], question=question_of(assessment, one.fact, found))
            whom = _WORDS[f"{planned}self"]
            yield any(map(is_own_business, found)), NextStep(do, _few_by_title(found), whom)


def _few_by_title(found: Sequence[Finding]) -> Text:
    """Measures by title, of many by number alone: their titles stand in the part on what is not settled."""
    return row_list(found) if len(found) <= _TITLES else items_text(marked_number(one.measure) for one in found)


def _to_use(assessment: Assessment) -> Iterator[tuple[bool, NextStep]]:
    """What the open measures take, those together with which the same is to be done, and with whom to begin; whether
    they are of its own business. Their limits stand beside them: `open_now`.
    """
    needing = needing_one(assessment)
    groups: dict[Text, list[Finding]] = {}
    for one in in_order(assessment.open):
        before, first = _by_force(one, Whom(assessment.rulebook, one), planned=is_planned(assessment))
        do = [first]
        if one.bucket == "conditional":
            outstanding = Whom(assessment.rulebook, one).outstanding
            about = joined(list(dict.fromkeys(each.about for each in outstanding)))
            unneeded = without_finding(one, outstanding)
            find = "find" if unneeded is None else "find_else"
            do = [
                *([] if unneeded is None else [unneeded]),
                s.say(_WORDS[find], about=about),
                s.say(_WORDS["then"], do=do[0]),
            ]
        if is_planned(assessment):
            do[0] = s.say(_WORDS["planned"], do=do[0])
        do = [*before, *do]
        if rests_on_one(one):
            do.append(_WORDS["look_up"])
        groups.setdefault(joined(do), []).append(one)
    for told, own in groups.items():
        is_own = any(map(is_own_business, own))
        yield is_own, NextStep(told, row_list(own), _with_whom(own))
        for value, serves in needing:
            if any(one in own for one in serves):
                planned = "planned_" if is_planned(assessment) else ""
                rows = items_text(marked_number(one.measure) for one in serves)
                tell = s.say(_WORDS[f"{planned}has_one"], value=value, rows=rows)
                uses = uses_to_tell(assessment)
                tell = joined([tell, *(told for _, told in uses)])
                about = row_list([*serves, *(one for one, _ in uses if one not in serves)])
                yield is_own, NextStep(tell, about, _WORDS[f"{planned}self"])


def _with_whom(found: Sequence[Finding]) -> TableCell:
    """With whom to begin; where that is not the same for all of some measures, for which."""
    by_whom: dict[Text, list[str]] = {}
    for one in found:
        first = Whom(one.rulebook, one).begin()
        whom = joined(first) if first else same("–")
        by_whom.setdefault(whom, []).append(marked_number(one.measure))
    if len(by_whom) == 1:
        return next(iter(by_whom))
    told = (s.say(_WORDS["whom_of"], who=who, items=items_text(rows)) for who, rows in by_whom.items())
    return CellLines(tuple(told))


def _by_force(finding: Finding, whom: Whom, *, planned: bool) -> tuple[list[Text], Text]:
    """What to do before an entity is set up, and what to do with an open measure; of what nobody grants, no
    application.
    """
    force, ungranted = finding.force or FORCES[-1], whom.not_granted
    if force == "support" and ungranted is not None:
        return [], s.say(_WORDS["not_granted"], do=ungranted.do)
    if force != "permit":
        return [], _DO[force]
    if planned:
        return [_WORDS["planned_ask"]], _WORDS["planned_permit"]
    return [], _DO[force]


def _to_watch(assessment: Assessment, named: FirstInBoth) -> Iterator[NextStep]:
    """Each official step that something waits on which may concern the entity, once."""
    book, unlikely = assessment.rulebook, unlikely_keys(assessment)
    likely = [one for one in assessment.findings if one.measure.key not in unlikely]
    for step, measures in _awaited(likely).items():
        yield NextStep(watch(book.steps[step]), measure_list(measures), where_watched(step, book, named), where=True)


def where_watched(step: str, rulebook: Rulebook, named: FirstInBoth) -> Text:
    """Where an official step would be seen; before it, whom to approach where the place itself has to take it first."""
    authorities = rulebook.authorities
    known = authorities.step(step) if authorities is not None else None
    if authorities is None or known is None:
        return say("step_unknown")
    where = say("mark_inferred", who=named(known.where))
    if rulebook.steps[step].by_place is None:
        return where
    return s.say(_WORDS["approach"], who=say("mark_inferred", who=named(authorities.otherwise.who)), where=where)


def watch(step: StepKind) -> Text:
    """To watch for an official step; of one that the place itself has to take, to ask it to."""
    if step.by_place is None:
        return s.say(_WORDS["watch"], step=step.label)
    return s.say(_WORDS["watch_place"], step=step.label, do=step.by_place)


def _to_watch_there(elsewhere: Elsewhere, named: FirstInBoth) -> Iterator[NextStep]:
    """What waits for a programme or a step of each other place, with where it would be seen."""
    for there in elsewhere.waiting():
        book = there.rows.rulebook
        for step, measures in _awaited(there.likely).items():
            known = book.authorities.step(step) if book.authorities is not None else None
            asked = book.authorities.otherwise.who if book.authorities is not None else say("step_unknown")
            do = s.say(_WORDS["watch_there"], place=there.label or "", step=book.steps[step].label)
            where = [asked, *([known.where] if known is not None else [])]
            whom = joined([say("mark_inferred", who=named(one)) for one in where])
            yield NextStep(do, _own_by_title(measures, there.likely), whom, where=True)


def _own_by_title(measures: Sequence[Measure], findings: Iterable[Finding]) -> Text:
    """Measures: those of its own business by title, the others, which are told of elsewhere, by number."""
    keys = {one.measure.key for one in findings if is_own_business(one)}
    own, rest = [one for one in measures if one.key in keys], [one for one in measures if one.key not in keys]
    return joined([*([measure_list(own)] if own else []), *([items_text(map(marked_number, rest))] if rest else [])])


def _awaited(findings: Iterable[Finding]) -> dict[str, list[Measure]]:
    """By step the measures that wait for it, those of the step that most wait for first."""
    found: dict[str, dict[MeasureKey, Measure]] = {}
    for one in findings:
        for reason in one.why if one.bucket == "pending" else ():
            if isinstance(reason.condition, Step):
                found.setdefault(reason.condition.step, {})[one.measure.key] = one.measure
    return {step: list(own.values()) for step, own in sorted(found.items(), key=lambda item: -len(item[1]))}


def _to_change(assessment: Assessment, prospects: Sequence[Prospect]) -> Iterator[NextStep]:
    """The nearest changes, if it wants more."""
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    plausibility = Plausibility(assessment.facts, assessment.rulebook)
    every = ways(assessment, prospects)
    near = [
        one
        for one in offered(assessment, every)
        if is_plausible(one[1], plausibility)
        and _is_more_than_said(one[1])
        and _is_of_own_line(one[1], one[2], assessment)
    ]
    supervised = [_WORDS["supervisor"]] if assessment.facts.values.get("licences") else []
    others = set_up(assessment)[:_CHANGES]
    for one in others:
        yield NextStep(s.say(_WORDS["change"], change=one.step), CellLines(one.opens), joined([one.by, *supervised]))
    shown = near[: _CHANGES - len(others)]
    shown += [one for one in in_own_city(assessment, every) if all(one[2] != each[2] for each in shown)]
    for _, change, rows in shown:
        told = clauses(change.edits, words, planned=is_planned(assessment))
        yield NextStep(
            s.say(_WORDS["change"], change=told),
            CellLines(tuple(opened_lines(assessment, change, rows))),
            joined([owners(change, words), *supervised]),
        )
    # Answers stand among the questions; what else the part on changes tells of is not dropped without a word.
    left = [one for one in told_of(assessment, every) if _is_more_than_said(one[1]) and one not in shown]
    if left:
        found = [row.finding for _, _, own in left for row in own]
        do = s.say(_WORDS["changes_left"], count=str(len(left)), part=say("changes"))
        yield NextStep(do, row_list(found), same("–"))


def _is_of_own_line(change: Change, rows: Sequence[Prospect], assessment: Assessment) -> bool:
    """Whether a change opens something of the entity's own line, or is to do what companies of its kind do."""
    if any(is_own_business(one.finding) for one in rows):
        return True
    does = any(edit.fact == "activities" for edit in change.edits)
    return does and is_of_its_kind(change, assessment.facts, assessment.rulebook)


def _is_more_than_said(change: Change) -> bool:
    return any(edit.kind != "answer" for edit in change.edits)
