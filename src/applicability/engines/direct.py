"""The engine that asks `meaning` itself: the definition, and the only engine where durable_rules does not run."""

from __future__ import annotations

from applicability.engines.protocol import Decision, Key
from applicability.model.facts import Facts
from applicability.model.meaning import verdict
from applicability.model.rulebook import Rulebook, ScopeKey
from applicability.model.verdict import Verdict


class MeaningEngine:
    """Evaluates every condition tree as `meaning` defines it."""

    name = "meaning"

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def decide(self, facts: Facts) -> Decision:
        """The verdicts of every scope, limb and measure."""
        found: dict[Key, Verdict] = {}
        scopes: dict[ScopeKey, Verdict] = {}
        for measure in self._rulebook.measures:
            if measure.scope is None:
                continue
            key = measure.key
            rule = self._rulebook.scope_key(measure)
            if rule not in scopes:
                scopes[rule] = verdict(measure.scope, facts, self._rulebook)
            scope = found[*key, "scope"] = scopes[rule]
            best: Verdict | None = None
            for limb in measure.usable:
                here = found[*key, f"limb:{limb.id}"] = verdict(limb.when, facts, self._rulebook)
                best = here if best is None else max(best, here)
            if best is not None:
                found[*key, "measure"] = min(scope, best)
        return Decision(found)
