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
def test_it_lists_what_is_open_and_three_steps_and_the_rest_goes_on_by_number(
    facts: dict[str, object], rulebook: Rulebook
) -> None:
    assessment, paper = check(facts, rulebook, as_of=DAY, engine="reference"), paper_of(facts, rulebook)
    now, steps = (one for one in paper.summary if isinstance(one, Table))
    assert {row[0].en.rstrip("†") for row in now.rows} == {str(one.measure.row) for one in assessment.open}
    assert all(cell.zh and cell.en for row in now.rows for cell in row)
    assert [row[0].en for row in steps.rows] == ["1", "2", "3"]
    further = next(n for n, one in enumerate(paper.blocks) if isinstance(one, Heading))
    assert paper.blocks[further].text.en == "Further steps"  # type: ignore[union-attr]
    rest = next(one for one in paper.blocks if isinstance(one, Table))
    assert rest.rows[0][0].en == "4"
    assert ("Main facts", "主要事实") in {(label.en, label.zh) for label, _ in paper.cover}


def test_an_authority_has_its_chinese_name_in_english(rulebook: Rulebook) -> None:
    now = next(one for one in paper_of(AGENCY, rulebook).summary if isinstance(one, Table))
    told = {row[0].en: row[4].en for row in now.rows}
    assert told["57"] == "the culture and tourism authority, 文化旅游主管部门 (inferred)"
    assert "国家外汇管理局" in told["99"]
    waiting = check({**AGENCY, "city": "苏州"}, rulebook, as_of=DAY, engine="reference")
    where = [row[3].en for row in NextSteps(waiting, ()).table().rows if row[1].en.startswith("wait, and watch for")]
    assert "商务部" in where[0]
    assert "（" not in where[0]  # no remark twice


def test_measures_with_the_same_to_do_share_a_step(rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    (line,) = (row for row in NextSteps(assessment, ()).table().rows if "111†" in row[2].en)
    assert line[2].en.startswith("111† Easier visas")
    assert "132 Foreign-invested enterprises" in line[2].en
    assert line[3].en.startswith("item 111†: the immigration authority (inferred); item 132: the standards authority")


def test_the_paper_of_changes_alone_has_terms_where_a_change_is_likely(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    made = changes_paper(assessment, decisions.change(assessment).prospects, None, ())
    tables = [one for one in made.blocks if isinstance(one, Table)]
    (share,) = (row for one in tables for row in one.rows if row[0].zh == "外资比例改为大于0%")
    assert "（权利；限制：限外商投资企业的再投资；询问：国家外汇管理局及其在当地的分支机构；" in share[3].zh
    assert "国家外汇管理局" in share[3].en
    told: Any = write(made, "markdown", "en").decode()
    likely, _, unlikely = told.partition("## Changes that are unlikely for such an entity")
    assert "ask: " in likely
    assert "Aircraft" not in unlikely.partition("\n## ")[0] or "ask: " not in unlikely.partition("\n## ")[0]
