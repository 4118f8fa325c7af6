"""Whom a part of a row is for where it is for somebody else than the entity: its staff, their family."""

from __future__ import annotations

from applicability.model.assessment import Finding, LimbFinding
from applicability.model.conditions import OneOf, leaves
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text


def for_others(finding: Finding, found: LimbFinding) -> Text | None:
    """Whom a part is for where it is for somebody else than the entity; None where it is for the entity.

    What an entity is and what it is within its group stands in facts that it cannot change: whoever fails one of
    these, and has another part of the row, has this part for somebody that it deals with.
    """
    if Verdict.INELIGIBLE in (finding.scope_verdict, finding.verdict):
        return None
    failing = {one.condition for one in found.trace.deciding() if one.verdict is Verdict.INELIGIBLE}
    facts, words = finding.rulebook.facts, ConditionRenderer(finding.rulebook, finding.facts)
    fixed = [
        leaf
        for leaf in leaves(found.limb.when)
        if isinstance(leaf, OneOf) and leaf.fact in facts and facts[leaf.fact].movable == "fixed"
    ]
    if failing.isdisjoint(fixed):
        return None
    # A list tells whom more closely than the kind of entity, which has one value.
    leaf = min(fixed, key=lambda one: facts[one.fact].type != "choices")
    return words.words(facts[leaf.fact], leaf.values, s.OR)
