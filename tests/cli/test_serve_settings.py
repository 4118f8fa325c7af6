"""Every option of `applicability serve`, on the command line and in the environment alike."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from applicability.cli import serve

KEY = "0" * 64
# What each option is set to, as its variable has it, and what the service then runs with.
SET: dict[str, tuple[str, dict[str, Any]]] = {
    "HOST": ("127.0.0.2", {"host": "127.0.0.2"}),
    "PORT": ("8166", {"port": 8166}),
    "WORKERS": ("3", {"workers": 3}),
    "OPEN": ("1", {"open": True}),
    "PUBLIC": ("true", {"public": True}),
    "KEY_FILE": ("keys.txt", {"keys": (KEY,)}),
    "ALLOW_HOST": ("a.example B.example", {"hosts": ("a.example", "b.example")}),
    "RATE": ("7/second", {"rate": "7/second"}),
    "TRUST_PROXY": ("1", {"trust_proxy": True}),
    "BATCH_LIMIT": ("3", {"batch": 3_000_000}),
    "REGISTER_LIMIT": ("4", {"register_size": 4_000_000}),
    "QUIET": ("1", {"log": False}),
    "LANG": ("zh", {"lang": "zh"}),
    "RULES": ("my rules", {"rules": "my rules"}),
    "REGISTER": (os.pathsep.join(("one step.yaml", "two.yaml")), {"registers": ("one step.yaml", "two.yaml")}),
}


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """What the command would run, and no service."""
    found: list[dict[str, Any]] = []

    def run(settings: Any, lang: str, open_: bool) -> None:
        found.append({**vars(settings), "lang": lang, "open": open_})

    monkeypatch.setattr(serve, "_run", run)
    monkeypatch.chdir(tmp_path)
    for name in SET:
        monkeypatch.delenv(f"APPLICABILITY_{name}", raising=False)
    Path("keys.txt").write_text(KEY + "\n", "utf-8")
    return found


def test_every_option_has_its_variable() -> None:
    by_hand = serve.ServeCommand.BY_HAND
    options = {one.opts[0] for one in serve.command.params if isinstance(one, click.Option)} - set(by_hand)
    assert options == {f"--{name.lower().replace('_', '-')}" for name in SET}


@pytest.mark.parametrize("name", SET)
def test_an_option_is_read_from_its_variable(
    ran: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    value, expected = SET[name]
    CliRunner().invoke(serve.command, [], catch_exceptions=False)
    monkeypatch.setenv(f"APPLICABILITY_{name}", value)
    done = CliRunner().invoke(serve.command, [], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    without, found = ran
    assert found == {**without, **expected} != without


@pytest.mark.usefixtures("ran")
def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "limits", None)
    done = CliRunner().invoke(serve.command, ["--rate", "5/minute"], catch_exceptions=False)
    assert done.exit_code != 0
    assert "E004" in done.stderr
    assert "`limits`" in done.stderr


def test_the_command_line_comes_before_the_environment(
    ran: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PORT", "REGISTER", "RULES"):
        monkeypatch.setenv(f"APPLICABILITY_{name}", SET[name][0])
    given = ["--port", "9000", "--register", "own.yaml", "--rules", "own"]
    assert CliRunner().invoke(serve.command, given, catch_exceptions=False).exit_code == 0
    assert (ran[0]["port"], ran[0]["registers"], ran[0]["rules"]) == (9000, ("own.yaml",), "own")
