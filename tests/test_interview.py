"""The interview asks only what matters, and leaves nothing undecided that a question could decide."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, Verdict, check, load_rulebook
from applicability.analysis.questions import ABOUT_PEOPLE, AFTER, QuestionPlanner, open_questions
from applicability.errors import ProfileError
from applicability.interview import ANSWER, Interview
from applicability.model.partial import Interval, PartialSet
from applicability.report.language.sentences import say
from applicability.text import Text

from .examples import drawn
from .strategies import profiles

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from companies import companies

BOOK = load_rulebook()
SMALL = load_rulebook(Path(__file__).parent / "data" / "small-rulebook")
DAY = datetime.date(2026, 11, 1)
COMPANIES = companies(BOOK, 40, seed=7)


def interviewed(company: dict[str, object], unknown: frozenset[str] = frozenset(), *, every: bool = True) -> Interview:
    """An interview of somebody who knows all facts except those; by default it asks what is implausible as well."""
    interview = Interview(Profile(), BOOK, as_of=DAY, every=every)
    while (question := interview.question) is not None:
        assert interview.asked < 40
        if question.fact in unknown:
            interview.pass_over()
        else:
            interview.answer(company[question.fact])
    return interview


@pytest.mark.parametrize(
    "company",
    [
        pytest.param(one, id=str(number), marks=() if number < 6 else pytest.mark.thorough)
        for number, one in enumerate(COMPANIES)
    ],
)
def test_after_all_answers_nothing_needs_information(company: dict[str, object]) -> None:
    interview = interviewed(company)
    assessment = check(interview.profile, BOOK, as_of=DAY, engine="reference")
    assert assessment.undecided == ()
    assert interview.undecided == ()
    whole = check(Profile(**company), BOOK, as_of=DAY, engine="reference")
    for told, known in zip(assessment, whole, strict=True):
        if told.verdict in (Verdict.ELIGIBLE, Verdict.INELIGIBLE):
            assert told.verdict is known.verdict, "what was not asked did not matter"


@given(
    company=st.sampled_from(COMPANIES),
    unknown=st.frozensets(st.sampled_from(sorted(set(BOOK.facts) - {"investors"})), max_size=4),
)
@settings(max_examples=drawn(40))
def test_what_stays_open_waits_only_on_what_could_not_be_told(
    company: dict[str, object], unknown: frozenset[str]
) -> None:
    interview = interviewed(company, unknown)
    assessment = check(interview.profile, BOOK, as_of=DAY, engine="reference")
    for finding in assessment.undecided:
        places = {"city", "district", "zones", "zone_types"}
        told = unknown | (places if unknown & places else set())
        assert set(finding.missing) <= told | ({"activities"} if "sector" in unknown else set())
    assert interview.unknown <= unknown


@given(profile=profiles(BOOK))
@settings(max_examples=drawn(30))
def test_every_question_could_settle_a_row_and_is_not_answered_yet(profile: Profile) -> None:
    assessment = check(profile, BOOK, engine="reference")
    planner = QuestionPlanner(BOOK)
    asked = planner.questions(assessment.facts, every=True)
    plan = planner.plan(assessment.facts)
    waiting = {finding.measure.key for finding in assessment.undecided}
    assert {key for question in asked for key in question.rows} == waiting
    for question in asked:
        held = assessment.facts.values.get(question.fact)
        assert held is None or isinstance(held, (PartialSet, Interval)), "known in part may be asked about"
        assert 0 <= question.expected <= len(question.rows)
        # A province is a coarse city, and a zone may lie in several: it may be asked for along with finer facts.
        first = AFTER.get(question.fact)
        assert first not in {one.fact for one in asked} or {first, "zones"} & profile.facts.keys()
    # Of others what is about people is asked last, and the rest of what is known in part after what is not known yet.
    partly = [isinstance(assessment.facts.values.get(one.fact), PartialSet) for one in asked]
    for known in (False, True):
        expected = [
            one.expected
            for one, held in zip(asked, partly, strict=True)
            if one.fact not in ABOUT_PEOPLE and held is known
        ]
        assert expected == sorted(expected, reverse=True)
    assert tuple(one.fact for one in plan.questions) == tuple(fact for fact, _ in open_questions(assessment))
    assert {key for question in plan.questions for key in question.rows} == waiting - set(plan.unasked)
    assert set(plan.unasked) <= waiting, "what is not asked is open, and stays so"
    assert not set(plan.unasked_facts) & {one.fact for one in plan.questions}


@given(company=st.sampled_from(COMPANIES))
@settings(max_examples=drawn(20))
def test_what_is_not_asked_stays_open_and_decides_nothing(company: dict[str, object]) -> None:
    interview = interviewed(company, every=False)
    unasked = {key for key in interview.plan.unasked}
    assert {one.key for one in interview.undecided} == unasked
    whole = check(Profile(**company), BOOK, as_of=DAY, engine="reference")
    for told, known in zip(check(interview.profile, BOOK, as_of=DAY, engine="reference"), whole, strict=True):
        if told.verdict in (Verdict.ELIGIBLE, Verdict.INELIGIBLE):
            assert told.verdict is known.verdict, told.measure.row


def test_an_answer_of_activities_tells_only_what_was_offered() -> None:
    interview = Interview(Profile(city="成都", sector="7291"), BOOK, as_of=DAY)
    while (question := interview.question) is not None and question.fact != "activities":
        interview.pass_over()
    assert question is not None
    offered = interview.options(question)
    assert offered[0] == "travel-agency", "what the sector makes likely comes first"
    assert len(offered) + interview.not_offered(question) == len(BOOK.sectors.carried_by("7291"))
    interview.answer(["travel-agency", "electronic-invoicing"])
    held = interview.facts.values["activities"]
    assert isinstance(held, PartialSet)
    assert held.yes == {"travel-agency", "electronic-invoicing"}
    assert held.no >= set(offered) - held.yes
    assert "offshore-trade" not in held.yes | held.no
    assert Interview(Profile(city="成都", sector="7291"), BOOK, as_of=DAY, every=True).plan.unasked == ()


def test_the_city_comes_before_the_district_and_the_sector_before_the_activities() -> None:
    interview = Interview(Profile(), BOOK)
    order = []
    company = COMPANIES[0]
    while (question := interview.question) is not None:
        order.append(question.fact)
        interview.answer(company[question.fact])
    for later, first in AFTER.items():
        if later in order:
            assert first in order[: order.index(later)]


def test_an_answer_settles_as_many_as_it_says_and_can_be_taken_back() -> None:
    interview = Interview(Profile(), BOOK, as_of=DAY)
    before = len(interview.undecided)
    settled = interview.answer("长沙")
    assert settled == before - len(interview.undecided) > 0
    assert interview.back()
    assert (len(interview.undecided), interview.profile, interview.asked) == (before, Profile(), 0)
    assert not interview.back()


def test_a_coarse_answer_is_asked_for_again_and_the_same_one_is_taken_as_all_there_is() -> None:
    interview = Interview(Profile(), BOOK, as_of=DAY)
    interview.answer("江苏")
    question = interview.question
    assert question is not None
    assert question.fact == "city"
    interview.answer("江苏")
    assert "city" in interview.unknown
    asked = set()
    while (question := interview.question) is not None:
        assert question.fact != "city"
        asked.add(question.fact)
        interview.pass_over()
    assert "sector" in asked


def test_a_city_without_districts_is_not_asked_for_one_twice() -> None:
    interview = Interview(Profile(city="东莞", district="东莞"), BOOK, as_of=DAY)
    while (question := interview.question) is not None:
        assert question.fact != "district"
        interview.pass_over()


def test_an_answer_that_cannot_be_read_changes_nothing() -> None:
    interview = Interview(Profile(), BOOK, as_of=DAY)
    with pytest.raises(ProfileError, match="Atlantis"):
        interview.answer("Atlantis")
    assert interview.asked == 0
    assert interview.question is not None


def test_a_zone_that_is_not_known_is_not_asked_for_in_other_words() -> None:
    interview = Interview(
        Profile(city="重庆", activities=["vocational-training"]), BOOK, measures=[BOOK.measure(80)], as_of=DAY
    )
    question = interview.question
    assert question is not None
    assert question.fact == "zones"
    assert all(BOOK.gazetteer.overlap(zone, "500000") for zone in interview.options(question))
    interview.pass_over()
    assert interview.question is None
    assert interview.undecided == (BOOK.measure(80),)
    by_type = interview.profile.with_fact(
        "zone_types", ["comprehensive-bonded-zone"], ANSWER
    )  # what a file may still say
    finding = check(by_type, BOOK, as_of=DAY, engine="reference").finding(80)
    assert finding.verdict is Verdict.ELIGIBLE


def test_a_list_offers_all_that_the_entity_could_have_what_matters_first() -> None:
    interview = Interview(Profile(city="上海", sector="64"), BOOK, as_of=DAY, every=True)
    while (question := interview.question) is not None and question.fact != "activities":
        interview.pass_over()
    assert question is not None
    options = interview.options(question)
    assert set(options) == BOOK.sectors.carried_by("64")
    assert len(options) == len(set(options))


def test_a_goal_narrows_the_questions() -> None:
    row = BOOK.measure(57)
    interview = Interview(Profile(city="成都"), BOOK, measures=[row], as_of=DAY)
    facts = set()
    while (question := interview.question) is not None:
        assert question.rows == (row.key,)
        facts.add(question.fact)
        interview.pass_over()
    assert facts <= {"sector", "activities", "foreign_share", "licences", "entity_kind", "registered_here"}


def test_reasons_name_the_rows_and_the_words() -> None:
    interview = Interview(Profile(), BOOK, as_of=DAY)
    question = interview.question
    assert question is not None
    reasons = interview.reasons(question)
    assert [measure.key for measure, _ in reasons] == [
        key for key in question.rows if key in dict.fromkeys(question.rows)
    ]
    assert all(leaves for _, leaves in reasons)


def test_it_runs_on_another_rulebook() -> None:
    interview = Interview(Profile(), SMALL, as_of=DAY)
    seen = set()
    while (question := interview.question) is not None:
        assert question.fact not in seen
        seen.add(question.fact)
        interview.pass_over()
    assert "foreign_share" in seen or "foreign_invested" in seen


def test_what_reports_bear_is_no_answer_to_take_back() -> None:
    interview = Interview({"city": "成都"}, as_of=DAY)
    before, question = interview.undecided, interview.question
    interview.name("某公司")
    interview.set_up(False)
    assert (interview.profile.facts["name"], interview.profile.facts["planned"]) == ("某公司", True)
    interview.set_up(True)
    assert interview.profile.facts["planned"] is False
    assert (interview.undecided, interview.question, interview.asked, interview.back()) == (before, question, 0, False)


def test_every_question_says_by_itself_what_it_asks() -> None:
    """A check prints questions without the list of their answers: 下列 and these must have something beside them."""
    for one in load_rulebook().facts.values():
        assert one.question.en != "Which of these is it?", one.name
        assert one.question.zh != "属于下列哪些情形？", one.name


def test_what_is_counted_once_is_in_the_singular() -> None:
    assert say(Text("{count}项", "{count} measures depend on this"), count="1").en == "1 measure depends on this"
    assert say(Text("{count}项", "{count} companies are left"), count="1").en == "1 company is left"
    assert say(Text("{count}项", "{count} rows: {rows}"), count="21", rows="1").en == "21 rows: 1"
    assert say(Text("第{row}行", "row {row} measures time"), row="1").en == "row 1 measures time"
