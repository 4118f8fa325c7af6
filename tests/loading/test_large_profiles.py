"""Profiles, registers of steps and cases with very many or very long words are answered or refused in seconds."""

from __future__ import annotations

import difflib
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from applicability import Profile, Rulebook, check
from applicability.errors import HINTED, Location, Problem, ProfileError, RulebookError, nearest
from applicability.loading.cases import read_cases
from applicability.loading.profile.reader import read_facts
from applicability.loading.step_register import with_registers
from applicability.report import Options, Selection, render
from applicability.report.layout.wrap import text_width, wrap
from applicability.text import Text
from tests.yardstick import unit

MANY = 10_000
# Units of work. Each of these took from 700 to beyond 4,000, and takes 220 at most.
ENOUGH = 500


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    before, started = unit(), time.process_time()
    yield
    assert time.process_time() - started < ENOUGH * max(before, unit())


@pytest.mark.parametrize(
    "given",
    [
        {"activities": [f"unknown-word-{number}" for number in range(MANY)]},
        {"activities": {"no": [f"unknown-word-{number}" for number in range(MANY)]}},
        {"zones": [f"无此区{number}" for number in range(MANY)]},
        {"zone_types": [f"无此{number}" for number in range(MANY)]},
        {"sector": [f"nosuch sector {number}" for number in range(MANY)]},
        {"investors": [{"origin": f"nowhere{number}"} for number in range(MANY)]},
        {f"key{number}": 1 for number in range(MANY)},
        {"determinations": {f"key{number}": True for number in range(MANY)}},
    ],
    ids=lambda one: next(iter(one)),
)
def test_each_of_many_unknown_words_is_named_and_the_first_have_a_hint(
    given: dict[str, object], rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    own = difflib.get_close_matches

    def counted(*args: Any, **kwargs: Any) -> list[Any]:
        nonlocal asked
        asked += 1
        return own(*args, **kwargs)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    with pytest.raises(ProfileError) as refused:
        read_facts(Profile.of({"city": "上海", **given}), rulebook)
    assert len(refused.value.problems) == MANY
    assert asked <= HINTED


@pytest.mark.parametrize(
    "fact", ["activities", "city", "entity_kind", "investor_origins", "licences", "sector", "zone_types", "zones"]
)
def test_a_program_gives_no_more_text_than_a_file_may_hold(fact: str, rulebook: Rulebook) -> None:
    word = "a" * 70_000  # of which one is held: the list is small
    for value in ([word] * 3_000, [[word] * 3_000], {"yes": [word] * 3_000}):
        tracemalloc.start()
        try:
            with pytest.raises(ProfileError) as refused:
                read_facts(Profile.of({fact: value}), rulebook)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert [problem.code for problem in refused.value.problems] == ["P006"]
        assert most < 5e6


def test_a_problem_holds_what_is_told_of_a_long_value() -> None:
    text = Text(f"没有 `{'a' * 70_000}`", f"there is no `{'a' * 70_000}`")
    problem = Problem("P101", Location("p.yaml"), text, text)
    for held in (problem.what, problem.mend):
        assert held is not None
        assert max(len(held.zh), len(held.en)) < 400


def test_a_message_is_bounded_whatever_backticks_its_value_holds(rulebook: Rulebook) -> None:
    with pytest.raises(ProfileError) as refused:
        read_facts(Profile.of({"city": "成都", "foreign_share": ["`".join(["上" * 400] * 300)]}), rulebook)
    (problem,) = refused.value.problems
    assert len(problem.message) <= 10_000
    assert len(problem.what.zh) <= 10_000


def test_a_zone_that_is_named_many_times_is_one(rulebook: Rulebook) -> None:
    once = read_facts(Profile(city="天津", zones=["东疆"]), rulebook)
    assert read_facts(Profile(city="天津", zones=["东疆"] * MANY), rulebook) == once


@pytest.mark.parametrize("fact", ["city", "district", "activities", "sector", "zone_types", "entity_kind"])
def test_a_word_without_end_is_unknown_like_any_other(fact: str, rulebook: Rulebook) -> None:
    with pytest.raises(ProfileError) as refused:
        read_facts(Profile.of({fact: "x" * 4_900_000}), rulebook)
    assert len(str(refused.value)) < 3000


def test_a_name_without_end_is_shown_whole(rulebook: Rulebook) -> None:
    name = "某" * 400_000
    assessment = check(Profile(city="上海", name=name), rulebook, engine="reference")
    shown = render(Selection(assessment, assessment.findings), "text", Options("zh"))
    assert shown.count("某") >= len(name)


def test_a_long_word_is_cut_into_lines_that_are_full() -> None:
    assert wrap("某" * 9, 4) == ["某某"] * 4 + ["某"]
    assert wrap("某" * 3, 1) == ["某"] * 3
    lines = wrap("x" * 1_000_000, 80)
    assert "".join(lines) == "x" * 1_000_000
    assert {text_width(line) for line in lines[:-1]} == {80}


def test_a_word_that_nobody_meant_is_near_to_none() -> None:
    assert nearest("a" * 201, ["a" * 202]) == []


ENTRY = (
    "  - {{id: a{n}, date: 2025-09-15, title: {{zh: 甲, en: A}}, source: {{zh: 源, en: S}}, "
    "rows: {rows}, places: {places}}}\n"
)


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        ([("[1]", f"[{', '.join(f'无此地{number}' for number in range(3000))}]")], 3000),
        ([("[1]", f"[无此地{number}]") for number in range(1000)], 1000),
        ([(f"[{', '.join(map(str, range(1000, 1000 + MANY)))}]", "[苏州]")], MANY),
        ([('["1-3000000"]', "[苏州]")], 2),
    ],
    ids=["places", "entries", "rows", "a range"],
)
def test_a_register_of_many_mistakes_names_each(
    entries: list[tuple[str, str]], problems: int, rulebook: Rulebook, tmp_path: Path
) -> None:
    lines = (ENTRY.format(n=number, rows=rows, places=places) for number, (rows, places) in enumerate(entries))
    (tmp_path / "register.yaml").write_text("register:\n" + "".join(lines), "utf-8")
    with pytest.raises(ProfileError) as refused:
        with_registers([tmp_path / "register.yaml"], rulebook)
    assert len(refused.value.problems) == problems


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1-3000000", "there is no row 156"),
        ("900-3000000", "there is no row 900"),
        ("²", "`²` is neither a row"),
        ("9" * 5000, "is neither a row"),
        ("3-1", "`3-1` is neither a row"),
        ("1-²", "`1-²` is neither a row"),
    ],
)
def test_rows_that_a_case_cannot_mean_are_refused(rows: str, said: str, rulebook: Rulebook, tmp_path: Path) -> None:
    case = f'{{name: A company somewhere, profile: {{city: 厦门}}, expect: {{eligible: ["{rows}"]}}}}'
    (tmp_path / "c.yaml").write_text(f"as_of: 2026-11-01\ncases: [{case}]\n", "utf-8")
    with pytest.raises(RulebookError) as refused:
        list(read_cases(tmp_path, "cases", rulebook))
    assert said in str(refused.value)
    assert len(refused.value.problems) == 1
