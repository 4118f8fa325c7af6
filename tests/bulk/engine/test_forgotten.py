"""An encoder that forgets what it has read finds the same classes again, for whole rows and for parts of them."""

from __future__ import annotations

import gc
import random
import weakref
from typing import Any

import pyarrow as pa
import pytest

from applicability import load_rulebook
from applicability.api import screener
from applicability.bulk.engine import encode
from applicability.bulk.engine.encode import GroupReader

from .tables import DAY

BOOK = load_rulebook()
CELLS: dict[str, list[str | None]] = {
    "city": ["天津", "上海", "不详市"],
    "sector": ["6631", "7291", "没有"],
    "activities": ["飞机租赁", "旅行社业务; 飞机租赁", "吃饭", "飞机租赁; 吃饭", None],
    "foreign_share": ["0", "49", "100", "约一半", "130", None],
}


def batches(count: int) -> list[pa.RecordBatch]:
    drawn = random.Random(8)
    return [
        pa.RecordBatch.from_pydict({name: [drawn.choice(cells) for _ in range(30)] for name, cells in CELLS.items()})
        for _ in range(count)
    ]


def decided(tables: list[pa.RecordBatch]) -> list[Any]:
    screen = screener(tuple(CELLS), BOOK, as_of=DAY)
    found = []
    for table in tables:
        coded, partly = screen.keep_readable(table, screen.encode(table))
        found.append((screen.decide(coded), [(one.rows.tolist(), one.columns) for one in partly]))
    return [([own.verdicts(place).tolist() for place in range(len(own.measures))], partly) for own, partly in found]


def test_verdicts_do_not_depend_on_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = batches(4)
    whole = decided(tables)
    monkeypatch.setattr(encode, "_REMEMBERED", 5)
    assert decided(tables) == whole


def test_what_several_encoders_share_is_counted_once_and_dropped_by_all(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screener(("activities",), BOOK, as_of=DAY)
    table = pa.RecordBatch.from_pydict({"activities": [f"飞机租赁; {number}" for number in range(500)]})
    coded = screen.encode(table)
    screen.keep_readable(table, coded)
    readers = [one for one in gc.get_objects() if isinstance(one, GroupReader) and "activities" in one.columns]
    held = max(one._held() for one in readers)
    assert 500 <= held < 800
    parts = [weakref.ref(one) for one in readers if one._beside is not None]
    assert parts
    monkeypatch.setattr(encode, "_REMEMBERED", 100)
    del readers
    screen.encode(table)
    gc.collect()
    assert [one() for one in parts] == [None] * len(parts)
