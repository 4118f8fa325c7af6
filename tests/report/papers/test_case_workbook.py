"""A whole case as a workbook: what is open with its limits, whom to ask and its words; every measure; the facts."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from applicability import Rulebook, check, decisions
from applicability.report import whole
from applicability.report.changes.tables import xlsx as changes_xlsx
from applicability.report.comparison.tables import xlsx as comparison_xlsx
from applicability.report.interview.register_form import register_form
from applicability.report.papers.case_workbook import case_workbook
from applicability.text import Lang

DAY = datetime.date(2026, 11, 1)
FACTS = {
    "name": "=1+1",
    "city": "成都",
    "sector": "7291",
    "activities": ["travel-agency"],
    "foreign_share": 30,
    "entity_kind": "enterprise",
    "registered_here": True,
}


def sheets(rulebook: Rulebook, lang: Lang) -> dict[str, list[tuple[Any, ...]]]:
    data = case_workbook(whole(check(FACTS, rulebook, as_of=DAY, engine="reference")), lang)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_what_is_open_has_its_limits_whom_to_ask_and_its_words(rulebook: Rulebook) -> None:
    told = sheets(rulebook, "zh")["可用的措施"]
    row = next(line for line in told if line[0] == 57)
    by_head = dict(zip(told[0], row, strict=True))
    assert "赴台湾地区" in by_head["须遵守的限制"]
    assert by_head["向谁办理或查询"] == "文化旅游主管部门（推断）"
    assert by_head["原文"] == rulebook.measure(57).text
    assert by_head["结果"] == "可适用"


def test_in_english_the_translation_stands_beside_the_words(rulebook: Rulebook) -> None:
    told = sheets(rulebook, "en")["Open"]
    assert told[0][-1] == "Unofficial translation"
    row = next(line for line in told if line[0] == 57)
    assert "outbound tourism business" in row[-1]


@pytest.mark.parametrize(("lang", "every", "facts", "about"), [
    ("zh", "全部措施", "所依据的事实", "说明"), ("en", "All measures", "Facts", "About"),
])  # fmt: skip
def test_every_measure_and_every_fact_is_there(
    lang: Lang, every: str, facts: str, about: str, rulebook: Rulebook
) -> None:
    told = sheets(rulebook, lang)
    assert [line[0] for line in told[every][1:]] == [one.row for one in rulebook.measures]
    assert all(line[4] for line in told[every][1:])  # each with its reason
    assert any("7291" in str(line[1]) for line in told[facts])
    assert told[about][0][1] == "=1+1"  # text, and no formula


def test_equal_cases_give_equal_bytes(rulebook: Rulebook) -> None:
    selection = whole(check(FACTS, rulebook, as_of=DAY, engine="reference"))
    assert case_workbook(selection, "zh") == case_workbook(selection, "zh")


def test_no_workbook_has_the_time_at_which_it_was_made(rulebook: Rulebook) -> None:
    assessment = check(FACTS, rulebook, as_of=DAY, engine="reference")
    compared = decisions.compare([FACTS, {**FACTS, "city": "上海"}], rulebook, as_of=DAY)
    made = (
        (case_workbook(whole(assessment), "zh"), DAY),
        (changes_xlsx(assessment, decisions.change(assessment, measures=[57]).prospects, "zh"), DAY),
        (comparison_xlsx(compared, "zh"), DAY),
        (register_form(rulebook, "zh"), max(one.checked_on for one in rulebook.documents.values())),
    )
    for data, day in made:
        core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml").decode()
        assert core.count(f"{day}T00:00:00Z") == 2
