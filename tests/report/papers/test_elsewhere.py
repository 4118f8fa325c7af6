"""Papers of a comparison: what is open in another place stands in full, and what waits there with its step."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest

from applicability import Rulebook, check, decisions
from applicability.alternatives import in_places
from applicability.decisions import Candidate
from applicability.report import whole
from applicability.report.layout.paper import Block, Bullets, CellLines, Heading, Pairs, Paper, Paragraph, Quote, Table
from applicability.report.papers.case import case_paper
from applicability.report.papers.comparison import comparison_paper
from applicability.report.papers.write import write
from applicability.text import Text

FACTS = {
    "city": "上海",
    "sector": "7291",
    "activities": ["travel-agency"],
    "foreign_share": 100,
    "entity_kind": "enterprise",
    "registered_here": True,
    "zones": [],
    "licences": [],
    "group_roles": [],
    "products": [],
}
DAY = datetime.date(2026, 11, 1)
PLACES = ("上海", "苏州", "北京", "海口")


@pytest.fixture(scope="module")
def candidates(rulebook: Rulebook) -> list[Candidate]:
    return in_places(PLACES, check(FACTS, rulebook, as_of=DAY, engine="reference").profile, rulebook, DAY)


@pytest.fixture(scope="module")
def paper(rulebook: Rulebook, candidates: list[Candidate]) -> Paper:
    assessment = check(FACTS, rulebook, as_of=DAY, engine="reference")
    return case_paper(whole(assessment), comparison=decisions.compare(candidates, rulebook))


def part(paper: Paper, title: str) -> list[Block]:
    """The blocks under a heading of level 1, by its English."""
    found: list[Block] = []
    inside = False
    for block in paper.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text.en == title
        elif inside:
            found.append(block)
    return found


def pairs(blocks: list[Block], heading: str) -> dict[str, str]:
    """What stands under a lower heading: the English of each label and of all that belongs to it."""
    place = next(i for i, one in enumerate(blocks) if isinstance(one, Heading) and one.text.en.startswith(heading))
    told = next(one for one in blocks[place:] if isinstance(one, Pairs))
    items = {label.en: [str(one) if isinstance(one, Quote) else one.en for one in own] for label, own in told.rows}
    return {label: " | ".join(own) for label, own in items.items()}


@pytest.mark.parametrize(
    ("row", "verdict", "asked"),
    [
        (119, "Haikou: Eligible", "the justice authority"),
        (47, "Haikou: Conditional", "the bank and the foreign-exchange"),
    ],
)
def test_what_is_open_in_another_place_only_stands_there_in_full(
    row: int, verdict: str, asked: str, paper: Paper, rulebook: Rulebook
) -> None:
    told = pairs(
        part(paper, "What is not open at the address given, but is open elsewhere"), f"Item {row} of the Annex:"
    )
    assert told["Where"].split(" | ")[0] == verdict  # then, where it would be open for the entity itself
    assert asked in told["Whom to ask"]
    assert rulebook.measure(row).text in told["The text"]
    assert told["Why"]


def test_what_a_zone_of_the_own_city_opens_stands_once_below_the_table(paper: Paper) -> None:
    told = "Item 119 is open in Shanghai too, within: China (Shanghai) Pilot Free Trade Zone"
    lines = [item for one in paper.blocks if isinstance(one, Bullets) for item in one.items if item.en == told]
    assert len(lines) == 1
    assert lines[0].zh.startswith("第119项在上海")


def test_the_most_of_all_measures_is_split_into_what_is_certain_and_what_waits_for_a_finding(paper: Paper) -> None:
    lead = next(
        one.text for one in paper.summary if isinstance(one, Paragraph) and "Of all measures, the most" in one.text.en
    )
    assert "(5 eligible, 1 conditional)" in lead.en
    assert "有6项（可适用5项，须经认定1项）" in lead.zh


def test_a_row_that_waits_in_another_place_says_on_which_step_whose_and_where_it_would_be_seen(paper: Paper) -> None:
    blocks = part(paper, "What depends on an official step or on the place's own programme")
    cities = pairs(blocks, "The nine new cities' own task lists (4)")
    assert cities["Measures"].startswith("Suzhou: 57 Outbound tours run by foreign-invested travel agencies; 110† ")
    assert "Ministry of Commerce" in cities["Who is responsible"]
    assert "websites of the Ministry of Commerce" in cities["Where it would be seen (our inference)"]
    beijing = pairs(blocks, "The programme of Beijing's demonstration zone (4)")
    assert beijing["Measures"].startswith("Beijing: 57 Outbound tours run by foreign-invested travel agencies; 110† ")


def test_the_sources_hold_what_is_told_of_another_place(paper: Paper) -> None:
    told = write(paper, "markdown", "en").decode()
    sources = told[told.index("\n## Appendix: Sources") :]
    assert "The revised Arbitration Law" in sources
    assert "These places are concerned: Shanghai, Beijing and Haikou" in sources
    readings = told[told.index("\n## Doubts and readings") : told.index("\n## Appendix")]
    assert "| 119 |" in readings


def test_a_comparison_alone_tells_what_differs_in_full(rulebook: Rulebook, candidates: list[Candidate]) -> None:
    made = comparison_paper(decisions.compare(candidates, rulebook))
    told = pairs(part(made, "Measures that differ, in full where they are open"), "Item 57 of the Annex:")
    assert told["Where"] == "Shanghai: Eligible | Haikou: Eligible"
    assert rulebook.measure(57).text in told["The text"]
    assert part(made, "What depends on an official step or on the place's own programme")


def test_a_place_compared_with_itself_is_not_told_twice(rulebook: Rulebook) -> None:
    assessment = check(FACTS, rulebook, as_of=DAY, engine="reference")
    compared = decisions.compare(in_places(["上海", "310000"], assessment.profile, rulebook, DAY), rulebook)
    made = case_paper(whole(assessment), comparison=compared)
    assert not part(made, "What is not open at the address given, but is open elsewhere")


def test_no_heading_skips_a_level(paper: Paper, rulebook: Rulebook, candidates: list[Candidate]) -> None:
    for one in (paper, comparison_paper(decisions.compare(candidates, rulebook))):
        levels = [block.level for block in one.blocks if isinstance(block, Heading)]
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_ranking_says_what_is_not_refused_but_depends_on_a_step_or_a_programme(paper: Paper) -> None:
    ranking = next(one for one in part(paper, "Side by side") if isinstance(one, Table))
    told = {row[1].en: row[4].en for row in ranking.rows}
    assert told["Suzhou"] == "items 57, 110†, 111†, 132: depends on the nine new cities' own task lists"
    assert told["Beijing"] == "items 57, 110†, 111†, 132: depends on the programme of Beijing's demonstration zone"
    assert "also open, or subject to a finding: items 47, 119" in told["Haikou"]
    assert ranking.heads[3].en == "Open, or subject to a finding"  # it counts what is conditional as well


def test_places_that_are_alike_for_the_own_business_share_a_rank(paper: Paper) -> None:
    """What a place opens besides has nothing to do with tours, and makes it no better for a travel agency."""
    ranking = next(one for one in part(paper, "Side by side") if isinstance(one, Table))
    assert [tuple(cell.en for cell in row[:4]) for row in ranking.rows] == [
        ("1 (equal)", "Haikou", "1", "6"), ("1 (equal)", "Shanghai", "1", "4"),
        ("?", "Suzhou", "?", "1"), ("?", "Beijing", "?", "1"),
    ]  # fmt: skip
    told = next(
        one.text for one in part(paper, "Side by side") if isinstance(one, Paragraph) and "Ranked" in one.text.en
    )
    assert "“?” stands for what is not known" in told.en
    assert "“?”表示未知" in told.zh
    lead = [one.text.en for one in paper.summary if isinstance(one, Paragraph)][1]
    assert lead.startswith("For the entity's own business Haikou and Shanghai are equal (item 57).")


def test_the_facts_that_differ_between_them_stand_there(paper: Paper) -> None:
    blocks = part(paper, "Side by side")
    place = next(i for i, one in enumerate(blocks) if isinstance(one, Heading) and one.text.en.startswith("Facts that"))
    table = next(one for one in blocks[place:] if isinstance(one, Table))
    told = {row[0].en: [cell.en for cell in row[1:]] for row in table.rows}
    assert [one.en for one in table.heads[1:]] == ["Shanghai", "Suzhou", "Beijing", "Haikou"]
    assert "city" not in told, "their names tell it"
    assert "Hainan Free Trade Port" in told["therefore also within"][-1]


def test_the_summary_has_the_own_business_first_and_the_part_in_what_the_first_two_differ(paper: Paper) -> None:
    told = next(one for one in paper.summary if isinstance(one, Bullets))
    assert [one.en.split(":")[0] for one in told.items] == [
        "On its own business, 57 Outbound tours run by foreign-invested travel agencies"
    ]
    assert told.items[0].en.endswith("eligible in Shanghai and Haikou; pending in Suzhou and Beijing")
    differ = differences(paper)
    assert [one.en.split(":")[0] for one in differ.items] == [
        "Open, or subject to an authority's finding, in all of them", "Alike for Haikou and Shanghai",
        "For Haikou and not for Shanghai",
    ]  # fmt: skip
    assert "(conditional)" in differ.items[2].en  # 47, of which a bank has to find whether it opens the account


def test_what_is_open_in_a_zone_of_a_place_is_not_said_to_be_shut_there(paper: Paper) -> None:
    """Item 119 asks for a free trade zone, which Shanghai has and Suzhou and the cover do not name."""
    only = "in Shanghai only within China (Shanghai) Pilot Free Trade Zone"
    inside = part(paper, "Side by side")
    differ = differences(paper)
    assert f"119 Ad hoc arbitration between enterprises of free trade zones and the free trade port ({only})" in (
        differ.items[2].en
    )
    ranking = next(one for one in inside if isinstance(one, Table))
    (haikou,) = (row for row in ranking.rows if row[1].en == "Haikou")
    assert haikou[-1].en.endswith(f"items 47, 119; item 119 {only}")
    (heading,) = (one for one in paper.blocks if isinstance(one, Heading) and one.text.en.startswith("Item 119 "))
    pairs = paper.blocks[paper.blocks.index(heading) + 1]
    assert isinstance(pairs, Pairs)
    assert any("Item 119 is open in Shanghai too, within" in one.en for one in pairs.rows[0][1])


def test_what_is_open_says_where_else_it_is_and_on_which_terms(paper: Paper) -> None:
    pairs = next(one for one in part(paper, "What is open now") if isinstance(one, Pairs))
    label, told = pairs.rows[0]
    assert label.en == "Where"
    assert [one.en for one in told] == [
        "eligible in Shanghai and Haikou; pending in Suzhou and Beijing; in Haikou on the same terms"
    ]


def test_what_same_terms_means_is_told_once_before_the_items(paper: Paper) -> None:
    told = [one.text for one in paper.blocks if isinstance(one, Paragraph) and "same terms" in one.text.en]
    assert [(one.zh, one.en) for one in told] == [
        (
            "“条件相同”指条件、限制和受理部门的种类与上海市相同，即该项下所写的。",
            "“On the same terms” means that the terms, the limits and the kind of authority to ask are those of "
            "Shanghai, as told under the item.",
        )
    ]
    assert write(paper, "markdown", "zh").decode().count("受理部门的种类") == 1


@pytest.mark.parametrize(
    "told",
    [
        "此类措施在北京可能已经可用",
        "such measures may be open in Beijing already",
        "2026-01-09, but which of this plan's tasks it holds",
    ],
)
def test_how_far_a_step_has_come_is_told_in_the_part_on_the_steps(paper: Paper, told: str) -> None:
    """It stood in the comparison too; that leads to the part. The summary tells what the press alone reports."""
    before, _, after = write(paper, "markdown", "both").decode().partition("Appendix: Sources")
    assert "Rulebook" in after
    summary, _, rest = before.partition("Side by side")
    assert rest.count(told) == 1
    lines = [one for one in summary.splitlines() if told in one]
    if "2026-01-09" in told:
        assert all("这只是报道，不是证明" in one and "a report alone, and no proof" in one for one in lines)
    assert len(lines) == 2  # in the step, and in what is waited for


def test_a_comparison_alone_tells_it_on_its_first_page(candidates: list[Candidate], rulebook: Rulebook) -> None:
    made = comparison_paper(decisions.compare(candidates, rulebook))
    suzhou, beijing, haikou = [one for one in made.summary if isinstance(one, Bullets)][1].items
    assert "The press reports that a task list for the nine cities was approved on 2026-01-09" in suzhou.en
    assert "such measures may be open in Beijing already" in beijing.en  # it heads several
    assert "此类措施在北京可能已经可用" in beijing.zh
    assert "What is open there: 99 " in suzhou.en
    assert haikou.en.endswith("whose own rules were not examined.")


def test_the_part_says_of_each_other_place_what_waits_there_and_on_what(paper: Paper) -> None:
    told = next(one for one in part(paper, "Side by side") if isinstance(one, Bullets))
    suzhou, beijing, haikou = told.items
    assert haikou.en == (
        "Haikou: it lies in Hainan Free Trade Port and China (Hainan) Pilot Free Trade Zone, whose own rules were not "
        "examined."
    )
    assert suzhou.en.startswith(
        "Suzhou: this report cannot say whether items 57, 110†, 111†, 132 can be used there; that depends on the nine "
        "new cities' own task lists: see “What depends on an official step or on the place's own programme”."
    )
    assert suzhou.zh.startswith("苏州市：第57、110†、111†、132项是否可用，本报告不能判断")
    for one in (suzhou, beijing):
        assert one.en.endswith("What is open there: item 99 (there by a later instrument alone).")
        assert one.zh.endswith("当地可用的是：第99项（只依后来的文件）。")
    assert "no refusal" not in write(paper, "markdown", "en").decode()


def test_the_place_of_the_paper_is_not_compared_with_itself(paper: Paper) -> None:
    assert dict((label.en, text.en) for label, text in paper.cover)["Compared with"] == "Suzhou, Beijing, Haikou"


def test_the_heading_of_what_is_open_names_findings_where_some_measure_waits_for_one(rulebook: Rulebook) -> None:
    certain = case_paper(whole(check(FACTS, rulebook, as_of=DAY, engine="reference")))
    some = case_paper(whole(check({**FACTS, "city": "海口"}, rulebook, as_of=DAY, engine="reference")))
    assert part(certain, "What is open now")
    assert part(some, "What is open now, or subject to an authority's finding")


def test_what_is_shut_in_a_city_and_open_in_a_zone_of_it_is_marked(paper: Paper) -> None:
    blocks = part(paper, "Side by side")
    matrix = next(one for one in blocks if isinstance(one, Table) and any(row[0].en == "119" for row in one.rows))
    cells = next([cell.en for cell in row[2:]] for row in matrix.rows if row[0].en == "119")
    assert cells[0] == "× Ineligible (c); open in a zone there, see below the table"
    assert cells[-1] == "● Eligible"
    assert cells[1:3] == ["× Ineligible (d)", "× Ineligible (e)"]
    after = blocks[blocks.index(matrix) + 1]
    assert isinstance(after, Bullets)
    assert after.items[0].en == "Item 119 is open in Shanghai too, within: China (Shanghai) Pilot Free Trade Zone"


def test_each_result_that_is_not_open_has_its_reason_and_the_words_under_the_table(
    paper: Paper, rulebook: Rulebook, candidates: list[Candidate]
) -> None:
    for made in (paper.blocks, comparison_paper(decisions.compare(candidates, rulebook)).blocks):
        tables = [one for one in made if isinstance(one, Table)]
        (under,) = (one for one in tables if one.heads[0].en == "Mark")  # each reason once, for all tables
        reasons = {row[0].en: row[1] for row in under.rows}
        seen, marked = 0, set[str]()
        for matrix in (one for one in tables if one.heads[1].en == "Measure"):
            marks = [re.search(r"\((\w+)\)", cell.en) for row in matrix.rows for cell in row[2:]]
            shut = [cell for row in matrix.rows for cell in row[2:] if not cell.en.startswith(("●", "◎"))]
            assert len([mark for mark in marks if mark]) == len(shut)
            marked |= {mark[1] for mark in marks if mark}
            seen += len(shut)
        assert marked == set(reasons)
        assert seen > 10
    told = {row[0].en: row[1] for row in under_of(paper, "119").rows}
    quoted = {mark: cell.items[1] for mark, cell in told.items() if isinstance(cell, CellLines)}
    assert told["d"].en.splitlines()[0] == (
        "it must be in a free trade port or pilot free trade zone; even then it would depend "
        "on the nine new cities' own task lists (on the same words as c)"
    )
    assert "北京示范区自身的安排" in told["e"].zh
    zones = Quote(
        "在自贸试验区（港）内注册的企业",
        "enterprises registered within pilot free trade zones (the free trade port)",
        Text("第119项", "item 119"),
    )
    assert quoted["c"] == zones
    assert "e" not in quoted  # the words are told once
    assert told["a"].en.endswith("open: see “What depends on an official step or on the place's own programme”")
    (under,) = (one for one in made if isinstance(one, Table) and one.heads[0].en == "Mark")  # of a comparison alone
    alone = next(row[1] for row in under.rows if row[0].en == "a")
    assert isinstance(alone, CellLines)
    note = alone.items[1]
    assert isinstance(note, Quote)
    assert note.words.startswith("具体试点任务由商务部")
    assert note.where == Text("注3", "note 3")
    assert told["f"].zh.splitlines()[0] == "本项仅适用于海南"
    assert quoted["f"] == Quote("海南", "Hainan", Text("适用范围栏", "scope column"))


def differences(paper: Paper) -> Bullets:
    """In what the first two differ, told after what cannot be said of the others."""
    return [one for one in part(paper, "Side by side") if isinstance(one, Bullets)][1]


def under_of(paper: Paper, row: str) -> Table:
    """The reasons, which stand once for all tables, after that which has a measure."""
    blocks = part(paper, "Side by side")
    place = next(n for n, one in enumerate(blocks) if isinstance(one, Table) and any(r[0].en == row for r in one.rows))
    return next(one for one in blocks[place + 1 :] if isinstance(one, Table) and one.heads[0].en == "Mark")


def test_what_an_instrument_alone_opens_in_some_of_them_is_said(paper: Paper) -> None:
    told = differences(paper)
    (shared,) = (
        one.en for one in told.items if one.en.startswith("Open, or subject to an authority's finding, in all")
    )
    assert shared.endswith(
        "in Suzhou and Beijing by a later instrument alone, whose words are not in this report's rules"
    )


def test_the_changes_say_for_which_of_those_compared_they_are(rulebook: Rulebook, candidates: list[Candidate]) -> None:
    assessment = check(FACTS, rulebook, as_of=DAY, engine="reference")
    prospects = decisions.change(assessment).prospects
    compared = case_paper(whole(assessment), prospects, decisions.compare(candidates, rulebook))
    assert "These changes are for Shanghai alone" in write(compared, "markdown", "en").decode()
    assert "以下调整只就上海市而言" in write(compared, "markdown", "zh").decode()
    assert "These changes are for" not in write(case_paper(whole(assessment), prospects), "markdown", "en").decode()


def test_what_could_be_read_more_narrowly_is_marked_wherever_a_comparison_names_it(
    paper: Paper, rulebook: Rulebook
) -> None:
    """A mark that stands in one place and not in the next says that the two differ."""
    text = write(paper, "markdown", "en").decode()
    rest = text[: text.index("## Appendix: ")]
    for row in (110, 111):
        measure = rulebook.measure(row)
        assert measure.narrower_reading
        assert f"{row}† {measure.title.en}" in rest
        assert f"{row} {measure.title.en}" not in rest
        assert not re.search(rf"\bitems (?:\d+†?, )*{row}\b(?!†)", rest)
        assert not re.search(rf"^\| {row} \|", rest, re.MULTILINE)


def test_what_an_instrument_alone_opens_elsewhere_is_told_beside_it(paper: Paper) -> None:
    """Row 99 is open in Suzhou and Beijing too, but not on the terms of Shanghai."""
    told = pairs(part(paper, "What is open now"), "Item 99")["Where"]
    assert "in Haikou on the same terms" in told
    assert "in Suzhou and Beijing it is open by a later instrument alone: see “Other instruments and reports”" in told
    assert "look them up" in pairs(part(paper, "What is open now"), "Item 99")["Other instruments and reports"]


def test_the_first_page_says_what_pending_means(paper: Paper) -> None:
    assert any(
        isinstance(one, Heading) and one.text.en == "Pending: not known from this report" for one in paper.summary
    )
