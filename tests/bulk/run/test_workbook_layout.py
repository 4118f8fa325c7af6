"""What a clerk sees of a workbook: no cell is cut, and what to ask next says what settles a question."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from applicability.bulk.engine.arrays import CellTable
from applicability.cli.root import root
from applicability.loading.company.credit_codes import NoCode, read
from applicability.report.layout.wrap import text_width

from ..engine.tables import DAY
from .partly import of_table

REGISTER = Path(__file__).parents[3] / "examples" / "zone-register.xlsx"
SHEETS = ("逐行结果", "下一步询问", "备注", "对照表", "非企业行", "可填的词")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The workbook of the example of a zone."""
    path = tmp_path_factory.mktemp("book") / "out.xlsx"
    args = ["screen", str(REGISTER), "-o", str(path), "--as-of", str(DAY), "--lang", "zh"]
    assert CliRunner().invoke(root, args).exit_code == 0
    return openpyxl.load_workbook(path)


def test_a_cell_that_is_wider_than_its_column_wraps(book: Any) -> None:
    for name in SHEETS:
        sheet = book[name]
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and text_width(cell.value) > 14:
                    assert cell.alignment.wrap_text, (name, cell.coordinate)
                    assert sheet.row_dimensions[cell.row].height is None  # so that a program fits it


def test_the_description_is_as_high_as_its_lines_need(book: Any) -> None:
    sheet = book["说明"]
    width = sum(sheet.column_dimensions[letter].width for letter in "ABC")
    merged = {str(one).split(":")[0] for one in sheet.merged_cells.ranges}
    for cell, *beside in sheet.iter_rows(min_row=4):
        if isinstance(cell.value, str) and not any(one.value for one in beside) and text_width(cell.value) > width:
            assert cell.coordinate in merged
            assert sheet.row_dimensions[cell.row].height / 15 * width >= text_width(cell.value)


def test_what_to_ask_next_says_who_is_listed_and_that_none_settles_a_question(book: Any) -> None:
    told = next(str(one.value) for one in book["说明"]["A"] if str(one.value).startswith("“下一步询问”：列出"))
    _, *lines = book["下一步询问"].iter_rows(values_only=True)
    _, *matrix = book["对照表"].iter_rows(values_only=True)
    listed, others = map(int, re.findall("列出([0-9]+)家.*其余([0-9]+)家", told)[0])
    assert (listed, listed + others) == (len(lines), len(matrix))
    assert {row[0] for row in matrix if "?" in row} <= {row[0] for row in lines}
    assert any("没有的填“无”" in str(one.value) for one in book["说明"]["A"])
    assert any("没有的填“无”" in str(line[4]) for line in lines)
    assert any("列名有两行的，写在哪一行都可以" in str(one.value) for one in book["说明"]["A"])


def test_none_settles_what_waits_for_a_list() -> None:
    open_, told = (
        of_table(CellTable({"企业名称": ["甲"], "城市": ["天津"], "持牌或监管身份": [word]}, 1)).verdicts[0]
        for word in ("", "无")
    )
    assert sum(one == 2 for one in told.values()) < sum(one == 2 for one in open_.values())


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("91120116MA9P6P7J8O", "统一社会信用代码不含字母 I、O、S、V、Z；此处第18位是 `O`"),
        ("9112011AMA9P6P7J80", "统一社会信用代码第3至8位应为数字；此处第8位是 `A`"),
        ("91120116MA9P6P7J8*", "统一社会信用代码只有数字和字母；此处第18位是 `*`"),
    ],
)
def test_a_wrong_character_of_a_credit_code_is_told_by_the_rule_that_it_breaks(code: str, zh: str) -> None:
    with pytest.raises(NoCode) as caught:
        read(code)
    assert caught.value.what.zh == zh
