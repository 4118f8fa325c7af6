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
    done = run("screen", tmp_path / "the towns.xlsx", "--lang", "en", "--as-of", DAY)
    left = [line for line in done.stdout.splitlines() if "was left out" in line]
    assert [line.split("`")[1] for line in left] == list(titles[1:])
    for title, line in zip(titles[1:], left, strict=True):
        program, *words = shlex.split(line.partition("as before: ")[2])
        assert program == "applicability"
        again = run(*words, "--lang", "en", "--as-of", DAY)
        assert again.returncode == 0
        assert f"the sheet `{title}` was read" in again.stdout
        result = openpyxl.load_workbook(tmp_path / f"the towns-{title}-screened.xlsx")
        assert result["Matrix"].max_row == len(TABLE)
