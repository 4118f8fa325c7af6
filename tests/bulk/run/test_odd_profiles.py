"""In JSON Lines a value of the wrong shape, or a key that stands twice, costs its own fact and not the company."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from applicability.bulk.sources.flat_profiles import FewCells
from applicability.bulk.sources.jsonl import LinesSource
from applicability.bulk.sources.source import RowSource
from applicability.bulk.sources.table import ProfileSource
from applicability.errors import ProfileError
from applicability.screening import screen

from ..engine.tables import DAY
from .partly import BOOK, Partly, of_file

FINDINGS = {f"{key}": "unknown" for key in BOOK.judgements}
LIMITS = {f"{key}": "unknown" for key in BOOK.limits}
SHAPES: tuple[Any, ...] = (
    3,
    0.5,
    True,
    "x",
    ["x"],
    {"x": 1},
    [[]],
    [{}],
    {"yes": 3},
    {"above": "x"},
    {"yes": [[]], "above": 3},
)
# What each fact is said to be where that says it, or that there is nothing.
SAYS = {
    "foreign_share": (3, 0.5, {"yes": [[]], "above": 3}), "registered_here": (True,), "foreign_invested": (True,),
}  # fmt: skip


def of_lines(folder: Path, *lines: str, defaults: Mapping[str, object] | None = None) -> Partly:
    (folder / "mine.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    found = of_file(folder / "mine.jsonl", defaults)
    assert not found.broken
    return found


@pytest.mark.parametrize("fact", [*BOOK.facts])
def test_a_value_of_the_wrong_shape_costs_its_fact_and_is_noted(fact: str, tmp_path: Path) -> None:
    other = {"entity_kind": "enterprise"} if fact in ("city", "district", "registered_in") else {"city": "天津"}
    shapes = [one for one in SHAPES if one not in SAYS.get(fact, ()) or (one is True and True not in SAYS[fact])]
    lines = [json.dumps({"name": "甲", **other, fact: shape}) for shape in shapes]
    found = of_lines(tmp_path, *lines)
    for shape, profile, notes in zip(shapes, found.profiles, found.notes, strict=True):
        assert {key: value for key, value in profile.items() if key != fact} == other, shape
        assert fact not in profile, shape
        assert [column.split(".")[0] for column, _, _ in notes] == [fact] * len(notes), shape
        assert notes, shape


@pytest.mark.parametrize("key", ["address", "company_type", "credit_code", "province", "行业名称", "住所"])
@pytest.mark.parametrize("shape", [True, [], ["x"], {"x": 1}, {"yes": ["x"]}])
def test_what_should_be_a_text_and_is_none_is_noted(key: str, shape: object, tmp_path: Path) -> None:
    found = of_lines(tmp_path, json.dumps({"name": "甲", "entity_kind": "enterprise", key: shape}))
    assert found.profiles == [{"entity_kind": "enterprise"}]
    assert [(column, code) for column, code, _ in found.notes[0]] == [(key, "P102")]


@pytest.mark.parametrize("shape", [3, 0.5, True, "x", [], ["x"], [[]], "是"])
def test_findings_and_limits_of_the_wrong_shape_are_all_unknown(shape: object, tmp_path: Path) -> None:
    lines = [json.dumps({"name": "甲", "city": "天津", name: shape}) for name in ("determinations", "limits")]
    found = of_lines(tmp_path, *lines, '{"name": "乙", "city": "天津", "limits": {}, "determinations": null}')
    assert found.profiles == [
        {"city": "天津", "determinations": FINDINGS}, {"city": "天津", "limits": LIMITS}, {"city": "天津"},
    ]  # fmt: skip
    written = shape if isinstance(shape, str) else json.dumps(shape)
    assert found.notes == [[("determinations", "P102", written)], [("limits", "P102", written)], []]
    assert all(text.endswith("taken as unknown") for texts in found.texts[:2] for text in texts)


@pytest.mark.parametrize("shape", [3, "也许", [], ["x"], {}, {"yes": True}, [[]]])
@pytest.mark.parametrize(("name", "key"), [("determinations", "22.specific-area"), ("limits", "57.taiwan")])
def test_one_finding_or_limit_of_the_wrong_shape_is_unknown(name: str, key: str, shape: object, tmp_path: Path) -> None:
    found = of_lines(tmp_path, json.dumps({"city": "天津", name: {key: shape}}))
    assert found.profiles == [{"city": "天津", name: {key: "unknown"}}]
    assert [(column, code) for column, code, _ in found.notes[0]] == [(f"{name}.{key}", "P102")]


# A line with a key that stands twice, the profile that is left, and what is noted: the column, and both values.
TWICE = [
    ('"city": "上海", "city": "天津"', {}, [("city", "上海 / 天津")]),
    ('"foreign_share": 30, "foreign_share": 40', {}, [("foreign_share", "30 / 40")]),
    ('"registered_here": true, "registered_here": 1', {}, [("registered_here", "true / 1")]),
    ('"activities": ["ip-vpn"], "activities": []', {}, [("activities", '["ip-vpn"] / []')]),
    (
        '"activities": {"yes": ["travel-agency"], "yes": ["app-store"], "no": ["domestic-ip-vpn"]}',
        {"activities": {"no": ["domestic-ip-vpn"]}},
        [("activities.yes", '["travel-agency"] / ["app-store"]')],
    ),
    (
        '"zones": {"yes": ["东疆"]}, "zones": {"yes": ["陆家嘴"]}',
        {},
        [("zones", '{"yes": ["东疆"]} / {"yes": ["陆家嘴"]}')],
    ),
    ('"zones.yes": ["东疆"], "zones": {"yes": ["陆家嘴"]}', {}, [("zones.yes", '["东疆"] / ["陆家嘴"]')]),
    ('"investors": [{"origin": "HK", "origin": "US", "share": 50}]', {}, [("investors", "HK / US")]),
    ('"limits": {"57.taiwan": true, "57.taiwan": false}', {"limits": {"57.taiwan": "unknown"}},
     [("limits.57.taiwan", "true / false")]),
    ('"limits": {"57.taiwan": true}, "limits": {"57.taiwan": false}', {"limits": {"57.taiwan": "unknown"}},
     [("limits.57.taiwan", "true / false")]),
    ('"limits.57.taiwan": true, "limits": {"57.taiwan": false}', {"limits": {"57.taiwan": "unknown"}},
     [("limits.57.taiwan", "true / false")]),
    ('"limits": 3, "limits": {"57.taiwan": true}', {"limits": LIMITS}, [("limits", "3")]),
    ('"determinations": {"22.specific-area": true, "22.specific-area": false}',
     {"determinations": {"22.specific-area": "unknown"}}, [("determinations.22.specific-area", "true / false")]),
    ('"address": "上海市浦东新区示例路1号", "address": "天津市滨海新区示例路1号"', {},
     [("address", "上海市浦东新区示例路1号 / 天津市滨海新区示例路1号")]),
    ('"company_type": "有限责任公司(外国法人独资)", "company_type": "中外合资"', {},
     [("company_type", "有限责任公司(外国法人独资) / 中外合资")]),
    ('"credit_code": "91130825MAPBK4HYQY", "credit_code": "91330211MA3076WD4C"', {},
     [("credit_code", "91130825MAPBK4HYQY / 91330211MA3076WD4C")]),
    # Nothing is lost.
    ('"city": "上海", "city": "上海"', {"city": "上海"}, []),
    ('"city": "上海", "city": " 上海 "', {"city": " 上海 "}, []),
    ('"city": null, "city": "上海"', {"city": "上海"}, []),
    ('"city": "上海", "city": null', {"city": "上海"}, []),
    ('"city": null, "city": NaN', {}, []),
    ('"foreign_share": 30, "foreign_share": 30.0', {"foreign_share": "30"}, []),
    ('"investors": [{"origin": "HK", "share": 100}], "investors": [{"share": 100, "origin": "HK"}]',
     {"investors": [{"origin": "HK", "share": 100}]}, []),
    ('"determinations": {"22.specific-area": true}, "determinations": {}',
     {"determinations": {"22.specific-area": True}}, []),
    ('"未知": 1, "未知": 2', {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "left", "noted"), TWICE)
def test_a_key_that_stands_twice_costs_its_fact_if_the_values_differ(
    line: str, left: dict[str, object], noted: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = of_lines(tmp_path, f'{{"name": "甲", "entity_kind": "enterprise", {line}}}', '{"name": "乙"}')
    first = {key: value.strip() if isinstance(value, str) else value for key, value in found.profiles[0].items()}
    want = {key: value.strip() if isinstance(value, str) else value for key, value in left.items()}
    assert first == {"entity_kind": "enterprise", **want}
    assert [(column, value) for column, _, value in found.notes[0]] == noted
    assert {code for _, code, _ in found.notes[0]} <= {"S311", "P102"}
    assert found.profiles[1] == {}
    assert found.notes[1] == []
    assert found.names == ["甲", "乙"]


def test_a_note_tells_both_values(tmp_path: Path) -> None:
    found = of_lines(tmp_path, '{"name": "甲", "city": "上海", "city": "天津", "city": "杭州", "city": "上海"}')
    assert found.texts == [
        ["`city` stands more than once with different values, `上海` and `天津` and `杭州`; taken as missing"]
    ]


def test_both_names_are_shown(tmp_path: Path) -> None:
    found = of_lines(tmp_path, '{"name": "甲", "name": "乙", "city": "天津"}')
    assert found.names == ["甲 / 乙"]
    assert found.profiles == [{"city": "天津"}]
    assert found.notes == [[("name", "S311", "甲 / 乙")]]


def test_a_default_takes_the_place_of_none_of_them(tmp_path: Path) -> None:
    defaults = {"city": "天津", "foreign_share": 10, "limits": {"57.taiwan": True}}
    lines = (
        '{"name": "甲", "city": "上海", "city": "天津", "limits": []}',
        '{"name": "乙", "foreign_share": 30, "foreign_share": 40}',
        '{"name": "丙", "investors": [{"origin": "HK", "origin": "US"}]}',
    )
    found = of_lines(tmp_path, *lines, defaults=defaults)
    limits = {"57.taiwan": "True"}
    assert found.profiles == [
        {"foreign_share": 10, "limits": LIMITS},
        {"city": "天津", "limits": limits},
        {"city": "天津", "limits": limits},
    ]


def test_profiles_in_memory_are_read_alike() -> None:
    profiles = [
        {"name": "甲", "city": "天津", "determinations": 3}, {"name": "乙", "city": {"yes": ["天津"]}, "limits": []},
        {"name": "丙", "zones.yes": ["东疆"], "zones": {"yes": ["陆家嘴"]}},
    ]  # fmt: skip
    done = screen(profiles, BOOK, measures=[1], as_of=DAY)
    assert (done.summary.companies, done.summary.rejected) == (3, 0)
    assert done.notes is not None
    assert [(one["name"], one["column"], one["code"]) for one in done.notes.to_pylist()] == [
        ("甲", "determinations", "P102"), ("乙", "limits", "P102"), ("乙", "city", "P102"), ("丙", "zones.yes", "S311"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [('"city": "上海", "city": "天津"', "city", "S311"), ('"limits": []', "limits", "P102")],
)
def test_a_strict_run_stops_at_the_first(line: str, place: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(f'{{"name": "甲", "city": "天津"}}\n{{"name": "乙", {line}}}\n', "utf-8")
    with pytest.raises(ProfileError) as caught:
        screen(tmp_path / "mine.jsonl", BOOK, measures=[1], as_of=DAY, strict=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.file) == (code, f"row 2, {place}")


def test_numbers_of_identity_cards_that_stand_twice_are_masked(tmp_path: Path) -> None:
    line = '{"name": "甲", "city": "11010519491231002X", "city": "110105194912310038"}'
    found = of_lines(tmp_path, line)
    assert "19491231" not in f"{found.notes} {found.texts}"


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("限制", {"57.taiwan": False}, {"limits": {"57.taiwan": "False"}}),
        ("遵守的限制", {"57.taiwan": "x"}, {"limits": {"57.taiwan": "unknown"}}),
        ("限制", 3, {"limits": LIMITS}),
        ("认定", {"93.risk": True}, {"determinations": {"93.risk": True}}),
        ("findings", "x", {"determinations": FINDINGS}),
    ],
)
def test_limits_and_findings_count_under_every_key_that_a_profile_may_have(
    key: str, value: object, says: Mapping[str, object], tmp_path: Path
) -> None:
    found = of_lines(tmp_path, json.dumps({"name": "甲", "city": "天津", key: value}))
    assert found.profiles == [{"city": "天津", **says}]


def test_a_limit_under_two_keys_that_differ_is_unknown(tmp_path: Path) -> None:
    line = {"name": "甲", "city": "天津", "limits": {"57.taiwan": True}, "限制": {"57.taiwan": False}}
    found = of_lines(tmp_path, json.dumps(line))
    assert found.profiles == [{"city": "天津", "limits": {"57.taiwan": "unknown"}}]
    assert [code for _, code, _ in found.notes[0]] == ["S311"]


@pytest.mark.parametrize("kind", ["jsonl", "memory"])
def test_keys_that_each_profile_has_alone_cost_their_names_only(kind: str, tmp_path: Path) -> None:
    profiles: list[dict[str, object]] = [{"city": "上海", f"key{number}": "x" * 9} for number in range(3000)]
    if kind == "memory":
        source: RowSource = ProfileSource(profiles, 1000, {"city": "city"}.get)
    else:
        path = tmp_path / "companies.jsonl"
        path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in profiles), "utf-8")
        source = LinesSource(1000, str(path), path.open("rb"), {"city": "city"}.get)
    names: set[str] = set()
    with closing(source):
        every = list(source.batches())
    for rows in every:
        columns = rows.table.columns
        assert all(isinstance(cells, FewCells) for name, cells in columns.items() if name != "city")
        assert [*columns["city"]] == ["上海"] * 1000
        number = rows.lines[7] - 1
        assert [*columns[f"key{number}"]] == [None] * 7 + ["x" * 9] + [None] * 992
        assert columns[f"key{number}"][-993] == "x" * 9
        assert columns[f"key{number}"][6:9] == [None, "x" * 9, None]
        names.update(columns)
    assert names == {"city", *(f"key{number}" for number in range(3000))}
