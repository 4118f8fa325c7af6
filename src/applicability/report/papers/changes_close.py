"""What a change closes, in a paper: wherever it leads, and place by place where it may be made in several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from applicability.analysis.edited import edited
from applicability.analysis.edits import Edit, Option
from applicability.analysis.minimal_changes import Change
from applicability.lazy_dataclass import replace
from applicability.model.assessment import Assessment
from applicability.model.derive import derive
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.language.edits import option_values
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text

_WORDS = {
    "all": Text("同时不再适用：{rows}", "closes: {rows}"),
    "there": Text("如在{places}，不再适用：{rows}", "in {places} it closes: {rows}"),
    "there_too": Text("如在{places}，还不再适用：{rows}", "in {places} it closes besides: {rows}"),
}


def facts_after(assessment: Assessment, change: Change) -> list[Facts]:
    """The facts after a change, for each place that is told of it."""
    return [facts for _, facts in _each_place(assessment, change)]


def closed_anywhere(assessment: Assessment, change: Change) -> list[Measure]:
    """The measures that are open now and no longer after a change, in one of its places at least."""
    after = facts_after(assessment, change)
    return [one.measure for one in assessment.open if not _open_in_all(one.measure, after, assessment.rulebook)]


def closed_lines(assessment: Assessment, change: Change, told: Callable[[Sequence[Measure]], Text]) -> list[Text]:
    """What a change closes, the measures as `told`: wherever it leads, then what is lost in some of its places alone,
    with these by name.
    """
    lost = [
        (option, [one.measure for one in assessment.open if not is_open(one.measure, facts, assessment.rulebook)])
        for option, facts in _each_place(assessment, change)
    ]
    everywhere = [one for one in lost[0][1] if all(one in own for _, own in lost)]
    lines = [s.say(_WORDS["all"], rows=told(everywhere))] if everywhere else []
    groups: dict[tuple[Measure, ...], list[Option]] = {}
    for option, own in lost:
        more = tuple(one for one in own if one not in everywhere)
        if more and option is not None:
            groups.setdefault(more, []).append(option)
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    for more, options in groups.items():
        places = option_values(replace(_move(change), options=tuple(options), plausible=None), words)
        lines.append(s.say(_WORDS["there_too" if everywhere else "there"], places=places, rows=told(more)))
    return lines


def is_open(measure: Measure, facts: Facts, rulebook: Rulebook) -> bool:
    """Whether a measure is open on some facts, or subject to a finding."""
    condition = measure.condition
    return condition is not None and verdict(condition, facts, rulebook) >= Verdict.CONDITIONAL


def _open_in_all(measure: Measure, after: Iterable[Facts], rulebook: Rulebook) -> bool:
    return all(is_open(measure, facts, rulebook) for facts in after)


def _move(change: Change) -> Edit:
    return next(edit for edit in change.edits if edit.kind == "move")


def _each_place(assessment: Assessment, change: Change) -> Iterator[tuple[Option | None, Facts]]:
    """Each place that a change may lead to, of those that are plausible, with the facts after it; None and the facts
    alone of a change that leads nowhere else.
    """
    book = assessment.rulebook
    places: Sequence[Option | None] = (None,)
    if any(edit.kind == "move" for edit in change.edits):
        move = _move(change)
        places = move.options[: move.plausible] or move.options
    for one in places:
        chosen = [
            replace(edit, options=(one,)) if edit.kind == "move" and one is not None else edit for edit in change.edits
        ]
        yield one, derive(edited(assessment.facts, chosen, book).given, book)[0]
