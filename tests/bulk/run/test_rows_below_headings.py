"""Rows below the headings that say how cells are filled in, number the columns, or give a sample are no companies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from applicability.cli.root import root
from applicability.text import Lang
from tests.bulk.run.test_heading_layout import Row, made

HEADINGS = ["企业名称", "统一社会信用代码", "城市", "外资比例", "行业代码", "是否在当地注册", "成立日期"]
COMPANIES: list[Row] = [[f"甲{n}公司", None, "天津市", 50, "6513", "是", "2020-01-01"] for n in range(3)]


def summary(path: Path, lang: Lang = "en", *options: str) -> tuple[int, list[str], list[str]]:
    """How many companies a register has, what is said of it, and the notes on its companies."""
    to, notes = path.with_name("summary.json"), path.with_name("notes.csv")
    told = ["-o", str(path.with_name("out.csv")), "--summary", str(to), "--notes", str(notes), "--measure", "111"]
    done = CliRunner().invoke(root, ["--lang", lang, "screen", str(path), *told, *options])
    assert done.exit_code == 0, done.output
    found = json.loads(to.read_text("utf-8"))
    lines = notes.read_text("utf-8-sig").splitlines()[1:] if notes.exists() else []
    return found["companies"], [one[lang] for one in found["notices"]], lines


FORMS: Sequence[Row] = [
    [None, "（18位）", None, "%", None, None, None],
    [None, None, None, "%", None, "是/否", None],
    [None, None, None, "%", "GB/T 4754", None, None],
    [None, "18位", None, "%", None, "是／否", "年/月/日"],
    ["（全称）", "（18位）", "（省/市）", "（%）", "（四位）", "（是/否）", "（年月日）"],
    ["（全称）", None, None, None, None, None, None],
    ["全称", None, None, None, None, None, "YYYY-MM-DD"],
    ["填写说明：照营业执照", "18位", "到市", "填百分数", "四位代码", "是/否", "yyyy-mm-dd"],
    ["required", "text", "text", "%", "4位数字", "Y/N", "date"],
]
NUMBERS: Sequence[Row] = [
    [1, 2, 3, 4, 5, 6, 7],
    ["A", "B", "C", "D", "E", "F", "G"],
    ["①", "②", "③", "④", "⑤", "⑥", "⑦"],
    ["甲", "乙", "丙", 1, 2, 3, 4],
    ["甲", 1, 2, "3=1+2", "4", "5", "6"],
    ["栏次", 1, 2, 3, 4, 5, 6],
    ["（1）", "（2）", "（3）", None, None, "（4）", None],
]
SAMPLES: Sequence[Row] = [
    ["（示例）某某公司", "XXXXXXXX", None, None, None, "是", "2020-01-01"],
    ["例：某某有限公司", None, None, None, None, None, None],
    ["Example: Some Ltd", None, None, None, None, "yes", None],
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("rows", "zh", "en"),
    [
        (
            FORMS,
            "第2行写的是各列的填法，不是企业，未作企业读入：",
            "row 2 says how columns are filled in and is no company: ",
        ),
        (NUMBERS, "第2行是各列的编号，不是企业，未作企业读入：", "row 2 numbers the columns and is no company: "),
        (SAMPLES, "第2行是填写示例，不是企业，未作企业读入：", "row 2 is a sample and no company: "),
    ],
)
def test_such_a_row_is_passed_over_and_told(ending: str, rows: Sequence[Row], zh: str, en: str, tmp_path: Path) -> None:
    for row in rows:
        path = made(tmp_path / f"mine.{ending}", [HEADINGS, row, *COMPANIES])
        for lang, said in (("zh", zh), ("en", en)):
            companies, notices, _ = summary(path, lang)  # type: ignore[arg-type]
            assert companies == len(COMPANIES), row
            assert [one for one in notices if one.startswith(said)], (row, notices)


def test_several_such_rows_stand_below_headings_of_two_rows(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["企业名称", "所在地", None, "外资比例"],
        [None, "市", "区", None],
        ["（全称）", "（省/市）", "（区/县）", "（%）"],
        [1, 2, 3, 4],
        ["（示例）某某公司", None, None, None],
        ["甲公司", "广州市", "南沙区", 0.5],
        ["乙公司", "广州市", "南沙区", 50],
    ]
    companies, notices, notes = summary(made(tmp_path / "mine.xlsx", rows), "en")
    assert companies == 2
    assert [one.split(" ")[:2] for one in notices if "no company" in one] == [["row", n] for n in ("3", "4", "5")]
    assert [one for one in notes if "read as 0.5%" in one]  # the unit counts as one in the heading


@pytest.mark.parametrize(
    "row",
    [
        ["甲", None, "天津市", 1, None, None, None],
        ["是/否有限公司", None, None, "%", None, None, None],
        ["按摩公司", None, None, None, None, None, None],
        ["选择公司", None, None, None, None, None, None],
        ["示例租赁有限公司", None, None, None, None, None, None],
        ["文本", None, None, None, None, None, None],
        ["（示例）某某公司", "91120116MA76WD49NN", None, None, None, None, None],
        ["（全称）", None, "天津市", None, None, None, None],
        ["（全称）", None, None, 50, None, None, None],
        ["全称", None, None, None, "6513", "是/否", None],
        [1, 2, "天津市", 4, 5, 6, 7],
        [1, 3, 2, 4, 5, 6, 7],
    ],
)
def test_a_row_that_may_be_a_company_stays_one(row: Row, tmp_path: Path) -> None:
    companies, notices, _ = summary(made(tmp_path / "mine.csv", [HEADINGS, row, *COMPANIES]))
    assert companies == len(COMPANIES) + 1
    assert not [one for one in notices if "no company" in one]


@pytest.mark.parametrize(
    "rows",
    [
        [["甲", 1, 2], ["乙", 50, 7]],  # companies that are called 甲, 乙
        [[1, 2, 3], [2, 50, 7]],
        [["A", "B", "C"], ["B", 50, 7]],
        [[1, 2, 3], [17, 50, 7]],  # all of it reads
        [["甲", 1, 2], ["丙", 50, 7]],
        [[1, 2, 3]],
    ],
)
def test_companies_that_are_numbered_are_no_numbers_of_columns(rows: list[Row], tmp_path: Path) -> None:
    found = summary(made(tmp_path / "mine.csv", [["企业名称", "外资比例", "员工"], *rows]))
    assert found[0] == len(rows)


def test_no_measure_opens_to_such_a_row_by_what_is_set_for_all(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["序号", "企业名称", "企业类型", "外资比例（%）"],
        ["甲", "乙", "丙", 1],
        [1, "丁公司", "外商独资", 100],
    ]
    path = made(tmp_path / "mine.xlsx", rows)
    assert summary(path, "en", "--set", "city=天津", "--set", "entity_kind=公司")[0] == 1
    assert "乙" not in path.with_name("out.csv").read_text("utf-8-sig")


def test_a_sample_in_which_a_place_reads_is_screened_and_noted(tmp_path: Path) -> None:
    sample: Row = ["（示例）天津某公司", None, "天津市", 49, "6631", "是", "2020-01-01"]
    path = made(tmp_path / "mine.xlsx", [HEADINGS, sample, *COMPANIES])
    companies, _, notes = summary(path, "zh")
    assert companies == 4
    assert [one for one in notes if one.startswith("2,") and "名称说这一行是填写示例" in one and "删去这一行" in one]
