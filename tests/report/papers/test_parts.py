"""Rows of several parts in a paper: which part is open, to whom, for what reason, on which words."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook, check
from applicability.model.assessment import Finding
from applicability.report.language.limb_words import limb_english, limb_words
from applicability.report.layout.paper import Pairs, Quote
from applicability.report.papers.rows import RowWriter
from applicability.text import Text

DAY = datetime.date(2026, 11, 1)
FACTS = {
    "city": "天津",
    "zones": ["东疆"],
    "entity_kind": "enterprise",
    "registered_here": True,
    "foreign_share": 100,
    "licences": ["financial_leasing"],
    "group_roles": [],
    "activities": ["engine-and-machinery-leasing"],
    "products": [],
}


def finding(rulebook: Rulebook, row: int) -> Finding:
    return check(FACTS, rulebook, as_of=DAY, engine="reference").finding(row)


def told(rulebook: Rulebook, row: int) -> dict[str, list[str]]:
    """The pairs of a row in English; a quote by its words."""
    one = finding(rulebook, row)
    pairs = next(block for block in RowWriter(rulebook, one.facts).full(one) if isinstance(block, Pairs))
    return {
        label.en: [item.words if isinstance(item, Quote) else item.en for item in items] for label, items in pairs.rows
    }


def test_the_part_of_the_family_has_its_own_reason_and_words(rulebook: Rulebook) -> None:
    found = told(rulebook, 111)
    staff, family = found["Part 1"], found["Part 2"]
    assert "Eligible; addressed to enterprises or individuals" in staff[0]
    assert "外方人员提供签证便利" in staff[-1]
    assert "for spouse or family accompanying foreign staff of a foreign-invested enterprise, not" in family[0]
    assert "not for the entity itself; this report does not examine whether these qualify" in family[0]
    assert not any(one.startswith("why: ") for one in family)  # who it is not for has not failed it
    assert family[-1].endswith("且允许随行配偶和家属享有与其相同的入境和临时停留期")


def test_what_a_part_of_others_leaves_to_be_found_is_not_asked_of_this_entity(rulebook: Rulebook) -> None:
    found = told(rulebook, 94)
    own, project = found["Part 1"], found["Part 2"]
    assert own[-1] == "将金融租赁公司纳入融资租赁公司外债便利化试点范围"
    assert project[-1] == "在当地注册的金融租赁公司下设的项目公司可共享母公司外债额度"
    assert "for project company of a (bank-regulated) financial leasing company, not for the entity" in project[0]
    # the reader is that parent, and says where it is registered
    assert not any("whether its parent" in one for one in project)
    assert "Findings that only other cases need" not in found
    assert all(found.values())


def test_a_part_that_is_a_duty_of_authorities_says_so(rulebook: Rulebook) -> None:
    assert told(rulebook, 132)["Part 1"][0].endswith("a duty of authorities; nobody can apply for it")


def test_a_row_of_one_part_has_none(rulebook: Rulebook) -> None:
    assert not any(label.startswith("Part") for label in told(rulebook, 95))


def test_the_words_of_every_part_stand_in_its_row_and_have_their_english(rulebook: Rulebook) -> None:
    several = [one for one in rulebook.measures if len(one.limbs) > 1]
    assert several
    for measure in several:
        translation = rulebook.translation(measure.document)
        assert translation is not None
        for limb in measure.limbs:
            words = limb_words(measure, limb)
            assert words, (measure.row, limb.id)
            assert all(part in measure.text for part in words.split("……"))
            english = limb_english(rulebook, measure, limb)
            assert english, (measure.row, limb.id)
            assert translation.rows[measure.row].holds(english)


@pytest.mark.parametrize("row", [94, 111])
def test_parts_of_a_row_are_told_apart(row: int, rulebook: Rulebook) -> None:
    measure = rulebook.measure(row)
    assert len({limb_words(measure, limb) for limb in measure.limbs}) == len(measure.limbs)


def test_a_part_for_persons_is_shut_where_the_place_shuts_the_row_and_for_a_person_who_is_none_of_them(
    rulebook: Rulebook,
) -> None:
    for changed in ({"city": "长沙", "zones": []}, {"entity_kind": "natural_person", "person_kind": []}):
        one = check({**FACTS, **changed}, rulebook, as_of=DAY, engine="reference").finding(111)
        pairs = next(block for block in RowWriter(rulebook, one.facts).full(one) if isinstance(block, Pairs))
        family = next(items for label, items in pairs.rows if label.en == "Part 2")
        assert isinstance(family[0], Text)
        assert "Ineligible; addressed to individuals" in family[0].en


@pytest.mark.parametrize(
    ("lang", "read"), [("en", "(as this report reads it, by Customs)"), ("zh", "（按本报告的读法，由海关认定）")]
)
def test_an_authority_that_a_row_names_for_something_else_is_not_said_to_be_named_for_its_finding(
    lang: str, read: str, rulebook: Rulebook
) -> None:
    """Row 93 names Customs for its policy, and nobody who finds whether the risk is guarded against."""
    one = finding(rulebook, 93)
    pairs = next(block for block in RowWriter(rulebook, one.facts).full(one) if isinstance(block, Pairs))
    items = [item for _, own in pairs.rows for item in own if isinstance(item, Text)]
    lines = [item.en if lang == "en" else item.zh for item in items]
    assert len([each for each in lines if read in each]) == 2
    assert not [each for each in lines if "which the text names" in each or "原文写明的" in each]


@pytest.mark.parametrize("row", [110, 111])
def test_parts_with_different_forces_each_have_their_own(row: int, rulebook: Rulebook) -> None:
    """Visas are made easier, which is an encouragement; that the family may stay is a right."""
    found = told(rulebook, row)
    parts = {label: " ".join(items) for label, items in found.items() if label.startswith("Part ")}
    assert len(parts) == len(rulebook.measure(row).usable)
    assert all("; force: " in one for one in parts.values())
    assert "; force: a right (“允许”, permit)" in parts[max(parts)]
    assert any("; force: an encouragement (as read)" in one for one in parts.values())


def test_parts_with_one_force_leave_it_to_the_row(rulebook: Rulebook) -> None:
    found = told(rulebook, 94)
    assert not any("force:" in item for label, items in found.items() if label.startswith("Part ") for item in items)
