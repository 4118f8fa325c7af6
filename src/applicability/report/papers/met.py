"""What of an open measure is met already: told beside what is outstanding, and what papers have to show of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.model.assessment import Finding
from applicability.model.conditions import (
    Any_,
    Condition,
    Does,
    InSector,
    Limit,
    Not,
    OneOf,
    Overtaken,
    Within,
    ZoneType,
)
from applicability.model.evaluate import Trace
from applicability.model.facts import Value
from applicability.model.leaf_kinds import fact_of
from applicability.model.partial import PartialSet
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer, cited, ground_of
from applicability.text import Text

_FEW = 3  # values of a list, up to which one who asks for any of them asks for that very entity
_PLACE = Text("所在地", "place")
_ZONE = Text("所在功能区的类型", "type of its zone")


def met_leaves(finding: Finding) -> tuple[Condition, ...]:
    """The leaves that are met: the place's first, then those of the parts that decide."""
    traces = [finding.scope_trace, *(one.trace for one in finding.best_limbs)]
    every = (leaf for one in traces if one is not None for leaf in _met(one))
    return tuple(dict.fromkeys(leaf for leaf in every if not isinstance(leaf, Limit)))


def unsaid_uses(finding: Finding) -> list[Limit]:
    """The limits that decide whether an open measure is of use to the entity's own business, which it has not said."""
    return [
        each.limit
        for each in FindingText(finding).to_keep
        if each.limit.whose is not None and not each.limit.of_another and each.state == "unsaid"
    ]


def is_own_business(finding: Finding) -> bool:
    """Whether a measure asks for something that the entity does, holds or is in particular, and that is so.

    What it is in general, such as its kind, has one value; what is particular are lists.
    """
    return any(_is_particular(leaf, finding) for leaf in met_leaves(finding))


def is_very_own(finding: Finding) -> bool:
    """Whether what it asks for of that is one of few: a measure for every licensed institution is no lessor's own."""
    own = [leaf for leaf in met_leaves(finding) if _is_particular(leaf, finding)]
    return any(len(leaf.values) <= _FEW for leaf in own if isinstance(leaf, OneOf)) or any(
        isinstance(leaf, (Does, InSector)) for leaf in own
    )


def _is_particular(leaf: Condition, finding: Finding) -> bool:
    if isinstance(leaf, OneOf):
        return isinstance(finding.facts.values.get(leaf.fact), (frozenset, PartialSet))
    return isinstance(leaf, (Does, InSector))


def _met(trace: Trace) -> Iterator[Condition]:
    if not trace.parts:
        if trace.verdict is Verdict.ELIGIBLE:
            yield trace.condition
        return
    either = isinstance(trace.condition, Any_)
    for part in trace.parts:
        if not either or part.verdict is trace.verdict:
            yield from _met(part)


def met_reasons(finding: Finding, words: ConditionRenderer) -> list[Text]:
    """What is met, for a measure that still waits for something."""
    scope = list(_met(finding.scope_trace)) if finding.scope_trace is not None else []
    told: list[Text] = []
    if scope and words.here is not None:
        told.append(s.say(s.SCOPE["Scope", Verdict.ELIGIBLE], here=words.here, cited=cited(ground_of(scope[0]))))
    told += [words.says(leaf, Verdict.ELIGIBLE) for leaf in met_leaves(finding) if leaf not in scope]
    return list(dict.fromkeys(told))


def evidence(finding: Finding, words: ConditionRenderer) -> list[Text]:
    """The facts that have to be shown: the place, and each fact that a leaf which is met reads."""
    found: dict[Text, list[Text]] = {}
    for leaf in met_leaves(finding):
        if isinstance(leaf, (Within, ZoneType)):
            if words.here is not None:
                found.setdefault(_PLACE, [words.here])
            if isinstance(leaf, ZoneType):  # the place alone does not show that it lies in such a zone
                found.setdefault(_ZONE, []).append(s.listed([words.place(one) for one in sorted(leaf.types)], s.OR))
            continue
        one = leaf.part if isinstance(leaf, Not) else leaf
        fact = None if isinstance(one, Overtaken) else fact_of(one)
        if fact is None or fact not in finding.facts.values:
            continue
        value = words.value(fact, _asked(leaf, finding.facts.values[fact]))
        if value not in (own := found.setdefault(words.label(fact), [])):
            own.append(value)
    return [_line(label, values) for label, values in found.items()]


def _asked(leaf: Condition, value: Value) -> Value:
    """Of a value that holds several, those that the leaf asks for."""
    wanted = leaf.activities if isinstance(leaf, Does) else leaf.values if isinstance(leaf, OneOf) else frozenset()
    if isinstance(value, frozenset) and wanted & value:
        return wanted & value
    if isinstance(value, PartialSet) and value.meets(wanted) is not None:
        return wanted & value.yes or PartialSet(no=wanted)
    return value


def _line(label: Text, values: Sequence[Text]) -> Text:
    return Text(
        f"{label.zh}：{'、'.join(one.zh for one in values)}", f"{label.en}: {', '.join(one.en for one in values)}"
    )
