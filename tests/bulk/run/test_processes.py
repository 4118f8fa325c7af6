"""Several processes: the same bytes as with one, and errors in any of them are reported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from applicability import load_rulebook
from applicability.bulk.run import processes
from applicability.bulk.sources.parquet import RowGroupRange

from ...cli.conftest import RULES, Done, environment
from .conftest import COMPANIES, table

Screen = Callable[..., Done]
BOOK = load_rulebook(RULES)
FEW = (("long", "csv"), ("wide", "parquet"))  # written by two processes in every run, the rest in a thorough one
CODED = ("city", "zones", "sector", "activities", "entity_kind")


def register(folder: Path, groups: int, rows: int) -> str:
    """A Parquet file with that many row groups, repeating the same companies."""
    companies = [COMPANIES[number % len(COMPANIES)] for number in range(rows * groups)]
    pq.write_table(table(companies), folder / "companies.parquet", row_group_size=rows)
    return "companies.parquet"


@pytest.mark.parametrize(
    ("form", "ending"),
    [
        pytest.param(form, ending, marks=() if (form, ending) in FEW else pytest.mark.thorough)
        for form in ("long", "wide")
        for ending in ("csv", "parquet", "jsonl")
    ],
)
def test_two_processes_write_the_bytes_of_one(ending: str, form: str, screen: Screen, tmp_path: Path) -> None:
    source = register(tmp_path, groups=5, rows=20)
    told = ("--form", form, "--only", "all", "--keep", "id", "--piece", "1")
    one = screen(source, "-o", f"one.{ending}", "--processes", "1", *told)
    two = screen(source, "-o", f"two.{ending}", "--processes", "2", *told)
    assert (one.returncode, two.returncode) == (0, 0), two.stderr
    assert two.stdout.replace("two.", "one.") == one.stdout
    for name in (f".{ending}", ".notes.csv"):
        assert (tmp_path / f"two{name}").read_bytes() == (tmp_path / f"one{name}").read_bytes()


def test_two_processes_write_the_parts_of_one(screen: Screen, tmp_path: Path) -> None:
    source = register(tmp_path, groups=5, rows=20)
    for processes_, folder in (("1", "one/"), ("2", "two/")):
        assert screen(source, "-o", folder, "--processes", processes_, "--piece", "1").returncode == 0
    parts = {one.name: one.read_bytes() for one in (tmp_path / "one").glob("[!.]*")}
    assert sorted(parts) == ["notes.csv", *(f"part-{number:06}.parquet" for number in range(5))]
    assert {one.name: one.read_bytes() for one in (tmp_path / "two").glob("[!.]*")} == parts


def test_what_one_of_the_processes_refuses_ends_the_run(screen: Screen, tmp_path: Path) -> None:
    source = register(tmp_path, groups=4, rows=20)
    found = screen(source, "-o", "out.csv", "--processes", "2", "--piece", "1", "--strict")
    assert found.returncode == 3
    assert "亚特兰蒂斯" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found under /proc")
def test_a_killed_process_is_told_and_the_run_goes_on_later(screen: Screen, tmp_path: Path) -> None:
    source = register(tmp_path, groups=60, rows=500)
    command = [sys.executable, "-m", "applicability", "screen", source, "--rules", str(RULES)]
    command += ["--as-of", "2026-11-01", "--lang", "en", "-o", "out.csv", "--processes", "2", "--piece", "1"]
    running = subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    state = tmp_path / ".out.csv.pieces"
    while running.poll() is None and not list(state.glob("*.done.json")):
        time.sleep(0.01)
    tasks = Path(f"/proc/{running.pid}/task").glob("*/children")
    children = [int(one) for task in tasks for one in task.read_text().split()]
    workers = [one for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 6, told
    assert b"a process ended by itself" in told
    assert not (tmp_path / "out.csv").exists()
    assert list(state.glob("*.done.json"))
    for name in ("out.csv", "whole.csv"):
        assert screen(source, "-o", name, "--processes", "1", "--piece", "1").returncode == 0
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize(
    ("rows", "cores", "several"),
    [(100_000, 2, 1), (8_000_000, 1, 1), (19_000_000, 2, 1), (20_000_000, 2, 2), (4_000_000, 8, 1), (9_000_000, 8, 4)],
)
def test_how_many_processes_the_rows_are_worth(
    rows: int, cores: int, several: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    groups = [RowGroupRange(place, "companies.parquet", (place,), place * rows // 4, rows // 4) for place in range(4)]
    assert processes.worth(groups) == several
