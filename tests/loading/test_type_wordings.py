"""Every wording of company types: what it tells of the owners is not told in silence about the kind of entity."""

from __future__ import annotations

import pytest

from applicability import load_rulebook
from applicability.loading.company.company_types import CompanyTypes, JointFacts

BOOK = load_rulebook()
TYPES = CompanyTypes(BOOK, ("foreign_share", "foreign_share.above", "foreign_share.below", "entity_kind"))
WORDINGS = sorted({word for one in BOOK.headings.types for word in (*one.holds, *one.whole)})


def said(word: str, share: str | None = None) -> JointFacts:
    """What a type says of a company, which may state its foreign share."""
    told = {} if share is None else {"foreign_share": TYPES.weight("foreign_share", share)}
    return TYPES.together([TYPES.wordings(word)], told)


@pytest.mark.parametrize("share", [None, "60", "100"])
def test_each_wording_tells_the_kind_or_says_that_it_does_not(share: str | None) -> None:
    silent = []
    for word in WORDINGS:
        found = said(word, share)
        notes = [note for fact, note, _ in found.notes]
        own = [note for one in BOOK.headings.types if "entity_kind" in one.settles and (note := one.note)]
        told = any(fact == "entity_kind" for fact, _, _ in found.notes) or any(one in own for one in notes)
        if "entity_kind" not in found.gives and not told:
            silent.append(word)
    assert silent == []


@pytest.mark.parametrize(
    "word",
    [
        "独资经营(港资)", "港澳台商独资经营", "台、港、澳商独资", "合资经营（港资）", "Sino-foreign JV",
        "Joint venture 中外合资",
        "港、澳、台商独资经营企业", "中外合作经营企业",
    ],
)  # fmt: skip
def test_the_forms_of_foreign_investment_are_enterprises(word: str) -> None:
    assert said(word).gives["entity_kind"] == ("enterprise", 0)
    assert said(word, "60").gives.get("entity_kind") == ("enterprise", 0)


@pytest.mark.parametrize("word", ["Branch of foreign bank", "个体工商户", "外国(地区)企业常驻代表机构", "中外合资医院"])
def test_a_type_that_leaves_the_kind_open_is_noted_beside_a_share(word: str) -> None:
    found = said(word, "60")
    assert "entity_kind" not in found.gives
    assert [fact for fact, note, _ in found.notes if "please check" not in note.en] == ["entity_kind"]


def test_a_kind_that_is_stated_is_not_asked_for() -> None:
    told = {"entity_kind": TYPES.weight("entity_kind", "other_organisation")}
    found = TYPES.together([TYPES.wordings("个体工商户")], told)
    assert not [fact for fact, _, _ in found.notes if fact == "entity_kind"]
