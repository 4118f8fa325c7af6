"""The workbook of `init register.xlsx`, filled in by choosing from its drop-downs, is read as it was meant."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from applicability import Rulebook, Screening, Verdict, check, load_rulebook, screen
from applicability.model.headings import held_by, plain
from applicability.text import Lang

from ...cli.conftest import RULES, Run, run
from ..engine.tables import DAY

__all__ = ["run"]

LANGS: tuple[Lang, ...] = ("zh", "en")
TYPED: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "city": "上海市",
        "district": "浦东新区",
        "registered_in": "上海市",
        "sector": "6513",
        "foreign_share": "49%",
    },
    "en": {
        "city": "Shanghai",
        "district": "Pudong",
        "registered_in": "Shanghai",
        "sector": "65",
        "foreign_share": "49",
    },
}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def form(run: Run, lang: str) -> tuple[Any, dict[str, list[str]]]:
    """The form, and what the drop-down of each heading offers."""
    done = run("init", "register.xlsx", "--lang", lang)
    assert (done.returncode, done.stdout) == (0, "")
    made = openpyxl.load_workbook("register.xlsx")
    choices = {}
    for rule in made.worksheets[0].data_validations.dataValidation:
        if rule.type == "list":
            heading = made.worksheets[0].cell(1, next(iter(rule.sqref.ranges)).min_col).value
            name, cells = rule.formula1.rsplit("!", 1)
            assert made[name.strip("'")].sheet_state == "visible"
            choices[heading] = [cell.value for (cell,) in made[name.strip("'")][cells.replace("$", "")]]
    return made, choices


def filled(made: Any, rows: list[dict[str, str]]) -> Screening:
    """The screening of the form with some rows, by heading."""
    sheet = made.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for line, row in enumerate(rows, 2):
        for heading, value in row.items():
            sheet.cell(line, headings.index(heading) + 1, value)
    made.save("register.xlsx")
    return screen("register.xlsx", form="wide", as_of=DAY)


@pytest.mark.parametrize("lang", LANGS)
def test_a_form_filled_in_is_read_whole_and_decided_as_by_check(lang: str, run: Run, book: Rulebook) -> None:
    made, choices = form(run, lang)
    headings = [cell.value for cell in made.worksheets[0][1]]
    facts = {book.by_heading[plain(heading)]: heading for heading in headings}
    assert [*facts] == ["name", "credit_code", *(one for one in book.facts if book.facts[one].type != "investors")]
    rows, profiles = [], []
    for number in range(12):
        typed = TYPED[lang] if number % 4 else {}
        row, profile = {facts["name"]: f"示例{number}公司"}, dict[str, Any]()
        for fact, heading in facts.items():
            offered = [one for one in choices.get(heading, ()) if one not in ("无", "none")]
            if fact == "zones":
                own = {one.zh for one in book.gazetteer.zones.values() if "310000" in one.divisions}
                own |= {one.en for one in book.gazetteer.zones.values() if "310000" in one.divisions}
                offered = [one for one in offered if one in own] if typed else offered
            if fact in typed:
                row[heading], profile[fact] = typed[fact], typed[fact].rstrip("%")
            elif offered and (number + len(row)) % 3 and fact not in ("registered_here", "zone_types"):
                choice = offered[(7 * number + len(row)) % len(offered)]
                row[heading], several = choice, book.facts[fact].type not in ("choice", "boolean")
                profile[fact] = [choice] if several else choice
                if several and number == 3:
                    profile[fact] = list(dict.fromkeys((choice, offered[0])))
                    row[heading] = "；".join(profile[fact])
        rows.append(row)
        profiles.append(profile)
    found = filled(made, rows)
    assert (found.summary.companies, found.summary.rejected, found.summary.ignored) == (12, 0, ())
    # Nothing is lost; a list of drawn activities may lack one that is likely for the sector.
    assert {(one["fact"], one["code"]) for one in (found.notes.to_pylist() if found.notes else ())} <= {
        ("activities", "")
    }
    names = {"zh": "填写说明", "en": "How to fill in"}
    read, left_out, around, lists = (one.en for one in found.summary.notices)
    assert "and so counts as a pilot free trade zone too" in around
    assert read == f"the sheet `{made.worksheets[0].title}` was read"
    assert re.fullmatch(rf"the sheet `{names[lang]}` \([0-9]+ rows\) was left out", left_out)
    assert "counted as complete" in lists
    for profile, line in zip(profiles, found.results.to_pylist(), strict=True):
        told = check(profile, book, as_of=DAY)
        for finding in told.findings:
            if finding.verdict is not None:
                assert line[str(finding.measure.row)] == Verdict(finding.verdict).word, (profile, finding.measure.row)


@pytest.mark.parametrize("lang", LANGS)
def test_every_choice_of_the_form_is_read_without_a_note(lang: str, run: Run) -> None:
    made, choices = form(run, lang)
    rows = [{heading: choice} for heading, offered in choices.items() for choice in offered]
    assert len(rows) > 300
    found = filled(made, rows)
    assert found.summary.companies == len(rows)
    assert found.notes is None or [(one["value"], one["note"]) for one in found.notes.to_pylist() if one["code"]] == []


def test_a_form_overwrites_nothing_and_suits_another_rulebook(run: Run, tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_bytes(b"mine")
    done = run("init", "register.xlsx", "--rules", RULES)
    assert done.returncode == 7
    assert "add --force to overwrite it" in done.stderr
    assert (tmp_path / "register.xlsx").read_bytes() == b"mine"
    done = run("init", "register.xlsx", "--force", "--rules", RULES, "--lang", "zh")
    assert (done.returncode, done.stdout) == (0, "")
    assert "applicability screen register.xlsx" in done.stderr
    sheet = openpyxl.load_workbook(tmp_path / "register.xlsx").worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet.max_row) == ("企业名册", "B2", 1)
    assert sheet.column_dimensions["A"].width >= 14


def test_a_form_without_the_library_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    done = run("init", "register.xlsx", "--rules", RULES)
    assert "E004" in done.stderr
    assert "applicability[tables]" in done.stderr
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("lang", LANGS)
def test_a_share_is_typed_with_its_percent_sign_or_as_no_fraction(run: Run, lang: str, book: Rulebook) -> None:
    made, _ = form(run, lang)
    sheet = made.worksheets[0]
    (rule,) = (one for one in sheet.data_validations.dataValidation if one.type == "custom")
    heading = sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value
    assert book.by_heading[plain(heading)] == "foreign_share"
    column = openpyxl.utils.get_column_letter(next(iter(rule.sqref.ranges)).min_col)
    assert rule.formula1.count(f"{column}2") == 5
    assert len(rule.formula1) <= 255
    assert rule.showErrorMessage
    assert "49%" in rule.error
    assert "0%" in rule.error


@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_names_headings_for_what_is_known_in_part(run: Run, lang: str, book: Rulebook) -> None:
    made, _ = form(run, lang)
    (told,) = (
        str(cell)
        for (cell,) in made.worksheets[1].iter_rows(max_row=4, max_col=1, values_only=True)
        if {"zh": "（部分）", "en": "(in part)"}[lang] in str(cell)
    )
    named = [one for one in re.findall("“(.+?)”", told) if one not in ("（部分）", "(in part)")]
    assert len(named) == 3
    assert all(str(held_by(book.by_heading, one)).endswith(".yes") for one in named)
