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
from applicability.screening import known_headings, reading_of_cells

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
def test_a_row_of_words_where_the_headings_are_blank_is_told_as_what_may_be_headings(
    merged: bool, tmp_path: Path
) -> None:
    below = [None, None, "省别", "地市名", "区县名", None, "外方份额", "注册资本（万元）"]
    path = book(tmp_path / "r.xlsx", below, merged=merged)
    _, told = read(path)
    assert "columns D, E, H have no heading" in told
    assert "--header-row 3" in told
    mapping = {"省别": "province", "地市名": "city", "区县名": "district", "外方份额": "foreign_share"}
    found, told = read(path, mapping, row=3)
    assert found.profiles == [{"city": "天津市", "district": "东丽区", "foreign_share": "40"}]
    assert found.names == ["甲物流有限公司"]
    assert "--header-row" not in told


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
