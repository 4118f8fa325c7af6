"""What to do next in a paper: in which order, with whom, and what waits in the places compared."""

from __future__ import annotations

import datetime
import re

import pytest

from applicability import Rulebook, check, decisions
from applicability.alternatives import in_places
from applicability.model.assessment import Assessment
from applicability.report import whole
from applicability.report.papers.case import case_paper
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.in_order import in_order
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.open_now import open_now
from applicability.report.papers.write import write

DAY = datetime.date(2026, 11, 1)
AGENCY = {"city": "上海", "zones": [], "sector": "7291", "foreign_share": 100, "activities": ["travel-agency"]}

LESSOR = {
    "city": "天津",
    "zones": ["东疆"],
    "entity_kind": "enterprise",
    "registered_here": True,
    "licences": ["financial_leasing"],
    "activities": ["engine-and-machinery-leasing", "bonded-aircraft-leasing"],
}


def lines(assessment: Assessment) -> list[list[str]]:
    """The rows of the table, in English."""
    table = NextSteps(assessment, decisions.change(assessment).prospects).table()
    return [[cell.en for cell in row] for row in table.rows]


def test_own_business_comes_first_then_the_rest_then_what_could_be_changed(rulebook: Rulebook) -> None:
    full = {**AGENCY, "entity_kind": "enterprise", "registered_here": True}
    told = lines(check(full, rulebook, as_of=DAY, engine="reference"))
    kinds = [line[1].split(":")[0] for line in told]
    assert [line[0] for line in told] == [str(number) for number in range(1, len(told) + 1)]
    assert told[0][2] == "items 57, 99, 111†, 132"  # what no row says is asked of all at once
    assert told[1][2].startswith("57 ")
    assert kinds.index("answer") > max(place for place, line in enumerate(told) if "by this plan" in line[1])
    assert kinds[-1] == "Optional"


def test_a_question_on_its_own_business_comes_before_what_is_open_to_any(rulebook: Rulebook) -> None:
    told = lines(check(AGENCY, rulebook, as_of=DAY, engine="reference"))  # 57 is not settled, for want of its kind
    assert told[0][1].startswith("answer: ")
    assert told[0][2].startswith("items 57, ")


def test_what_may_be_done_asks_whether_other_law_wants_a_licence(rulebook: Rulebook) -> None:
    planned = {**AGENCY, "entity_kind": "enterprise", "registered_here": True, "planned": True}
    told = lines(check(planned, rulebook, as_of=DAY, engine="reference"))
    before, use = (one for one in told if one[2].startswith("57 "))
    assert before[1].startswith("before it is set up: ask this first, which the text does not say: whether tours to ")
    every = next(one for one in told if one[2] == "items 57, 99, 111†, 132, 110† parts 1 and 3, 114† part 1")
    assert every[1].startswith(
        "ask this first, for all items listed, which the text does not say: whether other law asks for a licence or an "
        "approval; the procedure: "
    )
    assert (
        "with which papers (items 57, 111†, 132, 110† part 3, 114† part 1); from when" in every[1]
    )  # of 99 a formality falls away
    assert every[1].endswith("have been adjusted for it (items 57, 111†, 132, 110† parts 1 and 3, 114† part 1)")
    assert every[3] == "the authority that the step on each item lists"
    assert use[1] == (
        "once it is set up, and if the reply to what was asked first allows it: by this plan it may be done: have "
        "proof of the facts ready"
    )
    assert use[3] == "the culture and tourism authority, 文化旅游主管部门 (inferred)"
    asked, use = (one for one in told if one[2].startswith("99 "))  # a formality falls away: no procedure is open
    assert asked[1] == (
        "before it is set up: ask this first, which the text does not say: whether reinvestment abroad is meant as well"
    )
    assert use[1].startswith("first look up the words of SAFE Notice Huifa [2025] No. 43, ")  # before relying on it
    assert use[3] == "the foreign-exchange authority, 外汇管理部门"


def test_a_licence_is_no_matter_of_an_authority_of_another_field(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    rights = [one for one in lines(assessment) if "by this plan it may be done" in one[1]]
    assert [one[2].split()[0] for one in rights] == ["94†", "95"]
    assert {one[3] for one in rights} == {"the foreign-exchange authority, 外汇管理部门 (inferred)"}
    first = lines(assessment)[0]
    assert first[2] == "items 94†, 95, 96†, 90, 93†"
    assert first[3] == (
        "on other law: the national financial regulator, 国家金融监管部门 (the entity's supervisor, inferred)\n"
        "on the rest: the authority that the step on each item lists"
    )


def test_whether_it_has_the_company_that_a_right_is_for_is_asked(rulebook: Rulebook) -> None:
    asked = [
        one
        for one in lines(check(LESSOR, rulebook, as_of=DAY, engine="reference"))
        if "first say whether it has" in one[1]
    ]
    assert [(one[2].split()[0], one[3]) for one in asked] == [
        ("95", "the entity itself, which tells whoever made this report")
    ]
    assert "; 96† " in asked[0][2]
    assert asked[0][1].endswith(
        "and check, for item 96†: Are the foreign-currency rents that this is to be used for rents of operating "
        "leases, and not of finance leases? What is so keeps to this limit; item 96† cannot be used for what is not; "
        "where there are both, for the former alone"
    )


def test_a_supervisor_whom_the_rules_do_not_name_is_not_made_up(rulebook: Rulebook) -> None:
    paying = {**LESSOR, "licences": ["payment_institution"]}
    told = lines(check(paying, rulebook, as_of=DAY, engine="reference"))
    assert not any("financial regulator" in one[3] for one in told if "by this plan" in one[1])


def test_what_no_authority_grants_is_not_applied_for(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    told = {line[2].split()[0].rstrip("†"): line[1] for line in lines(assessment)}
    assert all("apply on this ground" not in told[row] and "nothing is granted" in told[row] for row in ("35", "119"))
    assert "the Arbitration Law in force from 2026-03-01" in told["119"]
    paper = write(case_paper(whole(assessment)), "markdown", "zh").decode()
    assert "读作由当事人约定（即临时仲裁），不由主管部门指定）：由双方在合同中约定，无须申请" in paper
    assert "“力度”写明无可申请的除外" in paper


def test_a_step_has_the_force_that_its_measure_has(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    steps = [
        line
        for line in reversed(lines(assessment))
        if not line[1].startswith(("first say whether", "confirm this first"))
    ]
    told = {row: line[1] for line in steps for row in re.findall(r"(?:^|; )(\d+)†? ", line[2])}
    starts = {
        "permit": "by this plan it may be done",
        "support": "supported or encouraged, which is no permit",
        "explore": "a trial, which is no permit",
    }
    forces = {one.force for one in assessment.open}
    assert forces == set(starts)
    for one in assessment.open:
        step = told[str(one.measure.row)]
        before = "; then: " if one.bucket == "conditional" else ""
        asked = one.measure.row not in (35, 119)  # of what nobody grants, nothing is asked for
        before = "with the answer, if it allows this: " if asked and not before else before
        assert one.force is not None
        assert before + starts[one.force] in step
        rests = "once this is confirmed of Tianjin Dongjiang Comprehensive Bonded Zone: "  # which is in doubt
        assert step.removeprefix(rests).startswith(("ask this first", before) if asked else starts[one.force])
        assert step.startswith(rests) == (one.measure.row == 119)
        if one.bucket == "conditional":
            assert step.index("who is to ask for the finding") < step.index("ask the authority for its finding, as to ")
        if one.measure.narrower_reading:  # it decides all else
            assert step.startswith("ask this first: whether the narrower reading holds (another reader ")


def test_a_finding_is_asked_of_what_the_words_leave_open_and_of_the_own_business(rulebook: Rulebook) -> None:
    """The text itself names high-end equipment as a key industry: open is what that is."""
    table = NextSteps(check(LESSOR, rulebook, as_of=DAY, engine="reference"), ()).table()
    (line,) = (row for row in table.rows if row[2].zh.startswith("90 "))
    asked = "就航空发动机、大型工程机械租赁和飞机保税租赁请主管部门认定：所服务的产业是否属于“高端装备”（原文未界定）"
    assert asked in line[1].zh
    assert line[1].zh.index("请主管部门认定") < line[1].zh.index("如还从事智能网联新能源汽车")
    assert 'whether the industry that it serves is "high-end equipment", which the text does not define' in line[1].en


def test_its_own_business_comes_before_what_is_open_to_any(rulebook: Rulebook) -> None:
    full = {**AGENCY, "entity_kind": "enterprise", "registered_here": True}
    assessment = check(full, rulebook, as_of=DAY, engine="reference")
    assert in_order(assessment.open)[0].measure.row == 57
    (own,) = (line for line in lines(assessment) if line[2].startswith("57 "))
    assert own[3] == "the culture and tourism authority, 文化旅游主管部门 (inferred)"
    first = open_now(rulebook, assessment.open).rows[0]
    assert first[3].en == "no tours to Taiwan; the permission reaches outbound tours of Chinese citizens only"
    assert first[4].en == "the culture and tourism authority, 文化旅游主管部门 (inferred)"


def test_a_finding_is_applied_for_with_whoever_makes_it(rulebook: Rulebook) -> None:
    told = {
        line[2].split()[0].rstrip("†"): line for line in lines(check(LESSOR, rulebook, as_of=DAY, engine="reference"))
    }
    assert "; with the answer, if it allows this: ask the authority for its finding, as to " in told["93"][1]
    assert told["93"][3] == "Customs, 海关"  # its words name it
    assert told["90"][3] == "the place's commerce department, 所在地商务主管部门 (inferred)"


def test_what_waits_is_to_be_watched_where_it_would_be_seen(rulebook: Rulebook) -> None:
    told = lines(check({**AGENCY, "city": "苏州"}, rulebook, as_of=DAY, engine="reference"))
    watched = [one for one in told if one[1].startswith("wait, and watch for: ")]
    first, _, reported = watched[0][1].partition("; ")
    assert first == "wait, and watch for: the nine new cities' own task lists"  # what most wait for comes first
    assert reported.startswith("the press reports that a task list for the nine cities was approved on 2026-01-09")
    assert reported.endswith("(a report alone, and no proof)")
    assert "57 " in watched[0][2]
    assert all("website" in one[3] for one in watched)


def test_what_waits_in_a_place_compared_is_to_be_asked_there(rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    there = decisions.compare(in_places(("上海", "苏州"), assessment.profile, rulebook, DAY), rulebook)
    table = NextSteps(assessment, (), Elsewhere(there, assessment)).table()
    asked = [row for row in table.rows if row[1].en.startswith("if Suzhou is considered: ask whether these fall under")]
    assert "57 " in asked[0][2].en
    assert asked[0][3].zh.startswith("所在地商务主管部门（推断）；")


def test_what_an_instrument_alone_opens_is_to_be_looked_up_first(rulebook: Rulebook) -> None:
    full = {**AGENCY, "entity_kind": "enterprise", "registered_here": True}
    here, there = (
        {
            row: line[1]
            for line in lines(check({**full, "city": city}, rulebook, as_of=DAY))
            for row in re.findall(r"(?:^|; )(\d+)†? ", line[2])
        }
        for city in ("上海", "长沙")
    )
    said = "first look up the later instrument that alone opens it, whose words are not in this report's rules"
    assert said in there["99"]
    assert said not in here["99"]


def test_whoever_is_licensed_asks_the_supervisor_before_a_change(rulebook: Rulebook) -> None:
    licensed = lines(check(LESSOR, rulebook, as_of=DAY, engine="reference"))
    changes = [line[3] for line in licensed if line[1].startswith("Optional: ")]
    assert changes
    assert all(
        "ask the national financial regulator, 国家金融监管部门 (the entity's supervisor, inferred) first" in one
        for one in changes
    )
    told = lines(check({**AGENCY, "licences": []}, rulebook, as_of=DAY, engine="reference"))
    assert not any("supervisor" in line[3] for line in told)
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    table = NextSteps(assessment, decisions.change(assessment).prospects).table()
    assert any(row[3].zh.endswith("持牌主体先问明国家金融监管部门（本企业的监管部门，推断）") for row in table.rows)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_step_marks_what_could_be_read_more_narrowly(lang: str, rulebook: Rulebook) -> None:
    """Row 110 waits for an answer in one step, and in another for a programme of a place compared."""
    facts = {**AGENCY, "entity_kind": "enterprise", "registered_here": True, "licences": [], "zones": []}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    there = decisions.compare(in_places(("上海", "苏州"), assessment.profile, rulebook, DAY), rulebook)
    table = NextSteps(assessment, (), Elsewhere(there, assessment)).table()
    told = [row[2].en if lang == "en" else row[2].zh for row in table.rows]
    assert sum("110†" in one for one in told) >= 2
    assert not any(re.search("11[01](?!†)", one) for one in told)


def test_a_change_that_opens_nothing_of_its_own_line_is_no_step(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    assert not any("foreign" in line[1] for line in lines(assessment) if line[1].startswith("Optional"))
