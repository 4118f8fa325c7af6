"""The force of an open measure: the word of the part that is open carries it, or it is told as a reading."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook, check
from applicability.report.language import labels as w
from applicability.report.papers.force import force_in_short, force_of
from applicability.report.papers.met import evidence, met_reasons
from applicability.report.papers.rows import RowWriter

DAY = datetime.date(2026, 11, 1)
LESSOR = {
    "city": "天津",
    "zones": ["东疆"],
    "sector": "6631",
    "entity_kind": "enterprise",
    "registered_here": True,
    "foreign_share": 100,
    "licences": ["financial_leasing"],
    "group_roles": [],
    "activities": ["engine-and-machinery-leasing", "bonded-aircraft-leasing"],
    "products": [],
}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (95, "权利（原文用词“允许”）"),
        (119, "鼓励（原文用词“支持”）"),
        (96, "探索（原文用词“试点”）"),
        (
            94,
            "权利（所用部分没有“允许”“取消”等字样；虽有“试点”字样，本报告读作权利：“将…纳入…试点范围”读作由本方案直接纳入，"
            "与第46项“支持将…纳入”不同，不另待官方步骤，故力度取权利，与第96项“支持当地…实施…试点”取探索不同）",
        ),
        (35, "鼓励（所用部分没有“支持”“鼓励”等字样，系本报告的读法）"),
        (111, "第1部分：鼓励（所用部分没有“支持”“鼓励”等字样，系本报告的读法）；第2部分：权利（“允许”）"),
        (110, "第2部分：鼓励（所用部分没有“支持”“鼓励”等字样，系本报告的读法）；第1、3部分：权利（“可”“允许”）"),
    ],
)
def test_the_force_is_that_of_the_part_that_is_open_by_its_own_words(row: int, told: str, rulebook: Rulebook) -> None:
    finding = check(LESSOR, rulebook, as_of=DAY, engine="reference").finding(row)
    force = force_of(finding)
    assert force is not None
    assert force.zh == told


def test_a_word_that_is_said_to_carry_a_force_stands_in_the_row(rulebook: Rulebook) -> None:
    for finding in check(LESSOR, rulebook, as_of=DAY, engine="reference"):
        force = force_of(finding)
        if force is not None and "原文用词" in force.zh:
            word = force.zh.split("“")[1].split("”")[0]
            assert word in finding.measure.text
            usual = {one.zh for words in w.FORCE_WORDS.values() for one in words}
            assert word in usual or word.removeprefix("研究") in usual  # “研究探索” is quoted whole


@pytest.mark.parametrize(
    ("row", "parts", "told"),
    [
        (27, ("a", "b"), "权利（读法）"),  # 上市许可 says of nobody that he may
        (94, ("a", "b"), "权利（读法）"),  # 可 stands in the second part alone
        (94, ("b",), "权利（“可”）"),
        (34, ("b",), "鼓励（读法）"),
        (110, ("a",), "权利（“可”）"),
        (2, ("",), "权利（“取消”）"),
    ],
)
def test_a_word_carries_the_force_of_the_parts_that_it_stands_in(
    row: int, parts: tuple[str, ...], told: str, rulebook: Rulebook
) -> None:
    measure = rulebook.measure(row)
    limbs = [one for one in measure.limbs if one.id in parts]
    assert force_in_short(measure, limbs).zh == told


def test_what_waits_for_a_finding_says_what_is_met_already(rulebook: Rulebook) -> None:
    finding = check(LESSOR, rulebook, as_of=DAY, engine="reference").finding(93)
    told = [one.zh for one in met_reasons(finding, RowWriter(rulebook, finding.facts).renderer)]
    assert told == [
        "天津市，天津东疆综合保税区在适用范围之内（适用范围栏“滨海新区先行探索适用”）",
        "从事的业务包括航空发动机、大型工程机械租赁",
    ]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (95, ["所在地：天津市，天津东疆综合保税区", "持牌或监管身份：金融租赁公司（国家金融监管部门监管）"]),
        (
            119,
            [
                "所在地：天津市，天津东疆综合保税区",
                "主体类型：公司或其他企业",
                "所在功能区的类型：自由贸易港或自由贸易试验区",
                "在当地注册：是",
            ],
        ),
        (93, ["所在地：天津市，天津东疆综合保税区", "业务活动：航空发动机、大型工程机械租赁"]),
    ],
)
def test_what_is_to_be_shown_is_what_the_result_rests_on(row: int, shown: list[str], rulebook: Rulebook) -> None:
    finding = check(LESSOR, rulebook, as_of=DAY, engine="reference").finding(row)
    assert [one.zh for one in evidence(finding, RowWriter(rulebook, finding.facts).renderer)] == shown


def test_of_a_list_known_in_part_only_what_is_asked_for_is_to_be_shown(rulebook: Rulebook) -> None:
    known = {"yes": ["travel-agency"], "no": ["wellness-services", "cross-border-cash-pooling"]}
    agency = {"city": "成都", "entity_kind": "enterprise", "registered_here": True, "foreign_share": 40}
    finding = check({**agency, "activities": known}, rulebook, as_of=DAY, engine="reference").finding(57)
    shown = [one.en for one in evidence(finding, RowWriter(rulebook, finding.facts).renderer)]
    assert "activities: travel agency services" in shown
