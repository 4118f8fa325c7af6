"""Shared fixtures: the packaged rulebook, and a cache for the test run instead of the user's."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# One cache for all workers and commands: otherwise most of them would parse the whole rulebook's YAML.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["APPLICABILITY_CACHE"] = tempfile.mkdtemp(prefix="applicability-tests-")
    atexit.register(shutil.rmtree, os.environ["APPLICABILITY_CACHE"], ignore_errors=True)

# … and one cache of byte code: otherwise each of the hundreds of commands would compile the package.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None) is not None:
    sys.dont_write_bytecode = False

import pytest

from applicability import Rulebook, load_rulebook
from applicability.errors import Problem

from . import examples
from .both_languages import faults


def pytest_configure(config: pytest.Config) -> None:
    """Sets how many examples are drawn and what is collected, before any test is imported."""
    examples.choose(config.option.markexpr)
    config.pluginmanager.register(_Doctests())


def pytest_collection_finish() -> None:
    """Takes what importing left out of the sight of the collector, which would go through it again and again."""
    gc.collect()
    gc.freeze()


class _Doctests:
    """Skips collecting modules without doctests: importing the whole package takes most of the time of `-m quick`."""

    @pytest.hookimpl
    def pytest_ignore_collect(self, collection_path: Path, config: pytest.Config) -> bool | None:
        inside = collection_path.suffix == ".py" and (config.rootpath / "src") in collection_path.parents
        return True if inside and b">>>" not in collection_path.read_bytes() else None


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The packaged rulebook."""
    return load_rulebook()


@pytest.fixture(scope="session")
def problems_made() -> Iterator[set[Problem]]:
    """Records the problems that tests cause."""
    made: set[Problem] = set()
    plain = Problem.__init__

    def init(self: Problem, *args: object, **kwargs: object) -> None:
        plain(self, *args, **kwargs)  # type: ignore[arg-type]
        made.add(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Problem, "__init__", init)
        yield made


@pytest.fixture(autouse=True)
def every_mistake_is_told_in_both_languages(problems_made: set[Problem]) -> Iterator[None]:
    """Asserts that every problem caused by a test exists in Chinese and in English."""
    problems_made.clear()
    yield
    assert [fault for problem in problems_made for fault in faults(problem)] == []


# The files of `pytest -m quick`: the domain, its names, and the errors of broken profiles.
QUICK = ("tests/model/test_places.py", "tests/model/test_register.py", "tests/loading/test_bad_profiles.py", "src/")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Skips collecting other files for `-m quick`, since importing takes most of their time."""
    here = collection_path.relative_to(config.rootpath).as_posix() if collection_path.is_file() else ""
    others = here.startswith("tests/") and not here.startswith(QUICK) and collection_path.name.startswith("test_")
    return True if others and config.option.markexpr == "quick" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the quick tests."""
    for item in items:
        if item.nodeid.startswith(QUICK):
            item.add_marker(pytest.mark.quick)
