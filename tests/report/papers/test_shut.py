"""The list of what is shut gives the reasons that the changes named for the same rows remove."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import pytest

from applicability import Assessment, Rulebook, check, decisions
from applicability.analysis.minimal_changes import Prospect
from applicability.report import whole
from applicability.report.layout.paper import Folded, Table
from applicability.report.papers.case import case_paper
from applicability.report.papers.changes import ways
from applicability.report.papers.rows import RowWriter, measure_list
from applicability.report.papers.shut import LISTED, Shut
from applicability.report.papers.write import write
from applicability.text import Lang, Text

from .companies import AGENCY, LESSOR

DAY = datetime.date(2026, 11, 1)
LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.fixture(scope="module")
def assessment(rulebook: Rulebook) -> Assessment:
    return check(LESSOR, rulebook, as_of=DAY, engine="reference")


@pytest.fixture(scope="module")
def prospects(assessment: Assessment) -> tuple[Prospect, ...]:
    return decisions.change(assessment).prospects


def told(shut: Shut, assessment: Assessment) -> dict[int, str]:
    """The reason that stands beside each row."""
    found = [one for one in assessment if one.bucket == "ineligible"]
    shared = {one.measure.row: reason.en for reason, own in shut.by_reason(found) for one in own}
    alone = {one.measure.row: asked.en for one, asked in shut.each(found)}
    assert len(shared) + len(alone) == len(found)  # each stands in one of the two lists
    assert not shared.keys() & alone.keys()
    return shared | alone


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        # a licence would open 40 as well, and is not what the change adds
        (40, "its business must include intelligent tools for valuing intellectual property"),
        (
            130,
            "its business must include issuing, passing on or financing single multimodal bills of lading",
        ),
        (110, "the foreign share must be above 0%"),
        (85, "its sector must be in B Mining"),
        (57, "its business must include travel agency services; the foreign share must be above 0%"),
        (24, "its business must include manufacture of biologics"),
        (24, "applies in Shanghai only"),
    ],
)
def test_a_row_is_shut_for_what_the_change_named_would_remove(
    row: int, reason: str, assessment: Assessment, prospects: tuple[Prospect, ...], rulebook: Rulebook
) -> None:
    assert reason in told(Shut(RowWriter(rulebook, assessment.facts), prospects), assessment)[row]


def test_every_fact_changed_that_was_a_reason_is_told(
    assessment: Assessment, prospects: tuple[Prospect, ...], rulebook: Rulebook
) -> None:
    shut = Shut(RowWriter(rulebook, assessment.facts), prospects)
    seen = 0
    for _, change, rows in ways(assessment, prospects):
        changed = {edit.fact for edit in change.edits}
        for one in rows:
            if one.finding.bucket == "ineligible" and not changed & {"city", "sector"}:
                facts = {reason.fact for reason in shut.reasons(one.finding)}
                assert facts == changed & {reason.fact for reason in one.finding.why}, one.finding.measure.row
                seen += 1
    assert seen > 30


def test_without_changes_the_first_reason_stands(assessment: Assessment, rulebook: Rulebook) -> None:
    assert "the licences must include" in told(Shut(RowWriter(rulebook, assessment.facts)), assessment)[40]


def test_the_kind_of_entity_that_one_of_several_ways_asks_for_is_told_as_one_of_them(
    assessment: Assessment, prospects: tuple[Prospect, ...], rulebook: Rulebook
) -> None:
    found = told(Shut(RowWriter(rulebook, assessment.facts), prospects), assessment)
    for row in (18, 21, 114):  # medical institutions, companies and banks can use them as well
        assert found[row].startswith("the kind of entity must be natural person")
        assert found[row].endswith("(this is one of several ways; the conditions of the others are not met either)")
    for row in (17, 112, 117):  # for persons alone
        assert found[row].startswith("the kind of entity must be natural person")
        assert "several ways" not in found[row]
    assert "several ways" not in found[83]  # each of its parts asks for the same, by other words


def test_the_words_that_shut_a_measure_are_quoted_where_the_case_is_likely_about_it(
    assessment: Assessment, prospects: tuple[Prospect, ...], rulebook: Rulebook
) -> None:
    shut = Shut(RowWriter(rulebook, assessment.facts), prospects)
    likely = {row: shut.words(assessment.finding(row)) for row in (40, 46, 92)}
    assert not likely[46]  # a cash pool of another city is of no line
    (project_company,) = likely[92]
    assert project_company.words in rulebook.measure(92).text
    assert project_company.where is None  # the row that it is told of
    for row in (19, 24, 73):  # nursing schools, biologics, jet fuel
        assert not shut.words(assessment.finding(row))


def test_every_passage_quoted_stands_in_the_plan_and_is_short(
    assessment: Assessment, prospects: tuple[Prospect, ...], rulebook: Rulebook
) -> None:
    shut, seen = Shut(RowWriter(rulebook, assessment.facts), prospects), 0
    for one in assessment:
        for line in shut.words(one) if one.bucket == "ineligible" else ():
            notes = rulebook.documents[one.measure.document].notes.values()
            plan = (one.measure.text, one.measure.cell, *map(str, notes))
            assert any(line.words in each for each in plan), (one.measure.row, line.words)
            assert line.english
            assert len(line.words) < 60
            seen += 1
    assert seen > 2


def test_a_reason_that_several_share_has_the_words_of_a_scope_once_and_of_each_likely_row(
    assessment: Assessment, prospects: tuple[Prospect, ...], rulebook: Rulebook
) -> None:
    shut = Shut(RowWriter(rulebook, assessment.facts), prospects)
    found = [one for one in assessment if one.bucket == "ineligible"]
    for reason, own in shut.by_reason(found):
        words = shut.shared_words(own)
        if reason.en.startswith("applies in "):
            assert len(words) == 1
            assert words[0].where == Text("适用范围栏", "scope column")
        assert len(words) <= 4
        assert len(set(words)) == len(words)


def appendix_of(facts: Mapping[str, object], rulebook: Rulebook) -> list[Table]:
    """The tables of the appendix of what is shut."""
    found = check(facts, rulebook, as_of=DAY, engine="reference")
    paper = case_paper(whole(found), decisions.change(found).prospects)
    (folded,) = (one for one in paper.blocks if isinstance(one, Folded))
    return [one for one in folded.blocks if isinstance(one, Table)]


def test_a_reason_stands_once_however_many_share_it(rulebook: Rulebook) -> None:
    paper = case_paper(whole(check({"city": "长沙", "entity_kind": "enterprise"}, rulebook, as_of=DAY)))
    (folded,) = (one for one in paper.blocks if isinstance(one, Folded))
    shared = next(one for one in folded.blocks if isinstance(one, Table) and one.heads[0].en.startswith("Reason "))
    reasons = [row[0].zh.splitlines()[0] for row in shared.rows]
    assert len(set(reasons)) == len(reasons)
    assert max(row[0].zh.count("；") for row in shared.rows) > 20
    assert "续上" not in write(paper, "markdown", "zh").decode()


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_the_appendix_names_each_measure_once_in_both_languages(
    facts: Mapping[str, object], rulebook: Rulebook
) -> None:
    found = check(facts, rulebook, as_of=DAY, engine="reference")
    closed = [one.measure for one in found if one.bucket in ("ineligible", "authorities_only")]
    told = [row for table in appendix_of(facts, rulebook) for row in table.rows]
    for one in closed:
        for lang in LANGS:
            after = {"zh": "(?:；|（|$)", "en": r"(?:; | \(|$)"}[lang]
            number = f"{one.row}†?"
            listed = rf"(?:^|；|; ){number} {re.escape(one.title.of(lang))}{after}"
            alone = [row for row in told if len(row) == 2 and re.fullmatch(number, row[0].en)]
            shared = [row for row in told if len(row) == 1 and re.search(listed, getattr(row[0], lang), re.MULTILINE)]
            assert len(alone) + len(shared) == 1, (one.row, lang)


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_the_appendix_is_a_line_a_reason_and_not_a_line_a_measure(
    facts: Mapping[str, object], rulebook: Rulebook
) -> None:
    """As a line a measure it was a quarter of a paper."""
    tables = appendix_of(facts, rulebook)
    assert sum(len(one.rows) for one in tables) < 45  # of some 150 measures
    (shared,) = (one for one in tables if len(one.heads) == 1)
    for lang in LANGS:
        counts = [int(re.findall(r"[（(](\d+)[）)]$", getattr(row[0], lang).splitlines()[0])[0]) for row in shared.rows]
        assert sum(counts) > 110
        assert all(one > 1 for one in counts)


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_what_a_measure_asks_for_is_the_sentence_that_it_shares_with_its_own_list(
    facts: Mapping[str, object], rulebook: Rulebook
) -> None:
    found = check(facts, rulebook, as_of=DAY, engine="reference")
    shut, seen = Shut(RowWriter(rulebook, found.facts), decisions.change(found).prospects), 0
    for one in found:
        if one.bucket == "ineligible":
            shared, listed = shut.framed(one)
            asked = shut.asked(one, here=False, brief=True)
            for lang in LANGS:
                own = "" if listed is None else listed.of(lang)
                assert shared.of(lang).replace(LISTED.of(lang), own) == asked.of(lang)
            assert (listed is None) is (LISTED.zh not in shared.zh)
            seen += listed is not None
    assert seen > 60


def test_a_list_that_the_title_does_not_say_stands_behind_it(rulebook: Rulebook) -> None:
    told = "\n".join(row[0].en for one in appendix_of(AGENCY, rulebook) if len(one.heads) == 1 for row in one.rows)
    assert "63 New digital consumption and green consumption (live-stream e-commerce)" in told
    assert "7† Developing data annotation;" in told


@pytest.mark.parametrize(("row", "once"), [(8, "data annotation"), (69, "lithium batteries")])
def test_of_several_ways_one_is_told_and_not_what_it_brings_with_it(
    row: int, once: str, assessment: Assessment, prospects: tuple[Prospect, ...], rulebook: Rulebook
) -> None:
    shut = Shut(RowWriter(rulebook, assessment.facts), prospects)
    asked = shut.asked(assessment.finding(row)).en
    assert asked.count("its business must include") == 1
    assert asked.count(once) == 1
    assert asked.endswith("(one of several ways, none of which is met)")


def test_measures_of_one_title_have_it_once(rulebook: Rulebook) -> None:
    told = measure_list([rulebook.measure(row) for row in (143, 144, 145, 146)])
    assert "144, 145, 146 " in told.en
    assert "144、145、146 " in told.zh
    assert told.en.count("; ") == told.zh.count("；") == 1
