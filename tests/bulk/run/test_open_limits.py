"""The limits of what is open, in a workbook and in a column of lines: those that a check lists, with their state."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, Verdict, check, load_rulebook, screen
from applicability.errors import ProfileError
from applicability.model.assessment import Finding
from applicability.report.language.reasons import FindingText
from applicability.text import Lang

from ...cli.conftest import Run
from ...examples import drawn
from ...strategies import profiles

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 1)
OPEN = (Verdict.ELIGIBLE, Verdict.CONDITIONAL)
# An airline of Hainan that repairs aircraft of others: two limbs of row 89 are open to it, each with two limits.
OPERATOR = {
    "city": "海口", "entity_kind": "enterprise", "zones": ["海口综合保税区"], "bases": ["main_operating_base"],
    "activities": ["airline", "repair-of-imported-goods"],
}  # fmt: skip


def listed(finding: Finding) -> list[str]:
    """The keys of limits that a check lists as to keep; none where the row is not open."""
    if finding.verdict not in OPEN:
        return []
    return [one.limit.key for one in finding.limits if one.state == "unsaid"]


def in_words(finding: Finding, lang: Lang) -> str:
    """What the workbook says of an open row: to keep, words without a key, and what is kept, marked."""
    told = FindingText(finding)
    marked = {"zh": "{}（已遵守）", "en": "{} (kept)"}[lang]
    found = [one.limit.label.of(lang) for one in told.to_keep if one.state == "unsaid"]
    found += [one.note.of(lang) if one.note else one.words for one in told.limits]
    found += [marked.format(one.limit.label.of(lang)) for one in told.to_keep if one.state == "kept"]
    return {"zh": "；", "en": "; "}[lang].join(found)


def companies() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some companies that say what limits they keep, of more limits than others do."""
    kept = st.dictionaries(st.sampled_from(sorted(BOOK.limits)), st.booleans(), max_size=30)
    plain = profiles(BOOK).map(lambda one: {name: value for name, value in one.facts.items() if name != "as_of"})
    one = st.builds(lambda own, said: {**own, "limits": said} if said else own, plain, kept)
    return st.lists(one, min_size=1, max_size=6)


@given(told=companies())
@settings(max_examples=drawn(40))
def test_lines_have_the_keys_that_a_check_lists(told: list[dict[str, Any]]) -> None:
    lines = screen(told, BOOK, as_of=DAY, only=Verdict, limits=True).results
    found = {(line["line"], line["row"]): line["limits"] for line in lines.to_pylist()}
    for number, company in enumerate(told, 1):
        try:
            every = check(Profile.of(company), BOOK, as_of=DAY, engine="reference")
        except ProfileError:
            continue  # screened by what can be read of it
        for one in every:
            if one.verdict is not None:
                assert found[number, one.measure.row] == ";".join(listed(one)), (company, one.measure.row)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_lists_the_limits_of_every_limb_that_is_open(tmp_path: Path, lang: Lang) -> None:
    keys = [one for one in BOOK.limits if one.startswith("89.")]
    told: list[dict[str, Any]] = [
        OPERATOR,
        {**OPERATOR, "limits": {keys[0]: True, keys[2]: True}},
        {**OPERATOR, "limits": dict.fromkeys(keys, True)},
        {**OPERATOR, "limits": {keys[0]: False}},
    ]
    screen(told, BOOK, as_of=DAY, lang=lang, only=Verdict, output=tmp_path / "o.xlsx")
    lines = [*openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[1].iter_rows(values_only=True)][1:]
    found = {(line[0], line[2]): line[-1] or "" for line in lines}
    several = 0
    for number, company in enumerate(told, 1):
        for one in check(Profile.of(company), BOOK, as_of=DAY, engine="reference"):
            if one.verdict is not None:
                expected = in_words(one, lang) if one.verdict in OPEN else ""
                assert found[number, one.measure.row] == expected
                several += sum(bool(limb.limb.limits) for limb in one.best_limbs) > 1 and one.verdict in OPEN
    assert several
    assert found[1, 89] != found[2, 89] != found[3, 89]


def test_the_column_is_there_only_where_it_was_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("name,city,activities,limits.57.taiwan\n甲,成都,travel-agency,\n", "utf-8")

    def heads(*options: str) -> list[str]:
        out = tmp_path / "o.csv"
        assert run("screen", tmp_path / "r.csv", "-o", out, "--as-of", str(DAY), *options).returncode == 0
        with out.open(encoding="utf-8-sig", newline="") as text:
            return next(csv.reader(text))

    plain = heads()
    assert "limits" not in plain
    assert heads("--limits") == [*plain, "limits"]
    assert heads("--limits", "--only", "pending", "--measure", "57") == [*plain, "limits"]
    refused = run("screen", tmp_path / "r.csv", "--limits", "--form", "wide", "-o", tmp_path / "w.csv")
    assert refused.returncode == 2
    assert "--form long" in refused.stderr
