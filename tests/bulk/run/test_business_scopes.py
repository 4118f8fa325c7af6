"""Columns of activities that hold business scopes: what is read, what is left out, and one note on a cell."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import Partly, of_table

EXCLUDED = "信息服务（不含：增值电信业务，数据标注，应用商店服务业务）"
LICENCE = (
    "许可项目：应用商店服务；互联网信息服务。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
    "一般项目：软件开发；技术服务、技术开发、技术咨询、技术交流"
)


def scopes(
    cell: str, holds: str = "activities.yes", heading: str = "经营范围", defaults: dict[str, object] | None = None
) -> Partly:
    table = CellTable({"企业名称": ["甲"], "城市": ["广州"], heading: [cell]}, 1)
    return of_table(table, defaults, {heading: holds})


@pytest.mark.parametrize("holds", ["activities", "activities.yes"])
def test_what_a_scope_tells_is_known_in_part_with_one_note(holds: str) -> None:
    found = scopes(LICENCE, holds)
    assert found.profiles[0]["activities"] == {"yes": ["应用商店服务", "软件开发"]}
    assert found.notes == [[("经营范围", "P107", LICENCE)]]
    assert found.texts[0] == [
        "2 items read as activities, 5 left out (`互联网信息服务`, `技术服务`, `技术开发`, …); "
        "the list is taken as known in part"
    ]


@pytest.mark.parametrize("holds", ["activities", "activities.yes"])
@pytest.mark.parametrize("heading", ["经营范围", "业务"])
def test_what_it_excludes_is_not_carried_on(holds: str, heading: str) -> None:
    found = scopes(EXCLUDED, holds, heading)
    assert "activities" not in found.profiles[0]
    assert [(code, value) for _, code, value in found.notes[0]] == [("P107", EXCLUDED)]
    assert "is not taken as carried on" in found.texts[0][0]


def test_a_default_takes_the_place_of_no_scope_of_which_nothing_is_read() -> None:
    assert "activities" not in scopes(EXCLUDED, defaults={"activities": ["数据标注"]}).profiles[0]
    assert "activities" not in scopes(EXCLUDED, "activities", defaults={"activities": ["数据标注"]}).profiles[0]


def test_two_columns_of_activities_are_read_beside_a_scope() -> None:
    cells = {
        "企业名称": ["甲", "乙"],
        "城市": ["广州", "广州"],
        "经营范围": [LICENCE, EXCLUDED],
        "主营业务": ["旅行社", "旅行社"],
    }
    table = CellTable(cells, 2)
    found = of_table(table, mapping={"经营范围": "activities", "主营业务": "activities.yes"})
    assert found.profiles[0]["activities"] == {"yes": ["旅行社", "应用商店服务", "软件开发"]}
    assert found.profiles[1]["activities"] == {"yes": ["旅行社"]}


def test_words_of_licences_are_told_as_such() -> None:
    (told,) = scopes("数据标注服务；融资租赁业务；商业保理；银行；信息服务（不含许可类）").texts[0]
    assert told.endswith("; `融资租赁业务`, `商业保理`, `银行`: words of `licences`, for whoever holds that licence")
    assert "licences" not in scopes("数据标注；信息服务（不含许可类）").texts[0][0]


def test_words_that_are_no_scope_are_told_one_by_one() -> None:
    found = scopes("数据标注；咨询", heading="业务")
    assert found.profiles[0]["activities"] == {"yes": ["数据标注"]}
    assert found.texts == [["unknown activity `咨询`; the rest is read, as known in part"]]


@pytest.mark.parametrize(
    "cell",
    ["依法须经批准的项目，经相关部门批准后方可开展", "（依法须经批准的项目，经相关部门批准后方可开展经营活动）。"],
)
def test_what_every_licence_prints_is_noted_once_and_is_no_activity(cell: str) -> None:
    found = of_table(CellTable({"企业名称": ["甲"], "业务活动": [cell]}, 1))
    assert found.notes == [[("业务活动", "P107", cell)]]
    assert "is what every business licence prints, and no activity" in found.texts[0][0]
    assert found.profiles == [{}]
