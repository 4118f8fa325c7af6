"""Every file of a rulebook as editors save it: a byte order mark is accepted, another encoding is one problem."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from applicability.errors import RulebookError
from applicability.loading.rulebook import build
from applicability.loading.source import RuleFiles, read_source, rules_folder

FOLDER = Path(__file__).parents[1] / "data" / "small-rulebook"
GOOD = read_source(FOLDER, "rules")
PLAN = read_source(rules_folder(), "rules")
NAMES = sorted(GOOD.files)
BOM = b"\xef\xbb\xbf"


def built(name: str, data: bytes) -> object:
    book = build(replace(GOOD, files={**GOOD.files, name: data}))
    return [(one.key, one.text, one.condition) for one in book.measures], dict(book.sectors.codes)


@pytest.mark.parametrize("name", NAMES)
def test_a_byte_order_mark_and_other_line_ends_change_nothing(name: str) -> None:
    data = GOOD.files[name]
    plain = built(name, data)
    assert built(name, BOM + data) == plain
    assert built(name, data.replace(b"\n", b"\r\n")) == plain


TABLES = [(PLAN, name) for name in sorted(PLAN.files) if name.endswith(".csv")]
FILES = [(GOOD, name) for name in NAMES if not GOOD.files[name].isascii()]


@pytest.mark.parametrize(("rules", "name"), [*FILES, *TABLES], ids=lambda one: one if isinstance(one, str) else "")
def test_another_encoding_is_one_problem_that_names_the_file(rules: RuleFiles, name: str) -> None:
    other = rules.files[name].decode("utf-8").encode("gb18030")
    with pytest.raises(RulebookError) as caught:
        build(replace(rules, files={**rules.files, name: other}))
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.file) == ("R004", f"rules/{name}")
    assert problem.location.line
    assert "GBK" in problem.hint


@pytest.mark.parametrize("indent", ["", "      "])
@pytest.mark.parametrize("name", NAMES)
def test_a_merge_conflict_is_named_wherever_it_stands(name: str, indent: str) -> None:
    lines = GOOD.files[name].decode("utf-8").split("\n")
    mine = [f"{indent}<<<<<<< HEAD", lines[1], f"{indent}=======", lines[1], f"{indent}>>>>>>> theirs"]
    with pytest.raises(RulebookError) as caught:
        built(name, "\n".join([lines[0], *mine, *lines[2:]]).encode())
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.location)) == ("R012", f"rules/{name}:2:1")


def test_a_merge_conflict_inside_a_text_is_not_shown_to_users() -> None:
    text = "derivations: []\nnote: |\n  before\n  <<<<<<< HEAD\n  mine\n  =======\n  theirs\n  >>>>>>> other\n"
    with pytest.raises(RulebookError, match=r"rules/derivations\.yaml:4:1: R012 an unresolved merge conflict"):
        built("derivations.yaml", text.encode())
