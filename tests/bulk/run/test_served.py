"""Whom official steps, findings and narrower readings keep from measures: counted as when checked one by one."""

from __future__ import annotations

import csv
import datetime

import pytest

from applicability import Profile, load_rulebook
from applicability.bulk.job import Job
from applicability.bulk.output.summary import summary_json
from applicability.bulk.output.target import Beside, target_of
from applicability.bulk.run.processes import pieces_in
from applicability.bulk.sources.open import open_source
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import All, Any_, Condition, Judgement, Leaf, Step, transform
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.verdict import Verdict
from applicability.report.screening.json import SummaryModel
from applicability.screening import run

BOOK, DAY = load_rulebook(), datetime.date(2026, 11, 1)
TEDA = {"city": "天津", "zones": "天津经济技术开发区", "entity_kind": "enterprise", "foreign_share": "60"}
COMPANIES = [
    {**TEDA, "name": "甲", "activities": "应用商店服务业务", "sector": "6510"},
    {**TEDA, "name": "乙", "activities": "", "sector": "6510"},
    {**TEDA, "name": "丙", "activities": "增值电信业务", "sector": "6510", "zones": "天津东疆综合保税区"},
    {**TEDA, "name": "丁", "activities": "生物技术", "sector": "7340", "zones": "天津东疆综合保税区"},
    {**TEDA, "name": "戊", "city": "苏州", "zones": "", "activities": "飞机租赁", "sector": "7111"},
    {**TEDA, "name": "己", "entity_kind": "research_institution", "activities": "软件", "sector": "7320"},
    {**TEDA, "name": "庚", "foreign_share": "", "activities": "", "sector": "7291", "zones": ""},
]


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> SummaryModel:
    path = tmp_path_factory.mktemp("register") / "companies.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*COMPANIES[0]])
        table.writeheader()
        table.writerows(COMPANIES)
    job = Job(BOOK, DAY, "en", BOOK.measures, forms=frozenset(), asks=True)
    target = target_of(None, None, Beside(None, None, None))
    found, _ = run(open_source(str(path)), job, target, "companies.csv", lambda *_: None, pieces=pieces_in(1))
    return summary_json(job, found, "companies.csv")


@pytest.fixture(scope="module")
def facts() -> list[Facts]:
    given = [{name: value for name, value in one.items() if value and name != "name"} for one in COMPANIES]
    lists = [{key: [value] if key in ("zones", "activities") else value for key, value in one.items()} for one in given]
    return [read_facts(Profile.of(one), BOOK, DAY) for one in lists]


def without(condition: Condition, kind: type[Step] | type[Judgement], key: str = "") -> Condition:
    """The condition with its steps taken, or with one finding denied."""

    def settled(leaf: Leaf) -> Condition:
        if not isinstance(leaf, kind):
            return leaf
        if isinstance(leaf, Step):
            return All(())
        return Any_(()) if isinstance(leaf, Judgement) and leaf.key == key else leaf

    return transform(condition, settled)


def test_those_whom_only_steps_keep_from_a_measure_are_counted(summary: SummaryModel, facts: list[Facts]) -> None:
    counted = 0
    for one in summary.measures:
        condition = BOOK.measure(one.row).condition
        assert condition is not None
        pending = [each for each in facts if verdict(condition, each, BOOK) is Verdict.PENDING]
        taken = without(condition, Step)
        kept = [each for each in pending if verdict(taken, each, BOOK) >= Verdict.CONDITIONAL]
        assert (one.pending, one.only_steps) == (len(pending), len(kept) if pending else None), one.row
        counted += 0 < len(kept) < len(pending)
    assert counted  # of some measure there are both


def test_those_who_cannot_do_without_a_finding_are_counted(summary: SummaryModel, facts: list[Facts]) -> None:
    for one in summary.measures:
        measure = BOOK.measure(one.row)
        assert measure.condition is not None
        judged = [each for each in facts if verdict(measure.condition, each, BOOK) is Verdict.CONDITIONAL]
        needed = {}
        for finding in measure.judgements:
            denied = without(measure.condition, Judgement, finding.key)
            needed[finding.key] = sum(verdict(denied, each, BOOK) < Verdict.CONDITIONAL for each in judged)
        assert {each.key: each.companies for each in one.findings} == (needed if judged else {}), one.row
    row = next(one for one in summary.measures if one.row == 85)
    told = {one.key: one.companies for one in row.findings}
    assert 0 < told["85.other-development-zone"] < row.conditional  # those in the named zones do not need it


def test_those_served_whatever_the_reading_are_counted(summary: SummaryModel, facts: list[Facts]) -> None:
    plain = [one for one in BOOK.measures if not one.narrower_reading and one.condition is not None]
    whole = [one for one in BOOK.measures if one.condition is not None]
    served = [
        sum(any(verdict(one.own_scope or one.condition, each, BOOK) >= Verdict.CONDITIONAL
                and verdict(one.condition, each, BOOK) >= Verdict.CONDITIONAL for one in own if one.condition)
            for each in facts)
        for own in (plain, whole)
    ]  # fmt: skip
    assert [summary.served_by_any_reading, summary.served_by_scope] == served


def test_those_worth_asking_are_at_most_those_that_miss_facts(summary: SummaryModel) -> None:
    for one in summary.measures:
        assert (one.worth_asking or 0) <= one.needs_info
        assert (one.worth_asking is None) <= (one.needs_info == 0)
    assert any((one.worth_asking or 0) < one.needs_info for one in summary.measures)
