"""Cells that a source cannot read are no empty cells: they are noted, and nothing is taken in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.screening import screen

from ..engine.tables import DAY
from ..sources.reading import workbook
from .partly import BOOK, of_file, of_table

HEADINGS = ("企业名称", "城市", "外资比例", "limits.57.taiwan", "determinations.22.specific-area")


def test_a_limit_or_finding_whose_formula_has_no_result_is_unknown(tmp_path: Path) -> None:
    lines = [("甲", "天津", "30", "=1=1", "=1=1"), ("乙", "天津", "30", "是", "")]
    workbook(tmp_path / "mine.xlsx", (HEADINGS, *lines))
    found = of_file(tmp_path / "mine.xlsx")
    unknown = {"limits": {"57.taiwan": "unknown"}, "determinations": {"22.specific-area": "unknown"}}
    assert found.profiles[0] == {"city": "天津", "foreign_share": "30", **unknown}
    assert [(column, code) for column, code, _ in found.notes[0]] == [(one, "S102") for one in HEADINGS[3:]]
    assert all(one.endswith("taken as unknown") for one in found.texts[0])
    assert found.notes[1] == []


def test_a_limit_or_finding_that_is_marked_as_missing_is_unknown(tmp_path: Path) -> None:
    marks = ("-", "/", "N/A", "NULL", "NaN", "待补", "暂无", "不详", "", " ")
    lines = [("甲", "天津", "30", f'"{mark}"', f'"{mark}"') for mark in marks]
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(map(",".join, (HEADINGS, *lines))), encoding="utf-8")
    found = of_file(path)
    unknown = {"limits": {"57.taiwan": "unknown"}, "determinations": {"22.specific-area": "unknown"}}
    given = {"city": "天津", "foreign_share": "30"}
    assert found.profiles == [{**given, **unknown}] * 8 + [given] * 2


@pytest.mark.parametrize(
    ("heading", "default", "left"),
    [
        ("城市", {"city": "天津"}, {}),
        ("住所", {"city": "天津"}, {}),
        ("区县", {"city": "天津"}, {}),
        ("外资比例", {"foreign_share": 10, "city": "天津"}, {"city": "天津"}),
        ("企业类型", {"foreign_share": 10, "city": "天津"}, {"city": "天津"}),
        ("行业名称", {"sector": "63"}, {}),
        ("limits.57.taiwan", {"limits": {"57.taiwan": True}}, {"limits": {"57.taiwan": "unknown"}}),
    ],
)
def test_a_default_takes_the_place_of_no_cell_that_cannot_be_read(
    heading: str, default: dict[str, object], left: dict[str, object], tmp_path: Path
) -> None:
    workbook(tmp_path / "mine.xlsx", (("企业名称", "在当地注册", heading), ("甲", "是", "=A1")))
    found = of_file(tmp_path / "mine.xlsx", default)
    assert found.profiles == [{**left, "registered_here": "是"}]
    assert [column for column, _, _ in found.notes[0]] == [heading]


def test_a_default_holds_beside_other_cells_that_cannot_be_read(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (("企业名称", "外资比例"), ("甲", "=A1")))
    found = of_file(tmp_path / "mine.xlsx", {"city": "天津", "foreign_share": 10})
    assert found.profiles == [{"city": "天津"}]


ZONE: dict[str, object] = {"zones": {"yes": ["天津东疆综合保税区"]}}


@pytest.mark.parametrize(
    ("heading", "cell", "default", "left"),
    [
        ("城市", "贵阳市x", ZONE, {}),
        ("城市", "火星", {"zone_types": ["ftz"]}, {}),
        ("城市", "火星", {"district": "上海市浦东新区"}, {}),
        ("城市", "朝阳", {"city": "天津", **ZONE}, {}),
        ("区县", "火星", ZONE, {}),
        ("所属省份", "火星省", ZONE, {}),
        ("所属省份", "火星省", {"city": "天津", **ZONE}, {}),
        # An unread district may be one of the city, and an address without a place is in it.
        ("区县", "火星", {"city": "天津", **ZONE}, {"city": "天津"}),
        ("住所", "火星路1号", {"city": "天津", **ZONE}, {"city": "天津", **ZONE}),
        # What says nothing, or is settled by the default, is no cell that cannot be read.
        ("城市", "市辖区", ZONE, ZONE),
        ("城市", "-", ZONE, ZONE),
        ("城市", "天津", ZONE, {"city": "天津", **ZONE}),
        ("城市", "朝阳", {"zones": {"yes": ["中关村国家自主创新示范区"]}}, None),
    ],
)
def test_a_place_that_cannot_be_read_may_be_another_than_the_default(
    heading: str, cell: str, default: dict[str, object], left: dict[str, object] | None, tmp_path: Path
) -> None:
    workbook(tmp_path / "mine.xlsx", (("企业名称", heading), ("甲", cell)))
    found = of_file(tmp_path / "mine.xlsx", default)
    assert found.profiles == [{heading.replace("城市", "city"): cell, **default} if left is None else left]


def test_a_strict_run_names_the_cell(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (("企业名称", "城市", "外资比例"), ("甲", "天津", "=A1")))
    with pytest.raises(Exception, match="row 2, 外资比例: S102 C2: a formula"):
        screen(tmp_path / "mine.xlsx", BOOK, measures=[1], as_of=DAY, strict=True)


def test_a_residual_word_is_no_sector(tmp_path: Path) -> None:
    words = ("其他", "其他行业", "综合", "Others", "其他服务业", "互联网+", "金融＋", "82 其他服务业")
    workbook(tmp_path / "mine.xlsx", (("企业名称", "城市", "行业"), *((one, "广州", one) for one in words)))
    found = of_file(tmp_path / "mine.xlsx")
    assert [one.get("sector") for one in found.profiles] == [*[None] * 7, ["82"]]
    assert [[code for _, code, _ in one] for one in found.notes] == [["P107"]] * 7 + [[]]
    assert found.texts[0] == ["`其他` does not say which sector; taken as missing"]
    assert found.texts[4][0].startswith("`其他服务业` does not say which sector: it may be division 82, or any other")
    assert found.hints[4] == [
        "write `82` if division 82 (Other services) is meant, or else the code or name of the sector"
    ]


def test_the_name_of_other_services_asks_for_its_code_in_chinese_too() -> None:
    cells: dict[str, list[object]] = {"企业名称": ["甲"], "城市": ["广州"], "行业": ["其他服务业"]}
    found = of_table(CellTable(cells, 1), lang="zh")
    assert found.texts[0] == ["`其他服务业` 没有说明是哪个行业：可能是第82大类，也可能是其他任何服务业；按未填处理"]
    assert found.hints[0] == ["指第82大类（其他服务业）的，写 `82`；否则写出行业的代码或名称"]


def test_a_column_of_divisions_says_that_other_services_are_one() -> None:
    cells: dict[str, list[object]] = {
        "企业名称": ["甲", "乙"],
        "城市": ["广州"] * 2,
        "行业大类": ["其他服务业", "互联网+"],
    }
    assert [one.get("sector") for one in of_table(CellTable(cells, 2)).profiles] == [["82"], None]


def test_a_cell_in_whose_place_another_column_tells_the_fact_is_not_said_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "企业名称,企业类型,外资比例,城市,所在城市\n"
        "甲,有限责任公司(国有独资),见备注,天津,没有的市\n"
        "乙,有限责任公司(国有独资),150,没有的市,天津\n",
        "utf-8",
    )
    found = of_file(path)
    for profile, texts, counts in zip(found.profiles, found.texts, ("城市", "所在城市"), strict=True):
        assert (profile["foreign_share"], profile["city"]) == ("0", "天津")
        said = {text.rsplit("; ", 1)[1] for text in texts}
        assert said == {f"left out: `{one}` counts" for one in ("企业类型", counts)}


def test_what_is_left_out_with_a_contradicted_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "企业名称,省份,城市,区县,住所\n"
        "甲,天津市,市辖区,东丽区,广州市天河区示例路285号\n"
        "乙,天津市,天津市,东丽区,广州市天河区示例路285号\n"
        "丙,天津,天津市,天河区,示例路144号\n"
        "丁,,天津市,天河区,示例路144号\n",
        "utf-8",
    )
    found = of_file(path)
    assert found.profiles == [{}] * 4
    said = [[text.rsplit("; ", 1)[1] for text in texts if "taken as missing" in text] for texts in found.texts]
    assert said == [
        ["`住所`, `省份`, `区县` taken as missing"],
        ["`住所`, `省份`, `城市`, `区县` taken as missing"],
        ["taken as missing", "`城市`, `省份` taken as missing"],
        ["taken as missing", "taken as missing"],
    ]
