"""What is told of a register in its own words: notes name its headings and cells, and facts say how words were read."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from applicability import Profile, check, load_rulebook, screen
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY

BOOK = load_rulebook()


def notes_of(tmp_path: Path, lines: str, lang: Lang = "zh") -> list[dict[str, str]]:
    """The notes on a register."""
    register = tmp_path / "r.csv"
    register.write_text(lines, "utf-8")
    found = screen(register, BOOK, as_of=DAY, lang=lang, form="wide")
    return [] if found.notes is None else found.notes.to_pylist()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_note_names_the_heading_and_not_the_key(tmp_path: Path, lang: Lang) -> None:
    lines = (
        "企业名称,外资比例,是否在当地注册,业务活动,住所\n甲,见备注,部分,跨境电商,天津市\n乙,150,是,应用商店,天津市\n"
    )
    told = notes_of(tmp_path, lines, lang)
    assert [one["column"] for one in told if one["code"]] == ["业务活动", "外资比例", "是否在当地注册", "外资比例"]
    assert all(one["note"].startswith(f"`{one['column']}`") for one in told if one["code"])


def test_a_contradiction_quotes_the_cell_as_it_is_and_says_that_neither_counts(tmp_path: Path) -> None:
    (note,) = notes_of(tmp_path, "企业名称,外资比例,企业类型\n甲,30%,有限责任公司(外国法人独资)\n")
    assert "`30%`" in note["note"]
    assert "均未采用" in note["hint"]


def test_sectors_that_contradict_each_other_are_told_as_they_were_read(tmp_path: Path) -> None:
    (note,) = notes_of(tmp_path, "企业名称,城市,行业大类,行业小类\n甲,天津,信息技术,6421\n")
    assert (note["code"], note["column"]) == ("S305", "行业小类")
    assert "`信息技术`（读作65 软件和信息技术服务业）" in note["note"]
    assert "`6421`（读作6421 互联网搜索服务）" in note["note"]


def test_a_code_names_the_character_that_is_wrong(tmp_path: Path) -> None:
    (note,) = notes_of(tmp_path, "企业名称,城市,统一社会信用代码\n甲,上海,91310115MA1K3562OU\n")
    assert "第17位是 `O`" in note["note"]


def test_a_name_of_several_zones_is_noted_in_its_own_column(tmp_path: Path) -> None:
    told = notes_of(tmp_path, "企业名称,城市,所属园区,住所\n甲,深圳,前海,广东省深圳市前海深港合作区1号\n")
    assert [(one["column"], one["code"]) for one in told] == [("所属园区", "P104"), ("住所", "")]


def test_a_district_in_two_scripts_is_no_functional_zone(tmp_path: Path) -> None:
    assert notes_of(tmp_path, "企业名称,城市,区县\n甲,天津,Binhai New Area 滨海新区\n") == []
    (note,) = notes_of(tmp_path, "企业名称,城市,区县\n甲,天津,Binhai New Area 浦东新区\n")
    assert "功能区" not in note["note"]


def test_a_bound_beside_a_number_is_told_as_that(tmp_path: Path) -> None:
    (note,) = notes_of(tmp_path, "企业名称,城市,外资比例\n甲,天津,Majority (51%)\n")
    assert "一个界限" in note["note"]


def test_facts_say_how_words_were_read_and_a_check_of_them_decides_the_same(tmp_path: Path, run: Run) -> None:
    register, facts = tmp_path / "r.csv", tmp_path / "facts.csv"
    lines = [
        "企业名称,城市,行业,业务活动,主体类型,licences",
        "甲,上海,Healthcare,应用商店；信息技术,企业,金融租赁公司",
        "乙,上海,IT; 批发业,软件,企业,[]",
        "丙,上海,租赁 71,[],企业,",
    ]
    register.write_text("\n".join(lines) + "\n", "utf-8")
    out = tmp_path / "out.csv"
    assert run("screen", register, "--form", "wide", "-o", out, "--facts", facts, "--as-of", DAY).returncode == 0
    with facts.open(encoding="utf-8-sig") as text:
        told = [*csv.DictReader(text)]
    assert [(one["sector"], one["entity_kind"], one["licences"]) for one in told] == [
        ("84", "enterprise", "financial_leasing"),
        ("65; F", "enterprise", "[]") if told[1]["sector"].endswith("F") else ("65; 51", "enterprise", "[]"),
        ("71", "enterprise", ""),
    ]
    assert [told[0]["activities.yes"], told[1]["activities"]] == ["app-store", "software-and-information-services"]
    with out.open(encoding="utf-8-sig") as text:
        screened = [*csv.DictReader(text)]
    for row, verdicts in zip(told, screened, strict=True):
        profile = {"city": row["city"], "entity_kind": row["entity_kind"], "sector": row["sector"].split("; ")}
        for fact in ("activities", "licences"):
            if row.get(fact):
                profile[fact] = [] if row[fact] == "[]" else row[fact].split("; ")
        if row.get("activities.yes"):
            profile["activities"] = {"yes": [row["activities.yes"]]}
        for one in check(Profile.of(profile), BOOK, as_of=DAY):
            if one.verdict is not None and str(one.measure.row) in verdicts:
                assert verdicts[str(one.measure.row)] == one.verdict.word


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_says_where_codes_and_columns_are_explained(run: Run, tmp_path: Path, lang: Lang) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "out.xlsx"
    register.write_text("企业名称,城市,外资比例\n甲,成都,见备注\n", "utf-8")
    assert run("screen", register, "-o", out, "--as-of", DAY, "--lang", lang).returncode == 0
    book = openpyxl.load_workbook(out)
    about = "\n".join(str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell)
    wanted = {
        "zh": ("docs/errors.zh-CN.md", "力度", "文件", "determinations.22.specific-area"),
        "en": ("docs/errors.md", "Force", "Document", "determinations.22.specific-area"),
    }
    assert all(word in about for word in wanted[lang])
    head, note = book[{"zh": "备注", "en": "Notes"}[lang]].iter_rows(values_only=True)
    assert note[head.index({"zh": "事实", "en": "Fact"}[lang])] == BOOK.facts["foreign_share"].label.of(lang)
    assert {"zh": "代码", "en": "Code"}[lang] in head
