"""Columns of registration: never taken for the place of business, unless the user says so of the whole register."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from applicability import Profile, ProfileError, check
from applicability.bulk.engine.arrays import CellTable
from applicability.loading.profile.keys import in_facts
from applicability.screening import defaults_of, screen

from ..engine.tables import DAY
from .partly import BOOK, Partly, of_table

ADDRESS = "上海市浦东新区世纪大道1号"
HERE: Mapping[str, object] = {"city": "registered_in"}
# What each column says in one row, and the place of registration that it tells.
ALONE = (
    ({"注册地": "上海市"}, "上海市"), ({"工商注册地": "上海市"}, "上海市"), ({"注册地址": ADDRESS}, "310115"),
    ({"企业注册地址": ADDRESS}, "310115"), ({"注册地": ADDRESS}, "310115"), ({"注册城市": "上海市"}, "上海市"),
    ({"注册省份": "江苏", "注册城市": "南京市", "注册区县": "鼓楼区"}, "320106"),
    ({"注册地": "上海", "注册地址": ADDRESS}, "310115"),
)  # fmt: skip


def of_row(defaults: Mapping[str, object] | None = None, /, **cells: str) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1), defaults)


@pytest.mark.parametrize(("row", "place"), ALONE, ids=str)
def test_a_registration_alone_tells_no_place_of_business(row: dict[str, str], place: str) -> None:
    found = of_row(**row)
    assert found.profiles == [{}]
    assert len(found.notes[0]) == 1
    assert found.texts[0][0].startswith("left out, since no column tells where the company does business")
    # A code tells only where it was registered once.
    assert of_row(统一社会信用代码="91310115MA1H7XW41U", **row).profiles == [{}]


@pytest.mark.parametrize(("row", "place"), ALONE, ids=str)
def test_who_does_business_where_it_is_registered_is_a_profile_that_says_both(row: dict[str, str], place: str) -> None:
    found = of_row(HERE, **row)
    assert found.profiles == [{"city": place, "registered_here": "true"}]
    assert found.notes == [[]]
    both = check(Profile.of({"city": place, "registered_in": place}), BOOK, as_of=DAY, engine="reference")
    told = {(one.measure.document, one.measure.row): one.verdict for one in both if one.verdict is not None}
    assert found.verdicts == [told]


def test_of_a_registered_address_its_zone_counts_as_well_then() -> None:
    found = of_row(HERE, 注册地址="天津市滨海新区天津东疆综合保税区示例路1号")
    assert found.profiles == [{"city": "120116", "zones": {"yes": ["dongjiang-cbz"]}, "registered_here": "true"}]


def test_the_place_of_business_that_a_row_tells_goes_before_its_registration() -> None:
    for defaults in (None, HERE):
        for row, city in (({"城市": "天津"}, "天津"), ({"住所": "天津市南开区示例路1号"}, "120104")):
            found = of_row(defaults, 注册地址=ADDRESS, **row)
            assert found.profiles == [{"city": city, "registered_here": "false"}]
            assert found.notes == [[]]
        assert of_row(defaults, 注册城市="上海", 所属城市="上海").profiles == [
            {"city": "上海", "registered_here": "true"}
        ]
        assert "city" not in of_row(defaults, 注册地="天津", 城市="亚特兰蒂斯").profiles[0]
        assert "city" not in of_row(defaults, 注册地="天津", 园区="苏州工业园区").profiles[0]
    assert of_row(HERE, 注册地="天津", 区县="南开区").profiles[0]["district"] == "南开区"


def test_registrations_that_contradict_each_other_or_are_unknown_tell_nothing_and_are_noted_once() -> None:
    for defaults in (None, HERE):
        for row, code in (
            ({"注册地": "上海", "注册地址": "天津市南开区"}, "S305"), ({"注册地": "亚特兰蒂斯"}, "P103"),
            ({"注册区县": "鼓楼区"}, "P104"), ({"注册省份": "江苏", "注册城市": "上海"}, "S305"),
        ):  # fmt: skip
            found = of_row(defaults, **row)
            assert found.profiles == [{}]
            assert [one[1] for one in found.notes[0]] == [code]


def test_a_default_city_stands_beside_the_other_levels_of_a_place() -> None:
    assert of_row({"city": "天津"}, 区县="南开区").profiles == [{"city": "天津", "district": "南开区"}]
    assert of_row({"city": "天津"}, 所属省份="").profiles == [{"city": "天津"}]
    assert of_row({"city": "天津"}, 所属省份="上海").profiles == [{"city": "上海"}]


@pytest.mark.parametrize("word", ["registered_in", "注册地", "place of registration", "Place of Registration"])
def test_the_default_is_said_in_the_words_of_a_heading(word: str) -> None:
    assert defaults_of(Profile.of({"所在省市": word}), BOOK, DAY) == {"city": "registered_in"}


def test_a_run_tells_once_of_how_many_companies_the_registration_alone_is_known(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("企业名称,注册地址\n" + f"甲,{ADDRESS}\n" * 5 + "乙,\n", "utf-8")
    for piece in (2, 100):
        found = screen(path, BOOK, as_of=DAY, piece=piece)
        (notice,) = found.summary.notices
        assert "where 5 companies do business: `注册地址`" in notice.en
        assert "--set city=registered_in" in notice.en
        assert "有5家" in notice.zh
        assert found.notes.column("hint").to_pylist()[0].startswith("give its city too")
    told = screen(path, BOOK, as_of=DAY, defaults={"city": "注册地"}, only=())
    assert told.summary.notices == ()
    assert told.summary.derived == {"city\t注册地址": 5, "registered_here\t注册地址": 5}


def test_a_register_without_such_a_column_cannot_be_where_it_is_registered() -> None:
    with pytest.raises(ProfileError, match="S201"):
        screen(pa.table({"企业名称": ["甲"], "行业": ["65"]}), BOOK, as_of=DAY, defaults=dict(HERE))


def test_a_profile_tells_its_registration_by_its_address_too() -> None:
    for key in ("注册地址", "registered address"):
        assert in_facts(Profile.of({key: ADDRESS}), BOOK).profile.facts == {"registered_in": "310115"}
    assert in_facts(Profile.of({"注册城市": "上海"}), BOOK).profile.facts == {"registered_in": "上海"}
    assert in_facts(Profile.of({"注册地址": "某路1号"}), BOOK).problems


def test_a_registration_in_another_district_than_the_address_is_registered_here() -> None:
    for cells in ({"住所": "上海市黄浦区人民路1号"}, {"城市": "上海市", "区县": "黄浦区"}):
        assert of_row(注册地="上海市浦东新区", **cells).profiles[0]["registered_here"] == "true"


@pytest.mark.parametrize(
    ("registered", "told", "facts"),
    [
        # A place of business in which the registration lies, and one beside it: neither gains by the registration.
        ("上海市浦东新区临港新片区", {"住所": "上海市浦东新区"}, {"city": "310115"}),
        ("江苏自贸试验区苏州片区", {"住所": "苏州市姑苏区"}, {"city": "320508"}),
        ("苏州市吴中区郭巷街道", {"住所": "江苏省苏州市"}, {"city": "320500"}),
        ("苏州工业园区", {"城市": "苏州"}, {"city": "苏州"}),
        ("苏州工业园区", {"住所": "姑苏区观前街100号"}, {"city": "320508"}),
    ],
    ids=str,
)
def test_a_stated_place_gains_no_zone_and_no_district_of_the_registration(
    registered: str, told: dict[str, str], facts: dict[str, str]
) -> None:
    for defaults in (None, HERE):
        found = of_row(defaults, 注册地址=registered, **told)
        assert found.profiles == [{**facts, "registered_here": "true"}]
    apart = of_row(HERE, 注册地址="天津市南开区", 住所="姑苏区观前街100号").profiles[0]
    assert "city" not in apart
    assert "zones" not in of_row(HERE, 注册地址="苏州工业园区", 区县="吴中区").profiles[0]


def test_no_note_speaks_of_the_names_of_columns_within() -> None:
    zone = "中国（江苏）自由贸易试验区苏州片区苏虹东路183号"
    for defaults in (None, HERE):
        found = of_row(defaults, 注册地址=zone, 住所="苏州工业园区苏虹东路183号")
        assert not any("zones.yes" in text for text in found.texts[0])


def test_a_registered_address_that_cannot_be_read_is_noted() -> None:
    for address in ("火星路1号", "娄葑街道示例路14号", "姑苏区观前街100号", "同上"):
        for told in ({}, {"城市": "苏州市"}):
            found = of_row(注册地址=address, **told)
            assert found.notes == [[("注册地址", "P103", address)]]
            assert "registered_here" not in found.profiles[0]
        assert of_row(注册地址=address, 注册地="苏州市", 城市="苏州市").notes == [[]]
    assert of_row(注册地址="—", 城市="苏州市").notes == [[]]
    assert of_row(注册地址="安徽合肥", 城市="合肥").profiles[0]["registered_here"] == "true"


def test_a_registration_that_is_not_borne_out_is_noted_at_the_column_that_states_it() -> None:
    found = of_row(注册地址="天津市武清区1号", 住所="天津市滨海新区1号", 是否在当地注册="否")
    assert found.notes == [[("是否在当地注册", "P106", "否")]]
    (text,) = found.texts[0]
    assert text.startswith(
        "`是否在当地注册` is given as `否`, but by `注册地址` and the place of business it would be yes"
    )
    assert "registered_here" not in found.profiles[0]
    other = of_row(注册地="上海市", 城市="天津市", 是否在当地注册="是")
    assert other.notes == [[("是否在当地注册", "P106", "是")]]
    assert "would be no" in other.texts[0][0]
