"""Rulebooks that no forward engine can hold: whoever asks for an answer has it by the reference evaluator."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import click
import pytest

from applicability.cli.root import root
from applicability.engines.rete import clips, durable_program
from applicability.engines.select import forward_name

from .conftest import RULES, Done, Run

pytestmark = pytest.mark.skipif(forward_name() is None, reason="no forward engine is installed")

ALLOWED = durable_program.MAX_MATCHES_IN_A_PROGRAM, clips.MAX_PATTERNS_IN_A_PROGRAM
PROFILE = "{name: 甲, city: 上海, foreign_share: 60}"
COMMANDS = {
    "change": ("profile.yaml",),
    "compare": ("profile.yaml", "--across", "city=上海,天津"),
}
SAYS = {
    "en": "decided by the reference evaluator (engine reference) alone, without forward chaining",
    "zh": "由参照求值（引擎 reference）判断，未经正向推理",
}


@pytest.fixture
def large(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rulebook beyond what the forward engines are allowed, in a folder of its own: no other test has loaded it."""
    (tmp_path / "profile.yaml").write_text(PROFILE, "utf-8")
    folder = tmp_path / "large"
    shutil.copytree(RULES, folder)
    with (folder / "rulebook.yaml").open("a", encoding="utf-8") as file:
        file.write("# Another digest than that of the rulebook whose engine is built.\n")
    monkeypatch.setenv("APPLICABILITY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(durable_program, "MAX_MATCHES_IN_A_PROGRAM", 20)
    monkeypatch.setattr(clips, "MAX_PATTERNS_IN_A_PROGRAM", 20)
    return folder


def options(command: str) -> set[str]:
    assert isinstance(root, click.Group)
    found = root.get_command(click.Context(root), command)
    assert found is not None
    return {one for parameter in found.params for one in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


def asked(run: Run, command: str, rules: Path, *more: str) -> Done:
    done = run(command, *COMMANDS[command], "--rules", rules, "--as-of", "2026-11-01", *more)
    assert done.returncode == 0, done.stderr
    advised = set(re.findall(r"--[a-z][a-z-]*", done.stdout + done.stderr))
    assert advised <= options(command)
    return done


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_changes_and_comparisons_are_answered_by_the_reference_and_say_so(
    command: str, lang: str, large: Path, run: Run
) -> None:
    told = asked(run, command, large, "--lang", lang)
    assert "".join(SAYS[lang].split()) in "".join(told.stdout.split())
    assert told.stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_they_answer_as_with_forward_chaining(
    command: str, large: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(asked(run, command, large, "--format", "json").stdout)
    monkeypatch.setattr(durable_program, "MAX_MATCHES_IN_A_PROGRAM", ALLOWED[0])
    monkeypatch.setattr(clips, "MAX_PATTERNS_IN_A_PROGRAM", ALLOWED[1])
    other = json.loads(asked(run, command, RULES, "--format", "json").stdout)
    assert {**told, "rulebook": None} == {**other, "rulebook": None}
    assert "reference" not in asked(run, command, RULES, "--lang", "en").stdout
