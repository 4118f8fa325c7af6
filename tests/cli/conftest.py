"""The command line as a process, on the small rulebook."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "data" / "small-rulebook"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `applicability` with arguments in an empty folder."""

    def run(*args: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        settings = {**os.environ, "PYTHONPATH": path, "LANG": "en_US.UTF-8", "LC_ALL": "", "COLUMNS": "80", **env}
        done = subprocess.run(
            [sys.executable, "-m", "applicability.cli", *map(str, args)],
            input=stdin, capture_output=True, cwd=tmp_path, env=settings, timeout=60, check=False,
        )  # fmt: skip
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.fixture
def check(run: Run) -> Run:
    """Runs `applicability check` on a profile given as text."""

    def check(profile: str, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        return run("check", "-", "--rules", RULES, "--engine", "meaning", *args, stdin=profile.encode(), **env)

    return check
