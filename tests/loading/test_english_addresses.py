"""Addresses in Latin letters, and names of places of two parts."""

from __future__ import annotations

import pytest

from applicability import Rulebook
from applicability.loading.company.addresses import AddressDoubt
from applicability.loading.company.bare_names import place_named


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Haikou", "460100"),
        ("Wuhan", "420100"),
        ("Shanghai (Pudong)", "310115"),
        ("Shanghai（Pudong）", "310115"),
        ("Tianjin Binhai New Area", "120116"),
        ("Guangzhou (HQ)", "440100"),
        ("106 Fengze East Road, Nansha District, Guangzhou", "440115"),
        ("Guangzhou, Nansha District, 106 Fengze East Road", "440115"),
        ("Suzhou, Anhui", "341300"),
        ("Beijing Road 5, Kunming", "530100"),
        ("Pudong New Area, Shanghai 200120, P.R. China", "310115"),
        ("Room 5, Shanghai Tower, Guangzhou, Guangdong", "440100"),
        ("Nansha District Guangzhou", "440115"),
        ("Zhuhai (Hengqin)", "440400"),
        # One place is not told, or not for certain.
        ("Guangzhou; Shanghai", None),
        ("Nanjing Road 5", None),
        ("Shanghai Tower", None),
        ("Chaoyang", None),
        ("Haizhu District", None),
        ("China", None),
        ("Singapore", None),
    ],
)
def test_an_address_begins_or_ends_with_its_city(address: str, code: str | None, rulebook: Rulebook) -> None:
    found = place_named(rulebook.gazetteer, address)
    assert found.division == code
    assert (found.zones, found.doubts) == (("hengqin",) if address.startswith("Zhuhai") else (), ())


def test_of_a_city_and_words_that_name_no_street_the_city_counts_with_a_doubt(rulebook: Rulebook) -> None:
    found = place_named(rulebook.gazetteer, "Shenzhen Qianhai")
    assert (found.division, found.doubts) == ("440300", (AddressDoubt.SHORT,))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Dongjiang FTP Zone, Tianjin", "120000"),
        ("Dongjiang Comprehensive Bonded Zone, Tianjin", "120000"),
        ("Shanghai FTZ Lingang New Area", "310000"),
        ("Chengdu Hi-tech Zone", "510100"),
        ("Suzhou Industrial Park, Shanghai", "310000"),
    ],
)
def test_a_zone_that_cannot_be_told_is_a_doubt(address: str, code: str, rulebook: Rulebook) -> None:
    found = place_named(rulebook.gazetteer, address)
    assert (found.division, found.zones, found.doubts) == (code, (), (AddressDoubt.ZONE,))


@pytest.mark.parametrize(
    ("address", "code", "zone"),
    [
        ("Suzhou Industrial Park", "320500", "suzhou-industrial-park"),
        ("Suzhou Industrial Park, Jiangsu", "320500", "suzhou-industrial-park"),
        ("No. 218 Xinghu Street, Suzhou Industrial Park, Jiangsu", "320500", "suzhou-industrial-park"),
        ("Haikou Comprehensive Bonded Zone", "460000", "haikou-cbz"),
        ("Tianjin FTZ", "120000", "tianjin-ftz"),
        ("天津东疆", "120116", "dongjiang-cbz"),
        ("上海临港", "310000", "shanghai-lingang"),
    ],
)
def test_the_name_of_a_zone_is_read_as_that(address: str, code: str, zone: str, rulebook: Rulebook) -> None:
    found = place_named(rulebook.gazetteer, address)
    assert (found.division, found.zones, found.doubts) == (code, (zone,), ())


@pytest.mark.parametrize("address", ["东疆", "SIP", "Near Suzhou Industrial Park", "南京 Hangzhou"])
def test_what_may_be_elsewhere_is_no_place(address: str, rulebook: Rulebook) -> None:
    assert place_named(rulebook.gazetteer, address).division is None


@pytest.mark.parametrize(
    "address", ["杭州 Hangzhou", "Hangzhou 杭州", "杭州（Hangzhou）", "5 Science Park Road, Hangzhou"]
)
def test_a_name_in_both_scripts_is_one_place_and_a_street_no_zone(address: str, rulebook: Rulebook) -> None:
    found = place_named(rulebook.gazetteer, address)
    assert (found.division, found.zones, found.doubts) == ("330100", (), ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Shanghai (Pudong)", "310115"),
        ("Tianjin Binhai New Area", "120116"),
        ("Guangzhou (HQ)", "440100"),
        ("广州（总部）", "440100"),
        ("Chongqing Liangjiang New Area", "500157"),
        ("Zhuhai (Hengqin)", "440400"),
        ("Suzhou, Anhui", "341300"),
    ],
)
def test_a_name_of_a_place_beside_that_around_it_is_one(name: str, code: str, rulebook: Rulebook) -> None:
    assert rulebook.gazetteer.candidates(name, "place") == (code,)
