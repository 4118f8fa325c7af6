"""What every test may use: the packaged rulebook, read once, and never the user's own cache."""

from __future__ import annotations

import os

os.environ["APPLICABILITY_CACHE"] = "off"

import pytest
from hypothesis import settings

from applicability import Rulebook, load_rulebook

# Deterministic: the same examples on every run and every machine.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that comes with the package."""
    return load_rulebook()
