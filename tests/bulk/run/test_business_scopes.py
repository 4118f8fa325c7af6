"""Columns of activities that hold business scopes: what is read, what is left out, and one note on a cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from applicability import screen
from applicability.bulk.engine.arrays import CellTable
from applicability.report.interview.register_form import answers
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY
from .partly import BOOK, Partly, of_table

EXCLUDED = "信息服务（不含：增值电信业务，数据标注，应用商店服务业务）"
LICENCE = (
    "许可项目：应用商店服务；互联网信息服务。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
    "一般项目：软件开发；技术服务、技术开发、技术咨询、技术交流"
)
FINE = (
    "words without a match need not be changed: to tell all activities add a column “activities”, with “none” if no "
    "word fits"
)


def scopes(
    cell: str, holds: str = "activities.yes", heading: str = "经营范围", defaults: dict[str, object] | None = None
) -> Partly:
    table = CellTable({"企业名称": ["甲"], "城市": ["广州"], heading: [cell]}, 1)
    return of_table(table, defaults, {heading: holds})


@pytest.mark.parametrize("holds", ["activities", "activities.yes"])
def test_what_a_scope_tells_is_known_in_part_with_one_note(holds: str) -> None:
    found = scopes(LICENCE, holds)
    assert found.profiles[0]["activities"] == {"yes": ["应用商店服务", "软件开发"]}
    assert found.notes == [[("经营范围", "P107" if holds == "activities" else "", LICENCE)]]
    read = (
        "2 items read as activities, 5 left out (`互联网信息服务`, `技术服务`, `技术开发`, …); "
        "the list is taken as known in part, and the sector decides what it leaves open"
    )
    assert found.texts[0] == [read if holds == "activities" else f"{read}; {FINE}"]


@pytest.mark.parametrize("holds", ["activities", "activities.yes"])
@pytest.mark.parametrize("heading", ["经营范围", "业务"])
def test_what_it_excludes_is_not_carried_on(holds: str, heading: str) -> None:
    found = scopes(EXCLUDED, holds, heading)
    assert "activities" not in found.profiles[0]
    assert [(code, value) for _, code, value in found.notes[0]] == [("P107" if holds == "activities" else "", EXCLUDED)]
    assert "is not taken as carried on" in found.texts[0][0]


def test_a_default_takes_the_place_of_no_scope_of_which_nothing_is_read() -> None:
    assert "activities" not in scopes(EXCLUDED, defaults={"activities": ["数据标注"]}).profiles[0]
    assert "activities" not in scopes(EXCLUDED, "activities", defaults={"activities": ["数据标注"]}).profiles[0]


def test_two_columns_of_activities_are_read_beside_a_scope() -> None:
    cells = {
        "企业名称": ["甲", "乙"],
        "城市": ["广州", "广州"],
        "经营范围": [LICENCE, EXCLUDED],
        "主营业务": ["旅行社", "旅行社"],
    }
    table = CellTable(cells, 2)
    found = of_table(table, mapping={"经营范围": "activities", "主营业务": "activities.yes"})
    assert found.profiles[0]["activities"] == {"yes": ["旅行社", "应用商店服务", "软件开发"]}
    assert found.profiles[1]["activities"] == {"yes": ["旅行社"]}


def test_words_of_licences_are_told_as_such() -> None:
    cell, held = (
        "数据标注服务；融资租赁业务；商业保理；银行；信息服务（不含许可类）",
        "`融资租赁业务`, `商业保理`, `银行`: words of “licences”",
    )
    (told,) = scopes(cell, "activities").texts[0]
    assert told.endswith(f"; {held}, for whoever holds that licence")
    assert "licences" not in scopes("数据标注；信息服务（不含许可类）").texts[0][0]
    # Beside a part of the activities that is all that a note asks for.
    found = scopes(cell)
    assert [code for _, code, _ in found.notes[0]] == [""]
    assert found.hints[0] == [f"{held}, for whoever holds that licence"]
    assert found.texts[0][0].endswith(FINE)


def test_words_that_are_no_scope_are_told_one_by_one() -> None:
    found = scopes("数据标注；咨询", heading="业务")
    assert found.profiles[0]["activities"] == {"yes": ["数据标注"]}
    assert found.texts == [
        [
            "unknown activity `咨询`; the rest is read, as known in part, and the sector decides what it leaves open; "
            f"{FINE}"
        ]
    ]
    assert found.notes == [[("业务", "", "数据标注；咨询")]]
    # A word that is meant for another is still to be corrected, and so is any in a list of all activities.
    assert [code for _, code, _ in scopes("数据标柱；咨询", heading="业务").notes[0]] == ["P107", ""]
    assert [code for _, code, _ in scopes("数据标注；咨询", "activities", "业务").notes[0]] == ["P107"]


@pytest.mark.parametrize(
    "cell",
    ["依法须经批准的项目，经相关部门批准后方可开展", "（依法须经批准的项目，经相关部门批准后方可开展经营活动）。"],
)
def test_what_every_licence_prints_is_noted_once_and_is_no_activity(cell: str) -> None:
    found = of_table(CellTable({"企业名称": ["甲"], "业务活动": [cell]}, 1))
    assert found.notes == [[("业务活动", "P107", cell)]]
    assert "is what every business licence prints, and no activity" in found.texts[0][0]
    assert found.profiles == [{}]


REGISTER = (
    "企业名称,城市,行业,业务活动（部分）\n"
    f"甲,广州市,6513,{LICENCE.replace(',', '')}\n乙,广州市,6513,火星采矿\n丙,广州市,6513,{EXCLUDED}\n"
)


def test_no_word_of_a_scope_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(REGISTER, "utf-8")
    found = screen(tmp_path / "r.csv", BOOK, as_of=DAY, strict=True)
    assert (found.summary.noted, found.summary.unread) == (3, 0)
    assert [*found.summary.kinds] == ["\t业务活动（部分）"]
    (tmp_path / "all.csv").write_text(REGISTER.replace("（部分）", ""), "utf-8")
    assert screen(tmp_path / "all.csv", BOOK, as_of=DAY).summary.unread == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_scope_leaves_open_is_asked_for_in_a_column_of_its_own(run: Run, tmp_path: Path, lang: Lang) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "o.xlsx"
    register.write_text(REGISTER, "utf-8")
    assert run("screen", register, "-o", out, "--as-of", DAY, "--lang", lang).returncode == 0
    book, told = openpyxl.load_workbook(out), answers(BOOK, lang)["activities"]
    lines = [*book.worksheets[2].values][1:]
    assert len(lines) == 3
    for line in lines:
        place = line.index(told.question)  # the question alone: nothing is to be corrected
        assert str(line[place + 1]).endswith(told.how)
        assert line[place + 2] == {"zh": "新增列：业务活动", "en": "new column: activities"}[lang]
    _, *notes = book[{"zh": "备注", "en": "Notes"}[lang]].values
    assert not any(note[-1] for note in notes), "there is nothing to do"
    fine = {"zh": "没有对应的词的，不必改", "en": "words without a match need not be changed"}[lang]
    assert all(fine in str(note[-2]) for note in notes)


WELLNESS = "`wellness services with Chinese medicine or tourism`"


@pytest.mark.parametrize(
    ("holds", "heading", "where"),
    [
        ("activities.yes", "经营范围", "in the column “activities (in part)” (to be added where there is none)"),
        ("activities.yes", "业务", "instead"),
        ("activities", "经营范围", "instead"),
    ],
)
def test_an_item_that_may_be_activities_is_named_with_them_among_others(holds: str, heading: str, where: str) -> None:
    found = scopes("许可项目：旅游业务；一般项目：日用百货销售", holds, heading)
    told = found.texts[0][0] if holds == "activities" else found.hints[0][0]
    may_be = f"`旅游业务` may be {WELLNESS} or `travel agency services` or `space tourism`"
    assert f"{may_be}: whoever carries that on writes that word {where}" in told


@pytest.mark.parametrize("holds", ["activities", "activities.yes"])
@pytest.mark.parametrize("cell", ["融资租赁", "融资租赁业务；租赁业务；租赁咨询", "飞机租赁；融资租赁"])
def test_a_licence_is_told_as_such_in_one_note_in_any_column(holds: str, cell: str) -> None:
    found = scopes(cell, holds, heading="业务")
    assert len(found.notes[0]) == 1
    told = found.texts[0][0] if holds == "activities" else found.hints[0][0]
    word = "融资租赁业务" if "业务" in cell else "融资租赁"
    assert f"`{word}`: words of “licences”, for whoever holds that licence" in told
    assert "`租赁业务`: words of" not in told


@pytest.mark.parametrize("heading", ["许可项目：", "一般项目:", "许可经营项目："])
def test_the_heading_of_a_single_item_is_no_part_of_it(heading: str) -> None:
    assert scopes(f"{heading}日用百货销售").texts[0][0].startswith("unknown activity `日用百货销售`;")
    assert scopes(f"{heading}旅游业务").texts[0][0].startswith("`经营范围`: `旅游业务` could mean several things;")
