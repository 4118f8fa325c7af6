"""Reading ahead and writing behind keep the order, and stop when their owner does."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import NoReturn

import pytest

from applicability import screen
from applicability.bulk.register.fact_reader import FactReader
from applicability.bulk.run.prefetch import WriteBehind, prefetched


def test_items_come_in_their_order_and_only_a_few_of_them_ahead() -> None:
    made: list[int] = []

    def numbers() -> Generator[int, None, None]:
        for number in range(100):
            made.append(number)
            yield number

    for place, number in enumerate(prefetched(numbers())):
        assert number == place
        assert len(made) <= place + 3
    assert made == list(range(100))


def test_what_fails_ahead_fails_where_its_item_would_have_come() -> None:
    def numbers() -> Generator[int, None, None]:
        yield from range(3)
        raise OSError("the disk is gone")

    found: list[int] = []
    with pytest.raises(OSError, match="gone"):
        found.extend(prefetched(numbers()))
    assert found == [0, 1, 2]


def test_nobody_makes_any_more_when_the_items_are_no_longer_wanted() -> None:
    before = threading.active_count()
    made: list[int] = []

    def numbers() -> Generator[int, None, None]:
        for number in range(100):
            made.append(number)
            yield number

    items = prefetched(numbers())
    assert next(items) == 0
    items.close()
    assert threading.active_count() == before
    assert len(made) <= 3


def test_what_items_come_from_is_closed_with_them_by_whoever_closes_them() -> None:
    closed: list[str] = []

    def numbers() -> Generator[int, None, None]:
        try:
            yield from range(100)
        finally:
            closed.append(threading.current_thread().name)

    items = prefetched(prefetched(numbers()))
    assert next(items) == 0
    items.close()
    assert closed == [threading.current_thread().name]


def test_a_run_that_fails_leaves_no_thread_to_the_garbage_collector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: FactReader, table: object) -> NoReturn:
        raise OSError("it cannot be read")

    monkeypatch.setattr(FactReader, "read", fail)
    source = tmp_path / "companies.csv"
    source.write_text("city,foreign_share\n" + "上海,10\n" * 5, "utf-8")
    before = threading.active_count()
    with pytest.raises(OSError, match="cannot be read") as caught:
        screen(source, output=tmp_path / "out.csv")
    # The frames that it passed through hold what they read from, for as long as somebody holds it.
    assert caught.value.__traceback__ is not None
    assert threading.active_count() == before


def test_what_is_left_behind_is_done_one_after_the_other() -> None:
    done: list[int] = []

    def do(number: int) -> int:
        done.append(number)
        return number

    found: list[int] = []
    with WriteBehind[int]() as behind:
        for number in range(5):
            found.extend(behind.then(lambda number=number: do(number)))  # type: ignore[misc]
            assert found == list(range(number))
        found.extend(behind.then(None))
    assert found == done == list(range(5))


def test_what_fails_behind_is_told_at_the_next_step() -> None:
    def fail() -> int:
        raise OSError("no space left")

    with WriteBehind[int]() as behind:
        assert list(behind.then(fail)) == []
        with pytest.raises(OSError, match="no space"):
            list(behind.then(None))
