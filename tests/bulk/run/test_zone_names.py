"""Everyday names of zones in the columns of places: read where it is certain which is meant, and never in silence."""

from __future__ import annotations

import random

import pytest

from applicability import Profile
from applicability.bulk.engine.arrays import CellTable
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts

from .partly import BOOK, Partly, of_table
from .test_zone_register import register

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


def lost(found: Partly) -> list[tuple[str, str, str | None]]:
    """What was not read of the one company."""
    return [one for one in found.notes[0] if one[1]]


BINHAI, TIANJIN_CODE = "天津市滨海新区示例路1号", register.code("120116", random.Random(1))


@pytest.mark.parametrize(
    ("cells", "profile"),
    [
        ({"城市": "天津"}, {"city": "天津"}),
        ({"城市": "天津", "区县": "滨海新区"}, {"city": "天津", "district": "滨海新区"}),
        ({"住所": BINHAI}, {"city": "120116"}),
        ({"住所": BINHAI, "城市": "天津"}, {"city": "天津", "district": "120116"}),
        ({"统一社会信用代码": TIANJIN_CODE}, {"city": "120000"}),
        ({"统一社会信用代码": TIANJIN_CODE, "住所": BINHAI}, {"city": "120116"}),
        ({"所属省份": "天津"}, {"city": "天津"}),
    ],
)
def test_a_zone_in_short_of_another_city_costs_itself(cells: dict[str, str], profile: dict[str, str]) -> None:
    found = of_table(table(功能区="临港", **cells))
    assert {name: one for name, one in found.profiles[0].items() if name != "foreign_share"} == profile
    assert lost(found) == [("功能区", "P103", "临港")]
    assert "Lin-gang Special Area" in next(text for text in found.texts[0] if "临港" in text)


def test_the_other_words_of_the_list_stay() -> None:
    found = of_table(table(功能区="临港；天津开发区", 城市="天津"))
    assert found.profiles[0]["zones"] == {"yes": ["天津开发区"]}
    assert lost(found) == [("功能区", "P103", "临港；天津开发区")]
    found = of_table(table(功能区="临港；天津开发区"))
    assert found.profiles[0]["zones"] == {"yes": ["天津开发区"]}


@pytest.mark.parametrize("column", ["城市", "区县"])
@pytest.mark.parametrize(
    "cells",
    [
        {"住所": BINHAI},
        {"所属省份": "天津"},
        {"所在城市": "天津"},
        {"功能区": "天津开发区"},
        {"统一社会信用代码": TIANJIN_CODE},
    ],
)
def test_so_it_does_in_the_column_of_a_city_or_a_district(column: str, cells: dict[str, str]) -> None:
    found = of_table(table(**{column: "临港"}, **cells))
    assert lost(found) == [(column, "P103", "临港")]
    whereabouts = read_facts(Profile.of(found.profiles[0]), BOOK).whereabouts
    assert whereabouts.divisions or whereabouts.zones
    assert BOOK.gazetteer.within(whereabouts, "120000")


@pytest.mark.parametrize("name", ["临港新片区", "上海临港", "上海自贸试验区临港新片区"])
@pytest.mark.parametrize("cells", [{"城市": "天津"}, {"住所": BINHAI}])
def test_a_zone_by_its_full_name_contradicts_another_city(name: str, cells: dict[str, str]) -> None:
    found = of_table(table(功能区=name, **cells))
    assert "city" not in found.profiles[0]
    assert "zones" not in found.profiles[0]
    assert {own for _, own, _ in lost(found)} <= {"P105", "S302"}
    assert lost(found)


def test_a_zone_in_short_is_itself_where_it_lies_or_nothing_else_tells() -> None:
    for cells in (
        {"城市": "上海"},
        {},
        {"住所": "上海市浦东新区示例路1号"},
        {"统一社会信用代码": register.code("310115", random.Random(1))},
    ):
        assert of_table(table(功能区="临港", **cells)).profiles[0]["zones"] == {"yes": ["临港"]}
        assert of_table(table(所在功能区="临港", **cells)).profiles[0]["zones"] == ["临港"]
    assert of_table(table(城市="临港")).profiles[0]["city"] == "临港"


ADDRESS = "天津自贸试验区（空港经济区）"


@pytest.mark.parametrize(
    ("cell", "zones", "codes"),
    [
        ("空港经济区", ["tianjin-ftz"], ["P103"]),
        ("空港经济区；泰达街", ["tianjin-ftz"], ["P103", "P103"]),
        ("天津开发区；空港经济区", ["天津开发区", "tianjin-ftz"], ["P103"]),
        ("临港", ["tianjin-ftz"], ["P103"]),
        (None, ["tianjin-ftz"], []),
    ],
)
@pytest.mark.parametrize("column", ["功能区", "所在功能区"])
def test_an_unread_zone_leaves_those_of_the_address(
    column: str, cell: str | None, zones: list[str], codes: list[str]
) -> None:
    found = of_table(table(住所=ADDRESS, **{column: cell}))
    assert found.profiles[0]["city"] == "120000"
    assert found.profiles[0]["zones"] == {"yes": zones}
    assert lost(found) == [(column, own, cell) for own in codes]


def test_an_unread_type_of_zone_leaves_them_too() -> None:
    found = of_table(table(住所=ADDRESS, zone_types="空港经济区"))
    assert found.profiles[0]["zones"] == {"yes": ["tianjin-ftz"]}
    assert [own for _, own, _ in lost(found)] == ["P107"]


def test_zones_that_are_listed_and_read_stay_complete() -> None:
    assert of_table(table(住所=ADDRESS, 所在功能区="东疆片区")).profiles[0]["zones"] == ["东疆片区"]
    assert of_table(table(住所="天津市滨海新区示例路1号", 所在功能区="无")).profiles[0]["zones"] == []


def alone(**cells: str) -> CellTable:
    return CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1)


@pytest.mark.parametrize("name", ["苏州园区", "苏州工业园", "SIP", "苏州工业园区"])
def test_short_names_of_a_zone_that_say_its_city_are_the_zone(name: str) -> None:
    found = of_table(alone(园区=name))
    assert found.profiles[0]["zones"] == {"yes": [name]}
    found.agrees()
    assert BOOK.gazetteer.candidates(name, "zone") == ("suzhou-industrial-park",)


@pytest.mark.parametrize("name", ["空港经济区", "临空经济区", "天府软件园", "天府国际生物城", "虹桥商务区", "园区"])
def test_a_zone_that_is_in_no_table_leaves_the_city_beside_it(name: str) -> None:
    found = of_table(alone(城市="天津", 区县=name))
    assert found.profiles == [{"city": "天津"}]
    assert found.notes == [[("区县", "", name)]]
    assert found.texts == [[f"`{name}` is a functional zone and no district: Tianjin counts"]]


def test_a_zone_that_is_in_no_table_and_stands_alone_is_noted_without_zones_of_other_places() -> None:
    for column in ("城市", "区县"):
        found = of_table(alone(**{column: "空港经济区"}))
        assert found.profiles == [{}]
        assert found.notes == [[(column, "P103", "空港经济区")]]
        assert "it looks like a functional zone, of which several cities may have one" in found.texts[0][0]
    read = readable_part({"city": "空港经济区"}, BOOK).losses[0].problem
    hint = read.told_hint("en")
    assert hint is not None
    assert hint == "write the city or district here, and the zone in the column “zones”"


@pytest.mark.parametrize(
    ("address", "city"),
    [("天津空港经济区中心大道1号", "120000"), ("成都天府软件园A区", "510100"), ("北京临空经济区示例路5号", "110000")],
)
def test_an_address_that_begins_with_a_city_in_short_and_such_a_zone_is_in_that_city(address: str, city: str) -> None:
    assert of_table(alone(住所=address)).profiles == [{"city": city}]


def test_a_zone_in_a_district_column_that_the_address_names_too_asks_for_nothing() -> None:
    zone = "天津经济技术开发区"
    districts = {"企业名称": ["甲", "乙"], "城市": ["天津市"] * 2, "区县": [zone] * 2}
    found = of_table(CellTable({**districts, "住所": [f"{zone}第一大街1号", None]}, 2))
    assert any(one.endswith("so that nothing is to be filled in") for one in found.texts[0])
    assert not any("give zones as well" in one for one in found.texts[0])
    assert found.texts[1][0].endswith("give zones as well")
    listed = of_table(CellTable({"企业名称": ["甲"], "城市": ["天津市"], "区县": [zone], "功能区": [zone]}, 1))
    assert not any("give zones as well" in one for one in listed.texts[0])
