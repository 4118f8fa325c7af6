"""Keys are set in a file of any layout, and everything else is preserved."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given, strategies as st

from applicability.loading.yaml.edit import CannotEdit, with_values

ANSWER = '["ip-vpn"]'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("city: 天津\n", f"city: 天津\nactivities: {ANSWER}\n"),
        ("city: 天津", f"city: 天津\nactivities: {ANSWER}\n"),
        ("activities: null\ncity: 天津\n", f"activities: {ANSWER}\ncity: 天津\n"),
        ("'activities': ~\ncity: 天津\n", f"'activities': {ANSWER}\ncity: 天津\n"),
        ("activities:\ncity: 天津\n", f"activities: {ANSWER}\ncity: 天津\n"),
        ("activities:   # not yet\ncity: 天津\n", f"activities: {ANSWER}   # not yet\ncity: 天津\n"),
        ("activities :\ncity: 天津\n", f"activities : {ANSWER}\ncity: 天津\n"),
        ("? activities\n? city\n: 天津\n", f"? activities\n: {ANSWER}\n? city\n: 天津\n"),
        ("city: 天津\nactivities:", f"city: 天津\nactivities: {ANSWER}"),
        ("city: 天津\n...\n# end\n", f"city: 天津\nactivities: {ANSWER}\n...\n# end\n"),
        ("%YAML 1.1\n---\ncity: 天津\n", f"%YAML 1.1\n---\ncity: 天津\nactivities: {ANSWER}\n"),
        ("  city: 天津\n  name: x\n", f"  city: 天津\n  name: x\n  activities: {ANSWER}\n"),
        ("city: 天津\r\nname: x\r\n", f"city: 天津\r\nname: x\r\nactivities: {ANSWER}\r\n"),
        ("name: |\n  a\n  b", f"name: |\n  a\n  b\nactivities: {ANSWER}\n"),
        ("activities:\n- a # 1\n- b # 2\n# c\ncity: x\n", f"activities: {ANSWER} # 2\n# c\ncity: x\n"),
        ("activities: |\n  a\n\n# c\ncity: x\n", f"activities: {ANSWER}\n\n# c\ncity: x\n"),
        ("# firm\n{city: 天津}\n", f'# firm\n{{city: 天津, "activities": {ANSWER}}}\n'),
        ("{city: 天津, activities}", f"{{city: 天津, activities: {ANSWER}}}"),
        ("{city: 天津,}", f'{{city: 天津, "activities": {ANSWER}}}'),
        ("{}", f'{{"activities": {ANSWER}}}'),
        ('{\n  "city": "天津"\n}\n', f'{{\n  "city": "天津",\n  "activities": {ANSWER}\n}}\n'),
        ("{ # a\n city: 天津 # b\n}", f'{{ # a\n city: 天津, # b\n "activities": {ANSWER}\n}}'),
    ],
)  # fmt: skip
def test_a_value_is_set_where_it_belongs(before: str, after: str) -> None:
    assert with_values(before, {"activities": ["ip-vpn"]}) == after


@pytest.mark.parametrize("text", ["", "- a\n", "a: b: c\n", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n"])
def test_what_is_no_mapping_is_not_edited(text: str) -> None:
    with pytest.raises(CannotEdit):
        with_values(text, {"city": "x"})


_KEYS = st.sampled_from(["city", "name", "activities", "sector", "zones"])
_VALUES = st.one_of(st.none(), st.text(max_size=8), st.lists(st.text(max_size=5), max_size=3))


@given(st.dictionaries(_KEYS, _VALUES, min_size=1), st.dictionaries(_KEYS, _VALUES), st.booleans(), st.integers(0, 4))
def test_whatever_a_library_writes_can_be_added_to(
    old: dict[str, object], new: dict[str, object], flow: bool, indent: int
) -> None:
    text = yaml.safe_dump(old, allow_unicode=True, default_flow_style=flow, indent=indent, sort_keys=False)
    for before in (text, json.dumps(old), json.dumps(old, indent=indent)):
        try:
            after = with_values(before, new)
        except CannotEdit:
            continue  # rejected by the strict reader, such as a control character
        said = {name: value.rstrip("\n") if isinstance(value, str) else value for name, value in {**old, **new}.items()}
        found = yaml.safe_load(after)
        assert {k: v.rstrip("\n") if isinstance(v, str) else v for k, v in found.items()} == said
