"""Runs the command line on the small rulebook."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from applicability import Rulebook
from applicability.cli.root import root
from applicability.loading import cache
from applicability.loading.source import RuleFiles

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "data" / "small-rulebook"


@dataclass(frozen=True)
class Done:
    """The result of a run: exit code, standard output and standard error."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


def environment(**env: str) -> dict[str, str]:
    """The environment of a process that can import the package."""
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path, "LANG": "en_US.UTF-8", "LC_ALL": "", "COLUMNS": "80", **env}


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Runs `applicability` as a process, in an empty folder."""

    def process(*args: str | Path, stdin: bytes = b"", **env: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "applicability", *map(str, args)],
            input=stdin, capture_output=True, cwd=tmp_path, env=environment(**env), timeout=60, check=False,
        )  # fmt: skip
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return process


_LOADED: OrderedDict[tuple[str, str, str], Rulebook] = OrderedDict()


def _load(source: RuleFiles, prepare: Callable[[Rulebook], object], load: Callable[..., Rulebook]) -> Rulebook:
    """The rulebook of a source, from the cache of rulebooks where no earlier run in this process has loaded it."""
    key = source.folder, source.digest, os.environ.get("APPLICABILITY_CACHE", "")
    if key not in _LOADED:
        _LOADED[key] = load(source, prepare)
        if len(_LOADED) > 16:
            _LOADED.popitem(last=False)
    return _LOADED[key]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `applicability` inside this process, in an empty folder, which is faster."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache, "load", functools.partial(_load, load=cache.load))

    def run(*args: str | Path, stdin: bytes = b"", **env: str) -> Done:
        settings = {"LANG": "en_US.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", "COLUMNS": "80", **env}
        done = CliRunner(env=settings).invoke(root, [str(arg) for arg in args], input=stdin)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def check(run: Run) -> Run:
    """Runs `applicability check` on a profile given as text."""

    def check(profile: str, *args: str, **env: str) -> Done:
        return run("check", "-", "--rules", RULES, "--engine", "reference", *args, stdin=profile.encode(), **env)

    return check
