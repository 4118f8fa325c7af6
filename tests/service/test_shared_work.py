"""What one call of the service leaves to the next step or call: the same answers, and no engine entered twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from applicability import DisagreementError, Profile, Rulebook, Verdict, check, load_rulebook
from applicability.analysis.line_of_business import LinesOfBusiness
from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import QuestionPlanner
from applicability.api import assessed
from applicability.bounded import RecentCache
from applicability.engines.protocol import Decision, RecentDecisions
from applicability.engines.rete.engine import ForwardEngine
from applicability.engines.select import forward_name
from applicability.interview import Interview
from applicability.service.service import Service

from ..examples import drawn
from ..strategies import profiles

pytestmark = pytest.mark.skipif(forward_name() is None, reason="no forward engine is installed")
BOOK = load_rulebook()
AGENCY = {
    "city": "成都",
    "sector": "7291",
    "foreign_share": 40,
    "activities": ["travel-agency"],
    "zones": [],
    "entity_kind": "enterprise",
}


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Records every run of the forward engine."""
    made: list[object] = []
    run = ForwardEngine._run

    def counted(self: ForwardEngine, *given: Any) -> Any:
        made.append(given)
        return run(self, *given)

    monkeypatch.setattr(ForwardEngine, "_run", counted)
    return made


def test_the_same_facts_are_decided_once_and_others_anew(rulebook: Rulebook, runs: list[object]) -> None:
    service = Service(rulebook)
    first = service.check_and_ask(Profile.of(AGENCY)).assessment
    assert service.check_and_ask(Profile.of(AGENCY)).assessment == first
    assert service.finding(Profile.of(AGENCY), 57) == first.finding(57)
    # 30 and 40 percent lie between the same two bounds of the rules: no rule can tell them apart.
    other = service.check_and_ask(Profile.of({**AGENCY, "foreign_share": 30})).assessment
    assert len(runs) == 1
    assert [one.verdict for one in other.findings] == [one.verdict for one in first.findings]
    assert other.facts.values["foreign_share"] == 30
    moved = service.finding(Profile.of({**AGENCY, "city": "长沙"}), 57)
    assert moved.verdict is Verdict.INELIGIBLE
    assert len(runs) == 2
    # A limit that is not kept has rules of its own.
    for _ in range(2):
        kept = service.finding(Profile.of({**AGENCY, "limits": {"57.taiwan": False}}), 57)
        assert kept.verdict is Verdict.INELIGIBLE
    assert len(runs) == 4


def test_what_the_page_and_the_interface_answer_is_decided_anew(rulebook: Rulebook, runs: list[object]) -> None:
    service = Service(rulebook)
    for _ in range(2):
        service.check(Profile.of(AGENCY))
        service.overview(Profile.of(AGENCY))
    assert len(runs) == 4


def test_what_is_remembered_is_checked_again(rulebook: Rulebook) -> None:
    class Wrong(RecentCache[object, Decision]):
        def get(self, key: object) -> Decision | None:
            found = super().get(key)
            return found and replace(found, verdicts=dict.fromkeys(found.verdicts, Verdict.PENDING))

    recent = Wrong(4)
    assessed(Profile.of(AGENCY), rulebook, recent=recent)
    with pytest.raises(DisagreementError):
        assessed(Profile.of(AGENCY), rulebook, recent=recent)


def test_no_text_and_no_number_of_a_profile_is_remembered(rulebook: Rulebook) -> None:
    recent = RecentDecisions(4)
    told = {**AGENCY, "name": "绝密有限公司", "district": "武侯区", "foreign_share": "41.37"}
    assessed(Profile.of(told), rulebook, recent=recent)
    assert len(recent) == 1
    held = repr(recent)
    assert "in 510100" in held  # the city, which rules name
    for text in ("绝密", "武侯", "510107", "41.37"):
        assert text not in held


REMEMBERED = RecentDecisions(1000)


@settings(max_examples=drawn(100))
@given(profile=profiles(BOOK))
def test_remembered_or_not_an_answer_is_the_same(profile: Profile) -> None:
    """Also beside what was remembered of all the other profiles."""
    expected = check(profile, BOOK)
    assert [assessed(profile, BOOK, recent=REMEMBERED) for _ in range(2)] == [expected, expected]


@settings(max_examples=drawn(200))
@given(profile=profiles(BOOK))
def test_questions_are_those_of_the_rows_that_a_check_leaves_undecided(profile: Profile) -> None:
    assessment, planner = check(profile, BOOK), QuestionPlanner(BOOK)
    undecided = {one.measure.key for one in assessment.undecided}
    first = planner.plan(assessment.facts).questions[:1]
    for unknown in (frozenset[str](), frozenset(one.fact for one in first)):
        for every in (False, True):
            found = planner.plan(assessment.facts, unknown, every=every, undecided=undecided)
            assert found == planner.plan(assessment.facts, unknown, every=every)


def test_an_answer_is_followed_by_questions_of_its_own(rulebook: Rulebook) -> None:
    given = Profile.of({"city": "成都", "sector": "7291"})
    undecided = {one.measure.key for one in check(given, rulebook).undecided}
    held, plain = Interview(given, rulebook, undecided_at_first=undecided), Interview(given, rulebook)
    first = held.plan
    assert first == plain.plan
    for interview in (held, plain):
        interview.pass_over()
    assert held.plan == plain.plan != first
    held.back()
    assert held.plan == first


COMPANIES: tuple[dict[str, Any], ...] = (
    {"city": "成都", "sector": "7291"},
    {"city": "成都", "sector": "I"},
    {"city": "北京", "sector": "65", "entity_kind": "natural_person"},
    {"city": "北京", "entity_kind": "natural_person"},
    {"sector": "84", "activities": []},
    {"sector": "84", "activities": {"no": ["travel-agency"]}},
    {},
)


def test_what_is_plausible_for_one_company_is_not_told_of_another(rulebook: Rulebook) -> None:
    """Whatever has been worked out for other companies before; a copy of a rulebook remembers nothing of it."""
    shared, different = LinesOfBusiness(rulebook), set()
    values = [(name, one) for name, told in rulebook.facts.items() for one in told.values]
    values += [("activities", one) for one in rulebook.sectors.activities]
    for company in (*COMPANIES, *COMPANIES):
        facts, alone = check(Profile.of(company), rulebook).facts, replace(rulebook)
        found, meant = Plausibility(facts, rulebook), Plausibility(facts, alone)
        assert (found.activities, found.likely) == (meant.activities, meant.likely)
        for name, one in values:
            assert found.breadth(name, one) == meant.breadth(name, one)
            assert found.value(name, one) is meant.value(name, one)
        assert [found.asks(name) for name in rulebook.facts] == [meant.asks(name) for name in rulebook.facts]
        assert shared.of(found) == LinesOfBusiness(alone).of(meant)
        different.add((found.activities, found.likely, shared.of(found)))
    assert len(different) > 3


def test_an_interview_reads_no_facts_that_a_check_has_read(rulebook: Rulebook) -> None:
    for company in COMPANIES:
        profile = Profile.of(company)
        facts = check(profile, rulebook).facts
        held, plain = Interview(profile, rulebook, facts=facts), Interview(profile, rulebook)
        assert held.facts is facts
        assert (held.facts, held.plan, held.profile) == (plain.facts, plain.plan, plain.profile)
