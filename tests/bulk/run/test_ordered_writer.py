"""Pieces are written in order, whichever is done first; if anything fails, there is no file."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from applicability.bulk.job import LONG
from applicability.bulk.output import results
from applicability.bulk.output.ordered_writer import write_in_order
from applicability.bulk.output.pieces import path_of


def piece(folder: Path, number: int) -> None:
    table = pa.table({"line": [number]})
    with pa.ipc.new_stream(str(path_of(folder, number, LONG)), table.schema) as writer:
        writer.write_table(table)


@given(order=st.permutations(range(6)), empty=st.sets(st.integers(0, 5)))
def test_pieces_are_written_in_their_order(
    order: list[int], empty: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, found = tmp_path_factory.mktemp("pieces"), list[int]()

    def write(made: Iterable[Any]) -> None:
        found.extend(line for table in made for line in table.column("line").to_pylist())

    with write_in_order(folder, LONG, write) as done:
        for number in order:
            if number not in empty:
                piece(folder, number)
            done(number)
    assert found == [number for number in range(6) if number not in empty]


def test_a_run_that_fails_is_told_to_whoever_writes(tmp_path: Path) -> None:
    ended = []

    def write(made: Iterable[Any]) -> None:
        try:
            list(made)
        except BaseException:
            ended.append("abandoned")
            raise

    piece(tmp_path, 0)

    def interrupted() -> None:
        with write_in_order(tmp_path, LONG, write) as done:
            done(0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert ended == ["abandoned"]


def test_a_file_that_is_given_up_midway_leaves_nothing_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unraised: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", unraised.append)

    def made() -> Iterator[pa.Table]:
        yield pa.table({"line": [1, 2]})
        raise KeyboardInterrupt

    for kind in ("parquet", "csv", "jsonl"):
        with pytest.raises(KeyboardInterrupt):
            results.write_file(tmp_path / f"out.{kind}", made(), kind, lambda: pa.table({}))
    gc.collect()
    assert unraised == []
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_ends_the_run_at_one_of_the_next_pieces(tmp_path: Path) -> None:
    def write(made: Iterable[Any]) -> None:
        next(iter(made))
        raise OSError("no space left")

    asked = []
    piece(tmp_path, 0)

    def run() -> None:
        with write_in_order(tmp_path, LONG, write) as done:
            for number in range(10_000_000):
                done(number)
                asked.append(number)

    with pytest.raises(OSError, match="no space left"):
        run()
    assert len(asked) < 10_000_000
