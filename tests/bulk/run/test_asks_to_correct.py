"""What a company is asked because a cell was not read: first to correct that cell, named by its column and row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from applicability import load_rulebook
from applicability.report.interview.register_form import answers
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY

BOOK = load_rulebook()


def told(run: Run, tmp_path: Path, register: str, fact: str, lang: Lang = "zh") -> dict[str, tuple[str, str]]:
    """By company, what it is asked to tell a fact, without the question itself, and the column for the answer."""
    path, question = tmp_path / "r.csv", answers(BOOK, lang)[fact].question
    path.write_text(register, "utf-8")
    assert run("screen", path, "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    _, *lines = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[2].values
    return {
        str(line[1]): (str(line[place]).removesuffix(question), str(line[place + 2]))
        for line in lines
        for place in range(2, 14)
        if str(line[place]).endswith(question)
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_company_whose_type_was_not_read_is_asked_to_correct_it_or_to_say_its_kind(
    run: Run, tmp_path: Path, lang: Lang
) -> None:
    register = (
        "企业名称,企业类型,城市,行业,业务活动,外资比例\n"
        "甲,A类,天津市,7291,旅行社业务,0%\n"
        "乙,,天津市,7291,旅行社业务,0%\n"
        "丙,A类,天津市,7291,旅行社业务,\n"
    )
    kinds = told(run, tmp_path, register, "entity_kind", lang)
    shares = told(run, tmp_path, register, "foreign_share", lang)
    new = {"zh": "新增列：主体类型", "en": "new column: kind of entity"}[lang]
    ask, into = {
        "zh": (
            "请更正第{}行的`企业类型`（有未采用的内容，原因见备注），或直接回答：",
            "`企业类型`（已填，但有未采用的内容，原因见备注；请更正），或",
        ),
        "en": (
            "Correct `企业类型` in row {}, of which not all was used (see the notes), or answer: ",
            "`企业类型` (filled, but not all of it was used: see the notes, and correct it), or ",
        ),
    }[lang]
    assert kinds["甲"] == (ask.format(2), into + new)
    assert kinds["乙"] == ("", new)
    assert shares["丙"] == (ask.format(4), into + "外资比例")


@pytest.mark.parametrize(
    ("fact", "heading", "cell"),
    [
        ("foreign_share", "外资比例", "约一半"),
        ("district", "区县", "没有的区"),
        ("activities", "业务活动", "吃饭"),
        ("registered_here", "在当地注册", "部分"),
        ("entity_kind", "主体类型", "A类"),
    ],
)
def test_the_cell_of_a_fact_that_was_not_read_is_named_with_its_row(
    run: Run, tmp_path: Path, fact: str, heading: str, cell: str
) -> None:
    cells = {
        "企业名称": "甲",
        "主体类型": "企业",
        "城市": "天津市",
        "行业": "7291",
        "业务活动": "旅行社业务",
        "外资比例": "0%",
        "在当地注册": "是",
        "区县": "东丽区",
        "持牌或监管身份": "无",
        "集团身份": "无",
    } | {heading: cell}
    register = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    asked, into = told(run, tmp_path, register, fact)["甲"]
    assert asked == f"请更正第2行的`{heading}`（有未采用的内容，原因见备注）："
    assert into == f"`{heading}`（已填，但有未采用的内容，原因见备注；请更正）"


def test_columns_that_contradict_each_other_are_to_be_corrected_whatever_is_answered(run: Run, tmp_path: Path) -> None:
    register = "企业名称,主体类型,城市,住所,行业,业务活动\n甲,企业,天津市,广州市天河区示例路1号,7291,旅行社业务\n"
    asked, into = told(run, tmp_path, register, "city")["甲"]
    assert asked == "请更正第2行的`住所`、`城市`（有未采用的内容，原因见备注）："
    assert into == "`住所`、`城市`（已填，但有未采用的内容，原因见备注；请更正）"


def test_a_place_is_not_asked_for_in_a_credit_code_beside_a_city(run: Run, tmp_path: Path) -> None:
    codes = "企业名称,统一社会信用代码,{}主体类型,行业,业务活动\n甲,91120116MA6HCY4H0O,{}企业,7291,旅行社业务\n"
    asked, _ = told(run, tmp_path, codes.format("城市,", "天津市,"), "district")["甲"]
    assert not asked
    asked, into = told(run, tmp_path, codes.format("", ""), "city")["甲"]
    assert asked == "请更正第2行的`统一社会信用代码`（有未采用的内容，原因见备注），或直接回答："
    assert into.endswith("，或新增列：所在省市")


def test_the_columns_of_a_row_with_too_many_cells_are_named(run: Run, tmp_path: Path) -> None:
    register = (
        "企业名称,城市,主体类型,外资比例,行业,业务活动\n"
        "乙,天津市,企业,0%,7291,旅行社业务\n"
        "甲,天津市,企业,0%,多余,7291,旅行社业务\n"  # nobody knows where the cell too many stands
    )
    asked, into = told(run, tmp_path, register, "foreign_share")["甲"]
    assert asked == "请更正第3行的`外资比例`（有未采用的内容，原因见备注）："
    assert into == "`外资比例`（已填，但有未采用的内容，原因见备注；请更正）"


def test_how_to_answer_and_kinds_of_notes_read_as_sentences_in_english(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("企业名称,企业类型,城市,行业,业务活动,外资比例\n甲,A类,天津市,7291,旅行社业务,0%\n", "utf-8")
    assert run("screen", path, "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", "en").returncode == 0
    about, _, asks, *_ = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets
    _, line = asks.values
    assert "See “kind of entity” on the sheet “Words to answer with”" in line
    assert "1 company (P107), for example: unknown company type `A类`; taken as missing" in [
        row[2] for row in about.values
    ]
