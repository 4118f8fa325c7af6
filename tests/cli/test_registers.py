"""`--register` on the command line: every file is read, and none overrides existing entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability.cli.exit_codes import ExitCode

from .conftest import RULES, Run

ENTRY = """register:
  - id: {id}
    date: 2026-01-09
    title: {{zh: 清单, en: list}}
    source: {{zh: 自行取得, en: obtained}}
    rows: [{row}]
    places: [北京市]
"""


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    """A folder with two registers, one of which reuses an id of the rulebook, a profile and a register of companies."""
    (tmp_path / "a.yaml").write_text(ENTRY.format(id="a", row=1), "utf-8")
    (tmp_path / "b.yaml").write_text(ENTRY.format(id="b", row=2), "utf-8")
    (tmp_path / "dup.yaml").write_text(ENTRY.format(id="new-cities", row=1), "utf-8")
    (tmp_path / "p.yaml").write_text("city: 北京\nforeign_share: 10\n", "utf-8")
    (tmp_path / "c.csv").write_text("name,city\nx,北京\n", "utf-8")
    return tmp_path


COMMANDS = [
    ["check", "p.yaml"], ["ask", "p.yaml"], ["change", "p.yaml"], ["compare", "p.yaml", "--across", "city=北京,上海"],
    ["screen", "c.csv"], ["compile", "--to", "sql"], ["map"], ["show", "1"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda args: args[0])
def test_every_command_refuses_an_id_that_is_taken_and_names_both_places(
    command: list[str], registers: Path, run: Run
) -> None:
    done = run(*command, "--rules", RULES, "--lang", "en", "--register", "a.yaml", "--register", "dup.yaml")
    assert done.returncode == ExitCode.INPUT
    assert done.stderr.startswith("dup.yaml:2:9: P140 the entry `new-cities` stands twice, first at ")
    assert "register.yaml:" in done.stderr
    assert done.stdout == ""


def test_diff_refuses_it_on_either_side(registers: Path, run: Run) -> None:
    for side in ("--old-register", "--new-register"):
        done = run("diff", RULES, RULES, side, "a.yaml", side, "dup.yaml", "--lang", "en")
        assert done.returncode == ExitCode.INPUT
        assert "P140" in done.stderr


def test_every_register_given_is_read(registers: Path, run: Run) -> None:
    rows = ("check", "p.yaml", "--rules", RULES, "--lang", "en", "--measure", "1", "--measure", "2")
    neither, one, other, both = (
        run(*rows, *args).stdout
        for args in ([], ["--register", "a.yaml"], ["--register", "b.yaml"],
                     ["--register", "a.yaml", "--register", "b.yaml"])
    )  # fmt: skip
    assert len({neither, one, other, both}) == 4
    assert run("diff", RULES, RULES, "--new-register", "a.yaml", "--new-register", "b.yaml", "--lang", "en").stdout
