"""A cell that cannot be read costs its fact: the company is screened as a check decides what is left of it."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, check, load_rulebook, screen
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.row_profiles import profile_of
from applicability.bulk.engine.screener import Screened
from applicability.bulk.engine.screener_for import screener_for
from applicability.bulk.job import Job
from applicability.bulk.output.loss_words import LossNotes
from applicability.bulk.output.results import Target
from applicability.bulk.output.unread import unread_notes
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.fact_reader import FactReader
from applicability.bulk.run import screening
from applicability.bulk.sources.open import open_source
from applicability.errors import ProfileError
from applicability.loading.mapping import read_mapping
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.screening import defaults_of

from ...examples import drawn
from ..engine.tables import DAY

BOOK = load_rulebook()
_Row = dict[str, object]

# Cells of each column: some that are read, some that are not, some that contradict the other columns.
CELLS: dict[str, list[object]] = {
    "所在城市": ["上海", "天津", "杭州", "不详市", "鼓楼区", "310000", "新区"],
    "区县": ["浦东新区", "天河区", "滨海新区", "鼓楼区", "没有的区"],
    "住所": ["上海市浦东新区示例路1号", "天津市滨海新区示例路1号", "示例路1号", "广州市天河区示例路1号"],
    "外资比例": ["49", "100", "0", "5①", "150", "49%", "约一半", "-3"],
    "企业类型": ["有限责任公司(外国法人独资)", "有限责任公司(自然人独资)", "中外合资", "不知"],
    "activities": ["domestic-ip-vpn", "domestic-ip-vpn; 吃饭", "吃饭", "travel-agency; app-store", "[]"],
    "sector": ["7291", "zz", "6311", "63; zz", "72"],
    "zones": ["东疆", "没有的区", "东疆; 没有的区", "陆家嘴", "[]"],
    "zone_types": ["pilot_free_trade_zone", "别的", "综合保税区; 别的"],
    "在当地注册": ["是", "否", "也许"],
    "entity_kind": ["enterprise", "企业", "别的"],
    "determinations.22.specific-area": ["是", "否", "也许", "unknown"],
    "limits.57.taiwan": ["是", "否", "也许"],
    "investor_origins": ["HK", "香港; 火星", "mainland"],
}


def registers() -> st.SearchStrategy[list[_Row]]:
    one = st.fixed_dictionaries({name: st.none() | st.sampled_from(cells) for name, cells in CELLS.items()})
    return st.lists(one, min_size=1, max_size=6)


def screened(rows: Sequence[_Row]) -> tuple[list[dict[tuple[str, int], int]], list[_Row], list[tuple[int, str, str]]]:
    """The verdicts of rows, the profiles that they are screened by, and their notes: row, column and code."""
    table = CellTable({name: [row.get(name) for row in rows] for name in rows[0]}, len(rows))
    read = FactReader(BOOK, DAY).read(table)
    screener = screener_for(read.facts, BOOK, DAY)
    coded, partly = screener.keep_readable(read.table, screener.encode(read.table))
    decided = Screened(read.table, coded, screener.decide(coded)).decided
    assert not decided.unreadable.any()
    verdicts = [decided.verdicts(place).tolist() for place in range(len(decided.measures))]
    keys = [(measure.document, measure.row) for measure in decided.measures]
    told = [dict(zip(keys, own, strict=True)) for own in zip(*verdicts, strict=True)]
    _, facts = facts_as_read(read, partly)
    profiles = [profile_of(one) for one in facts.to_pylist()]
    notes = unread_notes(read, partly, table, LossNotes("en"))
    words = [notes.words[place] for place in notes.which.tolist()]
    return told, profiles, [(row, one.column, one.code) for row, one in zip(notes.rows.tolist(), words, strict=True)]


@given(registers())
@settings(max_examples=drawn(60))
def test_a_row_is_screened_as_a_check_decides_the_facts_read_of_it(rows: list[_Row]) -> None:
    told, profiles, _ = screened(rows)
    for own, profile in zip(told, profiles, strict=True):
        found = check(Profile.of(profile), BOOK, as_of=DAY, engine="reference")
        assert own == {(one.measure.document, one.measure.row): one.verdict for one in found if one.verdict is not None}


@given(registers())
@settings(max_examples=drawn(60))
def test_what_is_lost_is_noted_and_what_is_read_is_kept(rows: list[_Row]) -> None:
    _, profiles, notes = screened(rows)
    for place, (row, profile) in enumerate(zip(rows, profiles, strict=True)):
        noted = {column for at, column, _ in notes if at == place}
        for name in ("sector", "entity_kind", "外资比例"):
            fact = "foreign_share" if name == "外资比例" else name
            if row[name] is not None and name not in noted and "企业类型" not in noted:
                assert fact in profile, (name, row)


@given(st.lists(registers(), min_size=2, max_size=4))
@settings(max_examples=drawn(40))
def test_pieces_after_others_have_the_same_notes(pieces: list[list[_Row]]) -> None:
    """Whatever was worded before, of a register with the same columns or with one less."""
    words, reader = LossNotes("zh"), FactReader(BOOK, DAY)
    for number, rows in enumerate(pieces):
        names = [one for one in rows[0] if number != 1 or one != "区县"]
        table = CellTable({name: [row.get(name) for row in rows] for name in names}, len(rows))
        read = reader.read(table)
        screener = screener_for(read.facts, BOOK, DAY)
        _, partly = screener.keep_readable(read.table, screener.encode(read.table))
        alone, after = (unread_notes(read, partly, table, one) for one in (LossNotes("zh"), words))
        assert after.rows.tolist() == alone.rows.tolist()
        assert after.which.tolist() == alone.which.tolist()
        assert [*after.words] == [*alone.words]


@given(registers())
@settings(max_examples=drawn(60))
def test_what_is_left_says_nothing_that_was_not_said(rows: list[_Row]) -> None:
    for row in rows:
        given = {name: value for name, value in row.items() if name.isascii() and "." not in name and value is not None}
        part = readable_part(given, BOOK, DAY)
        read_facts(Profile.of(part.given), BOOK, DAY)
        lost = {one.fact for one in part.losses}
        assert {name: value for name, value in part.given.items() if name not in lost} == {
            name: value for name, value in given.items() if name not in lost
        }
        assert set(part.given) <= set(given)


@pytest.mark.parametrize(
    ("row", "left", "noted"),
    [
        ({"外资比例": "5①"}, {}, [("外资比例", "P102")]),
        (
            {"activities": "domestic-ip-vpn; 吃饭"},
            {"activities": {"yes": ["domestic-ip-vpn"]}},
            [("activities", "P107")],
        ),
        ({"activities": "吃饭"}, {}, [("activities", "P107")]),
        ({"所在城市": "天津", "zones": "没有的区"}, {"city": "天津"}, [("zones", "P103")]),
        ({"所在城市": "上海", "区县": "天河区"}, {}, [("区县", "P105"), ("所在城市", "P105")]),
        (
            {"所在城市": "上海", "区县": "天河区", "zone_types": "pilot_free_trade_zone"},
            {"zone_types": ["pilot_free_trade_zone"]},
            [("区县", "P105"), ("所在城市", "P105")],
        ),
        ({"住所": "上海市浦东新区示例路1号", "所在城市": "杭州"}, {}, [("住所", "S302")]),
        (
            {"住所": "上海市浦东新区示例路1号", "所在城市": "上海", "区县": "徐汇区"},
            {"city": "上海"},
            [("住所", "S302")],
        ),
        ({"住所": "上海市浦东新区示例路1号", "所在城市": "不详市"}, {"city": "310115"}, [("所在城市", "P103")]),
        ({"企业类型": "外国法人独资", "外资比例": "30"}, {"entity_kind": "enterprise"}, [("外资比例", "S301")]),
        ({"limits.57.taiwan": "也许"}, {"limits": {"57.taiwan": "unknown"}}, [("limits.57.taiwan", "P102")]),
        ({"limits.57.taiwan": "不详"}, {"limits": {"57.taiwan": "unknown"}}, [("limits.57.taiwan", "P102")]),
        ({"limits.57.taiwan": "未知"}, {"limits": {"57.taiwan": "unknown"}}, []),
        ({"limits.57.taiwan": "—"}, {"limits": {"57.taiwan": "unknown"}}, [("limits.57.taiwan", "P102")]),
        (
            {"determinations.22.specific-area": "也许"},
            {"determinations": {"22.specific-area": "unknown"}},
            [("determinations.22.specific-area", "P102")],
        ),
        ({"sector": "63; zz", "entity_kind": "企业"}, {"entity_kind": "企业"}, [("sector", "P107")]),
    ],
)
def test_the_least_is_lost(row: _Row, left: _Row, noted: list[tuple[str, str]]) -> None:
    _, (profile,), notes = screened([row])
    if isinstance(said := profile.get("limits"), dict):
        profile["limits"] = {key: str(kept) for key, kept in said.items()}
    assert profile == left
    assert sorted((column, code) for _, column, code in notes) == sorted(noted)


def test_an_unread_finding_is_neither_open_nor_granted() -> None:
    row: _Row = {"所在城市": "天津", "外资比例": "30", "activities": "生物制品生产"}
    (bare,), _, _ = screened([row])
    (own,), _, _ = screened([{**row, "determinations.22.specific-area": "也许"}])
    key = (BOOK.measure(22).document, 22)
    assert (bare[key], own[key]) == (3, 2)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_every_company_is_screened_and_every_doubt_is_noted(kind: str, tmp_path: Path) -> None:
    rows = [
        {"企业名称": "甲", "city": "上海", "foreign_share": "49", "activities": "domestic-ip-vpn"},
        {"企业名称": "乙", "city": "不详市", "foreign_share": "5①", "activities": "domestic-ip-vpn"},
    ]
    source = tmp_path / f"companies.{kind}"
    if kind == "csv":
        stream = io.StringIO()
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        source.write_text(stream.getvalue(), "utf-8")
    elif kind == "jsonl":
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    else:
        pq.write_table(pa.Table.from_pylist(rows), source)
    found = screen(source, BOOK, measures=[1], as_of=DAY, lang="zh", form="wide")
    summary = found.summary
    assert (summary.read, summary.companies, summary.rejected, summary.notes) == (2, 2, 0, 2)
    assert found.results.column("1").to_pylist() == ["eligible", "needs_info"]
    told = found.notes.select(["企业名称", "column", "value", "code"]).to_pylist()
    assert [tuple(one.values()) for one in told] == [
        ("乙", "city", "不详市", "P103"),
        ("乙", "foreign_share", "5①", "P102"),
    ]
    kinds = found.to_dict()["kinds_of_notes"]
    assert [(one["column"], one["code"], one["count"]) for one in kinds] == [
        ("city", "P103", 1),
        ("foreign_share", "P102", 1),
    ]
    assert "写出省、市、区县的全称" in kinds[0]["hint"]


def test_a_strict_run_stops_at_the_first_cell_that_cannot_be_read(tmp_path: Path) -> None:
    rows = [{"企业名称": name, "city": city} for name, city in (("甲", "上海"), ("乙", "不详市"), ("丙", "没有市"))]
    with pytest.raises(ProfileError) as caught:
        screen(rows, BOOK, measures=[1], as_of=DAY, strict=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.file) == ("P103", "row 2, city")


def test_a_long_cell_is_cut_in_a_note(tmp_path: Path) -> None:
    found = screen([{"name": "甲", "city": "无此地" * 10_000}], BOOK, measures=[1], as_of=DAY)
    (note,) = found.notes.to_pylist()
    assert len(note["value"]) == 200
    assert len(note["note"]) <= 400


def test_a_default_holds_for_whoever_does_not_say_otherwise(tmp_path: Path) -> None:
    rows = [
        {"name": "甲", "city": None, "address": "科技大道1号", "zones": None},
        {"name": "乙", "city": "杭州", "address": None, "zones": "[]"},
        {"name": "丙", "city": None, "address": "成都市武侯区示例路1号", "zones": None},
        {"name": "丁", "city": "不详市", "address": None, "zones": None},
    ]
    facts = tmp_path / "facts.csv"
    source = tmp_path / "companies.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("defaults: {city: 天津, registered_here: true, zones: {yes: [东疆]}}\n", "utf-8")
    said = read_mapping(mapping).defaults
    job = Job(BOOK, DAY, measures=BOOK.measures[:1], facts=True, defaults=defaults_of(said, BOOK, DAY))
    with contextlib.closing(open_source(str(source))) as companies:
        _, state = screening.screen(companies, job, Target(tmp_path / "out.csv", "csv", facts=facts))
    shutil.rmtree(state)
    told = list(csv.DictReader(io.StringIO(facts.read_text("utf-8-sig"))))
    assert [(one["name"], one["city"], one["zones"], one["zones.yes"], one["registered_here"]) for one in told] == [
        ("甲", "天津", "", "东疆", "true"),
        ("乙", "杭州", "[]", "", "true"),
        ("丙", "510107", "", "", "true"),
        ("丁", "", "", "", "true"),
    ]


def test_a_default_that_cannot_be_read_is_told_before_anything_is(tmp_path: Path) -> None:
    for defaults, code in (({"city": "不详市"}, "P103"), ({"as_of": "2026-01-01"}, "P101"), ({"none": 1}, "P101")):
        with pytest.raises(ProfileError) as caught:
            screen([{"name": "甲"}], BOOK, measures=[1], defaults=defaults)
        assert caught.value.problems[0].code == code


@pytest.mark.parametrize(
    "cells",
    [
        {"住所": "没有的地方"},
        {"外资比例": "0.3"},
        {"企业类型": "没有的类型"},
        {"住所": "天津自贸试验区（空港经济区）", "功能区": "空港经济区"},
        {"城市": "临港", "所属省份": "天津"},
    ],
)
def test_a_strict_run_ends_at_what_is_noted_in_both_languages(cells: dict[str, str]) -> None:
    rows = pa.table({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}})
    with pytest.raises(ProfileError) as stopped:
        screen(rows, BOOK, measures=[1], as_of=DAY, strict=True)
    for problem in stopped.value.problems:
        assert problem.what.zh != problem.what.en
