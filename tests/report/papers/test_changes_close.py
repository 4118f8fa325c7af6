"""A change in a paper names what it closes, and a move all that it opens wherever it leads."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook, check, decisions
from applicability.report.layout.paper import Table
from applicability.report.papers.changes import changes_of, owners, ways

DAY = datetime.date(2026, 11, 1)
LESSOR = {
    "city": "天津",
    "zones": ["东疆"],
    "sector": "6631",
    "entity_kind": "enterprise",
    "registered_here": True,
    "foreign_share": 0,
    "licences": ["financial_leasing"],
    "group_roles": [],
    "activities": ["engine-and-machinery-leasing", "bonded-aircraft-leasing"],
    "products": [],
}


@pytest.fixture(scope="module")
def told(rulebook: Rulebook) -> dict[str, str]:
    """What the first changes open and close, by the change."""
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    blocks = changes_of(assessment, decisions.change(assessment).prospects)
    (table,) = (one for one in blocks if isinstance(one, Table))
    return {row[0].zh: row[3].zh for row in table.rows}


def test_a_move_names_what_it_closes(told: dict[str, str]) -> None:
    (moved,) = (opens for change, opens in told.items() if change.startswith("迁至上海"))
    assert moved.endswith("同时不再适用：93 航空发动机等纳入海关异地监管")


def test_a_change_that_closes_nothing_says_nothing_of_it(told: dict[str, str]) -> None:
    (added,) = (opens for change, opens in told.items() if "知识产权智能化" in change)
    assert "不再适用" not in added


def test_places_of_the_own_city_stand_before_others(rulebook: Rulebook) -> None:
    facts = {**LESSOR, "city": "上海", "zones": [], "licences": [], "activities": ["travel-agency"], "sector": "7291"}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    blocks = changes_of(assessment, decisions.change(assessment).prospects)
    (table,) = (one for one in blocks if isinstance(one, Table))
    (moved,) = (row[0].zh for row in table.rows if row[0].zh.startswith("迁至") and "或其余" in row[0].zh)
    assert moved.startswith("迁至中国（上海）自由贸易试验区")


def test_who_changes_more_than_what_is_said_is_told_of_other_law(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    found = ways(assessment, decisions.change(assessment).prospects)
    said = [one for _, one, _ in found if all(edit.kind in ("answer", "keep") for edit in one.edits)]
    made = [one for _, one, _ in found if one not in said]
    assert made
    assert all("other law may ask for a licence" in owners(one).en for one in made)
    assert not any("other law" in owners(one).en for one in said)
