"""Zones that an address says it is outside of, or near: it does not lie in them, and that is noted."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.loading.company.addresses import addresses_of

from .partly import BOOK, of_table

NANSHA, CBZ, FTZ = "440115", "nansha-cbz", "guangdong-ftz-nansha"


def zones_of(address: str) -> tuple[object, object, list[str]]:
    """The city and the zones of a company by its address, and the notes."""
    found = of_table(CellTable({"企业名称": ["甲"], "地址": [address]}, 1))
    profile = found.profiles[0]
    return profile.get("city"), profile.get("zones"), found.texts[0]


@pytest.mark.parametrize(
    "address",
    [
        "广州市南沙区港前大道1号（南沙综合保税区外）",
        "广州市南沙区（南沙综合保税区以外）港前大道1号",
        "广州市南沙区港前大道1号，毗邻南沙综合保税区",
        "广州市南沙区港前大道1号，靠近广州市南沙综合保税区",
        "广州市南沙区港前大道1号（非南沙自贸片区）",
        "广州市南沙区港前大道1号（非广州市南沙区南沙自贸片区）",
        "广州市南沙区南沙综合保税区北侧",
        "广州市南沙区南沙综合保税区以南港前大道1号",
        "广州市南沙区南沙综合保税区附近",
        "广州市南沙区环市大道（原南沙综合保税区办公楼已迁出）",
        "广州市南沙区环市大道1号，不在南沙综合保税区",
        "广州市南沙区环市大道1号,不位于南沙综合保税区",
        "广州市南沙区南沙综合保税区驻穗办事处",
    ],
)
def test_a_zone_outside_of_which_an_address_is_does_not_count(address: str) -> None:
    city, zones, notes = zones_of(address)
    assert (city, zones) == (NANSHA, None)
    assert len(notes) == 1
    assert notes[0].startswith("the address says that it is outside or near ")


@pytest.mark.parametrize(
    ("address", "zones"),
    [
        ("广州市南沙区南沙综合保税区港前大道1号", [CBZ]),
        ("广州市南沙区（南沙综合保税区内）", [CBZ]),
        ("广州市南沙区南沙综合保税区外贸大楼", [CBZ]),
        ("中国（上海）自由贸易试验区外高桥路1号", ["shanghai-ftz"]),
        ("广州市南沙区南沙自贸片区（南沙综合保税区外）", [FTZ]),
    ],
)
def test_a_zone_that_it_is_in_counts(address: str, zones: list[str]) -> None:
    assert zones_of(address)[1] == {"yes": zones}


def test_a_place_in_front_of_a_zone_is_a_place_still() -> None:
    assert addresses_of(BOOK.gazetteer).read("山西省太原高新技术产业开发区").outside == ()
    assert addresses_of(BOOK.gazetteer).read("广州市天河区天津滨海高新区驻穗招商中心").outside == ()


@pytest.mark.parametrize("heading", ["住所", "城市", "所在城市"])
@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("苏州太湖国家旅游度假区", "320500"),  # 太湖 is a county elsewhere as well, and a lake
        ("西安国际港务区", "610100"),  # 西安 is a district elsewhere as well
        ("西安浐灞生态区", "610100"),
        ("昆山花桥国际商务城", "320583"),
        ("绵阳科技城", "510700"),
        ("常熟高新技术产业开发区", "320581"),
    ],
)
def test_a_known_city_before_a_zone_that_is_not_is_the_place(heading: str, zone: str, place: str) -> None:
    found = of_table(CellTable({"企业名称": ["甲"], heading: [zone]}, 1))
    assert BOOK.gazetteer.candidates(str(found.written[0]["city"]), "division") == (place,)
    if heading != "住所":
        assert any(zone in one and "is a zone and is read as" in one for one in found.texts[0])


@pytest.mark.parametrize("named_after", ["广东", "新疆", "内蒙古", "广西", "西藏", "宁夏", "万柏林"])
def test_a_zone_named_after_another_place_is_not_read_as_the_city_before_it(named_after: str) -> None:
    assert addresses_of(BOOK.gazetteer).read(f"常熟{named_after}产业园区1号").division is None


@pytest.mark.parametrize(
    "address", ["苏州宿迁工业园区", "江阴靖江工业园区", "朝阳高新区", "杭州科技城大厦", "西安路1号"]
)
def test_a_zone_of_two_cities_a_name_of_two_places_and_a_building_are_no_place(address: str) -> None:
    assert addresses_of(BOOK.gazetteer).read(address).division is None
