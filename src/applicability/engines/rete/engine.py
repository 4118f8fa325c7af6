"""The rulebook as forward chaining: facts are asserted, derivations fire on them, scopes on those, measures on those.

Every condition becomes rules of the form "its verdict is at least k" (see `model.levels`), so the engine needs no
negation: what does not fire does not hold. Strata: derived facts and places; leaves; then the measures of each chapter.
"""

from __future__ import annotations

from dataclasses import replace

from applicability.engines.protocol import Decision, VerdictKey
from applicability.engines.rete.compile import Compiler, Levels, conclusion
from applicability.engines.rete.program import Firing, Rule, RuleProgram
from applicability.model.assessment import Fired
from applicability.model.derive import follows
from applicability.model.facts import Facts
from applicability.model.rulebook import Rulebook, ScopeKey
from applicability.model.verdict import Verdict

_VERDICTS = tuple(Verdict)


class ForwardEngine:
    """Decides by firing rules. Raises rete.CageError when a rulebook is larger than durable_rules can hold."""

    name = "forward"

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        compiler = Compiler(rulebook)
        self._names = compiler.names
        self._derivations = RuleProgram([*compiler.derivations()])
        self._levels: dict[VerdictKey, Levels] = {}
        rules: list[Rule] = []
        known: dict[ScopeKey, Levels] = {}
        for measure in rulebook.measures:
            if measure.scope is None:
                continue
            row = f"{measure.document} row {measure.row}"
            key = rulebook.scope_key(measure)
            if key not in known:
                label = f"scope {measure.scope_rule}" + (f" ({row})" if key[2] or key[3] else "")
                known[key] = compiler.levels(label, measure.scope, rules)
            self._levels[*measure.key, "scope"] = known[key]
            limbs = []
            for limb in measure.usable:
                label = f"{row} limb {limb.id}" if limb.id else f"{row} conditions"
                limbs.append(compiler.levels(label, limb.when, rules))
                self._levels[*measure.key, f"limb:{limb.id}"] = limbs[-1]
            if limbs:
                self._levels[*measure.key, "measure"] = compiler.least(row, known[key], limbs, rules)
        self._program = RuleProgram([[*compiler.leaves(), *rules]])

    def decide(self, facts: Facts) -> Decision:
        """The verdicts of every scope, limb and measure, and every rule that fired."""
        facts, derived = self._derive(facts.given)
        held, firings = self._program.run(self._names.facts(facts, self._rulebook))
        verdicts = {
            key: _VERDICTS[sum(1 for name in levels if name is True or name in held)]
            for key, levels in self._levels.items()
        }
        return Decision(verdicts, tuple(Fired(f.rule, f.because, f.concluded) for f in (*derived, *firings)))

    def _derive(self, facts: Facts) -> tuple[Facts, tuple[Firing, ...]]:
        """What follows from the facts given: sums over investors, then whatever derivations fire."""
        values = dict(facts.values)
        for derivation in self._rulebook.derivations:
            found = None if derivation.when is not None else follows(derivation, facts, self._rulebook)
            if found is not None:
                values.setdefault(derivation.gives, found)
        facts = replace(facts, values=values)
        if not any(derivation.when is not None for derivation in self._rulebook.derivations):
            return facts, ()
        held, firings = self._derivations.run(self._names.facts(facts, self._rulebook))
        for derivation in self._rulebook.derivations:
            if derivation.value is not None and conclusion(derivation) in held:
                values.setdefault(derivation.gives, derivation.value)
        return replace(facts, values=values), firings
