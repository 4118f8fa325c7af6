"""Columns of investors side by side are the list of investors, as far as each can be read."""

from __future__ import annotations

import pyarrow as pa
import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.register.investor_columns import InvestorColumns, investor_columns

from ..run.partly import of_table

ZH = ("投资方1", "国别1", "出资比例1", "投资方2", "国别2", "出资比例2")


def investors(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"origin": origin, "share": share} for origin, share in pairs]


@pytest.mark.parametrize(
    ("headings", "count"),
    [
        (ZH, 2),
        (("投资方信息投资方1", "投资方信息国别1", "投资方信息出资比例1"), 1),
        (("股东1名称", "股东1国籍", "股东1持股比例（%）", "股东2名称", "股东2国籍", "股东2持股比例（%）"), 2),
        (("股东名称1", "国家（地区）1", "持股比例1（%）"), 1),
        (("Investor 1", "Country 1", "Share 1", "Investor 2", "Country 2", "Share 2"), 2),
        (("Shareholder 1 name", "Shareholder 1 nationality", "Shareholder 1 stake %"), 1),
        # One of the three is missing, stands twice, or says nothing of investors.
        (("投资方1", "国别1"), 0),
        (("投资方1", "出资比例1", "国别2"), 0),
        (("国别1", "出资比例1"), 0),
        (("投资方1", "国别1", "国籍1", "出资比例1"), 0),
        (("投资方", "国别", "出资比例"), 0),
    ],
)
def test_investors_are_numbered_by_their_headings(headings: tuple[str, ...], count: int) -> None:
    assert len(investor_columns(headings)) == count


def test_each_has_its_origin_and_its_share() -> None:
    assert investor_columns(ZH) == (InvestorColumns("国别1", "出资比例1"), InvestorColumns("国别2", "出资比例2"))


@pytest.mark.parametrize(
    ("cells", "listed", "notes"),
    [
        (("甲", "香港", "25%", "乙", "中国", "75%"), investors(("hong_kong", "25"), ("mainland", "75")), []),
        (("甲", "HK", "25", "乙", "内资", "75"), investors(("hong_kong", "25"), ("mainland", "75")), []),
        # What comes to one are fractions.
        (("甲", "香港", "0.25", "乙", "中国", "0.75"), investors(("hong_kong", "25"), ("mainland", "75")), []),
        (("甲", "日本", "100%", None, None, None), investors(("other_foreign", "100")), []),
        # By the codes of ISO 3166-1, and as a country calls itself.
        (("甲", "JP", "25%", "乙", "CN", "75%"), investors(("other_foreign", "25"), ("mainland", "75")), []),
        (("甲", "CYM", "25%", "乙", "HKG", "75%"), investors(("other_foreign", "25"), ("hong_kong", "75")), []),
        (
            ("甲", "大韩民国", "25%", "乙", "中华人民共和国", "75%"),
            investors(("other_foreign", "25"), ("mainland", "75")),
            [],
        ),
        (("甲", "英属处女群岛", "25%", "乙", "MO", "75%"), investors(("other_foreign", "25"), ("macao", "75")), []),
        # NO may be an answer as well as Norway.
        (("甲", "NO", "25%", "乙", "中国", "75%"), investors(("mainland", "75")), [("国别1", "P107", "NO")]),
        (("甲", None, None, None, None, None), None, []),
        # What cannot be read leaves the others, whose rest is unknown.
        (("甲", "火星", "25%", "乙", "中国", "75%"), investors(("mainland", "75")), [("国别1", "P107", "火星")]),
        (("甲", "香港", "约25%", "乙", "中国", "75%"), investors(("mainland", "75")), [("出资比例1", "P102", "约25%")]),
        (("甲", "香港", None, "乙", "中国", "75%"), investors(("mainland", "75")), [("出资比例1", "P102", None)]),
        (("甲", None, "25%", "乙", "中国", "75%"), investors(("mainland", "75")), [("国别1", "P107", None)]),
        # A fraction or a percentage.
        (("甲", "香港", "0.25", "乙", "中国", "75"), None, [("出资比例1", "S306", "0.25")]),
        (("甲", "香港", "1", None, None, None), None, [("出资比例1", "S306", "1")]),
        # More than all: neither counts.
        (("甲", "香港", "50%", "乙", "中国", "75%"), None, [("国别1", "P106", "香港")]),
    ],
)
def test_an_investor_is_read_whole_or_noted(
    cells: tuple[str | None, ...], listed: object, notes: list[tuple[str, str, str | None]]
) -> None:
    held: dict[str, list[object]] = {"企业名称": ["公司"], "城市": ["上海"]}
    held |= {heading: [cell] for heading, cell in zip(ZH, cells, strict=True)}
    found = of_table(CellTable(held, 1))
    assert found.profiles == [{"city": "上海", **({} if listed is None else {"investors": listed})}]
    assert found.notes == [notes]
    found.agrees()


def test_investors_say_what_a_share_in_doubt_does_not() -> None:
    rows = [
        ("0.25", "香港", "0.25", "中国", "0.75"),
        ("30", "香港", "30", "中国", "70"),
        ("30", "香港", "25", "中国", "75"),
    ]
    names = ("外资占比", "国别1", "出资比例1", "国别2", "出资比例2")
    columns = {name: pa.array(own) for name, own in zip(names, map(list, zip(*rows, strict=True)), strict=True)}
    table = {"企业名称": pa.array(["甲", "乙", "丙"]), "城市": pa.array(["上海"] * 3), **columns}
    table |= {"股东1": pa.array(["a"] * 3), "股东2": pa.array(["b"] * 3)}
    found = of_table(pa.record_batch(table), units={"外资占比": "above_one"})
    both = [investors(("hong_kong", share), ("mainland", rest)) for share, rest in (("25", "75"), ("30", "70"))]
    assert [one.get("investors") for one in found.profiles] == [*both, None]
    assert [one.get("foreign_share") for one in found.profiles] == [None, "30", None]
    assert [[code for _, code, _ in notes] for notes in found.notes] == [["S306"], [], ["P106", "P106"]]
    found.agrees()


def test_a_mapping_goes_before() -> None:
    held = {"企业名称": ["甲"], "城市": ["上海"], "投资方1": ["a"], "国别1": ["香港"], "出资比例1": ["25%"]}
    found = of_table(CellTable(held, 1), mapping={"国别1": "investor_origins"})
    assert found.profiles == [{"city": "上海", "investor_origins": ["香港"]}]


@pytest.mark.parametrize(
    ("kind", "cells", "listed", "share"),
    [
        ("有限责任公司(外国法人独资)", ("甲", "德国", "90%", None, None, None), None, None),
        ("有限责任公司(外国法人独资)", ("甲", "德国", "60%", "乙", "法国", "30%"), None, None),
        ("有限责任公司(国有独资)", ("甲", "中国", "90%", None, None, None), None, None),
        ("有限责任公司(外国法人独资)", ("甲", "德国", "100%", None, None, None), "100", "100"),
        # Of one that cannot be read the share is unknown: nothing is contradicted.
        ("外商独资", ("甲", "德国", "60%", "乙", "火星", "40%"), "60", "100"),
        ("外商投资企业", ("甲", "德国", "60%", None, None, None), "60", {"above": "0"}),
    ],
)
def test_a_type_that_says_that_one_side_holds_all_is_held_against_the_investors(
    kind: str, cells: tuple[str | None, ...], listed: str | None, share: object
) -> None:
    held: dict[str, list[object]] = {"企业名称": ["公司"], "城市": ["上海"], "企业类型": [kind]}
    held |= {heading: [cell] for heading, cell in zip(ZH, cells, strict=True)}
    found = of_table(CellTable(held, 1))
    (profile,) = found.profiles
    assert profile.get("investors") == (None if listed is None else investors(("other_foreign", listed)))
    assert profile.get("foreign_share") == share
    lost = [(column, value) for column, code, value in found.notes[0] if code == "S301"]
    assert lost == ([("企业类型", kind)] if listed is None else [])
    if listed is None:
        assert "hold 90 % together" in found.texts[0][0]
