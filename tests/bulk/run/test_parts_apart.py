"""A cell that begins with one place and goes on with another that does not lie in it."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.loading.company.parts_apart import parts_apart

from .partly import BOOK, of_table


@pytest.mark.parametrize(
    ("cell", "inner", "outer", "mend"),
    [
        ("广东省成都市", "成都市", "广东省", "`成都市` 指四川省成都市：请改正写错的一处"),
        ("广东省成都市武侯区", "成都市", "广东省", "`成都市` 指四川省成都市：请改正写错的一处"),
        ("江苏上海", "上海", "江苏", "两处必有一误，请改正"),
        ("广东省上海市浦东新区", "上海市", "广东省", "两处必有一误，请改正"),
        ("重庆市四川省", "四川省", "重庆市", "两处必有一误，请改正"),
    ],
)
def test_a_cell_that_contradicts_itself_is_told_with_both_sides(cell: str, inner: str, outer: str, mend: str) -> None:
    found = of_table(CellTable({"企业名称": ["甲"], "城市": [cell], "行业": ["6513"]}, 1))
    assert found.profiles == [{"sector": ["6513"]}]
    assert [(column, code) for column, code, _ in found.notes[0]] == [("城市", "P103")]
    assert found.texts[0] == [f"`{cell}` contradicts itself: `{inner}` does not lie in `{outer}`; taken as missing"]
    wrong = parts_apart(BOOK.gazetteer, cell)
    assert wrong is not None
    assert wrong.mend is not None
    assert wrong.mend.zh == mend


@pytest.mark.parametrize(
    "cell",
    ["中山市东区", "东莞市东城区", "四川省重庆市", "广东省海口市", "广东省城区", "北京路", "没有的市", "示例路1号"],
)
def test_what_may_be_so_does_not_contradict_itself(cell: str) -> None:
    assert parts_apart(BOOK.gazetteer, cell) is None


def test_an_address_that_contradicts_itself_is_told_with_both_sides() -> None:
    addresses = ["广东省成都市武侯区1号", "广东省上海市浦东新区张江路1号", "四川省重庆市渝中区1号"]
    found = of_table(CellTable({"企业名称": ["甲", "乙", "丙"], "住所": addresses}, 3))
    assert [one.get("city") for one in found.profiles] == [None, "310115", "500103"]
    assert [[code for _, code, _ in notes] for notes in found.notes] == [["P103"], [""], []]
    assert found.texts[0] == ["`广东省成都市武侯区1号` contradicts itself: `成都市` does not lie in `广东省`; left out"]
    assert found.texts[1][0].startswith("the address begins with a province that the municipality behind it")
