"""The official names of zones in addresses and columns of zones, beside the company's own city and district."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import BOOK, Partly, of_table


def beside(column: str, cell: str, city: str, district: str | None = None) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], "所属城市": [city], "所属区县": [district], column: [cell]}, 1))


@pytest.mark.parametrize(
    ("address", "city", "district", "zone"),
    [
        ("中国（广东）自由贸易试验区南沙片区海滨路", "广州市", "南沙区", "guangdong-ftz-nansha"),
        ("中国(广东)自由贸易试验区广州南沙新区片区", "广州市", "南沙区", "guangdong-ftz-nansha"),
        ("广东自贸区南沙片区", "广州市", "南沙区", "guangdong-ftz-nansha"),
        ("广州市南沙区海滨路181号（自贸试验区南沙片区内）", "广州市", "南沙区", "guangdong-ftz-nansha"),
        ("广州南沙自贸区海滨路181号", "广州市", None, "guangdong-ftz-nansha"),
        ("中国(福建)自由贸易试验区福州片区", "福州市", "马尾区", "fujian-ftz-fuzhou"),
        ("中国(四川)自由贸易试验区成都市天府新区正兴街道", "成都市", "双流区", "sichuan-ftz-tianfu"),
        ("西安市高新区", "西安市", "雁塔区", "xian-high-tech-zone"),
        ("海南省海口市国家高新技术产业开发区药谷工业园", "海口市", "龙华区", "haikou-high-tech-zone"),
        ("南京市江北新区研创园", "南京市", None, "jiangbei-new-area"),
        ("深圳市前海深港合作区南山街道梦海大道5033号", "深圳市", "南山区", "qianhai-cooperation-zone"),
    ],
)
def test_an_address_names_a_zone_officially(address: str, city: str, district: str | None, zone: str) -> None:
    assert beside("企业地址", address, city, district).profiles[0]["zones"] == {"yes": [zone]}


@pytest.mark.parametrize(
    "name",
    ["中国（广东）自由贸易试验区南沙片区", "南沙自贸区", "广东自贸区南沙片区", "广东自贸试验区广州南沙新区片区",
     "中国（广东）自由贸易试验区广州南沙新区片区"],
)  # fmt: skip
def test_so_does_a_column_of_zones(name: str) -> None:
    found = beside("园区", name, "广州市", "南沙区")
    assert found.profiles[0]["zones"] == {"yes": [name]}
    assert found.notes == [[]]
    assert BOOK.gazetteer.candidates(name, "zone") == ("guangdong-ftz-nansha",)


@pytest.mark.parametrize("name", ["自贸区", "区外", "非自贸区", "不在南沙自贸片区", "南沙开发区"])
def test_what_names_none_for_certain_is_noted(name: str) -> None:
    found = beside("园区", name, "广州市", "南沙区")
    assert "zones" not in found.profiles[0]
    assert [code for _, code, _ in found.notes[0]] == ["P103"]


def test_no_name_that_follows_is_that_of_another_place() -> None:
    gazetteer = BOOK.gazetteer
    told: dict[str, str] = {}
    for zone in gazetteer.zones:
        for name in gazetteer.following_names(zone):
            assert told.setdefault(name, zone) == zone
            assert gazetteer.candidates(name, "zone") == (zone,)
            assert not gazetteer.candidates(name, "division")
