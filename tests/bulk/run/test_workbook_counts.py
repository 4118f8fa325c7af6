"""What a workbook counts and explains: verdicts per company, what waits for a question, its sheets, and its words."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from applicability import load_rulebook, screen
from applicability.report.layout.buckets import MARKS
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY
from ..sources.reading import DAY as DATE

BOOK = load_rulebook()
LINES = (
    "企业名称,城市,区县,企业类型,外资比例,业务活动,行业,持牌或监管身份",
    "甲,天津,滨海新区,有限责任公司(外国法人独资),100%,飞机租赁,6631,",
    "乙,天津,滨海新区,有限责任公司,0%,无,6631,无",
    "丙,上海,,民营企业,,,6631,",
    "合计,,,,,,,",
)
SHEETS: dict[Lang, tuple[str, ...]] = {
    "zh": ("说明", "逐行结果", "下一步询问", "可填的词", "各项措施", "对照表", "非企业行", "备注"),
    "en": ("About", "Line by line", "What to ask next", "Words to answer with", "By measure", "Matrix", "No company",
           "Notes"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["zh", "en"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Lang, Any, Path]:
    folder = tmp_path_factory.mktemp("counts")
    (folder / "r.csv").write_text("\n".join(LINES), "utf-8")
    from click.testing import CliRunner

    from applicability.cli.root import root

    args = ["screen", str(folder / "r.csv"), "-o", str(folder / "o.xlsx"), "--as-of", str(DAY), "--lang", request.param]
    assert CliRunner().invoke(root, args).exit_code == 0
    return request.param, openpyxl.load_workbook(folder / "o.xlsx"), folder


def table(sheet: Any) -> tuple[list[str], list[dict[str, Any]]]:
    head, *lines = ([*row] for row in sheet.iter_rows(values_only=True))
    return head, [dict(zip(head, line, strict=True)) for line in lines]


def test_the_matrix_counts_the_verdicts_of_each_company(told: tuple[Lang, Any, Path]) -> None:
    lang, book, _ = told
    head, lines = table(book[SHEETS[lang][5]])
    counted = head[2:5]
    assert [one[0] for one in counted] == ["✓", "◐", "?"]
    marks = [MARKS[bucket] for bucket in ("eligible", "conditional", "needs_info")]
    assert len(lines) == 3
    for line in lines:
        cells = [*line.values()][5:]
        assert [line[one] for one in counted] == [cells.count(mark) for mark in marks]
    now, then, waits = ([line[one] > 0 for line in lines] for one in counted)
    some = sum(a or b for a, b in zip(now, then, strict=True))
    said = {
        "zh": f"企业3家：至少一项可适用的{sum(now)}家，至少一项可适用或须经认定的{some}家，"
        f"至少一项待补充的{sum(waits)}家",
        "en": f"with one measure or more eligible: {sum(now)}; eligible or conditional: {some}; "
        f"waiting for facts: {sum(waits)}",
    }[lang]
    assert sum(said in str(cell.value) for cell in book[SHEETS[lang][0]]["A"]) == 1


def test_other_results_have_no_counts(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("\n".join(LINES), "utf-8")
    screen(tmp_path / "r.csv", BOOK, as_of=DATE, output=tmp_path / "o.csv", form="wide")
    head = next(csv.reader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()))
    assert head[2] == str(BOOK.measures[0].row)


def test_each_question_names_the_measures_that_wait_for_it(told: tuple[Lang, Any, Path]) -> None:
    lang, book, _ = told
    sheets = SHEETS[lang]
    head, *lines = book[sheets[2]].iter_rows(values_only=True)
    _, matrix = table(book[sheets[5]])
    cells = {line[next(iter(line))]: line for line in matrix}
    count, items = {"zh": ("待此判定的措施数", "等待的项号"), "en": ("Measures waiting for it", "Items waiting")}[lang]
    seen = 0
    for line in lines:
        own = {str(name).split(" ")[0]: mark for name, mark in cells[line[0]].items()}
        for place in (place for place, one in enumerate(head) if one == items and line[place] is not None):
            assert head[place - 1] == count
            waiting = str(line[place]).split({"zh": "、", "en": ", "}[lang])
            assert len(waiting) == line[place - 1]
            assert {own[one] for one in waiting} == {"?"}
            seen += 1
    assert seen > 5
    assert any("--only all" in str(cell.value) for cell in book[sheets[0]]["A"])


def test_the_description_has_a_line_for_each_sheet_then_the_order_of_work(told: tuple[Lang, Any, Path]) -> None:
    lang, book, _ = told
    assert tuple(book.sheetnames) == SHEETS[lang]
    first = [cell.value for cell in book[SHEETS[lang][0]]["A"]]
    start = first.index({"zh": "工作表", "en": "Sheet"}[lang]) + 1
    assert tuple(first[start : start + 7]) == SHEETS[lang][1:]
    steps = first.index({"zh": "先后", "en": "In this order"}[lang])
    assert steps > start
    assert [str(one)[:2] for one in first[steps + 1 : steps + 5]] == ["1.", "2.", "3.", "4."]


def test_a_sheet_that_there_is_none_of_has_no_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,区县\n甲,天津,滨海新区\n", "utf-8")
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", "zh")
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    first = [cell.value for cell in book["说明"]["A"]]
    assert [name for name in SHEETS["zh"] if name in first] == [name for name in book.sheetnames if name != "说明"]
    assert not any("看“备注”" in str(one) for one in first)


def test_the_words_are_explained_in_the_language_asked_for(told: tuple[Lang, Any, Path]) -> None:
    lang, book, _ = told
    head, lines = table(book[SHEETS[lang][3]])
    assert head[-1] == {"zh": "含义", "en": "What it means"}[lang]
    means = {(line[head[0]], line[head[2]]): line[head[3]] or "" for line in lines}
    activities = BOOK.facts["activities"].label.of(lang)
    for one in BOOK.sectors.activities.values():
        if one.means is not None:
            assert means[activities, one.label.of(lang)].startswith(one.means.of(lang))
    zones = BOOK.facts["zones"].label.of(lang)
    teda, said = {
        "zh": ("天津经济技术开发区", "在天津市滨海新区"),
        "en": (BOOK.gazetteer.zones["teda"].en, "in Binhai"),
    }[lang]
    assert said in means[zones, teda]
    if lang == "en":
        # Some counties have no English name.
        own = [meaning for (fact, _), meaning in means.items() if fact != zones]
        assert not [one for one in own if any("一" <= sign <= "龥" for sign in one)]
