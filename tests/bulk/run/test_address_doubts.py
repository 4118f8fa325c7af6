"""Addresses that say more than is read of them, or begin with a district without its city."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.screening import screen

from ..engine.tables import DAY
from .partly import BOOK, Partly, of_table

NANSHA = "440115"


def read(address: str, defaults: dict[str, object] | None = None, **cells: str) -> Partly:
    return of_table(
        CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}, "地址": [address]}, 1),
        defaults,
    )


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("广州市南沙区；深圳市前海", NANSHA),
        ("广东省广州市南沙区、番禺区", NANSHA),
        ("广州市南沙区海滨路1号；番禺区示例路2号", NANSHA),
        ("广州市黄埔区广州开发区科学大道（总部）；南沙自贸片区（分部）", "440112"),
    ],
)
def test_a_further_place_is_noted(address: str, city: str) -> None:
    found = read(address)
    assert found.profiles[0]["city"] == city
    assert "the address names more than one place, of which the first was read" in found.texts[0]


@pytest.mark.parametrize(
    "address", ["广州市南沙区海滨路1号、3号", "广州市南沙区海滨路1号；2楼", "广州市南沙区海滨路、环市大道"]
)
def test_further_streets_are_no_places(address: str) -> None:
    assert read(address).notes == [[]]


def test_a_district_counts_in_the_city_that_another_column_or_a_default_tells() -> None:
    for found in (read("南沙区海滨路", 城市="广州市"), read("南沙区海滨路", {"city": "广州"})):
        assert found.profiles[0]["district"] == NANSHA
        assert found.notes == [[]]
    assert read("鼓楼区示例路1号", 城市="南京市").profiles[0]["district"] == "320106"


def test_a_district_without_its_city_and_one_elsewhere_are_noted() -> None:
    found = read("南沙区海滨路")
    assert found.profiles == [{}]
    assert found.notes == [[("地址", "P103", "南沙区海滨路")]]
    found = read("南沙区海滨路", 城市="深圳市")
    assert found.profiles[0] == {"city": "深圳市"}
    assert found.texts == [["the address begins with `南沙区`, which is no district of the city told: left out"]]


def test_short_names_tell_the_city_alone() -> None:
    found = read("广州南沙海滨路")
    assert found.profiles[0] == {"city": "440100"}
    assert found.texts == [["the address has short names, which tell the city alone and no district"]]
    assert read("广东广州南沙海滨路").profiles[0] == {"city": "440100"}
    assert read("广州南沙路1号").profiles == [{}]
    assert read("南沙海滨路").profiles == [{}]


@pytest.mark.parametrize("address", ["宁波保税区", "广州市南沙区（自贸区）海滨路181号"])
def test_a_zone_that_is_none_of_those_listed_is_noted(address: str) -> None:
    found = read(address)
    assert "zones" not in found.profiles[0]
    assert found.texts == [["the address names a zone, and not which of those listed it is: left out"]]


def test_but_not_beside_a_column_of_zones() -> None:
    assert read("广州市南沙区（自贸区）海滨路181号", 园区="南沙自贸区").texts == [[]]


def test_a_note_on_a_footer_is_no_kind_of_note(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("企业名称,地址\n甲,广州市南沙区\n填表人：某某,审核人：某人\n", "utf-8")
    assert screen(tmp_path / "r.csv", BOOK, as_of=DAY).summary.kinds == {}


@pytest.mark.parametrize(
    ("code", "address", "place"),
    [
        ("91320594MAY7EJ4D50", "姑苏区观前街100号", "320508"), ("91500105MA1CE8QK7J", "江北区观音桥步行街", "500157"),
    ],
)  # fmt: skip
def test_a_district_without_its_city_is_that_of_the_city_of_the_credit_code(
    code: str, address: str, place: str
) -> None:
    cells = {"企业名称": ["甲"], "统一社会信用代码": [code], "住所": [address]}
    found = of_table(CellTable(cells, 1))
    assert found.profiles == [{"city": place}]
    assert not any(one[1] for one in found.notes[0])


@pytest.mark.parametrize(
    "address",
    [
        "苏州工业园区、吴江区",
        "苏州工业园区；苏州市吴江区",
        "苏州工业园区星湖街1号；昆山市前进路2号",
        "天津东疆综合保税区；天津市和平区",
    ],
)
def test_a_further_place_behind_a_zone_is_noted(address: str) -> None:
    assert "the address names more than one place, of which the first was read" in read(address).texts[0]


@pytest.mark.parametrize(
    "address", ["苏州工业园区星湖街1号、3号", "苏州工业园区；苏州市", "苏州工业园区、苏州工业园综合保税区"]
)
def test_what_a_zone_lies_in_is_no_further_place(address: str) -> None:
    assert not any("more than one place" in text for text in read(address).texts[0])


@pytest.mark.parametrize(
    "address",
    [
        "广东省成都市武侯区", "江苏省松江县", "山东省徐州市", "江苏省朝阳区", "北京市廊坊市", "江苏省苏州市海口市1号",
    ],
)  # fmt: skip
def test_an_address_that_leaves_the_place_it_begins_with_tells_none(address: str) -> None:
    found = read(address)
    assert found.profiles == [{}]
    assert [(column, code) for column, code, _ in found.notes[0]] == [("地址", "P103")]


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("四川省人民市场1号", "510000"), ("浙江省城市广场1号", "330000"), ("江苏省上海路1号", "320000"),
        ("上海市苏州河路1号", "310000"), ("广东省东莞市东城区", "441900"), ("中山市东区", "442000"),
        ("四川省直辖县", "510000"), ("山西省城区", "140000"), ("广东省广东省深圳市南山区", "440305"),
        ("四川省重庆市渝中区", "500103"), ("湖北省襄樊市", "420600"),
    ],
)  # fmt: skip
def test_an_address_stays_where_a_street_or_a_part_of_any_city_follows(address: str, city: str) -> None:
    assert read(address).profiles == [{"city": city}]
