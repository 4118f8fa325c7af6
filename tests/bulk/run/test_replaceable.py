"""A screening replaces only what a screening wrote; no command overwrites its input."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import applicability
from applicability.cli.command import OUTPUT, READ
from applicability.cli.root_help import COMMANDS
from applicability.errors import ArgumentError

from ...cli.conftest import RULES, Done, Run, environment
from .conftest import write

Screen = Callable[..., Done]


@pytest.mark.parametrize("name", ["out.notes.csv", "out.rejects.csv"])
@pytest.mark.parametrize("text", ["to do: call them\n", "line,company\n1,ours\n", "\n\nmine"])
@pytest.mark.parametrize("rejecting", [True, False])
def test_a_table_of_somebody_beside_the_result_stays(
    name: str, text: str, rejecting: bool, screen: Screen, tmp_path: Path
) -> None:
    source = tmp_path / "companies.csv"
    source.write_text("name,city\nA,上海\n" + ("B,nowhere\n" if rejecting else ""), "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    done = screen("companies.csv", "-o", "out.csv")
    assert done.returncode == 3
    assert f"`{name}` is there already, and no screening wrote it" in done.stderr
    assert (tmp_path / name).read_text("utf-8") == text
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["companies.csv", name])
    option = "--notes" if "notes" in name else "--rejects"
    assert screen("companies.csv", "-o", "out.csv", option, "other.csv").returncode == 0
    assert (tmp_path / name).read_text("utf-8") == text


@pytest.mark.parametrize("option", ["--notes", "--rejects", "--facts"])
def test_a_table_of_somebody_that_an_option_names_stays(option: str, screen: Screen, tmp_path: Path) -> None:
    write("csv", tmp_path)
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n", "utf-8")
    assert screen("companies.csv", option, "mine.csv").returncode == 3
    assert (tmp_path / "mine.csv").read_text("utf-8") == "a,b\n1,2\n"


def test_what_a_screening_wrote_is_replaced_and_removed(screen: Screen, tmp_path: Path) -> None:
    write("csv", tmp_path)
    for _ in range(2):
        assert screen("companies.csv", "-o", "out.csv", "--facts", "facts.csv").returncode == 0
    assert (tmp_path / "out.notes.csv").exists()
    (tmp_path / "companies.csv").write_text("id,city\nC1,上海\n", "utf-8")
    assert screen("companies.csv", "-o", "out.csv", "--facts", "facts.csv").returncode == 0
    assert not (tmp_path / "out.notes.csv").exists()


def test_a_folder_of_somebody_in_the_place_of_the_pieces_stays(screen: Screen, tmp_path: Path) -> None:
    write("csv", tmp_path)
    mine = tmp_path / ".out.csv.pieces" / "000000.rejects.txt"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")
    done = screen("companies.csv", "-o", "out.csv")
    assert done.returncode == 3
    assert "no screening wrote it" in done.stderr
    assert mine.read_text("utf-8") == "mine"
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("marked", [True, False])
def test_what_somebody_is_loading_into_the_folder_stays(marked: bool, screen: Screen, tmp_path: Path) -> None:
    write("csv", tmp_path)
    folder = tmp_path / "dl"
    folder.mkdir()
    (folder / "part-000000.csv").write_text("mine", "utf-8")
    (folder / ".film.abc01_xy.part").write_text("mine", "utf-8")
    if marked:
        (folder / ".screened").touch()
    done = screen("companies.csv", "--format", "csv", "-o", "dl/")
    assert done.returncode == (0 if marked else 3)
    assert (folder / ".film.abc01_xy.part").read_text("utf-8") == "mine"


def test_a_log_that_is_appended_to_keeps_what_it_holds(tmp_path: Path) -> None:
    write("csv", tmp_path)
    (tmp_path / "p.yaml").write_text("city: 上海\n", "utf-8")
    log = tmp_path / "log"
    for arguments in (
        ["check", "p.yaml", "--format", "json"],
        ["screen", "companies.csv", "--format", "csv"],
    ):
        log.write_text("before\n", "utf-8")
        with log.open("ab") as stream:
            command = [
                sys.executable,
                "-m",
                "applicability.cli",
                *arguments,
                "--rules",
                str(RULES),
                "-o",
                "/dev/stdout",
            ]
            subprocess.run(command, stdout=stream, cwd=tmp_path, env=environment(), check=True, timeout=60)
        text = log.read_text("utf-8")
        assert text.startswith("before\n")
        assert len(text) > 100


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "p.yaml", "-o", "p.yaml"),
        ("check", "p.yaml", "-o", "./x/../p.yaml"),
        ("check", "p.yaml", "-o", "link.yaml"),
        ("change", "p.yaml", "-o", "p.yaml"),
        ("compare", "p.yaml", "--across", "city", "-o", "p.yaml"),
        ("compare", "q.yaml", "p.yaml", "-o", "p.yaml"),
        ("check", "q.yaml", "--register", "p.yaml", "-o", "p.yaml"),
        ("map", "--register", "p.yaml", "-o", "p.yaml"),
        ("diff", "--new-register", "p.yaml", "-o", "p.yaml"),
        ("diff", "--profiles", ".", "-o", "p.yaml"),
        ("test", ".", "-o", "p.yaml"),
        ("lint", "--rules", ".", "-o", "p.yaml"),
        ("screen", "companies.csv", "--rules", ".", "-o", "facts.csv"),
    ],
)
def test_no_command_destroys_what_it_reads(arguments: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    for name in ("p.yaml", "q.yaml", "facts.csv", "companies.csv"):
        (tmp_path / name).write_text("city: 上海\n", "utf-8")
    (tmp_path / "x").mkdir()
    (tmp_path / "link.yaml").symlink_to("p.yaml")
    done = run(*arguments)
    assert done.returncode == 2
    assert "would take the place of what is read" in done.stderr
    for name in ("p.yaml", "facts.csv"):
        assert (tmp_path / name).read_text("utf-8") == "city: 上海\n"


@pytest.mark.parametrize("output", ["register.csv", "x/../register.csv", "link.csv"])
def test_an_embedding_program_does_not_destroy_what_it_reads(output: str, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("city\n上海\n", "utf-8")
    (tmp_path / "x").mkdir()
    (tmp_path / "link.csv").symlink_to("register.csv")
    with pytest.raises(ArgumentError) as refused:
        applicability.screen(str(register), output=str(tmp_path / output))
    assert [problem.code for problem in refused.value.problems] == ["U005"]
    assert register.read_text("utf-8") == "city\n上海\n"


def test_every_file_that_a_command_reads_is_known_to_be_read() -> None:
    # `screen` checks its other outputs itself, `ask` writes what it reads, `init` reads nothing.
    written = {"rejects", "notes", "facts", "summary", "picture", "file", OUTPUT}
    for name in COMMANDS:
        command: click.Command = importlib.import_module(f"applicability.cli.{name}").command
        for param in command.params:
            shown = (param.metavar or "").strip("[].")
            if shown in ("FILE", "DIR", "PROFILE", "OLD", "NEW", "COMPANIES", "TARGET", "PATH"):
                assert param.name in {*READ, *written}, f"{name}: {param.name}"


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="there are no names of streams here")
def test_a_link_to_a_stream_is_that_stream(run: Run, tmp_path: Path) -> None:
    from applicability.files import descriptor_of

    (tmp_path / "out").symlink_to("/dev/stdout")
    (tmp_path / "circle").symlink_to("circle")
    assert descriptor_of(tmp_path / "out") == 1
    assert descriptor_of(Path("/dev/fd/7")) == 7
    assert descriptor_of(Path("/proc/self/fd/3")) == 3
    for other in (tmp_path / "circle", tmp_path, Path("1"), Path(os.devnull)):
        assert descriptor_of(other) is None
