"""The self-descriptions of docs/readings are answered as recorded there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from applicability import Profile, load_rulebook
from applicability.loading.profile.reader import read_facts
from applicability.model.partial import PartialSet

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from self_descriptions import DAY, TABLES, answers


@pytest.mark.parametrize("table", TABLES)
def test_each_is_answered_as_recorded(table: str) -> None:
    told = answers(table)
    assert len(told) == 60
    assert {number: answer for number, (_, _, answer) in told.items()} == {
        number: recorded for number, (_, recorded, _) in told.items()
    }


def test_parts_whose_keys_were_read_as_truth_values_are_read() -> None:
    given = {"activities": {True: ["travel-agency"], False: ["app-store"]}}
    facts = read_facts(Profile.of(given), load_rulebook(), DAY)
    held = facts.values["activities"]
    assert isinstance(held, PartialSet)
    assert "travel-agency" in held.yes
    assert "app-store" in held.no
