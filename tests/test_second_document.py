"""A second policy document can be added by editing files only."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from applicability import Profile, Rulebook, check, load_rulebook
from applicability.cases import run_folder
from applicability.errors import RulebookError

A = "{zh: 一, en: a}"
FOLDER = Path(__file__).parents[1] / "examples" / "second-document"


def test_its_cases_pass_and_the_plan_answers_as_before(rulebook: Rulebook) -> None:
    both = load_rulebook(FOLDER)
    assert list(both.documents) == ["plan-2025-84", "made-up-city-plan"]
    report = run_folder(FOLDER / "cases", "cases", both)
    assert [r.case.name for r in report.results if not r.passed] == []
    profile = Profile(city="厦门", foreign_share=20, activities=["data-annotation"])
    alone, beside = check(profile, rulebook), check(profile, both)
    plan = [f for f in beside if f.measure.document == "plan-2025-84"]
    assert [(f.measure.row, f.verdict) for f in alone] == [(f.measure.row, f.verdict) for f in plan]
    assert beside.finding(1, "made-up-city-plan").measure.title.en == "Data annotation by foreign-invested enterprises"
    assert sum(beside.counts.values()) == 157


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("scopes.yaml", f"steps:\n  study: {{label: {A}, pending: {A}, recorded: {A}}}\n", "already declared"),
        ("rulebook.yaml", "id: a\nversion: 1\ntitle: {zh: 一, en: a}\nextends: .\n", "extends itself"),
        ("rulebook.yaml", "id: a\nversion: 1\ntitle: {zh: 一, en: a}\nextends: ../nowhere\n", "no rulebook here"),
    ],
    ids=["declared-twice", "extends-itself", "extends-nothing"],
)  # fmt: skip
def test_a_slip_in_extending_is_named(file: str, text: str, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "second"
    shutil.copytree(FOLDER, folder)
    (folder / file).write_text(text, "utf-8")
    with pytest.raises(RulebookError, match=words):
        load_rulebook(folder)


def test_two_documents_may_not_share_a_judgement(tmp_path: Path) -> None:
    folder = tmp_path / "second"
    shutil.copytree(FOLDER, folder)
    path = folder / "measures" / "01-data.yaml"
    path.write_text(
        path.read_text("utf-8").replace("row: 2", "row: 26").replace(": qualified", ": qualified-institution"), "utf-8"
    )
    with pytest.raises(RulebookError, match=r"26\.qualified-institution"):
        load_rulebook(folder)


def test_an_extension_answers_for_its_own_leaves_and_names_its_own_files(tmp_path: Path) -> None:
    both = load_rulebook(FOLDER)
    report = run_folder(FOLDER / "cases", "cases", both, within=f"{FOLDER}/")
    assert (report.leaves, report.unseen) == (6, ())
    one = (
        "cases: [{name: Xiamen alone, document: made-up-city-plan, profile: {city: 厦门}, expect: {needs_info: [1]}}]\n"
    )
    (tmp_path / "one.yaml").write_text(f"as_of: 2026-11-01\n{one}", "utf-8")
    report = run_folder(tmp_path, "cases", both, within=f"{FOLDER}/")
    assert report.unseen
    assert all(one.leaf.ground.location.file.startswith(f"{FOLDER}/") for one in report.unseen)
    files = {measure.location.file for measure in both.measures}
    assert {one.startswith(str(FOLDER)) for one in files} == {True, False}
    assert all(one.startswith((str(FOLDER), "packaged/")) for one in files)
