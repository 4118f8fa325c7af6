"""Everyday names of zones in the columns of places: read where it is certain which is meant, and never in silence."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import of_table

NAMES = ("天津开发区", "成都高新区", "苏州工业园区", "西安经开区", "高新区", "前海", "泰达")
COLUMNS = ("注册地", "所在地", "城市", "区县", "功能区", "行政区划")


def table(**cells: str | None) -> CellTable:
    return CellTable({"企业名称": ["甲"], "外资比例": ["50%"], **{name: [cell] for name, cell in cells.items()}}, 1)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("name", NAMES)
def test_a_zone_is_read_as_one_or_noted(column: str, name: str) -> None:
    found = of_table(table(**{column: name}))
    assert "zones" in found.profiles[0] or found.texts != [[]]


@pytest.mark.parametrize("column", ["所在地", "城市", "行政区划"])
def test_the_city_of_a_zone_counts_and_the_note_says_where_the_zone_goes(column: str) -> None:
    found = of_table(table(**{column: "成都高新区"}))
    assert found.profiles[0]["city"] == "成都高新区"
    assert found.notes == [[(column, "", "成都高新区")]]
    assert found.texts[0][0].endswith("give zones as well")


def test_what_people_call_the_zone_of_tianjin_is_that_zone() -> None:
    for name in ("天津开发区", "天津经济技术开发区"):
        assert of_table(table(住所=f"{name}第二大街1号")).profiles[0]["zones"] == {"yes": ["teda"]}
        assert of_table(table(注册地=name, 城市="天津")).profiles[0]["registered_here"] == "true"


def test_a_place_of_registration_that_tells_nothing_is_noted() -> None:
    for place, city in (("上海", None), ("天津开发区", ""), ("广东", "深圳")):
        found = of_table(table(注册地=place, 城市=city))
        assert "registered_here" not in found.profiles[0]
        assert [(column, code) for column, code, _ in found.notes[0]] == [("注册地", "")]
    assert of_table(table(注册地="上海", 城市="上海")).notes == [[]]
    assert of_table(table(注册地="上海", 城市="上海", 在当地注册="是")).notes == [[]]
