"""What would be open to an entity that another sets up beside it: as a check of that entity has it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from applicability import check, load_rulebook
from applicability.analysis.other_entities import other_entities
from applicability.model.verdict import Verdict

BOOK, DAY = load_rulebook(), datetime.date(2026, 11, 1)
LESSOR: dict[str, Any] = {
    "city": "天津", "zones": ["东疆"], "sector": "6631", "entity_kind": "enterprise", "registered_here": True,
    "foreign_share": 0, "licences": ["financial_leasing"], "group_roles": [], "products": [],
    "activities": ["engine-and-machinery-leasing", "bonded-aircraft-leasing"],
}  # fmt: skip


def found(**changed: object) -> list[tuple[int, str, Verdict]]:
    assessment = check({**LESSOR, **changed}, BOOK, as_of=DAY, engine="reference")
    every = [part for one in other_entities(assessment) for part in one.opened]
    return [(part.measure.row, part.limb.id, part.verdict) for part in every]


def test_a_financial_lessor_could_set_up_a_project_company() -> None:
    assert found() == [(92, "", Verdict.CONDITIONAL), (94, "b", Verdict.ELIGIBLE)]
    (one,) = other_entities(check(LESSOR, BOOK, as_of=DAY, engine="reference"))
    assert (one.fact, one.value) == ("group_roles", "financial_leasing_project_company")


def test_the_verdicts_are_those_of_a_check_of_that_entity() -> None:
    project = {**LESSOR, "licences": [], "group_roles": ["financial_leasing_project_company"]}
    project["determinations"] = {"94.parent-here": True}  # its parent is the lessor, of which it is told
    there = check(project, BOOK, as_of=DAY, engine="reference")
    for row, limb, reached in found():
        finding = there.finding(row)
        own = next(one for one in finding.limbs if one.limb.id == limb)
        assert finding.scope_verdict is not None
        assert min(own.verdict, finding.scope_verdict) == reached


def test_a_finding_on_its_parent_is_a_fact_of_the_lessor() -> None:
    unknown = {name: value for name, value in LESSOR.items() if name != "registered_here"}
    (one,) = other_entities(check(unknown, BOOK, as_of=DAY, engine="reference"))
    assert [part.verdict for part in one.opened if part.measure.row == 94] == [Verdict.CONDITIONAL]
    assert found(registered_here=False) == [(92, "", Verdict.CONDITIONAL)]


def test_chip_equipment_needs_no_finding() -> None:
    assert found(activities=["chip-equipment-leasing"])[0] == (92, "", Verdict.ELIGIBLE)


@pytest.mark.parametrize(
    "changed",
    [
        {"licences": ["finance_lease_company"]},  # its project company is none of a financial leasing company
        {"licences": []},
        {"group_roles": ["financial_leasing_project_company"]},  # it is one itself
        {"city": "长沙", "zones": []},
    ],
)
def test_others_have_none(changed: dict[str, object]) -> None:
    assert found(**changed) == []
