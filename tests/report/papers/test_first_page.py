"""The first page of a case: it stands alone, and names whom to ask so that a reader can find them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from applicability import Rulebook, check, decisions
from applicability.report import whole
from applicability.report.layout.paper import Heading, Paper, Table
from applicability.report.papers.case import case_paper
from applicability.report.papers.changes import changes_paper
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.write import write

from .companies import LESSOR

DAY = datetime.date(2026, 11, 1)
AGENCY: dict[str, object] = {
    "city": "上海", "zones": [], "sector": "7291", "foreign_share": 100, "activities": ["travel-agency"],
    "entity_kind": "enterprise", "registered_here": True, "licences": [], "group_roles": [], "products": [],
}  # fmt: skip


def paper_of(facts: dict[str, object], rulebook: Rulebook) -> Paper:
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    return case_paper(whole(assessment), decisions.change(assessment).prospects)


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_it_lists_what_is_open_and_then_all_steps_in_one_table(facts: dict[str, object], rulebook: Rulebook) -> None:
    assessment, paper = check(facts, rulebook, as_of=DAY, engine="reference"), paper_of(facts, rulebook)
    now, steps = (one for one in paper.summary if isinstance(one, Table))
    assert {row[0].en.rstrip("†") for row in now.rows} == {str(one.measure.row) for one in assessment.open}
    assert all(cell.zh and cell.en for row in now.rows for cell in row)
    assert [row[0].en for row in steps.rows] == [str(number) for number in range(1, len(steps.rows) + 1)]
    heads = [one.text.en for one in paper.summary if isinstance(one, Heading)]
    assert heads[-1] == "What to do next"  # the list of contents comes after all of them
    assert ("Main facts", "主要事实") in {(label.en, label.zh) for label, _ in paper.cover}


def test_an_authority_has_its_chinese_name_in_english(rulebook: Rulebook) -> None:
    now, *_ = (one for one in paper_of(AGENCY, rulebook).summary if isinstance(one, Table))
    told = {row[0].en: row[4].en for row in now.rows}
    assert told["57"] == "the culture and tourism authority, 文化旅游主管部门 (inferred)"
    assert told["99"] == "the foreign-exchange authority, 外汇管理部门"
    waiting = check({**AGENCY, "city": "苏州"}, rulebook, as_of=DAY, engine="reference")
    where = [row[3].en for row in NextSteps(waiting, ()).table().rows if row[1].en.startswith("wait, and watch for")]
    assert "商务部" in where[0]
    assert "（" not in where[0]  # no remark twice


def test_measures_of_which_other_things_are_asked_first_have_steps_of_their_own(rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    told = {row[2].en.split()[0]: row for row in NextSteps(assessment, ()).table().rows}
    assert "what “provide visa facilitation” consists of" in told["111†"][1].en
    assert told["111†"][3].en == "the immigration authority, 移民管理机构 (inferred)"
    assert told["132"][3].en == "the standards authority, 标准化主管部门 (inferred)"
    assert "先问明（原文没有写的）" in told["132"][1].zh
    assert "有哪些“标准化试点”" in told["132"][1].zh
    assert "一站式标准服务" not in told["132"][1].zh  # for that authorities alone are responsible
    assert "手续：是否须申请、许可或备案" in told["items"][1].zh  # asked of all at once


def test_the_paper_of_changes_alone_has_terms_where_a_change_is_likely(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    made = changes_paper(assessment, decisions.change(assessment).prospects, None, ())
    tables = [one for one in made.blocks if isinstance(one, Table)]
    (share,) = (row for one in tables for row in one.rows if row[0].zh == "引入外资股东")
    assert "（权利；限制：只及于外商投资企业的再投资；询问：外汇管理部门；" in share[3].zh
    assert "外汇管理部门" in share[3].en
    told: Any = write(made, "markdown", "en").decode()
    likely, _, unlikely = told.partition("## Changes that are unlikely for such an entity")
    assert "ask: " in likely
    assert "Aircraft" not in unlikely.partition("\n## ")[0] or "ask: " not in unlikely.partition("\n## ")[0]


def told(facts: dict[str, object], rulebook: Rulebook, lang: Any = "en") -> str:
    return write(paper_of(facts, rulebook), "markdown", lang).decode()


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_the_figures_add_up_to_all_measures(facts: dict[str, object], rulebook: Rulebook) -> None:
    assert "The other 39: 36 bind authorities only and 3 lack their text." in told(facts, rulebook)
    assert "其余39项：仅约束主管部门的36项和原文缺失的3项。" in told(facts, rulebook, "zh")


def test_what_nobody_grants_is_not_said_to_be_applied_for(rulebook: Rulebook) -> None:
    assert "one applies, or asks to join, but for items 35, 119 there is nothing to apply for" in told(LESSOR, rulebook)
    assert "须提出申请或参加，但第35、119项无可申请（依本报告的读法）" in told(LESSOR, rulebook, "zh")
    assert "nothing to apply for" not in told(AGENCY, rulebook).partition("## Facts")[0]


def test_a_fact_of_a_planned_entity_is_not_told_as_one_of_today(rulebook: Rulebook) -> None:
    cover = told({**AGENCY, "planned": True}, rulebook).partition("## Summary")[0]
    assert "registered in the place: yes, once set up" in cover
    assert "once set up" not in told(AGENCY, rulebook).partition("## Summary")[0]


def test_what_is_for_a_company_of_its_own_is_told_in_one_way(rulebook: Rulebook) -> None:
    """The parent settles what would have to be found, wherever the part is told of."""
    paper = told(LESSOR, rulebook, "zh")
    part = paper.partition("附件第94†项 金融租赁公司外债便利化")[2].partition("附件第95项")[0]
    assert (
        "不是本主体自身；该公司与本企业同在一地、做同样业务的，可适用：母公司就是本企业，本企业在当地注册：是" in part
    )
    assert "本报告没有审查其是否符合条件" not in part
    assert "就本主体而言" not in paper  # it is told once
    assert "本报告没有逐项审查该主体" not in paper
    assert paper.count("与第46项“支持将…纳入”不同") == 1  # with the reading; the force leads to it


def test_a_finding_that_only_others_need_is_not_told(rulebook: Rulebook) -> None:
    assert "从事租赁的企业是否属于" not in told(LESSOR, rulebook, "zh").partition("## 结果所依的存疑与读法")[0]


def test_a_reason_of_one_measure_stands_beside_it(rulebook: Rulebook) -> None:
    paper = told(LESSOR, rulebook)
    shared = paper.partition("### A reason that several share")[2].partition("\n## ")[0]
    shared, _, alone = shared.partition("### Each for a reason of its own")
    assert "42 " not in shared
    assert '| 42 | "Specialised and innovative" board and fund-share transfer platform: ' in alone


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_it_says_what_an_authority_without_a_mark_rests_on(facts: dict[str, object], rulebook: Rulebook) -> None:
    """The supervisor of whoever is licensed is an inference too."""
    zh = told(facts, rulebook, "zh").partition("## 所依据的事实")[0]
    assert zh.count("标“推断”的部门，原文没有指明") == 1
    assert "（本企业的监管部门）" not in zh
    en = told(facts, rulebook).partition("## Facts relied on")[0]
    assert en.count("one without a mark is named by the text or a later instrument") == 1
    assert "(the entity's supervisor)" not in en


def test_only_forces_that_stand_there_are_explained(rulebook: Rulebook) -> None:
    assert "“A right” may be used; “an encouragement” is no permit" in told(AGENCY, rulebook)
    assert "“a trial”" not in told(AGENCY, rulebook).partition("## Facts relied on")[0]
    assert "“an encouragement” or “a trial” is no permit" in told(LESSOR, rulebook)
