"""Whatever many are compared, their names and results fit the page, and none of them is lost."""

from __future__ import annotations

import datetime
import html
import re
from collections import Counter

import pytest

from applicability import Rulebook, decisions
from applicability.alternatives import in_places, with_values
from applicability.analysis.comparison import Comparison
from applicability.api import read_profile
from applicability.report.layout.paper import Bullets, Paper, Paragraph, Table, same
from applicability.report.papers.comparison import comparison_paper
from applicability.report.papers.comparison_matrix import cell_of
from applicability.report.papers.wide_tables import FITTING, parted
from applicability.report.papers.write import PaperFormat, write
from applicability.text import Text

from .test_papers import EVERY, FACTS, _no_pango, text_of

__all__ = ["_no_pango"]

DAY = datetime.date(2026, 11, 1)


def places(count: int, rulebook: Rulebook) -> Comparison:
    gazetteer = rulebook.gazetteer
    named = dict.fromkeys((*rulebook.pilots, *gazetteer.divisions))
    chosen = [gazetteer.full_name(code) for code in named][:count]
    profile = read_profile({**FACTS, "name": "A"})
    return decisions.compare(in_places(chosen, profile, rulebook, DAY), rulebook, engine="reference")


def matrices(paper: Paper) -> list[Table]:
    return [one for one in paper.blocks if isinstance(one, Table) and one.heads[1].en == "Measure"]


@pytest.mark.parametrize("count", range(2, 31))
def test_every_label_keeps_its_cells(count: int) -> None:
    labels = [same(f"P{number}") for number in range(count)]
    rows = [((same(str(row)),), [same(f"{row}.{place % 9}") for place in range(count)]) for row in range(3)]
    tables = list(parted((same("Item"),), labels, rows, (9,)))
    found: dict[str, list[str]] = {}
    for table in tables:
        assert len(table.heads) <= 1 + FITTING
        assert [row[0] for row in table.rows] == [same("0"), same("1"), same("2")]
        for column, head in enumerate(table.heads[1:], 1):
            for name in head.en.split(", "):
                found[name] = [row[column].en for row in table.rows]
    assert found == {one.en: [cells[place].en for _, cells in rows] for place, one in enumerate(labels)}


@pytest.mark.parametrize("count", [2, 7, 8, 20, 30])
@pytest.mark.parametrize("format_", EVERY)
def test_a_paper_of_many_places_holds_every_name_and_every_result(
    format_: PaperFormat, count: int, rulebook: Rulebook
) -> None:
    comparison = places(count, rulebook)
    paper = comparison_paper(comparison)
    told = html.unescape(text_of(write(paper, format_, "en"), format_))
    tables = matrices(paper)
    assert count == len(comparison.alternatives)
    wanted = Counter(cell for table in tables for row in table.rows for cell in map(plain, row[2:]))
    assert all(told.count(cell) >= number for cell, number in wanted.items())
    for label in (one.label for one in comparison.alternatives):
        assert told.count(plain(label)) >= len({table.rows for table in tables})
    assert {cell_of(bucket).en for row in comparison.rows if row.differs for bucket in row.buckets} <= {
        re.split(r" \(|;", cell.en)[0] for table in tables for row in table.rows for cell in row[2:]
    }


def said(paper: Paper) -> list[Text]:
    found = [one for block in paper.summary if isinstance(block, Bullets) for one in block.items]
    return [*found, *(one.text for one in paper.summary if isinstance(one, Paragraph))]


def test_what_is_the_same_for_several_places_is_told_once(rulebook: Rulebook) -> None:
    profile = read_profile({**FACTS, "name": "A"})
    compared = decisions.compare(in_places((), profile, rulebook, DAY), rulebook, engine="reference")
    paper = comparison_paper(compared)
    told = said(paper)
    assert len([one for one in told if "this report cannot say whether" in one.en]) == 2
    assert any("eligible in Shanghai (your place), Tianjin, " in one.en for one in told)
    assert any("上海市（本企业所在）" in one.zh for one in told)
    assert not any("as it is: " in one.en for one in told)
    assert any(label.en == "Main facts" for label, _ in paper.cover)
    ranking = next(one for one in paper.blocks if isinstance(one, Table))
    assert len(ranking.rows) <= FITTING


def test_a_value_is_not_named_like_a_place(rulebook: Rulebook) -> None:
    profile = read_profile({**FACTS, "name": "A"})
    made = [profile.but(foreign_share=share) for share in (0, 60)]
    compared = decisions.compare(with_values("foreign_share", made, rulebook, DAY, profile), rulebook)
    told = said(comparison_paper(compared))
    assert any("eligible with foreign share 60%; ineligible with foreign share 0%" in one.en for one in told)


def plain(cell: object) -> str:
    assert isinstance(cell, Text)
    return re.sub(r"[\s\\>]+", "", cell.en)
