"""A file that a shell gives a command as its standard input is not overwritten by what the command writes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import RULES, environment

_SCREEN = ("screen", "-", "--from", "csv")


def run_with(stdin: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    with stdin.open("rb") as stream:
        return subprocess.run(
            [sys.executable, "-m", "applicability", *arguments, "--rules", str(RULES)],
            stdin=stream, cwd=folder, env=environment(), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "-", "-o", "in.yaml"),
        ("check", "-", "-o", "link.yaml"),
        ("check", "-", "-o", "hard.yaml"),
        ("change", "-", "--format", "json", "-o", "in.yaml"),
        ("compare", "-", "--across", "city", "-o", "in.yaml"),
        ("report", "-", "--format", "docx", "-o", "in.yaml"),
        ("ask", "in.yaml"),
        (*_SCREEN, "--format", "csv", "-o", "in.yaml"),
        (*_SCREEN, "--rejects", "in.yaml"),
        (*_SCREEN, "--notes", "in.yaml"),
        (*_SCREEN, "--facts", "in.yaml"),
        (*_SCREEN, "--summary", "in.yaml"),
        # The files beside a result, whose names nobody wrote, and a folder that is replaced whole.
        (*_SCREEN, "-o", "out.csv", "<out.notes.csv"),
        (*_SCREEN, "-o", "out.csv", "<out.rejects.csv"),
        (*_SCREEN, "--format", "csv", "-o", "folder/", "<folder/part-000000.csv"),
    ],
    ids=" ".join,
)
def test_no_command_destroys_its_standard_input(arguments: tuple[str, ...], tmp_path: Path) -> None:
    named = arguments[-1][1:] if arguments[-1].startswith("<") else "in.yaml"
    source = tmp_path / named
    source.parent.mkdir(exist_ok=True)
    source.write_text("name,city\nA,上海\n" if arguments[0] == "screen" else "city: 上海\n", "utf-8")
    (tmp_path / "link.yaml").symlink_to(named)
    os.link(source, tmp_path / "hard.yaml")
    before = source.read_bytes()
    done = run_with(source, tmp_path, *(one for one in arguments if not one.startswith("<")))
    assert done.returncode == 2, done.stdout + done.stderr
    assert "would take the place of what is read" in done.stderr or "write the results elsewhere" in done.stderr
    assert source.read_bytes() == before


def test_another_file_is_written_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text("city: 上海\n", "utf-8")
    (tmp_path / "out.txt").write_text("what was here", "utf-8")
    assert run_with(tmp_path / "in.yaml", tmp_path, "check", "-", "-o", "out.txt").returncode == 0
    assert "what was here" not in (tmp_path / "out.txt").read_text("utf-8")
