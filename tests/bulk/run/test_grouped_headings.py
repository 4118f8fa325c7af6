"""Workbooks whose headings stand in two rows, groups above: the lower row is read, or told where it cannot be."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from applicability.bulk.register.fact_reader import FactReader
from applicability.bulk.sources.open import open_source
from applicability.model.headings import held_by
from applicability.screening import known_headings, reading_of_cells, screen

from ..engine.tables import DAY
from .partly import BOOK, Partly

GROUPS = ["序号", "企业名称", "所在地", None, None, "住所", "股权", None]
COMPANY = [1, "甲物流有限公司", "天津市", "天津市", "东丽区", "天津市东丽区示例路1号", 40, 500]


def book(path: Path, below: Sequence[str | None], *, merged: bool = True) -> Path:
    """A workbook with a title, groups, headings below them, and a company."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["2026年企业情况表"], GROUPS, below, COMPANY):
        sheet.append(row)
    if merged:
        for span in ("A1:H1", "C2:E2", "G2:H2", "A2:A3", "B2:B3", "F2:F3"):
            sheet.merge_cells(span)
    made.save(path)
    return path


def read(path: Path, mapping: Mapping[str, str] | None = None, row: int | None = None) -> tuple[Partly, str]:
    """What is read of a workbook, and what is said of it."""
    found, known = Partly(), known_headings(BOOK, mapping or {})
    reader = FactReader(BOOK, DAY, mapping)
    reads = reading_of_cells(BOOK, known)
    with contextlib.closing(open_source(str(path), known=known, reads=reads, header_row=row)) as source:
        for piece in source.pieces(frozenset()):
            for rows in piece.batches:
                found.broken += rows.broken
                found.add(rows.table, reader)
        return found, " ".join(notice.en for notice in source.notices)


@pytest.mark.parametrize("province", ["省（直辖市）", "省(市)", "省（直辖市、自治区）", "省、自治区、直辖市"])
@pytest.mark.parametrize("share", ["外方占股（%）", "外方占股", "外资占股比例(%)"])
@pytest.mark.parametrize("merged", [True, False])
def test_the_lower_row_of_headings_is_no_company(province: str, share: str, merged: bool, tmp_path: Path) -> None:
    path = book(
        tmp_path / "r.xlsx", [None, None, province, "市", "区县", None, share, "注册资本（万元）"], merged=merged
    )
    found, told = read(path)
    assert found.profiles == [{"city": "天津市", "district": "东丽区", "foreign_share": "40"}]
    assert found.names == ["甲物流有限公司"]
    assert "no heading" not in told


@pytest.mark.parametrize("name", ["外资份额", "外资份额（%）"])
def test_the_mapping_names_a_column_by_its_own_row_with_or_without_the_unit(name: str, tmp_path: Path) -> None:
    below = [None, None, "省", "市", "区县", None, "外资份额（%）", "注册资本（万元）"]
    found, _ = read(book(tmp_path / "r.xlsx", below), {name: "foreign_share"})
    assert found.profiles[0]["foreign_share"] == "40"


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("row", [None, 2, 3])
def test_unknown_headings_below_groups_are_no_company(row: int | None, merged: bool, tmp_path: Path) -> None:
    below = [None, None, "一级", "二级", "三级", None, "外方权益", "注册资本（万元）"]
    path = book(tmp_path / "r.xlsx", below, merged=merged)
    found, told = read(path, row=row)
    assert (found.names, found.broken) == (["甲物流有限公司"], [])
    assert "no heading" not in told
    assert "--header-row" not in told
    if row != 3:
        assert "`所在地一级` (column C: 所在地 › 一级)" in told
    mapping = {"一级": "province", "二级": "city", "三级": "district", "外方权益": "foreign_share"}
    found, _ = read(path, mapping, row=row)
    assert found.profiles == [{"city": "天津市", "district": "东丽区", "foreign_share": "40"}]


HOLDERS = ["序号", "企业名称", "行业", "股东情况", None, None, None, "其中：本县"]


def table(path: Path, *lines: Sequence[object]) -> Path:
    made = openpyxl.Workbook()
    for line in lines:
        made.active.append(line)
    made.save(path)
    return path


NUMBERS = ["甲", "乙", *range(1, 7)]
OF_HOLDERS = [1, "甲公司", "63", "乙公司", 40, "丙公司", 60, None]


@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize(
    "words", ["股东1 占比 股东2 占比", "股东名称 出资比例 股东名称 出资比例", "2024年 2025年 1-6月 备用"]
)
@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("row", [None, 1, 2])
def test_headings_below_a_group_are_none_in_whatever_words(
    words: str, repeated: bool, numbers: bool, row: int | None, tmp_path: Path
) -> None:
    above = [cell or "股东情况" for cell in HOLDERS] if repeated else HOLDERS
    below = [None, None, None, *words.split(), None]
    path = table(tmp_path / "r.xlsx", above, below, *([NUMBERS] if numbers else []), OF_HOLDERS)
    found, told = read(path, row=row)
    assert (found.names, found.profiles) == (["甲公司"], [{"sector": ["63"]}])
    assert row == 2 or f"`股东情况{words.split()[0]}` (column D" in told
    assert ("row 3 numbers the columns and is no company" in told) is numbers


@pytest.mark.parametrize(
    "first",
    [
        [None, None, None, "香港乙有限公司", "丙投资集团", None, None, None],  # holders of a company without a name
        [None, None, None, "乙", "40%", "丙", "60%", None],
        [None, None, None, "张三", 40, None, None, None],
        [None, None, "63", "股东名称", "占比", None, None, None],
        [None, None, None, "待补", None, None, None, None],
        [None, None, None, "股东名称", "占比", None, None, "尚未报送"],
        [None, "乙公司", None, "股东名称", "占比", None, None, None],
        [2, None, None, "股东名称", "占比", None, None, None],
        [None, None, None, "是", "否", None, None, None],
        [None, None, None, "2024-05-01", "2025-06-01", None, None, None],
    ],
)
def test_what_may_be_a_company_below_groups_stays_one(first: Sequence[object], tmp_path: Path) -> None:
    found, _ = read(table(tmp_path / "r.xlsx", HOLDERS, first, OF_HOLDERS))
    assert len(found.names) == 2


@pytest.mark.parametrize("words", ["股东1 占比", "股东名称 占比", "2024年 2025年"])
def test_a_row_of_words_where_the_headings_are_blank_is_told_as_what_may_be_headings(
    words: str, tmp_path: Path
) -> None:
    heads = ["客户", "行业", "外资比例", "股东情况", None]  # no name is known, which the row might have
    path = table(tmp_path / "r.xlsx", heads, [None, None, None, *words.split()], ["甲公司", "63", 40, "乙公司", 40])
    _, told = read(path)
    assert "column E has no heading" in told
    assert "--header-row 2" in told


def test_headings_above_the_numbers_of_columns_are_none_where_no_name_is_known(tmp_path: Path) -> None:
    heads = ["客户", "行业", "外资比例", "股东情况", None]
    numbers, own = ["甲", 1, 2, 3, 4], ["甲公司", "63", 40, "乙公司", 40]
    found, _ = read(table(tmp_path / "r.xlsx", heads, [None, None, None, "股东1", "占比"], numbers, own))
    assert found.profiles == [{"sector": ["63"], "foreign_share": "40"}]


def test_a_company_below_the_headings_is_not_told_as_headings(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["企业名称", "城市", None], ["甲有限公司", "上海", "备注甲"], ["乙有限公司", "上海", None]):
        made.active.append(row)
    made.save(tmp_path / "r.xlsx")
    _, told = read(tmp_path / "r.xlsx")
    assert "column C has no heading" in told
    assert "--header-row" not in told


@pytest.mark.parametrize(
    ("heading", "held"),
    [
        ("省份（直辖市）", "province"),
        ("所在省（市）", "province"),
        ("市（地、州、盟）", "city"),
        ("地级市（州）", "city"),
        ("区（市、县）", "district"),
        ("区县（旗）", "district"),
        ("区、县", "district"),
        ("所在地（市）", None),
        ("省/市", None),
        ("注册地（省市）", "registered_in"),
    ],
)
def test_what_else_a_level_of_divisions_is_called_does_not_count(heading: str, held: str | None) -> None:
    assert held_by(BOOK.by_heading, heading) == held


@pytest.mark.parametrize("lower", ["国别（地区）", "投资者来源地（部分）"])
def test_columns_that_are_called_alike_under_merged_headings_go_by_the_mapping(lower: str, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (
        ["企业名称", "城市", "投资者一", None, "投资者二", None],
        [None, None, "名称", lower, "名称", lower],
        ["甲", "上海市", "子", "美国", "丑", "香港"],
    ):
        made.active.append(row)
    for span in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        made.active.merge_cells(span)
    made.save(path := tmp_path / "r.xlsx")
    columns = [f"投资者{number}{lower}" for number in "一二"]
    (told,) = (one.zh for one in screen(path, BOOK, as_of=DAY).summary.notices if "合并的列名之下" in one.zh)
    assert all(f"`{one}: 投资者来源地（部分）`" in told for one in columns)
    found, _ = read(path, dict.fromkeys(columns, "investor_origins.yes"))
    assert found.profiles[0]["investor_origins"] == {"yes": ["美国", "香港"]}
    mapped = screen(path, BOOK, as_of=DAY, mapping=dict.fromkeys(columns, "investor_origins.yes"))
    assert not any("合并的列名之下" in one.zh for one in mapped.summary.notices)
