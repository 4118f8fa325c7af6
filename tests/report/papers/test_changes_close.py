"""A change in a paper names what it closes, and a move all that it opens wherever it leads."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import pytest

from applicability import Assessment, Rulebook, check, decisions
from applicability.lazy_dataclass import replace
from applicability.report.language.edits import option
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import CellLines, Heading, Paragraph, Table, TableCell, same
from applicability.report.papers.changes import changes_of, changes_paper, owners, ways
from applicability.report.papers.changes_close import closed_anywhere, closed_lines
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.rows import measure_list

from .companies import AGENCY, LESSOR

DAY = datetime.date(2026, 11, 1)


@pytest.fixture(scope="module")
def told(rulebook: Rulebook) -> dict[str, str]:
    """What the first changes open and close, by the change."""
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    return {row[0].zh: row[3].zh for row in rows_of(assessment)}


def rows_of(assessment: Assessment) -> list[tuple[TableCell, ...]]:
    """The lines of a paper of changes alone, which names all that are likely."""
    paper = changes_paper(assessment, decisions.change(assessment).prospects, same("甲"), ())
    tables = [one for one in paper.blocks if isinstance(one, Table) and len(one.heads) == 4]
    return [row for one in tables for row in one.rows]


def first_of(assessment: Assessment) -> Table:
    """The changes that a case tells in full."""
    made = changes_of(assessment, decisions.change(assessment).prospects)
    return next(one for one in made if isinstance(one, Table))


def test_a_move_names_what_it_closes(told: dict[str, str]) -> None:
    moved = [opens for change, opens in told.items() if change.startswith("迁至上海")]
    assert any(one.endswith("同时不再适用：93† 航空发动机等纳入海关异地监管") for one in moved)


def test_a_change_that_closes_nothing_says_nothing_of_it(told: dict[str, str]) -> None:
    added = [opens for change, opens in told.items() if change.startswith("业务活动增加")]
    assert added
    assert not any("不再适用" in one for one in added)


def test_places_of_the_own_city_stand_before_others(rulebook: Rulebook) -> None:
    facts = {**LESSOR, "city": "上海", "zones": [], "licences": [], "activities": ["travel-agency"], "sector": "7291"}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    found = [row[0].zh for row in rows_of(assessment) if row[0].zh.startswith("迁至") and "或其余" in row[0].zh]
    moved = next(one for one in found if "自由贸易试验区" in one)
    assert moved.startswith("迁至中国（上海）自由贸易试验区")


def test_that_other_law_was_not_examined_is_said_once_and_not_of_every_change(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    prospects = decisions.change(assessment).prospects
    words = ConditionRenderer(rulebook, assessment.facts)
    assert not any("other law" in owners(one, words).en for _, one, _ in ways(assessment, prospects))
    lead = next(one.text for one in changes_of(assessment, prospects) if isinstance(one, Paragraph))
    assert "was not examined: whoever is licensed or supervised asks the supervisor first" in lead.en
    assert "其他法律是否允许、是否要求先取得许可或批准，没有审查" in lead.zh


def test_a_case_offers_no_move_that_loses_what_is_of_its_own_business(rulebook: Rulebook) -> None:
    """A lessor that is told to leave for another city would lose the measure on what it leases."""
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    table = first_of(assessment)
    assert not any(row[0].zh.startswith("迁至") for row in table.rows)
    assert len(table.rows) <= 5


def test_what_such_companies_do_stands_before_what_anybody_may_do(rulebook: Rulebook) -> None:
    facts = {**LESSOR, "city": "上海", "zones": [], "licences": [], "activities": ["travel-agency"], "sector": "7291"}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    table = first_of(assessment)
    added = [
        row[0].en for row in table.rows if row[0].en.startswith("add ") and row[0].en.endswith(" to the activities")
    ]
    assert added[0] == "add wellness services with Chinese medicine or tourism to the activities"
    assert not any("electronic signatures" in one for one in added)


def test_a_zone_of_its_own_city_is_told_even_where_other_changes_are_nearer(rulebook: Rulebook) -> None:
    facts = {
        **{"city": "上海", "zones": [], "sector": "7291", "foreign_share": 100, "activities": ["travel-agency"]},
        **{"entity_kind": "enterprise", "registered_here": True, "licences": [], "group_roles": [], "products": []},
    }
    assessment = check({**facts, "planned": True}, rulebook, as_of=DAY, engine="reference")
    prospects = decisions.change(assessment).prospects
    for blocks in (changes_of(assessment, prospects), [NextSteps(assessment, prospects).table()]):
        rows = [[cell.zh for cell in row] for one in blocks if isinstance(one, Table) for row in one.rows]
        told = " ".join(next(one for one in rows if any("改设在" in cell for cell in one)))
        assert "改设在中国（上海）自由贸易试验区" in told
        assert "119 自贸试验区（港）企业临时仲裁" in told
        assert "海南" not in told


def test_who_can_make_a_change_is_told_of_each_part_where_that_differs(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    table = first_of(assessment)
    told = {row[0].zh: row[1].zh for row in table.rows}
    supervisor = "；持牌主体先问明国家金融监管部门（本企业的监管部门，推断）"  # it decides nothing alone
    assert told["引入外资股东"] == f"由股东决定，须投入成本{supervisor}"
    (both,) = (who for change, who in told.items() if "；如属实，补充填报人员类别" in change)
    assert both == f"外资比例：由股东决定，须投入成本；人员类别：只须填报{supervisor}"


def test_the_next_steps_say_how_many_changes_they_leave_out(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    prospects = decisions.change(assessment).prospects
    every = first_of(assessment)
    steps = NextSteps(assessment, prospects).table()
    own = [row[1].zh for row in steps.rows if row[1].zh.startswith(("可选：", "尚没有的，可选：在同一地方"))]
    left = steps.rows[-1][1].zh
    assert left.startswith(
        f"可选，“哪些调整可增加适用措施”另列{len(every.rows) - len(own)}种调整：（1）引入外资股东；（2）"
    )
    assert "53† " in steps.rows[-1][2].zh


@pytest.mark.parametrize("facts", [LESSOR, AGENCY])
def test_the_changes_not_told_in_full_are_told_by_what_has_to_change(
    facts: Mapping[str, object], rulebook: Rulebook
) -> None:
    """They were a count alone, and before that a list of titles."""
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    prospects = decisions.change(assessment).prospects
    made = list(changes_of(assessment, prospects))
    full, rest = (one for one in made if isinstance(one, Table))
    heads = [row[0].en for row in rest.rows]
    assert len(set(heads)) == len(heads)
    assert heads[0] == "add to the activities"  # what costs least
    short = sum(len(row[1].items) for row in rest.rows if isinstance(row[1], CellLines))
    unlikely = made[-1]
    assert isinstance(unlikely, Paragraph)
    told = re.match(r"Another (\d+) changes are unlikely for sector ", unlikely.text.en)
    assert told is not None
    every = ways(assessment, prospects)
    own = [row for row in full.rows if not row[0].en.startswith("set up")]
    assert len(own) + short + int(told[1]) == len(every)
    (heading,) = (one.text.en for one in made if isinstance(one, Heading) and one.level == 2)
    assert heading == f"Other changes that are likely ({short})"
    named = " ".join(cell.en for table in (full, rest) for row in table.rows for cell in row) + unlikely.text.en
    for _, _, rows in every:
        for one in rows:
            assert re.search(rf"\b{one.finding.measure.row}\b", named), "each measure that a change opens is named"


def test_a_change_told_in_short_names_what_it_closes(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    made = changes_of(assessment, decisions.change(assessment).prospects)
    rest = [one for one in made if isinstance(one, Table)][1]
    (moves,) = (row[1] for row in rest.rows if row[0].zh == "换一个地方")
    assert "（同时不再适用：第93†、119项）" in moves.zh
    assert "(closes: items 93†, 119)" in moves.en


def test_a_change_to_one_of_several_places_tells_what_each_closes(rulebook: Rulebook) -> None:
    """Outside any zone of Shanghai item 119 is lost too, and inside its free trade zone it is not."""
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    made = changes_of(assessment, decisions.change(assessment).prospects)
    rest = [one for one in made if isinstance(one, Table)][1]
    lines = {
        lang: [getattr(line, lang) for row in rest.rows if isinstance(row[1], CellLines) for line in row[1].items]
        for lang in ("zh", "en")
    }
    (zh,) = (one for one in lines["zh"] if "143†" in one)
    assert zh.endswith("（同时不再适用：第93†项；如在上海市（不在任何功能区），还不再适用：第119项）")
    (en,) = (one for one in lines["en"] if "143†" in one)
    assert en.endswith("(closes: item 93†; in Shanghai (no zone) it closes besides: item 119)")


def test_every_loss_of_a_change_is_told_of_the_places_where_it_is_one(rulebook: Rulebook) -> None:
    """Each place, checked alone, loses just what the line on the change says of it."""
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    several = 0
    for _, change, _ in ways(assessment, decisions.change(assessment).prospects):
        moves = [edit for edit in change.edits if edit.kind == "move"]
        if not moves:
            continue
        (move,) = moves
        told = closed_lines(assessment, change, measure_list)
        for one in move.options[: move.plausible]:
            alone = replace(
                change, edits=tuple(replace(edit, options=(one,)) if edit is move else edit for edit in change.edits)
            )
            lost = {measure.row for measure in closed_anywhere(assessment, alone)}
            place = option(move, one, ConditionRenderer(rulebook, assessment.facts)).zh
            own = [line.zh for line in told if line.zh.startswith("同时") or place in line.zh or "或其余" in line.zh]
            named = {int(row) for line in own for row in re.findall(r"(?:：|；)(\d+)†? ", line)}
            assert lost <= named
        several += len(told) > 1
    assert several


def test_how_many_changes_are_told_in_short_is_not_promised_of_all(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    made = list(changes_of(assessment, decisions.change(assessment).prospects))
    lead = next(one.text for one in made if isinstance(one, Paragraph) and "more are not in the table" in one.text.en)
    (heading,) = (one.text.en for one in made if isinstance(one, Heading) and one.level == 2)
    unlikely = made[-1]
    assert isinstance(unlikely, Paragraph)
    whole, likely = re.findall(r"\d+", lead.en)[:2]
    assert heading == f"Other changes that are likely ({likely})"
    assert unlikely.text.en.startswith(f"Another {int(whole) - int(likely)} changes are unlikely for ")
