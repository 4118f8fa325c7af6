"""Every engine agrees on negations of several places, types, sectors or activities, and on a judgement in a scope."""

from __future__ import annotations

import functools
import shutil
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, Rulebook, Verdict, check, load_rulebook
from applicability.api import lint
from applicability.engines.select import decide, forward_names
from applicability.export.program import Program, program_of
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    InSector,
    Judgement,
    Not,
    Within,
    ZoneType,
    leaves,
)

from ..bulk.engine.tables import checked, screened, table_of, verdicts
from ..examples import drawn
from ..export.test_compile import DAY, by_duckdb, by_polars, table_of as plain_table
from ..strategies import profiles

SMALL_FOLDER = Path(__file__).parents[1] / "data" / "small-rulebook"
SMALL = load_rulebook(SMALL_FOLDER)
PLACES = ("120000", "120116", "dongjiang-cbz", "tianjin-ftz", "460000", "haikou-cbz", "310000")

# One branch of the default scope, without and with a judgement.
PLAIN = """
        - in: [the-four]
          quote: {note-2: 适用范围均为天津、上海、重庆、海南4个试点省市全域}
"""
JUDGED = """
        - all:
            - in: [the-four]
              quote: {note-2: 适用范围均为天津、上海、重庆、海南4个试点省市全域}
            - judgement: named-area
              about: {zh: 是否属于试点区域, en: whether it is a pilot area}
"""


def negations() -> list[Condition]:
    """Leaves of which one object can be certain while another is open, single and under `all` and `any`."""
    sectors, types = sorted(SMALL.sectors.codes), sorted(SMALL.gazetteer.zone_types)
    found: list[Condition] = [Within(pair) for pair in combinations(PLACES, 2)]
    found += [ZoneType(frozenset(pair)) for pair in combinations(types, 2)]
    found += [InSector(pair) for pair in combinations(sectors[:5], 2)]
    found += [Does(frozenset(pair)) for pair in combinations(sorted(SMALL.sectors.activities)[:4], 2)]
    joined: list[Condition] = [
        All((found[0], found[-1])),
        Any_((found[1], found[-2])),
        All((found[2], Any_((found[3], found[-1])))),
    ]
    return [Not(one) for one in (*found, *joined)]


@functools.cache
def made() -> Rulebook:
    """A rulebook of negations, some in the scope and some in the conditions of a row."""
    row = next(one for one in SMALL.measures if one.condition is not None and len(one.limbs) == 1)
    limb = row.limbs[0]
    rows = [
        replace(row, row=number, scope_rule=f"scope-{number}", scope=scope, limbs=(replace(limb, when=when),))
        for number, (scope, when) in enumerate(
            [pair for one in negations() for pair in ((one, All(())), (All(()), one))], 1
        )
    ]
    return replace(SMALL, measures=tuple(rows), register=())


@functools.cache
def program() -> Program:
    return program_of(made(), made().measures, DAY, "en")


@given(told=st.lists(profiles(SMALL), min_size=1, max_size=8))
@settings(max_examples=drawn(40))
def test_every_engine_reads_a_negation_alike(told: list[Profile]) -> None:
    every = [one.but(determinations=None, as_of=None) for one in told]
    plain = [one for one in every if checked(one.facts, made()) is not None]  # some contradict themselves
    facts = [read_facts(one, made(), DAY) for one in plain]
    expected = [checked(one.facts, made()) for one in plain]
    for name in forward_names():
        for one in facts:
            decide(made(), one, name)  # raises if it differs from the reference
    assert verdicts(screened(table_of([dict(one.facts) for one in plain], made()), made())) == expected
    table = plain_table(facts, made())
    assert [list(row[1:]) for row in by_duckdb(program(), table)] == expected
    assert [list(row[1:]) for row in by_polars(program(), table)] == expected


@pytest.mark.parametrize("told", [{"city": "120000"}, {"city": "120000", "district": "120116"}])
def test_what_holds_for_sure_fails_under_not_though_another_place_is_open(told: dict[str, str]) -> None:
    row = next(one.row for one in made().measures if one.scope == Not(Within(("120000", "dongjiang-cbz"))))
    assert check(Profile(**told), made()).finding(row).verdict is Verdict.INELIGIBLE


@pytest.fixture
def judged(tmp_path: Path) -> Rulebook:
    """The small rulebook with a judgement in its default scope."""
    folder = tmp_path / "rules"
    shutil.copytree(SMALL_FOLDER, folder)
    scopes = folder / "scopes.yaml"
    text = scopes.read_text("utf-8")
    assert PLAIN in text
    scopes.write_text(text.replace(PLAIN, JUDGED, 1), "utf-8")
    assert not [one for one in lint(folder) if not one.code.startswith("R4")]
    return load_rulebook(folder)


def test_a_judgement_in_a_scope_is_found_row_by_row_by_every_engine(judged: Rulebook) -> None:
    keys = [key for key in judged.judgements if key.endswith(".named-area")]
    rows = [
        one.row for one in judged.measures if one.scope and any(isinstance(x, Judgement) for x in leaves(one.scope))
    ]
    assert keys == [f"{row}.named-area" for row in rows]
    assert len(rows) > 2
    first, second, *_ = rows
    told: list[dict[str, Any]] = [
        {"city": "上海"},
        {"city": "上海", "determinations": {f"{first}.named-area": True, f"{second}.named-area": False}},
        {"city": "长沙", "determinations": {f"{first}.named-area": True}},
    ]
    assessments = [check(Profile(**one), judged, as_of=DAY) for one in told]  # forward chaining where it runs
    scopes = [[one.finding(row).scope_verdict for row in (first, second)] for one in assessments]
    assert scopes == [
        [Verdict.CONDITIONAL, Verdict.CONDITIONAL],
        [Verdict.ELIGIBLE, Verdict.INELIGIBLE],
        [Verdict.INELIGIBLE, Verdict.INELIGIBLE],
    ]
    expected = [checked(one, judged) for one in told]
    assert verdicts(screened(table_of(told, judged), judged)) == expected
    program = program_of(judged, judged.measures, DAY, "en")
    table = plain_table([read_facts(Profile(**one), judged, DAY) for one in told], judged)
    for road in (by_duckdb, by_polars):
        assert [list(row[1:]) for row in road(program, table)] == expected
