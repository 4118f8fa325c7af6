"""A list of all zones beside an address that names one: what they contradict each other about is told and not taken."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import Partly, of_table

TEDA = "天津经济技术开发区第二大街1号"
DONGJIANG = "天津自贸试验区（东疆保税港区）示例道89号"


def of_row(defaults: dict[str, object] | None = None, /, **cells: str) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1), defaults)


@pytest.mark.parametrize("address", [TEDA, DONGJIANG])
def test_no_zone_beside_an_address_in_one_costs_the_zones_and_tells_both(address: str) -> None:
    found = of_row(城市="天津", 区县="滨海新区", 住所=address, 所在功能区="无")
    assert found.profiles == [{"city": "天津", "district": "滨海新区"}]
    assert found.notes == [[("住所", "S302", address)]]
    assert f"`{address}`" in found.texts[0][0]
    assert "`无` under `所在功能区`" in found.texts[0][0]


def test_a_zone_beside_another_that_the_address_names_counts_with_it_and_is_told() -> None:
    found = of_row(城市="天津", 住所=TEDA, 所在功能区="天津港东疆片区")
    assert found.profiles[0]["zones"] == {"yes": ["天津港东疆片区", "teda"]}
    assert found.notes == [[("住所", "S302", TEDA)]]
    assert "`所在功能区` leaves out" in found.texts[0][0]


@pytest.mark.parametrize("listed", ["天津经开区", "天津经济技术开发区"])
def test_the_zone_that_the_address_names_is_no_contradiction(listed: str) -> None:
    found = of_row(城市="天津", 住所=TEDA, 所在功能区=listed)
    assert found.profiles[0]["zones"] == [listed]
    assert found.notes == [[]]


def test_the_zones_that_an_address_names_are_listed_without_a_contradiction() -> None:
    found = of_row(城市="天津", 住所=DONGJIANG, 所在功能区="天津东疆综合保税区；中国（天津）自由贸易试验区")
    assert found.profiles[0]["zones"] == ["天津东疆综合保税区", "中国（天津）自由贸易试验区"]
    assert found.notes == [[]]


def test_no_type_of_zone_beside_an_address_in_one_costs_the_zones_and_tells_both() -> None:
    found = of_row(城市="天津", 住所=TEDA, 功能区类型="无")
    assert found.profiles == [{"city": "天津", "district": "120116"}]
    assert found.notes == [[("住所", "S302", TEDA)]]
    assert "`无` under `功能区类型` denies it" in found.texts[0][0]


@pytest.mark.parametrize(
    ("address", "zones"),
    [(TEDA, ["teda"]), (DONGJIANG, ["dongjiang-cbz", "tianjin-ftz"]), ("天津东疆综合保税区1号", ["dongjiang-cbz"])],
)
@pytest.mark.parametrize(
    "types", ["综合保税区", "国家级经济技术开发区", "自由贸易试验区", "综合保税区；高新技术产业开发区"]
)
def test_types_of_zone_count_beside_the_zone_of_the_address_whatever_its_own(
    address: str, zones: list[str], types: str
) -> None:
    found = of_row(城市="天津", 住所=address, 功能区类型=types)
    assert found.profiles[0]["zones"] == {"yes": zones}
    assert found.profiles[0]["zone_types"] == types.split("；")
    assert found.notes == [[("住所", "", address)]]
    assert "what the types of zone given say" in found.texts[0][0]


def test_types_of_zone_of_which_one_is_not_read_leave_other_zones_open() -> None:
    found = of_row(城市="天津", 住所=TEDA, 功能区类型="综合保税区；没有的类型")
    assert found.profiles[0]["zones"] == {"yes": ["teda"]}
    assert found.profiles[0]["zone_types"] == {"yes": ["综合保税区"]}
    assert sorted(code for _, code, _ in found.notes[0]) == ["", "P107"]
    assert any("other zones as well is taken as unknown" in one for one in found.texts[0])


def test_a_default_of_types_counts_beside_the_zone_of_the_address_and_none_does_not() -> None:
    assert of_row({"zone_types": ["综合保税区"]}, 住所=TEDA).profiles[0]["zones"] == {"yes": ["teda"]}
    told = of_row({"zone_types": []}, 住所=TEDA).profiles[0]
    assert told["zones"] == {"yes": ["teda"]}
    assert "zone_types" not in told


@pytest.mark.parametrize("zones", [[], ["dongjiang"]])
def test_an_address_in_a_zone_says_otherwise_than_a_default(zones: list[str]) -> None:
    assert of_row({"zones": zones}, 住所=TEDA).profiles[0]["zones"] == {"yes": ["teda"]}
    assert of_row({"zones": zones}, 住所="天津市滨海新区示例路1号").profiles[0]["zones"] == zones


def test_where_the_zones_are_filled_in_nothing_asks_to_fill_them_in() -> None:
    for listed in ("无", "东疆片区"):
        found = of_row(城市="天津", 区县="天津经济技术开发区", 所在功能区=listed)
        assert [text for text in found.texts[0] if "give zones as well" in text] == []
        assert "what the zones given say" in found.texts[0][0]
    assert "give zones as well" in of_row(城市="天津", 区县="天津经济技术开发区", 所在功能区="").texts[0][0]
