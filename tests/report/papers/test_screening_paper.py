"""The paper of a screening's summary: on what its figures rest, and what is open to nobody for which reason."""

from __future__ import annotations

import csv
import datetime

import pytest

from applicability import Rulebook, check
from applicability.bulk.job import Job
from applicability.bulk.output.summary import summary_json
from applicability.bulk.output.target import Beside, target_of
from applicability.bulk.run.processes import pieces_in
from applicability.bulk.sources.open import open_source
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.write import write
from applicability.report.screening.json import SummaryModel
from applicability.screening import run

DAY = datetime.date(2026, 11, 1)
COMPANIES = [
    {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"},
    {"name": "乙", "city": "长沙", "foreign_share": "60", "entity_kind": "enterprise"},
    {"name": "丙", "city": "长沙", "foreign_share": "0", "entity_kind": "enterprise"},
]


@pytest.fixture(scope="module")
def summary(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> SummaryModel:
    path = tmp_path_factory.mktemp("register") / "companies.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*COMPANIES[0], "备注"])
        table.writeheader()
        table.writerows(COMPANIES)
    job = Job(rulebook, DAY, "en", rulebook.measures, forms=frozenset(), asks=True)
    target = target_of(None, None, Beside(None, None, None))
    source = open_source(str(path))
    found, _ = run(source, job, target, "in/companies.csv", lambda state, numbers: None, pieces=pieces_in(1))
    return summary_json(job, found, "in/companies.csv")


def test_it_counts_the_companies_that_have_something_and_whom_an_instrument_alone_opens_it_to(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    assessed = [check(one, rulebook, as_of=DAY, engine="reference") for one in COMPANIES]
    assert summary.served == sum(bool(one.open) for one in assessed)
    row = next(one for one in summary.measures if one.row == 99)
    assert (row.eligible, row.by_entries) == (2, 1)
    assert all(one.by_entries is None for one in summary.measures if one.row == 57)
    assert summary.asks[0].verdicts >= summary.asks[-1].verdicts
    assert {one.fact for one in summary.asks} <= set(rulebook.facts)


def test_the_paper_says_on_what_the_figures_rest(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert "of the 2, 1 can use it by the plan's own scope and 1 by a later instrument alone" in told
    assert "SAFE Notice" in told[told.index("## Sources") :]
    assert "Register “companies”" in told
    assert "in/companies.csv" not in told
    assert "Columns that were not read as facts: “备注”" in told
    assert "are no company" not in told
    apart = len(summary.without_verdicts)
    assert f"Of all {len(summary.measures) + apart} measures" in told


def test_what_is_open_to_nobody_is_told_by_reason(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = write(screening_paper(summary, rulebook), "markdown", "zh").decode()
    part = told[told.index("## 对名册中任何企业都尚不可用的措施") : told.index("## 怎样使用这份汇总")]
    needs, rest = part.split("### 没有企业符合条件") if "### 没有企业符合条件" in part else (part, "")
    assert "### 缺少事实，补充后可能可用" in needs
    shut = {one.row for one in summary.measures if one.ineligible == len(COMPANIES)}
    assert all(f"| {row} |" in rest for row in shut)
