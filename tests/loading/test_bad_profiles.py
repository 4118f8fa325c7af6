"""One broken profile per message, in folders by code: the whole message, place and hint included, in both languages.

To write the expected messages of a new file, run with UPDATE_GOLDEN=1 and read what it wrote.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from applicability import ApplicabilityError, Rulebook, check, load_profile
from applicability.errors import ProfileError

FOLDER = Path(__file__).parents[1] / "data" / "bad-profiles"
BROKEN = sorted(path for path in FOLDER.glob("P*/*") if path.suffix in (".yaml", ".json"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_profile_says_what_where_and_how_to_mend_it(
    path: Path, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    with pytest.raises(ProfileError) as caught:
        check(load_profile(path.name), rulebook, engine="reference")
    chinese = "\n".join(problem.told("zh") for problem in caught.value.problems)
    for said, expected in ((f"{caught.value}\n", ".txt"), (f"{chinese}\n", ".zh.txt")):
        golden = path.with_suffix(expected)
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(said, "utf-8")
        assert said == golden.read_text("utf-8")
    assert caught.value.problems[0].code == path.parent.name
    for problem in caught.value.problems:
        assert problem.hint


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a: " + b"x" * 50_000_000, "P003"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "P004"),
        ("city: 天津\n".encode("gb18030"), "P004"),
        (b"city: \x00\n", "P004"),
        (b"a: " + b"[" * 100_000, "P006"),
        (b"a: " + b"{b: " * 100_000, "P006"),
        (b"- " * 100_000, "P006"),
    ],
    ids=["50-MB", "binary", "GB-18030", "control-character", "deep-lists", "deep-mappings", "deep-dashes"],
)
def test_a_file_that_is_no_profile_is_refused_before_it_costs_anything(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes(data)
    with pytest.raises(ProfileError) as caught:
        load_profile(path)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.yaml", "no such file"), (tmp_path, "is a folder")):
        with pytest.raises(ApplicabilityError, match=words):
            load_profile(path)


def test_json_is_read_with_its_lines(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "profile.json"
    path.write_text('{\n\t"city": "天津",\n\t"foreign_share": 101\n}\n', "utf-8")
    with pytest.raises(ProfileError) as caught:
        check(load_profile(path), rulebook)
    (problem,) = caught.value.problems
    assert (problem.location.line, problem.code) == (3, "P108")


def test_json_may_escape_characters_beyond_the_basic_plane_and_places_stay(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "profile.json"
    told = {"name": "𠮷田😀", "city": "上海", "foreign_share": "x𠮷", "activities": ["𠮷"]}
    for indent in (None, 1):
        text = json.dumps(told, indent=indent)
        assert "\\ud842\\udfb7" in text
        path.write_text(text, "utf-8")
        profile = load_profile(path)
        assert dict(profile.facts) == told
        with pytest.raises(ProfileError) as caught:
            check(profile, rulebook)
        marks = [text.index('"x'), text.rindex('"\\ud842')]
        assert [(one.location.line, one.location.column) for one in caught.value.problems] == [
            (text.count("\n", 0, mark) + 1, mark - text.rfind("\n", 0, mark)) for mark in marks
        ]


def test_an_escaped_backslash_before_a_u_is_no_escape(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_text(r'{"name": "\\ud842\\udfb7"}', "utf-8")
    assert load_profile(path).facts["name"] == r"\ud842\udfb7"


@pytest.mark.parametrize("half", ["\\ud842", "\\udfb7", "\\udfb7\\ud842"])
def test_half_a_character_is_named_as_such(half: str, tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_text(f'{{"name": "{half}"}}', "utf-8")
    with pytest.raises(ProfileError, match="P013 an escape that is half a character"):
        load_profile(path)
