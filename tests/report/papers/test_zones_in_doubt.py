"""What papers say of measures that rest on a zone whose lying in another is in doubt: first confirm that."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from applicability import Rulebook, check, decisions
from applicability.model.assessment import Assessment
from applicability.report import whole
from applicability.report.assessment.json import assessment_json
from applicability.report.papers.case import case_paper
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.write import write
from applicability.report.screening.json import SummaryModel
from applicability.text import Lang

from .companies import LESSOR
from .test_screening_paper import counted

DAY = datetime.date(2026, 11, 23)
WHETHER: Mapping[Lang, str] = {
    "zh": "天津东疆综合保税区是否仍计入天津自贸试验区天津港东疆片区",
    "en": "whether Tianjin Dongjiang Comprehensive Bonded Zone still counts in the Tianjin Port Dongjiang area of the "
    "Tianjin Pilot Free Trade Zone",
}
BODY: Mapping[Lang, str] = {
    "zh": "天津自贸试验区天津港东疆片区的管理机构（推断）",
    "en": "the administrative body of the Tianjin Port Dongjiang area of the Tianjin Pilot Free Trade Zone, "
    "天津自贸试验区天津港东疆片区的管理机构 (inferred)",
}
LANGS: tuple[Lang, ...] = ("zh", "en")
BONDED = {"city": "天津", "zones": "东疆综合保税区", "entity_kind": "enterprise", "registered_here": "是"}
AIRPORT = {**BONDED, "zones": "天津机场片区"}


def case(assessment: Assessment, lang: Lang) -> list[str]:
    paper = case_paper(whole(assessment), decisions.change(assessment).prospects)
    return write(paper, "markdown", lang).decode().splitlines()


def register(companies: list[Mapping[str, str]], rulebook: Rulebook, folder: Path, lang: Lang) -> list[str]:
    summary = counted(folder / "companies.csv", rulebook, companies)
    return write(screening_paper(summary, rulebook), "markdown", lang).decode().splitlines()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("planned", [False, True], ids=["as it is", "planned"])
def test_a_case_confirms_the_zone_before_it_uses_the_measure(rulebook: Rulebook, planned: bool, lang: Lang) -> None:
    told = case(check({**LESSOR, "planned": planned}, rulebook, as_of=DAY), lang)
    steps = [line for line in told if WHETHER[lang] in line and BODY[lang] in line and line.startswith("| ")]
    step = next(line for line in steps if {"zh": "第119项不适用", "en": "item 119 cannot be used"}[lang] in line)
    after = {"zh": "| 核实天津东疆综合保税区仍计入的：", "en": "| once this is confirmed of Tianjin Dongjiang"}[lang]
    (use,) = (line for line in told if after in line)
    assert told.index(step) < told.index(use)


@pytest.mark.parametrize("lang", LANGS)
def test_a_case_tells_it_wherever_the_measure_is_told_as_open(rulebook: Rulebook, lang: Lang) -> None:
    told = case(check(LESSOR, rulebook, as_of=DAY), lang)
    starts = {
        "zh": (
            "商资函〔2025〕84号附件的155项措施中",
            "| 119 | 自贸试验区",
            "| 因此位于",
            "  可适用（视",
            "| 119 | 存疑",
        ),
        "en": ("Of the 155 measures", "| 119 | Ad hoc", "| therefore also within", "  Eligible (", "| 119 | In doubt"),
    }[lang]
    zone = {"zh": "天津东疆综合保税区", "en": "Tianjin Dongjiang Comprehensive Bonded Zone"}[lang]
    for start in starts:
        assert any(line.startswith(start) and zone in line for line in told), start
    assert not any("待向当地核实" in line or "on the spot" in line for line in told)


@pytest.mark.parametrize("lang", LANGS)
def test_a_case_in_the_area_itself_says_nothing_of_it(rulebook: Rulebook, lang: Lang) -> None:
    told = case(check({**LESSOR, "zones": ["天津机场片区"]}, rulebook, as_of=DAY), lang)
    assert any("| 119 |" in line for line in told)
    assert not any({"zh": "仍计入", "en": "still counts"}[lang] in line for line in told)


def test_the_answer_for_programs_has_the_doubt_of_that_measure_alone(rulebook: Rulebook) -> None:
    found = assessment_json(check(LESSOR, rulebook, as_of=DAY))
    doubt = rulebook.gazetteer.zones["dongjiang-cbz"].doubt
    assert doubt is not None
    assert [one.measure for one in found.findings if any(each.zh == doubt.zh for each in one.doubts)] == [119]


@pytest.mark.parametrize("lang", LANGS)
def test_a_register_confirms_the_zone_before_companies_are_told(rulebook: Rulebook, tmp_path: Path, lang: Lang) -> None:
    told = register([{**BONDED, "name": "甲"}, {**AIRPORT, "name": "乙"}], rulebook, tmp_path, lang)
    mark = {"zh": "（先核实功能区）", "en": "(confirm the zone first)"}[lang]
    (step,) = (line for line in told if WHETHER[lang] in line and mark in line and line.startswith("| "))
    _, _, do, concerns, whom, _ = step.split("|")
    assert do.index(WHETHER[lang]) < do.index({"zh": "通知企业", "en": "tell the companies"}[lang])
    assert mark in concerns
    assert BODY[lang] in whom
    assert sum(mark in line for line in told) >= 3  # on the first page, in the step, beside the counts
    doubt = rulebook.gazetteer.zones["dongjiang-cbz"].doubt
    assert doubt is not None
    assert sum(doubt.of(lang) in line.replace("\\", "") and line.startswith("| 119 ") for line in told) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_register_lists_no_doubt_on_places_where_no_company_is(
    rulebook: Rulebook, tmp_path: Path, lang: Lang
) -> None:
    sansha = {"zh": "三沙市不在岛上", "en": "Sansha does not lie on the island"}[lang]
    told = register([{**AIRPORT, "name": "甲"}], rulebook, tmp_path, lang)
    assert any(" 119 " in line for line in told)
    assert not any(sansha in line or {"zh": "仍计入", "en": "still counts"}[lang] in line for line in told)
    island = {"name": "甲", "city": "海南", "entity_kind": "enterprise", "registered_here": "是"}
    assert any(sansha in line for line in register([island], rulebook, tmp_path, lang))


def test_a_register_whose_places_were_not_counted_names_all_such_zones(rulebook: Rulebook, tmp_path: Path) -> None:
    summary = counted(tmp_path / "companies.csv", rulebook, [{**BONDED, "name": "甲"}])
    bare = SummaryModel.model_validate({**summary.model_dump(), "named_places": []})
    told = write(screening_paper(bare, rulebook), "markdown", "zh").decode()
    (step,) = (line for line in told.splitlines() if "先向各该功能区所属功能区的管理机构（推断）核实" in line)
    assert "天津东疆综合保税区" in step
    assert "广州南沙综合保税区" in step


@pytest.mark.parametrize("lang", LANGS)
def test_a_comparison_says_where_a_measure_rests_on_it(rulebook: Rulebook, lang: Lang) -> None:
    own = {**LESSOR, "zones": ["天津机场片区"], "name": "机场"}
    compared = decisions.compare([own, {**LESSOR, "name": "东疆"}], rulebook, as_of=DAY)
    paper = case_paper(whole(check(own, rulebook, as_of=DAY)), (), compared)
    told = write(paper, "markdown", lang).decode().splitlines()
    start = {"zh": "- 东疆：第119项视", "en": "- 东疆: item 119, depending on "}[lang]
    assert any(line.startswith(start) and WHETHER[lang] in line for line in told)
