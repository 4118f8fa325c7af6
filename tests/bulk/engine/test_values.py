"""The meaning of a cell in every representation, and the handling of unreadable cells."""

from __future__ import annotations

import decimal
import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from applicability import Rulebook, load_rulebook
from applicability.api import screener
from applicability.bulk.engine import verdict_tables
from applicability.bulk.engine.arrays import Coded
from applicability.bulk.engine.column_encoders import UNREADABLE, ListEncoder
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import Facts
from applicability.model.profile import Profile

from ...examples import part
from .tables import DAY, checked, screened, verdicts

BOOK = load_rulebook()
# A row of the plan limits the foreign share, so shares matter.
SHARES = [0, 49, 50, 51, 100, None]


def batch(**columns: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def said(book: Rulebook, **columns: Any) -> list[list[int] | None]:
    return verdicts(screened(batch(**columns), book))


@pytest.mark.parametrize(
    "array",
    [
        pa.array(SHARES, pa.int64()),
        pa.array(SHARES, pa.float64()),
        pa.array(SHARES, pa.float32()),
        pa.array([None if one is None else str(one) for one in SHARES]),
        pa.array([None if one is None else f" {one} " for one in SHARES], pa.large_string()),
        pa.array(["" if one is None else str(one) for one in SHARES]).dictionary_encode(),
        pa.array([None if one is None else decimal.Decimal(one) for one in SHARES], pa.decimal128(7, 2)),
    ],
    ids=lambda array: str(array.type),
)
def test_a_number_is_a_number_however_it_is_held(array: pa.Array) -> None:
    told = [{"city": "天津"} if one is None else {"city": "天津", "foreign_share": one} for one in SHARES]
    assert said(BOOK, city=["天津"] * 6, foreign_share=array) == [checked(one, BOOK) for one in told]


@pytest.mark.parametrize(
    "kind",
    [pa.list_(pa.string()), pa.large_list(pa.string()), pa.list_(pa.dictionary(pa.int32(), pa.string()))],
    ids=str,
)
def test_an_empty_list_is_an_answer_and_an_empty_cell_is_none(kind: pa.DataType) -> None:
    lists: list[list[str] | None] = [[], None, ["ip-vpn"], ["ip-vpn", "ip-vpn"]]
    found = said(BOOK, city=["天津"] * 4, activities=pa.array(lists, kind))
    told = [{"city": "天津"} if one is None else {"city": "天津", "activities": one} for one in lists]
    assert found == [checked(one, BOOK) for one in told]
    assert found[0] != found[1]


def test_text_of_nothing_but_spaces_is_an_empty_cell() -> None:
    assert said(BOOK, city=["天津", "天津"], entity_kind=["  ", None]) == [checked({"city": "天津"}, BOOK)] * 2


def test_a_column_of_nothing_at_all_says_nothing() -> None:
    assert said(BOOK, city=["天津"], foreign_share=pa.nulls(1)) == [checked({"city": "天津"}, BOOK)]


def test_no_rows_no_verdicts() -> None:
    found = screened(batch(city=pa.array([], pa.string())), BOOK)
    assert len(found) == 0
    assert verdicts(found) == []
    assert found.decided.counts().sum() == 0


def test_numbers_of_which_there_are_many_are_read_as_few_are() -> None:
    shares = [number / 40 for number in range(4001)] + [float("nan"), 100.5, -0.5, 1e-7]
    found = said(BOOK, city=["天津"] * len(shares), foreign_share=pa.array(shares))
    for number in part(range(len(shares)), 0):
        assert found[number] == checked({"city": "天津", "foreign_share": shares[number]}, BOOK), shares[number]
    assert found[-4:-1] == [None] * 3


def test_numbers_written_as_text_are_classed_as_numbers_are() -> None:
    shares = [
        "0",
        "0.0",
        "0.001",
        "25",
        "25.0",
        "49.999",
        "50",
        "50.001",
        "100",
        "100.001",
        "007",
        "0.00001",
        "1e2",
        "４９",
    ]
    found = said(BOOK, city=["天津"] * len(shares), foreign_share=shares)
    for number, share in enumerate(shares):
        alone = said(BOOK, city=["天津"], foreign_share=[share])
        assert [found[number]] == alone, share
        if alone != [None]:
            assert alone == [checked({"city": "天津", "foreign_share": share}, BOOK)], share
    assert found[shares.index("100.001")] is None


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("city", "亚特兰蒂斯", "亚特兰蒂斯"),
        ("district", "浦东新区", "浦东新区"),
        ("zones", ["nowhere"], "nowhere"),
        ("sector", "99999", "99999"),
        ("activities", ["ip-vpn", "juggling"], "juggling"),
        ("activities", ["ip-vpn", None], "activities"),
        ("foreign_share", "130", "130"),
        ("foreign_share", "a third", "a third"),
        ("entity_kind", "robot", "robot"),
        ("determinations.22.specific-area", "perhaps", "perhaps"),
    ],
)
def test_what_cannot_be_read_is_told_as_a_check_tells_it(column: str, value: object, says: str) -> None:
    columns: dict[str, list[object]] = {"city": ["天津", "天津"], "foreign_share": ["10", "10"]}
    columns[column] = [columns.get(column, [None])[0], value]
    table = batch(**columns)
    screen = screener(table.schema.names, BOOK, as_of=DAY)
    found = screen.screen(table)
    assert found.decided.unreadable.tolist() == [False, True]
    (reject,) = screen.rejects(found)
    assert reject.row == 1
    assert says in " ".join(f"{problem.location.file} {problem.message}" for problem in reject.problems)
    assert {problem.location.file for problem in reject.problems} <= {column, "city"}


def test_facts_that_contradict_each_other_are_told_too() -> None:
    held = pa.array([[{"origin": "singapore", "share": 30}, {"origin": "mainland", "share": 70}]] * 2)
    table = batch(city=["天津"] * 2, investors=held, foreign_share=pa.array([30, 60]))
    screen = screener(table.schema.names, BOOK, as_of=DAY)
    found = screen.screen(table)
    assert found.decided.unreadable.tolist() == [False, True]
    (reject,) = screen.rejects(found)
    assert "30" in reject.problems[0].message


def test_a_column_that_is_no_fact_is_refused_unless_it_is_said_to_be_none() -> None:
    with pytest.raises(ProfileError) as caught:
        screener(["city", "foreign_shar", "beside"], BOOK, beside=["beside"])
    assert "foreign_shar" in str(caught.value)
    assert "foreign_share" in str(caught.value)


@pytest.mark.parametrize("rows", [1, 3, 1000])
def test_batches_change_nothing(rows: int) -> None:
    whole = pa.table({"city": ["天津", "上海", "长沙", None] * 3, "foreign_share": [10, None, 50, 100] * 3})
    screen = screener(whole.column_names, BOOK, as_of=DAY)
    found = [one for part in whole.to_batches(rows) for one in verdicts(screen.screen(part))]
    assert found == said(BOOK, **whole.to_pydict())


def test_lines_and_counts_are_those_of_the_verdicts() -> None:
    cities = ["天津", "上海", "Nonesuch", "长沙", "北京", None]
    found = screened(batch(city=cities, entity_kind=["enterprise"] * 6), BOOK).decided
    every = [found.verdicts(index).tolist() for index in range(len(found.measures))]
    for only in ((4,), (3, 4), (0,), (1, 2), (0, 1, 2, 3, 4), ()):
        lines = [
            (int(row), int(index), int(verdict))
            for part in found.lines(only)  # type: ignore[arg-type]
            for row, index, verdict in zip(part.rows, part.measures, part.verdicts, strict=True)
        ]
        expected = [
            (row, index, own[row])
            for row in range(6)
            for index, own in enumerate(every)
            if row != 2 and own[row] in only
        ]
        assert lines == expected
    for counted, own in zip(found.counts().tolist(), every, strict=True):
        assert counted == [sum(own[row] == verdict for row in range(6) if row != 2) for verdict in range(5)]


def test_wide_form_made_in_parts_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    city = ["天津", "nowhere", "上海", None, "北京", "nowhere", "nowhere", "nowhere", "苏州", "天津"]
    table = batch(city=city, foreign_share=pa.array([10.0, 20.0, 60.0, None, 130.0, 0.0, 1.0, 2.0, 49.0, 51.0]))
    screen = screener(table.schema.names, BOOK, as_of=DAY)
    keep = {"line": pa.array(range(len(city)))}
    whole = pa.concat_tables(verdict_tables.wide(screen.screen(table), BOOK.measures, keep), promote_options="none")
    monkeypatch.setattr(verdict_tables, "_WIDE", 3)
    parts = list(verdict_tables.wide(screen.screen(table), BOOK.measures, keep))
    assert [part.num_rows for part in parts] == [2, 1, 1, 1]
    assert pa.concat_tables(parts).to_pylist() == whole.to_pylist()
    assert whole.column("line").to_pylist() == [0, 2, 3, 8, 9]


def test_after_an_interrupt_nothing_is_screened_with_what_was_half_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screener(["city"], BOOK, as_of=DAY)
    assert len(screen.screen(batch(city=["天津"]))) == 1

    def interrupted(*given: object, **how: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("applicability.bulk.engine.screener_for.read_facts", interrupted)
        with pytest.raises(KeyboardInterrupt):
            screen.screen(batch(city=["上海"]))
    with pytest.raises(RuntimeError, match="begin with another"):
        screen.screen(batch(city=["上海"]))


def test_lists_of_the_same_unknown_words_ask_for_each_word_once() -> None:
    asked: list[object] = []

    def read(given: Mapping[str, object]) -> Facts:
        asked.append(given)
        return read_facts(Profile.of(given), BOOK, DAY).given

    encoder = ListEncoder("activities", read, lambda facts: bytes([len(facts.values)]))
    words = ["餐饮服务", "会议服务", "travel-agency", "物业管理", "技术咨询"]
    lists = [list(some) for some in itertools.permutations(words, 4)]
    column = Coded(lists, np.arange(len(lists), dtype=np.int32))
    assert set(encoder.codes({"activities": column}).tolist()) == {UNREADABLE}
    assert len(asked) <= 1 + len(words)
    known = Coded([["travel-agency", "ip-vpn"]], np.zeros(1, np.int32))
    assert encoder.codes({"activities": known}).tolist() != [UNREADABLE]
