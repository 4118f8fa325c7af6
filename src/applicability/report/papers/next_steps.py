"""What to do next in a paper, in order: what to answer, to use, to apply for, to watch and to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from applicability.analysis.effort import is_plausible
from applicability.analysis.minimal_changes import Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import plan_questions
from applicability.model.assessment import Assessment, Finding
from applicability.model.conditions import Step
from applicability.model.measure import FORCES, Measure, MeasureKey
from applicability.report.language import sentences as s
from applicability.report.language.edits import clauses
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Heading, Paragraph, Table, same
from applicability.report.papers.changes import opened_by, owners, set_up, ways
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.met import is_own_business
from applicability.report.papers.rows import measure_list
from applicability.report.papers.texts import is_planned, joined, of_entity, say
from applicability.report.papers.whom import Whom
from applicability.text import Text

_QUESTIONS = 3  # that are named: the first settle most
_CHANGES = 3
_NARROWER = Text("{measure}（可读得更窄，见“{part}”）", "{measure} (could be read more narrowly, see “{part}”)")
_NextStep = tuple[Text, Text, Text]  # what to do, for which measures, with whom


def next_steps(
    assessment: Assessment, prospects: Sequence[Prospect], elsewhere: Elsewhere | None = None
) -> Iterator[Block]:
    """The steps in a table, those that need nothing but an answer first; what waits in places compared with it too."""
    lines = [*_to_answer(assessment), *_to_use(assessment), *_to_watch(assessment)]
    lines += _to_watch_there(elsewhere) if elsewhere is not None else ()
    lines += _to_change(assessment, prospects)
    if not lines:
        return
    yield Heading(say("next"))
    yield Paragraph(say("next_lead"), "soft")
    rows = tuple((same(str(number)), *line) for number, line in enumerate(lines, 1))
    yield Table((same(""), say("next_do"), say("rows"), say("next_whom")), rows, (5, 41, 29, 25))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Open findings by how much they matter: those of its own business first, then what is certain, then by force."""

    def key(one: Finding) -> tuple[bool, bool, int]:
        return not is_own_business(one), one.bucket != "eligible", FORCES.index(one.force or FORCES[-1])

    return sorted(findings, key=key)


def _to_answer(assessment: Assessment) -> Iterator[_NextStep]:
    undecided = {one.measure.key: one.measure for one in assessment.undecided}
    for one in plan_questions(assessment).questions[:_QUESTIONS]:
        declaration = assessment.rulebook.declaration(one.fact)
        rows = [undecided[key] for key in one.rows if key in undecided]
        if rows:
            yield say("next_answer", question=declaration.question), measure_list(rows), say("next_self")


def _to_use(assessment: Assessment) -> Iterator[_NextStep]:
    """Each open measure: what it takes, and with whom to begin."""
    for one in in_order(assessment.open):
        whom = Whom(assessment.rulebook, one)
        if one.bucket == "conditional":
            do = say("next_find", about=joined(list(dict.fromkeys(each.about for each in whom.outstanding))))
        else:
            key = "next_use" if one.force == "permit" else "next_ask"
            do = of_entity(key, is_planned(assessment))
        limits = [each.limit.label for each in FindingText(one).to_keep]
        if limits:
            do = joined([do, say("next_limits", limits=joined(limits))])
        name = measure_list([one.measure])
        if one.measure.narrower_reading:
            name = s.say(_NARROWER, measure=name, part=say("doubts"))
        yield do, name, joined(whom.first()) or Text("–", "–")


def _to_watch(assessment: Assessment) -> Iterator[_NextStep]:
    """Each official step that something waits on, once."""
    book = assessment.rulebook
    for step, measures in _awaited(assessment.findings).items():
        known = book.authorities.step(step) if book.authorities is not None else None
        where = known.where if known is not None else say("step_unknown")
        yield say("next_watch", step=book.steps[step].label), measure_list(measures), where


def _to_watch_there(elsewhere: Elsewhere) -> Iterator[_NextStep]:
    """What waits for a programme or a step of each other place, with where it would be seen."""
    for there in elsewhere.waiting():
        book = there.rows.rulebook
        for step, measures in _awaited(there.findings).items():
            known = book.authorities.step(step) if book.authorities is not None else None
            asked = book.authorities.otherwise.who if book.authorities is not None else say("step_unknown")
            do = say("next_watch_there", place=there.label or "", step=book.steps[step].label)
            yield do, measure_list(measures), joined([asked, known.where]) if known is not None else asked


def _awaited(findings: Iterable[Finding]) -> dict[str, list[Measure]]:
    """By step the measures that wait for it, those of the step that most wait for first."""
    found: dict[str, dict[MeasureKey, Measure]] = {}
    for one in findings:
        for reason in one.why if one.bucket == "pending" else ():
            if isinstance(reason.condition, Step):
                found.setdefault(reason.condition.step, {})[one.measure.key] = one.measure
    return {step: list(own.values()) for step, own in sorted(found.items(), key=lambda item: -len(item[1]))}


def _to_change(assessment: Assessment, prospects: Sequence[Prospect]) -> Iterator[_NextStep]:
    """The nearest changes, if it wants more."""
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    plausibility = Plausibility(assessment.facts, assessment.rulebook)
    near = [
        one
        for one in ways(assessment, prospects)
        if is_plausible(one[1], plausibility) and any(edit.kind != "answer" for edit in one[1].edits)
    ]
    others = set_up(assessment)[:_CHANGES]
    for one in others:
        yield say("next_change", change=one.step), one.opens, one.by
    for _, change, rows in near[: _CHANGES - len(others)]:
        told = clauses(change.edits, words, planned=is_planned(assessment))
        yield say("next_change", change=told), opened_by(assessment, change, rows), owners(change)
