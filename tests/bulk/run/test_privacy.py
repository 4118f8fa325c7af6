"""However a run ends, no company data is left in the temporary folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from applicability.bulk.engine.arrays import CellTable

from ...cli.conftest import RULES, environment
from .partly import of_table


def register(folder: Path, rows: int) -> Path:
    """A register that takes a while in pieces of ten rows."""
    path = folder / "companies.csv"
    path.write_text("id,city\n" + "".join(f"N{number},上海\n" for number in range(rows)), "utf-8")
    return path


def running(folder: Path, *arguments: str, rows: int = 30_000, **streams: Any) -> subprocess.Popen[bytes]:
    """A screening whose temporary folder is `tmp` in a folder."""
    (folder / "tmp").mkdir()
    source = register(folder, rows)
    command = [sys.executable, "-m", "applicability.cli", "screen", str(source), "--rules", str(RULES),
               "--piece", "10", "--only", "all", *arguments]  # fmt: skip
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, cwd=folder, env=environment(TMPDIR=str(folder / "tmp")), **streams,
    )  # fmt: skip


def wait_for_pieces(folder: Path) -> None:
    for _ in range(2000):
        if len(list((folder / "tmp").glob("*/*.done.json"))) > 3:
            return
        time.sleep(0.01)
    raise AssertionError("no pieces were done")


@pytest.mark.thorough
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("arguments", [(), ("--format", "csv", "-o", "-")])
def test_an_interrupted_run(number: int, code: int, arguments: tuple[str, ...], tmp_path: Path) -> None:
    with running(tmp_path, *arguments, stdout=subprocess.DEVNULL) as process:
        wait_for_pieces(tmp_path)
        os.kill(process.pid, number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == code, err.decode()
    assert b"Traceback" not in err
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    with running(tmp_path, "--format", "csv", "-o", "-", rows=500, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
        process.wait(timeout=60)
    assert process.returncode == 141, err.decode()
    assert b"Traceback" not in err
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
def test_a_full_disk(tmp_path: Path) -> None:
    with (
        open("/dev/full", "wb") as full,
        running(tmp_path, "--format", "csv", "-o", "-", rows=500, stdout=full) as process,
    ):
        _, err = process.communicate(timeout=60)
    assert process.returncode == 7, err.decode()
    assert "No space left" in err.decode()
    assert b"Traceback" not in err
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "heading", ["省份", "区县", "行政区划", "行业小类代码", "行业门类", "注册地", "企业类型", "城市"]
)
@pytest.mark.parametrize("beside", [{}, {"所在城市": "上海"}, {"省": "上海", "行业代码": "6513"}])
def test_no_note_on_a_column_of_any_level_tells_a_persons_number(heading: str, beside: dict[str, str]) -> None:
    number = "11010519491231002X"
    cells = {"企业名称": "甲", "外资比例": "30%", **beside, heading: number}
    found = of_table(CellTable({name: [cell] for name, cell in cells.items()}, 1))
    assert found.texts[0]
    assert not any(number in str(told) for told in (found.texts, found.notes))
