"""The command line on the small rulebook, and the same companies in every kind of table."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ...cli.conftest import RULES, Done, Run, process, run

__all__ = ["process", "run"]

# Companies with different columns; some cannot be read.
COMPANIES: tuple[Mapping[str, Any], ...] = (
    {"id": "C1", "city": "天津", "foreign_share": "40", "activities": ["ip-vpn"], "sector": "631"},
    {"id": "C2", "city": "上海", "activities": []},
    {"id": "C3", "city": "上海", "activities": ["travel-agency", "exhibitions"], "foreign_invested": "true"},
    {"id": "C4"},
    {"id": "C5", "city": "亚特兰蒂斯"},
    {"id": "C6", "city": "北京", "foreign_share": "130"},
    {"id": "C7", "zones": ["dongjiang"], "entity_kind": "company"},
    {"id": "C8", "city": "苏州", "foreign_share": "0", "foreign_invested": "true"},
)
READABLE = ("C1", "C2", "C3", "C4", "C7")
COLUMNS = ("id", "city", "zones", "sector", "activities", "foreign_share", "foreign_invested", "entity_kind")
LISTS = ("zones", "activities")


def cells(company: Mapping[str, Any]) -> list[str]:
    """A company as the cells of a text table."""
    values = [company.get(name) for name in COLUMNS]
    return ["" if v is None else ("; ".join(v) or "[]") if isinstance(v, list) else str(v) for v in values]


def write(kind: str, folder: Path, companies: Sequence[Mapping[str, Any]] = COMPANIES) -> str:
    """Writes the companies as a table of that kind; returns its name."""
    path = folder / f"companies.{kind}"
    rows = [cells(one) for one in companies]
    match kind:
        case "csv" | "tsv":
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file, delimiter="\t" if kind == "tsv" else ",").writerows([COLUMNS, *rows])
        case "jsonl":
            path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in companies), "utf-8")
        case "xlsx":
            book = openpyxl.Workbook()
            for row in (COLUMNS, *rows):
                book.active.append([cell or None for cell in row])
            book.save(path)
        case "parquet":
            pq.write_table(table(companies), path, row_group_size=3)
        case "sqlite":
            with closing(sqlite3.connect(path)) as connection, connection:
                names = ", ".join(f'"{name}" TEXT' for name in COLUMNS)
                connection.execute(f"CREATE TABLE companies ({names})")
                marks = ", ".join("?" * len(COLUMNS))
                connection.executemany(
                    f"INSERT INTO companies VALUES ({marks})", [[cell or None for cell in row] for row in rows]
                )
            return f"sqlite:///{path}?table=companies"
        case "duckdb":
            whole = table(companies)
            with duckdb.connect(str(path)) as database:
                database.register("whole", whole)
                database.execute("CREATE TABLE companies AS SELECT * FROM whole")
            return f"duckdb:///{path}?table=companies"
    return str(path)


def table(companies: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The companies as Arrow."""
    kinds = {name: pa.list_(pa.string()) if name in LISTS else pa.string() for name in COLUMNS}
    return pa.table({name: pa.array([one.get(name) for one in companies], kind) for name, kind in kinds.items()})


@pytest.fixture
def screen(run: Run) -> Callable[..., Done]:
    """Runs `applicability screen` on the small rulebook."""

    def screen(*args: str | Path, stdin: bytes = b"", **env: str) -> Done:
        day = ("--as-of", "2026-11-01", "--lang", "en")
        return run("screen", *args, "--rules", RULES, *day, stdin=stdin, **env)

    return screen
