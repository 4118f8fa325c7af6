"""Papers are of the rulebook that comes with the package."""

from __future__ import annotations

import pytest

from applicability import Rulebook, load_rulebook


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The packaged rulebook."""
    return load_rulebook()
