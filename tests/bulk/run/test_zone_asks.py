"""The question on zones names those that the register tells, and the answer that it has settles it."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY

SHEETS: dict[Lang, str] = {"zh": "下一步询问", "en": "What to ask next"}
BESIDES: dict[Lang, str] = {
    "zh": "`{column}` 列已写明在{zone}内，除此之外还在哪些功能区内",
    "en": "`{column}` names {zone} already; besides, in which zones does it stand",
}
KNOWN: dict[Lang, str] = {"zh": "已知在{zone}内，除此之外还", "en": "It is known to stand in {zone}; besides, in which"}
ZONE: dict[Lang, str] = {"zh": "天津经济技术开发区", "en": "Tianjin Economic-Technological Development Area"}
NEW: dict[Lang, str] = {"zh": "新增列：所在功能区", "en": "new column: zones"}
NO_OTHER: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile("填入“(所在功能区)”列.*?不在别的功能区的，填“(.+?)”"),
    "en": re.compile("in the column “(zones)”.*? in no other zone, “(.+?)”"),
}
TYPED: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile("只有别的功能区不在名录中的，才另加一列“(功能区类型)”"),
    "en": re.compile("Only where another zone is not in the list, add a column “(zone types)”"),
}
BONDED: dict[Lang, str] = {"zh": "综合保税区", "en": "comprehensive bonded zone"}
TEDA = "天津经济技术开发区第二大街1号"


def asked(run: Run, where: Path, lang: Lang, cells: dict[str, str]) -> tuple[list[tuple[str, str, str]], list[str]]:
    """What one company is asked, how it answers and where; the codes and hints of its notes."""
    own = {
        "企业名称": "甲",
        "城市": "天津",
        "区县": "滨海新区",
        "主体类型": "科研院所",
        "行业": "7320",
        "外资比例": "0%",
    }
    cells = {**own, "业务活动": "无", **cells}
    (where / "r.csv").write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", "utf-8")
    told = run("screen", where / "r.csv", "-o", where / "o.xlsx", "--as-of", DAY, "--lang", lang)
    assert told.returncode == 0, told.stderr
    book = openpyxl.load_workbook(where / "o.xlsx")
    row = [str(cell.value) for cell in book[SHEETS[lang]][2]]
    notes = next((sheet for sheet in book if sheet.title in ("备注", "Notes")), None)
    told_notes = [] if notes is None else [" ".join(map(str, one)) for one in notes.iter_rows(2, values_only=True)]
    return [(row[place], row[place + 1], row[place + 2]) for place in (2, 7, 12)], told_notes


def of_zones(asks: list[tuple[str, str, str]], lang: Lang) -> list[tuple[str, str, str]]:
    wanted = "在哪些功能区内" if lang == "zh" else "which zones does it stand"
    return [one for one in asks if wanted in one[0]]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("column", ["住所", "园区", "所在功能区（部分）"])
def test_the_question_names_the_zone_and_the_column_that_tells_it(
    run: Run, tmp_path: Path, lang: Lang, column: str
) -> None:
    asks, _ = asked(run, tmp_path, lang, {column: TEDA if column == "住所" else "天津经济技术开发区"})
    ((question, answer, into),) = of_zones(asks, lang)
    assert question.startswith(BESIDES[lang].format(column=column, zone=ZONE[lang]))
    found = NO_OTHER[lang].search(answer)
    assert found is not None
    assert found[2] == ZONE[lang]
    assert into == NEW[lang]  # a column of some zones never says that there are no others


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_two_columns_tell_zones_none_is_named(run: Run, tmp_path: Path, lang: Lang) -> None:
    asks, _ = asked(run, tmp_path, lang, {"住所": TEDA, "园区": "天津经济技术开发区"})
    assert [KNOWN[lang].format(zone=ZONE[lang]) in one for one, _, _ in of_zones(asks, lang)] in ([True], [False])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("told", [{"住所": TEDA}, {"园区": "天津经济技术开发区；天津滨海高新技术产业开发区"}])
@pytest.mark.parametrize("typed", [False, True])
def test_what_the_answer_says_is_read_without_a_contradiction_and_settles_it(
    run: Run, tmp_path: Path, lang: Lang, told: dict[str, str], typed: bool
) -> None:
    ((_, answer, into),) = of_zones(asked(run, tmp_path, lang, told)[0], lang)
    assert into == NEW[lang]
    found, types = NO_OTHER[lang].search(answer), TYPED[lang].search(answer)
    assert found is not None
    assert types is not None
    cells = {**told, found[1]: found[2]} | ({types[1]: BONDED[lang]} if typed else {})
    asks, notes = asked(run, tmp_path, lang, cells)
    assert of_zones(asks, lang) == []
    assert [one for one in notes if "S302" in one or "P10" in one] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_company_of_which_no_zone_is_told_is_asked_as_before(run: Run, tmp_path: Path, lang: Lang) -> None:
    ((question, answer, into),) = of_zones(asked(run, tmp_path, lang, {"住所": "天津市滨海新区示例路1号"})[0], lang)
    assert question.startswith("在哪些功能区内" if lang == "zh" else "In which zones")
    assert ("都不在任何功能区的填“无”" if lang == "zh" else "Write “none” only where") in answer
    assert into == NEW[lang]


@pytest.mark.parametrize(
    ("lang", "hint"),
    [
        ("zh", "写“是”或“否”；主管部门尚未答复的，此格留空"),
        ("en", "write yes or no; leave the cell empty while the authority has not answered"),
    ],
)
@pytest.mark.parametrize("cell", ["待定", "待核实", "暂无", "部分"])
def test_a_finding_that_is_not_made_yet_is_to_be_left_empty(
    run: Run, tmp_path: Path, lang: Lang, hint: str, cell: str
) -> None:
    _, notes = asked(run, tmp_path, lang, {"determinations.22.specific-area": cell, "limits.57.taiwan": ""})
    assert [hint in one for one in notes if "determinations.22.specific-area" in one] == [True]
