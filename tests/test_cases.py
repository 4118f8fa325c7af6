"""Every case of the rulebook, by the reference evaluator and by the forward engine of this Python."""

from __future__ import annotations

import pytest

from applicability import Rulebook
from applicability.cases import run_folder
from applicability.engines import EngineName
from applicability.engines.select import forward_name
from applicability.loading.source import rules_folder

ENGINES = [
    pytest.param("reference"),
    *(pytest.param(name, marks=pytest.mark.thorough) for name in (forward_name(),) if name is not None),
]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_case_passes(rulebook: Rulebook, engine: EngineName) -> None:
    report = run_folder(rules_folder() / "cases", "rules/cases", rulebook, engine)
    failed = {r.case.name: r.error or r.differences for r in report.results if not r.passed}
    assert not failed
    assert len(report.results) >= 300
    assert not report.unseen
