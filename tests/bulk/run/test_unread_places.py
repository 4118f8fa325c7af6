"""Places that cannot be read: each is noted, in both languages, with words that a clerk can act on."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from applicability import load_rulebook, screen
from applicability.bulk.engine.arrays import CellTable
from applicability.loading.company.dittos import is_ditto
from applicability.text import Lang

from ..engine.tables import DAY
from .partly import of_table

BOOK = load_rulebook()
# A credit code of Tonglu in Hangzhou, and what a clerk cannot run or write.
CODE = "91330122MAFEE1EK8Q"
_COMMAND = re.compile(r"applicability|--|`(?:city|district|zones|zone_types)`")


def table(**cells: str | None) -> CellTable:
    return CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1)


@pytest.mark.parametrize(
    "cell", ["同上", "〃", "同注册地", "同住所", "江北区", "鼓楼区", "萧山", "新加坡", "示例路1号"]
)
def test_an_address_that_tells_no_place_is_noted(cell: str) -> None:
    found = of_table(table(住所=cell))
    assert found.profiles == [{}]
    assert found.notes == [[("住所", "P103", cell)]]


@pytest.mark.parametrize("cell", ["—", "不详", "", None])
def test_an_address_that_is_missing_is_not(cell: str | None) -> None:
    assert of_table(table(住所=cell)).notes == [[]]


def test_of_two_addresses_the_one_that_cannot_be_read_is_noted() -> None:
    place = "天津市滨海新区示例路1号"
    for cells in ({"住所": place, "经营场所": "同上"}, {"住所": "同上", "经营场所": place}):
        found = of_table(table(**cells), mapping={"住所": "address", "经营场所": "address"})
        assert found.profiles == [{"city": "120116"}]
        assert [(own, value) for _, own, value in found.notes[0]] == [("P103", "同上")]


@pytest.mark.parametrize("cell", ["同上", "分水镇开元街1号", "桐庐经济开发区1号"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("known", [{"城市": "杭州市"}, {"统一社会信用代码": CODE}])
def test_an_address_beside_a_known_city_need_not_be_rewritten(cell: str, lang: Lang, known: dict[str, str]) -> None:
    rows = {"企业名称": ["甲", "乙"], "住所": [cell, cell], **{name: [one, None] for name, one in known.items()}}
    screened = screen(pa.table(rows), BOOK, form="wide", as_of=DAY, lang=lang)
    (of_known, of_unknown) = [one for one in screened.notes.to_pylist() if one["column"] == "住所"]
    fine, advice = {
        "zh": ("所在省市已另行得知，地址不必改写", "；全部在同一市的，用 --set city=… 或加一列“所在省市”"),
        "en": ("need not be rewritten", "; if all are in one city, use --set city=… or add a column “city”"),
    }[lang]
    assert (of_known["code"], of_known["hint"]) == ("", "")
    assert of_known["note"].endswith(fine)
    assert of_unknown["code"] == "P103"
    assert of_unknown["hint"].endswith(advice)
    assert screened.summary.unread == 1
    # What the advice says is enough.
    every = screen(pa.table(rows), BOOK, form="wide", as_of=DAY, lang=lang, defaults={"city": "杭州市"})
    assert every.summary.unread == 0


@pytest.mark.parametrize("column", ["住所", "城市", "区县", "省份", "功能区", "注册地"])
@pytest.mark.parametrize("cell", ["同上", "〃", "空港经济区的", "没有的地方"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_note_advises_is_in_words(column: str, cell: str, lang: Lang) -> None:
    rows = pa.table({"企业名称": ["甲"], "城市": ["天津"], "外资比例": ["50%"], column: [cell]})
    notes = screen(rows, BOOK, form="wide", as_of=DAY, lang=lang).notes.to_pylist()
    (note,) = [one for one in notes if one["value"] == cell]
    assert note["column"] == column
    assert bool(note["code"]) == (column != "住所")  # the city is known, and an address that is none is no error
    assert bool(note["hint"]) == bool(note["code"])
    assert not _COMMAND.search(note["hint"])
    if is_ditto(cell) and note["code"]:
        assert note["hint"] == ("写出地点" if lang == "zh" else "write the place out")
        assert cell in note["note"]
    assert f"`{cell[:2]}`" not in note["hint"] or len(cell) <= 2


@pytest.mark.parametrize(
    "cell",
    [
        "同上",
        "（同上）",
        "〃",
        "″",
        '"',
        "同前",
        "同注册地址",
        "与注册地一致",
        "同住所",
        "ditto",
        "同 上",
        "Same as above",
    ],
)
def test_marks_for_another_cell_are_known(cell: str) -> None:
    assert is_ditto(cell)


REGISTERED = "苏州市吴中区郭巷街道1号"


@pytest.mark.parametrize("cell", ["同注册地址", "与注册地一致", "（同注册地址）", "Same as registered address", "同左"])
def test_the_address_of_the_registration_of_the_same_row_is_followed(cell: str) -> None:
    found = of_table(table(注册地址=REGISTERED, 住所=cell))
    assert found.profiles == [{"city": "320506", "registered_here": "true"}]
    assert found.notes == [[]]


@pytest.mark.parametrize(
    "cells",
    [
        {"注册地址": "", "住所": "同注册地址"}, {"注册地址": "同住所", "住所": "同注册地址"}, {"住所": "同左"},
        {"注册地址": REGISTERED, "备注": "无", "住所": "同左"}, {"注册地址": REGISTERED, "住所": "同右"},
        {"注册地址": REGISTERED, "城市": "同注册地"},
    ],
    ids=str,
)  # fmt: skip
def test_another_column_is_not_followed_where_it_is_not_certain_and_the_reason_is_true(cells: dict[str, str]) -> None:
    found = of_table(table(**cells))
    assert "city" not in found.profiles[0]
    said = " ".join(found.texts[0])
    assert "points to another column of the row" in said
    assert "sorting" not in said


def test_a_mark_for_another_row_is_not_followed() -> None:
    found = of_table(table(注册地址=REGISTERED, 住所="同上"))
    assert "city" not in found.profiles[0]
    assert "sorting" in " ".join(found.texts[0])


def test_no_place_is_taken_for_such_a_mark() -> None:
    gazetteer = BOOK.gazetteer
    assert [one for kind in ("division", "zone") for one in gazetteer.all_names(kind) if is_ditto(one)] == []


def test_zones_of_the_own_city_alone_are_suggested_for_a_slip() -> None:
    def hint(**cells: str) -> str:
        rows = pa.table({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}})
        notes = screen(rows, BOOK, form="wide", as_of=DAY, lang="zh").notes.to_pylist()
        return str(next(one["hint"] for one in notes if one["column"] == "功能区"))

    for cells in ({"城市": "天津"}, {"住所": "天津市滨海新区示例路1号"}, {"住所": "天津自贸试验区（空港经济区）"}):
        assert hint(功能区="天津东疆综和保税区", **cells).startswith("是否指 `天津东疆综合保税区`？")
    assert hint(功能区="天津东疆综和保税区", 城市="广州").startswith("写出功能区的全称")
    # A part of a zone, and a name that any city's may have, are no slips of one.
    for name in ("泰达街", "空港经济区", "随便"):
        assert hint(功能区=name, 城市="天津").startswith("写出功能区的全称")


@pytest.mark.parametrize(
    ("cells", "district", "codes"),
    [
        (("上海", "没有的区", "上海市浦东新区示例路1号"), "310115", [("区县", "P103")]),
        (("上海", "没有的区", "浦东新区示例路1号"), "310115", [("区县", "P103")]),
        ((None, "没有的区", "上海市浦东新区示例路1号"), "310115", [("区县", "P103")]),
        (("没有的市", "没有的区", "上海市浦东新区示例路1号"), "310115", [("城市", "P103"), ("区县", "P103")]),
        # The address tells no district, or another city.
        (("上海", "没有的区", "上海市示例路1号"), None, [("区县", "P103")]),
        (("上海", "没有的区", "天津市滨海新区示例路1号"), None, [("住所", "S302"), ("区县", "P103")]),
    ],
)
def test_an_unknown_district_is_that_of_the_address(
    cells: tuple[str | None, ...], district: str | None, codes: list[tuple[str, str]]
) -> None:
    headings = ("城市", "区县", "住所")
    columns: dict[str, list[object]] = {heading: [cell] for heading, cell in zip(headings, cells, strict=True)}
    found = of_table(CellTable({"企业名称": ["甲"], **columns}, 1))
    assert found.written[0].get("district") == district
    assert sorted(note[:2] for note in found.notes[0] if note[1]) == sorted(codes)
    if district is not None:
        assert any("`没有的区`; left out: `住所` counts" in text for text in found.texts[0])
