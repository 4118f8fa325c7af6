"""Registers by columns: a batch gives the same facts as its rows individually, and cached results are correct."""

from __future__ import annotations

import contextlib
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st

from applicability import load_rulebook
from applicability.bulk.engine.arrays import CellColumn, CellTable
from applicability.bulk.register.column_plan import plan_of
from applicability.bulk.register.columns import addresses as by_addresses, company_types, interned, location
from applicability.bulk.register.columns.addresses import AddressColumn
from applicability.bulk.register.columns.credit_codes import CodeColumn
from applicability.bulk.register.columns.notes import Note, Notes, one_after_another
from applicability.bulk.register.columns.register import RegisterColumns
from applicability.loading.company import credit_codes
from applicability.loading.company.address_names import plain
from applicability.loading.company.address_zones import zones_in
from applicability.loading.company.addresses import Addresses, AddressMatch
from applicability.loading.company.cells import is_missing
from applicability.loading.company.location import PlaceClues, PlaceFacts, PlaceReader
from applicability.text import Text

from ...examples import drawn
from ..run.partly import of_table
from .test_registers import LETTERS, make_companies

BOOK = load_rulebook()
GAZETTEER = BOOK.gazetteer
READER = Addresses(GAZETTEER)
COLUMN = AddressColumn(READER)
CODES = CodeColumn(GAZETTEER)
NOTHING = AddressMatch(None, ())

former = st.sampled_from([one.zh for one in GAZETTEER.former.all])
divisions = st.sampled_from([one.zh for one in GAZETTEER.divisions.values()]) | former
zones = st.sampled_from([name for one in GAZETTEER.zones.values() for name in (one.zh, *one.aliases)])
kinds_of_zones = st.sampled_from([name for one in GAZETTEER.zone_types.values() for name in (one.zh, *one.aliases)])
ODD = "路 中路 街 大道 大厦 号 幢 市辖区 中国 省直辖县级行政单位 （ ） ( ] １２ ⑫ ㈠ Ⅷ ﬁ é 0 7 1234 B Ａ · 、 龘 가"
MARKS = (" ", "\u3000", "\t", "\n", "\u00a0", "\ufeff", "\u0301", "\u20e3", "\u0338", "e\u0301", "\ud800", "\x00")
odd = st.sampled_from([*ODD.split(), *MARKS, "\u1100\u1161", "一" * 190])
numbers = st.integers(0, 99_999).map(str)
addresses = st.lists(divisions | zones | kinds_of_zones | odd | numbers | st.text(max_size=3), max_size=8).map("".join)
# Nested place names in order, as most addresses begin.
nested = st.sampled_from(sorted(GAZETTEER.divisions)).map(
    lambda code: "".join(GAZETTEER.divisions[one].zh for one in reversed(GAZETTEER.path(code)))
)
nested |= st.sampled_from(GAZETTEER.former.all).map(lambda one: GAZETTEER.full_name(one.place) + one.zh)
nested |= st.sampled_from(GAZETTEER.former.all).map(
    lambda one: "".join(GAZETTEER.divisions[code].zh for code in reversed(GAZETTEER.path(one.place)[1:])) + one.zh
)
texts = st.lists(addresses | st.tuples(nested, addresses).map("".join) | st.none(), min_size=1, max_size=12)


def told(column: AddressColumn, cells: Sequence[object]) -> list[AddressMatch]:
    return [column.kinds.of(code) if code else NOTHING for code in column.read(CellColumn(cells)).tolist()]


@given(texts)
@settings(max_examples=drawn(1000))
def test_addresses_of_a_column_are_read_as_each_alone(cells: list[str | None]) -> None:
    assert told(COLUMN, cells) == [NOTHING if cell is None else READER.read(cell) for cell in cells]


@given(addresses | st.tuples(nested, addresses).map("".join) | st.tuples(divisions, nested, addresses).map("".join))
@settings(max_examples=drawn(1000))
def test_names_that_settle_a_division_are_what_a_whole_reading_finds(text: str) -> None:
    bare = plain(text)
    if not any(zones_in(READER.names, bare)):
        assert READER._without_zones(bare) == READER._whole(bare)


NUMBERED = {
    number: replace(next(iter(GAZETTEER.zones.values())), zh=f"示例{number}号综合保税区", aliases=())
    for number in ("1", "2", "12")
}
BY_NUMBER = Addresses(replace(GAZETTEER, zones={**GAZETTEER.zones, **NUMBERED}))
BY_NUMBER_COLUMN = AddressColumn(BY_NUMBER)


@given(addresses, st.sampled_from(["1", "2", "１２", "21"]))
@settings(max_examples=drawn(500))
def test_names_with_digits_are_told_apart_by_them(before: str, number: str) -> None:
    named = f"示例{number}号综合保税区"
    cells = [before + named, "天津市滨海新区" + named + before, before, named]
    assert told(BY_NUMBER_COLUMN, cells) == [BY_NUMBER.read(cell) for cell in cells]


@given(st.lists(zones | odd | divisions | numbers, max_size=8).map("".join))
@settings(max_examples=drawn(500))
def test_the_zones_of_a_text_are_those_whose_longest_names_stand_in_it(text: str) -> None:
    names = {plain(name): id for id, one in GAZETTEER.zones.items() for name in (one.zh, *one.aliases)}
    longest = sorted((name for name in names if name in READER.searched.zone_names), key=len, reverse=True)
    street = re.compile("(中|东|西|南|北)?(路|街|大道|大街|道|大厦|广场|车站|站|桥|公园|酒店)")
    bare, place, found = plain(text), 0, set()
    while place < len(bare):
        here = [one for one in longest if bare.startswith(one, place) and not street.match(bare, place + len(one))]
        found |= {names[here[0]]} if here else set()
        place += len(here[0]) if here else 1
    division = READER.read(text).division
    expected = {one for one in found if division is None or GAZETTEER.overlap(one, division)}
    assert set(READER.read(text).zones) == expected


def test_letters_that_are_looked_at_as_they_are_are_left_alone() -> None:
    for code in by_addresses._INERT:
        assert unicodedata.normalize("NFKC", chr(code)) == chr(code)
        assert plain(chr(code)) == chr(code)
        assert not unicodedata.combining(chr(code))


def code_of(seed: int, how: str) -> str:
    draw = random.Random(seed)
    right = str(make_companies.code(draw.choice(["310115", "110000", "100000", "320594", "999999"]), draw))
    place = draw.randrange(18)
    return {
        "right": right,
        "wrong": right[:place] + draw.choice(LETTERS) + right[place + 1 :],
        "odd": right[:place] + draw.choice("IOSVZa*哈é\u0301 -") + right[place + 1 :],
        "small": right.lower(),
        "wide": right.translate({ord(one): ord(one) + 0xFEE0 for one in LETTERS}),
        "apart": f" {right[:2]}-{right[2:8]} {right[8:]}\t",
        "short": right[:place],
    }[how]


ways = st.sampled_from(["right", "right", "wrong", "odd", "small", "wide", "apart", "short"])
codes = st.builds(code_of, st.integers(0, 2**32), ways)


def as_one(cell: object) -> tuple[credit_codes.Area | None, Text | None]:
    """Where a code was issued, and its problem."""
    if cell is None or is_missing(str(cell)):
        return None, None
    try:
        return credit_codes.place(credit_codes.read(str(cell)), GAZETTEER), None
    except credit_codes.NoCode as error:
        return None, error.what


@given(st.lists(codes | st.none() | st.text(max_size=20) | st.integers(0, 10**18), max_size=12), st.booleans())
@settings(max_examples=drawn(500))
def test_codes_of_a_column_are_read_as_each_alone(cells: list[object], arrow: bool) -> None:
    column: Any = CellColumn(cells)
    if arrow:
        cells = [None if cell is None else str(cell) for cell in cells]
        column = pa.array(["x", *cells], pa.string()).slice(1)
    areas, wrong, hashed = CODES.read(column)
    found = [CODES.areas[area] if area else None for area in areas.tolist()]
    assert list(zip(found, [dict(wrong).get(row) for row in range(len(cells))], strict=True)) == list(
        map(as_one, cells)
    )
    valid = {row: read for row, cell in enumerate(cells) if (read := code_or_none(cell)) is not None}
    assert sorted(hashed.rows.tolist()) == [*valid]
    # However a code is written it has the same bits, and no other code has.
    alike = {(valid[row], bits) for row, bits in zip(hashed.rows.tolist(), hashed.hashes.tolist(), strict=True)}
    assert len(alike) == len({code for code, _ in alike}) == len({bits for _, bits in alike})


def code_or_none(cell: object) -> str | None:
    with contextlib.suppress(credit_codes.NoCode):
        return None if cell is None or is_missing(str(cell)) else credit_codes.read(str(cell))
    return None


TYPES = (
    "有限责任公司(外国法人独资) 有限责任公司（中外合资） 外商投资企业分公司 有限责任公司 个体 外国法人独资、中外合资"
)
types_ = st.sampled_from([*TYPES.split(), 5, True])
shares = st.sampled_from(["0", "100", "100%", "49", "0.4", "０．０４", "x", "nan", 0.5, 100, 40.0, -1, False])
CITIES = "上海市 天津 浦东新区 亚特兰蒂斯 朝阳 310000 吉林 - 市辖区 辽宁"
cities = st.sampled_from([*CITIES.split(), 310000, " ", ["上海市"]])
lists = st.sampled_from(["东疆", "无", "", "东疆；天津经济技术开发区", ["东疆"], [], [1], "nonsense"])
districts = st.sampled_from(
    [
        "浦东新区",
        "滨海新区",
        "310115",
        "江北区",
        "朝阳区",
        "双塔区",
        "高新区",
        "市辖区",
        "苏州工业园区",
        "N/A",
        310115.0,
        "不知",
    ]
)
levels = st.sampled_from(["I", "信息传输、软件和信息技术服务业", "65", "软件开发", "某某业", 111, "A", "——", 6511.0])
CELLS: dict[str, st.SearchStrategy[object]] = {
    "所属省份": cities,
    "所属区域": cities,
    "区县": districts,
    "国标行业门类": levels,
    "国标行业小类": levels,
    "是否在当地注册": st.sampled_from([1, 0, "Y", "否", "不详", 2.0, True]),
    "企业名称": st.text(max_size=3),
    "统一社会信用代码": codes,
    "企业类型": types_,
    "住所": st.tuples(nested, addresses).map("".join) | addresses,
    "城市": cities,
    "功能区": lists,
    "zone_types": st.sampled_from(["综合保税区", "无"]),
    "外资比例": shares,
    "entity_kind": st.sampled_from(["enterprise", "nonsense", 1]),
    "determinations.22.specific-area": st.sampled_from([True, "x", "", "是"]),
}


@st.composite
def registers(draw: st.DrawFn) -> dict[str, list[object]]:
    """Columns of a register with some rows."""
    headings = draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, unique=True))
    rows = draw(st.integers(0, 6))
    some = {one: st.lists(st.none() | CELLS[one], min_size=rows, max_size=rows) for one in headings}
    return draw(st.fixed_dictionaries(some))


def everything(reader: RegisterColumns, columns: dict[str, list[object]]) -> list[object]:
    """Everything read of each row: its facts, their origins, its notes by kind, its problems."""
    rows = len(next(iter(columns.values())))
    facts, found = reader.read(CellTable(columns, rows))
    noted: list[list[Note]] = [[] for _ in range(rows)]
    for row, which in zip(found.notes.rows.tolist(), found.notes.which.tolist(), strict=True):
        noted[row].append(found.notes.words[which])
    wrong = [[loss._replace(row=0) for loss in found.losses if loss.row == row] for row in range(rows)]
    origins = found.origins.to_pylist()
    return [*zip(facts.to_pylist(), [dict(one) for one in origins], noted, wrong, strict=True)]  # type: ignore[call-overload]


@given(registers())
@settings(max_examples=drawn(60))
def test_a_batch_tells_what_its_rows_tell_alone(columns: dict[str, list[object]]) -> None:
    plan = plan_of(BOOK, list(columns))
    rows = len(next(iter(columns.values())))
    reader, apart = RegisterColumns(BOOK, plan), RegisterColumns(BOOK, plan)
    alone = [
        one for row in range(rows) for one in everything(apart, {name: [cells[row]] for name, cells in columns.items()})
    ]
    assert repr(everything(reader, columns)) == repr(alone)
    assert repr(everything(reader, columns)) == repr(alone), "what was learnt changes nothing"


@given(registers())
@settings(max_examples=drawn(50))
def test_text_in_arrow_is_read_as_cells_are(columns: dict[str, list[object]]) -> None:
    text = {name: [one if isinstance(one, str) else None for one in cells] for name, cells in columns.items()}
    reader = RegisterColumns(BOOK, plan_of(BOOK, list(columns)))
    with contextlib.suppress(UnicodeEncodeError):
        batch = pa.RecordBatch.from_arrays([pa.array(one, pa.string()) for one in text.values()], list(text))
        _, by_cells = reader.read(CellTable(dict(text), batch.num_rows))
        _, by_arrow = reader.read(batch)
        assert by_arrow.losses == by_cells.losses
        assert by_arrow.origins.to_pylist() == by_cells.origins.to_pylist()
        assert said(by_arrow.notes) == said(by_cells.notes)


def said(notes: Notes) -> list[tuple[int, Note]]:
    return [(row, notes.words[which]) for row, which in zip(notes.rows.tolist(), notes.which.tolist(), strict=True)]


def test_what_is_forgotten_is_learnt_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((company_types, "REMEMBERED"), (location, "REMEMBERED"), (interned, "_REMEMBERED")):
        monkeypatch.setattr(module, name, 2)
    draw = random.Random(1)
    rows = [*make_companies.companies(BOOK, draw, 60)]
    columns: dict[str, list[object]] = {
        name: [cell or None for cell in cells]
        for name, cells in zip(make_companies.HEADINGS, zip(*rows, strict=True), strict=True)
    }
    plan = plan_of(BOOK, list(columns))
    reader = RegisterColumns(BOOK, plan)
    first = everything(reader, columns)
    assert reader._places is not None
    before = reader._places._by_code
    assert everything(reader, columns) == first
    assert reader._places._by_code is not before
    assert len(reader._places._addresses.kinds._known) <= 60


def test_notes_of_a_long_batch_take_turns() -> None:
    one, other = (
        Notes(np.array([0, 1, 4]), np.zeros(3, np.int32), [Note("a", "b", text), Note("a", "b", "unsaid")])
        for text in ("x", "y")
    )
    found = one_after_another((one, other), 3)
    assert [(row, note.text) for row, note in said(found)] == [
        (0, "x"),
        (1, "x"),
        (0, "y"),
        (1, "y"),
        (4, "x"),
        (4, "y"),
    ]
    assert len(found.words) == 2


def test_cities_that_name_no_place_are_one_beside_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    by_address = PlaceReader.by_address

    def counted(self: PlaceReader, told: PlaceClues, address: AddressMatch) -> PlaceFacts:
        asked.append(told)
        return by_address(self, told, address)

    monkeypatch.setattr(PlaceReader, "by_address", counted)
    cities = [f"某{number}市" for number in range(50)]
    headings = ["城市", "住所"]
    addresses = ["天津市东疆综合保税区1号", "上海市浦东新区2号"] * 25
    table = pa.record_batch([pa.array(cities), pa.array(addresses)], headings)
    read, told = RegisterColumns(BOOK, plan_of(BOOK, headings)).read(table)
    assert len(asked) == 2
    assert [BOOK.gazetteer.name(one) for one in read.column("city").to_pylist()[:2]] == ["滨海新区", "浦东新区"]
    assert sorted(loss.problem.code for loss in told.losses) == ["P103"] * 50


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"行业门类": "制造业", "行业小类代码": "0000"},
            "`0000` is unknown and left out: `行业门类` (`制造业`) counts",
        ),
        ({"省份": "天京", "城市": "天津市"}, "`天京` is unknown and left out: `城市` (`天津市`) counts"),
        ({"省份": "本市", "城市": "120000"}, "`本市` is unknown and left out: `城市` (`天津市`) counts"),
        # Where no column can be read, none counts.
        ({"省份": "天京", "城市": "无此市"}, "`天京` is unknown and left out"),
    ],
)
def test_what_is_unknown_at_its_level_is_told_with_the_column_that_counts(cells: dict[str, str], said: str) -> None:
    found = of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1))
    assert said in found.texts[0]
