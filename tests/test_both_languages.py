"""Every error for users and rule authors exists in both languages, wherever a problem is created.

`conftest.py` checks every problem that a test creates with `both_languages.py`; this file checks the code creating it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from applicability.errors import Location, Problem
from applicability.messages import did_you_mean, reason_of
from applicability.text import Text

from .both_languages import faults_of
from .sources import modules

CLICK = ("BadParameter", "ClickException", "OutputError", "UsageError")


def calls(tree: ast.AST, names: tuple[str, ...]) -> Iterator[tuple[ast.Call, ast.AST]]:
    """The calls of those names, each with its enclosing function."""

    def within(node: ast.AST, around: ast.AST) -> Iterator[tuple[ast.Call, ast.AST]]:
        for one in ast.iter_child_nodes(node):
            if isinstance(one, ast.Call) and ast.unparse(one.func).split(".")[-1] in names:
                yield one, around
            yield from within(one, one if isinstance(one, ast.FunctionDef) else around)

    return within(tree, tree)


def in_one_language(said: ast.AST, around: ast.AST) -> bool:
    """Whether an argument is a plain string, directly or through a name in the same function. Empty strings do not
    count.
    """
    match said:
        case ast.Constant(value=value):
            return bool(value)
        case ast.JoinedStr():
            return True
        case ast.BoolOp(values=parts):
            return any(in_one_language(part, around) for part in parts)
        case ast.IfExp(body=one, orelse=other):
            return in_one_language(one, around) or in_one_language(other, around)
        case ast.Name(id=name):
            made = [node for node in ast.walk(around) if isinstance(node, ast.Assign)]
            own = [one.value for one in made if any(isinstance(t, ast.Name) and t.id == name for t in one.targets)]
            return any(in_one_language(value, around) for value in own if not isinstance(value, ast.Name))
    return False


def test_no_mistake_of_a_user_is_told_in_one_language_alone() -> None:
    found = []
    for path, tree in modules().items():
        for call, around in calls(tree, ("Problem",)):
            found += [f"{path}: {ast.unparse(call)}" for said in call.args[2:] if in_one_language(said, around)]
        if Path(path).name != "chinese.py":  # it holds the translations of click's English
            told = [call for call, around in calls(tree, CLICK) if in_one_language(call.args[0], around)]
            found += [f"{path}: {ast.unparse(call)}" for call in told]
    assert found == []


def as_written(words: ast.expr) -> str | None:
    """A text as written, with each slot replaced by its expression; None for anything else."""
    match words:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=parts):
            slots = (re.sub(r"\W+", "_", re.sub(r"\.(zh|en)\b", "", ast.unparse(one))) for one in parts)
            return "".join(
                str(one.value) if isinstance(one, ast.Constant) else slot
                for one, slot in zip(parts, slots, strict=True)
            )
    return None


def test_every_sentence_of_the_source_has_the_same_backticks_in_both_languages_and_no_english_in_chinese() -> None:
    found = []
    for path, tree in modules().items():
        for call, _ in calls(tree, ("Text",)):
            zh, en = ([as_written(one) for one in call.args] + [None, None])[:2]
            told = faults_of(Text(zh, en)) if zh is not None and en is not None else []
            # A text of slots only needs no Chinese, and a whole paragraph ends in a full stop.
            found += [f"{path}: {one}" for one in told if one.startswith(("other words", "English"))]
    assert found == []


def test_a_problem_is_one_value_and_english_to_programs() -> None:
    one = Problem("P101", Location("a.yaml", 1, 2), Text("没有 `x`", "no `x`"), Text("写 `y`", "write `y`"))
    assert one == Problem("P101", Location("a.yaml", 1, 2), Text("没有 `x`", "no `x`"), Text("写 `y`", "write `y`"))
    assert len({one, Problem(one.code, one.location, one.what, one.mend)}) == 1
    assert (one.message, one.hint, str(one)) == ("no `x`", "write `y`", "a.yaml:1:2: P101 no `x`\n  hint: write `y`")
    assert one.told("zh") == "a.yaml:1:2: P101 没有 `x`\n  提示：写 `y`"
    bare = Problem("R101", Location("a.yaml"), Text("没有 `x`", "no `x`"))
    assert (bare.told("zh"), bare.hint) == ("a.yaml: R101 没有 `x`", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (Text("没有 `x`", "no `y`"), "other words in backticks"),
        (Text("`x`", "`x`"), "no Chinese"),
        (Text("没有 there is no file", "x"), "English"),
        (Text("没有:文件", "x"), "English"),
        (Text("改正。", "mend it"), "a stop"),
    ],
)
def test_the_law_finds_what_breaks_it(text: Text, said: str) -> None:
    (fault,) = faults_of(text)
    assert fault.startswith(said)


def test_the_system_s_reasons_and_the_nearest_words_are_told_in_both() -> None:
    assert reason_of(PermissionError(13, "Permission denied")) == Text("没有权限", "Permission denied")
    assert reason_of(OSError(-1, "Odd thing")) == Text("“Odd thing”", "Odd thing")
    assert did_you_mean("xyz", ["city"]) is None
