"""A province that a place was part of, in front of the place: an address, a cell and a profile read it as it is now."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.loading.company.addresses import addresses_of
from applicability.model.place_notes import place_note

from .partly import BOOK, of_table

PLACES = BOOK.gazetteer


@pytest.mark.parametrize(
    ("written", "place", "noted"),
    [
        ("四川省万县市", "500000", True),
        ("四川省涪陵市", "500000", True),
        ("四川省黔江地区", "500000", True),
        ("四川省重庆市", "500000", False),
        ("四川省重庆市渝中区", "500103", False),
        ("四川省万州区", "500101", True),
        ("广东省海口市", "460100", True),
        ("广东省海口市龙华区", "460106", True),
        ("广东省海南行政区", "460000", True),
        # What still lies there, or reads as no place behind it.
        ("四川省成都市", "510100", False),
        ("广东省深圳市龙华区", "440309", False),
    ],
)
def test_a_former_province_before_a_place(written: str, place: str, noted: bool) -> None:
    found = addresses_of(PLACES).read(written + "中山路1号")
    assert (found.division, bool(found.former)) == (place, noted)
    if written != "广东省海口市龙华区":  # a name of three parts is an address
        assert PLACES.candidates(written, "division") == (place,)
        note = place_note(PLACES, written, place, ())
        assert (note is not None) == (place[:2] in ("50", "46"))


def test_a_street_and_a_district_that_is_still_there() -> None:
    read = addresses_of(PLACES).read
    assert read("四川省巴县路1号").division == "510000"
    assert read("广东省三亚市路1号").division == "440000"
    assert PLACES.candidates("广东省龙华区", "division") == ("440309",)


@pytest.mark.parametrize(
    ("cells", "city", "district", "noted"),
    [
        ({"省份": "四川省", "城市": "重庆市"}, "500000", None, "四川省重庆市"),
        ({"省份": "四川", "城市": "重庆", "区县": "涪陵区"}, "500000", "500102", "四川重庆"),
        ({"省份": "四川省", "城市": "涪陵市"}, "500000", None, "四川省涪陵市"),
        ({"省份": "四川省", "城市": "", "区县": "重庆市渝中区"}, "500000", "500103", "四川省重庆市"),
        ({"省份": "四川省", "城市": "", "区县": "渝中区"}, "500000", "500103", "四川省重庆市"),
        ({"省份": "四川省", "城市": "", "区县": "涪陵县"}, "500000", None, "四川省涪陵县"),
        ({"省份": "广东省", "城市": "海口市"}, "460100", None, "广东省海口市"),
        ({"省份": "四川省", "城市": "500000"}, "500000", None, "四川省重庆市"),
        ({"省份": "四川省", "城市": "成都市"}, "510100", None, None),
    ],
)
def test_a_former_province_in_a_column_of_its_own(
    cells: dict[str, str], city: str, district: str | None, noted: str | None
) -> None:
    found = of_table(CellTable({"企业名称": ["甲"], **{heading: [cell or None] for heading, cell in cells.items()}}, 1))
    told = found.written[0]
    assert PLACES.candidates(str(told["city"]), "division") == (city,)
    own = PLACES.candidates(str(told["district"]), "division", (city,)) if "district" in told else (None,)
    assert own == (district,)
    said = [text for text in found.texts[0] if "has been out of use since" in text]
    assert [text.partition(" has been")[0] for text in said] == ([noted] if noted else [])


@pytest.mark.parametrize(
    "cells", [("四川省", "上海市"), ("广东省", "重庆市"), ("重庆市", "成都市"), ("海南省", "深圳市")]
)
def test_another_province_still_contradicts_its_city(cells: tuple[str, str]) -> None:
    province, city = cells
    found = of_table(CellTable({"企业名称": ["甲"], "省份": [province], "城市": [city]}, 1))
    assert "city" not in found.written[0]
    assert [note[:2] for note in found.notes[0]] == [("城市", "S305")]


@pytest.mark.parametrize("heading", ["住所", "城市", "所在城市"])
@pytest.mark.parametrize(("cell", "city"), [("四川省万县市", "500000"), ("广东省海口市", "460100")])
def test_a_column_of_a_register(heading: str, cell: str, city: str) -> None:
    found = of_table(CellTable({"企业名称": ["甲"], heading: [cell], "业务活动": ["无"]}, 1))
    assert PLACES.candidates(str(found.written[0]["city"]), "division") == (city,)
    (said,) = (text for text in found.texts[0] if cell in text)
    assert "has been out of use since" in said
