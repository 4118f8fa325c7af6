"""A paper leaves out doubts that concern nobody in the case: of places elsewhere, and of the form of a character."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook, check
from applicability.report.language.reasons import FindingText
from applicability.report.layout.paper import Pairs
from applicability.report.papers.rows import RowWriter

DAY = datetime.date(2026, 11, 1)
FACTS = {"entity_kind": "enterprise", "registered_here": True, "foreign_share": 60}


def doubts(rulebook: Rulebook, row: int, **facts: object) -> str:
    """The doubts of a row that a paper tells, in English."""
    finding = check({**FACTS, **facts}, rulebook, as_of=DAY, engine="reference").finding(row)
    assert finding.measure.doubts
    return " ".join(one.en for one in FindingText(finding).doubts_here)


@pytest.mark.parametrize(
    ("city", "told"), [("天津", False), ("海口", False), ("三沙", True), ("海南", True), (None, True)]
)
@pytest.mark.parametrize("row", [89, 119])
def test_a_doubt_on_a_place_is_told_to_whoever_may_stand_there(
    row: int, city: str | None, told: bool, rulebook: Rulebook
) -> None:
    assert ("Sansha" in doubts(rulebook, row, city=city)) is told


@pytest.mark.parametrize("row", [57, 101, 102, 124])
def test_the_form_of_a_character_is_no_doubt_of_anybody(row: int, rulebook: Rulebook) -> None:
    assert "scan" not in doubts(rulebook, row, city="上海").replace("the scan shows no scope column", "")


def test_other_formats_still_tell_every_doubt(rulebook: Rulebook) -> None:
    finding = check({**FACTS, "city": "天津"}, rulebook, as_of=DAY, engine="reference").finding(119)
    assert any("Sansha" in one.en for one in FindingText(finding).doubts)


def test_every_doubt_on_a_slip_of_the_scan_remains(rulebook: Rulebook) -> None:
    assert "slip" in doubts(rulebook, 48, city="重庆")


def test_nor_is_there_a_note_on_how_such_a_character_was_translated(rulebook: Rulebook) -> None:
    facts = {**FACTS, "city": "上海", "activities": ["travel-agency"]}
    finding = check(facts, rulebook, as_of=DAY, engine="reference").finding(57)
    (pairs,) = [one for one in RowWriter(rulebook, finding.facts).full(finding) if isinstance(one, Pairs)]
    assert not {"In doubt", "As the scan was read"} & {label.en for label, _ in pairs.rows}
