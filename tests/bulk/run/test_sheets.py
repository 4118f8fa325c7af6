"""A workbook with a sheet for each town: the sheets that were left out are told, with the command for each."""

from __future__ import annotations

import shlex
from pathlib import Path

import openpyxl
import pytest

from ...cli.conftest import Run
from ..engine.tables import DAY
from ..sources.reading import COMPANIES, HEADINGS, workbook

TABLE = (HEADINGS, *COMPANIES)


@pytest.mark.parametrize("titles", [("东疆 一", "a&b", "c's", "$d", "-e"), ("甲", "乙", "丙", "丁", "戊")])
def test_every_town_has_its_sheet_and_the_command_that_screens_it(
    run: Run, tmp_path: Path, titles: tuple[str, ...]
) -> None:
    book = workbook(tmp_path / "the towns.xlsx", *[TABLE] * len(titles))
    for sheet, title in zip(book.worksheets, titles, strict=True):
        sheet.title = title
    book.save(tmp_path / "the towns.xlsx")
    mapping = tmp_path / "my mapping.yaml"
    mapping.write_text("columns: {业务活动: activities.yes}", "utf-8")
    options = ("--set", "entity_kind=公司", "--mapping", mapping, "--only", "eligible", "--limits")
    done = run("screen", tmp_path / "the towns.xlsx", "--lang", "en", "--as-of", DAY, *options)
    assert "for a total put them into one sheet first" in done.stdout
    left = [line for line in done.stdout.splitlines() if "was left out" in line]
    assert [line.split("`")[1] for line in left] == list(titles[1:])
    for title, line in zip(titles[1:], left, strict=True):
        program, *words = shlex.split(line.partition("screen it as well: ")[2])
        assert program == "applicability"
        assert [*map(str, ("--lang", "en", "--as-of", DAY, *options))] == words[4:-2]
        again = run(*words)
        assert again.returncode == 0
        assert f"the sheet `{title}` was read" in again.stdout
        result = openpyxl.load_workbook(tmp_path / f"the towns-{title}-screened.xlsx")
        assert result["Matrix"].max_row == len(TABLE)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("-o", "mine.csv"), "-o mine-乙.csv"),
        (("-o", "mine/"), "-o mine-乙/"),
        (("--output=out.v2.xlsx", "--notes", "n"), "--notes n-乙 -o out.v2-乙.xlsx"),
        (("--sheet", "甲", "--measure", "1", "--measure", "99"), "--measure 1 --measure 99 -o r-乙-screened.xlsx"),
    ],
)
def test_each_sheet_has_files_of_its_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], kept: str
) -> None:
    book = workbook(tmp_path / "r.xlsx", TABLE, TABLE)
    for sheet, title in zip(book.worksheets, ("甲", "乙"), strict=True):
        sheet.title = title
    book.save(tmp_path / "r.xlsx")
    monkeypatch.chdir(tmp_path)
    done = run("screen", "r.xlsx", "--lang", "zh", "--as-of", DAY, *given)
    (line,) = [line for line in done.stdout.splitlines() if "另行筛查：" in line]
    command = line.partition("另行筛查：")[2]
    assert command == f"applicability screen r.xlsx --sheet 乙 --lang zh --as-of {DAY} {kept}"
