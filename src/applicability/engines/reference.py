"""The engine that asks `model.evaluate` itself, and checks the others."""

from __future__ import annotations

from applicability.engines.protocol import Decision, RecentDecisions, VerdictKey
from applicability.model.conditions import Condition
from applicability.model.evaluate import measure_verdict, verdict
from applicability.model.facts import Facts
from applicability.model.rulebook import Rulebook, ScopeKey
from applicability.model.verdict import Verdict


class ReferenceEngine:
    """Evaluates every condition with `model.evaluate`; a scope shared by several rows is evaluated once."""

    name = "reference"

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._scopes: dict[ScopeKey, Condition] = {}
        self._rows: list[tuple[ScopeKey, VerdictKey, VerdictKey, list[tuple[VerdictKey, Condition]]]] = []
        for measure in rulebook.measures:
            if measure.scope is not None:
                rule = rulebook.scope_key(measure)
                self._scopes.setdefault(rule, measure.scope)
                limbs: list[tuple[VerdictKey, Condition]] = [
                    ((*measure.key, f"limb:{o.id}"), o.when) for o in measure.usable
                ]
                self._rows.append((rule, (*measure.key, "scope"), (*measure.key, "measure"), limbs))

    def decide(self, facts: Facts, recent: RecentDecisions | None = None) -> Decision:
        """The verdicts of every scope, limb and measure, always worked out anew."""
        rulebook = self._rulebook
        scopes = {rule: verdict(scope, facts, rulebook) for rule, scope in self._scopes.items()}
        found: dict[VerdictKey, Verdict] = {}
        for rule, scope_key, measure_key, limbs in self._rows:
            scope = found[scope_key] = scopes[rule]
            of_limbs = []
            for key, when in limbs:
                here = found[key] = verdict(when, facts, rulebook)
                of_limbs.append(here)
            if (of_measure := measure_verdict(scope, of_limbs)) is not None:
                found[measure_key] = of_measure
        return Decision(found)
