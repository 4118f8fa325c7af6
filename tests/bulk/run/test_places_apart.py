"""Places of a company that contradict each other: the notes say which columns count as missing, and no other do."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from applicability import Profile, load_rulebook
from applicability.bulk.engine.arrays import CellTable
from applicability.cli.root import root
from applicability.loading.profile.reader import read_facts

from .partly import of_table
from .test_zone_register import register

BOOK = load_rulebook()
NEARBY, AFAR = "天津市东丽区示例路1号", "广州市天河区示例路1号"


def code(division: str) -> str:
    return str(register.code(division, random.Random(1)))


def table(**cells: str | None) -> CellTable:
    return CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1)


def test_a_district_that_the_address_contradicts_is_not_said_to_count() -> None:
    found = of_table(table(城市="天津市", 区县="天河区", 住所=NEARBY, 统一社会信用代码=code("120110")))
    assert found.profiles == [{"city": "天津市"}]
    assert found.texts == [
        [
            f"`{NEARBY}` under `住所` does not lie in 天河区 (in Guangzhou), which another column tells; "
            "`住所`, `区县` taken as missing"
        ]
    ]


@pytest.mark.parametrize(
    ("place", "meant"),
    [
        ("天河区", " (read as Tianhe District, Guangzhou)"),
        ("440106", " (read as Tianhe District, Guangzhou)"),
        ("广州市天河区", ""),
        ("济源市", ""),  # a county directly in its province has no city
        ("朝阳区", ""),  # several cities have one
    ],
)
def test_a_place_of_any_level_that_the_city_contradicts_is_told_with_its_own_city(place: str, meant: str) -> None:
    found = of_table(table(城市="杭州市", 所在地区=place))
    assert found.profiles == [{}]
    said = f"`杭州市` under `城市` cannot be so with `{place}` under `所在地区`{meant}; taken as missing"
    assert found.texts == [[said]]


def test_a_city_that_the_address_contradicts_is_lost_with_the_district_in_it() -> None:
    found = of_table(table(城市="天津市", 区县="东丽区", 住所=AFAR, 统一社会信用代码=code("310115")))
    assert found.profiles == [{}]
    assert [text.rpartition("; ")[2] for text in found.texts[0]] == ["`住所`, `城市`, `区县` taken as missing"]


def test_a_city_and_a_district_that_are_apart_are_both_lost_and_none_is_said_to_count() -> None:
    found = of_table(table(城市="天津市", 区县="天河区", 统一社会信用代码=code("310115")))
    assert found.profiles == [{}]
    assert [own for _, own, _ in found.notes[0]] == ["P105", "P105"]


@pytest.mark.parametrize("address", [NEARBY, None, ""])
def test_a_company_that_has_moved_keeps_the_place_that_it_tells(address: str | None) -> None:
    found = of_table(table(城市="天津市", 住所=address, 统一社会信用代码=code("310115")))
    assert found.profiles[0]["city"] == "天津市"
    (text,) = found.texts[0]
    assert "and the place told is Tianjin" in text


def test_a_heading_in_braces_is_told_as_it_is() -> None:
    cells = {"城市": "天津市", "{区县}": "天河区", "住所": NEARBY}
    held = {"企业名称": "name", "城市": "city", "{区县}": "district", "住所": "address"}
    found = of_table(table(**cells), mapping=held)
    assert "`{区县}` taken as missing" in found.texts[0][0]


def test_a_name_of_several_places_is_that_which_another_cell_tells() -> None:
    for cells, city in (
        ({"住所": "重庆市江北区示例路1号"}, "500157"),
        ({"住所": "重庆市示例路1号"}, "500157"),
        ({"住所": "浙江省宁波市示例路1号"}, "330205"),
        ({"统一社会信用代码": code("500105")}, "500157"),
        ({"统一社会信用代码": code("330205")}, "330205"),
        ({"所属省份": "重庆"}, "500157"),
        ({"所属省份": "浙江"}, "330205"),
    ):
        found = of_table(table(城市="江北区", **cells))
        assert found.profiles[0]["city"] in (city, "江北区")
        assert read_facts(Profile.of(found.profiles[0]), BOOK).whereabouts.divisions == (city,)
        assert [one for _, one, _ in found.notes[0] if one] == []
        assert any("out of use" in text for text in found.texts[0]) == (city == "500157")


def test_a_zone_settles_it_too_and_the_note_says_what_was_used() -> None:
    found = of_table(table(城市="江北区", 所在功能区="两江新区"))
    assert found.texts == [
        ["江北区 has been out of use since 2025-11-07 and is read as Liangjiang New Area, Chongqing"]
    ]


@pytest.mark.parametrize("cells", [{}, {"统一社会信用代码": code("310115")}])
def test_a_name_of_several_places_that_nothing_settles_is_left_out(cells: dict[str, str]) -> None:
    found = of_table(table(城市="江北区", **cells))
    assert "city" not in found.profiles[0]
    assert ("城市", "P104", "江北区") in found.notes[0]


def test_an_address_in_none_of_the_places_that_a_city_may_mean_contradicts_it() -> None:
    found = of_table(table(城市="江北区", 住所=NEARBY))
    assert found.profiles == [{}]
    assert [own for _, own, _ in found.notes[0]] == ["S302"]


def test_a_district_column_of_such_a_name_is_read_in_the_city_of_the_code() -> None:
    found = of_table(table(区县="江北区", 统一社会信用代码=code("500105")))
    assert found.profiles == [{"city": "500000", "district": "江北区"}]
    assert any("Liangjiang" in text for text in found.texts[0])


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ({"城市": "江北区", "功能区": "两江新区"}, {"city": "500157"}),
        ({"城市": "江北区", "统一社会信用代码": code("500105")}, {"city": "500157"}),
        ({"功能区": "东疆"}, {"city": "120116"}),
        ({"功能区": "大兴机场片区"}, {}),
        ({"城市": "重庆", "区县": "江北区"}, {"city": "重庆", "district": "江北区"}),
        ({"城市": "东疆"}, {"city": "东疆"}),
        ({"城市": "朝阳", "功能区": "亦庄"}, {"city": "110105"}),
    ],
)
def test_the_facts_written_tell_the_place_that_counts(cells: dict[str, str], places: dict[str, str]) -> None:
    found = of_table(table(**cells))  # and a check of them agrees
    assert {name: one for name, one in found.written[0].items() if name in ("city", "district")} == places


def test_the_file_of_facts_says_which_column_a_city_follows_from(tmp_path: Path) -> None:
    path, facts = tmp_path / "companies.csv", tmp_path / "facts.csv"
    path.write_text("企业名称,城市,功能区\n甲,,东疆\n乙,江北区,两江新区\n丙,天津,东疆\n", "utf-8")
    result = CliRunner().invoke(root, ["screen", str(path), "-o", str(tmp_path / "out.csv"), "--facts", str(facts)])
    assert result.exit_code == 0, result.output
    rows = [*csv.DictReader(io.StringIO(facts.read_text("utf-8-sig")))]
    assert [row["city"] for row in rows] == ["120116", "500157", "天津"]
    assert [row["derived"] for row in rows] == ["city: 功能区", "", ""]


@pytest.mark.parametrize(
    ("cells", "lost"),
    [
        ({"城市": "上海", "区县": "朝阳区"}, [("区县", "P105"), ("城市", "P105")]),
        ({"城市": "上海", "区县": "鼓楼区"}, [("区县", "P105"), ("城市", "P105")]),
        ({"城市": "江苏", "区县": "朝阳区"}, [("区县", "P105"), ("城市", "P105")]),
        ({"城市": "朝阳", "区县": "浦东新区"}, [("城市", "P105"), ("区县", "P105")]),
        ({"住所": "上海市浦东新区", "区县": "朝阳区"}, [("区县", "P105"), ("住所", "P105")]),
        ({"城市": "江北区", "所在功能区": "天津东疆综合保税区"}, [("城市", "P105"), ("所在功能区", "P105")]),
        ({"所属省份": "上海", "所属城市": "朝阳"}, [("所属城市", "S305")]),
    ],
)
def test_a_name_of_several_places_none_of_which_fits_contradicts_the_others(
    cells: dict[str, str], lost: list[tuple[str, str]]
) -> None:
    found = of_table(table(**cells))
    assert found.profiles == [{}]
    assert [(column, code) for column, code, _ in found.notes[0] if code] == lost


@pytest.mark.parametrize(
    "cells",
    [{"城市": "上海", "区县": "城区"}, {"城市": "上海", "区县": "火星区"}, {"城市": "上海", "注册地": "朝阳区"}],
)
def test_a_name_that_any_city_has_or_that_stands_for_another_place_contradicts_none(cells: dict[str, str]) -> None:
    assert of_table(table(**cells)).profiles == [{"city": "上海"}]


@pytest.mark.parametrize("district", ["天河区", "城关区", "朝阳区"])
def test_the_city_stays_where_the_address_contradicts_a_district_of_one_name_or_of_several(district: str) -> None:
    address = "四川省成都市武侯区示例路1号"
    found = of_table(table(省份="四川省", 城市="成都市", 区县=district, 住所=address))
    assert found.profiles == [{"city": "成都市"}]
    assert found.notes == [[("住所", "S302", address)]]
    assert "`住所`, `区县` taken as missing" in found.texts[0][0]


@pytest.mark.parametrize(
    "cells",
    [
        {"区县": "东疆", "所在功能区": "东疆"},
        {"区县": "东疆", "园区": "东疆"},
        {"省份": "天津市", "区县": "东疆", "所在功能区": "东疆"},
        {"所在功能区": "东疆"},
    ],
)
def test_a_zone_in_short_that_the_address_contradicts_is_left_out_of_every_column(cells: dict[str, str]) -> None:
    found = of_table(table(城市="天津市", 住所=NEARBY, **cells))
    assert found.profiles == [{"city": "天津市", "district": "120110"}]
    own = [one for one in cells if one != "省份"]
    assert found.notes == [[(one, "P103", "东疆") for one in own]]
    assert found.texts[0][0].endswith("left out: `住所` counts" if "区县" in cells else "taken as missing")


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({"城市": "天津市", "区县": "东疆", "住所": AFAR, "所在功能区": "东疆"}, {}),
        ({"城市": "上海市", "住所": AFAR, "所在功能区": "临港"}, {}),
        ({"城市": "天津市", "区县": "天津东疆综合保税区", "住所": NEARBY, "所在功能区": "东疆"}, {"city": "天津市"}),
        (
            {"城市": "天津市", "区县": "天津东疆综合保税区", "住所": NEARBY, "所在功能区": "天津东疆综合保税区"},
            {"city": "天津市"},
        ),
        ({"城市": "天津市", "区县": "朝阳区", "住所": NEARBY, "所在功能区": "东疆"}, {"city": "天津市"}),
    ],
)
def test_a_zone_that_a_contradicted_address_denies_is_lost_with_it(cells: dict[str, str], kept: dict[str, str]) -> None:
    found = of_table(table(**cells))
    assert found.profiles == [kept]
    assert found.notes == [[("住所", "S302", cells["住所"])]]
    assert "`所在功能区` taken as missing" in found.texts[0][0]


@pytest.mark.parametrize(
    ("address", "division", "told"),
    [
        ("江宁区百家湖1号", "310115", "`江宁区` (in Nanjing), which does not lie in Shanghai"),
        ("江宁区", "310115", "`江宁区` (in Nanjing), which does not lie in Shanghai"),
        ("鼓楼区中山北路1号", "310115", "`鼓楼区`, which does not lie in Shanghai"),  # several cities have one
        ("闸北区示例路1号", "320115", "`闸北区` (in Shanghai), which does not lie in Nanjing"),  # a former one
    ],
)
def test_a_district_that_the_city_of_the_code_does_not_have_leaves_the_place_unknown(
    address: str, division: str, told: str
) -> None:
    found = of_table(table(住所=address, 统一社会信用代码=code(division)))
    assert found.profiles == [{}]
    assert found.notes == [[("住所", "S302", address)]]
    assert found.texts[0][0] == (
        f"`{address}` under `住所` begins with {told}, where the code under `统一社会信用代码` was given; "
        "taken as missing"
    )


def test_a_district_column_is_left_out_with_the_address_that_begins_with_it() -> None:
    found = of_table(table(区县="江宁区", 住所="江宁区1号", 统一社会信用代码=code("310115")))
    assert found.profiles == [{}]
    assert found.notes == [[("住所", "S302", "江宁区1号")]]
    assert "`住所`, `区县` taken as missing" in found.texts[0][0]


@pytest.mark.parametrize(
    ("address", "division", "city"),
    [
        ("江宁区百家湖1号", "320115", "320115"),
        ("鼓楼区中山北路1号", "320115", "320106"),
        ("朝阳区示例路1号", "110105", "110105"),
        ("闸北区示例路1号", "310115", "310106"),
    ],
)
def test_a_district_of_the_city_of_the_code_is_read_in_it(address: str, division: str, city: str) -> None:
    found = of_table(table(住所=address, 统一社会信用代码=code(division)))
    assert found.profiles == [{"city": city}]


def test_a_city_that_is_told_counts_whatever_the_code_says() -> None:
    found = of_table(table(城市="南京市", 住所="江宁区1号", 统一社会信用代码=code("310115")))
    assert (found.profiles[0]["city"], found.written[0]["district"]) == ("南京市", "320115")
    assert not any(own for _, own, _ in found.notes[0])
