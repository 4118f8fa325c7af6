"""A row for authorities alone has no verdict; whether it reaches the place, and why, is told in every form."""

from __future__ import annotations

import datetime
import html
import json
import re
from typing import Any

import pytest

from applicability import Assessment, Rulebook, check
from applicability.model.assessment import Finding
from applicability.report import Options, Selection, render
from applicability.report.language.reasons import FindingText
from applicability.report.layout.paper import Folded, Table
from applicability.report.layout.paper_html import render as paper_html
from applicability.report.papers.case import case_paper
from applicability.text import Lang

DAY = datetime.date(2026, 11, 1)
REFUNDS = 59
LANGS: tuple[Lang, ...] = ("zh", "en")
SHOP: dict[str, Any] = {"entity_kind": "enterprise", "activities": []}
# What the words say of tax refunds on departure for a shop in each place.
PLACES = {
    "昆明": ("ineligible", "本项仅适用于二十个试点省市（填报为昆明市）", "applies in the twenty pilots only"),
    "合肥": ("pending", "其中包含本方案哪些措施，所掌握的来源未载明", "which of this plan's tasks it holds"),
    "江苏": ("needs_info", "是否在适用范围之内取决于所在省市，档案未填", "the scope depends on the city"),
    "南京": (
        "eligible",
        "南京市在适用范围之内（注2），由当地主管部门落实，无可申请之事",
        "Nanjing is within the scope (note 2): it is for the authorities there to do, and nobody can apply for it",
    ),
}  # fmt: skip
WHOM = {
    "zh": "所在地商务主管部门（推断，原文没有指明）",
    "en": "the place's commerce department (inferred: the words name nobody)",
}


def assessment(rulebook: Rulebook, city: str) -> Assessment:
    return check({"city": city, **SHOP}, rulebook, as_of=DAY, engine="reference")


def squeezed(text: str) -> str:
    """Text without markup, and without the spaces at which lines are broken, which Chinese has none of."""
    return re.sub(r"\s+|\\", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


def selected(rulebook: Rulebook, city: str) -> Selection:
    found = assessment(rulebook, city)
    return Selection(found, (found.finding(REFUNDS),), single=True)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("city", PLACES)
def test_a_measure_says_whether_it_reaches_the_place(rulebook: Rulebook, city: str, lang: Lang) -> None:
    verdict, *told = PLACES[city]
    for form in ("text", "markdown", "html"):
        page = squeezed(render(selected(rulebook, city), form, Options(lang)))
        assert squeezed(told[lang == "en"]) in page, form
        assert (squeezed(WHOM[lang]) in page) is (verdict == "eligible"), form


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("city", PLACES)
def test_a_list_has_the_rows_under_their_reason(rulebook: Rulebook, city: str, lang: Lang) -> None:
    found = assessment(rulebook, city)
    own = tuple(one for one in found if one.bucket == "authorities_only")
    page = render(Selection(found, own), "text", Options(lang))
    assert squeezed(PLACES[city][1 + (lang == "en")]) in squeezed(page)
    for one in own:
        assert squeezed(f"{one.measure.row} {one.measure.title.of(lang)}") in squeezed(page)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("city", PLACES)
def test_a_paper_says_it_of_the_rows_that_share_it(rulebook: Rulebook, city: str, lang: Lang) -> None:
    found = assessment(rulebook, city)
    paper = case_paper(Selection(found, found.findings))
    (shared,) = (
        block
        for folded in paper.blocks
        if isinstance(folded, Folded)
        for block in folded.blocks
        if isinstance(block, Table) and len(block.heads) == 1
    )
    (reason,) = [
        told.splitlines()[0]
        for row in shared.rows
        if re.search(rf"(^|\n|；|; ){REFUNDS} ", told := getattr(row[0], lang))
    ]
    assert PLACES[city][1 + (lang == "en")] in reason
    assert (WHOM[lang] in reason) is (PLACES[city][0] == "eligible")
    assert squeezed(reason) in squeezed(paper_html(paper, lang))


@pytest.mark.parametrize("city", PLACES)
def test_json_has_the_reasons_of_the_place(rulebook: Rulebook, city: str) -> None:
    found = json.loads(render(selected(rulebook, city), "json", Options("en")))
    (row,) = found["findings"]
    verdict, zh, en = PLACES[city]
    assert row["verdict"] is None
    assert not row["why"]
    assert row["scope"]["verdict"] == verdict
    (why,) = row["scope"]["why"]
    assert why["verdict"] == verdict
    assert zh in why["message"]["zh"]
    assert en in why["message"]["en"]
    assert why["quote"]
    assert why["cites"].startswith("note-")


@pytest.mark.parametrize("city", [*PLACES, "北京", "重庆", "天津", "海口", "上海"])
def test_every_such_row_and_no_other_has_them(rulebook: Rulebook, city: str) -> None:
    for one in assessment(rulebook, city):
        told = FindingText(one)
        assert bool(told.place) is (one.bucket == "authorities_only")
        assert all(reason.verdict is one.scope_verdict for reason in told.place)
        assert told.reasons or one.measure.lost


def test_nothing_is_asked_or_counted_for_it(rulebook: Rulebook) -> None:
    found = assessment(rulebook, "江苏")
    one: Finding = found.finding(REFUNDS)
    assert one.verdict is None
    assert not one.missing
    assert found.counts["authorities_only"] == sum(each.measure.binds_authorities_only for each in found)
