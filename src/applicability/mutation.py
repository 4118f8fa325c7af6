"""Mutation of the law: changes the rules one thing at a time, and finds the changes that no case notices.

A mutant is decided on the cases of its own rows, by `model.evaluate`. One that passes them all either means the same
as the original, which the product space shows cell by cell, or survives: the cases do not hold what it changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from applicability.analysis.mutation_report import MutationReport, Survivor
from applicability.analysis.rulebook_mutants import Mutant, mutants
from applicability.analysis.same_meaning import Apart, RulesComparer
from applicability.cases import chosen_cases, differences
from applicability.engines.reference import ReferenceEngine
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.cases import read_cases
from applicability.loading.profile.reader import read_facts
from applicability.model.assessment import Finding, provisions_for
from applicability.model.cases import Case
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.measure import Measure, MeasureKey
from applicability.model.rulebook import Rulebook
from applicability.model.selection import select_measures
from applicability.model.step_register import with_entries

_T = TypeVar("_T")


def run_mutants(
    cases: str | Path | None = None,
    rulebook: Rulebook | str | Path | None = None,
    *,
    measures: Iterable[int | Measure] | None = None,
) -> MutationReport:
    """Runs every mutant of a rulebook, or of some rows of it, on the cases of a file or folder.

    Cases and rulebook as for `applicability.test`. Cases that the unchanged rulebook fails are left out, and
    told. Raises RulebookError for an invalid rulebook or invalid cases, ArgumentError for a row that it does not have.
    """
    chosen = chosen_cases(cases, rulebook)
    book = chosen.rulebook
    wanted = {measure.key for measure in select_measures(book, measures)}
    some = measures is not None
    bench = CaseBench(book, read_cases(chosen.folder, chosen.shown, book))
    count, same, survivors = 0, [], []
    for mutant in mutants(book):
        if some and wanted.isdisjoint(measure.key for measure in mutant.measures):
            continue
        if not mutant.location.file.startswith(chosen.within):
            continue  # a rule of the rulebook that this one extends, which has cases of its own
        count += 1
        if bench.notices(mutant):
            continue
        apart = bench.apart(mutant)
        if apart is None:
            same.append(mutant)
        else:
            survivors.append(Survivor(mutant, apart))
    return MutationReport(book, bench.cases, bench.failing, count, tuple(same), tuple(survivors))


run_mutants.__test__ = False  # type: ignore[attr-defined]  # `applicability.test_mutants` to programs, and no test to pytest


@dataclass(frozen=True)
class _RowCase:
    """What one case expects of one row, and the facts of its profile."""

    case: Case
    facts: Facts


class CaseBench:
    """Runs mutants of a rulebook on its cases: reads each profile once, and decides what a mutant changes."""

    def __init__(self, rulebook: Rulebook, cases: Sequence[Case]) -> None:
        self.rulebook = rulebook
        self.cases = len(cases)
        self._meanings = RulesComparer(rulebook, _last_day(rulebook))
        self._cases: list[_RowCase] = []
        self._by_row: dict[MeasureKey, list[_RowCase]] = {}
        failing = []
        for case in cases:
            book = with_entries(rulebook, case.register) if case.register else rulebook
            try:
                own = _RowCase(case, read_facts(case.profile, book, case.as_of))
            except ProfileError:
                failing.append(case)
                continue
            if self._fails_in(own, book, own.facts):
                failing.append(case)
                continue
            self._cases.append(own)
            for row in dict.fromkeys((*case.expect, *case.scope, *case.missing, *case.limb, *case.limits)):
                alone = _RowCase(_of_row(case, row), own.facts)
                self._by_row.setdefault((case.document, row), []).append(alone)
        self.failing = tuple(failing)

    def notices(self, mutant: Mutant) -> bool:
        """Whether a case of the rows that it changes fails."""
        if mutant.derivations is not None:
            return self._derived_otherwise(mutant)
        if mutant.provision is not None:
            return self._provided_otherwise(mutant)
        return any(self._row_noticed(measure, mutant) for measure in mutant.measures)

    def apart(self, mutant: Mutant) -> Apart | None:
        """Where it differs from the original; None if nowhere."""
        if mutant.derivations is not None:
            # A column's classes do not tell investors apart, so the product space cannot show that nothing differs.
            return Apart("verdict", {}, None, None, complete=False)
        if mutant.provision is not None:
            old = next(one for one in self.rulebook.provisions if one.id == mutant.provision.id)
            return self._meanings.condition_apart(old.when, mutant.provision.when)
        for measure in mutant.measures:
            original = self.rulebook.measure(measure.row, measure.document)
            found = self._meanings.row_apart(original, measure, mutant.register)
            if found is not None:
                return found
        return None

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
        book = replace(self.rulebook, provisions=(changed,))
        return any(
            (changed.id in own.case.provisions) is not bool(provisions_for(own.facts, book))
            for own in self._cases
            if own.case.provisions is not None
        )

    def _derived_otherwise(self, mutant: Mutant) -> bool:
        """Whether a case fails, of those whose facts are no longer the same."""
        changed = mutant.applied(self.rulebook)
        for own in self._cases:
            book = with_entries(changed, own.case.register) if own.case.register else changed
            try:
                facts = read_facts(own.case.profile, book, own.case.as_of)
            except ProfileError:
                return True
            if facts.values != own.facts.values and self._fails_in(own, book, facts):
                return True
        return False

    def _fails_in(self, own: _RowCase, book: Rulebook, facts: Facts) -> bool:
        """Whether the whole case fails."""
        found = ReferenceEngine(book).decide(facts).verdicts
        findings = {
            one.row: Finding(one, found.get(whole), found.get(scope), facts, book)
            for one, whole, scope in book.parts
            if one.document == own.case.document
        }
        shown = tuple(one.id for one in provisions_for(facts, book))
        return any(differences(own.case, findings, shown))


def _last_day(rulebook: Rulebook) -> datetime.date:
    """The last day on which something begins, so that days after it are free."""
    return max([rulebook.begins or datetime.date.min, *(entry.date for entry in rulebook.register)])


def _of_row(case: Case, row: int) -> Case:
    """The case as far as it speaks of one row."""

    def own(told: Mapping[int, _T]) -> dict[int, _T]:
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
