"""Any arguments, whatever bytes they hold, give an answer or a message with an exit code."""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path

import click
import pytest

from applicability.cli.root_help import COMMANDS

from ..examples import part
from .conftest import RULES, Run

REST = {
    "check": ["p.yaml"], "change": ["p.yaml"], "compare": ["p.yaml", "--across", "city"], "screen": ["c.csv"],
    "show": ["1"], "places": ["上海"], "test": ["cases"], "schema": ["profile"], "completion": ["bash"], "init": ["-"],
}  # fmt: skip
WORDS = [os.fsdecode(b"\xff"), os.fsdecode(b"zones=[\xff"), os.fsdecode(b"\xff=a"), "9" * 25, "²", "a" * 5000, "a/b",
         "sqlite:///" + os.fsdecode(b"\xff?table=\xff"), "duckdb:///out.duckdb?table=a/b",
         "foreign_share=" + "9" * 5000, "9999-12-31", "/dev/null", "..", "", "\n"]  # fmt: skip


@pytest.fixture
def no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that starts ends at once: here only its arguments matter."""
    uvicorn = pytest.importorskip("uvicorn")
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: None)
    monkeypatch.setattr("uvicorn.supervisors.Multiprocess.run", lambda *_: None)


@pytest.mark.usefixtures("no_service")
@pytest.mark.parametrize("name", COMMANDS)
def test_no_argument_ends_in_a_traceback(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("city: 上海\n", "utf-8")
    (tmp_path / "c.csv").write_text("id,city\nA,上海\n", "utf-8")
    shutil.copytree(RULES, tmp_path / "r")
    command: click.Command = importlib.import_module(f"applicability.cli.{name}").command
    rules = ["--rules", "r"] if any(param.name == "rules" for param in command.params) else []
    for number, param in enumerate(command.params):
        if isinstance(param.type, click.Choice) or param.name == "master" or getattr(param, "is_flag", False):
            continue
        for word in part(WORDS, number):
            (tmp_path / "q.yaml").unlink(missing_ok=True)
            if isinstance(param, click.Argument):
                given = [*rules, "--", word]
            else:
                own = REST.get(name, ["q.yaml"] if name == "ask" else [])
                given = [*own, *([] if param.name == "rules" else rules), param.opts[0], word]
            done = run(name, *given, stdin=b"q\n")  # raises whatever is not handled
            assert done.returncode != 1, given


def test_what_is_no_text_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("city: 上海\n", "utf-8")
    done = run("check", "p.yaml", "--set", os.fsdecode(b"zones=[\xff"))
    assert done.returncode == 2
    assert "`zones=[\\xff` is not UTF-8 text" in done.stderr


def test_a_profile_may_have_a_name_that_is_no_text(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode("企业.yaml".encode("gb18030"))
    (tmp_path / name).write_text("city: 上海\n", "utf-8")
    for format_ in ("text", "json", "html", "markdown"):
        assert run("check", name, "--rules", RULES, "--format", format_, "-o", f"{name}.out").returncode == 0
    for format_ in ("text", "json", "csv", "svg", "xlsx"):
        assert run("compare", name, name, "--rules", RULES, "--format", format_, "-o", f"{name}.out").returncode == 0
