"""Which part of an entity's business a measure takes in, where the rest of it waits for a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.model.assessment import Finding
from applicability.model.conditions import All, Any_, Condition, Does, Judgement, leaves
from applicability.model.evaluate import leaf_verdict
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text

_IN_PART = Text(
    "只就{met}可用；{rest}须先经认定（{about}），认定前不按在内办理",
    "usable for {met} alone; {rest} first needs a finding ({about}), and is not to be taken as covered before",
)


def open_in_part(finding: Finding) -> Text | None:
    """That a measure is open for one part of the entity's business, and the rest of it waits for a finding; None where
    that is not so.
    """
    held = finding.facts.values.get("activities")
    if finding.bucket != "eligible" or not isinstance(held, frozenset):
        return None
    every = [leaf for found in finding.best_limbs for leaf in leaves(found.limb.when)]
    waiting = [
        one
        for one in every
        if isinstance(one, Judgement) and leaf_verdict(one, finding.facts, finding.rulebook) is Verdict.CONDITIONAL
    ]
    beside = _does_beside(finding, waiting)
    alone = [one for one in every if isinstance(one, Does) and one not in beside]
    met = held & frozenset[str]().union(*(one.activities for one in alone))
    rest = (held & activities_beside(finding, waiting)) - finding.rulebook.sectors.closed_up(met)
    if not met or not rest:
        return None
    words = ConditionRenderer(finding.rulebook, finding.facts)
    about = s.listed(list(dict.fromkeys(one.about for one in waiting)), s.AND)
    shown = {"met": words.value("activities", met), "rest": words.value("activities", rest)}
    return s.say(_IN_PART, about=about, **shown)


def activities_beside(finding: Finding, judgements: Sequence[Judgement]) -> frozenset[str]:
    """The activities of which findings are asked, as the conditions beside them have it."""
    return frozenset[str]().union(*(one.activities for one in _does_beside(finding, judgements)))


def _does_beside(finding: Finding, judgements: Sequence[Judgement]) -> list[Does]:
    return [
        part
        for found in finding.best_limbs
        for whole in _wholes(found.limb.when)
        if any(one in judgements for part in whole.parts for one in _judgements(part))
        for part in whole.parts
        if isinstance(part, Does)
    ]


def _wholes(condition: Condition) -> Iterator[All]:
    if isinstance(condition, All):
        yield condition
    for part in condition.parts if isinstance(condition, (All, Any_)) else ():
        yield from _wholes(part)


def _judgements(condition: Condition) -> list[Judgement]:
    return [one for one in leaves(condition) if isinstance(one, Judgement)]
