"""Whom a paper says to ask: who makes a finding, beside the one that is inferred for the rest."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook, check
from applicability.report.layout.paper import Quote
from applicability.report.papers.rows import RowWriter

DAY = datetime.date(2026, 11, 1)
LESSOR = {
    "city": "天津",
    "zones": ["东疆"],
    "sector": "6631",
    "entity_kind": "enterprise",
    "registered_here": True,
    "foreign_share": 0,
    "group_roles": [],
    "activities": ["engine-and-machinery-leasing", "bonded-aircraft-leasing"],
    "products": [],
}
LICENSED = {**LESSOR, "licences": ["financial_leasing"]}
PLAIN = {**LESSOR, "licences": []}


def asked(rulebook: Rulebook, facts: dict[str, object], row: int) -> list[str]:
    finding = check(facts, rulebook, as_of=DAY, engine="reference").finding(row)
    writer = RowWriter(rulebook, finding.facts)
    return [one.words if isinstance(one, Quote) else one.en for one in writer.whom(finding)]


@pytest.mark.parametrize("row", [94, 95, 96])
def test_who_makes_a_finding_is_named_with_what_it_is_for(row: int, rulebook: Rulebook) -> None:
    finder, rest = asked(rulebook, LICENSED, row)
    assert finder.startswith("the foreign-exchange authority, only for what is to be found in other cases")
    assert "whether" in finder
    assert rest.startswith("the place's commerce department, for everything else")


def test_a_finding_that_the_result_waits_for_is_asked_of_who_makes_it(rulebook: Rulebook) -> None:
    finder, rest = asked(rulebook, PLAIN, 95)
    assert finder.startswith("the foreign-exchange authority, for the finding to be made: whether a lessor")
    assert rest.startswith("the place's commerce department, for everything else")


def test_an_authority_that_the_words_name_is_named_once(rulebook: Rulebook) -> None:
    who, words = asked(rulebook, LICENSED, 93)
    assert who == "Customs"
    assert "海关" in words


def test_without_a_finding_the_inferred_contact_stands_alone(rulebook: Rulebook) -> None:
    assert asked(rulebook, LICENSED, 119) == ["the place's commerce department (our inference: the words name nobody)"]


def test_a_bank_that_the_words_name_is_whom_to_ask(rulebook: Rulebook) -> None:
    who, words = asked(rulebook, LICENSED, 101)
    assert who == "the bank that handles the registration"
    assert words in rulebook.measure(101).text
