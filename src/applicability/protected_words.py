"""Mutants of words: which words of the documents stand under rules that the cases hold.

A changed word, with hash and quotes made to match, passes every check of the files. What can still notice it is a case,
if the rule that the word makes were another one. So the rules that quote words are changed, and the cases are run:
conditions as `mutation` changes them, and limbs in whether anybody can use them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from applicability.analysis.protection import HeldRules, RuleWords
from applicability.analysis.rulebook_mutants import Mutant, mutants, use_mutants
from applicability.cases import chosen_cases
from applicability.errors import Location
from applicability.loading.cases import read_cases
from applicability.model.conditions import Condition, Ground, Leaf, leaves
from applicability.model.measure import Measure, MeasureKey, Span
from applicability.model.rulebook import Rulebook
from applicability.mutation import CaseBench

# A leaf of a limb, or of a scope in all rows that use it: the document of a limb, the rule, the leaf's kind and place.
_LeafKey = tuple[str, str, type, Ground, Location]


def held_rules(cases: str | Path | None = None, rulebook: Rulebook | str | Path | None = None) -> HeldRules:
    """Runs the mutants of every rule that quotes words on the cases of a file or folder.

    Cases and rulebook as for `applicability.test`. Raises RulebookError for an invalid rulebook or invalid cases.
    """
    chosen = chosen_cases(cases, rulebook)
    return held_by(CaseBench(chosen.rulebook, read_cases(chosen.folder, chosen.shown, chosen.rulebook)))


def held_by(bench: CaseBench) -> HeldRules:
    """What the cases of a bench hold of its rulebook.

    A leaf is held if a case notices one of its mutants and none of them survives. Words of a scope cell also need
    that the row's scope is held: no other one passes the cases.
    """
    book = bench.rulebook
    of_leaves, of_scopes = _Outcomes(bench), _Outcomes(bench)
    for mutant in mutants(book):
        if not mutant.measures or mutant.register is not None:
            continue  # a provision, a derivation or an entry: no words of a row
        if isinstance(mutant.old, str):
            of_scopes.add(mutant.measures[0].key, mutant)
        elif isinstance(mutant.old, Condition):
            changed = leaves(mutant.old)
            if len(changed) == 1:
                of_leaves.add(_key(mutant.measures[0], mutant.rule, changed[0]), mutant)
    conditions = frozenset(
        RuleWords.of_leaf(measure, rule, leaf)
        for measure in book.measures
        for rule, leaf in _quoting(measure)
        if of_leaves.held(_key(measure, rule, leaf)) and (leaf.ground.cites != "cell" or of_scopes.held(measure.key))
    )
    uses = {(one.measures[0].key, one.rule) for one in use_mutants(book) if bench.notices(one)}
    limbs = frozenset(
        RuleWords.of_span(measure, limb, span)
        for measure in book.measures
        for limb, span, rests_on in _spans(measure)
        if rests_on and all((measure.key, rule) in uses for rule in rests_on)
    )
    return HeldRules(conditions, limbs)


class _Outcomes:
    """The mutants of each rule, or leaf of a rule: which are noticed, and which survive."""

    def __init__(self, bench: CaseBench) -> None:
        self.bench = bench
        self._noticed: set[_LeafKey | MeasureKey] = set()
        self._survived: set[_LeafKey | MeasureKey] = set()

    def add(self, key: _LeafKey | MeasureKey, mutant: Mutant) -> None:
        if key in self._survived:
            return
        if self.bench.notices(mutant):
            self._noticed.add(key)
        elif self.bench.apart(mutant) is not None:
            self._survived.add(key)

    def held(self, key: _LeafKey | MeasureKey) -> bool:
        return key in self._noticed and key not in self._survived


def _key(measure: Measure, rule: str, leaf: Leaf) -> _LeafKey:
    document = "" if rule.startswith("scope ") else measure.document
    return document, rule, type(leaf), leaf.ground, leaf.ground.location


def _quoting(measure: Measure) -> Iterator[tuple[str, Leaf]]:
    """The leaves of a row's scope and usable limbs that quote words, each with its rule."""
    rules = [(f"row {measure.row}{limb.id}", limb.when) for limb in measure.usable]
    if measure.scope is not None:
        rules.append((f"scope {measure.scope_rule}", measure.scope))
    for rule, condition in rules:
        yield from ((rule, leaf) for leaf in leaves(condition) if leaf.ground.quote)


def _spans(measure: Measure) -> Iterator[tuple[str, Span, tuple[str, ...]]]:
    """The spans of a row that say what may be done or must be, each with its limb and the rules that it belongs to.

    A span of a row with several limbs belongs to all those that somebody can use; as a duty, to all the others.
    """
    for limb in measure.limbs:
        rule = f"row {measure.row}{limb.id}"
        yield from ((limb.id, span, (rule,)) for span in limb.spans if span.kind in ("effect", "duty"))
    for span in measure.spans:
        if span.kind in ("effect", "duty"):
            duty = span.kind == "duty"
            those = [limb for limb in measure.limbs if not limb.id or limb.binds_authorities_only is duty]
            yield "", span, tuple(f"row {measure.row}{limb.id}" for limb in those)
