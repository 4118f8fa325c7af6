"""Lines fit, Chinese punctuation stays with its words, and profile content is inert."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from applicability.report import Options, render, whole
from applicability.report.layout.wrap import KNOWN_WIDTHS, printable, wrap

from .conftest import Assess


@given(st.text(alphabet="甲乙，。（）“”ab c1-\u00a0\n", max_size=60), st.integers(8, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.text(alphabet="甲乙丙丁，", max_size=60))
def test_no_line_begins_with_a_comma(text: str) -> None:
    once = re.sub("，+", "，", f"始{text}")
    assert not any(line.startswith("，") for line in wrap(once, 20))


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(width: int, lang: str, assess: Assess) -> None:
    shown = render(whole(assess(city="苏州")), "text", Options("zh" if lang == "zh" else "en", True, width))
    assert max(cell_len(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize("text", ["\x1b]0;x\x07", "\x9b31m", "a\u202eb", "\u2028", "\ud800", "\x00"])
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    assert all(char.isprintable() for char in printable(text))


def test_colours_only_where_asked_for(assess: Assess) -> None:
    assert "\x1b[" in render(whole(assess()), "text", Options("en", color=True))
    assert "\x1b" not in render(whole(assess(name="\x1b[31m")), "text", Options("en"))


@pytest.mark.parametrize(("first", "last", "width"), KNOWN_WIDTHS)
def test_the_widths_that_are_known_without_rich_are_those_of_rich(first: str, last: str, width: int) -> None:
    assert {cell_len(chr(code)) for code in range(ord(first), ord(last) + 1)} == {width}
