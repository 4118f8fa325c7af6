"""How a screening's paper has its register completed: what each column takes, who fills it in, and whom it asks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from applicability import Rulebook
from applicability.bulk.output.labels import WORDS
from applicability.bulk.output.next_asks import SHOWN
from applicability.report.layout.paper import Table
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.screening_words import SHEETS
from applicability.report.screening.json import SummaryModel
from applicability.text import Lang

from .test_screening_next import LANGS, steps
from .test_screening_paper import counted


@pytest.fixture(scope="module")
def summary(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> SummaryModel:
    own = {"city": "天津", "住所": "天津开发区第二大街427号", "entity_kind": "enterprise", "foreign_share": "60"}
    rows = [{**own, "name": name, "activities": "", "sector": "6631"} for name in "甲乙"]
    return counted(tmp_path_factory.mktemp("register") / "companies.csv", rulebook, rows)


def columns(found: SummaryModel, rulebook: Rulebook, lang: Lang) -> dict[str, list[str]]:
    """The cells of the table of columns, by column."""
    blocks = screening_paper(found, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[1].zh == "问什么，可以填什么")
    told = [[cell.zh if lang == "zh" else cell.en for cell in row] for row in table.rows]
    return {row[0].splitlines()[0]: row for row in told}


def test_the_sheets_of_the_workbook_are_called_as_it_calls_them() -> None:
    assert {f"sheet_{key}": told for key, told in SHEETS.items()} == {
        key: WORDS[key] for key in ("sheet_asks", "sheet_words", "sheet_notes")
    }
    assert SHOWN == 3


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_step_says_where_the_companies_are_listed_and_who_screens_again(
    lang: Lang, summary: SummaryModel, rulebook: Rulebook
) -> None:
    """Numbers of companies alone were told, with nobody named that screens them again."""
    get, _, back = steps(summary, rulebook, lang)[:3]
    maker = {"zh": "出具本报告的一方", "en": "whoever made this report"}[lang]
    assert maker in get[0]
    assert maker in get[2]
    assert "screen " in get[2]  # by which command they make it
    assert maker in back[2]
    assert all(f"“{one.of(lang)}”" in get[1] for one in SHEETS.values())


@pytest.mark.parametrize("lang", LANGS)
def test_every_column_says_what_it_asks_and_takes(lang: Lang, summary: SummaryModel, rulebook: Rulebook) -> None:
    told = columns(summary, rulebook, lang)
    assert len(told) == len(summary.asks)
    roles = rulebook.facts["group_roles"]
    cell = told[roles.label.of(lang)][1]
    assert roles.question.of(lang) in cell
    assert all(one.label.of(lang) in cell for one in roles.values.values())
    assert "[]" not in "".join(row[1] for row in told.values())


@pytest.mark.parametrize("lang", LANGS)
def test_the_zone_fills_in_what_it_knows_itself_and_companies_the_rest(
    lang: Lang, summary: SummaryModel, rulebook: Rulebook
) -> None:
    told = columns(summary, rulebook, lang)
    zone, company = {"zh": ("功能区", "企业"), "en": ("the zone", "the company")}[lang]
    cells = {one.fact: told[rulebook.facts[one.fact].label.of(lang)][0] for one in summary.asks}
    who = {fact: re.split("[；;]", cell.splitlines()[1])[0] for fact, cell in cells.items()}
    assert who["registered_here"] == who["zones"] == zone
    assert who["activities"] == who["group_roles"] == company


@pytest.mark.parametrize(("lang", "why"), [("zh", "住所只能说明在这一处"), ("en", "an address tells of one zone")])
def test_why_a_company_that_names_a_zone_is_asked_for_others(
    lang: Lang, why: str, summary: SummaryModel, rulebook: Rulebook
) -> None:
    assert why in columns(summary, rulebook, lang)[rulebook.facts["zones"].label.of(lang)][1]


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_to_enter_stand_in_the_paper(lang: Lang, summary: SummaryModel, rulebook: Rulebook) -> None:
    """They stood in a workbook alone, which is not handed over with the paper."""
    told = columns(summary, rulebook, lang)
    cell = {fact: told[rulebook.facts[fact].label.of(lang)][1] for fact in [one.fact for one in summary.asks]}
    gazetteer, activities = rulebook.gazetteer, rulebook.sectors.activities
    zones = {one.id: one.zh if lang == "zh" else one.en for one in gazetteer.zones.values()}
    assert zones["tianjin-port-cbz"] in cell["zones"]
    assert zones["teda"] in cell["zones"]
    assert {"zh": "上海", "en": "Shanghai"}[lang] not in cell["zones"]  # of the cities of the register alone
    assert all((one.zh if lang == "zh" else one.en) in cell["zones"] for one in gazetteer.zone_types.values())
    assert activities["value-added-telecom"].label.of(lang) in cell["activities"]
    chapters = rulebook.documents["plan-2025-84"].chapters
    assert chapters[1].of(lang) in cell["activities"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_entity_and_of_person_stands_in_the_paper(lang: Lang, rulebook: Rulebook, tmp_path: Path) -> None:
    found = counted(tmp_path / "companies.csv", rulebook, [{"name": "甲", "city": "天津", "sector": "8511"}])
    told = columns(found, rulebook, lang)
    facts = [one.fact for one in found.asks if one.fact in ("entity_kind", "person_kind")]
    assert facts
    for fact in facts:
        cell = told[rulebook.facts[fact].label.of(lang)][1]
        assert all(one.label.of(lang) in cell for one in rulebook.facts[fact].values.values())


def test_words_that_are_too_many_are_said_to_be_in_the_workbook(rulebook: Rulebook, summary: SummaryModel) -> None:
    nowhere = summary.model_copy(update={"named_places": []})
    told = columns(nowhere, rulebook, "zh")["所在功能区"][1]
    assert f"见1①所说工作簿的“{SHEETS['words'].zh}”表" in told
