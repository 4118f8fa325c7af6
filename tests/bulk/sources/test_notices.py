"""What was passed over is told in every form of a summary, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from ...cli.conftest import Run, run
from .reading import COMPANIES, HEADINGS

__all__ = ["run"]

TEXT = "名录\n" + "".join(f"{','.join(one)}\n" for one in (HEADINGS, *COMPANIES))
DAY = ("--as-of", "2026-11-23", "--measure", "1")
TOLD = {
    "en": "row 1 above the headings was passed over: 名录",
    "zh": "第1行在列名之上，未读入：“名录”",
}


@pytest.mark.parametrize(("lang", "label"), [("en", "Register: "), ("zh", "名册：")])
def test_a_notice_stands_in_the_summary_its_json_and_the_workbook(
    lang: str, label: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text(TEXT, "utf-8")
    done = run("screen", "mine.csv", *DAY, "--lang", lang, "-o", "out.xlsx", "--summary", "summary.json")
    assert done.returncode == 0, done.stderr
    assert f"{label}{TOLD[lang]}\n" in done.stdout
    assert json.loads((tmp_path / "summary.json").read_text("utf-8"))["notices"][0] == TOLD
    about = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert f"{label}{TOLD[lang]}" in [row[0].value for row in about.iter_rows()]
    paper = run("report", "summary.json", "--format", "markdown", "--lang", lang)
    assert paper.returncode == 0, paper.stderr
    assert TOLD[lang] in paper.stdout


def test_a_resumed_run_tells_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(TEXT, "utf-8")
    first = run("screen", "mine.csv", *DAY, "--lang", "en", "-o", "out.csv", "--piece", "1")
    again = run("screen", "mine.csv", *DAY, "--lang", "en", "-o", "out.csv", "--piece", "1")
    assert first.stdout == again.stdout
    assert TOLD["en"] in first.stdout


def test_the_row_of_the_headings_is_an_option(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(TEXT, "utf-8")
    done = run("screen", "mine.csv", *DAY, "--lang", "en", "--header-row", "2")
    assert "3 rows read, 3 companies screened, 0 rows that are not companies" in done.stdout
    wrong = run("screen", "mine.csv", *DAY, "--lang", "en", "--header-row", "0")
    assert wrong.returncode == 2
    missing = run("screen", "mine.csv", *DAY, "--lang", "zh", "--header-row", "99")
    assert missing.returncode == 3
    assert "第99行没有列名" in missing.stderr
