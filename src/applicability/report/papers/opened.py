"""A measure that a change would open, in a line: what an authority has still to find, and on what terms."""

from __future__ import annotations

from collections.abc import Iterable

from applicability.model.assessment import BUCKETS, Finding
from applicability.model.conditions import Condition, Judgement
from applicability.model.evaluate import trace, verdict
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.papers.rows import measure_list, with_terms
from applicability.text import Text

_WORDS = {
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
    """Each finding: by whom, and of what."""
    found = ((one.authority, one.about) for one in judged)
    return [s.say(_WORDS["find"], authority=authority, about=about) for authority, about in dict.fromkeys(found)]


def opened_line(measure: Measure, after: Iterable[Facts], expected: Verdict, rulebook: Rulebook) -> Text:
    """A measure that a change opens: what has to be found, and how it comes out where that is not as `expected`.

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
    return with_terms(measure_list([measure]), told)
