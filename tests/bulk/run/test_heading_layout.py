"""Rows of units below headings, and headings of several rows: what is read by them, and how both are told."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from applicability import screen
from applicability.bulk.sources.heading_units import is_row_of_units
from applicability.cli.root import root
from applicability.text import Lang

NAMES = ["企业名称", "城市", "外资比例", "注册资本"]
Row = Sequence[str | float | None]


def made(path: Path, rows: Sequence[Row]) -> Path:
    """A register of these rows, by the ending of its name."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(path)
    else:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([["" if one is None else one for one in row] for row in rows])
        path.write_text(text.getvalue(), "utf-8")
    return path


def told(
    path: Path, lang: Lang = "en", columns: Mapping[str, str] | None = None, unit: str | None = None
) -> tuple[list[str], list[str], list[str]]:
    """The foreign shares that are read, the notes, and what is said of the register; `columns` is a mapping."""
    mapping = path.with_name("mapping.yaml")
    mapping.write_text(json.dumps({"columns": columns or {"企业名称": "name"}}, ensure_ascii=False), "utf-8")
    files = [path.with_name(name) for name in ("facts.csv", "notes.csv", "summary.json")]
    options = ["--facts", str(files[0]), "--notes", str(files[1]), "--summary", str(files[2]), "--measure", "1"]
    options += ["--mapping", str(mapping), *(["--set-unit", unit] if unit is not None else [])]
    done = CliRunner().invoke(
        root, ["--lang", lang, "screen", str(path), "-o", str(path.with_name(f"{path.stem}-out.csv")), *options]
    )
    assert done.exit_code == 0, done.output
    facts, notes = ([*csv.DictReader(io.StringIO(one.read_text("utf-8-sig")))] for one in files[:2])
    summary = json.loads(files[2].read_text("utf-8"))
    return (
        [one["foreign_share"] for one in facts],
        [one["note"] for one in notes],
        [one[lang] for one in summary["notices"]],
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "units",
    [
        [None, None, "%", "万元"],
        ["单位", None, "%", "万元"],
        ["单位：", None, "（%）", "人民币万元"],
        ["—", "—", "百分比", "—"],
        [None, "Unit", "percent", None],
    ],
)
def test_a_unit_in_a_row_of_its_own_counts_as_one_in_the_heading(
    ending: str, units: Sequence[str | None], tmp_path: Path
) -> None:
    rows: list[Row] = [NAMES, units, ["甲", "杭州市", 0.5, 100], ["乙", "杭州市", 33.3, 200]]
    shares, notes, said = told(made(tmp_path / f"mine.{ending}", rows))
    assert shares == ["0.5", "33.3"]
    assert notes == ["read as 0.5%, since the column is said to hold percentages; write 50% if that is meant"]
    assert [one for one in said if one.startswith("row 2 holds units and is no company: `外资比例`")]
    # Where no number is above one it says no more than the heading would: what was asked for.
    rows = [NAMES, units, ["甲", "杭州市", 0.5, 100], ["乙", "杭州市", 0.3, 200]]
    shares, notes, _ = told(made(tmp_path / f"small.{ending}", rows))
    assert shares == ["", ""]
    assert len(notes) == 2


def test_the_unit_of_another_column_says_nothing_of_the_share(tmp_path: Path) -> None:
    rows: list[Row] = [NAMES, [None, None, None, "%"], ["甲", "杭州市", 0.5, 100], ["乙", "杭州市", 33.3, 200]]
    assert told(made(tmp_path / "mine.csv", rows))[0] == ["", "33.3"]


@pytest.mark.parametrize(
    "row", [["单位", "杭州市", "%"], ["甲", "", "%"], ["单位", "单位", ""], ["", "", ""], ["", "", "49%"], []]
)
def test_a_row_that_holds_anything_else_is_none_of_units(row: list[str]) -> None:
    assert not is_row_of_units(row, NAMES)


@pytest.mark.parametrize(
    ("lang", "zone", "notice"),
    [
        (
            "zh",
            "查不到地名 `没有市`；按未填处理（`所在地市` 在B列：所在地 › 市）",
            "列名分在几行的，各列这样称呼：`所在地市`（B列：所在地 › 市）、`所在地区`（C列：所在地 › 区）",
        ),
        (
            "en",
            "unknown place `没有市`; taken as missing (`所在地市` is column B: 所在地 › 市)",
            "columns with headings of several rows are called so: `所在地市` (column B: 所在地 › 市), "
            "`所在地区` (column C: 所在地 › 区)",
        ),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_heading_that_no_cell_has_is_told_with_its_column_and_its_cells(
    ending: str, lang: Lang, zone: str, notice: str, tmp_path: Path
) -> None:
    rows: list[Row] = [
        ["企业名称", "所在地", None, "外资比例"],
        [None, "市", "区", None],
        ["甲", "没有市", None, 30],
        ["乙", "杭州市", "西湖区", "x"],
    ]
    shares, notes, said = told(made(tmp_path / f"mine.{ending}", rows), lang)
    assert shares[0] == "30"
    assert notes[0] == zone
    assert notice in said
    # A heading that stands in one cell is found as it is.
    assert not [one for one in notes[1:] if "›" in one]


@pytest.mark.parametrize("name", ["股权乙方", "股权/乙方", "股权 › 乙方", "股权>乙方"])
def test_options_take_a_heading_of_several_rows_by_its_cells(name: str, tmp_path: Path) -> None:
    rows: list[Row] = [
        ["企业名称", "所在地", None, "股权", None],
        [None, "市", "区", "甲方", "乙方"],
        ["甲", "杭州市", "西湖区", 99.6, 0.4],
        ["乙", "杭州市", "西湖区", 50, 50],
    ]
    path = made(tmp_path / "mine.csv", rows)
    columns = {name: "foreign_share"}
    assert told(path, columns=columns)[0] == ["", "50"]
    assert told(path, columns=columns, unit=f"{name}=percent")[0] == ["0.4", "50"]


@pytest.mark.parametrize("name", ["外资份额（%）", "外资份额"])
def test_a_unit_is_found_by_whichever_name_the_mapping_has(name: str, tmp_path: Path) -> None:
    rows: list[Row] = [["企业名称", "城市", "外资份额（%）"], ["甲", "杭州市", 0.5], ["乙", "杭州市", 33.3]]
    assert told(made(tmp_path / "mine.csv", rows), columns={name: "foreign_share"})[0] == ["0.5", "33.3"]


def test_a_heading_that_keeps_its_own_cell_is_told_beside_those_of_its_group(tmp_path: Path) -> None:
    heads = [["企业名称", "所在地", None, None, "行业"], [None, "省", "市", "区", None]]
    made = openpyxl.Workbook()
    for row in [*heads, ["甲", "广东省", "广州市", "南沙区", "73"]]:
        made.active.append(row)
    made.save(tmp_path / "r.xlsx")
    done = screen(tmp_path / "r.xlsx", as_of=datetime.date(2026, 11, 23))
    (told,) = [one.zh for one in done.summary.notices if "列名分在几行" in one.zh]
    assert told.endswith("`省`（B列：所在地 › 省）、`所在地市`（C列：所在地 › 市）、`所在地区`（D列：所在地 › 区）")
