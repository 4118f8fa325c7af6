"""What is told where another column tells the place instead of one not read, and which column tells a fact."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from applicability.cli.root import root
from applicability.text import Lang

from .test_heading_layout import Row, made

Line = dict[str, str]


def screened(path: Path, lang: Lang, rows: Sequence[Row]) -> tuple[list[Line], list[Line], dict[str, int]]:
    """The notes and facts of a register, and of how many companies columns tell facts, by fact and column."""
    files = [path / name for name in ("notes.csv", "facts.csv", "summary.json")]
    options = ["--notes", str(files[0]), "--facts", str(files[1]), "--summary", str(files[2]), "--measure", "111"]
    made(path / "mine.csv", rows)
    done = CliRunner().invoke(
        root, ["--lang", lang, "screen", str(path / "mine.csv"), "-o", str(path / "out.csv"), *options]
    )
    assert done.exit_code == 0, done.output
    notes, facts = ([*csv.DictReader(io.StringIO(one.read_text("utf-8-sig")))] for one in files[:2])
    derived = json.loads(files[2].read_text("utf-8"))["derived"]
    return notes, facts, {f"{one['fact']} {one['column']}": one["companies"] for one in derived}


@pytest.mark.parametrize(
    ("rows", "zh", "en"),
    [
        (
            [["企业名称", "城市", "所在地区", "园区"], ["甲", "深圳市", "南沙区", "广州南沙综合保税区"]],
            "`城市` 列的 `深圳市` 与 `所在地区` 列的 `南沙区` 矛盾；未采用，所在地以 `园区` 列为准",
            "`深圳市` under `城市` cannot be so with `南沙区` under `所在地区`; left out: `园区` counts for the place",
        ),
        (
            [["企业名称", "城市", "住所", "园区"], ["甲", "深圳市", "广州市南沙区一路1号", "广州南沙综合保税区"]],
            "`住所` 列的 `广州市南沙区一路1号` 不在另一列所填的深圳市内；`住所`、`城市` 未采用，所在地以 `园区` 列为准",
            "`广州市南沙区一路1号` under `住所` does not lie in 深圳市, which another column tells; `住所`, `城市` "
            "left out: `园区` counts for the place",
        ),
        (
            [["企业名称", "城市", "园区"], ["甲", "没有市", "广州南沙综合保税区"]],
            "查不到地名 `没有市`；未采用，所在地以 `园区` 列为准",
            "unknown place `没有市`; left out: `园区` counts for the place",
        ),
    ],
)
def test_the_note_on_a_place_says_that_the_zones_count(rows: list[Row], zh: str, en: str, tmp_path: Path) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        notes, facts, derived = screened(tmp_path, lang, rows)  # type: ignore[arg-type]
        assert [one["note"] for one in notes] == [said]
        assert facts[0]["city"] == "440115"
        assert facts[0]["derived"] == "city: 园区"
        assert derived == {"city 园区": 1}
    # Without zones nothing tells the place.
    notes, facts, derived = screened(tmp_path, "zh", [rows[0], [*rows[1][:-1], None]])
    assert "按未填处理" in notes[0]["note"]
    assert "city" not in facts[0] or not facts[0]["city"]
    assert not derived


def test_every_column_that_tells_a_fact_is_counted_and_no_district_under_its_own_heading(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["企业名称", "省份", "城市", "所在地区", "园区", "行业门类", "行业小类"],
        ["甲", "广东省", "广州市", "南沙区", "广州南沙综合保税区", "I", None],
        ["乙", "广东省", None, "南沙区", None, None, "6513"],
        ["丙", "天津市", None, None, None, "I", None],
        ["丁", None, None, None, "广州南沙综合保税区", None, "6513"],
    ]
    _, facts, derived = screened(tmp_path, "zh", rows)
    assert derived == {"city 所在地区": 1, "city 省份": 1, "city 园区": 1, "sector 行业门类": 2}
    told = [pair for one in facts for pair in one["derived"].split(", ") if pair]
    assert sorted(told) == sorted(
        ["sector: 行业门类", "city: 所在地区", "city: 省份", "sector: 行业门类", "city: 园区"]
    )


def test_the_note_on_a_zone_of_no_table_goes_by_the_type_that_is_given(tmp_path: Path) -> None:
    head = ["企业名称", "城市", "所在功能区", "功能区类型"]
    rows: list[Row] = [
        head,
        ["甲", "广州市", "南沙经济技术开发区", "国家级经济技术开发区"],
        ["乙", "广州市", "南沙经济技术开发区", None],
        ["丙", "广州市", "南沙经济技术开发区", "无"],
        ["丁", "广州市", "南沙综和保税区", "综合保税区"],
    ]
    notes = screened(tmp_path, "zh", rows)[0]
    given, *others, slip = ((one["note"].split("；", 1)[1], one["hint"]) for one in notes)
    assert given == ("名录中没有的，已按 `功能区类型` 列所填的类型判断", "")
    typed = "此格留空，在“功能区类型”列（没有的另加）写明其类型"
    asked = f"写出功能区的全称，不要改填相近的另一功能区；在名录没有的功能区内的，{typed}"
    assert others == [("按未填处理", asked)] * 2
    assert slip[1].startswith("是否指 `广州南沙综合保税区`？")
    notes = screened(tmp_path, "en", rows[:2])[0]
    assert notes[0]["note"].endswith("; where no table has it, the types under `功能区类型` count")


def test_an_address_of_registration_outside_a_zone_is_noted(tmp_path: Path) -> None:
    head = ["企业名称", "城市", "所在区县", "注册地址"]
    rows: list[Row] = [
        head,
        ["甲", "广州市", "南沙区", "南沙综合保税区外示例路"],
        ["乙", "广州市", "南沙区", "广州市南沙区南沙综合保税区外示例路"],
    ]
    notes, facts, _ = screened(tmp_path, "zh", rows)
    outside = "注册地址写明在广州南沙综合保税区之外或附近，未视为在其内"
    assert [one["note"] for one in notes] == [f"{outside}，也未据此判断是否在当地注册", outside]
    assert [one["registered_here"] for one in facts] == ["", "true"]
    assert "outside or near Guangzhou Nansha" in screened(tmp_path, "en", rows)[0][0]["note"]


@pytest.mark.parametrize(
    ("city", "zh", "en"),
    [
        (
            "广州市",
            "`前海` 可以指多个功能区，都在深圳市，不在所填的广州市内；按未填处理",
            "`前海` names several zones, all in Shenzhen and none in Guangzhou, which the row gives; taken as missing",
        ),
        ("深圳市", "`前海` 可以指多个功能区；按未填处理", "`前海` names several zones; taken as missing"),
    ],
)
def test_a_name_of_several_zones_is_told_by_their_names_and_where_they_lie(
    city: str, zh: str, en: str, tmp_path: Path
) -> None:
    rows: list[Row] = [["企业名称", "城市", "所在功能区"], ["甲", city, "前海"]]
    for lang, said in (("zh", zh), ("en", en)):
        (note,) = screened(tmp_path, lang, rows)[0]  # type: ignore[arg-type]
        assert note["note"] == said
        assert "qianhai-" not in note["hint"]
        assert ("前海深港现代服务业合作区" in note["hint"]) is (lang == "zh")


def test_misspelt_cells_are_told_with_what_they_may_be_meant_for(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["企业名称", "城市", "区县", "业务活动"],
        ["甲", "广洲市", None, "飞机租凭"],
        ["乙", "天京", None, "拟从事飞机租赁"],
        ["丙", "广州市", "南砂区", None],
        ["丁", "上海市", "浦冻新区", None],
        ["戊", "没有市", None, "外国人"],
    ]
    hints = [one["hint"] for one in screened(tmp_path, "zh", rows)[0]]
    begin = [one.split("？")[0] if one.startswith("是否指") else "" for one in hints]
    assert begin == [
        "是否指 `广州市`", "是否指 `飞机租赁`", "是否指 `天津市`", "是否指 `飞机租赁`", "是否指 `南沙区`",
        "是否指 `浦东新区`", "", "",
    ]  # fmt: skip
    assert screened(tmp_path, "en", rows[:2])[0][0]["hint"].startswith("did you mean `广州市`? write the full names")
