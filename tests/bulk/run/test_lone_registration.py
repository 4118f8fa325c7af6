"""A place of registration without its city, beside a credit code that was given in another city."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.text import Lang

from .partly import Partly, of_table
from .test_places_apart import code


def of_row(lang: Lang = "en", /, **cells: str | None) -> Partly:
    own: dict[str, str | None] = {"企业名称": "甲", "统一社会信用代码": code("120116"), **cells}
    return of_table(CellTable({name: [cell] for name, cell in own.items()}, 1), lang=lang)


@pytest.mark.parametrize(
    "cells",
    [
        {"注册区县": "海淀区"},
        {"注册区县": "朝阳区"},  # of several cities, none of which is that of the code
        {"注册地址": "海淀区示例路1号"},
        {"注册地址": "朝阳区示例路1号"},
        {"注册区县": "海淀区", "注册地址": "示例路1号"},
    ],
)
def test_no_city_is_taken_from_the_code_of_another(cells: dict[str, str]) -> None:
    found = of_row(**cells)
    assert "city" not in found.profiles[0]
    assert "city" not in found.written[0]
    heading = next(iter(cells))
    assert (heading, "S302", cells[heading]) in found.notes[0]


def test_a_place_of_registration_that_is_certain_by_itself_says_that_the_company_moved() -> None:
    found = of_row(注册地="海淀区")
    assert "city" not in found.written[0]
    assert found.notes[0][0][:2] == ("统一社会信用代码", "")


def test_the_note_says_which_of_the_two_may_be_wrong() -> None:
    said = (
        "`海淀区` (in Beijing) under `注册区县` does not lie in Tianjin, where the code under `统一社会信用代码` was "
        "given; taken as missing"
    )
    assert said in of_row(注册区县="海淀区").texts[0]
    said = "`注册区县` 列的 `海淀区`（在北京市）不在 `统一社会信用代码` 列的代码的登记地（天津市）内；按未填处理"
    assert said in of_row("zh", 注册区县="海淀区").texts[0]


@pytest.mark.parametrize(
    "cells",
    [
        {"注册区县": "河西区"},
        {"注册区县": "和平区"},  # of several cities: one is that of the code
        {"注册地址": "和平区示例路1号"},
        {"注册地址": "示例路1号"},
    ],
)
def test_a_district_that_may_lie_there_leaves_the_city_of_the_code(cells: dict[str, str]) -> None:
    found = of_row(**cells)
    assert found.written[0]["city"] == "120000"
    assert all(note != "S302" for _, note, _ in found.notes[0])


def test_a_city_that_is_told_counts_whatever_the_registration_says() -> None:
    found = of_row(城市="上海", 注册区县="海淀区")
    assert found.profiles[0]["city"] == "上海"
    assert all(note != "S302" for _, note, _ in found.notes[0])


def test_what_is_told_of_a_registration_names_its_own_column() -> None:
    found = of_row(城市="天津", 注册地址=None, 注册区县="鼓楼区")
    assert [column for column, note, _ in found.notes[0] if note == "P104"] == ["注册区县"]
