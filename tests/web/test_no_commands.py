"""A law: no problem that is shown on the page, over HTTP or to an assistant holds a command or an option."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from applicability import ApplicabilityError, Problem, Rulebook, check, read_profile
from applicability.errors import Location
from applicability.text import LANG_TAGS, Surface
from applicability.web.problems import details

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "applicability"
PROFILES = sorted(
    one for one in (ROOT / "tests" / "data" / "bad-profiles").rglob("*") if one.suffix in (".yaml", ".json")
)
TERMINAL = re.compile(r"`applicability\b|(?<![\w-])--[a-z]")
AWAY: tuple[Surface, ...] = ("page", "assistant")


def problems_of(path: Path, rulebook: Rulebook) -> tuple[Problem, ...]:
    try:
        check(read_profile(path.read_bytes(), "profile"), rulebook)
    except ApplicabilityError as error:
        return error.problems
    return ()


def test_no_mistake_in_a_profile_is_told_with_a_command(rulebook: Rulebook) -> None:
    """Every broken profile there is, as the page, HTTP and an assistant are told of it."""
    found, told = [], 0
    for path in PROFILES:
        for one in problems_of(path, rulebook):
            told += 1
            for lang in LANG_TAGS:
                [held] = details(422, [one], lang, "0").problems
                shown = [held.field, held.message, held.hint, *(one.told(lang, surface) for surface in AWAY)]
                found += [(path.name, words) for words in shown if TERMINAL.search(words)]
    assert told > 50
    assert found == []


def test_an_option_is_named_as_the_parameter_that_it_is_elsewhere(http: TestClient) -> None:
    early = http.get("/v1/map", params={"as_of": "2001-01-01"}).json()["problems"]
    place = http.get("/v1/map", params={"place": "火星"}).json()["problems"]
    assert [one["field"] for one in (*early, *place)] == ["as_of", "place"]
    assert not TERMINAL.search(str([early, place]))
    assert Location("--as-of").on("terminal").file == "--as-of"


# What no page, no request and no tool can reach: who asks for an engine by name, or reads a file of a profile.
_TERMINAL_ALONE = {
    "engines/select.py", "web/settings.py", "screening.py", "messages.py",
}  # fmt: skip


def _texts(tree: ast.AST) -> Iterator[str]:
    """The words of each plain `Text`; of a `SurfaceText` those that it has for elsewhere are such."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
            for each in node.args:
                yield "".join(str(one.value) for one in ast.walk(each) if isinstance(one, ast.Constant))


@pytest.mark.parametrize(
    "folder", ["loading/profile", "loading/company", "engines", "service", "web", "mcp", "model", ""]
)
def test_no_text_that_may_be_shown_elsewhere_names_a_command(folder: str) -> None:
    found: list[Any] = []
    for path in sorted((SOURCE / folder).rglob("*.py") if folder else SOURCE.glob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name not in _TERMINAL_ALONE:
            found += [(name, words) for words in _texts(ast.parse(path.read_text("utf-8"))) if TERMINAL.search(words)]
    assert found == []


def test_the_page_shortens_no_hint() -> None:
    """What a problem says it says whole: nothing is cut out of it on its way to the page."""
    script = (SOURCE / "web" / "static" / "dom.js").read_text("utf-8")
    words = (SOURCE / "web" / "plain_words.py").read_text("utf-8")
    assert "withoutCommands" not in script
    assert "without_commands" not in words
