"""Deriving facts from facts, by the rulebook's derivations, until nothing new follows.

A derivation gives a fact only where its condition is met; a missing fact derives nothing. A derived value that
differs from a given one is a contradiction, which is reported and never settled in silence.
"""

from __future__ import annotations

from decimal import Decimal

from applicability.lazy_dataclass import dataclass, replace
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts, Investor, Value
from applicability.model.rulebook import Derivation, Rulebook
from applicability.model.verdict import Verdict


@dataclass(frozen=True)
class Contradiction:
    """A fact that was given (or derived) with one value and follows with another."""

    derivation: Derivation
    fact: str
    held: Value
    follows: Value


def derive(facts: Facts, rulebook: Rulebook) -> tuple[Facts, tuple[Contradiction, ...]]:
    """The facts with all that follows from them, and what contradicts what."""
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
            if facts.values[derivation.gives] != value:
                held = facts.values[derivation.gives]
                clashes[derivation.id] = Contradiction(derivation, derivation.gives, held, value)
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
    if derivation.kind == "origins":
        return frozenset(one.origin for one in held)
    counted = [one.share for one in held if one.origin not in derivation.leave_out]
    if any(share is None for share in counted):
        return None
    return sum((share for share in counted if share is not None), Decimal(0))
