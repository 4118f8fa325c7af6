"""Places of a company that contradict each other: the notes say which columns count as missing, and no other do."""

from __future__ import annotations

import random

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import of_table
from .test_zone_register import register

NEARBY, AFAR = "天津市东丽区示例路1号", "广州市天河区示例路1号"


def code(division: str) -> str:
    return str(register.code(division, random.Random(1)))


def table(**cells: str | None) -> CellTable:
    return CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1)


def test_a_district_that_the_address_contradicts_is_not_said_to_count() -> None:
    found = of_table(table(城市="天津市", 区县="天河区", 住所=NEARBY, 统一社会信用代码=code("120110")))
    assert found.profiles == [{"city": "天津市"}]
    assert found.texts == [
        [f"`{NEARBY}` under `住所` does not lie in 天河区, which another column tells; `住所`, `区县` taken as missing"]
    ]


def test_a_city_that_the_address_contradicts_is_lost_with_the_district_in_it() -> None:
    found = of_table(table(城市="天津市", 区县="东丽区", 住所=AFAR, 统一社会信用代码=code("310115")))
    assert found.profiles == [{}]
    assert [text.rpartition("; ")[2] for text in found.texts[0]] == ["`住所`, `城市`, `区县` taken as missing"]


def test_a_city_and_a_district_that_are_apart_are_both_lost_and_none_is_said_to_count() -> None:
    found = of_table(table(城市="天津市", 区县="天河区", 统一社会信用代码=code("310115")))
    assert found.profiles == [{}]
    assert [own for _, own, _ in found.notes[0]] == ["P105", "P105"]


@pytest.mark.parametrize("address", [NEARBY, None, ""])
def test_a_company_that_has_moved_keeps_the_place_that_it_tells(address: str | None) -> None:
    found = of_table(table(城市="天津市", 住所=address, 统一社会信用代码=code("310115")))
    assert found.profiles[0]["city"] == "天津市"
    (text,) = found.texts[0]
    assert "and the place told is Tianjin" in text


def test_a_heading_in_braces_is_told_as_it_is() -> None:
    cells = {"城市": "天津市", "{区县}": "天河区", "住所": NEARBY}
    held = {"企业名称": "name", "城市": "city", "{区县}": "district", "住所": "address"}
    found = of_table(table(**cells), mapping=held)
    assert "`{区县}` taken as missing" in found.texts[0][0]
