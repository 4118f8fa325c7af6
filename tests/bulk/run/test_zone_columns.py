"""Columns that name a zone or some: 园区, 自贸片区 and the like. A zone that is read is one that a company is in."""

from __future__ import annotations

import pytest

from applicability import Profile, ProfileError, check
from applicability.bulk.engine.arrays import CellTable
from applicability.loading.profile.keys import in_facts
from applicability.loading.profile.reader import read_facts
from applicability.model.headings import plain

from ..engine.tables import DAY
from .partly import BOOK, Partly, of_table

HEADINGS = (
    "园区", "所在园区", "产业园区", "所属园区", "自贸片区", "自贸区片区", "所属片区", "入驻园区", "功能区",
    "所属功能区", "园区名称", "产业园", "所在开发区", "自贸试验区片区", "Industrial Park",
)  # fmt: skip
# Columns that may be of another kind: yes or no, another place, or that of registration.
OTHERS = ("自贸区", "高新区", "保税区", "新区", "片区", "注册园区", "是否在园区")


def of_row(defaults: dict[str, object] | None = None, /, **cells: str) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1), defaults)


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_zone_is_a_yes_and_an_unknown_word_costs_it_alone(heading: str) -> None:
    found = of_row(城市="天津市", **{heading: "东疆片区"})
    assert found.profiles == [{"city": "天津市", "zones": {"yes": ["东疆片区"]}}]
    assert found.notes == [[]]
    for word in ("火星产业园", "综合保税区", "是", "浦东新区", "高新区"):
        found = of_row(城市="天津市", **{heading: word})
        assert found.profiles == [{"city": "天津市"}]
        assert [(column, value) for column, _, value in found.notes[0]] == [(heading, word)]
        assert found.notes[0][0][1]
    found = of_row(城市="上海市", **{heading: "张江；火星产业园"})
    assert found.profiles == [{"city": "上海市", "zones": {"yes": ["张江"]}}]
    assert found.notes == [[(heading, "P103", "张江；火星产业园")]]


@pytest.mark.parametrize("heading", OTHERS)
def test_headings_that_may_mean_something_else_are_not_taken(heading: str) -> None:
    assert BOOK.by_heading.get(plain(heading)) is None


def test_no_park_is_not_no_zone() -> None:
    for word in ("无", "[]"):
        found = of_row(城市="天津市", 园区=word)
        assert found.profiles == [{"city": "天津市"}]
        assert found.notes == [[("园区", "", word)]]
        assert of_row(城市="天津市", 所在功能区=word).profiles == [{"city": "天津市", "zones": []}]


IN_A_ZONE = "中国（江苏）自由贸易试验区南京片区1号"


@pytest.mark.parametrize("heading", ["功能区", "所属功能区", "功能区名称", "zone name", "所在功能区"])
def test_no_zone_contradicts_the_zone_of_the_address(heading: str) -> None:
    found = of_row(住所=IN_A_ZONE, **{heading: "无"})
    assert found.profiles == [{"city": "320100"}]
    assert found.notes == [[("住所", "S302", IN_A_ZONE)]]
    assert f"`{heading}` denies it" in found.texts[0][0]


@pytest.mark.parametrize(
    "cells",
    [
        {"住所": IN_A_ZONE, "园区": "无"},
        {"住所": IN_A_ZONE, "园区": "无", "功能区": "江苏自贸试验区南京片区"},
        {"住所": "南京市某某高新技术产业开发区1号", "功能区": "无"},  # a zone that no table has
        {"城市": "天津市", "园区": "无", "所在功能区": "东疆片区"},
    ],
)
def test_whoever_names_a_zone_is_not_asked_to_write_that_there_is_none(cells: dict[str, str]) -> None:
    found = of_row(**cells)
    assert not any("none" in one for one in (*found.hints[0], *found.texts[0]))
    assert not any(code for _, code, _ in found.notes[0])


def test_several_columns_are_put_together() -> None:
    found = of_row(城市="上海市", 园区="张江；火星", 自贸片区="陆家嘴片区；木星")
    assert found.profiles == [{"city": "上海市", "zones": {"yes": ["张江", "陆家嘴片区"]}}]
    assert sorted(found.notes[0]) == [("园区", "P103", "张江；火星"), ("自贸片区", "P103", "陆家嘴片区；木星")]
    assert of_row(城市="上海市", 园区="张江", 自贸片区="张江").profiles[0]["zones"] == {"yes": ["张江"]}


def test_the_address_adds_the_zone_that_it_names() -> None:
    address = "天津市滨海新区天津东疆综合保税区示例路1号"
    assert of_row(住所=address, 园区="泰达").profiles[0]["zones"] == {"yes": ["泰达", "dongjiang-cbz"]}
    found = of_row(住所=address, 园区="火星")
    assert found.profiles == [{"city": "120116", "zones": {"yes": ["dongjiang-cbz"]}}]
    assert [(column, code) for column, code, _ in found.notes[0]] == [("园区", "P103"), ("住所", "")]
    # One in another city contradicts the address, and the city stays.
    found = of_row(住所=address, 城市="天津市", 园区="苏州工业园区")
    assert found.profiles == [{"city": "天津市"}]
    assert found.notes == [[("住所", "S302", address)]]


def test_beside_a_list_of_all_zones_one_of_them_adds_nothing_and_another_contradicts_it() -> None:
    for park in ("东疆片区", "天津自贸试验区"):  # the zones around one that is listed need not be
        found = of_row(城市="天津市", 园区=park, 所在功能区="东疆片区")
        assert found.profiles == [{"city": "天津市", "zones": ["东疆片区"]}]
        assert found.notes == [[]]
    for listed in ("东疆片区", "无"):
        found = of_row(城市="天津市", 园区="泰达", 所在功能区=listed)
        assert found.profiles == [{"city": "天津市"}]
        assert found.notes == [[("园区", "S312", "泰达")]]
        assert "`所在功能区`" in found.texts[0][0]
    found = of_row(城市="天津市", 园区="泰达；木星", 所在功能区="东疆片区；火星")
    assert found.profiles == [{"city": "天津市", "zones": {"yes": ["东疆片区", "泰达"]}}]
    assert sorted(column for column, _, _ in found.notes[0]) == ["园区", "所在功能区"]


def test_a_company_in_a_zone_says_otherwise_than_a_default_of_none() -> None:
    assert of_row({"zones": []}, 园区="泰达").profiles == [{"zones": {"yes": ["泰达"]}}]
    assert of_row({"zones": []}, 园区="").profiles == [{"zones": []}]


def test_a_zone_in_another_city_costs_both_and_a_code_from_elsewhere_neither() -> None:
    found = of_row(城市="天津市", 园区="苏州工业园区")
    assert found.profiles == [{}]
    assert [(column, code) for column, code, _ in found.notes[0]] == [("园区", "P105"), ("城市", "P105")]
    found = of_row(统一社会信用代码="91310115MA1H7XW41U", 园区="天津开发区")
    assert found.profiles == [{"zones": {"yes": ["天津开发区"]}}]
    assert [column for column, _, _ in found.notes[0]] == ["统一社会信用代码"]
    found = of_row(统一社会信用代码="91310115MA1H7XW41U", 园区="泰达")  # in short, any city may have what is called so
    assert found.profiles == [{"city": "310000"}]
    assert ("园区", "P103", "泰达") in found.notes[0]


def test_a_profile_says_its_zones_under_the_same_words() -> None:
    for heading in ("园区", "功能区", "自贸片区", "zones"):
        told = in_facts(Profile.of({"city": "天津", heading: ["泰达"]}), BOOK).profile
        assert read_facts(told, BOOK).whereabouts.zones == frozenset({"teda"})
    with pytest.raises(ProfileError):
        check(Profile.of({"city": "天津", "园区": ["火星"]}), BOOK, as_of=DAY)


def test_a_list_is_quoted_as_its_cell_has_it() -> None:
    found = of_row(城市="天津市", 园区="泰达", 所在功能区="无")
    assert found.texts == [["`泰达` under `园区` is not among `无` under `所在功能区`; taken as missing"]]
    found = of_row(城市="天津市", 园区="泰达、天津开发区", 所在功能区="东疆片区")
    assert "`泰达、天津开发区` under `园区` is not among `东疆片区`" in found.texts[0][0]


def test_none_under_a_column_of_some_zones_says_which_column_takes_it() -> None:
    found = of_row(城市="天津市", 园区="无")
    assert found.hints == [
        [
            "if it is in no zone at all, write “none” under “zones”, a column to add if it is not there; where it is "
            "in one that is not in the list, write its type in the column “zone types” "
            "(to be added where there is none); else write which"
        ]
    ]


def test_a_denied_zone_says_what_is_left_out() -> None:
    address = "天津市滨海新区天津东疆综合保税区示例路1号"
    found = of_row(城市="天津市", 住所=address, 所在功能区="无")
    assert found.profiles == [{"city": "天津市", "district": "120116"}]
    assert "under `所在功能区` denies it: the zones of both are left out; taken as missing" in found.texts[0][0]


@pytest.mark.parametrize("heading", ["功能区", "所在功能区"])
@pytest.mark.parametrize(
    "name",
    [
        "中国（江苏）自由贸易试验区", "江苏自贸试验区", "江苏自贸区", "江苏省自由贸易试验区", "Jiangsu FTZ",
        "China (Jiangsu) Pilot Free Trade Zone",
    ],
)  # fmt: skip
def test_a_free_trade_zone_that_is_listed_by_its_areas_has_them_named(name: str, heading: str) -> None:
    found = of_row(**{heading: name})
    assert found.profiles == [{}]
    assert found.notes == [[(heading, "P104", name)]]
    assert found.texts[0][0].startswith(f"the list has `{name}` by its areas")
    assert "Nanjing area of the Jiangsu Pilot Free Trade Zone; Suzhou area of the" in found.hints[0][0]
    (hint,) = of_row(城市="苏州市", **{heading: name}).hints[0]
    assert "Nanjing" not in hint
    assert "Suzhou area of the" in hint


def test_other_free_trade_zones_are_told_as_before() -> None:
    for name in ("云南自贸区", "自贸区", "FTZ"):
        assert of_row(功能区=name).notes == [[("功能区", "P103", name)]]
    assert of_row(功能区="中国（天津）自由贸易试验区").notes == [[]]


@pytest.mark.parametrize("heading", ["功能区", "园区", "所在功能区"])
def test_a_no_in_a_column_of_zones_may_mean_none(heading: str) -> None:
    for word in ("否", "不在"):
        found = of_row(城市="天津市", **{heading: word})
        assert found.profiles == [{"city": "天津市"}]
        assert found.hints[0][0].startswith("if it is in no zone at all, write “none” under “zones”")
    assert not any("“none”" in one for one in of_row(住所=IN_A_ZONE, **{heading: "否"}).hints[0])
