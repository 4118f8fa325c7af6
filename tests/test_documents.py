"""What the README and the docs show is what the program prints.

A block ```` ```console ```` whose first line is `$ applicability …` is run in the repository's folder, 80 columns wide,
and must print the rest of the block; a line `…` ends the comparison. The pages under docs/examples are whole outputs.
The digest of the rulebook, which every change of a rule changes, is shown as `…`.
UPDATE_GOLDEN=1 writes what was printed.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from applicability import load_rulebook
from applicability.cli.root import root

FOLDER = Path(__file__).parents[1]
PAGES = [FOLDER / "README.md", FOLDER / "README.zh-CN.md", *sorted((FOLDER / "docs").rglob("*.md"))]
WHOLE = sorted((FOLDER / "docs" / "examples").glob("*.txt"))
DIGEST = re.compile(r"(?<=[（(])[0-9a-f]{12}(?=[）)])")
BLOCK = re.compile(r"```console\n\$ ((?:printf '[^']*' \| )?)applicability (.*)\n((?:.*\n)*?)```")


def printed(command: str, monkeypatch: pytest.MonkeyPatch, typed: str = "", folder: Path = FOLDER) -> str:
    monkeypatch.chdir(folder)
    environment = {"COLUMNS": "80", "LANG": "en_US.UTF-8", "LC_ALL": "", "NO_COLOR": "1"}
    result = CliRunner().invoke(root, shlex.split(command), env=environment, input=typed)
    assert result.exception is None or result.exit_code, result.output
    output = DIGEST.sub("…", result.output)
    # The engine depends on the Python version; the verdicts do not.
    return output.replace("engine clips", "engine durable").replace("引擎 clips", "引擎 durable")


# Its example changes every leaf of a row, and the one of a case.
SLOW = {"mutation.md"}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=page.name, marks=pytest.mark.thorough if page.name in SLOW else ())
        for page in PAGES
        if page.exists()
    ],
)
def test_a_page_shows_what_the_program_prints(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page.read_text("utf-8")

    def checked(block: re.Match[str]) -> str:
        # Typed input is an interview, which writes a profile in its working directory.
        typed = block[1].partition("'")[2].rpartition("'")[0].replace("\\n", "\n")
        folder = tmp_path if typed else FOLDER
        shown, real = block[3].splitlines(), printed(block[2], monkeypatch, typed, folder).splitlines()
        if shown and shown[-1] == "…":
            real = [*real[: len(shown) - 1], "…"]
        if not os.environ.get("UPDATE_GOLDEN"):
            assert shown == real, block[2]
        return f"```console\n$ {block[1]}applicability {block[2]}\n" + "".join(f"{line}\n" for line in real) + "```"

    renewed = BLOCK.sub(checked, text)
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(renewed, "utf-8")


@pytest.mark.parametrize("page", WHOLE, ids=lambda page: page.stem)
def test_an_example_prints_its_page(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _, shown = page.read_text("utf-8").partition("\n")
    real = printed(first.removeprefix("$ applicability "), monkeypatch)
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(f"{first}\n{real}", "utf-8")
    else:
        assert shown == real


def test_every_example_has_its_page() -> None:
    profiles = {path.name for path in (FOLDER / "examples").iterdir() if path.suffix in (".yaml", ".json")}
    shown = " ".join(page.read_text("utf-8").partition("\n")[0] for page in WHOLE)
    assert {name for name in profiles if name not in shown} == set()


def test_every_command_has_a_line_in_the_docs() -> None:
    for page in ("commands.md", "commands.zh-CN.md"):
        text = (FOLDER / "docs" / page).read_text("utf-8")
        commands = root.list_commands(None)  # type: ignore[arg-type]
        assert [name for name in commands if f"applicability {name}" not in text] == []


def test_the_two_commands_of_the_readme_are_two() -> None:
    for page in PAGES[:2]:
        assert len(re.findall(r"^```sh$", page.read_text("utf-8"), re.MULTILINE)) == 2


@pytest.mark.parametrize("page", ["python.md", "python.zh-CN.md", "contract.md", "contract.zh-CN.md"])
def test_the_python_of_the_docs_runs(page: str) -> None:
    for code in re.findall(r"```python\n(.*?)```", (FOLDER / "docs" / page).read_text("utf-8"), re.DOTALL):
        exec(compile(code, page, "exec"), {})


LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
MAP = [FOLDER / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")]


@pytest.mark.parametrize("page", [*PAGES, *MAP], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    found = LINK.findall(page.read_text("utf-8"))
    assert [link for link in found if not (page.parent / link).exists()] == []


def test_the_map_names_folders_and_files_that_there_are() -> None:
    text = (FOLDER / "ARCHITECTURE.md").read_text("utf-8")
    package = FOLDER / "src" / "applicability"
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*(?:\.py|/))`", text))
    assert [one for one in sorted(named) if not (package / one).exists() and not (FOLDER / one).exists()] == []
    folders = {one.parent.name for one in package.glob("*/__init__.py")}
    assert {one for one in folders if f"`{one}/`" not in text} == set()


def test_the_page_on_the_vocabulary_counts_right() -> None:
    rulebook = load_rulebook()
    text = (FOLDER / "docs" / "vocabulary.md").read_text("utf-8")
    assert f"`rules/facts.yaml` ({len(rulebook.facts)} facts)" in text
    assert f"`rules/activities.yaml` ({len(rulebook.sectors.activities)} activities)" in text
    rows = {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert rows == {measure.row for measure in rulebook.measures if not measure.lost}


def test_the_page_on_activities_is_the_rulebooks() -> None:
    done = subprocess.run(
        [sys.executable, FOLDER / "tools" / "activities_page.py"], capture_output=True, check=True, encoding="utf-8"
    )
    text = (FOLDER / "docs" / "activities.md").read_text("utf-8")
    assert done.stdout in text, "python tools/activities_page.py --write puts it in order"


def test_the_page_on_the_vocabulary_says_what_each_row_asks_for() -> None:
    done = subprocess.run(
        [sys.executable, FOLDER / "tools" / "vocabulary_rows.py"], capture_output=True, check=True, encoding="utf-8"
    )
    text = (FOLDER / "docs" / "vocabulary.md").read_text("utf-8")
    for table in done.stdout.split("\n\n"):
        assert table in text, "python tools/vocabulary_rows.py --write puts it in order"
