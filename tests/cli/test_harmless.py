"""Profile and register content is inert in spreadsheets, terminals and pictures."""

from __future__ import annotations

import csv
import os
import pty
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from applicability.cli.output import TerminalStream

from .conftest import RULES, Run, environment

ACTING = "=1+1"
MARKS = ("=1+1", "+1", "-1", "@a", "\ta", "\na", "＝1+1")


@pytest.mark.parametrize("heading", ["=1+1", "+1", "-1", "@a", "＝1"])
def test_a_heading_is_no_formula_in_any_table_of_a_screening(heading: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"{heading},city,share\nA,上海,0.5\nB,nowhere,1\n", "utf-8")
    (tmp_path / "m.yaml").write_text("columns: {share: foreign_share}\n", "utf-8")
    done = run(
        "screen", "in.csv", "--rules", RULES, "--mapping", "m.yaml", "--keep", heading, "--only", "all",
        "-o", "out.csv", "--facts", "facts.csv",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in ("out.csv", "out.notes.csv", "facts.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert f"'{heading}" in rows[0], name
        assert not [cell for row in rows for cell in row if cell.startswith(MARKS)], name


def test_two_headings_that_become_alike_stay_two_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("=a,'=a,city\nA,B,上海\n", "utf-8")
    run("screen", "in.csv", "--rules", RULES, "--keep", "=a", "--keep", "'=a", "--only", "all", "-o", "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[:3] == ["line", "'=a", "'=a"]


@pytest.mark.parametrize("format_", ["csv", "json", "svg", "text"])
def test_a_terminal_is_sent_nothing_that_it_would_obey(format_: str, tmp_path: Path) -> None:
    for name in ("\x1b]0;a\x07", "b\x9b31mc"):
        (tmp_path / f"{name}.yaml").write_text("city: 上海\n", "utf-8")
    names = sorted(one.name for one in tmp_path.iterdir())
    out = shown("compare", *names, "--rules", str(RULES), "--format", format_, cwd=tmp_path)
    assert "\x07" not in out
    assert "\x9b" not in out
    assert "\x1b]" not in out
    if format_ != "text":
        assert "\x1b" not in out
    else:
        assert "\x1b[" in out, "a page keeps its colours"


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_nor_is_it_by_a_screening(format_: str, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("name,city\n\x1b[31mA\x9b,上海\n", "utf-8")
    out = shown(
        "screen", "in.csv", "--rules", str(RULES), "--format", format_, "--only", "all", "-o", "-", cwd=tmp_path
    )
    assert "A" in out
    assert not {"\x1b", "\x9b", "\ufeff"} & set(out)


def shown(*arguments: str, cwd: Path) -> str:
    """What is sent to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "applicability.cli", *arguments]
    with subprocess.Popen(
        command, stdout=theirs, stderr=subprocess.DEVNULL, cwd=cwd, env=environment(TERM="xterm", NO_COLOR="")
    ):
        os.close(theirs)
        found = b""
        while True:
            try:
                part = os.read(ours, 1 << 16)
            except OSError:  # how a terminal ends on Linux
                break
            if not part:
                break
            found += part
    os.close(ours)
    return found.decode("utf-8")


def test_characters_that_are_cut_in_two_are_whole_on_a_terminal(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as file:
        stream = TerminalStream(file)
        for byte in "上海\x1b[1m".encode():
            stream.write(bytes([byte]))
    assert (tmp_path / "out").read_text("utf-8") == "上海\\x1b[1m"


@pytest.mark.parametrize("name", ["a\x01b", "\x1b[31m", "a\x0bb", "\x7f", "$\\frac$", "a$b$c", "<&>", "x" * 200])
def test_a_picture_of_any_name_is_xml(name: str, run: Run, tmp_path: Path) -> None:
    for end in ("1", "2"):
        (tmp_path / f"{name.replace('/', '')}{end}.yaml").write_text("city: 上海\n", "utf-8")
    names = sorted(one.name for one in tmp_path.iterdir())
    done = run("compare", *names, "--rules", RULES, "--all", "--format", "svg")
    assert done.returncode == 0, done.stderr
    ElementTree.fromstring(done.stdout)
