"""How many companies of a register lie in the pilots: by the rules' own places, whatever the pieces."""

from __future__ import annotations

import csv
import datetime
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from applicability import Profile, load_rulebook, screen
from applicability.bulk.job import Job, Summary
from applicability.bulk.output.pieces import finished
from applicability.bulk.output.summary import summary_json
from applicability.bulk.run import screening
from applicability.bulk.sources.open import open_source
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import Within
from applicability.model.evaluate import leaf_verdict
from applicability.model.verdict import Verdict

from ...cli.conftest import ROOT, RULES
from .test_resume import target_of

BOOK, DAY = load_rulebook(), datetime.date(2026, 11, 1)
COMPANIES = ROOT / "examples" / "companies.csv"
PLACES = ["天津", "苏州", "苏州市吴中区", "北京", "石家庄", "江苏", "", "沈阳", "南京市玄武区", "长沙"]


def expected(places: list[str]) -> list[int]:
    """The companies by group of pilots, elsewhere and unknown, one by one as the evaluator has it."""
    found = [0] * (len(BOOK.pilot_groups) + 2)
    for place in places:
        facts = read_facts(Profile.of({"city": place} if place else {}), BOOK, DAY)
        verdicts = [leaf_verdict(Within(group), facts, BOOK) for group in BOOK.pilot_groups]
        if Verdict.ELIGIBLE in verdicts:
            found[verdicts.index(Verdict.ELIGIBLE)] += 1
        else:
            found[-2 if set(verdicts) == {Verdict.INELIGIBLE} else -1] += 1
    return found


def test_each_company_is_counted_where_it_lies() -> None:
    done = screen([{"name": str(number), "city": place} for number, place in enumerate(PLACES)], BOOK, as_of=DAY)
    told = done.to_dict()["by_place"]
    assert [one["companies"] for one in told] == expected(PLACES) == [3, 2, 1, 2, 2]
    assert [one["kind"] for one in told] == ["pilots", "pilots", "pilots", "elsewhere", "unknown"]
    assert [tuple(one["codes"]) for one in told[:3]] == list(BOOK.pilot_groups)


def test_those_with_something_open_are_counted_beside_them() -> None:
    with COMPANIES.open(encoding="utf-8-sig", newline="") as text:
        rows = [row for row, _ in zip(csv.DictReader(text), range(60), strict=False)]
    done = screen(rows, BOOK, as_of=DAY, form="wide")
    told = done.to_dict()["by_place"]
    assert sum(one["companies"] for one in told) == done.summary.companies
    assert sum(one["served"] for one in told) == done.summary.served > 0


def test_a_row_that_is_no_company_lies_nowhere() -> None:
    rows = [
        {"企业名称": "甲", "城市": "天津"},
        {"企业名称": "合计", "城市": ""},
        {"企业名称": "乙", "城市": "不在地图上"},
    ]
    done = screen(rows, BOOK, as_of=DAY)
    told = done.to_dict()["by_place"]
    assert done.summary.rejected == 1
    assert [one["companies"] for one in told] == [1, 0, 0, 0, 1]


@pytest.mark.parametrize("rows", [1, 3, 1000])
def test_the_pieces_make_no_difference(rows: int, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("name,city\n" + "".join(f"{n},{place}\n" for n, place in enumerate(PLACES)), "utf-8")
    job = Job(BOOK, DAY, measures=BOOK.measures)
    with closing(open_source(str(path), rows=rows)) as source:
        total, state = screening.screen(source, job, target_of(tmp_path, "folder"))
    added = Summary()
    for own in finished(state).values():
        added.add(own)
    assert [one for one, _ in total.places.values()] == expected(PLACES)
    assert json.dumps(added.places, sort_keys=True) == json.dumps(total.places, sort_keys=True)


def test_rules_without_pilots_count_no_places() -> None:
    small = load_rulebook(RULES)
    assert screen([{"city": "天津"}], replace(small, pilot_groups=()), as_of=DAY).to_dict()["by_place"] == []


def test_pieces_of_a_run_that_counted_less_are_not_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(BOOK, DAY, measures=BOOK.measures)
    before = job.fingerprint({}, "csv")
    monkeypatch.delitem(Summary.__dataclass_fields__, "places")
    assert job.fingerprint({}, "csv") != before


def test_the_cities_districts_and_zones_that_rows_name_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(
        "name,city,district,zones,foreign_share,entity_kind\n"
        "甲,天津,,天津东疆综合保税区,60,enterprise\n"
        "乙,天津,滨海新区,,0,enterprise\n"
        "丙,长沙,,,60,enterprise\n"
        "丁,不在地图上,,,,\n"
        "戊,天津,天河区,,,\n",  # in Guangzhou: neither is read, and the company is in no place
        "utf-8",
    )
    job = Job(BOOK, DAY, measures=BOOK.measures, asks=True)
    with closing(open_source(str(path))) as source:
        total, _ = screening.screen(source, job, target_of(tmp_path, "folder"))
    told = summary_json(job, total, str(path)).named_places
    assert [(one.kind, one.label.zh, one.companies, one.served, one.served_by_scope) for one in told] == [
        ("city", "天津市", 2, 1, 1),
        ("district", "天津市滨海新区", 1, 0, 0),
        ("city", "长沙市", 1, 1, 0),
        ("zone", "天津东疆综合保税区", 1, 1, 1),
    ]


def test_the_named_places_are_the_same_whatever_the_pieces(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("name,city\n" + "".join(f"{n},{place}\n" for n, place in enumerate(PLACES)), "utf-8")
    found = []
    for rows in (1, 1000):
        job = Job(BOOK, DAY, measures=BOOK.measures, asks=True)
        with closing(open_source(str(path), rows=rows)) as source:
            total, _ = screening.screen(source, job, target_of(tmp_path / str(rows), "folder"))
        found.append({code: total.named[code] for code in sorted(total.named)})
    assert found[0] == found[1] != {}
