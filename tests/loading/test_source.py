"""The files of a rulebook: none is ignored silently."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from applicability import load_rulebook
from applicability.errors import RulebookError
from applicability.loading.cases import read_cases
from applicability.loading.source import read_source

RULES = Path(__file__).parents[1] / "data" / "small-rulebook"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the small rulebook with its measures moved."""
    shutil.copytree(RULES, tmp_path / "rules")
    (tmp_path / "rules" / "measures").rename(tmp_path / "measures")
    (tmp_path / "rules" / "measures").symlink_to("../measures")
    return tmp_path / "rules"


def test_a_linked_folder_is_read(rules: Path) -> None:
    assert set(read_source(rules).files) == set(read_source(RULES).files)
    assert len(load_rulebook(rules).measures) == len(load_rulebook(RULES).measures)


def test_a_folder_that_cannot_be_read_is_no_rulebook_of_fewer_rows(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = os.scandir

    def scandir(path: str | int) -> object:
        if isinstance(path, str) and Path(path) == rules / "measures":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(RulebookError) as caught:
        read_source(rules, "mine")
    assert str(caught.value) == "mine/measures: R001 cannot be read: Permission denied\n  hint: check its permissions"


@pytest.mark.parametrize("name", ["measures/90-more.yml", "measures/90-more.YAML", "more.Csv"])
def test_a_file_whose_name_ends_otherwise_is_told(name: str, rules: Path) -> None:
    (rules / name).write_text("measures: []\n", "utf-8")
    with pytest.raises(RulebookError, match="R014 is not read under this name"):
        read_source(rules)


def test_cases_whose_name_ends_otherwise_are_told(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yml").write_text("cases: []\n", "utf-8")
    with pytest.raises(RulebookError, match="R014 is not read under this name"):
        read_cases(tmp_path / "cases", "cases", load_rulebook(RULES))


def extending(folder: Path, base: str) -> Path:
    """A rulebook that only extends another."""
    folder.mkdir()
    manifest = f'id: x\nversion: "1"\ntitle: {{zh: 试, en: trial}}\nextends: {base}\n'
    (folder / "rulebook.yaml").write_text(manifest, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("bases", "said"),
    [
        (["."], "R015 extends itself\n"),
        (["../1", "../0"], "1/rulebook.yaml: R015 extends itself, by way of others: `0` → `../1` → `../0`"),
        (["../1", "../2", "../1"], "R015 extends itself, by way of others: `0` → `../1` → `../2` → `../1`"),
        (['"a\\0b"'], "R015 `extends` is not the name of a folder"),
        (["../nowhere"], "../nowhere: R001 no rulebook here"),
        ([f"../{'x' * 5000}"], "R001 cannot be read: File name too long"),
    ],
    ids=["itself", "each-other", "a-ring-further-on", "null", "nowhere", "long"],
)
def test_what_cannot_be_extended_is_named(bases: list[str], said: str, tmp_path: Path) -> None:
    for number, base in enumerate(bases):
        extending(tmp_path / str(number), base)
    with pytest.raises(RulebookError) as caught:
        read_source(tmp_path / "0", "0")
    assert said in str(caught.value)


def test_a_folder_that_cannot_be_looked_into_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plain = os.stat

    def refuse(path: str | int, **more: bool) -> object:
        if isinstance(path, str) and path.startswith(str(tmp_path)):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return plain(path, **more)

    monkeypatch.setattr(os, "stat", refuse)
    with pytest.raises(RulebookError, match="mine: R001 cannot be read: Permission denied"):
        read_source(tmp_path, "mine")
