"""A question in a paper, which has no form beside it: with the answers that could still count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from applicability.analysis.questions import ABOUT_PEOPLE
from applicability.model.assessment import Assessment, Finding
from applicability.model.conditions import Condition, Not, OneOf, leaves
from applicability.model.evaluate import Trace
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.papers.texts import is_planned
from applicability.report.papers.whom import Whom
from applicability.text import Text

_ONE = Text("{asked}即：是否包括“{value}”？", "{asked} In particular: is “{value}” among them?")
_COUNTS = Text("{asked}（{counts}）", "{asked} ({counts})")
_COUNTS_ASK = Text("{asked}（{counts}，可问{who}）", "{asked} ({counts}: ask {who})")
_CHOICES = 12  # answers that a question names


def question_of(assessment: Assessment, fact: str, findings: Iterable[Finding] = ()) -> Text:
    """A question that stands by itself: what it is about, and the answers that some measures tell apart.

    An answer is left out where whatever asks for it fails already, as an entity of another kind would have to give it.
    """
    declaration, findings = assessment.rulebook.declaration(fact), list(findings)
    read = [leaf for one in findings for limb in one.limbs for leaf in _open_leaves(limb.trace)]
    wanted = {value for leaf in read if isinstance(leaf, OneOf) and leaf.fact == fact for value in leaf.values}
    named = [choice.label for key, choice in declaration.values.items() if key in wanted]
    asked = declaration.question
    if declaration.entity_question is not None and _is_no_person(assessment, fact):
        asked = declaration.entity_question
    if not named or len(named) > _CHOICES:
        return asked
    if len(named) == 1 and declaration.type == "choices":  # one that could still count is no choice among several
        own = declaration.value_question
        if is_planned(assessment):  # its people are none yet
            own = declaration.planned_question or own
        of_entity = own is not None and _is_no_person(assessment, fact)
        told = s.say(own, value=named[0]) if of_entity and own is not None else None
        told = told or s.say(_ONE, asked=asked, value=named[0])  # the question says of whom, its label does not
        (only,) = (choice for choice in declaration.values.values() if choice.label == named[0])
        return told if only.counts is None else _with_whom(told, only.counts, fact, only.key, findings)
    zh, en = "；".join(label.zh for label in named), "; ".join(label.en for label in named)
    return Text(f"{asked.zh}（{zh}）", f"{asked.en} ({en})")


def _with_whom(told: Text, counts: Text, fact: str, value: str, findings: Iterable[Finding]) -> Text:
    """A question with whom its one answer counts, and who may say so of those of whom the words leave it open."""
    who = dict[Text, None]()
    for one in findings:
        asking = [each.limb.id for each in one.limbs if _asks_for(each.limb.when, fact, value)]
        who |= dict.fromkeys(Whom(one.rulebook, one).first(asking, both=True) if asking else ())
    if not who:
        return s.say(_COUNTS, asked=told, counts=counts)
    return s.say(_COUNTS_ASK, asked=told, counts=counts, who=s.listed(list(who), s.OR))


def _asks_for(condition: Condition, fact: str, value: str) -> bool:
    return any(isinstance(one, OneOf) and one.fact == fact and value in one.values for one in leaves(condition))


def _is_no_person(assessment: Assessment, fact: str) -> bool:
    """Whether a question about people is put to an entity that is known to be none."""
    kind, person = ABOUT_PEOPLE.get(fact, ("", ""))
    return assessment.facts.values.get(kind) not in (None, person)


def _open_leaves(trace: Trace) -> Iterator[Condition]:
    """The leaves under no part that fails already."""
    if trace.verdict is Verdict.INELIGIBLE:
        return
    if not trace.parts or isinstance(trace.condition, Not):
        yield from leaves(trace.condition)
    for part in trace.parts:
        yield from _open_leaves(part)
