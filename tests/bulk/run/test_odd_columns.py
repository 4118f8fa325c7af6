"""Parquet with columns of any type: each company is decided or rejected, and no type ends the run."""

from __future__ import annotations

import csv
import datetime
import decimal
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from applicability import load_rulebook
from applicability.bulk.job import Job
from applicability.bulk.output.results import Target
from applicability.bulk.run import screening
from applicability.bulk.sources.open import open_source
from applicability.errors import ProfileError
from applicability.screening import Screening, screen as screen_table

from ...cli.conftest import RULES, Done
from ...examples import one_in

SMALL = load_rulebook(RULES)
Screen = Callable[..., Done]


def not_text() -> Any:
    """A column that is declared as text but holds invalid bytes."""
    held = pa.array([b"\xff\xfe", b"ab"])
    return pa.Array.from_buffers(pa.string(), 2, held.buffers())


ODD: dict[str, Any] = {
    "list": pa.array([["a", "b"], None]),
    "numbers": pa.array([[1, 2], []]),
    "lists": pa.array([[["a"]], None]),
    "structure": pa.array([{"x": 1}, None]),
    "structures": pa.array([[{"a": 1}], []]),
    "map": pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int64())),
    "binary": pa.array([b"\xff\x00", b"abc"]),
    "large binary": pa.array([b"\xff", b"abc"], pa.large_binary()),
    "binary of one size": pa.array([b"\xff1", b"ab"], pa.binary(2)),
    "dictionary of bytes": pa.array([b"\xff", b"a"]).dictionary_encode(),
    "text that is none": not_text(),
    "dictionary of text that is none": not_text().dictionary_encode(),
    "large text": pa.array(["a", "b"], pa.large_string()),
    "view": pa.array(["a", "b"], pa.string_view()),
    "decimal": pa.array([decimal.Decimal("40.50"), None]),
    "date": pa.array([datetime.date(2020, 1, 1), None]),
    "moment": pa.array([datetime.datetime(2020, 1, 1), None]),
    "time": pa.array([datetime.time(1, 2), None]),
    "duration": pa.array([datetime.timedelta(1), None]),
    "boolean": pa.array([True, None]),
    "nothing": pa.array([None, None]),
    "number": pa.array([float("nan"), float("inf")]),
    "half": pa.array([1.5, None]).cast(pa.float16()),
    "large number": pa.array([2**64 - 1, None], pa.uint64()),
}
TARGETS = (
    "out.csv",
    "out.jsonl",
    "out.parquet",
    "out.xlsx",
    "sqlite:///out.db?table=t",
    "duckdb:///out.duckdb?table=t",
)


@pytest.mark.parametrize("target", TARGETS)
def test_a_column_of_any_type_is_repeated_in_results_of_every_format(
    target: str, screen: Screen, tmp_path: Path
) -> None:
    pq.write_table(pa.table({"city": ["上海", "天津"], **ODD}), tmp_path / "in.parquet")
    keep = [word for kind in ODD for word in ("--keep", kind)]
    done = screen("in.parquet", "-o", target, "--only", "all", "--measure", "1", *keep, "--facts", "facts.csv")
    assert done.returncode == 0, done.stderr
    assert "2 rows read, 2 companies screened" in done.stdout


ROLES = ["city", "foreign_share", "sector", "activities", "zones", "investors", "as_of"]


@pytest.mark.parametrize("role", one_in(4, ROLES))
def test_a_fact_of_any_type_is_read_or_its_company_rejected(role: str, tmp_path: Path) -> None:
    job = Job(SMALL, datetime.date(2026, 11, 1), measures=SMALL.measures, facts=True)
    for kind, column in ODD.items():
        columns = {"entity_kind": ["enterprise", "enterprise"], "city": ["上海", "天津"], role: column}
        pq.write_table(pa.table(columns), tmp_path / "in.parquet")
        target = Target(tmp_path / "out.csv", "csv", facts=tmp_path / "facts.csv", rejects=tmp_path / "rejects.csv")
        with closing(open_source(str(tmp_path / "in.parquet"))) as source:
            try:
                found, state = screening.screen(source, job, target)
            except ProfileError:
                continue  # such as a type that no column of this fact can have
            shutil.rmtree(state)
            assert found.read == 2, kind


def test_what_is_no_text_is_spelt_out(screen: Screen, tmp_path: Path) -> None:
    pq.write_table(pa.table({"name": not_text(), "city": ["上海", "天津"]}), tmp_path / "in.parquet")
    screen("in.parquet", "-o", "out.jsonl", "--only", "all")
    first = json.loads((tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0])
    assert first["name"] == "\\xff\\xfe"


def test_a_share_in_decimals_is_a_share(screen: Screen, tmp_path: Path) -> None:
    shares = pa.array([decimal.Decimal("40.50"), decimal.Decimal("1E+2")])
    pq.write_table(pa.table({"city": ["天津", "天津"], "foreign_share": shares}), tmp_path / "in.parquet")
    assert screen("in.parquet", "--facts", "facts.csv").returncode == 0
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["foreign_share"] for row in csv.DictReader(file)] == ["40.5", "100"]


def test_two_columns_of_one_name_that_contradict_each_other_are_noted(screen: Screen, tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["上海"]), pa.array(["天津"])], ["city", "city"])
    pq.write_table(table, tmp_path / "in.parquet")
    done = screen("in.parquet", "--notes", "notes.csv")
    assert done.returncode == 0
    assert "S312" in (tmp_path / "notes.csv").read_text("utf-8")


def test_a_table_in_memory_may_hold_columns_of_any_type() -> None:
    found = screen_in_memory(pa.table({"city": ["上海", "天津"], **ODD}), keep=[*ODD])
    assert found.summary.companies == 2
    twice = screen_in_memory(pa.Table.from_arrays([pa.array(["上海"])] * 2, ["city", "city"]), keep=[])
    assert (twice.summary.companies, twice.summary.notes) == (1, 0)


def screen_in_memory(table: Any, keep: list[str]) -> Screening:
    return screen_table(table, SMALL, keep=keep, measures=[1], as_of=datetime.date(2026, 11, 1))
