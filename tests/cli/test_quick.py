"""What is answered without click is what click would answer, and short runs load no more than they need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete
from hypothesis import example, given, settings, strategies as st

from applicability.cli import completion_table
from applicability.cli.language import speaking
from applicability.cli.options import BilingualOption
from applicability.cli.quick import answer, complete
from applicability.cli.root import root
from applicability.cli.root_help import COMMANDS, MAX_WIDTH, page
from applicability.text import Lang

from ..examples import drawn
from .conftest import ROOT, Run, environment

VARIABLE = "_APPLICABILITY_COMPLETE"


def by_click(words: list[str], incomplete: str, kind: type[ShellComplete] = BashComplete) -> list[tuple[str, str]]:
    for name in (None, *COMMANDS):  # other tests have had their help told in Chinese; a run is in one language
        command = root if name is None else root.get_command(click.Context(root), name)
        assert command is not None
        for one in command.params:
            if isinstance(one, BilingualOption):
                one.help = one.text.en
    found = kind(root, {}, "applicability", VARIABLE).get_completions(list(words), incomplete)
    return [(one.value, one.help or "") for one in found]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [1, 52, 53, 60, 61, 66, 72, 79, 80, 93, 100, 101, 200])
def test_the_help_is_set_as_click_sets_it(lang: Lang, columns: int) -> None:
    width = max(min(columns, MAX_WIDTH) - 2, 50)
    with speaking(["--lang", lang]):
        context = root.make_context("applicability", [], terminal_width=width, resilient_parsing=True)
        assert page(lang, columns) == root.get_help(context) + "\n"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--lang", "zh", "-h"], ["--help", "--lang=zh"]])
def test_the_help_is_the_same_as_in_a_run(arguments: list[str], run: Run, process: Run) -> None:
    assert process(*arguments).stdout == run(*arguments).stdout.replace("root", "applicability", 1)


@pytest.mark.parametrize(
    "arguments",
    [[], ["check", "--help"], ["--help", "check"], ["--lang", "fr", "--help"], ["--lang", "--help"], ["--version"]],
)  # fmt: skip
def test_what_is_not_known_for_certain_is_left_to_click(arguments: list[str]) -> None:
    assert answer(arguments, {}) is None


OPTIONS = sorted({name for options, _ in completion_table.COMMANDS.values() for names, *_ in options for name in names})
WORDS = [
    *COMMANDS,
    *OPTIONS,
    "--lang",
    "zh",
    "--lang=zh",
    "--format=json",
    "--help=x",
    "x.yaml",
    "5",
    "--",
    "-",
    "--no",
    "",
]
STARTS = [
    "",
    "-",
    "--",
    "--l",
    "--lang",
    "--lang=",
    "c",
    "co",
    "check",
    "e",
    "js",
    "5",
    "x",
    "=",
    "--format=j",
    "-h",
    "/",
]


@settings(max_examples=drawn(1500), deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=1),
    st.sampled_from(list(COMMANDS)),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.sampled_from(STARTS),
)
@example([], "check", ["x.yaml", "--format"], "")
@example([], "check", ["--only", "eligible"], "--o")
@example([], "completion", [], "")
@example([], "show", ["5"], "")
def test_what_is_completed_is_what_click_completes(
    before: list[str], command: str, words: list[str], incomplete: str
) -> None:
    for line in (before, [*before, command, *words]):
        found = complete(line, incomplete)
        if found is not None:
            with speaking(["--lang", "en"]):
                assert found == by_click(line, incomplete)


def test_most_lines_are_completed_without_click() -> None:
    lines = [
        ([], ""),
        ([], "che"),
        ([], "--"),
        (["check"], "-"),
        (["check", "x.yaml", "--format"], "j"),
        (["screen"], "--"),
    ]
    assert all(complete(words, incomplete) for words, incomplete in lines)


@pytest.mark.parametrize(
    "line", ["applicability ", "applicability c", "applicability check --f", "applicability check -o x --format "]
)
@pytest.mark.parametrize(("shell", "kind"), [("bash", BashComplete), ("zsh", ZshComplete), ("fish", FishComplete)])
def test_a_shell_is_told_what_click_tells_it(
    line: str, shell: str, kind: type[ShellComplete], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    words = {VARIABLE: f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    told = answer([], words)
    if shell == "fish":
        assert told is None
    else:
        assert told == kind(root, {}, "applicability", VARIABLE).complete() + "\n"


@pytest.mark.parametrize("words", ["applicability 'che", 'applicability "x y" c', "applicability a\\ b"])
def test_a_line_in_quotation_marks_is_left_to_click(words: str) -> None:
    assert answer([], {VARIABLE: "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "1"}) is None


def test_the_table_of_completion_is_current() -> None:
    command = [sys.executable, str(ROOT / "tools" / "completion_table.py")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def loaded(folder: Path, *arguments: str, **env: str) -> set[str]:
    """The modules that a run has loaded when it ends."""
    code = (
        "import sys; sys.argv = ['applicability', *sys.argv[1:]]; from applicability.cli import main\n"
        "try: main()\nexcept SystemExit as e: assert not e.code, e.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment(**env), check=True)
    return set(done.stderr.split())


HEAVY = {
    "click",
    "dataclasses",
    "jinja2",
    "pathlib",
    "pydantic",
    "rich",
    "tempfile",
    "typing",
    "yaml",
    "applicability.api",
}


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["--help"], {}),
        ([], {VARIABLE: "bash_complete", "COMP_WORDS": "applicability ch", "COMP_CWORD": "1"}),
        ([], {VARIABLE: "zsh_complete", "COMP_WORDS": "applicability check --", "COMP_CWORD": "2"}),
    ],
    ids=["help", "a command", "an option"],
)
def test_help_and_completion_load_nothing_heavy(arguments: list[str], env: dict[str, str], tmp_path: Path) -> None:
    assert loaded(tmp_path, *arguments, **env).isdisjoint(HEAVY)


def test_a_check_whose_rulebook_is_cached_loads_what_it_needs(tmp_path: Path) -> None:
    profile = ROOT / "examples" / "travel-agency-chengdu.yaml"
    cache = {"APPLICABILITY_CACHE": str(tmp_path / "cache")}
    loaded(tmp_path, "check", str(profile), **cache)
    found = loaded(tmp_path, "check", str(profile), **cache)
    assert found.isdisjoint(
        HEAVY - {"click", "typing", "applicability.api"} | {"platformdirs", "applicability.loading.rulebook"}
    )


def test_click_is_asked_as_before(process: Run) -> None:
    assert process("--version").stdout.startswith("applicability ")
    assert process("chek").returncode == 2
    assert isinstance(root, click.Group)
