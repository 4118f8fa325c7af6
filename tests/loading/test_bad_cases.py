"""Cases whose rows or document are not in the rulebook are refused, wherever in the case they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability import Rulebook
from applicability.errors import RulebookError
from applicability.loading.cases import read_cases


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("missing: {9999: [city]}", "c.yaml:5:13: R303 there is no row 9999"),
        ("limb: {9999: a}", "c.yaml:5:10: R303 there is no row 9999"),
        ("limits: {9999: {9999.a: kept}}", "c.yaml:5:12: R303 there is no row 9999"),
        ("expect: {eligible: [9999]}", "c.yaml:5:22: R303 there is no row 9999"),
        ("document: plan-2025-48", "c.yaml:5:13: R147 unknown document `plan-2025-48`"),
        (
            "document: nothing-like-it\n  expect: {eligible: [1], lost: rest}\n  missing: {1: [city]}",
            "c.yaml:5:13: R147 unknown",
        ),
    ],
)
def test_a_case_that_names_what_is_not_there_is_refused(
    part: str, said: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    text = f"as_of: 2026-11-01\ncases:\n- name: A company somewhere\n  profile: {{city: 厦门}}\n  {part}\n"
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    with pytest.raises(RulebookError) as refused:
        read_cases(tmp_path, "cases", rulebook)
    assert len(refused.value.problems) == 1
    assert said in str(refused.value)
