"""A register of one's own: what it opens, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability import Profile, Rulebook, Verdict, check, load_rulebook
from applicability.errors import ProfileError

ENTRY = """register:
  - id: own
    date: 2026-01-09
    title: {zh: 清单, en: list}
    source: {zh: 自行取得, en: obtained}
    rows: [57]
    places: [苏州]
"""


def book(text: str, tmp_path: Path) -> Rulebook:
    path = tmp_path / "register.yaml"
    path.write_text(text, "utf-8")
    return load_rulebook(register=path)


def test_exactly_the_rows_listed_open_in_exactly_that_city(tmp_path: Path, rulebook: Rulebook) -> None:
    own = book(ENTRY, tmp_path)
    assert own.digest != rulebook.digest
    for city, opened in (("苏州", {57}), ("昆山市", {57}), ("宁波", set()), ("北京", set()), ("上海", set())):
        before, after = check(Profile(city=city), rulebook), check(Profile(city=city), own)
        moved = {
            new.measure.row
            for old, new in zip(before, after, strict=True)
            if old.scope_verdict is not new.scope_verdict
        }
        assert moved == opened, city
    finding = check(Profile(city="苏州"), own).finding(57)
    assert finding.scope_verdict is Verdict.ELIGIBLE
    assert "own" in [entry.id for entry in finding.notes]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[57]", "[57, 157]", "P144 `plan-2025-84` has no row 157"),
        ("[苏州]", "[苏洲]", "P103 unknown place `苏洲`"),
        ("[苏州]", "[朝阳]", "P103 `朝阳` names several places"),
        ("rows: [57]", "rows: fifty", "P100"),
        ("rows: [57]", "rows: unknown", "P143 rows that are not known cannot be opened"),
        ("    id: own", "    id: own\n    weight: press", "P142 `own` is only reported"),
        ("    rows", "    step: opt-out\n    rows", "P107 unknown step `opt-out`"),
        ("    rows", "    row", "P100 unknown key `row`"),
        ("2026-01-09", "January", "P100 `date`"),
        ("[苏州]", "[]", "P141 an entry for no place says nothing"),
    ],
)
def test_what_is_wrong_with_a_register_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    text = ENTRY.replace("  - id: own", "  -\n    id: own")
    assert old in text
    with pytest.raises(ProfileError) as caught:
        book(text.replace(old, new), tmp_path)
    assert said in str(caught.value)
    assert all(problem.location.line for problem in caught.value.problems)


def test_a_register_that_is_not_there_is_named() -> None:
    with pytest.raises(ProfileError, match="no such file"):
        load_rulebook(register="nowhere.yaml")
