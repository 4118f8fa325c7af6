"""Profiles accept what register cells accept."""

from __future__ import annotations

from typing import Any

import pytest

from applicability import Profile, Rulebook, check
from applicability.api import screener
from applicability.bulk.register.cells import CellReader
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts

CELLS = {
    "foreign_share": ["４０％", "40 %", "４０", " 33.4% ", "40％"],
    "activities": ["travel-agency、app-store", "travel-agency;app-store", "旅行社，应用商店", "无", "none", "没有"],
    "zones": ["东疆；天津滨海高新区", "无", "[]"],
    "zone_types": ["综合保税区、自贸试验区"],
    "sector": ["7291 旅行社", "7291；63", "旅行社、餐饮业", "I"],
    "investor_origins": ["hong_kong、macao", "香港，澳门"],
}


@pytest.mark.parametrize(("fact", "cell"), [(fact, cell) for fact, cells in CELLS.items() for cell in cells])
def test_a_profile_reads_what_a_cell_says(fact: str, cell: str, rulebook: Rulebook) -> None:
    told = CellReader(rulebook, rulebook.facts[fact]).read(cell)

    def facts(value: object) -> tuple[Any, ...] | str:
        try:
            found = read_facts(Profile.of({fact: value}), rulebook)
        except ProfileError as error:
            return str(error)
        return found.values.get(fact), found.whereabouts

    assert facts(cell) == facts(told)
    if cell not in CELLS["zones"][:1]:
        assert not isinstance(facts(cell), str), facts(cell)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("上海市浦东新区", ("310115",)), ("江苏省苏州市吴中区", ("320506",)), ("北京市朝阳区", ("110105",)),
        ("天津滨海新区", ("120116",)), ("浙江杭州", ("330100",)), ("吉林吉林市", ("220200",)), ("北京市浦东新区", ()),
        ("上海市浦东新区张江路", ()), ("上海上海", ()), ("湖南省长沙市长沙县", ("430121",)),
    ],
)  # fmt: skip
def test_a_place_may_stand_after_the_place_around_it(name: str, codes: tuple[str, ...], rulebook: Rulebook) -> None:
    assert rulebook.gazetteer.candidates(name, "division") == codes
    day = check(Profile(city="天津"), rulebook, engine="reference").as_of
    found = screener(["city"], rulebook, as_of=day)
    if codes:
        assert read_facts(Profile(city=name), rulebook).whereabouts.divisions == codes
        assert found.columns


def test_a_zone_may_stand_after_its_city(rulebook: Rulebook) -> None:
    assert rulebook.gazetteer.candidates("天津市东疆综合保税区", "zone") == ("dongjiang-cbz",)


@pytest.mark.parametrize("written", ["4²", "½", "Ⅳ", "四"])
def test_what_only_looks_like_a_number_is_none(written: str, rulebook: Rulebook) -> None:
    with pytest.raises(ProfileError, match="is not a number"):
        read_facts(Profile(foreign_share=written), rulebook)


def test_an_empty_text_is_no_empty_list(rulebook: Rulebook) -> None:
    for empty in ("", "  ", "，"):
        with pytest.raises(ProfileError):
            read_facts(Profile(activities=empty), rulebook)
