"""What a change would open in a paper: what an authority has still to find, on what terms, and whom to ask."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook, check, decisions
from applicability.report import whole
from applicability.report.layout.paper import Table, TableCell
from applicability.report.papers.case import case_paper
from applicability.report.papers.changes import changes_of
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.write import write

from .companies import AGENCY, LESSOR

DAY = datetime.date(2026, 11, 1)


def changes(facts: dict[str, object], rulebook: Rulebook) -> list[tuple[TableCell, ...]]:
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    blocks = changes_of(assessment, decisions.change(assessment).prospects)
    return list(next(one for one in blocks if isinstance(one, Table)).rows)  # those told in full


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_what_a_change_leaves_to_a_finding_names_the_finding(facts: dict[str, object], rulebook: Rulebook) -> None:
    waiting = [row for row in changes(facts, rulebook) if "须经认定" in row[2].zh]
    assert waiting
    for row in waiting:
        assert "认定：" in row[3].zh
        assert "subject to a finding by " in row[3].en


def test_what_another_entity_needs_found_is_named_by_part(rulebook: Rulebook) -> None:
    (row,) = (one for one in changes(LESSOR, rulebook) if one[0].zh.startswith("在同一地方"))
    assert "92 金融租赁项目公司新兴标的租赁（权利；须由" in row[3].zh


def test_what_the_one_that_sets_it_up_settles_is_no_finding(rulebook: Rulebook) -> None:
    (row,) = (one for one in changes(LESSOR, rulebook) if one[0].zh.startswith("在同一地方"))
    assert "（权利；可适用；母公司就是本企业，本企业在当地注册：是，无须再认定" in row[3].zh
    assert "its parent is the entity itself (registered in the place: yes), which nobody has to find" in row[3].en
    unknown = {name: value for name, value in LESSOR.items() if name != "registered_here"}
    (asked,) = (one for one in changes(unknown, rulebook) if one[0].zh.startswith("在同一地方"))
    assert "须由外汇管理部门（读法）认定：其母公司（金融租赁公司）是否在当地注册" in asked[3].zh


def test_a_next_step_that_is_a_change_names_the_finding_too(rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    table = NextSteps(assessment, decisions.change(assessment).prospects).table()
    (shows,) = (row for row in table.rows if row[2].en.startswith("61 "))
    assert "subject to a finding by " in shows[2].en


def test_each_measure_that_a_change_opens_has_its_terms_and_whom_to_ask(rulebook: Rulebook) -> None:
    (share,) = (one for one in changes(LESSOR, rulebook) if one[0].zh == "引入外资股东")
    asked = share[3].zh.split("\n")
    assert [one.split(" ")[0] for one in asked] == ["99", "111†", "132"]
    assert "（权利；限制：只及于外商投资企业的再投资；询问：外汇管理部门；自2025-09-15起，在全国各地" in asked[0]
    assert "汇发〔2025〕43号" in asked[0]  # by which the registration is dropped without the change
    assert asked[1].endswith("（第1部分：鼓励；询问：移民管理机构（推断））")  # part 2 is a right, of others
    (shows,) = (row for row in changes(AGENCY, rulebook) if row[3].en.startswith("61 "))
    assert shows[3].en.count("the culture, tourism, sports and commerce authorities") == 1  # who finds is asked


def test_what_names_whom_to_ask_of_a_change_is_among_the_sources(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    made = case_paper(whole(assessment), decisions.change(assessment).prospects)
    assert "汇发〔2025〕43号" in write(made, "markdown", "zh").decode().rpartition("附录：来源")[2]
