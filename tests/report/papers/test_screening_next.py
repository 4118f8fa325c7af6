"""What a screening's paper says to do next: in order, for whom it is known to matter, and with whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from applicability import Rulebook
from applicability.model.translation import Rendering
from applicability.report.layout.paper import Table
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.write import write
from applicability.report.screening.json import SummaryModel
from applicability.text import Lang

from .test_screening_paper import counted

LANGS: tuple[Lang, ...] = ("zh", "en")
TEDA = {"city": "天津", "zones": "天津经济技术开发区", "entity_kind": "enterprise", "foreign_share": "60"}
COMPANIES: list[Mapping[str, str]] = [
    {**TEDA, "name": "甲", "activities": "软件", "sector": "6510"},
    {**TEDA, "name": "乙", "activities": "生物技术", "sector": "7340", "zones": "天津东疆综合保税区"},
    {**TEDA, "name": "丙", "activities": "应用商店服务业务", "sector": "6429"},
    {**TEDA, "name": "丁", "activities": "", "sector": "7291"},
]


@pytest.fixture(scope="module")
def summary(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> SummaryModel:
    return counted(tmp_path_factory.mktemp("register") / "companies.csv", rulebook, COMPANIES)


def steps(found: SummaryModel, rulebook: Rulebook, lang: Lang) -> list[list[str]]:
    """The lines of the next steps: what to do, what it concerns, and with whom."""
    blocks = screening_paper(found, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[1].zh == "做什么")
    return [[cell.zh if lang == "zh" else cell.en for cell in row[1:]] for row in table.rows]


def place_of(told: Sequence[Sequence[str]], words: str) -> int:
    """The one line that begins with some words, or that says them."""
    begun = [number for number, line in enumerate(told) if line[0].startswith(words)]
    (found,) = begun or [number for number, line in enumerate(told) if any(words in cell for cell in line)]
    return found


@pytest.mark.parametrize(
    ("lang", "order"),
    [
        (
            "zh",
            (
                "先向出具本报告的一方",
                "补全企业名册空缺的列",
                "先查阅汇发",
                "本方案允许",
                "先由功能区向下列部门问明",
                "补全企业名册后，由企业请主管部门认定",
                "打造‘智慧园区’",
                "所在地是否在第二批试点",
            ),
        ),
        (
            "en",
            (
                "first have whoever made this report",
                "complete what the register",
                "first look up the words",
                "this plan permits it",
                "the zone first asks these",
                "once the register of companies is complete",
                "Smart parks",
                "the site lies in an area",
            ),
        ),
    ],
)
def test_the_register_comes_first_then_rights_and_what_needs_findings_or_is_uncertain_last(
    lang: Lang, order: Sequence[str], summary: SummaryModel, rulebook: Rulebook
) -> None:
    """Two uncertain measures that no company can use without a finding stood before a right of every company."""
    told = steps(summary, rulebook, lang)
    places = [place_of(told, words) for words in order]
    assert places == sorted(places)
    assert places[0] == 0


@pytest.mark.parametrize(
    ("lang", "who", "named"),
    [
        ("zh", "商务主管部门（推断，依事项（国家级经济技术开发区）", "属此类的为天津经济技术开发区"),
        (
            "en",
            "the commerce authority (inferred: by its subject",
            "such is Tianjin Economic-Technological Development",
        ),
    ],
)
def test_what_the_zone_can_do_itself_has_one_authority_and_says_which_zones_the_words_name(
    lang: Lang, who: str, named: str, summary: SummaryModel, rulebook: Rulebook
) -> None:
    told = steps(summary, rulebook, lang)
    _, concerns, whom = told[place_of(told, {"zh": "打造‘智慧园区’", "en": "Smart parks"}[lang])]
    assert whom.startswith(who)
    assert {"zh": "科技主管部门（推断）", "en": "the science authority"}[lang] not in whom
    assert named in concerns
    assert {"zh": "东疆", "en": "Dongjiang"}[lang] not in concerns


@pytest.mark.parametrize(
    ("lang", "asked", "named", "then", "who"),
    [
        (
            "zh",
            "（1家取决于此；其余2家所在的是原文已写明的一类功能区）",
            "所在地是否在第二批试点的特定区域内（1家都取决于此）",
            ("按以上答复和认定在内的：照第4步先问明", "答复为“否”的，取决于此的企业不在内"),
            "所在地商务主管部门（推断），先问由谁认定（本报告读作所在省市及国家主管部门",
        ),
        (
            "en",
            "(1 company depends on it; the other 2 stand in a zone of a kind that the text names)",
            "(all 1 company depends on it)",
            ("for those that are included by then: ask as in step 4", "where the reply is no, the companies"),
            "the place's commerce department (inferred): ask first who makes the finding (this report reads it as",
        ),
    ],
)
def test_each_measure_with_facts_of_the_place_has_one_step_to_its_end(
    lang: Lang, asked: str, named: str, then: Sequence[str], who: str, summary: SummaryModel, rulebook: Rulebook
) -> None:
    """Row 22 ended with a question, and row 85 was told in three steps."""
    told = steps(summary, rulebook, lang)
    row = next(one for one in summary.measures if one.row == 85)
    needed = {one.key: one.companies for one in row.findings}
    assert (row.conditional, needed["85.other-development-zone"]) == (3, 1)
    parks, second = (
        ["\n".join(column) for column in zip(*(line for line in told if number in line[1]), strict=True)]
        for number in ("85†", "22†")
    )
    assert asked in parks[1]
    assert named in second[1]
    for line in (parks, second):
        assert all(words in line[0] for words in then)
    assert second[2].startswith(who)
    assert parks[0].index({"zh": "考虑是否采用", "en": "whether to take it up"}[lang]) < parks[0].index(then[1])
    none = {"zh": "每家都须认定", "en": "all need the finding"}[lang]
    assert none in parks[1]  # it is no research body itself


@pytest.mark.parametrize("lang", LANGS)
def test_each_finding_has_a_line_with_its_companies_and_its_authority(
    lang: Lang, rulebook: Rulebook, tmp_path: Path
) -> None:
    lessor = {**TEDA, "name": "戊", "activities": "飞机租赁", "sector": "7115"}
    told = steps(counted(tmp_path / "companies.csv", rulebook, [*COMPANIES, lessor]), rulebook, lang)
    first = place_of(told, {"zh": "补全企业名册后", "en": "once the register"}[lang])
    likewise = {"zh": "同上：由企业请主管部门认定", "en": "likewise: the company asks"}[lang]
    lines = [told[first], *(one for one in told if one[0].startswith(likewise))]
    assert len(lines) > 1
    rows = [re.match(r"(?:第|item )(\d+)", line[1]) for line in lines]
    assert len({one[1] for one in rows if one is not None}) == len(rows)
    assert all(line[2].count({"zh": "（推断）", "en": "(inferred)"}[lang]) == 1 for line in lines)


def numbers(found: SummaryModel, rulebook: Rulebook) -> list[tuple[str, str]]:
    """The number of each line of the next steps, and the measures that it concerns."""
    blocks = screening_paper(found, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[1].zh == "做什么")
    return [(row[0].zh, row[2].zh) for row in table.rows]


@pytest.mark.parametrize(
    ("lang", "now", "wait"),
    [
        ("zh", "可以同时开始、不等企业名册补全的：第([^步]+)步", "等企业名册补全、再筛查之后办的：第([^步]+)步"),
        ("en", "without waiting for the register of companies: ([^.]+)", "complete and screened again: ([^.]+)"),
    ],
)
def test_which_steps_run_at_once_and_which_wait_for_the_register_is_said(
    lang: Lang, now: str, wait: str, summary: SummaryModel, rulebook: Rulebook
) -> None:
    text = write(screening_paper(summary, rulebook), "markdown", lang).decode()
    at_once, later = (re.split("、|, ", found[1]) for one in (now, wait) if (found := re.search(one, text)))
    of = {re.split("[†（项]", measure)[0].removeprefix("第"): number for number, measure in numbers(summary, rulebook)}
    assert "1" in at_once
    assert of["99"] in at_once
    assert f"{of['85'][:-1]}③④" in later  # the finding on the company itself, and what follows it
    assert of["12"][:-1] in later


@pytest.mark.parametrize("lang", LANGS)
def test_of_the_measures_of_a_step_those_that_are_uncertain_come_last(
    lang: Lang, summary: SummaryModel, rulebook: Rulebook
) -> None:
    told = steps(summary, rulebook, lang)
    for words in ({"zh": "本方案允许", "en": "this plan permits it"}, {"zh": "先由功能区", "en": "the zone first"}):
        marks = ["†" in one for one in re.findall(r"(?m)^(?:第|item )\d+†?", told[place_of(told, words[lang])][1])]
        assert marks == sorted(marks)
        assert len(marks) > 1


def test_each_line_of_a_step_has_a_row_of_its_own(summary: SummaryModel, rulebook: Rulebook) -> None:
    """They stood side by side in three narrow cells, and the end of a page parted them within a sentence."""
    found = [number for number, _ in numbers(summary, rulebook)]
    assert found[:3] == ["1①", "1②", "1③"]
    assert len(found) == len(set(found))
    assert not [cell for line in steps(summary, rulebook, "zh") for cell in line if cell.startswith("②")]


def test_what_a_step_asks_is_not_a_duty_of_authorities(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = steps(summary, rulebook, "zh")
    line = told[place_of(told, "先由功能区向下列部门问明")][1]
    assert "有哪些“标准化试点”" in line
    assert "一站式" not in line


def test_what_names_no_application_is_first_asked_for_by_the_zone(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = steps(summary, rulebook, "zh")
    line = told[place_of(told, "先由功能区向下列部门问明")]
    assert line[1].count("111†") == line[1].count("132") == 1
    assert not any("可据此申请" in cell for one in told for cell in one)


def test_what_applies_nationwide_is_not_told_as_permitted_by_the_plan(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    told = steps(summary, rulebook, "zh")
    permit, nationwide = told[place_of(told, "本方案允许")], told[place_of(told, "先查阅汇发")]
    assert "99" not in permit[1]
    assert nationwide[1].startswith("第99项")


def test_no_step_is_told_for_perhaps_nobody(summary: SummaryModel, rulebook: Rulebook) -> None:
    """A telecom company states the business of row 14; of rows 21, 39 and 143 nobody is known to be in the business."""
    waits = {one.row: one.only_steps for one in summary.measures if one.pending}
    assert waits[14] == 1
    assert waits[143] == 0
    told = steps(summary, rulebook, "zh")
    watched = [line for line in told if "留意" in line[0]]
    assert len(watched) == 1
    assert watched[0][1].startswith("第14项 ")
    assert "1家其他条件均已满足" in watched[0][1]
    assert "143†" in write(screening_paper(summary, rulebook), "markdown", "zh").decode()


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "不计标†的，两者合计{n}家"), ("en", "Without what is marked † both together are {n}.")]
)
def test_the_first_page_says_how_many_are_left_whatever_the_reading(
    lang: Lang, said: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    domestic = {**TEDA, "name": "戊", "foreign_share": "0", "sector": "6510", "activities": "软件开发"}
    found = counted(tmp_path / "companies.csv", rulebook, [*COMPANIES, {**domestic, "activities": "旅行社"}])
    assert found.served_by_scope is not None
    assert found.served_by_any_reading is not None
    assert found.served_by_any_reading < found.served_by_scope
    front = write(screening_paper(found, rulebook), "markdown", lang).decode().split("## ")[1]
    assert said.format(n=found.served_by_any_reading) in front


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            (
                "何处：位于高新技术产业开发区或国家级经济技术开发区。须经认定才可的：位于",
                "何种企业、业务：主体类型为科研院所",
                "须认定的（3家取决于此）：",
            ),
        ),
        (
            "en",
            (
                "where: it is in a high-tech industrial development zone or national economic and technological",
                "which companies and business: the kind of entity is research institution",
                "to be found (for 3 companies it depends on this): ",
            ),
        ),
    ],
)
def test_terms_say_where_and_who_and_what_is_found_on_lines_of_their_own(
    lang: Lang, lines: Sequence[str], summary: SummaryModel, rulebook: Rulebook
) -> None:
    blocks = screening_paper(summary, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[0].zh == "措施、企业数和原文")
    (cell,) = (row[1] for row in table.rows if row[0].zh.startswith("85†"))
    told = (cell.zh if lang == "zh" else cell.en).splitlines()
    for words in lines:
        assert len([one for one in told if one.startswith(words)]) == 1, words
    assert not any("①" in one for one in told)


@pytest.mark.parametrize("row", [22, 96])
def test_what_a_reading_quotes_in_english_stands_in_the_translation_that_is_given(row: int, rulebook: Rulebook) -> None:
    measure, translation = rulebook.measure(row), rulebook.translation("plan-2025-84")
    assert measure.interpretation is not None
    assert translation is not None
    given = [translation.rows[row].text, translation.quote(rulebook.measure(21).cell) or ""]
    quoted = re.findall('"([^"]+)"', measure.interpretation.en)
    assert quoted
    for words in quoted:
        assert any(Rendering(one).holds(words) for one in given), words


ASKED = {
    "zh": ("手续：是否须申请、许可或备案", "从何时起可以做，是否已为此调整现行规定", "其他法律是否另要求许可"),
    "en": ("the procedure: whether", "from when it may be done, and whether the rules in force", "whether other law"),
}


@pytest.mark.parametrize("lang", LANGS)
def test_a_right_whose_row_names_no_procedure_is_asked_about_before_any_company_is_told(
    lang: Lang, rulebook: Rulebook, tmp_path: Path
) -> None:
    """Rows 2, 32 and 57 permit something and say nothing of how; a company was to be told at once."""
    own = [("应用商店服务业务", "6429"), ("旅行社", "7291")]
    rows = [{**TEDA, "name": name, "activities": name, "sector": sector} for name, sector in own]
    rows = [{**one, "registered_here": "是"} for one in rows]
    found = counted(tmp_path / "companies.csv", rulebook, rows)
    told = steps(found, rulebook, lang)
    line = told[place_of(told, {"zh": "本方案允许", "en": "this plan permits it"}[lang])]
    assert {"2", "57"} <= set(re.findall(r"\d+", line[1]))
    assert all(words in line[0] for words in ASKED[lang])
    assert line[0].index({"zh": "先由功能区", "en": "the zone first asks"}[lang]) < line[0].index(
        {"zh": "通知企业", "en": "tells the companies"}[lang]
    )
    first = {"zh": "先问明怎样办理，再通知", "en": "ask how first, then tell"}[lang]
    assert first in write(screening_paper(found, rulebook), "markdown", lang).decode().split("\n## ")[1]
