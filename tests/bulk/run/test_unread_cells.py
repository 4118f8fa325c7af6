"""Cells that a source cannot read are no empty cells: they are noted, and nothing is taken in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability.screening import screen

from ..engine.tables import DAY
from ..sources.reading import workbook
from .partly import BOOK, of_file

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


def test_a_strict_run_names_the_cell(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (("企业名称", "城市", "外资比例"), ("甲", "天津", "=A1")))
    with pytest.raises(Exception, match="row 2, 外资比例: S102 C2: a formula"):
        screen(tmp_path / "mine.xlsx", BOOK, measures=[1], as_of=DAY, strict=True)


def test_a_residual_word_is_no_sector(tmp_path: Path) -> None:
    words = ("其他", "其他行业", "综合", "Others", "其他服务业")
    workbook(tmp_path / "mine.xlsx", (("企业名称", "城市", "行业"), *((one, "广州", one) for one in words)))
    found = of_file(tmp_path / "mine.xlsx")
    assert [one.get("sector") for one in found.profiles] == [None, None, None, None, ["其他服务业"]]
    assert [[code for _, code, _ in one] for one in found.notes] == [["P107"]] * 4 + [[]]
    assert found.texts[0] == ["`其他` does not say which sector; taken as missing"]
