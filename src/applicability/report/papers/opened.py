"""A measure that a change would open, in a line: what an authority has still to find, and on what terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from applicability.model.assessment import BUCKETS, Finding
from applicability.model.conditions import Condition, Judgement
from applicability.model.evaluate import trace, verdict
from applicability.model.facts import Facts
from applicability.model.measure import Limb, Measure
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.papers.force import forces_differ, in_parts
from applicability.report.papers.instruments import in_short
from applicability.report.papers.rows import measure_list, with_terms
from applicability.report.papers.texts import joined, say
from applicability.report.papers.whom import Whom, in_both
from applicability.text import Text

_WORDS = {
    "limits": Text("限制：{told}", "keep to: {told}"),
    "ask": Text("询问：{who}", "ask: {who}"),
    "find": Text("须由{authority}认定：{about}", "subject to a finding by {authority}: {about}"),
}


def finding_with(measure: Measure, facts: Facts, rulebook: Rulebook) -> Finding | None:
    """What a measure comes to on other facts; None where nobody can apply for it."""
    if measure.condition is None:
        return None
    scope = None if measure.scope is None else verdict(measure.scope, facts, rulebook)
    return Finding(measure, verdict(measure.condition, facts, rulebook), scope, facts, rulebook)


def to_find(conditions: Iterable[Condition], facts: Facts, rulebook: Rulebook) -> tuple[Judgement, ...]:
    """The findings that conditions which otherwise hold still wait for."""
    every = (trace(one, facts, rulebook) for one in conditions)
    leaves = (leaf.condition for one in every if one.verdict is Verdict.CONDITIONAL for leaf in one.deciding())
    return tuple(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Judgement)))


def find_texts(judged: Iterable[Judgement]) -> list[Text]:
    """Each finding: by whom, marked where the words do not name it, and of what."""
    found = ((_finder(one), one.about) for one in judged)
    return [s.say(_WORDS["find"], authority=who, about=about) for who, about in dict.fromkeys(found)]


def _finder(judged: Judgement) -> Text:
    """Who makes a finding, as this report reads it unless the words name it."""
    who = in_both(judged.authority)
    named = judged.ground.cites == "text" and judged.authority.zh in judged.ground.quote
    return who if named else say("mark_read", who=who)


def terms_in_short(finding: Finding, found: Sequence[Text], limbs: Sequence[Limb] = ()) -> Iterator[Text]:
    """The force of a measure, or of some of its parts, then what is `found` of it, the limits to keep and whom to ask,
    each in a few words; who makes a finding that is told is not told again.
    """
    own = list(limbs) or [one.limb for one in finding.best_limbs]
    force = joined([w.FORCE_NAMES[force] for force in dict.fromkeys(one.force for one in own)])
    yield in_parts(finding.measure, own, force) if not limbs and forces_differ(finding.measure) else force
    yield from found
    yield from _limits(own)
    asked = Whom(finding.rulebook, finding).first([one.id for one in limbs], both=True)
    finders = [leaf.authority for one in own for leaf in one.judgements]
    left = [who for who in asked if not (found and any(who == say("mark_read", who=in_both(one)) for one in finders))]
    if left:
        yield s.say(_WORDS["ask"], who=s.listed(left, s.AND))


def _limits(limbs: Iterable[Limb]) -> Iterator[Text]:
    limits = list(dict.fromkeys(limit.label for one in limbs for limit in one.limits))
    if limits:
        yield s.say(_WORDS["limits"], told=s.listed(limits, s.AND))


def opened_line(
    measure: Measure,
    after: Iterable[Facts],
    expected: Verdict,
    rulebook: Rulebook,
    *,
    terms: bool = False,
    limits: bool = False,
) -> Text:
    """A measure that a change opens: what has to be found, and how it comes out where that is not as `expected`; with
    its `terms` in short, or its `limits` alone.

    `after` are the facts after the change, several where it may be made in several places: the least open counts.
    """
    every = (finding_with(measure, facts, rulebook) for facts in after)
    found = [(one.verdict, one) for one in every if one is not None and one.verdict is not None]
    if not found:
        return measure_list([measure])
    least, finding = min(found, key=lambda one: one[0])
    told = find_texts(reason.condition for reason in finding.why if isinstance(reason.condition, Judgement))
    if least != expected and not told:
        bucket = w.BUCKETS[BUCKETS[4 - least]]
        told = [Text(bucket.zh, bucket.en.lower())]
    # What opens it, or takes the need for it away, without the change.
    entries = [one for one in rulebook.entries("overtakes", *measure.key) if one.in_force(finding.facts.as_of)]
    if limits:
        told += _limits([one.limb for one in finding.best_limbs])
    terms_told = [*(terms_in_short(finding, told) if terms else told), *(in_short(one, rulebook) for one in entries)]
    return with_terms(measure_list([measure]), terms_told)
