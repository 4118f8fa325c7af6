"""Standard streams that are closed, full or unread give a message and an exit code, never a traceback or silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import RULES, environment

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
COMMANDS = {
    "--help": 7,
    "--version": 7,
    "check --help": 7,
    "check p.yaml RULES": 7,
    "check p.yaml RULES --format json": 7,
    "lint RULES": 7,
    "completion bash": 7,
    "screen c.csv RULES": 7,
    "screen c.csv RULES --format csv -o -": 7,
    "ask q.yaml RULES": 7,
}


def run(folder: Path, command: str, streams: str) -> tuple[int, str]:
    """The exit code and standard error, from a shell that sets up the streams as asked."""
    (folder / "p.yaml").write_text("city: 上海\n", "utf-8")
    (folder / "c.csv").write_text("id,city\nA,上海\n", "utf-8")
    line = f"{sys.executable} -m applicability.cli {command.replace('RULES', f'--rules {RULES}')} {streams}"
    done = subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment(), capture_output=True, timeout=60, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    told = done.stderr.decode()
    assert "Traceback" not in told
    assert "Exception ignored" not in told
    return done.returncode, told


CLOSED, FULL = (">&-", "it is closed"), (">/dev/full", "No space left on device")
FEW = ("--help", "check p.yaml RULES", "screen c.csv RULES --format csv -o -")


@pytest.mark.parametrize(
    ("command", "streams", "why"),
    [
        pytest.param(command, *end, marks=() if command in FEW else pytest.mark.thorough)
        for end in (CLOSED, FULL)
        for command in COMMANDS
    ],
)
def test_a_result_that_nobody_gets_is_told(command: str, streams: str, why: str, tmp_path: Path) -> None:
    code, told = run(tmp_path, command, streams)
    assert code == COMMANDS[command]
    assert f"cannot be written: {why}" in told


@pytest.mark.parametrize(
    "command",
    [
        "check - RULES",
        "screen - --from csv RULES",
        *(
            pytest.param(one, marks=pytest.mark.thorough)
            for one in ("ask q.yaml RULES", "screen - --from xlsx RULES", "screen - --from jsonl RULES")
        ),
    ],
)
def test_input_that_is_closed_is_told(command: str, tmp_path: Path) -> None:
    code, told = run(tmp_path, command, "<&-")
    assert code == 3
    assert "cannot be read: it is closed" in told


@pytest.mark.parametrize("streams", ["2>&-", pytest.param("2>/dev/full", marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check p.yaml RULES", 0),
        ("check nowhere.yaml RULES", 3),
        *(
            pytest.param(*one, marks=pytest.mark.thorough)
            for one in (
                ("checkk", 2),
                ("screen c.csv RULES", 0),
                ("screen c.csv RULES --format csv -o -", 0),
                ("init new.yaml", 0),
            )
        ),
    ],
)
def test_narration_that_nobody_hears_changes_nothing(command: str, code: int, streams: str, tmp_path: Path) -> None:
    assert run(tmp_path, command, streams)[0] == code


def test_a_file_does_not_take_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    assert run(tmp_path, "screen c.csv RULES --only all -o out.csv", ">&- 2>&- <&-")[0] == 7
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith('"line"')


@pytest.mark.parametrize("command", ["--help", "check p.yaml RULES", "screen c.csv RULES --format csv -o -"])
def test_a_reader_that_went_away_is_no_fault(command: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("city: 上海\n", "utf-8")
    (tmp_path / "c.csv").write_text("id,city\nA,上海\n", "utf-8")
    words = [word for one in command.split() for word in (["--rules", str(RULES)] if one == "RULES" else [one])]
    with subprocess.Popen(
        [sys.executable, "-m", "applicability.cli", *words],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
    assert process.returncode == 141, told
    assert "Traceback" not in told
