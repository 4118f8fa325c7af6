"""A zone that is counted in another by an instrument that names it otherwise: which verdicts rest on that."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from applicability.api import check
from applicability.model.assessment import Finding
from applicability.model.places import Whereabouts
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.model.zone_doubts import can_rest_on, verdict_without, zones_in_doubt
from applicability.report.language.reasons import FindingText

_DONGJIANG = {
    "city": "天津", "zones": ["东疆"], "entity_kind": "enterprise", "registered_here": True, "foreign_share": 0,
}  # fmt: skip


def _finding(rulebook: Rulebook, row: int, **facts: object) -> Finding:
    return check(Profile(**{**_DONGJIANG, **facts}), rulebook=rulebook).finding(row)


def _doubted(finding: Finding) -> list[str]:
    return [one.id for one in zones_in_doubt(finding.measure, finding.facts, finding.rulebook)]


def test_nine_zones_are_in_doubt(rulebook: Rulebook) -> None:
    doubted = [one for one in rulebook.gazetteer.zones.values() if one.doubt is not None]
    assert len(doubted) == 9
    for one in doubted:
        assert one.part_of
        assert one.doubt is not None
        assert one.source is not None
        assert all(told in one.doubt.zh for told in (one.zh, "国发", "管理机构", "推断"))
        assert all(told in one.doubt.en for told in (one.en, "Guofa", "administrative body", "inference"))
        assert not any(told in one.source.zh for told in ("当地", "现名"))  # which the doubt tells


def test_a_verdict_stays_and_tells_the_doubt(rulebook: Rulebook) -> None:
    finding = _finding(rulebook, 119)
    assert finding.verdict is Verdict.ELIGIBLE
    assert _doubted(finding) == ["dongjiang-cbz"]
    assert verdict_without(finding.measure, finding.facts, rulebook) is Verdict.INELIGIBLE
    doubt = rulebook.gazetteer.zones["dongjiang-cbz"].doubt
    told = FindingText(finding)
    assert doubt in told.doubts
    assert doubt in told.doubts_here


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"zones": ["东疆", "tianjin-ftz-airport"]}, id="in another zone of the type"),
        pytest.param({"zones": ["tianjin-ftz-dongjiang"]}, id="in the area itself"),
        pytest.param({"zones": ["东疆", "tianjin-ftz-dongjiang"]}, id="in the area, as it says besides"),
        pytest.param({"zone_types": ["自贸区"]}, id="in the type, as it says besides"),
        pytest.param({"entity_kind": "natural_person"}, id="shut for another reason"),
    ],
)
def test_no_doubt_where_the_verdict_does_not_rest_on_it(rulebook: Rulebook, facts: dict[str, object]) -> None:
    assert not _doubted(_finding(rulebook, 119, **facts))


def test_no_doubt_on_measures_that_ask_for_no_such_zone(rulebook: Rulebook) -> None:
    found = check(Profile(**_DONGJIANG), rulebook=rulebook)
    assert [one.measure.row for one in found.findings if _doubted(one)] == [119]


def test_a_missing_fact_leaves_the_doubt(rulebook: Rulebook) -> None:
    finding = _finding(rulebook, 119, registered_here=None)
    assert finding.verdict is Verdict.NEEDS_INFO
    assert _doubted(finding) == ["dongjiang-cbz"]


def test_of_two_zones_in_doubt_both_are_told(rulebook: Rulebook) -> None:
    finding = _finding(rulebook, 119, city="厦门", zones=["海沧保税港区"])
    assert finding.verdict is Verdict.PENDING
    both = ("xiamen-haicang-port-cbz", "xiamen-xiangyu-cbz")  # which lie in two districts: no single profile has both
    facts = replace(finding.facts, whereabouts=Whereabouts(("350200",), frozenset(both)))
    assert tuple(one.id for one in zones_in_doubt(finding.measure, facts, rulebook)) == both


def test_the_reason_names_a_zone_that_is_not_in_doubt(rulebook: Rulebook) -> None:
    certain = _finding(rulebook, 119, city="上海", zones=["外高桥港综保区", "外高桥保税区"])
    assert not _doubted(certain)
    assert "外高桥保税区在" in "".join(one.message.zh for one in FindingText(certain).why)


def test_which_measures_can_rest_on_a_zone_in_doubt(rulebook: Rulebook) -> None:
    day = datetime.date(2026, 11, 23)

    def rows(zone: str) -> list[int]:
        return [one.row for one in rulebook.measures if can_rest_on(one, zone, day, rulebook)]

    assert rows("dongjiang-cbz") == [52, 119]
    assert rows("nansha-cbz") == [52, 119]
    assert rows("tianjin-ftz-dongjiang") == []
