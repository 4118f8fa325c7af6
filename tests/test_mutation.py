"""Mutation of the law: no change of the plan's rules goes unnoticed, and one that does is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from applicability import MutationReport, Rulebook, diff, load_rulebook, test, test_mutants
from applicability.analysis.rulebook_mutants import mutants
from applicability.errors import ArgumentError
from applicability.lazy_dataclass import replace
from applicability.loading.cases import read_cases
from applicability.loading.source import rules_folder
from applicability.model.conditions import leaves
from applicability.mutation import CaseBench
from applicability.report import Options
from applicability.report.cases.mutant_text import KINDS, change
from applicability.report.cases.mutants_terminal import render_mutants

CASES = rules_folder() / "cases"
SMALL = Path(__file__).parent / "data" / "small-rulebook"
FEW = """as_of: 2026-11-23
cases:
  - name: A company in Shanghai with half of its shares abroad has row 1
    profile: {city: 上海, foreign_share: 50, activities: [ip-vpn]}
    expect: {eligible: [1]}
"""


@pytest.fixture(scope="module")
def small() -> Rulebook:
    """The small rulebook, for which a few cases leave most changes unnoticed."""
    return load_rulebook(SMALL)


@pytest.fixture(scope="module")
def report(small: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> MutationReport:
    """What one case leaves unnoticed of row 1."""
    return test_mutants(few(tmp_path_factory.mktemp("cases")), small, measures=[1])


@pytest.fixture(scope="module")
def bench(rulebook: Rulebook) -> CaseBench:
    """The plan's own cases, read once."""
    return CaseBench(rulebook, read_cases(CASES, "rules/cases", rulebook))


def few(tmp_path: Path, text: str = FEW) -> Path:
    (tmp_path / "few.yaml").write_text(text, "utf-8")
    return tmp_path / "few.yaml"


def text_of(report: MutationReport, lang: str) -> str:
    return render_mutants(report, "text", Options(lang, width=100, color=False))  # type: ignore[arg-type]


@pytest.mark.thorough
def test_the_cases_notice_every_change_that_means_something(rulebook: Rulebook, bench: CaseBench) -> None:
    some = list(mutants(rulebook))[::6]  # `applicability test --mutants` goes through all of them
    unnoticed = [one for one in some if not bench.notices(one)]
    assert [f"{one.location}: {change(one, rulebook).en}" for one in unnoticed if bench.apart(one) is not None] == []
    assert not bench.failing


@pytest.mark.thorough
def test_what_means_the_same_has_no_difference(rulebook: Rulebook, bench: CaseBench) -> None:
    rows = [one for one in mutants(rulebook) if one.rule in ("row 44", "row 117", "row 120")]
    same = [one for one in rows if not bench.notices(one)]
    assert len(same) >= 3
    for one in same:
        keys = {measure.key for measure in one.measures}
        old = replace(rulebook, measures=tuple(row for row in rulebook.measures if row.key in keys))
        assert not diff(old, replace(old, measures=one.measures)).rows


def test_a_change_that_no_case_notices_is_told_with_its_line_and_a_profile(
    small: Rulebook, report: MutationReport
) -> None:
    assert not report.passed
    (above,) = [one for one in report.survivors if change(one.mutant, small).en.endswith("without `at_most 50`")]
    (limb,) = small.measure(1).limbs
    assert above.mutant.location == leaves(limb.when)[1].ground.location
    assert above.apart.profile["foreign_share"] == 100
    shown = text_of(report, "en")
    assert f"  {above.mutant.location}: row 1\n    widened: `foreign_share` without `at_most 50`\n" in shown
    assert f"  {above.mutant.location}: row 1\n    放宽：`foreign_share` 少了 `at_most 50`\n" in text_of(report, "zh")
    assert shown.splitlines()[-1] == (
        f"{report.mutants} mutants: the cases notice {report.noticed}, {len(report.same)} mean the same, "
        f"{len(report.survivors)} survive; 1 cases"
    )


def test_a_bound_that_a_case_meets_is_held(small: Rulebook, report: MutationReport) -> None:
    told = [change(one.mutant, small).en for one in report.survivors]
    assert "`foreign_share` with `below 50` in place of `at_most 50`" not in told
    assert "`foreign_share` with `at_most 51` in place of `at_most 50`" in told


def test_a_case_that_fails_by_itself_notices_nothing_and_is_told(small: Rulebook, tmp_path: Path) -> None:
    cases = few(tmp_path, FEW.replace("eligible: [1]", "pending: [1]"))
    report = test_mutants(cases, small, measures=[1])
    assert ([one.location.line for one in report.failing], report.noticed) == ([3], 0)
    assert "few.yaml:3:5: A company in Shanghai with half" in text_of(report, "en").splitlines()[1]


def test_all_limbs_that_decide_can_be_expected(rulebook: Rulebook, tmp_path: Path) -> None:
    found = "determinations: {20.registration: true}"
    profile = f"{{city: 天津, activities: [non-profit-medical-institution], donors: joint, {found}}}"
    head = f"as_of: 2026-11-01\ncases:\n  - name: Both limbs decide\n    profile: {profile}\n    limb: "
    assert test(few(tmp_path, head + "{20: [b, a]}\n"), rulebook, engine="reference").passed
    failed = test(few(tmp_path, head + "{20: [b]}\n"), rulebook, engine="reference").failed
    assert [(one.what, one.expected, one.found) for one in failed[0].differences] == [("limb", "b", "a, b")]


def test_a_row_that_is_not_there_is_refused(small: Rulebook, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="999"):
        test_mutants(few(tmp_path), small, measures=[999])


@pytest.mark.thorough
def test_every_kind_of_change_is_told_in_both_languages(rulebook: Rulebook) -> None:
    assert {one.kind for one in mutants(rulebook)} == KINDS.keys()
    for one in mutants(rulebook):
        told = change(one, rulebook)
        assert told.zh != told.en or one.new is None or "`" in told.zh
        assert "``" not in told.zh
        assert "``" not in told.en
        assert "Ground(" not in told.en


def test_a_report_publishes_itself(report: MutationReport) -> None:
    found = json.loads(report.to_json())
    assert found["contract"]["id"] == "urn:applicability:contract:mutation"
    assert (found["mutants"], found["passed"]) == (report.mutants, False)
    assert {"witness", "old", "new", "differs", "exact", "line", "change"} <= found["survivors"][0].keys()
    with pytest.raises(TypeError, match="no bool"):
        bool(report)


def test_the_page_tells_one_number_of_cases() -> None:
    """That of the command's output there is compared with what the command prints."""
    page = (Path(__file__).parents[1] / "docs" / "mutation.md").read_text("utf-8")
    printed = re.search(r"survive; (\d+) cases", page)
    table = re.search(r"(?m)^\| [\d,]+ \| [\d,]+ \| \d+ \| \d+ \| ([\d,]+) \|", page)
    assert printed is not None
    assert table is not None
    assert table[1].replace(",", "") == printed[1]
