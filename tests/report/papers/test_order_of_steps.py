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
    assessment = check({**PLANNED, "city": cities[0]}, rulebook, as_of=DAY, engine="reference")
    there = decisions.compare(in_places(cities, assessment.profile, rulebook, DAY), rulebook)
    prospects = decisions.change(assessment).prospects
    return [
        [cell.en for cell in row] for row in NextSteps(assessment, prospects, Elsewhere(there, assessment)).table().rows
    ]


def test_the_place_is_chosen_before_all_else_with_a_step_for_each_that_ranks_first(rulebook: Rulebook) -> None:
    told = compared(rulebook, "上海", "苏州", "海口")
    stages = [line[0][0] for line in told]
    assert stages == sorted(stages)
    first = [line for line in told if line[0].startswith("A")]
    assert first[0][1].startswith("before the place is chosen, in each of Haikou and Shanghai: ask this first, ")
    assert first[0][2].startswith("57 ")
    assert first[1][1].startswith("if Suzhou is considered: ask whether")
    assert "and decide after the reply" in first[1][1]
    choice = [line for line in told if line[0].startswith("B")]
    assert choice[0][1].startswith(
        "with the replies, choose the place, on which all later steps depend: by the own business "
    )
    assert "Haikou and Shanghai rank first of those that could be ranked (not Suzhou)" in choice[0][1]
    assert choice[1][1] == (
        "if Haikou is chosen: it ranks first too, by the own business; have a report made for Haikou"
    )
    (zone,) = (line for line in told if "Pilot Free Trade Zone instead" in line[1])
    assert zone[0].startswith("B")  # the address is chosen once
    assert zone[1].startswith("Optional, to be decided with the place: set it up in ")
    assert "(keep to: both parties must be registered in a free trade zone or port and disputes with a " in zone[2]
    changes = [line for line in told if line[1].startswith("Optional: ")]
    assert changes
    assert all(line[0].startswith("D") for line in changes)
    assert zone[1].endswith("; the zone's own rules were not examined")
    assert zone[3].endswith("; ask first: the justice authority, 司法行政部门 (inferred)")
    uses = [line[0] for line in told if "once it is set up" in line[1] and "if the reply to what was asked" in line[1]]
    assert uses
    assert all(one.startswith("F") for one in uses)
    (set_up,) = (line for line in told if "set it up as " in line[1])
    assert set_up[0] == "E1"
    assert set_up[1].startswith(
        "if the reply to A1 (and where another place is considered, to A2) allows it: set it up as "
    )


def test_a_place_where_it_may_be_open_already_is_asked_the_same_and_has_a_step_of_its_own(rulebook: Rulebook) -> None:
    told = compared(rulebook, "上海", "苏州", "北京", "海口")
    for place in ("Suzhou", "Beijing"):
        (line,) = (one[1] for one in told if one[1].startswith(f"if {place} is considered: "))
        same = (
            "; for item 57, if included, get its words there and ask there, too, what is asked in Haikou and Shanghai"
        )
        assert f"{same}, and decide after the reply" in line
    (chosen,) = (line for line in told if line[1].startswith("if Suzhou or Beijing is chosen: "))
    assert chosen[0].startswith("B")
    assert chosen[2] == "items 57, 110†, 111†, 132"
    assert chosen[1].endswith(
        "have a report made for it, with the replies and the words from there; the later steps are not for it"
    )


def test_a_place_that_waits_for_a_right_which_is_open_nowhere_else_is_asked_in_full(rulebook: Rulebook) -> None:
    told = compared(rulebook, "苏州", "北京")
    (line,) = (one[1] for one in told if one[1].startswith("if Beijing is considered: "))
    assert (
        "; for item 57, if included, get its words there and ask this first, which the text does not say: whether "
        "tours to Hong Kong and Macao are covered; the procedure: " in line
    )
    (chosen,) = (line for line in told if line[1].startswith("if Beijing is chosen: "))
    assert chosen[1].endswith("the later steps are not for it")


def test_the_place_given_is_named_where_it_is_none_of_those_compared(rulebook: Rulebook) -> None:
    assessment = check(PLANNED, rulebook, as_of=DAY, engine="reference")
    there = decisions.compare(in_places(("苏州", "北京"), assessment.profile, rulebook, DAY), rulebook)
    told = [row[1] for row in NextSteps(assessment, (), Elsewhere(there, assessment)).table().rows]
    asked = [one for one in told if "is considered: " in one.en]
    assert asked
    assert all("ask there, too, what is asked in Shanghai, and decide" in one.en for one in asked)
    assert all("在当地同样问明在上海市所问的，得到答复后再定" in one.zh for one in asked)


def test_a_place_that_neither_waits_nor_ranks_first_has_a_report_of_its_own(rulebook: Rulebook) -> None:
    told = compared(rulebook, "上海", "长沙")
    (line,) = (one for one in told if one[1].startswith("if Changsha is chosen: "))
    assert line[1] == ("if Changsha is chosen: have a report made for it; the later steps are not for it")


def test_what_the_text_does_not_say_of_a_right_is_asked_before_it_is_set_up(rulebook: Rulebook) -> None:
    steps = compared(rulebook, "上海", "海口")
    (line,) = (one for one in steps if one[2].startswith("57 ") and "ask this first" in one[1])
    assert line[1] == (
        "before the place is chosen, in each of Haikou and Shanghai: ask this first, which the text does not say: "
        "whether tours to Hong Kong and Macao are covered; the procedure: whether an application, a licence or a "
        "filing is needed, where, and with which papers; from when it may be done, and whether the rules in force have "
        "been adjusted for it; whether other law asks for a licence or an approval"
    )


def test_what_serves_before_it_is_set_up_is_asked_about_like_what_serves_after(rulebook: Rulebook) -> None:
    every, *steps = [
        one for one in compared(rulebook, "上海", "海口") if "110† part" in one[2] or "110†, part" in one[2]
    ]
    assert every[2] == "items 99, 111†, 132, 110† parts 1 and 3"
    assert "whether other law asks for a licence or an approval; the procedure: " in every[1]
    assert "with which papers (items 111†, 132, 110† part 3); from when it may be done, and whether the " in every[1]
    assert every[1].endswith("(items 111†, 132, 110† parts 1 and 3)")
    assert every[0] == "C1"
    assert [one[0] for one in steps] == ["C2", "C3"]


def test_what_serves_before_it_is_set_up_alone_is_asked_about_in_its_own_step(rulebook: Rulebook) -> None:
    """The one step is for the supervisor of whoever has one, who has no say in visas."""
    facts = {**PLANNED, "licences": ["financial_leasing"], "activities": ["bonded-aircraft-leasing"]}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    told = [row[1] for row in NextSteps(assessment, ()).table().rows if row[2].en.startswith("110†, part 3")]
    (line,) = told
    assert "where, and with which papers; from when it may be done, and whether the rules in force have been" in line.en
    assert "whether other law asks for a licence or an approval; with the answer" in line.en
    assert "；其他法律是否另要求许可或批准；答复允许的：设立之前" in line.zh


def test_a_narrower_reading_of_a_part_stands_where_the_part_is_used(rulebook: Rulebook) -> None:
    steps = [one for one in compared(rulebook, "上海", "海口") if "already before it is set up" in one[1]]
    plain, line = steps  # what the narrower reading leaves alone does not wait for the answer
    assert plain[2].startswith("110†, part 1")
    assert "narrower" not in plain[1]
    assert line[1].startswith(
        "ask this first: whether the narrower reading holds (another reader may keep part 3 to managers of companies "
        "already registered alone, so that nobody has it before that); with the answer, if it allows this: already "
    )
    told = write(case_paper(whole(check(PLANNED, rulebook, as_of=DAY))), "markdown", "en").decode()
    assert "Of item 110†, parts 1 and 3 may serve people of the investor already before" in told


def test_what_a_right_consists_of_is_asked_first_and_whether_it_is_of_use_before_it_is_prepared(
    rulebook: Rulebook,
) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    told = [[cell.zh for cell in row] for row in NextSteps(assessment, ()).table().rows]
    assert told[0][2].startswith("第94†、95、")
    del told[0]
    assert told[0][1].startswith(
        "先问明：更窄的读法是否成立（另一读者或认为第1部分须待主管部门作出纳入的决定）；"
        "“融资租赁公司外债便利化试点”包括哪些内容（第1部分）；“外债额度”的数额或期限（第2部分）；得到答复后"
    )
    assert told[0][2].startswith("94†")
    assert told[1][1] == (
        "先核对是否已设金融租赁公司的项目公司：有的，再办第95项，并就该公司另出一份报告（它能用哪些由该报告判断；"
        "本主体不能用，而它在同一地方做同样业务即可用或须经认定的有：第92项；第94†项第2部分）；没有的，第95项用不上；并就第96†项核对："
        "拟据此收取的外币租金，是否为经营性租赁（而非融资租赁）业务的租金？是的，符合这一限制；"
        "不是的，用不上第96†项；两种都有的，只有前一种用得上"
    )
    assert told[1][3] == "企业自行核对，并告知出具本报告的一方"
    assert told[2][2].startswith("95 ")
    (quota,) = (one[1] for one in told if one[2].startswith("96†"))
    # Its other leasing waits for a finding, of which nothing was said.
    part = (
        "只就飞机保税租赁可用；航空发动机、大型工程机械租赁须先经认定（飞机保税租赁以外的租赁业务，包括非保税的飞机租赁，是否在试点之列），"
        "认定前不按在内办理"
    )
    assert part in quota
    assert write(case_paper(whole(assessment)), "markdown", "zh").decode().count(part) == 3  # item, table and step
    assert quota.endswith(
        "另一主体的用途（共享母公司外债额度的，限于其特殊目的公司（SPV））：设有这样的主体的，就其另出一份报告，其用途一并问明"
    )


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


def test_the_earlier_plan_and_the_own_rules_are_looked_up_before_the_place_is_chosen(rulebook: Rulebook) -> None:
    told = compared(rulebook, "上海", "苏州", "北京", "海口")
    (line,) = (one for one in told if "look up what this report did not examine" in one[1])
    assert line[0].startswith("A")
    assert line[1].startswith("before choosing, look up what this report did not examine: ")
    assert "(part four (2) of the body; Shanghai, Beijing and Haikou)" in line[1]
    assert line[1].endswith(
        "; the own rules of each place; for Haikou also of Hainan Free Trade Port and China (Hainan) Pilot Free Trade "
        "Zone"
    )
    (set_up,) = (one for one in told if "set it up as " in one[1])
    assert "to A2 and A3)" in set_up[1]  # a look-up is no reply


@pytest.mark.parametrize(
    ("lang", "summary", "step"),
    [
        (
            "zh",
            "；当地和所在功能区自身的规定（天津市、天津东疆综合保税区、中国（天津）自由贸易试验区和天津自贸试验区天津港东疆片区）",
            "；当地和所在功能区自身的规定 |",
        ),
        (
            "en",
            "; the own rules of the place and of zones that it lies in (Tianjin, Tianjin Dongjiang Comprehensive ",
            "; the own rules of the place and of any zone that it lies in |",
        ),
    ],
)
def test_the_own_rules_of_the_place_and_its_zones_are_said_not_to_be_examined(
    lang: str, summary: str, step: str, rulebook: Rulebook
) -> None:
    made = case_paper(whole(check(LESSOR, rulebook, as_of=DAY, engine="reference")))
    told = write(made, "markdown", "zh" if lang == "zh" else "en").decode()
    assert summary in told
    assert step in told


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "；用途符合限制：只及于经营性租赁的外币租金（所填事实没有说明）"),
        ("en", "; that the use is within the limit: "),
    ],
)
def test_a_limit_on_which_the_use_turns_is_among_what_has_to_be_shown(lang: str, said: str, rulebook: Rulebook) -> None:
    made = case_paper(whole(check(LESSOR, rulebook, as_of=DAY, engine="reference")))
    told = write(made, "markdown", "zh" if lang == "zh" else "en").decode()
    assert told.count(said) == 1


def test_no_step_is_told_without_its_measure_or_its_reason(rulebook: Rulebook) -> None:
    for line in compared(rulebook, "上海", "苏州", "北京", "海口"):
        assert re.fullmatch(r"[A-F]\d+", line[0])
        assert line[1]
        assert line[2] != "–" or "set it up as " in line[1] or "look up what this report did not examine" in line[1]
