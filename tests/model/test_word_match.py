"""Searches over lists: Chinese is found anywhere in a text, words in letters where one of its words begins."""

from __future__ import annotations

import pytest

from applicability import load_rulebook
from applicability.model.word_match import holds
from applicability.service import listing
from applicability.service.measure_search import found_measures

BOOK = load_rulebook()


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Travel agencies", "agency", True),
        ("Travel agencies", "AGENCIES", True),
        ("Travel agencies", "travel ag", True),
        ("bank", "ban", True),
        ("bank", "bankruptcy", False),
        ("healthcare", "car", False),
        ("start-up services", "art", False),
        ("cross-border e-commerce", "ecommerce", True),
        ("cross-border e-commerce", "e-com", True),
        ("chemist's", "chemists", True),
        ("含AI的芯片", "ai", True),
        ("含AI的芯片", "芯片", True),
        ("R&D", "R&D", True),
        ("anything", "", True),
    ],
)
def test_words_are_found_where_a_word_begins(text: str, wanted: str, found: bool) -> None:
    assert holds(text, wanted) is found


def test_no_list_finds_a_word_inside_another() -> None:
    assert 29 in [one.row for one in found_measures(BOOK, "care", BOOK.measures)]
    assert found_measures(BOOK, "ealth", BOOK.measures) == []
    assert listing.find_activities(BOOK, "ealth", 100) == []
    assert listing.limit_rows(BOOK, BOOK.measures, "ealth") == []
    assert listing.limit_rows(BOOK, BOOK.measures, "taiwan")


def test_activities_with_the_whole_word_come_first() -> None:
    found = [one.value for one in listing.find_activities(BOOK, "car", 100)]
    assert found[0] == "classic-car-services"
    assert "non-profit-elderly-care" in found  # what is being typed may become care
