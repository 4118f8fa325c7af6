"""CSV of very many columns is read within bounds, whatever the number of its rows."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from applicability.bulk.sources import csv as csv_source
from applicability.bulk.sources.headings import LOOKED
from applicability.bulk.sources.open import open_source
from applicability.bulk.sources.source import names_of

COLUMNS, ROWS = 40_000, 20
# Megabytes of a process that reads it, about 110 of them to load the program; it took 500.
MOST = 250
_READ = """
import contextlib, re, sys
from pathlib import Path
from applicability.bulk.sources.open import open_source
with contextlib.closing(open_source(sys.argv[1])) as source:
    rows = sum(len(batch.lines) for piece in source.pieces(frozenset()) for batch in piece.batches)
print(rows, int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1000)
"""


def wide(folder: Path, columns: int, rows: int) -> Path:
    headings = ["企业名称", "所在城市", *(f"列{number}" for number in range(columns - 2))]
    lines = [[f"公司{row}", "上海", *(f"{row}" for _ in range(columns - 2))] for row in range(rows)]
    path = folder / "wide.csv"
    path.write_text("".join(",".join(one) + "\n" for one in (headings, *lines)), "utf-8")
    return path


def test_many_columns_take_little_memory(tmp_path: Path) -> None:
    path = wide(tmp_path, COLUMNS, ROWS)
    done = subprocess.run([sys.executable, "-c", _READ, path], capture_output=True, text=True, check=True)
    rows, megabytes = map(int, done.stdout.split())
    assert rows == ROWS
    assert megabytes < MOST


def test_a_wide_table_is_read_in_batches_of_few_rows_with_every_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = wide(tmp_path, 12, LOOKED + 25)
    usual = _cells(path)
    monkeypatch.setattr(csv_source, "_WIDE", 10)
    monkeypatch.setattr(csv_source, "_CELLS", 50)
    few = _cells(path)
    # Those among which the headings were looked for come first, whatever their number.
    assert max(len(rows) for rows in few[1:]) == 4
    assert [row for rows in few for row in rows] == [row for rows in usual for row in rows]
    monkeypatch.setattr(csv_source, "_CELLS", 1)
    assert max(len(rows) for rows in _cells(path)[1:]) == 1


def _cells(path: Path) -> list[list[tuple[object, ...]]]:
    """The rows of each batch."""
    found = []
    with contextlib.closing(open_source(str(path))) as source:
        for piece in source.pieces(frozenset()):
            for batch in piece.batches:
                columns = [batch.table.column(name).to_pylist() for name in names_of(batch.table)]
                found.append([*zip(*columns, strict=True)])
    return found
