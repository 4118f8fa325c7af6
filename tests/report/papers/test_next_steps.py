"""What to do next in a paper: in which order, with whom, and what waits in the places compared."""

from __future__ import annotations

import datetime

from applicability import Rulebook, check, decisions
from applicability.alternatives import in_places
from applicability.model.assessment import Assessment
from applicability.report.layout.paper import Table
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.next_steps import in_order, next_steps

DAY = datetime.date(2026, 11, 1)
AGENCY = {"city": "上海", "zones": [], "sector": "7291", "foreign_share": 100, "activities": ["travel-agency"]}


def lines(assessment: Assessment) -> list[list[str]]:
    """The rows of the table, in English."""
    blocks = next_steps(assessment, decisions.change(assessment).prospects)
    (table,) = (one for one in blocks if isinstance(one, Table))
    return [[cell.en for cell in row] for row in table.rows]


def test_answers_come_first_then_what_can_be_used_then_what_could_be_changed(rulebook: Rulebook) -> None:
    told = lines(check(AGENCY, rulebook, as_of=DAY, engine="reference"))
    kinds = [line[1].split(":")[0] for line in told]
    assert [line[0] for line in told] == [str(number) for number in range(1, len(told) + 1)]
    assert kinds[0] == "answer"
    assert kinds[-1] == "if it is wanted"
    assert kinds == sorted(kinds, key=["answer", *dict.fromkeys(kinds[1:-1]), "if it is wanted"].index)


def test_its_own_business_comes_before_what_is_open_to_any(rulebook: Rulebook) -> None:
    full = {**AGENCY, "entity_kind": "enterprise", "registered_here": True}
    assessment = check(full, rulebook, as_of=DAY, engine="reference")
    assert in_order(assessment.open)[0].measure.row == 57
    (own,) = (line for line in lines(assessment) if line[2].startswith("57 "))
    assert "only within what is granted: no tours to Taiwan" in own[1]
    assert own[3] == "the culture and tourism authority"


def test_a_finding_is_applied_for_with_whoever_makes_it(rulebook: Rulebook) -> None:
    lessor = {
        "city": "天津",
        "zones": ["东疆"],
        "entity_kind": "enterprise",
        "licences": ["financial_leasing"],
        "activities": ["engine-and-machinery-leasing"],
    }
    told = {line[2].split()[0]: line for line in lines(check(lessor, rulebook, as_of=DAY, engine="reference"))}
    assert told["93"][1].startswith("apply for the finding: ")
    assert told["93"][3] == "Customs"
    assert told["90"][3] == "the place's commerce department"  # the text does not say which authority it is


def test_what_waits_is_to_be_watched_where_it_would_be_seen(rulebook: Rulebook) -> None:
    told = lines(check({**AGENCY, "city": "苏州"}, rulebook, as_of=DAY, engine="reference"))
    watched = [one for one in told if one[1].startswith("wait, and watch for: ")]
    assert watched[0][1] == "wait, and watch for: the nine new cities' own task lists"  # what most wait for comes first
    assert "57 " in watched[0][2]
    assert all("website" in one[3] for one in watched)


def test_what_waits_in_a_place_compared_is_to_be_asked_there(rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    there = decisions.compare(in_places(("上海", "苏州"), assessment.profile, rulebook, DAY), rulebook)
    blocks = next_steps(assessment, (), Elsewhere(there, assessment))
    (table,) = (one for one in blocks if isinstance(one, Table))
    asked = [row for row in table.rows if row[1].en.startswith("if Suzhou is considered: ask whether these fall under")]
    assert "57 " in asked[0][2].en
    assert asked[0][3].zh.startswith("所在地商务主管部门；")
