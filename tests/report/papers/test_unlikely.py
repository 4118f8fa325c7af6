"""What is unlikely to concern an entity: no step waits for it, and it is counted once and listed at the end."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from applicability import Rulebook, check, decisions
from applicability.alternatives import in_places
from applicability.analysis.plausibility import Plausibility
from applicability.report import whole
from applicability.report.papers.case import case_paper
from applicability.report.papers.comparison import comparison_paper
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.unlikely import unlikely_keys
from applicability.report.papers.write import write

DAY = datetime.date(2026, 11, 1)
AGENCY = {"city": "成都", "sector": "7291"}
# Telecommunications, elderly care and private equity wait for a study, and none of these is a travel agency's.
STUDIES = {14: "value-added telecommunications", 21: "elderly-care", 39: "private equity"}


def test_no_step_waits_for_what_is_unlikely_to_concern_the_entity(rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    assert all(assessment.finding(row).bucket == "pending" for row in STUDIES)
    told = " ".join(row[2].en for row in NextSteps(assessment, ()).table().rows)
    assert not any(words in told for words in STUDIES.values())
    assert "143† Electronic invoices" in told  # any company has invoices


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_counted_once_and_listed_at_the_end(lang: Any, rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    found = unlikely_keys(assessment)
    paper = write(case_paper(whole(assessment)), "markdown", lang).decode()
    body, _, last = paper.partition("## 附录：尚无定论" if lang == "zh" else "## Appendix: Not settled, and unlikely")
    counted = f"另有{len(found)}项尚未判定或须等待" if lang == "zh" else f"{len(found)} more are not settled or wait"
    assert body.count(counted) == 1
    listed = last.partition("\n## ")[0]
    for row in STUDIES:
        (line,) = re.findall(rf"\| {row}† .*|\| {row} .*", listed)
        assert ("等待：" if lang == "zh" else "waits for: ") in line
    assert len(re.findall(r"^\| \d+", listed, re.M)) == len(found)
    undecided = body.partition("### 尚未判定的措施" if lang == "zh" else "### Measures not settled")[2].partition(
        "\n## "
    )[0]
    shown = {int(row) for row in re.findall(r"^\| (\d+)", undecided, re.M)}
    assert shown == {one.measure.row for one in assessment.undecided if one.measure.key not in found}


def test_one_rule_is_for_what_waits_and_for_what_lacks_a_fact(rulebook: Rulebook) -> None:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    known = Plausibility(assessment.facts, rulebook)
    settled_not = [one for one in assessment.findings if one.bucket in ("pending", "needs_info")]
    assert unlikely_keys(assessment) == {one.measure.key for one in settled_not if known.unlikely(one.measure)}


def test_of_an_entity_of_which_nothing_is_known_nothing_is_unlikely(rulebook: Rulebook) -> None:
    assert not unlikely_keys(check({"city": "苏州"}, rulebook, as_of=DAY, engine="reference"))


def test_what_waits_in_a_place_compared_follows_the_same_rule(rulebook: Rulebook) -> None:
    assessment = check({**AGENCY, "city": "上海"}, rulebook, as_of=DAY, engine="reference")
    there = decisions.compare(in_places(("上海", "苏州"), assessment.profile, rulebook, DAY), rulebook)
    case = write(case_paper(whole(assessment), comparison=there), "markdown", "en").decode()
    for paper in (case, write(comparison_paper(there), "markdown", "en").decode()):
        body, _, last = paper.partition("## Appendix: Not settled, and unlikely")
        waits = body.partition("## What depends on an official step")[2].partition("\n## ")[0]
        assert "57 Outbound tours" in waits
        assert "11† Taking games abroad" not in waits
        assert "11† | Taking games abroad" in last
        assert "waits for: the nine new cities' own task lists (Suzhou)" in last
