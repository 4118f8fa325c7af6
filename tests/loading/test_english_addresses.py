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
    assert found.doubts == ((AddressDoubt.ZONE,) if address.startswith("Zhuhai") else ())


def test_of_a_city_and_words_that_name_no_street_the_city_counts_with_a_doubt(rulebook: Rulebook) -> None:
    for address, code in (("Shenzhen Qianhai", "440300"), ("Chengdu Hi-tech Zone", "510100")):
        found = place_named(rulebook.gazetteer, address)
        assert (found.division, found.doubts) == (code, (AddressDoubt.SHORT,))


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
