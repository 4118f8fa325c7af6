"""Every instrument that a paper cites stands among its sources, in each of the papers of the examples."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from applicability import Rulebook, check, decisions, load_profile, screen
from applicability.alternatives import in_places
from applicability.report import whole
from applicability.report.layout.paper import Paper
from applicability.report.papers.case import case_paper
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.screening_reach import TermsHere
from applicability.report.papers.write import write
from applicability.report.screening.json import SummaryModel

from .companies import AGENCY

DAY = datetime.date(2026, 11, 23)
EXAMPLES = Path(__file__).parents[3] / "examples"
_NUMBER = re.compile(r"[一-鿿]〔\d{4}〕\d+号")


def lessor(rulebook: Rulebook) -> Paper:
    assessment = check(load_profile(EXAMPLES / "financial-leasing-dongjiang.yaml"), rulebook, as_of=DAY)
    return case_paper(whole(assessment), decisions.change(assessment).prospects)


def agency(rulebook: Rulebook, day: datetime.date = DAY) -> Paper:
    profile = load_profile(EXAMPLES / "travel-agency-german-investor.yaml")
    assessment = check(profile, rulebook, as_of=day)
    places = decisions.compare(in_places(("上海", "苏州", "北京", "海口"), profile, rulebook, day), rulebook)
    return case_paper(whole(assessment), decisions.change(assessment).prospects, places)


def register(rulebook: Rulebook) -> Paper:
    rows: Sequence[dict[str, object]] = [
        {"name": "甲", "city": "天津", "foreign_share": "60", "entity_kind": "enterprise", "activities": "应用商店"},
        {"name": "乙", "city": "海口", "entity_kind": "enterprise", "registered_here": "是"},
    ]
    found = screen(rows, rulebook, as_of=DAY).to_dict()
    return screening_paper(SummaryModel.model_validate(found), rulebook)


def bonded(rulebook: Rulebook) -> Paper:
    """Of a register in whose zone companies are in another by the zone around it."""
    rows = [
        {"name": "甲", "city": "天津", "zones": "东疆综合保税区", "entity_kind": "enterprise", "registered_here": "是"}
    ]
    with TemporaryDirectory() as folder:  # the places that rows name are counted for a workbook
        found = screen(rows, rulebook, as_of=DAY, output=Path(folder) / "o.xlsx").to_dict()
    paper = screening_paper(SummaryModel.model_validate(found), rulebook)
    assert "功能区所据" in write(paper, "markdown", "zh").decode()
    return paper


def early(rulebook: Rulebook) -> Paper:
    """Of a day on which the notice that names the authority for item 99 was not in force yet."""
    return agency(rulebook, datetime.date(2025, 6, 1))


@pytest.mark.parametrize("made", [lessor, agency, early, register, bonded])
def test_every_instrument_that_a_paper_cites_is_among_its_sources(made: object, rulebook: Rulebook) -> None:
    assert callable(made)
    text = write(made(rulebook), "markdown", "zh").decode()
    body, _, sources = text.rpartition("附录：来源")
    cited = set(_NUMBER.findall(body)) | {one.title.zh for one in rulebook.register if one.title.zh in body}
    assert cited
    assert not [one for one in cited if one not in sources]


def test_what_is_said_of_an_authority_without_a_mark_is_so_of_every_measure(rulebook: Rulebook) -> None:
    """Item 99 names nobody itself: a notice on the register does, and what the paper says of marks has to allow it."""
    text = write(register(rulebook), "markdown", "zh").decode()
    assert "没有注的，由该项原文或“来源”所列的后来文件指明；注“推断”的，两者都没有指明" in text
    assert "原文没有指明，系本报告推断" not in text
    terms, authorities = TermsHere(rulebook, DAY), rulebook.authorities
    assert authorities is not None
    for measure in (one for one in rulebook.measures if one.condition is not None):
        named = {one.who: one.source for one in authorities.named if measure.row in one.rows}
        for who in (one for one in terms.asked(measure) if "推断" not in one.zh):
            source = named[who]
            by_words = source.text is not None and source.text.zh in measure.text
            assert by_words or source.entry in {one.id for one in terms.instruments(measure)}, measure.row


def test_a_place_that_lies_in_a_zone_as_a_whole_says_by_what(rulebook: Rulebook) -> None:
    facts = {**AGENCY, "city": "海口"}
    told = write(case_paper(whole(check(facts, rulebook, as_of=DAY))), "markdown", "en").decode()
    assert "- Hainan Free Trade Port: Hainan Free Trade Port Law (2021-06-10)" in told


def test_what_a_zone_rests_on_calls_items_as_all_else_does(rulebook: Rulebook) -> None:
    """That another name counts in, is told once, as the doubt of the zone."""
    sources = {name: zone.source for name, zone in rulebook.gazetteer.zones.items() if zone.source is not None}
    assert not any(re.search(r"第[0-9、]+行", one.zh) or re.search(r"\brows? \d", one.en) for one in sources.values())
    dongjiang = sources["dongjiang-cbz"]
    assert dongjiang.zh.startswith("方案附件第60项；")
    assert dongjiang.zh.endswith("计入东疆片区")
    assert dongjiang.en.endswith("in the Dongjiang area")
