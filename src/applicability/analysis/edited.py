"""Makes edits: the facts, and the profile, of an entity with chosen edits made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from applicability.analysis.edits import Edit
from applicability.lazy_dataclass import replace
from applicability.model.facts import Facts, Value
from applicability.model.leaf_kinds import LIMITS
from applicability.model.partial import PartialSet, as_written
from applicability.model.registration import with_registration
from applicability.model.rulebook import Rulebook

T = TypeVar("T")


def edited(facts: Facts, chosen: Sequence[Edit], rulebook: Rulebook) -> Facts:
    """The facts with edits made, each by its first option.

    Values that an option removes disappear, and facts derived from them stay as if they had been given; but whether an
    entity is registered where it stands follows anew from where that is.
    """
    values, whereabouts = dict(facts.values), facts.whereabouts
    findings, limits = _carried_over(facts, chosen)
    told: set[str] = set()
    for edit in chosen:
        if not edit.options:
            continue
        option = edit.options[0]
        sample = option.sample
        told.update(option.given)
        for name, written in option.given.items():
            if written is None:
                values.pop(name, None)
        findings.update(sample.findings)
        limits.update(sample.limits)
        if edit.fact == "city":
            whereabouts = sample.whereabouts
        for name, value in sample.values.items():
            held = values.get(name)
            if edit.entry and isinstance(value, frozenset):
                of = rulebook.sectors if name == "activities" else None
                general, parts = (of.closed_up(value), of.closed_down(value)) if of else (value, value)
                values[name] = _with_entries(held, value, general, parts, taken_out=edit.kind == "drop")
            else:
                values[name] = value
    if whereabouts != facts.whereabouts:
        values = with_registration(values, whereabouts, rulebook)
    derived = {name: id for name, id in facts.derived.items() if name not in told}
    known = {name: value for name, value in facts.told.items() if name not in told}
    return replace(
        facts,
        values=values,
        determinations=findings,
        limits=limits,
        whereabouts=whereabouts,
        derived=derived,
        told=known,
    )


def _with_entries(
    held: Value | None, words: frozenset[str], general: frozenset[str], parts: frozenset[str], *, taken_out: bool
) -> Value:
    """A list with words put in or taken out. Where nothing was known of it, they are all that it has.

    Whoever carries on a part carries on what is more general (`general`); whoever does not, none of its `parts`.
    """
    if isinstance(held, PartialSet) and not words:
        return held.yes  # there are no others
    if isinstance(held, PartialSet):
        return (
            PartialSet(held.yes - parts, held.no | parts)
            if taken_out
            else PartialSet(held.yes | words, held.no - general)
        )
    before = held if isinstance(held, frozenset) else frozenset()
    return before - words if taken_out else before | words


def _carried_over(facts: Facts, chosen: Sequence[Edit]) -> tuple[dict[str, bool | None], dict[str, bool | None]]:
    """The findings and limits that remain: after a move, those granted or confirmed for the old place are dropped."""
    if any(edit.kind == "move" for edit in chosen):
        return dict(not_granted(facts.determinations)), dict(not_confirmed(facts.limits))
    return dict(facts.determinations), dict(facts.limits)


def not_granted(findings: Mapping[str, bool | None]) -> Mapping[str, bool | None]:
    """The findings that also apply elsewhere: those not granted."""
    return {key: granted for key, granted in findings.items() if not granted}


def not_confirmed(limits: Mapping[str, bool | None]) -> Mapping[str, bool | None]:
    """The limits that also apply elsewhere: those not kept; a confirmed one must be confirmed again in a new place."""
    return {key: kept for key, kept in limits.items() if not kept}


def applied(given: Mapping[str, object], facts: Facts, chosen: Sequence[Edit], rulebook: Rulebook) -> dict[str, object]:
    """What a profile says with edits made by their first options: facts to give, None for those to take out."""
    after = edited(facts, chosen, rulebook)
    found: dict[str, object] = {}
    options = [option for edit in chosen for option in edit.options[:1]]
    for option in options:
        found.update(option.given)
    for option in options:  # what one edit leaves unchanged, another may change
        for name in option.sample.values:
            held = after.values[name]
            several = isinstance(held, PartialSet | frozenset)
            found[name] = as_written(held) if several else option.given[name]
    if after.determinations != facts.determinations:
        recorded = given.get("determinations")
        own = recorded if isinstance(recorded, Mapping) else {}
        kept = {key: value for key, value in own.items() if str(key) in after.determinations}
        found["determinations"] = {**kept, **_new(facts.determinations, after.determinations)} or None
    if after.limits != facts.limits:
        said = given.get(LIMITS)
        own = said if isinstance(said, Mapping) else {}
        kept = {key: value for key, value in own.items() if str(key) in after.limits}
        found[LIMITS] = {**kept, **_new(facts.limits, after.limits)} or None
    return found


def _new(before: Mapping[str, T], after: Mapping[str, T]) -> Mapping[str, T]:
    """The findings or limits that are new or changed afterwards."""
    return {key: value for key, value in after.items() if key not in before or before[key] is not value}
