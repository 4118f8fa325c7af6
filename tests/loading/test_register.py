"""A user's register: what it opens, and its errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability import Profile, Rulebook, Verdict, check, decisions, load_rulebook
from applicability.errors import ProfileError
from applicability.model.step_register import with_entries

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
        ("[苏州]", "[朝阳]", "P148 `朝阳` names several places"),
        ("[苏州]", "[卢湾区]", "P149 `卢湾区` is no longer in use"),
        ("rows: [57]", "rows: fifty", "P100"),
        ("rows: [57]", "rows: unknown", "P143 rows that are not known cannot be opened"),
        ("    id: own", "    id: own\n    weight: press", "P142 `own` is only reported"),
        ("    rows", "    step: opt-out\n    rows", "P107 unknown step `opt-out`"),
        ("    rows", "    row", "P100 unknown key `row`"),
        ("2026-01-09", "January", "P100 `date`"),
        ("    rows", "    expires: 2026-01-08\n    rows", "P146 `own` begins on 2026-01-09 and expires on 2026-01-08"),
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


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("id", ["safe-2025-43", "hainan-closure-2025-12-18"])
def test_an_id_of_the_packaged_register_is_refused_and_both_places_are_named(
    id: str, tmp_path: Path, rulebook: Rulebook
) -> None:
    first = next(entry.location for entry in rulebook.register if entry.id == id)
    with pytest.raises(ProfileError) as caught:
        book(ENTRY.replace("id: own", f"id: {id}"), tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "P140"
    assert problem.location.file.endswith("register.yaml")
    assert problem.location.line == 2
    assert problem.message == f"the entry `{id}` stands twice, first at {first}"
    assert str(first).startswith("rules/register.yaml:")


def test_an_id_that_an_entry_is_split_under_is_refused_as_well(tmp_path: Path, rulebook: Rulebook) -> None:
    split = [entry.id for entry in rulebook.register if "#" in entry.id]
    text = ENTRY.replace("[57]", "[16, 57]").replace("[苏州]", "[苏州, 天津]")
    for id in split:
        with pytest.raises(ProfileError, match="stands twice"):
            book(text.replace("id: own", f"id: '{id}'"), tmp_path)


def test_entries_that_are_added_have_an_id_each() -> None:
    one = load_rulebook()
    entry = one.register[0]
    more = with_entries(one, (entry, entry))
    ids = [each.id for each in more.register]
    assert len(ids) == len(set(ids))


def test_several_registers_are_all_read(tmp_path: Path, rulebook: Rulebook) -> None:
    a = written(tmp_path, "a.yaml", ENTRY)
    b = written(tmp_path, "b.yaml", ENTRY.replace("id: own", "id: other").replace("[57]", "[22]"))
    together = {}
    for order in ([a, b], (b, str(a))):
        more = load_rulebook(register=order)
        found = check(Profile(city="苏州"), more)
        assert [found.finding(row).scope_verdict for row in (22, 57)] == [Verdict.ELIGIBLE, Verdict.ELIGIBLE]
        together[more.digest] = more
    assert rulebook.digest not in together
    assert load_rulebook(register=[]) is rulebook
    assert load_rulebook(register=[a]).digest == load_rulebook(register=a).digest
    only = check(Profile(city="苏州"), load_rulebook(register=a))
    assert only.finding(57).scope_verdict is Verdict.ELIGIBLE
    assert only.finding(22).scope_verdict is not Verdict.ELIGIBLE


def test_registers_that_contradict_each_other_are_refused_and_both_places_are_named(tmp_path: Path) -> None:
    a = written(tmp_path, "a.yaml", ENTRY)
    again = written(tmp_path, "b.yaml", ENTRY.replace("[57]", "[22]"))
    with pytest.raises(ProfileError, match=r"the entry `own` stands twice, first at .*a\.yaml:2:5"):
        load_rulebook(register=[a, again])
    later = written(tmp_path, "c.yaml", ENTRY.replace("id: own", "id: later").replace("2026-01-09", "2026-03-01"))
    with pytest.raises(ProfileError) as caught:
        load_rulebook(register=[a, later])
    (problem,) = caught.value.problems
    assert problem.code == "P145"
    assert problem.message == (
        f"`later` and `own` at {a}:2:5 give row 57 different days: from 2026-03-01 here, from 2026-01-09 there"
    )
    same = written(tmp_path, "d.yaml", ENTRY.replace("id: own", "id: same"))
    elsewhere = written(tmp_path, "e.yaml", later.read_text("utf-8").replace("[苏州]", "[宁波]"))
    assert load_rulebook(register=[a, same]).register
    assert load_rulebook(register=[a, elsewhere]).register
    until = written(tmp_path, "f.yaml", ENTRY.replace("    rows", "    expires: 2026-02-28\n    rows"))
    assert load_rulebook(register=[until, later]).register, "a renewal is no contradiction"


@pytest.mark.parametrize(
    ("date", "expires"),
    [("2026-01-09", "9999-12-31"), ("0001-01-01", "2026-01-09"), ("2026-01-09", "2026-01-09")],
)
def test_an_entry_may_run_to_the_end_of_the_calendar(date: str, expires: str, tmp_path: Path) -> None:
    text = ENTRY.replace("2026-01-09", date).replace("    rows", f"    expires: {expires}\n    rows")
    own = book(text, tmp_path)
    rows = decisions.diff(load_rulebook(), own).rows
    assert [row.key[1] for row in rows] == [57]
