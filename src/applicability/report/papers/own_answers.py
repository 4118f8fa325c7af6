"""What an entity has to answer itself in a step, beside what an authority finds: what it does, which use it makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.model.assessment import Assessment, Finding
from applicability.model.conditions import All, Any_, Condition, Does, Judgement
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.papers.in_order import in_order
from applicability.report.papers.in_part import activities_beside
from applicability.report.papers.met import is_own_business, unsaid_uses
from applicability.report.papers.rows import items_text, marked_number
from applicability.text import Text

_WORDS = {
    "tell_use": Text(
        "并就{rows}核对：{question}是的，符合这一限制；不是的，用不上{rows}；两种都有的，只有前一种用得上",
        "and check, for {rows}: {question} What is so keeps to this limit; {rows} cannot be used for what is not; "
        "where there are both, for the former alone",
    ),
    "unneeded": Text(
        "如还从事{activities}（从客户所属的行业和业务的标的看），该部分补填即可，无须认定",
        "if it also carries on {activities}, by the industry of its customers and by what it deals in, that part only "
        "has to be stated and nobody has to find it",
    ),
}


def _choices(condition: Condition) -> Iterator[Any_]:
    """The choices within a condition."""
    if isinstance(condition, Any_):
        yield condition
    for part in condition.parts if isinstance(condition, (All, Any_)) else ():
        yield from _choices(part)


def without_finding(finding: Finding, outstanding: Sequence[Judgement]) -> Text | None:
    """That what takes the place of a finding, as a choice of the measure has it, only has to be stated: the entity
    knows that of itself. None where there is no such choice.
    """
    named = [
        part.activities
        for found in finding.best_limbs
        for choice in _choices(found.limb.when)
        if any(one in outstanding for one in choice.parts)
        for part in choice.parts
        if isinstance(part, Does)
    ]
    if not named:
        return None
    words = ConditionRenderer(finding.rulebook, finding.facts)
    return s.say(_WORDS["unneeded"], activities=words.value("activities", frozenset[str]().union(*named)))


def asked_of(finding: Finding, outstanding: Sequence[Judgement]) -> Text | None:
    """The entity's own business that findings are asked of, as the conditions beside them read it; None of none."""
    held = finding.facts.values.get("activities")
    own = activities_beside(finding, outstanding) & (held if isinstance(held, frozenset) else frozenset())
    return ConditionRenderer(finding.rulebook, finding.facts).value("activities", own) if own else None


def uses_to_tell(assessment: Assessment) -> list[tuple[Finding, Text]]:
    """The open measures of its own business of which one use is the entity's, and nothing says that it makes it; with
    the question.
    """
    return [
        (one, s.say(_WORDS["tell_use"], rows=items_text([marked_number(one.measure)]), question=each.question))
        for one in in_order(assessment.open)
        if is_own_business(one)
        for each in unsaid_uses(one)
    ]
