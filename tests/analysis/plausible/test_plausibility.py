"""Plausibility orders and shortens what is shown; it never decides."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings

from applicability import Assessment, Interview, Profile, check, decisions, load_rulebook, report
from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import QuestionPlanner
from applicability.decisions import Candidate
from applicability.loading.profile.reader import read_facts
from applicability.report import whole

from ...examples import drawn
from ...strategies import profiles

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 1)
AGENCY = {"city": "成都", "sector": "7291", "foreign_share": 100, "entity_kind": "enterprise", "registered_here": True}


def plausibility(**facts: object) -> Plausibility:
    return Plausibility(read_facts(Profile(**facts), BOOK, DAY), BOOK)


def assessed(**facts: object) -> Assessment:
    return check(Profile(**facts), BOOK, as_of=DAY, engine="reference")


def test_of_an_entity_of_which_nothing_tells_everything_is_plausible() -> None:
    known = plausibility(city="天津", foreign_share=50)
    assert known.open
    assert known.activities == set(BOOK.sectors.activities)
    assert not any(known.doubts(leaf) for one in BOOK.measures for leaf in _leaves(one.condition))


def _leaves(condition: Any) -> tuple[Any, ...]:
    from applicability.model.conditions import leaves

    return leaves(condition) if condition is not None else ()


@pytest.mark.parametrize(
    ("facts", "sectors"),
    [
        ({"licences": ["financial_leasing"]}, ("6631", "71")),
        ({"entity_kind": "law_firm"}, ("723",)),
        ({"entity_kind": "natural_person", "sector": "84"}, ()),
        ({"entity_kind": "enterprise"}, None),
        ({"sector": "6741", "licences": ["securities_or_futures"]}, ("6741",)),
        ({"sector": "7291", "licences": ["payment_institution"]}, ("7291", "693")),
        ({"licences": {"yes": ["insurer"]}}, ("68",)),
        ({"licences": []}, None),
    ],
)
def test_a_kind_or_a_licence_tells_the_sector(facts: dict[str, object], sectors: tuple[str, ...] | None) -> None:
    assert plausibility(**facts).traits.sectors == sectors


@given(profile=profiles(BOOK))
@settings(max_examples=drawn(20))
def test_supposing_never_opens_a_row_and_never_touches_a_settled_one(profile: Profile) -> None:
    assessment = check(profile, BOOK, engine="reference")
    known = Plausibility(assessment.facts, BOOK)
    for finding in assessment.findings:
        if finding.measure.condition is not None and finding.verdict is not None:
            supposed = known.supposing(finding.measure.condition)
            assert supposed is finding.verdict or finding.missing or finding.verdict < 3
    planner = QuestionPlanner(BOOK)
    every = {one.fact for one in planner.questions(assessment.facts, every=True)}
    assert {one.fact for one in planner.questions(assessment.facts)} <= every | {"activities"}


def test_a_row_shut_by_a_word_that_the_sector_makes_likely_says_so_in_every_format() -> None:
    shut = assessed(**AGENCY, activities=["electronic-invoicing"], licences=[], group_roles=[])
    finding = shut.finding(57)
    assert finding.bucket == "ineligible"
    known = Plausibility(shut.facts, BOOK)
    assert known.unlisted(finding.measure) == ("travel-agency",)
    for format_ in ("text", "html", "markdown"):
        en = report.render(whole(shut), format_, report.Options("en"))
        assert "lack “travel agency services”, which is likely for sector 7291" in " ".join(en.split())
        zh = report.render(whole(shut), format_, report.Options("zh"))
        assert "所填业务活动不含“旅行社业务”" in "".join(zh.split())
    told = json.loads(report.render(whole(shut), "json", report.Options("en")))
    rows = {one["measure"]: [each["activity"] for each in one["unlisted"]] for one in told["findings"]}
    assert rows[57] == ["travel-agency"]
    assert rows[2] == []


@pytest.mark.parametrize(
    "facts",
    [
        {**AGENCY, "activities": ["travel-agency"]},
        {**AGENCY, "foreign_share": 0, "activities": []},  # the share shuts it as well
        {**AGENCY, "activities": {"yes": [], "no": ["travel-agency"]}},  # it was asked, and denied
    ],
)
def test_nothing_is_said_where_the_list_is_not_all_that_shuts_the_row(facts: dict[str, object]) -> None:
    shut = assessed(**facts)
    assert Plausibility(shut.facts, BOOK).unlisted(shut.finding(57).measure) == ()


def test_a_licence_and_another_activity_make_a_word_likely() -> None:
    lessor = plausibility(city="天津", licences=["financial_leasing"], activities=["aircraft-leasing"])
    assert ("licences", "financial_leasing") in lessor.because("other-leasing")
    assert ("activities", "aircraft-leasing") in lessor.because("engine-and-machinery-leasing")
    assert lessor.because("travel-agency") == ()


def test_a_comparison_shows_implausible_rows_last_and_no_verdict_changes() -> None:
    lessor = {"sector": "6631", "licences": ["financial_leasing"], "entity_kind": "enterprise"}
    made = [Candidate(place, {**lessor, "city": place}, DAY) for place in ("天津", "上海", "长沙")]
    found = decisions.compare(made, BOOK)
    differ = [row for row in found.rows if row.differs]
    order = [row.plausible for row in differ]
    assert order == sorted(order, reverse=True)
    assert {True, False} == set(order)
    plain = {row.measure.row: row.plausible for row in differ}
    assert plain[95]
    assert not plain[78]
    for one in found.alternatives:
        alone = check(one.assessment.profile, BOOK, as_of=DAY, engine="reference")
        assert [f.verdict for f in one.assessment.findings] == [f.verdict for f in alone.findings]


def test_the_published_questions_leave_out_what_is_implausible_and_count_it() -> None:
    told = json.loads(assessed(city="天津", licences=["financial_leasing"]).to_json())
    asked = {one["fact"] for one in told["questions"]}
    assert not asked & {"products", "donors", "pilot_qualifications", "bases"}
    assert {"products", "donors"} <= set(told["unasked"]["facts"])
    assert 64 in told["unasked"]["rows"]
    assert "bank-regulated" in told["unasked"]["implausible_for"]["en"]
    waiting = {one["measure"] for one in told["findings"] if one["verdict"] == "needs_info"}
    assert set(told["unasked"]["rows"]) <= waiting


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"sector": "8514", "entity_kind": "enterprise"}, False),
        ({"sector": "8514", "entity_kind": "private_non_enterprise_unit"}, False),
        ({"sector": "8511"}, False),
        ({"sector": "8521"}, False),
        ({"sector": "8512"}, True),  # nursing homes are medical institutions
        ({"sector": "8411"}, True),
        ({"sector": "8514", "licences": ["medical_institution"]}, True),
    ],
)
def test_a_care_home_is_not_asked_which_drugs_it_imports(facts: dict[str, object], asked: bool) -> None:
    interview, met = Interview({"city": "上海", **facts}, BOOK, as_of=DAY), set[str]()
    while (question := interview.question) is not None:
        met.add(question.fact)
        interview.pass_over()
    assert ("products" in met) is asked


LAWYER = {"city": "天津", "entity_kind": "natural_person", "person_kind": ["foreign_lawyer"]}


def test_a_person_is_asked_and_advised_what_its_profession_carries() -> None:
    """A lawyer is not asked who donates to a hospital, nor advised to move into a park for companies."""
    known = plausibility(**LAWYER)
    assert known.traits.professions == ("723",)
    assert not known.asks("donors")
    assert not known.activities & {"non-profit-medical-institution", "nursing-school"}
    assert not known.value("person_kind", "overseas_doctor")
    assert known.value("person_kind", "hong_kong_lawyer")
    doctor = plausibility(**{**LAWYER, "person_kind": ["foreign_national", "overseas_doctor"]})
    assert doctor.asks("donors")
    anybody = plausibility(**{**LAWYER, "person_kind": ["foreign_national"]})
    assert anybody.traits.professions is None
    assert anybody.asks("donors")


def test_rows_for_companies_alone_do_not_concern_a_person() -> None:
    lawyer, company = plausibility(**LAWYER), plausibility(city="天津", entity_kind="enterprise")
    for row in (4, 47):
        assert not lawyer.concerns(BOOK.measure(row))
        assert company.concerns(BOOK.measure(row))
    assert all(lawyer.concerns(BOOK.measure(row)) for row in (20, 110, 115, 123))


def test_the_own_line_of_business_comes_first() -> None:
    lessor = plausibility(city="天津", licences=["financial_leasing"])
    leasing = [one for one in BOOK.sectors.activities if one.endswith("-leasing")]
    widths = {one: lessor.breadth("activities", one) or 0 for one in BOOK.sectors.activities}
    assert {widths[one] for one in leasing} == {2}
    assert all(width > 2 for one, width in widths.items() if one not in leasing)
    assert widths["green-finance"] > 8
    assert widths["capital-market-fintech"] > 8
    asked = Interview({"city": "天津", "licences": ["financial_leasing"]}, BOOK, as_of=DAY)
    while (question := asked.question) is not None and question.fact != "activities":
        asked.pass_over()
    assert question is not None
    assert set(asked.options(question)[:5]) < set(leasing)
