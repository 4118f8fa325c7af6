"""The workbook of a development zone, as messy as they are: every company is screened, and every doubt is told."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from applicability import screen

from ...cli.conftest import ROOT
from ..sources.reading import BOOK, DAY, notices

sys.path.insert(0, str(ROOT / "examples"))
register: Any = importlib.import_module("make_zone_register")


@pytest.mark.parametrize("count", [300, pytest.param(3000, marks=pytest.mark.thorough)])
def test_every_company_is_screened_and_every_doubt_is_told(count: int, tmp_path: Path) -> None:
    path = tmp_path / "zone.xlsx"
    spoilt = register.write(path, count)
    columns = {
        "统一社会信用代码",
        "省份",
        "区县",
        "住所",
        "行业小类代码",
        "外资比例",
        "业务活动",
        "是否在当地注册",
        "企业类型",
    }
    assert {one.column for one in spoilt} == columns
    assert {one.column for one in spoilt if one.against} <= {"区县", "住所", "外资比例"}
    done = screen(path, BOOK, form="wide", as_of=DAY)

    pages = (count - 1) // register.PAGE
    assert (done.summary.companies, done.summary.rejected) == (count, pages + 3)
    names = [line["企业名称"] for line in done.results.to_pylist()]
    assert [name.partition("第")[2][:4] for name in names] == [f"{number:04}" for number in range(1, count + 1)]
    codes = [line["code"] for line in done.rejects.to_pylist()]
    assert codes == ["S309"] * (pages + 3)
    assert [one.partition(" (companies: ")[0] for one in notices(done)] == [
        "the hidden sheet `字典` (1 row) was left out; --sheet reads it",
        f"rows 1 to 2 above the headings were passed over: {register.TITLE} …",
        "Tianjin Dongjiang Comprehensive Bonded Zone",
    ]
    assert done.summary.ignored == ("序号", "注册资本（万元）", "登记日期", "备注")

    noted = {(note["line"], note["column"]) for note in done.notes.to_pylist() if note["code"]}
    untold = [one for one in spoilt if not noted & {(one.line, column) for column in (one.column, *one.against)}]
    assert untold == []
    doubtful = {(one.line, column) for one in spoilt for column in (one.column, *one.against)}
    assert noted - doubtful == set()


def test_the_script_writes_the_example_that_lies_beside_it(tmp_path: Path) -> None:
    register.write(tmp_path / "again.xlsx", 300)
    rows = []
    for path in (tmp_path / "again.xlsx", ROOT / "examples" / "zone-register.xlsx"):
        book = openpyxl.load_workbook(path)
        assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
            ("字典", "hidden"),
            ("企业名录", "visible"),
        ]
        rows.append([[cell.value for cell in row] for row in book["企业名录"].iter_rows()])
    assert rows[0] == rows[1]
    assert len(rows[0]) == 4 + 302 + 3


@pytest.mark.parametrize("page", ["zone-register.md", "zone-register.zh-CN.md"])
def test_the_page_explains_the_codes_of_the_example_and_no_others(page: str) -> None:
    done = screen(ROOT / "examples" / "zone-register.xlsx", BOOK, form="wide", as_of=DAY)
    found = {note["code"] for note in done.notes.to_pylist() if note["code"]}
    text = (ROOT / "docs" / page).read_text("utf-8")
    table = text.partition("## 4")[2].partition("## 5")[0]
    assert {*re.findall(r"\b[A-Z]\d{3}\b", table)} == found


def test_a_cell_at_a_level_is_told_where_an_address_gives_the_city() -> None:
    row = {"企业名称": "甲", "省份": "本市", "城市": "市辖区", "区县": "市辖区", "住所": "天津市东丽区示例路1号"}
    table = pa.table({name: [cell, cell] for name, cell in row.items()})
    done = screen(table, BOOK, form="wide", as_of=DAY)
    coded = [(note["line"], note["column"], note["value"]) for note in done.notes.to_pylist() if note["code"]]
    assert coded == [(1, "省份", "本市"), (2, "省份", "本市")]
