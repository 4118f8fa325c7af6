"""Derives facts from facts by the rulebook's derivations, to a fixed point.

A derivation gives a fact only where its condition is met; a missing fact derives nothing. A derived value that
differs from a given one is a contradiction, which is reported and never settled in silence; where either is known in
part only, the two are taken together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from applicability.lazy_dataclass import dataclass, replace
from applicability.model.evaluate import verdict
from applicability.model.facts import Choice, Facts, Investor, Value
from applicability.model.partial import Interval, PartialSet, joined
from applicability.model.rulebook import Derivation, Rulebook
from applicability.model.verdict import Verdict

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Contradiction:
    """A fact that was given or derived with one value, and for which a derivation gives another."""

    derivation: Derivation
    fact: str
    held: Value
    follows: Value


def derive(facts: Facts, rulebook: Rulebook) -> tuple[Facts, tuple[Contradiction, ...]]:
    """The facts with everything derived from them, and the contradictions."""
    clashes: dict[str, Contradiction] = {}
    changed = True
    while changed:
        changed = False
        for derivation in rulebook.derivations:
            value = follows(derivation, facts, rulebook)
            if value is None:
                continue
            if derivation.gives not in facts.values:
                values = {**facts.values, derivation.gives: value}
                facts = replace(facts, values=values, derived={**facts.derived, derivation.gives: derivation.id})
                changed = True
                break
            held = facts.values[derivation.gives]
            both = joined(held, value)
            if both is None:
                clashes[derivation.id] = Contradiction(derivation, derivation.gives, held, value)
            elif both != held:
                facts = _known_better(facts, derivation, cast("Value", both))
                changed = True
                break
    return facts, tuple(clashes.values())


def follows(derivation: Derivation, facts: Facts, rulebook: Rulebook) -> Value | None:
    """The value that a derivation gives on these facts, or None."""
    if derivation.when is not None:
        met = verdict(derivation.when, facts, rulebook) is Verdict.ELIGIBLE
        return derivation.value if met else None
    investors = facts.values.get("investors")
    if not isinstance(investors, tuple):
        return None
    held = [one for one in investors if isinstance(one, Investor)]
    values = next((one.values for one in rulebook.facts.values() if one.type == "investors"), {})
    return origins(held, values) if derivation.kind == "origins" else total(held, values, derivation.leave_out)


def origins(held: Sequence[Investor], values: Mapping[str, Choice]) -> Value:
    """Where investors come from: all of it where their shares add up to the whole and every origin is told."""
    yes = frozenset(one.origin for one in held if not _may_be(one, values))
    open_ = [one for one in held if _may_be(one, values)]
    if not _whole(held):
        return PartialSet(yes)
    if not open_:
        return yes
    possible = yes.union(*(_may_be(one, values) for one in open_))
    every = frozenset(key for key, value in values.items() if not value.may_be)
    return PartialSet(yes, every - possible)


def total(held: Sequence[Investor], values: Mapping[str, Choice], leave_out: frozenset[str]) -> Value | None:
    """What investors hold together but for some origins, as far as it is told; None where nothing is.

    What is left to the whole can be anyone's, and so can the share of an investor whose origin is open.
    """
    if not held:
        return Decimal(0)
    counted = left_out = Decimal(0)
    some_counted = some_left_out = False
    for one in held:
        origins_ = _may_be(one, values) or {one.origin}
        if leave_out.isdisjoint(origins_):
            counted += one.share or 0
            some_counted |= one.share is None
        elif leave_out.issuperset(origins_):
            left_out += one.share or 0
            some_left_out |= one.share is None
    low, high = counted, WHOLE - left_out
    if low == high:
        return low
    # An investor whose share is not told holds some.
    found = Interval(low, some_counted, high, some_left_out)
    return None if found == Interval(Decimal(0), False, WHOLE, False) else found


def _whole(held: Sequence[Investor]) -> bool:
    """Whether nothing is left to others; where nobody holds any, nobody else does."""
    return not held or sum((one.share or Decimal(0) for one in held), Decimal(0)) == WHOLE


def _may_be(one: Investor, values: Mapping[str, Choice]) -> frozenset[str]:
    return frozenset(values[one.origin].may_be) if one.origin in values else frozenset()


def _known_better(facts: Facts, derivation: Derivation, value: Value) -> Facts:
    """The facts with what is known of one in part and what follows of it taken together."""
    fact = derivation.gives
    told = facts.told if fact in facts.derived else {**facts.told, fact: facts.values[fact]}
    derived = {**facts.derived, fact: derivation.id}
    return replace(facts, values={**facts.values, fact: value}, derived=derived, told=told)
