"""Several columns of company types are read together: what they contradict each other about is missing."""

from __future__ import annotations

import itertools

import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import of_table

HEADINGS = ("企业类型", "公司类型", "登记注册类型")
WHOLE, JOINT, SOME, BRANCH = "有限责任公司(外国法人独资)", "中外合资经营企业", "外商投资企业", "分公司"
KIND = {"entity_kind": "enterprise"}


def table(**cells: str | None) -> CellTable:
    return CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1)


@pytest.mark.parametrize(
    ("types", "left", "losses"),
    [
        ((WHOLE, WHOLE, WHOLE), {"foreign_share": "100", **KIND}, 0),
        ((WHOLE, None, "不知"), {"foreign_share": "100", **KIND}, 0),
        ((WHOLE, SOME, None), {"foreign_share": "100", **KIND}, 0),
        (("有限责任公司", "外国法人独资", None), {"foreign_share": "100", **KIND}, 0),
        ((WHOLE, JOINT, None), KIND, 1),
        ((WHOLE, JOINT, WHOLE), KIND, 1),
        ((WHOLE, "非独资", SOME), KIND, 0),
        # Of a branch, or of what foreign-invested enterprises own, no share is told.
        ((WHOLE, BRANCH, None), KIND, 0),
        ((WHOLE, "外商投资企业投资", None), KIND, 0),
        ((JOINT, SOME, None), {}, 0),
    ],
)
def test_types_that_agree_are_one_and_others_cost_what_they_contradict_about(
    types: tuple[str | None, ...], left: dict[str, object], losses: int
) -> None:
    for own in itertools.permutations(types):
        found = of_table(table(**dict(zip(HEADINGS, own, strict=True))))
        assert found.profiles == [left], own
        assert [code for _, code, _ in found.notes[0] if code] == ["S301"] * losses, own


def test_both_sides_are_told() -> None:
    found = of_table(table(企业类型=WHOLE, 公司类型=JOINT, 城市="上海"))
    assert found.profiles == [{"city": "上海", **KIND}]
    assert found.notes == [[("公司类型", "S301", JOINT)]]
    assert found.texts == [
        [f"`{JOINT}` under `公司类型` cannot be so with `{WHOLE}` under `企业类型`; taken as missing"]
    ]


@pytest.mark.parametrize(("share", "left"), [("100", {}), ("40", {}), (None, {})])
def test_a_share_of_its_own_decides_between_no_types(share: str | None, left: dict[str, object]) -> None:
    found = of_table(table(企业类型=WHOLE, 公司类型=JOINT, 外资比例=share))
    assert found.profiles == [{**left, **KIND}]


def test_a_share_that_one_type_contradicts_is_missing_on_both_sides() -> None:
    found = of_table(table(企业类型="有限责任公司", 公司类型=WHOLE, 外资比例="30"))
    assert found.profiles == [KIND]
    assert found.notes == [[("外资比例", "S301", "30")]]
    assert WHOLE in found.texts[0][0]
    assert "`公司类型`" in found.texts[0][0]


def test_a_default_is_no_judge_between_types() -> None:
    found = of_table(table(企业类型=WHOLE, 公司类型=JOINT), {"foreign_share": 40})
    assert found.profiles == [KIND]
