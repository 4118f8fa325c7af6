"""In papers: where a result rests on a reading, whose use a limit is of, and the route of its own part."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from applicability import Rulebook, check, decisions
from applicability.model.assessment import Finding
from applicability.report import whole
from applicability.report.layout.paper import Pairs, Table
from applicability.report.papers.case import case_paper
from applicability.report.papers.changes import changes_of, changes_paper
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.open_now import open_now
from applicability.report.papers.readings import narrower_readings
from applicability.report.papers.rows import RowWriter, marked_number
from applicability.report.papers.set_up import for_another
from applicability.report.papers.shut import Shut
from applicability.report.papers.whom import Whom
from applicability.report.papers.write import write
from applicability.text import Text

DAY = datetime.date(2026, 11, 1)
LESSOR: dict[str, Any] = {
    "city": "天津", "zones": ["东疆"], "sector": "6631", "entity_kind": "enterprise", "registered_here": True,
    "foreign_share": 0, "licences": ["financial_leasing"], "group_roles": [], "products": [],
    "activities": ["engine-and-machinery-leasing", "bonded-aircraft-leasing"],
}  # fmt: skip
SOFTWARE = {
    "city": "上海", "zones": [], "sector": "6513", "entity_kind": "enterprise", "registered_here": True,
    "foreign_share": 60, "licences": [], "group_roles": [], "products": [], "activities": ["bulk-spot-trading"],
}  # fmt: skip


def finding(rulebook: Rulebook, row: int, **facts: object) -> Finding:
    return check(facts, rulebook, as_of=DAY, engine="reference").finding(row)


def pairs(rulebook: Rulebook, one: Finding, *, readings: bool = True) -> dict[str, list[str]]:
    blocks = RowWriter(rulebook, one.facts, readings).full(one)
    told = next(block for block in blocks if isinstance(block, Pairs))
    return {label.en: [item.en for item in items] for label, items in told.rows}


def asked(rulebook: Rulebook, row: int, **facts: object) -> str:
    """What the paper says that a shut measure asks for."""
    assessment = check({**LESSOR, **facts}, rulebook, as_of=DAY, engine="reference")
    shut = Shut(RowWriter(rulebook, assessment.facts), decisions.change(assessment).prospects)
    return next(told.en for one, told in shut.each([assessment.finding(row)]) if one.measure.row == row)


def test_an_open_row_leads_to_the_reading_that_it_rests_on(rulebook: Rulebook) -> None:
    paper = case_paper(whole(check(SOFTWARE, rulebook, as_of=DAY, engine="reference")))
    told = write(paper, "markdown", "en").decode()
    lead = "How the text of each was read, and what is marked † could be read more narrowly, is told under “Doubts and "
    assert told.count(lead) == 1  # and not beside each
    assert "#### Item 111† of the Annex: Easier visas" in told
    assert "How it was read" not in pairs(rulebook, finding(rulebook, 111, **SOFTWARE))
    (told,) = pairs(rulebook, finding(rulebook, 95, **LESSOR), readings=False)["How it was read"]
    assert told.startswith('"Leasing companies" is not narrowed')


def test_every_open_row_with_a_reading_leads_to_it_and_the_part_has_it(rulebook: Rulebook) -> None:
    assessment = check(SOFTWARE, rulebook, as_of=DAY, engine="reference")
    told = write(case_paper(whole(assessment)), "markdown", "en").decode()
    rest = [one.measure for one in assessment.open if one.measure.interpretation is not None]
    assert len(rest) > 1
    part = told[told.index("## Doubts and readings") :]
    assert "| 111† | How it was read (it could be read more narrowly) |" in part
    assert all(f"| {marked_number(one)} | How it was read" in part for one in rest)
    steps = told[told.index("## What to do next") : told.index("## Facts relied on")]
    assert steps.count("111† Easier visas") == 1
    assert told[: told.index("## Facts relied on")].count("could be read more narrowly") <= 2  # one for each page
    assert not re.search(r"\b(110|111)(?!†)\b", steps)  # a step asks about 110


def test_what_rests_on_no_narrower_reading_needs_no_legend(rulebook: Rulebook) -> None:
    factoring = {
        **SOFTWARE,
        "sector": "6637",
        "foreign_share": 0,
        "licences": ["commercial_factoring"],
        "activities": [],
    }
    assessment = check(factoring, rulebook, as_of=DAY, engine="reference")
    assert assessment.open
    assert not any(one.measure.narrower_reading for one in assessment.open)
    told = write(case_paper(whole(assessment)), "markdown", "en").decode()
    assert "†" not in told[told.index("## What to do next") : told.index("## Facts relied on")]


def test_a_limit_says_whose_use_it_is_of(rulebook: Rulebook) -> None:
    told = pairs(rulebook, finding(rulebook, 96, **LESSOR))
    (limit,), (another,) = told["Limits to keep"], told["A use of another entity"]
    assert "operating leases only (for the lessor that takes the rents" in limit
    assert "for the special purpose company, which uses the quota" in another
    assert "and not for the entity itself, which is none; this report does not examine" in another
    other = pairs(rulebook, finding(rulebook, 96, **{**LESSOR, "licences": []}))["A use of another entity"]
    assert "and not for the entity itself unless it is one; this report does not examine" in other[0]
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    (first,) = (row for row in open_now(rulebook, assessment.open).rows if row[0].zh == "96†")
    assert "另一主体的用途，本主体不能使用：共享母公司外债额度的" in first[3].zh
    assert pairs(rulebook, finding(rulebook, 95, **LESSOR))["Limits to keep"][0] == (
        "the permission reaches loans to its own project company only: “给其项目公司” "
        "[unofficial: “to their project companies”]"
    )


@pytest.mark.parametrize(
    ("row", "part", "of_others"),
    [(56, "part “Leasing companies issuing green bonds”: the licences must include finance-lease", "credit rating"),
     (60, "part “Bonded display and storage in Dongjiang”", "touring shows"),
     (110, "the foreign share must be above 0%", "kind of")],
)  # fmt: skip
def test_what_a_shut_row_asks_for_is_of_the_part_that_could_be_its_own(
    rulebook: Rulebook, row: int, part: str, of_others: str
) -> None:
    told = asked(rulebook, row)
    assert part in told
    assert of_others not in told


def test_a_part_that_names_the_zone_of_the_entity_is_told_with_its_words(rulebook: Rulebook) -> None:
    one = finding(rulebook, 60, **LESSOR)
    shut = Shut(RowWriter(rulebook, one.facts))
    assert "part “Bonded display and storage in Dongjiang”" in shut.asked(one).en
    assert [each.words for each in shut.words(one)][-1] == "支持东疆综合保税区试点传统经典车保税展示及托管业务"
    elsewhere = finding(rulebook, 60, **{**LESSOR, "zones": []})
    assert "Dongjiang" not in Shut(RowWriter(rulebook, elsewhere.facts)).asked(elsewhere).en


def test_what_is_asked_is_what_the_text_names_and_not_what_may_be_found_to_be_like_it(rulebook: Rulebook) -> None:
    one = finding(rulebook, 85, **{**SOFTWARE, "city": "上海", "zones": []})
    assert one.bucket == "ineligible"
    assert "national economic and technological development zone" in Shut(RowWriter(rulebook, one.facts)).asked(one).en


def test_what_is_of_use_only_with_an_entity_of_its_own_says_so_where_it_is_told(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    made = write(case_paper(whole(assessment), decisions.change(assessment).prospects), "markdown", "zh").decode()
    summary, rest = made.split("## 下一步")
    assert (
        "（其中第95项视是否设有金融租赁公司的项目公司而定；第96†项视是否符合限制而定：只及于经营性租赁的外币租金；"
        "所填事实没有说明）"
    ) in summary
    assert "只及于经营性租赁的外币租金（是否如此，所填事实没有说明；不是的，用不上）" in summary
    card = rest[rest.index("附件第95项") :]
    assert "自己设有的金融租赁公司的项目公司（所填事实没有说明是否设有）" in card[: card.index("####")]
    assert "可适用（设有金融租赁公司的项目公司的才用得上；所填事实没有说明是否设有）" in card[: card.index("####")]
    counted = summary[summary.index("目前可适用") :]
    assert counted.startswith("目前可适用5项（其中第95项视是否设有")  # where it is counted, and not after all else
    assert "虽有“试点”字样，本报告读作权利" in rest[: rest.index("附件第95项")]  # 94


def test_whom_to_ask_begins_with_the_own_part(rulebook: Rulebook) -> None:
    one = finding(rulebook, 60, **{**LESSOR, "activities": ["classic-car-custody"]})
    told = [item.en for item in Whom(rulebook, one).items() if isinstance(item, Text)]
    assert told[0].startswith("the place's commerce department, 所在地商务主管部门, to be asked first")
    assert "only for a finding for part 2, Finance, insurance" in told[-1]


def test_what_such_an_entity_sets_up_stands_first_among_the_changes(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    prospects = decisions.change(assessment).prospects
    table = next(one for one in changes_of(assessment, prospects) if isinstance(one, Table))
    step, by, standing, opens = (cell.en for cell in table.rows[0])
    assert step.endswith("project company of a (bank-regulated) financial leasing company")
    assert by == (
        "up to you, at a cost; being licensed, ask the national financial regulator, 国家金融监管部门 (the entity's "
        "supervisor, inferred) first"
    )
    assert standing == "Eligible or Conditional"
    own, another = opens.split("\n")
    assert own.startswith("this entity can then use what is listed as open to it already ")
    assert own.endswith(": 95 Leasing companies lending foreign currency to project companies")
    assert "nothing else about it being examined): 92 New lease objects" in another
    assert "part 2: Project companies sharing the parent's debt quota" in opens
    steps = NextSteps(assessment, prospects).table()
    assert [step in row[1].en for row in steps.rows].count(True) == 1
    paper = changes_paper(assessment, prospects, Text("甲", "A"), ())
    assert "## Another entity, set up beside it" in write(paper, "markdown", "en").decode()


def test_what_is_still_to_be_answered_has_its_words(rulebook: Rulebook) -> None:
    facts = {**SOFTWARE, "foreign_share": 100, "activities": ["travel-agency"], "sector": "7291"}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    assert assessment.finding(110).bucket == "needs_info"
    told = write(case_paper(whole(assessment)), "markdown", "en").decode()
    part = told[told.index("### What is still to be answered: the words") :]
    assert rulebook.measure(110).text in part[: part.index("\n### ", 5)]
    # each part with whom it is for, and the question with what this entity alone can answer
    assert "for senior manager of a foreign company that is to set up a branch or subsidiary here, not for" in part
    assert "for spouse or family" in part
    asked = told[told.index("Is any of the people concerned") :].splitlines()[0]
    assert "“senior manager of a foreign company that has invested and registered here”" in asked
    assert "spouse" not in asked
    assert "A part that is for others" not in told


def test_what_is_for_others_may_come_before_a_planned_entity_is_set_up(rulebook: Rulebook) -> None:
    facts = {**SOFTWARE, "planned": True, "foreign_share": 100, "activities": ["travel-agency"], "sector": "7291"}
    told = write(case_paper(whole(check(facts, rulebook, as_of=DAY, engine="reference"))), "markdown", "en").decode()
    assert "A part that is for others, such as people of the investor, may be of use before it is" in told


def test_of_an_entity_that_sets_up_none_nothing_is_said(rulebook: Rulebook) -> None:
    assessment = check(SOFTWARE, rulebook, as_of=DAY, engine="reference")
    told = write(case_paper(whole(assessment), decisions.change(assessment).prospects), "markdown", "en").decode()
    assert "set up beside" not in told
    assert "sets up beside" not in told


def test_the_limits_that_ask_for_another_entity_are_limits_of_the_rules(rulebook: Rulebook) -> None:
    named = {key for one in rulebook.facts.values() for each in one.values.values() for key in each.for_limits}
    assert named
    assert named <= set(rulebook.limits)


def test_a_part_for_another_entity_is_told_among_the_limits(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    table = open_now(rulebook, assessment.open, for_another(assessment))
    (limits,) = (row[3] for row in table.rows if row[0].zh == "94†")
    assert limits.zh.startswith(
        "原文没有对本主体写明；第2部分“项目公司共享母公司外债额度”是另一主体的用途，本主体不能使用"
    )
    assert limits.en.startswith("the text states none for this entity; part 2, ")


def test_what_another_reader_may_find_is_told_in_both_languages(rulebook: Rulebook) -> None:
    for row, zh, en in (
        (94, "第1部分须待", "wait for"),
        (96, "须待当地先实施", "come first"),
        (111, "仅及个人", "persons"),
    ):
        (told,) = narrower_readings(rulebook.measure(row))
        assert zh in told.zh
        assert en in told.en
