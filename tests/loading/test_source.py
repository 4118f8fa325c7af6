"""The files of a rulebook: none is left out without a word."""

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
    """A copy of the small rulebook, whose measures stand elsewhere."""
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
    with pytest.raises(RulebookError, match="R001 is not read under this name"):
        read_source(rules)


def test_cases_whose_name_ends_otherwise_are_told(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yml").write_text("cases: []\n", "utf-8")
    with pytest.raises(RulebookError, match="R001 is not read under this name"):
        read_cases(tmp_path / "cases", "cases", load_rulebook(RULES))
