"""A paper of changes: what they come to stands first, and one way of several is not told as the only one."""

from __future__ import annotations

import datetime
import re

import pytest

from applicability import Rulebook, check, decisions
from applicability.report.layout.paper import Bullets, Heading, Paper, Paragraph, Table, same
from applicability.report.papers.changes import changes_paper

from .companies import AGENCY

DAY = datetime.date(2026, 11, 1)


@pytest.fixture(scope="module")
def paper(rulebook: Rulebook) -> Paper:
    assessment = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    return changes_paper(assessment, decisions.change(assessment).prospects, same("A"), ())


def under(paper: Paper, title: str) -> list[object]:
    found: list[object] = []
    inside = False
    for block in paper.blocks:
        if isinstance(block, Heading):
            inside = block.text.en == title
        elif inside:
            found.append(block)
    return found


def reasons(paper: Paper, title: str) -> dict[str, tuple[str, str]]:
    """Why, in English and in Chinese, by the measures told on the line."""
    tables = [one for one in under(paper, title) if isinstance(one, Table)]
    return {row[1].en: (row[0].en, row[0].zh) for table in tables for row in table.rows}


def why(paper: Paper, title: str, row: int) -> tuple[str, str]:
    return next(told for rows, told in reasons(paper, title).items() if re.search(rf"\b{row}†? ", rows))


def test_the_first_page_counts_the_changes_and_names_the_first(paper: Paper) -> None:
    lead, table = paper.summary[0], next(one for one in paper.summary if isinstance(one, Table))
    assert isinstance(lead, Paragraph)
    assert re.match(r"Of the [0-9]+ measures that are not open now, [0-9]+ would open", lead.text.en)
    (first,) = (one for one in paper.summary if isinstance(one, Bullets))
    assert len(first.items) == 3
    shut = int(re.findall("[0-9]+", lead.text.en)[0])
    assert sum(int(row[2].en) for row in table.rows) == shut, "every measure is counted once"


@pytest.mark.parametrize("row", [18, 34, 52, 56, 114])
def test_one_way_of_several_is_not_told_as_the_only_one(row: int, paper: Paper) -> None:
    en, zh = why(paper, "What nothing the entity does opens", row)
    assert en.startswith("one way is open to those ")
    assert "only" not in en.split("“")[0]
    assert en.endswith("none of the other ways is met either")
    assert zh.startswith("途径之一")


def test_words_agree_in_number(paper: Paper) -> None:
    told = [en for en, _ in reasons(paper, "What nothing the entity does opens").values()]
    assert not any(re.search(r"whose (licences|roles in a group) is", one) for one in told)
    assert not any("register of official steps records" in one for one in told)


@pytest.mark.parametrize("row", [44, 45, 46])
def test_what_may_simply_be_so_is_asked(row: int, paper: Paper) -> None:
    en, zh = why(paper, "Questions to answer first", row)
    assert en.startswith("Is “member of a multinational group” among your roles in a group?")
    assert zh.startswith("“跨国公司成员企业”是否属于")


def test_unlikely_changes_are_told_by_their_items_alone(paper: Paper) -> None:
    (told,) = under(paper, "Changes that are unlikely for such an entity")
    assert isinstance(told, Paragraph)
    assert "changes are unlikely for sector 7291" in told.text.en


def test_places_far_away_are_counted_where_one_of_the_own_city_will_do(paper: Paper) -> None:
    cells = [row[0].en for one in paper.blocks if isinstance(one, Table) for row in one.rows]
    assert any(
        re.fullmatch("move to China .Shanghai. Pilot Free Trade Zone or one of [0-9]+ others", one) for one in cells
    )
    assert not any("one of 1 others" in one for one in cells)


def test_nothing_is_said_to_cost_no_licence(paper: Paper) -> None:
    by = [
        row[1].en for one in under(paper, "Within the line of business") if isinstance(one, Table) for row in one.rows
    ]
    assert by
    assert set(by) == {"your decision; licence not examined"}


def test_a_reason_stands_beside_every_line_of_its_measures(paper: Paper) -> None:
    rows = reasons(paper, "What nothing the entity does opens")
    duties = [one for one, (en, _) in rows.items() if en.startswith("a duty of authorities")]
    assert len(duties) > 1
