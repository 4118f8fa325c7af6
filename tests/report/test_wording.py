"""Sentences: complete, equivalent in both languages, and right about what decided."""

from __future__ import annotations

import datetime
import re
from string import Formatter
from typing import Any

import pytest

from applicability import Profile, Verdict, check, load_rulebook
from applicability.model.assessment import BUCKETS
from applicability.model.measure import FORCES
from applicability.report import Options
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.rulebook.measure import render
from applicability.text import Lang, Text

from .conftest import Assess

TEXTS = [
    *s.LEAVES.values(), *s.SCOPE.values(), *s.REQUIREMENTS.values(), *s.BOUNDS.values(), *s.CITATIONS.values(),
    *s.KNOWN.values(), *s.MODES.values(), *s.REACHED.values(), *s.LEVELS.values(),
    *w.BUCKETS.values(), *w.MEANINGS.values(), *w.FORCES.values(), *w.LABELS.values(),
]  # fmt: skip


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.en[:40])
def test_a_sentence_has_the_same_slots_in_both_languages(text: Text) -> None:
    assert slots(text.zh) == slots(text.en)


def test_every_leaf_has_a_sentence_for_every_verdict_it_can_have() -> None:
    facts = {Verdict.ELIGIBLE, Verdict.NEEDS_INFO, Verdict.INELIGIBLE}
    expected = {(kind, verdict) for kind in ("Number", "OneOf", "Some", "Truth", "Within", "ZoneType", "Does",
                                             "InSector", "Not", "Overtaken") for verdict in facts}  # fmt: skip
    expected |= {("Step", v) for v in (Verdict.ELIGIBLE, Verdict.NEEDS_INFO, Verdict.PENDING)}
    expected |= {("Judgement", v) for v in (Verdict.ELIGIBLE, Verdict.CONDITIONAL, Verdict.INELIGIBLE)}
    assert expected <= set(s.LEAVES)
    assert set(w.BUCKETS) == set(w.MEANINGS) == set(BUCKETS)
    assert set(w.FORCES) == set(FORCES)


def reasons(assess: Assess, row: int, lang: Lang = "en", as_of: str = "2026-11-01", **facts: Any) -> list[str]:
    told = FindingText(assess(as_of, **facts).finding(row))
    return [one.message.of(lang) for one in told.why]


def test_a_share_too_high_is_named_with_the_share_given(assess: Assess) -> None:
    facts: dict[str, Any] = {"city": "上海", "activities": ["ip-vpn"], "foreign_share": "50.01"}
    assert reasons(assess, 1, "zh", **facts) == ["外资比例须大于0%且不超过50%，填报为50.01%"]
    assert reasons(assess, 1, **facts) == [
        "the foreign share must be above 0% and at most 50%; the profile states 50.01%"
    ]


def test_a_place_outside_gives_one_reason_whatever_the_scope_holds(assess: Assess) -> None:
    assert reasons(assess, 9, "zh", city="长沙", zones=[], activities=["bonded-repair"]) == [
        "所在地不在试点省市之内（填报为长沙市）",
        "须位于综合保税区，填报为不在任何功能区",
    ]


def test_a_zone_that_counts_by_the_zone_around_it_is_told_with_what_that_rests_on() -> None:
    book = load_rulebook()

    def told(lang: Lang, *zones: str) -> list[str]:
        facts = {"city": "天津", "entity_kind": "enterprise", "registered_here": True, "zones": [*zones]}
        found = check(Profile.of({**facts, "as_of": "2026-11-01"}), book).finding(119)
        return [one.message.of(lang) for one in FindingText(found).why]

    assert (
        "天津东疆综合保税区在天津自贸试验区天津港东疆片区内，属自由贸易港或自由贸易试验区（依据：方案附件第60项；"
        "国务院国发〔2015〕19号所印发方案将其（时为东疆保税港区）计入东疆片区）"
    ) in told("zh", "东疆综合保税区")
    assert any("counts it" in one for one in told("en", "东疆综合保税区"))
    # One that is such a zone itself needs no reason.
    for zones in (("东疆片区",), ("天津自贸试验区", "东疆综合保税区")):
        assert "所在功能区属自由贸易港或自由贸易试验区" in told("zh", *zones)


def test_a_place_inside_names_the_note(assess: Assess) -> None:
    assert reasons(assess, 10, "zh", "2025-08-01", city="三亚", foreign_share=1)[0] == "三亚市在适用范围之内（注2）"


def test_a_pending_step_waits_for_what_the_register_lacks(assess: Assess) -> None:
    (before,) = reasons(assess, 1, "zh", "2026-01-08", city="苏州", activities=["ip-vpn"], foreign_share=50)
    assert before == "注3的新增城市须报批后实施，登记册中尚无本市列入本行的记录"


def test_an_announcement_is_told_in_its_place_with_date_and_source(assess: Assess) -> None:
    (after,) = reasons(assess, 1, "zh", "2026-01-09", city="苏州", activities=["ip-vpn"], foreign_share=50)
    assert after.startswith("新增城市的任务清单已获批准")
    assert after.endswith("（2026-01-09；来源：媒体报道）")


def test_a_step_with_a_later_date_says_from_when(assess: Assess) -> None:
    (reason,) = reasons(assess, 2, city="上海", activities=["app-store"])
    assert reason.startswith("opens on 2027-01-01: ")


def test_a_place_outside_is_told_when_an_instrument_will_reach_it(assess: Assess) -> None:
    (reason,) = reasons(assess, 10, as_of="2025-09-14", city="长沙", foreign_share=1)
    assert reason.endswith("opens on 2025-09-15: Test Notice No. 43 of 2025")


def test_an_instrument_that_overtakes_is_named_with_its_weight(assess: Assess) -> None:
    first, _ = reasons(assess, 10, "zh", "2025-09-15", city="长沙", foreign_share=1)
    assert re.search("测汇发〔2025〕43号（来源：外汇管理部门公报；官方文件）", first)


def test_what_is_only_reported_and_acted_on_is_a_doubt(assess: Assess) -> None:
    told = FindingText(assess(city="三亚").finding(11))
    assert told.finding.verdict is Verdict.ELIGIBLE
    assert [doubt.zh for doubt in told.doubts] == ["封关只改变该区域的边界，依媒体所报日期处理，办理前请核实"]


def test_a_leaf_s_own_message_replaces_the_standard_one_where_it_fails(assess: Assess) -> None:
    assert (
        reasons(assess, 8, city="滨海新区", activities=["bonded-leasing"])[1] == "its business includes bonded leasing"
    )
    assert reasons(assess, 8, city="滨海新区", activities=[]) == [
        "only a leasing company engaged in bonded leasing can use it"
    ]


def test_an_exclusion_is_told_as_one(assess: Assess) -> None:
    facts: dict[str, Any] = {"city": "天津", "zones": ["东疆"], "activities": ["bonded-repair"]}
    (reason,) = reasons(assess, 9, entity_kind="个人独资企业", **facts)
    assert reason == "excluded where the kind of entity is sole proprietorship, and the profile says so"


def test_a_finding_of_an_authority_is_told_either_way(assess: Assess) -> None:
    facts: dict[str, Any] = {"city": "上海", "foreign_share": 1, "activities": ["cross-border-data"]}
    granted = {"3.qualified": "true", "3.specific-area": "true"}
    assert "网信部门已作有利认定：企业符合条件" in reasons(assess, 3, "zh", determinations=granted, **facts)
    refused = {"3.qualified": "false"}
    assert reasons(assess, 3, "zh", determinations=refused, **facts) == ["网信部门已作不利认定：企业符合条件"]


@pytest.mark.parametrize("code", ["A", "01", "011", "0111", "0110", "0119"])
def test_a_sector_without_the_business_is_named_at_every_depth(code: str) -> None:
    plan = load_rulebook()
    day = datetime.date(2026, 11, 1)
    assessment = check({"city": "天津", "sector": code}, plan, as_of=day, engine="reference")
    sector = ConditionRenderer(plan, assessment.facts).sectors([code])
    told = [reason.message for finding in assessment for reason in FindingText(finding).why]
    assert any(f"所给行业（{sector.zh}）不含此项" in one.zh for one in told)
    assert any(f"does not occur in its sector ({sector.en})" in one.en for one in told)
    assert sector.en.startswith(code)
    assert not any("(none)" in one.en or "（无）" in one.zh for one in told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_addressee_that_is_no_condition_is_told_as_such(lang: Lang) -> None:
    book = load_rulebook()
    kind = book.facts["entity_kind"].label.of(lang)
    classified = {"zh": f"（本规则库的归类；条件照原文，未要求“{kind}”）", "en": f"ask for no “{kind}”)"}[lang]
    shown = {row: " ".join(render(book, [book.measure(row)], Options(lang, width=500)).split()) for row in (57, 84, 5)}
    assert classified in shown[84]  # 84 names industries: nothing is asked of who is in them
    assert classified not in shown[57]  # its condition asks
    assert classified not in shown[5]  # for authorities alone
