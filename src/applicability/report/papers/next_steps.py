"""What to do next in a paper, in order: what to use, to apply for and to answer, to watch and to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from applicability.analysis.minimal_changes import Prospect
from applicability.analysis.questions import plan_questions
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Assessment, Finding
from applicability.model.rulebook import Rulebook, StepKind
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.silences import PROCEDURE, asked_of_any, silent_on
from applicability.report.layout.paper import Block, CellLines, Heading, Paragraph, Table, same
from applicability.report.papers.asked_together import asked_together, of_all
from applicability.report.papers.change_steps import to_change
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.look_up_steps import to_look_up
from applicability.report.papers.met import is_own_business
from applicability.report.papers.parts import parts_before
from applicability.report.papers.place_steps import awaited, first_places, to_choose_place
from applicability.report.papers.questions import question_of
from applicability.report.papers.readings import narrower_of
from applicability.report.papers.reported import reported_of
from applicability.report.papers.rows import items_text, marked_number, measure_list, row_list
from applicability.report.papers.stages import NextStep, in_stages, stages_of
from applicability.report.papers.steps_to_use import to_use
from applicability.report.papers.texts import is_planned, joined, say
from applicability.report.papers.unlikely import unlikely_keys
from applicability.report.papers.whom import FirstInBoth, Whom
from applicability.text import Text

_QUESTIONS = 3  # that are named: the first settle most
_TITLES = 4  # measures of a question that are named by title
_WORDS = {
    "answer": Text("回答：{question}", "answer: {question}"),
    "self": Text("企业自己", "the entity itself"),
    "planned_answer": Text(
        "就拟设立的主体回答（设立后的情形）：{question}", "answer for the planned entity, as it is to be: {question}"
    ),
    "answers": Text("企业自己，并告知出具本报告的一方", "the entity itself, which tells whoever made this report"),
    "planned_self": Text("设立方", "the investor"),
    "planned_answers": Text("设立方，并告知出具本报告的一方", "the investor, who tells whoever made this report"),
    "before": Text(
        "设立之前，设立方的人员符合条件的即可使用（是否符合，本报告没有审查）",
        "already before it is set up: people of the investor may use this if they qualify (not examined in this "
        "report)",
    ),
    "before_asked": Text(
        "先问明：{told}；答复允许的：{before}", "ask this first: {told}; with the answer, if it allows this: {before}"
    ),
    "before_answered": Text("得到答复后，答复允许的：{before}", "with the answer, if it allows this: {before}"),
    "before_narrower": Text("更窄的读法是否成立（{told}）", "whether the narrower reading holds ({told})"),
    "set_up": Text(
        "按“{part}”所列设立；设立的情形与此不同，结果即不同",
        "set it up as “{part}” says; set up otherwise, it has other results",
    ),
    "set_up_allowed": Text("{steps}的答复允许的：{do}", "if the reply to {steps} allows it: {do}"),
    "set_up_elsewhere": Text(
        "{steps}（考虑其他地方的，另看{others}）", "{steps} (and where another place is considered, to {others})"
    ),
    "part_of": Text("{row} 第{number}部分“{title}”（{force}）", "{row}, part {number}: {title} ({force})"),
    "watch": Text("等待并留意：{step}", "wait, and watch for: {step}"),
    "watch_place": Text(
        "须先由所在地{do}，请其办理；并留意：{step}",
        "have the place {do}, which it must do first, and watch for: {step}",
    ),
    "approach": Text("向{who}提出；留意：{where}", "put it to {who}; watch {where}"),
}


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
        places = first_places(self.elsewhere)
        together = asked_together(self.assessment, places)
        before = (
            *of_all(self.assessment, together),
            *_to_see_before(self.assessment, [one.finding for one in together]),
            *_to_use_or_answer(self.assessment, places),
            *_to_watch(self.assessment, named),
            *(to_choose_place(self.elsewhere, named, _self(self.assessment)) if self.elsewhere is not None else ()),
            *to_look_up(self.assessment, self.elsewhere),
        )
        changes = tuple(to_change(self.assessment, self.prospects))
        return (*before, *_to_set_up(self.assessment, (*before, *changes)), *changes)

    @cached_property
    def _numbered(self) -> tuple[tuple[str, NextStep], ...]:
        """Every step with its number: of an entity to be set up stage by stage, since each presupposes the one before
        it.
        """
        if is_planned(self.assessment):
            return tuple(in_stages(self.lines))
        return tuple((str(number), one) for number, one in enumerate(self.lines, 1))

    def blocks(self) -> Iterator[Block]:
        """All steps in one table."""
        if not self.lines:
            return
        yield Heading(say("next"), 2)
        if is_planned(self.assessment):
            yield Paragraph(stages_of(self.lines), "soft")
        told = any(one.measure.narrower_reading for one in self.assessment.open)  # then the summary has told it
        if not told and any("†" in one.rows.zh for one in self.lines):
            yield Paragraph(say("marked_narrower", part=say("doubts")), "soft")
        yield self.table()

    def table(self) -> Table:
        """The steps, by number."""
        shown = self._numbered
        rows = [(same(number), one.do, one.rows, one.whom) for number, one in shown]
        whom = say("next_where" if any(one.where for _, one in shown) else "next_whom")
        heads = (same(""), say("next_do"), say("rows"), whom)
        if is_planned(self.assessment):
            return Table(heads, tuple(rows), (5, 44, 27, 24))
        return Table(heads, tuple(rows), (4, 46, 27, 23))


def _to_use_or_answer(assessment: Assessment, places: Sequence[Text]) -> Iterator[NextStep]:
    """What can be used, then what an answer would settle: of its own business, then of all else."""
    used, asked = list(to_use(assessment, places)), list(_to_answer(assessment))
    for own in (True, False):
        for is_own, line in (*used, *asked):
            if is_own is own:
                yield line


def _to_see_before(assessment: Assessment, together: Sequence[Finding]) -> Iterator[NextStep]:
    """Of an entity that is only planned: what people of the investor may use before it is. What no row says of
    measures `together` is asked in a step of its own.
    """
    for one, numbers in _by_reading(assessment) if is_planned(assessment) else ():
        limbs = {number: one.measure.limbs[number - 1] for number in numbers}
        parts = [
            s.say(
                _WORDS["part_of"],
                row=marked_number(one.measure), number=str(number), title=limb.title, force=w.FORCE_NAMES[limb.force],
            )
            for number, limb in limbs.items()
        ]  # fmt: skip
        whom = joined(Whom(assessment.rulebook, one).first([limb.id for limb in limbs.values()], both=True))
        narrower = [s.say(_WORDS["before_narrower"], told=told) for told in narrower_of(one.measure, numbers)]
        silent, dated = (
            each(assessment.rulebook, one.measure, [*limbs.values()]) for each in (silent_on, asked_of_any)
        )
        left = [told for told in silent if told != PROCEDURE] if one in together else [*silent, *dated]
        ask = [*narrower, *left]
        key = "before_asked" if ask else "before_answered" if one in together else "before"
        do = s.say(_WORDS[key], before=_WORDS["before"], told=joined(ask))
        yield NextStep(do, CellLines(tuple(parts)), whom, stage="before")


def _by_reading(assessment: Assessment) -> Iterator[tuple[Finding, tuple[int, ...]]]:
    """These parts of each measure, those apart of which a narrower reading has first to be asked about."""
    for one, numbers in parts_before(assessment):
        told = [tuple(narrower_of(one.measure, [number])) for number in numbers]
        for same_told in dict.fromkeys(sorted(told, key=bool)):
            yield one, tuple(number for number, own in zip(numbers, told, strict=True) if own == same_told)


def _to_set_up(assessment: Assessment, before: Sequence[NextStep]) -> Iterator[NextStep]:
    """Of an entity that is only planned: that it has to be set up as the facts say; on whose replies that depends."""
    if is_planned(assessment):
        do, numbered = s.say(_WORDS["set_up"], part=say("facts")), list(in_stages(before))
        gates = _numbers(number for number, one in numbered if one.gates)
        others = _numbers(number for number, one in numbered if one.stage == "ask" and one.where)
        if gates is not None:
            if others is not None:
                gates = s.say(_WORDS["set_up_elsewhere"], steps=gates, others=others)
            do = s.say(_WORDS["set_up_allowed"], steps=gates, do=do)
        yield NextStep(do, same("–"), _WORDS["planned_self"], stage="set_up")


def _numbers(numbers: Iterable[str]) -> Text | None:
    """Steps by number; None where there are none."""
    shown = [same(one) for one in numbers]
    return s.listed(shown, s.AND) if shown else None


def _self(assessment: Assessment) -> Text:
    return _WORDS["planned_self" if is_planned(assessment) else "self"]


def _to_answer(assessment: Assessment) -> Iterator[tuple[bool, NextStep]]:
    """Each of the first questions, and whether it is on a measure of its own business."""
    undecided = {one.measure.key: one for one in assessment.undecided}
    for one in plan_questions(assessment).questions[:_QUESTIONS]:
        found = [undecided[key] for key in one.rows if key in undecided]
        if found:
            planned = "planned_" if is_planned(assessment) else ""  # an entity to be set up answers nothing itself
            do = s.say(_WORDS[f"{planned}answer"], question=question_of(assessment, one.fact, found))
            whom = _WORDS[f"{planned}answers"]
            yield any(map(is_own_business, found)), NextStep(do, _few_by_title(found), whom, stage="before")


def _few_by_title(found: Sequence[Finding]) -> Text:
    """Measures by title, of many by number alone: their titles stand in the part on what is not settled."""
    return row_list(found) if len(found) <= _TITLES else items_text(marked_number(one.measure) for one in found)


def _to_watch(assessment: Assessment, named: FirstInBoth) -> Iterator[NextStep]:
    """Each official step that something waits on which may concern the entity, once."""
    book, unlikely = assessment.rulebook, unlikely_keys(assessment)
    likely = [one for one in assessment.findings if one.measure.key not in unlikely]
    for step, measures in awaited(likely).items():
        where = where_watched(step, book, named)
        do = joined([watch(book.steps[step]), *reported_of(step, likely)])
        yield NextStep(do, measure_list(measures), where, where=True, stage="before")


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
