"""The steps by which an entity would have more open: the nearest changes, and other entities set up beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.analysis.effort import is_plausible
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.model.assessment import Assessment
from applicability.report.language import sentences as s
from applicability.report.language.edits import clauses
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import CellLines, same
from applicability.report.papers.changes import (
    in_own_city,
    is_of_its_kind,
    offered,
    opened_lines,
    opened_measures,
    owners,
    told_of,
    ways,
)
from applicability.report.papers.changes_close import closed_lines, facts_after
from applicability.report.papers.met import is_own_business
from applicability.report.papers.opened import finding_with
from applicability.report.papers.readings import narrower_readings
from applicability.report.papers.rows import measure_list, row_list
from applicability.report.papers.set_up import set_up
from applicability.report.papers.stages import NextStep, StepStage
from applicability.report.papers.texts import is_planned, joined, say
from applicability.report.papers.whom import Whom, ask_supervisor, supervised
from applicability.text import Text

_CHANGES = 3
_WORDS = {
    "changes_left": Text(
        "可选，“{part}”另列{count}种调整：{told}", "Optional, {count} more changes that “{part}” lists: {told}"
    ),
    "change_left": Text("（{number}）{change}", "({number}) {change}"),
    "change_narrower": Text(
        "先问明更窄的读法是否成立（{told}）", "first ask whether the narrower reading holds ({told})"
    ),
    "change_ask": Text("先问{who}", "ask first: {who}"),
    "change_rules": Text("该功能区自身的规定，本报告没有审查", "the zone's own rules were not examined"),
    "change": Text("可选：{change}", "Optional: {change}"),
    "change_place": Text("可选，与地方一并选定：{change}", "Optional, to be decided with the place: {change}"),
    "change_none_yet": Text("尚没有的，可选：{change}", "Optional, where it has none yet: {change}"),
}


def to_change(assessment: Assessment, prospects: Sequence[Prospect]) -> Iterator[NextStep]:
    """The nearest changes, if it wants more; of an entity to be set up, before it is."""
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
    others = set_up(assessment)[:_CHANGES]
    for one in others:
        by = supervised(one.by, assessment.facts, assessment.rulebook)
        do = s.say(_WORDS["change_none_yet"], change=one.step)
        yield NextStep(do, CellLines(one.opens), by, stage="use" if is_planned(assessment) else "more")
    shown = near[: _CHANGES - len(others)]
    shown += [one for one in in_own_city(assessment, every) if all(one[2] != each[2] for each in shown)]
    for _, change, rows in shown:
        told = clauses(change.edits, words, planned=is_planned(assessment))
        narrower, whom = _to_ask_of_change(assessment, change, rows)
        stage = _stage_of(change, assessment)
        opens = opened_lines(assessment, change, rows, limits=True)
        key = "change_place" if stage == "place" else "change"
        yield NextStep(
            joined([s.say(_WORDS[key], change=told), *_unexamined_there(assessment, change), *narrower]),
            CellLines((*opens, *closed_lines(assessment, change, measure_list))),
            joined([owners(change, words), *whom]),
            stage=stage,
        )
    # Answers stand among the questions; what else the part on changes tells of is not dropped without a word.
    left = [one for one in told_of(assessment, every) if _is_more_than_said(one[1]) and one not in shown]
    if left:
        found = [row.finding for _, _, own in left for row in own]
        planned = is_planned(assessment)
        named_changes = [
            s.say(_WORDS["change_left"], number=str(number), change=clauses(change.edits, words, planned=planned))
            for number, (_, change, _) in enumerate(left, 1)
        ]
        do = s.say(_WORDS["changes_left"], count=str(len(left)), part=say("changes"), told=joined(named_changes))
        asked = ask_supervisor(assessment.facts, assessment.rulebook)
        yield NextStep(do, row_list(found), same("–") if asked is None else asked, stage="more")


def _to_ask_of_change(
    assessment: Assessment, change: Change, rows: Sequence[Prospect]
) -> tuple[list[Text], list[Text]]:
    """What is asked before a change is made for what it opens: whether a narrower reading holds; and of whom."""
    after, book = facts_after(assessment, change)[0], assessment.rulebook
    measures = opened_measures(assessment, change, rows)
    narrower = [told for one in measures if one.narrower_reading for told in narrower_readings(one)]
    ask = [s.say(_WORDS["change_narrower"], told=joined(narrower))] if narrower else []
    found = [one for measure in measures if (one := finding_with(measure, after, book)) is not None]
    who = dict.fromkeys(each for one in found for each in Whom(book, one).first(both=True))
    return ask, [s.say(_WORDS["change_ask"], who=joined(list(who)))] if who else []


def _unexamined_there(assessment: Assessment, change: Change) -> list[Text]:
    """Of a move into a zone, that rules of its own were not examined."""
    moves = any(one.kind == "move" for one in change.edits)
    return (
        [_WORDS["change_rules"]]
        if moves and any(one.whereabouts.zones for one in facts_after(assessment, change))
        else []
    )


def _stage_of(change: Change, assessment: Assessment) -> StepStage:
    """When a change is to be decided: another place, or a zone within its own, with the place of an entity that is to
    be set up.
    """
    moves = all(one.kind == "move" for one in change.edits)
    return "place" if is_planned(assessment) and moves else "more"


def _is_of_own_line(change: Change, rows: Sequence[Prospect], assessment: Assessment) -> bool:
    """Whether a change opens something of the entity's own line, or is to do what companies of its kind do."""
    if any(is_own_business(one.finding) for one in rows):
        return True
    does = any(edit.fact == "activities" for edit in change.edits)
    return does and is_of_its_kind(change, assessment.facts, assessment.rulebook)


def _is_more_than_said(change: Change) -> bool:
    return any(edit.kind != "answer" for edit in change.edits)
