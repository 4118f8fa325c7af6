"""Whoever asks about one part of a row reads its own verdict and reason, whatever the row comes to."""

from __future__ import annotations

import datetime
import html
import json
import re
from typing import Any

import pytest

from applicability import Rulebook, check
from applicability.report import Options, Selection, render
from applicability.report.language.reasons import FindingText
from applicability.text import Lang

DAY = datetime.date(2026, 11, 1)
HOSPITAL: dict[str, Any] = {
    "city": "上海",
    "entity_kind": "enterprise",
    "activities": ["non-profit-medical-institution"],
    "donors": "joint",
    "person_kind": [],
}
LANGS: tuple[Lang, ...] = ("zh", "en")


def page(rulebook: Rulebook, facts: dict[str, Any], row: int, form: str, lang: Lang) -> str:
    found = check(facts, rulebook, as_of=DAY, engine="reference")
    told = render(Selection(found, (found.finding(row),), single=True), form, Options(lang))  # type: ignore[arg-type]
    return re.sub(r"\s+|\\", "" if lang == "zh" else " ", html.unescape(re.sub(r"<[^>]*>", "", told)))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_shut_part_of_an_open_row_is_said_to_be_shut_and_why(rulebook: Rulebook, lang: Lang, form: str) -> None:
    found = page(rulebook, HOSPITAL, 20, form, lang)
    for told in {
        "zh": (
            "登记为民办非企业单位：须经认定；理由：",
            "境外捐资人任职：不适用；理由：主体类型须为自然人，填报为",
        ),
        "en": (
            "Registering it as a private non-enterprise unit: Conditional; why: ",
            "Donors from abroad holding office in it: Ineligible; why: the kind of entity must be natural person; "
            "the profile states company",
        ),
    }[lang]:
        assert told in found


@pytest.mark.parametrize("lang", LANGS)
def test_a_part_for_authorities_is_named_as_theirs(rulebook: Rulebook, lang: Lang) -> None:
    found = page(rulebook, {"city": "海南"}, 29, "text", lang)
    assert {"zh": "：仅约束主管部门", "en": "bringing in new products: Authorities only"}[lang] in found


def test_no_part_is_more_open_than_the_place_of_the_row(rulebook: Rulebook) -> None:
    for facts in (HOSPITAL, {**HOSPITAL, "city": "合肥"}, {"city": "重庆"}, {"city": "昆明"}, {}):
        for one in check(facts, rulebook, as_of=DAY, engine="reference"):
            parts = [part for part in FindingText(one).parts if part.verdict is not None]
            for part in parts:
                assert part.verdict is not None
                assert one.scope_verdict is None or part.verdict <= one.scope_verdict
                assert part.why
                assert all(reason.verdict >= part.verdict for reason in part.why)
            if parts:  # the row is as open as the most open of its parts
                assert max(part.verdict for part in parts if part.verdict is not None) is one.verdict


def test_a_part_that_waits_for_the_place_says_so(rulebook: Rulebook) -> None:
    """The hospital's own part is met; in Hefei all of the row waits for the city's tasks."""
    found = check({**HOSPITAL, "city": "合肥"}, rulebook, as_of=DAY, engine="reference").finding(20)
    first = FindingText(found).parts[0]
    assert first.bucket == "pending"
    assert "任务清单" in first.why[0].message.zh
    assert "a  Founding one by joint donation: Eligible" not in page(
        rulebook, {**HOSPITAL, "city": "合肥"}, 20, "text", "en"
    )


def test_json_has_each_part_with_its_reasons(rulebook: Rulebook) -> None:
    assessment = check({**HOSPITAL, "city": "合肥"}, rulebook, as_of=DAY, engine="reference")
    (row,) = json.loads(render(Selection(assessment, (assessment.finding(20),), single=True), "json", Options("en")))[
        "findings"
    ]
    first, _, third = row["limbs"]
    assert (first["verdict"], first["verdict_in_scope"]) == ("eligible", "pending")
    assert [one["kind"] for one in first["why"]] == ["step"]
    assert third["verdict_in_scope"] == "ineligible"
    assert any("natural person" in one["message"]["en"] for one in third["why"])
