"""Where the scan is doubtful, every answer mentions it."""

from __future__ import annotations

import pytest

from applicability import Profile, Rulebook, check
from applicability.report.language.reasons import FindingText

UNSEEN = [*range(81, 86), *range(109, 117), *range(125, 132)]
SLIPS = [21, 22, 29, 48, 57, 66, 69, 89, 101, 102, 117, 120, 124, 127, 143, 147]


@pytest.mark.parametrize("row", sorted({*UNSEEN, *SLIPS}))
def test_a_doubtful_row_carries_its_doubt(row: int, rulebook: Rulebook) -> None:
    told = FindingText(check(Profile(city="上海"), rulebook, engine="reference").finding(row))
    assert told.doubts
    assert all(doubt.zh and doubt.en for doubt in told.doubts)
    if row in UNSEEN:
        assert rulebook.measure(row).capture in ("not-captured", "glued")


def test_a_row_that_rests_on_a_press_report_says_so(rulebook: Rulebook) -> None:
    hainan = FindingText(check(Profile(city="海口", as_of="2026-01-01"), rulebook).finding(89))
    assert any("海口海关核实" in doubt.zh for doubt in hainan.doubts)
