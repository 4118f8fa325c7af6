"""Mutation of the law: changes the rules one thing at a time, and finds the changes that no case notices.

A mutant is decided on the cases of its own rows, by `model.evaluate`. One that passes them all either means the same
as the original, which the product space shows cell by cell, or survives: the cases do not hold what it changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from applicability.analysis.neighbours import MUTATION_KINDS, MutationKind
from applicability.analysis.rulebook_mutants import Mutant, mutants
from applicability.analysis.same_meaning import Apart, Meanings
from applicability.api import load_rulebook
from applicability.cases import differences
from applicability.days import today
from applicability.engines.reference import ReferenceEngine
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.cases import read_cases
from applicability.loading.profile.reader import read_facts
from applicability.model.assessment import Finding
from applicability.model.cases import Case
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.register import with_entries
from applicability.model.rulebook import Measure, MeasureKey, Rulebook
from applicability.model.verdict import Verdict


@dataclass(frozen=True)
class _RowCase:
    """What one case expects of one row, and the facts of its profile."""

    case: Case
    facts: Facts


class CaseBench:
    """Runs mutants of a rulebook on its cases: reads each profile once, and decides what a mutant changes."""

    def __init__(self, rulebook: Rulebook, cases: Sequence[Case]) -> None:
        self.rulebook = rulebook
        self.meanings = Meanings(rulebook, today())
        self._books: dict[tuple[object, ...], Rulebook] = {}
        self._cases: list[_RowCase] = []
        self._by_row: dict[MeasureKey, list[_RowCase]] = {}
        for case in cases:
            book = with_entries(rulebook, case.register) if case.register else rulebook
            try:
                facts = read_facts(case.profile, book, case.as_of)
            except ProfileError:
                continue  # fails in the original, too: `applicability test` tells
            self._cases.append(_RowCase(case, facts))
            for row in dict.fromkeys((*case.expect, *case.scope, *case.missing, *case.limb, *case.limits)):
                self._by_row.setdefault((case.document, row), []).append(_RowCase(_of_row(case, row), facts))

    def run(self, mutant: Mutant) -> tuple[bool, Apart | None]:
        """Whether a case notices it; if none does, where it differs from the original, None if nowhere."""
        if self._noticed(mutant):
            return True, None
        return False, self._apart(mutant)

    def _noticed(self, mutant: Mutant) -> bool:
        if mutant.derivations is not None:
            return self._derived_otherwise(mutant)
        if mutant.provision is not None:
            return self._provided_otherwise(mutant)
        return any(self._row_noticed(measure, mutant) for measure in mutant.measures)

    def _row_noticed(self, measure: Measure, mutant: Mutant) -> bool:
        register = self.rulebook.register if mutant.register is None else mutant.register
        book = replace(self.rulebook, measures=(measure,), register=register)
        for own in self._by_row.get(measure.key, ()):
            held = with_entries(book, own.case.register) if own.case.register else book
            if _fails(own, held.measures[0], held, own.facts):
                return True
        return False

    def _provided_otherwise(self, mutant: Mutant) -> bool:
        changed = mutant.provision
        assert changed is not None
        return any(
            (changed.id in own.case.provisions) is not (_met(changed.when, own.facts, self.rulebook))
            for own in self._cases
            if own.case.provisions is not None
        )

    def _derived_otherwise(self, mutant: Mutant) -> bool:
        """Whether a case fails, of those whose facts are no longer the same."""
        changed = mutant.applied(self.rulebook)
        engine = ReferenceEngine(changed)
        for own in self._cases:
            try:
                facts = read_facts(own.case.profile, changed, own.case.as_of)
            except ProfileError:
                return True
            if facts.values == own.facts.values:
                continue
            book = with_entries(changed, own.case.register) if own.case.register else changed
            found = (engine if book is changed else ReferenceEngine(book)).decide(facts).verdicts
            findings = {
                one.row: Finding(one, found.get(whole), found.get(scope), facts, book)
                for one, whole, scope in book.parts
                if one.document == own.case.document
            }
            shown = tuple(one.id for one in book.provisions if _met(one.when, facts, book))
            if any(differences(own.case, findings, shown)):
                return True
        return False

    def _apart(self, mutant: Mutant) -> Apart | None:
        if mutant.derivations is not None:
            # What is derived from investors is no class of any column: a changed derivation always differs.
            return Apart({}, None, None)
        if mutant.provision is not None:
            provision = mutant.provision
            old = next(one for one in self.rulebook.provisions if one.id == provision.id)
            return self.meanings.condition_apart(old.when, provision.when)
        for measure in mutant.measures:
            old_row = self.rulebook.measure(measure.row, measure.document)
            found = self.meanings.row_apart(old_row, measure, mutant.register)
            if found is not None:
                return found
        return None


def _of_row(case: Case, row: int) -> Case:
    """The case as far as it speaks of one row."""

    def own(told: dict[int, object]) -> dict[int, object]:
        return {row: told[row]} if row in told else {}

    return replace(
        case, expect=own(case.expect), scope=own(case.scope), missing=own(case.missing), limb=own(case.limb),
        limits=own(case.limits), provisions=None,
    )  # fmt: skip


def _fails(own: _RowCase, measure: Measure, book: Rulebook, facts: Facts) -> bool:
    scope = None if measure.scope is None else verdict(measure.scope, facts, book)
    whole = None if measure.condition is None else verdict(measure.condition, facts, book)
    finding = Finding(measure, whole, scope, facts, book)
    return any(differences(own.case, {measure.row: finding}, ()))


def _met(condition, facts: Facts, rulebook: Rulebook) -> bool:
    return verdict(condition, facts, rulebook) is Verdict.ELIGIBLE
