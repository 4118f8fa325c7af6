"""Investors from abroad beside a foreign share of nothing, and none beside one of some, contradict each other."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import Partly, of_table


def of_row(**cells: str) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1))


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
