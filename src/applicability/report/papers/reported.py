"""What is known of an official step and settles nothing, such as a list in the press: told where it is awaited."""

from __future__ import annotations

from collections.abc import Iterable

from applicability.model.assessment import Finding
from applicability.model.conditions import Step
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text

_ONLY = Text("{note}（这只是报道，不是证明）", "{note} (a report alone, and no proof)")


def reported_of(step: str, findings: Iterable[Finding]) -> list[Text]:
    """That a step which some findings wait for may have been taken, and the notes on what is published of it, marked
    where it is no official word.
    """
    found = dict[Text, None]()
    for one in findings:
        words = ConditionRenderer(one.rulebook, one.facts)
        for reason in one.why if one.bucket == "pending" else ():
            if isinstance(reason.condition, Step) and reason.condition.step == step:
                already = one.rulebook.steps[step].already
                found |= {} if already is None else {already: None}
                entry = words.entry_for(reason.condition, Verdict.PENDING)
                if entry is not None and entry.kind == "announces" and entry.note is not None:
                    official = entry.weight == "official"
                    found[entry.note if official else s.say(_ONLY, note=entry.note)] = None
    return list(found)
