"""Notes on how something was read that ask for an answer say how to give it, and come before those to be checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from applicability import screen
from applicability.report.interview.register_form import answers
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY
from ..sources.reading import BOOK, DAY as DATE

PERCENT = "在`外资比例`列写明比例，带百分号，如 49%"


def hints(lang: Lang = "zh", **row: str | None) -> dict[str, str]:
    table = pa.table({name: pa.array([cell], pa.string()) for name, cell in row.items()})
    notes = screen(table, BOOK, form="wide", as_of=DATE, lang=lang).notes
    found: dict[str, str] = {}
    for one in () if notes is None else notes.to_pylist():
        if not one["code"]:
            found[one["column"]] = found.get(one["column"]) or one["hint"]
    return found


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("民营企业", f"{PERCENT}；没有境外投资者的填 0%"),
        ("外商投资企业", PERCENT),
        ("中外合资", PERCENT),
        ("外国（地区）企业分支机构", f"{PERCENT}；没有境外投资者的填 0%；在`主体类型`列填写（没有这一列的另加）"),
        # No kind of entity in the list is theirs, and an office has no shares.
        ("外国（地区）企业常驻代表机构", ""),
        ("农民专业合作社", f"{PERCENT}；没有境外投资者的填 0%"),
    ],
)
def test_a_type_that_leaves_a_fact_open_says_how_to_give_it(kind: str, told: str) -> None:
    assert hints(企业名称="甲", 城市="天津", 企业类型=kind, 外资比例=None) == {"企业类型": told}
    assert hints(企业名称="甲", 城市="天津", 企业类型=kind, 外资比例="49%").get("企业类型", "").count("比例") == 0


def test_without_the_column_it_is_to_be_added() -> None:
    assert hints("en", 企业名称="甲", 城市="天津", 企业类型="外商投资企业") == {
        "企业类型": "give the share under `foreign share`, with its percent sign, such as 49% (a column to add)"
    }


@pytest.mark.parametrize(
    ("district", "lang", "told"),
    [
        ("天津经济技术开发区", "zh", "要按功能区判断，在“所在功能区”一项中另填"),
        ("天津经济技术开发区", "en", "to stand in the zone, give zones as well"),
        ("市辖区", "zh", ""),
    ],
)
def test_a_place_that_is_to_be_told_otherwise_has_a_hint(district: str, lang: Lang, told: str) -> None:
    assert hints(lang, 企业名称="甲", 城市="天津市", 区县=district) == {"区县": told}


@pytest.mark.parametrize(
    ("lang", "sheets", "heads"),
    [
        ("zh", ("说明", "备注"), ("未读入的，在列", "须填写或改填的，在列", "只需核对的，在列")),
        (
            "en",
            ("About", "Notes"),
            ("Not read, in column", "To be filled in, in column", "Only to be checked, in column"),
        ),
    ],
)
def test_what_asks_for_something_stands_before_what_is_only_to_be_checked(
    run: Run, tmp_path: Path, lang: Lang, sheets: tuple[str, str], heads: tuple[str, ...]
) -> None:
    lines = (
        "企业名称,城市,区县,企业类型",
        "甲,天津,市辖区,有限责任公司",
        "乙,天津,滨海新区,民营企业",
        "丙,没有的市,,有限责任公司",
    )
    (tmp_path / "r.csv").write_text("\n".join(lines), "utf-8")
    assert run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    about: list[Any] = [row[0].value for row in book[sheets[0]].iter_rows()]
    at = [about.index(head) for head in heads]
    assert at == sorted(at)
    assert [about[place + 1] for place in at] == ["城市", "企业类型", "区县"]
    rows = [*book[sheets[1]].iter_rows(values_only=True)][1:]
    assert [row[0] for row in rows] == [4, 3, 2]
    assert [bool(row[-1]) for row in rows] == [True, True, False]


def test_nobody_is_asked_for_the_shares_of_an_office_and_a_branch_gives_those_of_its_company(
    tmp_path: Path, run: Run
) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "o.xlsx"
    kinds = ("外国（地区）企业常驻代表机构", "外商投资企业分公司", "有限责任公司分公司(外商投资企业法人独资)")
    rows = "".join(f"甲{number},天津市,7291,旅行社业务,{kind},无,企业\n" for number, kind in enumerate(kinds))
    register.write_text(f"企业名称,城市,行业,业务活动,企业类型,牌照,主体类型\n{rows}", "utf-8")
    assert run("screen", register, "--as-of", DAY, "--lang", "zh", "-o", out).returncode == 0
    book = openpyxl.load_workbook(out)
    question = answers(BOOK, "zh")["foreign_share"].question
    asked = {str(line[1]): str(line) for line in book["下一步询问"].values}
    assert [question in asked.get(f"甲{number}", "") for number in range(3)] == [False, True, True]
    told = {number: [str(line) for line in book["备注"].values if f"甲{number}" in line] for number in range(3)}
    assert any("没有外资比例，不必填" in one for one in told[0])
    assert all(any("填其总公司的外资比例" in one for one in told[number]) for number in (1, 2))


NO_WORD = {
    "个体工商户": "没有适合个体工商户的主体类型",
    "个体户": "没有适合个体工商户的主体类型",
    "农民专业合作社": "没有适合农民专业合作社的主体类型",
    "外国(地区)企业常驻代表机构": "香港律师事务所的，主体类型填“香港律师事务所驻内地代表机构”；其他的没有适合的词",
}


@pytest.mark.parametrize("share", ["", "100%"])
@pytest.mark.parametrize("kind", NO_WORD)
def test_nobody_is_asked_for_a_kind_of_entity_of_which_no_word_is(
    tmp_path: Path, run: Run, kind: str, share: str
) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "o.xlsx"
    rows = "".join(f"{name},天津市,7291,旅行社业务,{own},{share}\n" for name, own in (("甲", kind), ("乙", "某类型")))
    register.write_text(f"企业名称,城市,行业,业务活动,企业类型,外资比例\n{rows}", "utf-8")
    said: tuple[tuple[Lang, str, str], ...] = (("zh", "主体类型", "留空"), ("en", "kind of entity", "leave it empty"))
    for lang, label, empty in said:
        options = ("--as-of", DAY, "--lang", lang, "-o", out)
        assert run("screen", register, *options).returncode == 0
        book = openpyxl.load_workbook(out)
        asked = {line[1]: line[2:] for line in [*book.worksheets[2].values][1:]}
        question = answers(BOOK, lang)["entity_kind"].question
        assert not any(question in str(cell) for cell in asked.get("甲", ()))
        assert label not in str(asked.get("甲", (None,))[-1])
        assert any(question in str(cell) for cell in asked["乙"]), "whose type may be any is"
        notes = [line for line in book[{"zh": "备注", "en": "Notes"}[lang]].values if "甲" in line]
        told = [str(cell) for line in notes for cell in line]
        assert any(empty in cell for cell in told)
        assert not any("须另填" in cell or ("has to be given" in cell and "kind" in cell) for cell in told)
        assert not any(f"`{label}`" in cell for cell in told), "nor is it to be filled in"
        if lang == "zh":
            assert any(NO_WORD[kind] in cell for cell in told)


@pytest.mark.parametrize("kind", NO_WORD)
def test_nor_is_who_writes_such_a_type_as_the_kind_of_entity(tmp_path: Path, run: Run, kind: str) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "o.xlsx"
    rows = "".join(f"{name},天津市,7291,旅行社业务,{own},0%\n" for name, own in (("甲", kind), ("乙", "某类型")))
    register.write_text(f"企业名称,城市,行业,业务活动,主体类型,外资比例\n{rows}", "utf-8")
    assert run("screen", register, "--as-of", DAY, "--lang", "zh", "-o", out).returncode == 0
    book = openpyxl.load_workbook(out)
    asked = {line[1]: line[2:] for line in [*book.worksheets[2].values][1:]}
    question = answers(BOOK, "zh")["entity_kind"].question
    assert not any(question in str(cell) for cell in asked.get("甲", ()))
    assert any(question in str(cell) for cell in asked["乙"])
    (note,) = (line for line in book["备注"].values if "甲" in line)
    assert "P107" in note
    assert NO_WORD[kind] in str(note[-1])
