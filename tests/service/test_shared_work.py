"""What one call of the service leaves to the next step or call: the same answers, and no engine entered twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from applicability import DisagreementError, Profile, Rulebook, Verdict, check, load_rulebook
from applicability.analysis.questions import QuestionPlanner
from applicability.api import assessed
from applicability.bounded import BoundedCache
from applicability.engines.protocol import RecentDecisions
from applicability.engines.rete.engine import ForwardEngine
from applicability.engines.select import forward_name
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
    recent: RecentDecisions = BoundedCache(4)
    assessed(Profile.of(AGENCY), rulebook, recent=recent)
    ((key, decision),) = recent.items()
    wrong = {one: Verdict.PENDING for one in decision.verdicts}
    recent[key] = replace(decision, verdicts=wrong)
    with pytest.raises(DisagreementError):
        assessed(Profile.of(AGENCY), rulebook, recent=recent)


def test_nothing_that_a_profile_says_is_remembered(rulebook: Rulebook) -> None:
    recent: RecentDecisions = BoundedCache(4)
    assessed(Profile.of({**AGENCY, "name": "绝密有限公司", "foreign_share": "41.37"}), rulebook, recent=recent)
    held = repr(recent)
    assert "绝密" not in held
    assert "41.37" not in held


@settings(max_examples=drawn(60))
@given(profile=profiles(BOOK))
def test_remembered_or_not_an_answer_is_the_same(profile: Profile) -> None:
    recent: RecentDecisions = BoundedCache(4)
    expected = check(profile, BOOK)
    assert [assessed(profile, BOOK, recent=recent) for _ in range(2)] == [expected, expected]


@settings(max_examples=drawn(200))
@given(profile=profiles(BOOK))
def test_questions_are_those_of_the_rows_that_a_check_leaves_undecided(profile: Profile) -> None:
    assessment, planner = check(profile, BOOK), QuestionPlanner(BOOK)
    undecided = {one.measure.key for one in assessment.undecided}
    for every in (False, True):
        found = planner.plan(assessment.facts, every=every, undecided=undecided)
        assert found == planner.plan(assessment.facts, every=every)
