"""The plain part of YAML is read as the YAML library reads it, to the column, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from applicability.loading.yaml.plain import read_plain
from applicability.loading.yaml.reader import _parse_whole, parse

from ..examples import drawn

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
PIECES = [
    "a", "b2", "_x", "city", "null", "~", "成都", "天津 市", "72.9", "010", "NO", "2026-01-31", "a-b", "-", "- ",
    "-- x", "'", '"', "''", '"x"', "'成 都'", '"a: b"', "'a #b'", '"\\n"', ":", ": ", ":x", " ", "  ", "#", " # c",
    "#c", "[", "]", "[]", "[a, b]", "['x', \"y\"]", "[a,b ]", "[ a]", "[a b, ]", ", ", "{", "}", "&a", "*a", "!x", "|",
    ">", "?", "@", "`", "%", "...", "---", "\t", "\r", "\u00a0", "\u2028", "\ufeff", "（一）", "“x”", "é", "²",
]  # fmt: skip
LINES = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(PIECES), st.sampled_from(PIECES)),
    st.builds("{}:{}".format, st.sampled_from(PIECES), st.sampled_from(PIECES)),
    st.builds("{}- {}".format, st.sampled_from(["", " ", "  "]), st.sampled_from(PIECES)),
    st.builds("{}:".format, st.sampled_from(PIECES)),
    st.lists(st.sampled_from(PIECES), max_size=5).map("".join),
    st.sampled_from(["", "# c", "  # c", "a: x", "b: [x, y]", "c:", "- x", "  - 'y'  # z"]),
)


@settings(max_examples=drawn(1500), deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6).map("\n".join))
@example("a:\n- x\n  - y\n")
@example("a:#x\n- y")
@example("a: 'x' # y\nb:   # z\n  - \"q\"\n\n  # w\n  -   r s  # t\nc: [ x ,'y']")
@example("a: x\n  y")
@example("a: x\na: y")
def test_what_is_read_is_what_the_library_reads(text: str) -> None:
    found = read_plain(text)
    if found is not None:
        data, places, keys = found
        tree, problems = _parse_whole(text, "f", "P")
        assert tree is not None, problems
        assert tree.data == data
        assert {path: (at.line - 1, at.column - 1) for path, at in tree.places.items()} == places
        assert {path: (at.line - 1, at.column - 1) for path, at in tree.keys.items()} == keys


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_read_alike_and_most_of_them_plainly(path: Path) -> None:
    tree, problems = parse(path.read_bytes(), "f", "P")
    whole, others = _parse_whole(path.read_text("utf-8"), "f", "P")
    assert problems == others == []
    assert tree == whole


def test_most_examples_of_profiles_are_plain() -> None:
    profiles = [path.read_text("utf-8") for path in EXAMPLES if "register" not in path.name]
    assert sum(read_plain(text) is not None for text in profiles) * 2 > len(profiles)


def test_what_is_long_is_left_to_the_library() -> None:
    assert read_plain("a: b\n" * 1) is not None
    assert read_plain("# " + "x" * 60_000 + "\na: b\n") is None
