"""The small rulebook, assessments on it, and golden files: UPDATE_GOLDEN=1 rewrites them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from applicability import Assessment, Profile, Rulebook, check, load_rulebook

GOLDEN = Path(__file__).parent / "golden"
Golden = Callable[[str, str], None]
Assess = Callable[..., Assessment]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """A rulebook with a row of every kind."""
    return load_rulebook(Path(__file__).parent.parent / "data" / "small-rulebook")


@pytest.fixture(scope="session")
def assess(rulebook: Rulebook) -> Assess:
    """Checks a profile given by keywords on a fixed day."""

    def assess(as_of: str = "2026-11-01", **facts: object) -> Assessment:
        day = datetime.date.fromisoformat(as_of)
        return check(Profile(**facts), rulebook, as_of=day, engine="reference")

    return assess


@pytest.fixture
def golden() -> Golden:
    """Compares a text with a golden file."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
