"""The forward-chaining engine: facts are asserted, and rules for derivations, scopes and measures fire on them.

Every condition becomes rules of the form "its verdict is at least k" (see `analysis.levels`), so the engine needs no
negation: what is not concluded is false. Strata: derived facts and places; leaves; then the measures of each chapter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import cast

from applicability.engines.protocol import Decision, RecentDecisions, VerdictKey
from applicability.engines.rete.compile import Compiler, Levels
from applicability.engines.rete.fact_names import said_of_limits
from applicability.engines.rete.names import conclusion, limb_label, row_label, scope_label
from applicability.engines.rete.rules import Firing, Rule, RuleProgram
from applicability.lazy_dataclass import replace
from applicability.model.derive import follows
from applicability.model.facts import Facts, Value
from applicability.model.measure import Measure
from applicability.model.partial import joined
from applicability.model.rulebook import Rulebook, ScopeKey
from applicability.model.verdict import Verdict

_VERDICTS = tuple(Verdict)


class _Measures:
    """The rules of some measures, and the names of the levels of their parts."""

    def __init__(self, compiler: Compiler, measures: Iterable[Measure], program: type[RuleProgram]) -> None:
        self._levels: dict[VerdictKey, Levels] = {}
        rules: list[Rule] = []
        known: dict[ScopeKey, Levels] = {}
        for measure in measures:
            if measure.scope is None:
                continue
            key = compiler.rulebook.scope_key(measure)
            if key not in known:
                known[key] = compiler.levels(scope_label(measure, compiler.rulebook), measure.scope, rules)
            self._levels[*measure.key, "scope"] = known[key]
            limbs = []
            for limb in measure.usable:
                limbs.append(compiler.levels(limb_label(measure, limb), limb.when, rules))
                self._levels[*measure.key, f"limb:{limb.id}"] = limbs[-1]
            if limbs:
                self._levels[*measure.key, "measure"] = compiler.least(row_label(measure), known[key], limbs, rules)
        self._program = program([[*compiler.leaves(), *rules]])
        # Parts of one condition share their levels: each is counted once.
        self._parts: dict[Levels, list[VerdictKey]] = {}
        for part, levels in self._levels.items():
            self._parts.setdefault(levels, []).append(part)

    def run(
        self, names: Iterable[tuple[str, int]], leave_out: Collection[tuple[str, int]] = ()
    ) -> tuple[dict[VerdictKey, Verdict], tuple[Firing, ...]]:
        """The verdict of every part, and what fired, without what fired for the measures to leave out alone."""
        held, firings = self._program.run(names)
        whole = held | {True}
        verdicts: dict[VerdictKey, Verdict] = {}
        for levels, parts in self._parts.items():
            verdicts |= dict.fromkeys(parts, _VERDICTS[sum(map(whole.__contains__, levels))])
        if not leave_out:
            return verdicts, firings
        kept = (levels for key, levels in self._levels.items() if key[:2] not in leave_out)
        return verdicts, _behind({name for levels in kept for name in levels if isinstance(name, str)}, firings)


def _behind(names: set[str], firings: tuple[Firing, ...]) -> tuple[Firing, ...]:
    """What concluded the names, and all that it built on."""
    wanted, kept = set(names), []
    for one in reversed(firings):
        if not wanted.isdisjoint(one.concluded):
            kept.append(one)
            wanted.update(one.because)
    return tuple(reversed(kept))


class ForwardEngine:
    """Decides by firing rules, on the engine of a program. Raises CageError for a rulebook that it cannot hold.

    Nearly every profile keeps all limits, or does not mention them: its rules are those without limits, with a tenth
    fewer facts to assert. Where a limit is not kept, the measures that set it are decided by rules of their own.
    """

    def __init__(self, rulebook: Rulebook, name: str, program: type[RuleProgram]) -> None:
        self.name = name
        self._program = program
        self._rulebook = rulebook
        compiler = Compiler(rulebook, limits=False)
        self._names = compiler.names
        self._derivations = program([*compiler.derivations()])
        self._all = _Measures(compiler, rulebook.measures, program)
        self._alone: dict[tuple[str, int], _Measures] = {}

    def decide(self, facts: Facts, recent: RecentDecisions | None = None) -> Decision:
        """The verdicts of every scope, limb and measure, and the rules that are true at the end, each once."""
        facts, derived = self._derive(facts.given)
        names = tuple(self._names.facts(facts, self._rulebook))
        limited = self._limited(facts)
        if recent is None or limited:
            return self._run(facts, derived, names, limited)
        key = (self.name, derived, names)
        found = recent.get(key)
        if found is None:
            found = self._run(facts, derived, names, limited)
            recent.put(key, found)
        return found

    def _run(
        self, facts: Facts, derived: tuple[Firing, ...], names: tuple[tuple[str, int], ...], limited: Sequence[Measure]
    ) -> Decision:
        verdicts, firings = self._all.run(names, [measure.key for measure in limited])
        for measure in limited:
            if measure.key not in self._alone:
                compiler = Compiler(self._rulebook, self._names)
                self._alone[measure.key] = _Measures(compiler, [measure], self._program)
            own = (*names, *said_of_limits(facts, (one for limb in measure.usable for one in limb.limits)))
            found, more = self._alone[measure.key].run(own)
            verdicts |= found
            firings += more
        return Decision(verdicts, tuple(dict.fromkeys((*derived, *firings))))

    def _limited(self, facts: Facts) -> list[Measure]:
        """The measures with a limit that the facts mention and do not keep."""
        keys = {key for key, kept in facts.limits.items() if kept is not True}
        if not keys:
            return []
        return [
            measure
            for measure in self._rulebook.measures
            if any(limit.key in keys for limb in measure.usable for limit in limb.limits)
        ]

    def _derive(self, facts: Facts) -> tuple[Facts, tuple[Firing, ...]]:
        """Derives facts: sums over investors, then conditional derivations."""
        values = dict(facts.values)
        for derivation in self._rulebook.derivations:
            found = None if derivation.when is not None else follows(derivation, facts, self._rulebook)
            if found is not None:
                held = values.get(derivation.gives)
                both = None if held is None else joined(held, found)
                values[derivation.gives] = found if both is None else cast("Value", both)
        facts = replace(facts, values=values)
        if not any(derivation.when is not None for derivation in self._rulebook.derivations):
            return facts, ()
        held, firings = self._derivations.run(self._names.facts(facts, self._rulebook))
        for derivation in self._rulebook.derivations:
            if derivation.value is not None and conclusion(derivation) in held:
                values.setdefault(derivation.gives, derivation.value)
        return replace(facts, values=values), firings
