"""A measure that its own scope and an instrument both open: the scope is the reason, the instrument is told beside."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook, check
from applicability.report.language import sentences as s
from applicability.report.language.reasons import FindingText
from applicability.text import Text

DAY = datetime.date(2026, 11, 1)


def reasons(rulebook: Rulebook, city: str) -> tuple[list[str], list[str]]:
    """The reasons of item 99 for a foreign-invested company of a city, in Chinese and in English."""
    facts = {"city": city, "foreign_share": 60, "entity_kind": "enterprise"}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    finding = next(one for one in assessment.findings if one.measure.row == 99)
    told = [one.message for one in FindingText(finding).why]
    return [one.zh for one in told], [one.en for one in told]


def test_within_the_scope_the_reason_is_the_scope(rulebook: Rulebook) -> None:
    zh, en = reasons(rulebook, "上海")
    assert en[0] == "Shanghai is within the scope (note 2)"
    assert en[1].startswith("places outside the scope are open too from 2025-09-15, by a later instrument: SAFE Notice")
    assert zh[1].startswith("另自2025-09-15起，适用范围之外的地方依后续文件也适用：汇发〔2025〕43号")


@pytest.mark.parametrize("city", ["苏州", "北京", "长沙"])
def test_beyond_the_scope_the_reason_is_the_instrument(city: str, rulebook: Rulebook) -> None:
    zh, en = reasons(rulebook, city)
    assert en[0].startswith("open from 2025-09-15 by a later instrument, beyond the places of the scope column:")
    assert zh[0].startswith("自2025-09-15起依后续文件适用，不限于适用范围栏所列地方：")
    assert not any("is within the scope" in one for one in en)


def test_what_weighs_as_its_source_says_is_told_once() -> None:
    press, other = Text("媒体报道", "press"), Text("商务部", "Ministry of Commerce")
    assert s.origin(press, "press") == press
    assert s.origin(other, "official") == Text("商务部；官方文件", "Ministry of Commerce; official")
