"""The first companies that each measure is open to: the same whatever the pieces, named only as results name them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from applicability import load_rulebook
from applicability.bulk.job import FIRST, LISTED, Job, Summary
from applicability.bulk.output.summary import summary_json
from applicability.bulk.output.target import Beside, target_of
from applicability.bulk.run.processes import pieces_in
from applicability.bulk.sources.open import open_source
from applicability.report.screening.json import SummaryModel
from applicability.screening import run

BOOK, DAY = load_rulebook(), datetime.date(2026, 11, 1)
LINES = [f"企业{number},上海,{60 if number % 3 else 0},enterprise" for number in range(1, 13)]


def screened(path: Path, keep: tuple[str, ...] | None = None, *, asks: bool = True) -> SummaryModel:
    path.write_text("\n".join(["企业名称,城市,外资比例,entity_kind", *LINES]) + "\n", "utf-8")
    job = Job(BOOK, DAY, "en", BOOK.measures, forms=frozenset(), asks=asks, keep=keep)
    source, target = open_source(str(path)), target_of(None, None, Beside(None, None, None))
    found, _ = run(source, job, target, path.name, lambda state, numbers: None, pieces=pieces_in(1))
    return summary_json(job, found, path.name)


def test_the_first_companies_are_named_in_the_order_of_the_register(tmp_path: Path) -> None:
    measure = next(one for one in screened(tmp_path / "a.csv").measures if one.row == 99)
    assert measure.eligible == 8
    assert [(one.line, one.name) for one in measure.first] == [
        (2, "企业1"), (3, "企业2"), (5, "企业4"), (6, "企业5"), (8, "企业7"),
    ]  # fmt: skip


def test_of_a_measure_open_to_none_none_is_named(tmp_path: Path) -> None:
    told = screened(tmp_path / "a.csv")
    assert all(bool(one.first) == bool(one.eligible + one.conditional) for one in told.measures)


@pytest.mark.parametrize(("keep", "asks", "names"), [((), True, {None}), (None, False, set())])
def test_what_results_do_not_name_the_summary_does_not(
    keep: tuple[str, ...] | None, asks: bool, names: set[str | None], tmp_path: Path
) -> None:
    told = screened(tmp_path / "a.csv", keep, asks=asks)
    assert {each.name for one in told.measures for each in one.first} == names


def test_pieces_in_any_order_give_the_same(tmp_path: Path) -> None:
    parts = [[[line, f"n{line}"] for line in lines] for lines in ((2, 3), (90, 91, 92, 93, 94), (11, 12), (40,))]
    orders = (parts, parts[::-1], [parts[2], parts[0], parts[3], parts[1]])
    found = []
    for order in orders:
        total = Summary()
        for own in order:
            total.add(Summary(first={"plan:1": [list(one) for one in own]}))
        found.append(total.first["plan:1"])
    assert found[0] == found[1] == found[2]
    assert [line for line, _ in found[0]] == [2, 3, 11, 12, 40]
    assert len(found[0]) == FIRST


def test_every_company_with_something_open_is_listed_with_what_it_is(tmp_path: Path) -> None:
    told = screened(tmp_path / "a.csv")
    assert told.served == len(told.open_companies)
    assert [(one.line, one.name) for one in told.open_companies][:2] == [(2, "企业1"), (3, "企业2")]
    for measure in told.measures:
        key = f"{measure.document}:{measure.row}"
        assert sum(key in one.measures for one in told.open_companies) == measure.eligible + measure.conditional
    assert not screened(tmp_path / "a.csv", asks=False).open_companies
    assert {one.name for one in screened(tmp_path / "a.csv", ()).open_companies} == {None}


def test_of_a_long_register_the_first_companies_are_listed_whatever_the_order_of_the_pieces() -> None:
    found = []
    for starts in ((0, 300, 600), (600, 0, 300)):
        total = Summary()
        for start in starts:
            total.add(Summary(opened=[[line, None, ["plan:1"]] for line in range(start, start + 300)]))
        found.append(total.opened)
    assert found[0] == found[1]
    assert [one[0] for one in found[0]] == list(range(LISTED))
