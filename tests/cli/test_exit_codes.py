"""Every exit code, from a real process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from applicability import api
from applicability.cli.exit_codes import MEANINGS, ExitCode, code_of
from applicability.cli.root import root
from applicability.errors import ApplicabilityError, DisagreementError, EngineError, Location, Problem
from applicability.text import Text

from .conftest import RULES, Run, environment

GOOD = "city: 上海\nforeign_share: 50\n"


def test_an_answer_is_decided_whatever_it_says(process: Run) -> None:
    args = ("check", "-", "--rules", RULES, "--engine", "reference")
    done = process(*args, stdin="city: 长沙\n".encode())
    assert (done.returncode, done.stderr) == (ExitCode.DECIDED, "")


@pytest.mark.parametrize(
    "args",
    [
        ["check"], ["chek"], ["check", "-", "--lang", "fr"], ["check", "-", "--as-of", "yesterday"],
        ["check", "-", "--set", "city"], ["check", "-", "--set", "city=天津", "--set", "city=上海"],
        ["check", "-", "--measure", "999"], ["check", "-", "--chapter", "99"], ["show", "999"],
        ["facts", "--search", "x"], ["schema", "casts"], ["completion", "tcsh"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_command_line_not_understood_is_usage(args: list[str], process: Run) -> None:
    takes_rules = args[0] in ("check", "show", "facts", "schema") and len(args) > 1
    done = process(*args, *(["--rules", str(RULES)] if takes_rules else []))
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert "Error: " in done.stderr


def test_all_mistakes_of_a_profile_come_at_once_with_place_and_hint(check: Run) -> None:
    done = check("citty: 天津\nforeign_share: 101\nentity_kind: compny\n")
    assert (done.returncode, done.stdout) == (ExitCode.INPUT, "")
    assert [line for line in done.stderr.splitlines() if not line.startswith("  ")] == [
        "<stdin>:1:1: P101 unknown fact `citty`",
        "<stdin>:2:16: P108 `foreign_share`: 101 is out of range",
        "<stdin>:3:14: P107 `entity_kind`: unknown value `compny`",
        "3 problems to fix",
    ]
    assert done.stderr.count("  hint: ") == 3


def test_the_number_of_mistakes_is_told_in_the_user_s_language(check: Run) -> None:
    assert check("a: 1\nb: 2\n", "--lang", "zh").stderr.splitlines()[-1] == "共 2 处须改正"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("missing.yaml", None, "P001"), ("empty.yaml", b"", "P002"), ("big.yaml", b"#" * 5_000_001, "P003"),
        ("binary.yaml", b"\x00\x01\xff", "P004"), ("list.yaml", b"- a\n", "P011"),
        ("twice.yaml", b"a: 1\na: 2\n", "P010"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_profile_is_input(
    name: str, data: bytes | None, code: str, process: Run, tmp_path: Path
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = process("check", name, "--rules", RULES)
    assert (done.returncode, done.stdout) == (ExitCode.INPUT, "")
    assert re.match(rf"{name}\S*: {code} .+\n  hint: ", done.stderr)


def test_a_mistake_in_an_option_names_the_option(check: Run) -> None:
    done = check(GOOD, "--set", "city=天浸", "--set", "investors=[{origin: mars}]")
    assert done.returncode == ExitCode.INPUT
    assert "--set city=天浸: P103 unknown place `天浸`" in done.stderr
    assert "--set investors=[{origin: mars}]: P107 " in done.stderr


def test_a_register_that_cannot_be_read_is_input(check: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("register: [{id: x}]\n", encoding="utf-8")
    done = check(GOOD, "--register", "mine.yaml")
    assert (done.returncode, done.stdout) == (ExitCode.INPUT, "")
    assert done.stderr.startswith("mine.yaml:1:")


def test_a_broken_rulebook_never_answers(process: Run, tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    scopes = tmp_path / "rules" / "scopes.yaml"
    scopes.write_text(scopes.read_text(encoding="utf-8").replace("zone_type:", "zone_tpe:"), encoding="utf-8")
    done = process("check", "-", "--rules", "rules", stdin=GOOD.encode())
    assert (done.returncode, done.stdout) == (ExitCode.RULEBOOK, "")
    assert "rules/scopes.yaml:" in done.stderr
    assert "did you mean `zone_type`" in done.stderr


@pytest.mark.parametrize(
    ("error", "code"), [(DisagreementError, ExitCode.DISAGREEMENT), (EngineError, ExitCode.ENGINE)]
)
def test_a_fault_of_the_engines_is_no_answer(
    error: type[ApplicabilityError], code: ExitCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error(
            [
                Problem(
                    "E002",
                    Location("small-plan"),
                    Text("第1行", "row 1 (measure): a says b"),
                    Text("请报告", "report it"),
                )
            ]
        )

    monkeypatch.setattr(api, "check", fail)
    done = CliRunner().invoke(root, ["check", "-", "--rules", str(RULES)], input=GOOD)
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr == "small-plan: E002 row 1 (measure): a says b\n  hint: report it\n"


def test_an_error_the_table_does_not_know_is_a_fault() -> None:
    assert code_of(ApplicabilityError([Problem("X", Location(""), Text("错", "x"))])) is ExitCode.FAULT


@pytest.mark.parametrize("path", ["no/such/folder/x.txt", "."])
def test_a_result_that_cannot_be_written_is_output(path: str, check: Run) -> None:
    done = check(GOOD, "-o", path)
    assert (done.returncode, done.stdout) == (ExitCode.OUTPUT, "")
    assert "cannot be written: " in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_output() -> None:
    command = [sys.executable, "-m", "applicability", "places", "天津", "--rules", str(RULES)]
    env = environment()
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert done.returncode == ExitCode.OUTPUT
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c_and_a_closed_pipe_are_quiet() -> None:
    command = [sys.executable, "-m", "applicability", "check", "-", "--rules", str(RULES), "--engine", "reference"]
    env = environment()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=env, **pipes) as process:  # type: ignore[call-overload]
        process.stdin.write(GOOD.encode())
        process.stdout.close()
        process.stdin.close()
        assert (process.wait(60), process.stderr.read()) == (ExitCode.PIPE_CLOSED, b"")
    slow = [sys.executable, "-c", "import os, signal, sys, applicability.cli as c\n"
            "from applicability import api\n"
            "api.check = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)\n"
            f"sys.argv = ['applicability', *{command[3:]!r}]\nc.main()"]  # fmt: skip
    done = subprocess.run(slow, env=env, input=GOOD.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (ExitCode.INTERRUPTED, b"")


def test_the_table_is_whole_and_in_the_help(run: Run) -> None:
    assert set(MEANINGS) == set(ExitCode)
    text = run("--help").stdout
    for code, meaning in MEANINGS.items():
        assert re.search(rf"^\s+{code.value}  {code.name.lower()}\s+{re.escape(meaning.en)}", text, re.MULTILINE)
