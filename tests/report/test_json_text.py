"""JSON text is what the standard library writes, whatever is in it, with invisible characters spelled out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, strategies as st
from pydantic import JsonValue

from applicability.report.contract import Model, as_json

UNSEEN = {
    0xAD,
    0x61C,
    0xFEFF,
    *range(0x7F, 0xA0),
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x206A),
}
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
DATA = st.dictionaries(
    st.text(),
    st.recursive(SCALARS, lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=12),
)


class Held(Model):
    """A contract that holds anything."""

    held: dict[str, JsonValue]


class Around(Model):
    """A contract that holds another."""

    name: str
    several: list[Held]


@given(DATA)
@example({"exponents": [1e-5, 1.5e-4, 1e15, 1e16, -1e-300]})
@example({"no numbers": [float("inf"), float("-inf"), float("nan")]})
@example({"half a character": "\ud800"})
@example({"empty": [[], {}, ""], "control": '\x00\x1f"\\/\b\n', "": {"large": 10**30}})
@example({"unseen": "\x7f\u200b\u2028\ufeff"})
def test_json_text_is_that_of_the_standard_library(held: dict[str, Any]) -> None:
    written = json.dumps(held, ensure_ascii=False, indent=2) + "\n"
    assert as_json(held) == written.translate({code: f"\\u{code:04x}" for code in UNSEEN})
    model = Around(name="", several=[Held(held={}), Held(held=held)])
    assert model.to_json() == as_json(model.to_dict())


@pytest.mark.parametrize("code", sorted(UNSEEN))
def test_each_invisible_character_is_escaped_when_it_is_the_only_one(code: int) -> None:
    assert as_json({"名称": f"甲{chr(code)}乙"}) == f'{{\n  "名称": "甲\\u{code:04x}乙"\n}}\n'


def test_what_begins_with_the_same_bytes_is_left_as_it_is() -> None:
    assert as_json({"名称": "甲·乙ا“丙”…"}) == '{\n  "名称": "甲·乙ا“丙”…"\n}\n'
