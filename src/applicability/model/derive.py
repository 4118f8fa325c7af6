"""Derives facts from facts by the rulebook's derivations, to a fixed point.

A derivation applies only if its condition is met; a missing fact derives nothing. A derived value that differs from a
given one is a contradiction, which is reported and never resolved silently.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from applicability.model.evaluate import verdict
from applicability.model.facts import Facts, Investor, Value
from applicability.model.rulebook import Derivation, Rulebook
from applicability.model.verdict import Verdict


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
