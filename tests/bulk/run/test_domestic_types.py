"""Types that rule out shareholders abroad contradict a foreign share; others that seldom have any are told to check."""

from __future__ import annotations

import pytest

from applicability import Profile, ProfileError, check
from applicability.bulk.engine.arrays import CellTable
from applicability.loading.profile.keys import in_facts

from ..engine.tables import DAY
from .partly import BOOK, Partly, of_table

DOMESTIC = (
    "内资企业", "内资", "内资公司", "集体所有制", "集体企业", "集体", "国有全资", "有限责任公司(自然人独资)",
    "个人独资企业", "有限责任公司(国内合资)", "国有独资", "全民所有制", "纯内资", "domestic company", "domestic",
)  # fmt: skip
SELDOM = (
    "国有企业", "国有", "国企", "国有控股", "有限责任公司(国有控股)", "私营", "私营企业", "民营", "民营企业",
    "个体工商户", "股份合作制", "有限责任公司(自然人投资或控股)", "有限责任公司(法人独资)", "state-owned enterprise",
)  # fmt: skip
NEITHER = (
    "有限责任公司", "股份有限公司(上市)", "上市公司", "外商合资", "外商投资企业",
    "有限责任公司(外国自然人独资)", "分公司", "有限责任公司(外商投资企业法人独资)", "private company",
)  # fmt: skip


def of_row(**cells: str) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1))


def coded(found: Partly) -> list[tuple[object, ...]]:
    return [one for one in found.notes[0] if one[1]]


@pytest.mark.parametrize("cell", DOMESTIC)
def test_a_type_that_rules_out_investors_abroad_contradicts_a_share_of_them(cell: str) -> None:
    for share in ("60%", "100%", "超过25%"):
        found = of_row(企业类型=cell, 外资比例=share)
        assert "foreign_share" not in found.profiles[0]
        assert coded(found) == [("外资比例", "S301", share)]
        assert f"`{cell}` under `企业类型` cannot be so with" in found.texts[0][0]
    assert coded(of_row(企业类型=cell, 外资比例="0%")) == []
    assert of_row(企业类型=cell, 外资比例="0%").profiles[0]["foreign_share"] == "0"
    # A bound within which nobody abroad need hold any says as much as before.
    assert coded(of_row(企业类型=cell, 外资比例="不超过50%")) == []


@pytest.mark.parametrize("cell", SELDOM)
def test_a_type_that_seldom_has_them_leaves_the_share_with_a_note(cell: str) -> None:
    found = of_row(企业类型=cell, 外资比例="60%")
    assert found.profiles[0]["foreign_share"] == "60"
    assert coded(found) == []
    assert ("企业类型", "", cell) in found.notes[0]
    assert any("please check it" in one for one in found.texts[0])
    assert not any("please check it" in one for one in of_row(企业类型=cell, 外资比例="0%").texts[0])
    assert not any("please check it" in one for one in of_row(企业类型=cell).texts[0])


@pytest.mark.parametrize("cell", NEITHER)
def test_other_types_say_nothing_of_that(cell: str) -> None:
    found = of_row(企业类型=cell, 外资比例="100%")
    assert found.profiles[0]["foreign_share"] == "100"
    assert coded(found) == []
    assert not any("please check it" in one for one in found.texts[0])


def test_of_two_columns_of_types_neither_is_taken_before_the_other() -> None:
    for types in (("内资企业", "外商独资"), ("外商投资企业", "内资"), ("自然人独资", "中外合资")):
        found = of_row(企业类型=types[0], 经济类型=types[1])
        assert "foreign_share" not in found.profiles[0], types
        assert [one[1] for one in coded(found)] == ["S301"]
    assert coded(of_row(企业类型="内资企业", 经济类型="外商投资企业法人独资")) == []


def test_a_profile_is_told_the_same() -> None:
    assert in_facts(Profile.of({"企业类型": "内资企业", "外资比例": "60%"}), BOOK).problems
    assert in_facts(Profile.of({"企业类型": "民营企业", "外资比例": "60%"}), BOOK).problems == []
    with pytest.raises(ProfileError):
        check(Profile.of({"city": "天津", "企业类型": "自然人独资", "外资比例": "100%"}), BOOK, as_of=DAY)


@pytest.mark.parametrize("cell", ["合资", "合资企业", "合作", "合资经营", "JV", "joint venture"])
def test_a_joint_venture_wholly_from_abroad_has_a_note(cell: str) -> None:
    found = of_row(企业类型=cell, 外资比例="100％")
    assert found.profiles[0]["foreign_share"] == "100"
    assert coded(found) == []
    assert any("please check it" in one for one in found.texts[0])
    for share in ("60%", "0%", "超过25%"):
        assert not any("please check it" in one for one in of_row(企业类型=cell, 外资比例=share).texts[0])


@pytest.mark.parametrize(
    "cell",
    [
        "有限责任公司(外商投资企业与内资合资)",
        "股份有限公司（外商投资企业与内资合资，未上市）",
        "港澳台投资企业与内资合资",
    ],
)
def test_what_a_domestic_enterprise_holds_is_not_from_abroad(cell: str) -> None:
    found = of_row(企业类型=cell, 外资比例="100")
    assert "foreign_share" not in found.profiles[0]
    assert coded(found) == [("外资比例", "S301", "100")]
    assert coded(of_row(企业类型=cell, 外资比例="30")) == []
    assert "foreign_share" not in of_row(企业类型=cell).profiles[0]


@pytest.mark.parametrize(
    "cell", ["个体工商户（港澳居民）", "个体工商户(台湾农民)", "个体工商户（香港居民）", "港澳台居民个体工商户"]
)
def test_a_business_of_somebody_from_hong_kong_has_no_note_on_capital_from_abroad(cell: str) -> None:
    found = of_row(企业类型=cell, 外资比例="100%")
    assert found.profiles == [{"foreign_share": "100"}]
    assert len(found.texts[0]) == 1
    assert "no kind of entity in the list fits" in found.texts[0][0]
    assert any("please check it" in one for one in of_row(企业类型="个体工商户", 外资比例="100%").texts[0])


@pytest.mark.parametrize("cell", ["企业法人", "外商投资企业法人", "港澳台投资企业法人", "集体所有制企业法人"])
def test_a_legal_person_that_is_an_enterprise_is_one(cell: str) -> None:
    assert of_row(企业类型=cell).profiles[0]["entity_kind"] == "enterprise"


@pytest.mark.parametrize(
    "heading",
    [
        "企业类型（登记机关）", "企业类型(登记机关)", "市场主体类型（工商登记）", "主体类型（登记机关）",
        "登记类型（营业执照）", "注册类型（市场监管）", "企业类型名称", "营业执照企业类型",
    ],
)  # fmt: skip
def test_the_type_that_the_registrar_has_is_read(heading: str) -> None:
    found = of_row(**{heading: "有限责任公司(外国法人独资)"})
    assert found.profiles == [{"foreign_share": "100", "entity_kind": "enterprise"}]


@pytest.mark.parametrize("heading", ["企业类型（规模）", "企业类型（大中小微）", "登记类型（变更）", "企业类型代码"])
def test_another_type_is_not(heading: str) -> None:
    assert of_row(**{heading: "有限责任公司(外国法人独资)", "城市": "上海"}).profiles == [{"city": "上海"}]
