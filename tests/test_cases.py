"""Every case of the rulebook, by the reference evaluator. `.ci/run` has the forward engines go through them as well."""

from __future__ import annotations

from applicability import Rulebook
from applicability.cases import run_folder
from applicability.loading.source import rules_folder


def test_every_case_passes(rulebook: Rulebook) -> None:
    report = run_folder(rules_folder() / "cases", "rules/cases", rulebook, "reference")
    failed = {r.case.name: r.error or r.differences for r in report.results if not r.passed}
    assert not failed
    assert len(report.results) >= 300
    assert not report.unseen
