"""Investors from abroad beside a foreign share of nothing, and none beside one of some, contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import Partly, of_table


def of_row(defaults: Mapping[str, object] | None = None, /, **cells: str) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1), defaults)


@pytest.mark.parametrize("heading", ["投资者来源地", "外资来源地", "外资来源国（地区）", "投资者来源地（部分）"])
@pytest.mark.parametrize("origin", ["香港", "新加坡", "德国", "境外", "港澳台", "香港；内地"])
def test_an_investor_from_abroad_contradicts_a_share_of_nothing(heading: str, origin: str) -> None:
    found = of_row(外资比例="0%", **{heading: origin})
    assert found.profiles == [{}]
    assert found.notes == [[("外资比例", "P106", "0%")]]
    assert found.texts[0][0].startswith(f"`{origin}` under `{heading}` cannot be so with `0%` under `外资比例`")
    for share in ("60%", "不超过50%"):
        assert "foreign_share" in of_row(外资比例=share, **{heading: origin}).profiles[0]


@pytest.mark.parametrize("origin", ["内地", "无"])
def test_investors_from_the_mainland_alone_contradict_a_share_of_some(origin: str) -> None:
    for share in ("60%", "超过25%", "25%-50%"):
        found = of_row(外资比例=share, 投资者来源地=origin)
        assert found.profiles == [{}]
        assert found.notes == [[("外资比例", "P106", share)]]
    for share in ("0%", "不超过50%", "", "见备注"):
        assert "investor_origins" in of_row(外资比例=share, 投资者来源地=origin).profiles[0]
    # Which others invest is not said there.
    assert of_row(外资比例="60%", **{"投资者来源地（部分）": "内地"}).profiles[0]["foreign_share"] == "60"


def test_what_may_be_either_contradicts_neither() -> None:
    assert of_row(外资比例="0%", 投资者来源地="中间公司").profiles == [{"foreign_share": "0"}]
    assert of_row(外资比例="60%", 投资者来源地="内地；中间公司").profiles[0]["foreign_share"] == "60"


def test_a_share_that_a_type_tells_is_contradicted_at_the_type() -> None:
    for kind, origin in (("国有独资", "香港"), ("外商独资", "内地"), ("中外合资", "内地")):
        found = of_row(企业类型=kind, 投资者来源地=origin)
        assert found.profiles == [{"entity_kind": "enterprise"}]
        assert ("企业类型", "P106", kind) in found.notes[0]
        assert any(
            one.startswith(f"`{origin}` under `投资者来源地` cannot be so with `{kind}`") for one in found.texts[0]
        )


def test_what_two_columns_contradict_each_other_about_is_told_once() -> None:
    found = of_row(企业类型="外商独资", 外资比例="0%", 投资者来源地="香港")
    assert "foreign_share" not in found.profiles[0]
    assert [one[1] for one in found.notes[0] if one[1]] == ["S301"]
    assert found.profiles[0]["investor_origins"] == ["香港"]


@pytest.mark.parametrize("kind", ["内资企业", "自然人独资", "集体所有制"])
def test_investors_from_abroad_contradict_a_type_that_rules_them_out(kind: str) -> None:
    for told in ({"投资者来源地": "香港"}, {"外资来源地": "香港"}):
        found = of_row(企业类型=kind, **told)
        assert "investor_origins" not in found.profiles[0]
        assert [one for one in found.notes[0] if one[1]] == [("企业类型", "P106", kind)]
    assert of_row(企业类型=kind, 投资者来源地="内地").profiles[0]["investor_origins"] == ["内地"]
    assert of_row(企业类型="民营企业", 投资者来源地="香港").profiles[0]["investor_origins"] == ["香港"]


def test_and_so_do_the_columns_of_single_investors() -> None:
    cells = {"投资方1": "甲", "国别1": "香港", "出资比例1": "60%", "投资方2": "乙", "国别2": "中国", "出资比例2": "40%"}
    found = of_row(企业类型="内资企业", **cells)
    assert found.profiles == [{"entity_kind": "enterprise"}]
    (text,) = (one for one, note in zip(found.texts[0], found.notes[0], strict=True) if note[1])
    assert text.startswith(
        "the investors listed are from Hong Kong, mainland China, which cannot be so with `内资企业`"
    )
    assert "`国别1`" in text
    assert len(of_row(企业类型="民营企业", **cells).profiles[0]["investors"]) == 2  # type: ignore[arg-type]


def test_a_default_does_not_stand_beside_what_a_row_says_otherwise() -> None:
    found = of_row({"foreign_share": 0}, 投资者来源地="香港")
    assert found.profiles == [{"investor_origins": ["香港"]}]
    assert found.notes == [[]]
    assert of_row({"foreign_share": 0}, 投资者来源地="内地").profiles[0]["foreign_share"] == 0
