"""Headings that an output tells to use: each is read as the column that it is told for, in both languages."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.register.column_plan import plan_of
from applicability.loading.profile.parts import part_names
from applicability.model.column_names import column_called, column_meant, in_part
from applicability.model.headings import held_by
from applicability.text import Lang

from ..run.partly import BOOK, of_table

COLUMNS = [
    *BOOK.headings.columns,
    *BOOK.facts,
    *(one for fact in BOOK.facts.values() for one in part_names(fact)),
    *BOOK.headings.may_hold,
]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_column_is_called_is_read_as_that_column(lang: Lang) -> None:
    for column in dict.fromkeys(COLUMNS):
        called = column_called(BOOK, column).of(lang)
        assert plan_of(BOOK, [called]).holds == {called: column}
        assert column_meant(BOOK, called) == column_meant(BOOK, column) == column


def test_the_headings_of_lists_in_part_are_read_in_every_wording() -> None:
    words = BOOK.by_heading
    for fact in BOOK.facts.values():
        if (named := in_part(fact)) is not None:
            label = fact.label
            partly = (named.zh, named.en, f"{label.zh}(部分)", f"{label.en} (partly)", f"{named.en} {named.zh}")
            assert {held_by(words, one) for one in partly} == {f"{fact.name}.yes"}
    assert held_by(words, "外资比例（部分）") is None


def test_a_column_in_part_leaves_the_rest_of_its_list_open() -> None:
    cells = {
        "企业名称": ["甲"],
        "业务活动（部分）": ["数据标注"],
        "持牌或监管身份（部分）": ["无"],
        "所在功能区（部分）": ["东疆片区"],
    }
    found = of_table(CellTable(cells, 1))
    assert found.profiles == [{"activities": {"yes": ["数据标注"]}, "zones": {"yes": ["东疆片区"]}}]
    assert [column for column, _, _ in found.notes[0]] == ["持牌或监管身份（部分）"]
