"""What every test may use: the packaged rulebook, and a cache of the run's own, never the user's."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

# One for all workers, and for every command that a test starts: most would else read the whole rulebook's YAML anew.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["APPLICABILITY_CACHE"] = tempfile.mkdtemp(prefix="applicability-tests-")
    atexit.register(shutil.rmtree, os.environ["APPLICABILITY_CACHE"], ignore_errors=True)

import pytest
from hypothesis import settings

from applicability import Rulebook, load_rulebook
from applicability.errors import Problem

from .both_languages import faults

# Deterministic: the same examples on every run and every machine.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that comes with the package."""
    return load_rulebook()


@pytest.fixture(scope="session")
def problems_made() -> Iterator[set[Problem]]:
    """The problems that tests make, whichever they are."""
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
    """Whatever a test does wrong on purpose is told in Chinese as well as in English."""
    problems_made.clear()
    yield
    assert [fault for problem in problems_made for fault in faults(problem)] == []


# What `pytest -m quick` runs: the domain, its names, and what a broken profile is told.
QUICK = ("tests/model/test_places.py", "tests/model/test_register.py", "tests/loading/test_bad_profiles.py", "src/")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import no other test file where only the quick ones are asked for: most of their time is importing."""
    here = collection_path.relative_to(config.rootpath).as_posix() if collection_path.is_file() else ""
    others = here.startswith("tests/") and not here.startswith(QUICK) and collection_path.name.startswith("test_")
    return True if others and config.option.markexpr == "quick" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the quick tests."""
    for item in items:
        if item.nodeid.startswith(QUICK):
            item.add_marker(pytest.mark.quick)
