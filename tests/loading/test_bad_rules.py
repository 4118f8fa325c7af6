"""One mistake in the rules per message, in folders by code: a rule file, the text to replace, its replacement,
and the expected message in both languages.

To write the expected messages of a new case, run with UPDATE_GOLDEN=1 and read what it wrote.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from applicability.errors import RulebookError
from applicability.loading.rulebook import build
from applicability.loading.source import RuleFiles, read_source, rules_folder
from applicability.text import Lang

from ..examples import one_in

FOLDER = Path(__file__).parents[1] / "data" / "bad-rules"
SLIPS = sorted(FOLDER.glob("R*/*.yaml"))
LANGUAGES: tuple[tuple[Lang, str], ...] = (("en", ".txt"), ("zh", ".zh.txt"))
GOOD = read_source(rules_folder(), "rules")
SMALL = read_source(Path(__file__).parents[1] / "data" / "small-rulebook", "rules")


@pytest.mark.parametrize("path", one_in(3, SLIPS), ids=lambda path: path.stem)
def test_a_slip_in_the_rules_is_named_with_its_place_and_its_mending(path: Path) -> None:
    slip = yaml.safe_load(path.read_text("utf-8"))
    source = SMALL if slip.get("folder") == "small-rulebook" else GOOD
    text = source.files[slip["file"]].decode("utf-8")
    assert slip["find"] in text
    files = {**source.files, slip["file"]: text.replace(slip["find"], slip["write"], 1).encode()}
    if "copy_as" in slip:
        files |= {slip["copy_as"]: files[slip["file"]]}
    with pytest.raises(RulebookError) as caught:
        build(replace(source, files=files))
    assert path.parent.name in {problem.code for problem in caught.value.problems}
    for lang, ending in LANGUAGES:
        said = "".join(f"{problem.told(lang)}\n" for problem in caught.value.problems)
        expected = path.with_suffix(ending)
        if os.environ.get("UPDATE_GOLDEN"):
            expected.write_text(said, "utf-8")
        assert said == expected.read_text("utf-8")


def test_every_slip_lies_in_the_folder_of_its_code() -> None:
    assert not list(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", ["facts.yaml", "scopes.yaml", "sectors.csv", "places/divisions.csv", "register.yaml"])
def test_a_rulebook_with_a_file_missing_never_answers(name: str) -> None:
    files = {other: data for other, data in GOOD.files.items() if other != name}
    with pytest.raises(RulebookError, match="the file is missing"):
        build(replace(GOOD, files=files))


def test_a_folder_that_is_no_rulebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no rulebook here"):
        read_source(tmp_path)


def test_the_digest_changes_with_any_byte_and_with_any_name() -> None:
    name = "register.yaml"
    longer = {**GOOD.files, name: GOOD.files[name] + b"\n"}
    renamed = {("other.yaml" if key == name else key): data for key, data in GOOD.files.items()}
    digests = {RuleFiles("rules", files).digest for files in (GOOD.files, longer, renamed)}
    assert len(digests) == 3
