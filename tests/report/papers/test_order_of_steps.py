"""The order of the steps: what is asked first, what a choice of place comes before, and what other law may want."""

from __future__ import annotations

import datetime
import re

import pytest

from applicability import Rulebook, check, decisions
from applicability.alternatives import in_places
from applicability.report import whole
from applicability.report.papers.case import case_paper
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.write import write

from .companies import AGENCY, LESSOR

DAY = datetime.date(2026, 11, 1)
PLANNED = {**AGENCY, "planned": True}


def compared(rulebook: Rulebook, *cities: str) -> list[list[str]]:
    """The steps of an agency to be set up in the first of some cities, in English."""
    assessment = check(PLANNED, rulebook, as_of=DAY, engine="reference")
    there = decisions.compare(in_places(cities, assessment.profile, rulebook, DAY), rulebook)
    prospects = decisions.change(assessment).prospects
    return [
        [cell.en for cell in row] for row in NextSteps(assessment, prospects, Elsewhere(there, assessment)).table().rows
    ]


def test_the_place_is_chosen_before_all_else_with_a_step_for_each_that_ranks_first(rulebook: Rulebook) -> None:
    told = compared(rulebook, "上海", "苏州", "海口")
    stages = [line[0][0] for line in told]
    assert stages == sorted(stages)
    assert [line[0] for line in told if line[0].startswith("A")] == ["A1", "A2", "A3", "A4"]
    assert told[0][1].startswith("choose the place first, on which all other steps depend: by the own business ")
    assert "Haikou and Shanghai rank first" in told[0][1]
    assert told[1][1] == (
        "if Haikou is chosen: it ranks first too, by the own business; it lies in Hainan Free Trade Port and China "
        "(Hainan) Pilot Free Trade Zone, whose own rules were not examined; have a report made for Haikou"
    )
    assert told[2][1].startswith("if Suzhou is considered: ask whether")
    assert told[2][1].endswith("and decide after the reply")
    assert "Pilot Free Trade Zone instead" in told[3][1]
    by_row = {line[2].split()[0]: line[0] for line in reversed(told) if line[0][0] in "BD"}
    assert by_row["57"].startswith("B")
    uses = [line[0] for line in told if line[1].startswith("once it is set up: ")]
    assert uses
    assert all(one.startswith("D") for one in uses)
    assert [line[0] for line in told if line[1].startswith("set it up as ")] == ["C1"]


def test_what_the_text_does_not_say_of_a_right_is_asked_before_it_is_set_up(rulebook: Rulebook) -> None:
    steps = compared(rulebook, "上海", "海口")
    (line,) = (one for one in steps if one[2].startswith("57 ") and one[1].startswith("before it is set up"))
    assert line[1] == (
        "before it is set up: ask this first, which the text does not say: the procedure: whether an application, a "
        "licence or a filing is needed, where, and with which papers; from when it may be done, and whether the rules "
        "in force have been adjusted for it; whether other law asks for a licence or an approval"
    )


def test_a_narrower_reading_of_a_part_stands_where_the_part_is_used(rulebook: Rulebook) -> None:
    (line,) = (one for one in compared(rulebook, "上海", "海口") if one[1].startswith("already before it is set up"))
    assert line[1].endswith(
        "; but another reader may keep part 3 to managers of companies already registered alone, so that nobody has it "
        "before that"
    )
    told = write(case_paper(whole(check(PLANNED, rulebook, as_of=DAY))), "markdown", "en").decode()
    assert "Of item 110†, parts 1 and 3 may serve people of whoever sets it up already before" in told


def test_what_a_right_consists_of_is_asked_first_and_whether_it_is_of_use_before_it_is_prepared(
    rulebook: Rulebook,
) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    told = [[cell.zh for cell in row] for row in NextSteps(assessment, ()).table().rows]
    assert told[0][1].startswith("先问明（原文没有写的）：“融资租赁公司外债便利化试点”包括哪些内容；")
    assert told[0][2].startswith("94†")
    assert told[1][1] == (
        "先核对是否已设金融租赁公司的项目公司：有的，再办第95项；没有的，第95项用不上；并就第96†项核对："
        "如收取外币租金，是否仅就经营性租赁业务收取？不是的，该用途不在第96†项之内"
    )
    assert told[1][3] == "企业自行核对，并告知出具本报告的一方"
    assert told[2][2].startswith("95 ")


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "原有试点总体方案继续实施"), ("en", "earlier plan continues in force")]
)
def test_the_earlier_plan_is_a_step_and_among_what_was_not_examined(lang: str, said: str, rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    steps = [row[1].zh if lang == "zh" else row[1].en for row in NextSteps(assessment, ()).table().rows]
    assert sum(said in one for one in steps) == 1
    told = write(case_paper(whole(assessment)), "markdown", "zh" if lang == "zh" else "en").decode()
    first = "本报告没有审查：" if lang == "zh" else "Not examined in this report: "
    (line,) = (one for one in told.splitlines() if first in one)
    assert said in line


def test_no_step_is_told_without_its_measure_or_its_reason(rulebook: Rulebook) -> None:
    for line in compared(rulebook, "上海", "苏州", "北京", "海口"):
        assert re.fullmatch(r"[A-E]\d+", line[0])
        assert line[1]
        assert line[2] != "–" or line[1].startswith(("set it up as", "also look up"))
