"""A zone that is not in the list is never answered with “none”: each output says the same, and has the words for it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from applicability import screen
from applicability.report.interview.register_form import answers, register_form
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY
from ..sources.reading import BOOK, DAY as DATE

SAID: dict[Lang, str] = {
    "zh": "都不在任何功能区的填“无”；只有在名录没有的功能区内的，才在“功能区类型”列（没有的另加）写明其类型，"
    "此格留空（还在名录中某一功能区内的照填）。",
    "en": "Write “none” only where it is in no zone at all; only where it is in one that is not in the list, write its "
    "type in the column “zone types” (to be added where there is none), and leave this cell empty (but for the zones "
    "that are in the list).",
}
# … where a sheet has the types.
CHOSEN: dict[Lang, str] = {
    "zh": "只有在名录没有的功能区内的，才另加一列“功能区类型”（已有的填在该列），从“可填的词”表中选，此格留空",
    "en": "only where it is in one that is not in the list, add a column “zone types”, where there is none, and choose "
    "its type for it on the sheet “Words to answer with”, and leave this cell empty",
}
LEFT_EMPTY: dict[Lang, str] = {
    "zh": "此格留空，另加一列“功能区类型”（已有的填在该列），从“可填的词”表中选",
    "en": "leave this cell empty and add a column “zone types”, where there is none, and choose its type for it on the "
    "sheet “Words to answer with”",
}
NOTED: dict[Lang, str] = {
    "zh": "在“功能区类型”列（没有的另加）写明其类型",
    "en": "write its type in the column “zone types” (to be added where there is none)",
}
SHEETS: dict[Lang, tuple[str, str]] = {
    "zh": ("下一步询问", "可填的词"),
    "en": ("What to ask next", "Words to answer with"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_question_says_it_and_the_words_have_the_types(run: Run, tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,区县,主体类型\n甲,天津,滨海新区,科研院所\n", "utf-8")
    assert run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    asked = [str(cell.value) for cell in book[SHEETS[lang][0]][2]]
    assert sum(CHOSEN[lang] in one for one in asked) == 1
    words = [(row[0], row[-1]) for row in book[SHEETS[lang][1]].iter_rows(min_col=1, max_col=3, values_only=True)]
    types = [one.zh if lang == "zh" else one.en for one in BOOK.gazetteer.zone_types.values()]
    label = BOOK.facts["zone_types"].label.of(lang)
    assert [word for fact, word in words if fact == label][1:] == types


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_of_init_and_a_column_in_part_say_it_too(lang: Lang) -> None:
    guide = openpyxl.load_workbook(io.BytesIO(register_form(BOOK, lang))).worksheets[1]
    assert sum(SAID[lang] in str(cell.value) for row in guide.iter_rows() for cell in row) == 1
    assert SAID[lang] in answers(BOOK, lang)["zones"].in_part.how


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("column", "cell"), [("功能区", "没有的开发区"), ("所在功能区（部分）", "无")])
def test_the_notes_say_it(column: str, cell: str, lang: Lang) -> None:
    table = pa.table({"企业名称": ["甲"], "城市": ["天津"], column: [cell]})
    notes = screen(table, BOOK, form="wide", as_of=DATE, lang=lang).notes.to_pylist()
    assert [NOTED[lang] in one["hint"] for one in notes if one["column"] == column] == [True]


@pytest.mark.parametrize(
    ("lang", "typed", "problem"),
    [
        ("zh", "功能区类型", "`功能区类型` 是另一列的列名，不是功能区"),
        ("en", "Zone types", "`Zone types` is the heading of another column, and no zone"),
    ],
)
def test_the_name_of_the_column_typed_as_a_zone_is_told_as_such(
    run: Run, tmp_path: Path, lang: Lang, typed: str, problem: str
) -> None:
    (tmp_path / "r.csv").write_text(f"企业名称,城市,功能区\n甲,天津,{typed}\n", "utf-8")
    assert run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    told = [[str(cell) for cell in row] for row in book["备注" if lang == "zh" else "Notes"].values]
    assert (
        sum(any(problem in cell for cell in row) and any(LEFT_EMPTY[lang] in cell for cell in row) for row in told) == 1
    )
    label = BOOK.facts["zone_types"].label.of(lang)
    assert label in {row[0] for row in book[SHEETS[lang][1]].iter_rows(max_col=1, values_only=True)}
