"""The cache is optional: if it cannot be used, the rulebook is read without it."""

from __future__ import annotations

import errno
import os
import pickle
import sys
import time
from pathlib import Path

import platformdirs
import pytest

from applicability.loading import cache
from applicability.loading.source import read_source

SMALL = read_source(Path(__file__).parents[1] / "data" / "small-rulebook", "rules")


def loaded() -> str:
    return cache.load(SMALL, lambda book: None).digest


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("APPLICABILITY_CACHE", str(folder))
    return folder


def test_what_is_cached_is_what_was_read(own: Path) -> None:
    assert loaded() == loaded() == SMALL.digest
    assert len(list(own.iterdir())) == 1


def test_each_environment_has_its_own(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded()
    monkeypatch.setattr(sys, "prefix", "/opt/another")  # its engine may be another build, which reads no image of ours
    assert loaded() == SMALL.digest
    assert len(list(own.iterdir())) == 2


def test_a_user_without_a_home_needs_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("APPLICABILITY_CACHE")
    monkeypatch.chdir(tmp_path)

    monkeypatch.setattr(sys, "platform", "darwin")  # elsewhere it is platformdirs that knows the folder

    def nowhere(*_: object, **__: object) -> str:
        raise RuntimeError("could not determine the home directory for '~/.cache'")

    for answer in (nowhere, lambda *_, **__: "~/.cache/applicability"):  # some versions of platformdirs return this
        monkeypatch.setattr(platformdirs, "user_cache_dir", answer)
        assert loaded() == SMALL.digest
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["a file", "below a file", "a broken link", "a loop", "a long name", "no mode at all"])
def test_a_folder_that_cannot_be_used_is_passed_over(kind: str, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    match kind:
        case "a file":
            own.write_text("x", "utf-8")
        case "below a file":
            own.write_text("x", "utf-8")
            monkeypatch.setenv("APPLICABILITY_CACHE", str(own / "cache"))
        case "a broken link":
            own.symlink_to(own.parent / "nowhere" / "at all")
        case "a loop":
            own.symlink_to(own)
        case "a long name":
            monkeypatch.setenv("APPLICABILITY_CACHE", "x" * 5000)
        case "no mode at all":
            own.mkdir(mode=0o000)
    assert loaded() == SMALL.digest
    if kind == "no mode at all":
        own.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners are told apart on POSIX only")
def test_a_folder_that_others_can_write_is_not_read(own: Path) -> None:
    own.mkdir()
    own.chmod(0o777)
    assert loaded() == SMALL.digest
    assert list(own.iterdir()) == []


def test_what_could_not_be_written_leaves_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for module, name in ((pickle, "dump"), (os, "replace")):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, full)
            assert loaded() == SMALL.digest
        assert list(own.iterdir()) == []


def test_what_a_killed_process_was_writing_goes_with_the_next_entry(own: Path) -> None:
    own.mkdir()
    for name, age in (("old.new", 2 * 3600), ("just now.new", 0)):
        (own / name).write_bytes(b"x")
        os.utime(own / name, (time.time() - age,) * 2)
    loaded()
    assert sorted(one.suffix for one in own.iterdir()) == [".new", ".pickle"]
    assert not (own / "old.new").exists()
