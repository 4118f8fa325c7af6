"""Columns that ask of registration in this district: no address says yes over their no, nor anything in silence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.screening import screen

from .partly import BOOK, Partly, of_file, of_table

NANSHA = {"注册地址": "广州市南沙区示例路1号", "城市": "广州市", "区县": "南沙区"}
HEADINGS = (
    "是否本区注册",
    "本区注册",
    "是否在区内注册",
    "注册在本区",
    "园区内注册",
    "本区注册 Registered in this district",
    "是否本县注册",
    "是否在本旗注册",
    "本镇注册",
    "注册在本乡",
    "是否注册在本街道",
    "是否本市辖区注册",
    "县内注册",
    "Registered in this county",
)
NOES = (
    "否",
    "N",
    "0",
    "外区",
    "外区注册",
    "外县",
    "县外",
    "外镇",
    "注册中",
    "迁出",
    "未在本区注册",
    "已迁往外地",
    "尚未办理",
    "not yet",
)


def of_row(defaults: Mapping[str, object] | None = None, /, **cells: object) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1), defaults)


def here(found: Partly) -> object:
    return found.profiles[0].get("registered_here")


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("cell", NOES)
def test_a_no_under_a_heading_that_is_not_read_is_none_that_an_address_overrules(heading: str, cell: str) -> None:
    found = of_row(**NANSHA, **{heading: cell})
    assert here(found) is None
    assert found.notes == [[(heading, "P106", cell)]]
    (text,) = found.texts[0]
    assert f"`{heading.split(' ')[0]}" in text
    assert "by `注册地址` and the place of business it is registered there" in text
    assert "under “registered in the place” would count" in found.hints[0][0]


@pytest.mark.parametrize(
    "cell", ["是", "Y", "本区", "本区注册", "区内", "本县", "县内", "本旗", "是（2025年迁入）", "待定", "", "见备注"]
)
def test_beside_anything_else_the_address_counts(cell: str) -> None:
    found = of_row(**NANSHA, 是否本区注册=cell)
    assert here(found) == "true"
    assert found.notes == [[]]


def test_a_no_by_a_registration_in_another_district_agrees_with_it() -> None:
    found = of_row(**{**NANSHA, "注册地址": "广州市天河区示例路1号"}, 是否本区注册="外区")
    assert here(found) == "true"
    assert found.notes == [[("是否本区注册", "", "外区")]]
    assert "registered in another district" in found.texts[0][0]
    # Without the district of the business the two cannot be told apart.
    assert here(of_row(注册地址="广州市天河区示例路1号", 城市="广州市", 是否本区注册="外区")) is None


def test_a_no_beside_an_address_elsewhere_agrees_and_a_yes_is_noted() -> None:
    elsewhere = {**NANSHA, "注册地址": "北京市朝阳区示例路1号"}
    assert of_row(**elsewhere, 是否本区注册="否").notes == [[]]
    assert here(of_row(**elsewhere, 是否本区注册="否")) == "false"
    found = of_row(**elsewhere, 是否本区注册="是")
    assert here(found) == "false"
    assert found.notes == [[("是否本区注册", "", "是")]]


def test_the_answer_to_the_fact_itself_goes_before_all_of_that() -> None:
    found = of_row(**NANSHA, 是否本区注册="否", 在当地注册="是")
    assert here(found) == "是"
    assert found.notes == [[]]


def test_a_column_that_the_user_ignores_says_nothing() -> None:
    table = CellTable({name: [cell] for name, cell in {"企业名称": "甲", **NANSHA, "本区注册": "否"}.items()}, 1)
    assert here(of_table(table, mapping={"本区注册": "ignore"})) == "true"
    # Read as the fact, its no is still none of the city, and no address is a yes beside it.
    found = of_table(table, mapping={"本区注册": "registered_here"})
    assert here(found) is None
    assert found.notes == [[("本区注册", "P106", "否")]]


def test_nor_is_a_default_a_yes_beside_a_no() -> None:
    for cells in ({"是否本区注册": "否"}, {"在当地注册": "外区"}):
        found = of_row({"registered_here": True}, 城市="广州市", **cells)
        assert here(found) is None
        assert [one[1] for one in found.notes[0]] == [""]
        assert "default yes" in found.texts[0][0]
    assert here(of_row({"registered_here": True}, 城市="广州市", 是否本区注册="是")) is not None
    assert here(of_row({"city": "registered_in"}, 注册地址=NANSHA["注册地址"], 是否本区注册="外区")) is None


@pytest.mark.parametrize(
    "cell",
    [
        *("本区", "本市", "本地", "区内", "在本市", "是（2025年迁入）", "2025年迁入", "是（2025-03-01迁入）"),
        *("本县", "县内", "在本县", "本旗", "本镇", "本乡", "本街道", "本市辖区", "本县注册", "in this county"),
    ],
)
def test_words_for_here_are_a_yes_to_registration_here(cell: str) -> None:
    found = of_row(城市="广州市", 在当地注册=cell)
    assert here(found) == "true"
    assert found.notes == [[]]
    assert here(of_row(**NANSHA, 在当地注册=cell)) == "true"


@pytest.mark.parametrize("cell", ["外区", "注册中", "迁出", "区外", "外县", "县外", "外旗", "外镇", "other county"])
def test_words_for_elsewhere_leave_it_open_and_are_no_yes(cell: str) -> None:
    found = of_row(城市="广州市", 在当地注册=cell)
    assert here(found) is None
    assert found.notes == [[("在当地注册", "", cell)]]
    beside = of_row(**NANSHA, 在当地注册=cell)
    assert here(beside) is None
    assert beside.notes == [[("在当地注册", "P106", cell)]]
    away = of_row(**{**NANSHA, "注册地址": "北京市朝阳区示例路1号"}, 在当地注册=cell)
    assert here(away) == "false"


@pytest.mark.parametrize("cell", ["见备注", "部分", "是（2025年）"])
def test_a_word_that_is_not_read_leaves_it_to_the_address_with_a_note(cell: str) -> None:
    found = of_row(**NANSHA, 在当地注册=cell)
    assert here(found) == "true"
    assert found.notes == [[("在当地注册", "P102", cell)]]
    assert found.texts[0][0].endswith("left out: `注册地址` counts")


@pytest.mark.parametrize("cell", ["是（迁出）", "是/否", "是（2027年迁入）", "2027年迁入"])
def test_a_cell_that_is_no_yes_for_certain_is_none(cell: str) -> None:
    assert here(of_row(**NANSHA, 在当地注册=cell)) is None
    assert here(of_row(城市="广州市", 在当地注册=cell)) is None


@pytest.mark.parametrize(
    ("heading", "zh", "en"),
    [
        ("是否本区注册", "区", "district"),
        ("是否本县注册", "县", "county"),
        ("是否本旗注册", "旗", "banner"),
        ("是否在本镇注册", "镇", "town"),
        ("是否本乡注册", "乡", "township"),
        ("是否注册在本街道", "街道", "subdistrict"),
        ("Registered in this county", "县", "county"),
        ("园区内注册", "区", "district"),
    ],
)
def test_what_a_screening_says_to_write_for_such_a_no_is_read_as_it_means(heading: str, zh: str, en: str) -> None:
    rows = [{"企业名称": "甲", "城市": "广州市", heading: "否"}]
    (told,) = (one for one in screen(rows, BOOK).summary.notices if heading in one.zh)
    assert f"“否”只表示不在本{zh}，改写为“外{zh}”" in told.zh
    assert f"a no only tells that it is not in this {en}: write “other {en}” there" in told.en
    for word in (f"外{zh}", f"other {en}"):
        assert here(of_row(**NANSHA, 在当地注册=word)) is None
    # Whoever has it read by a mapping is not told that the company is registered elsewhere either.
    table = CellTable({name: [cell] for name, cell in {"企业名称": "甲", "城市": "广州市", heading: "否"}.items()}, 1)
    found = of_table(table, mapping={heading: "registered_here"})
    assert here(found) is None
    assert f"not in this {en}" in found.texts[0][0]


def test_what_is_not_settled_yet_takes_no_default(tmp_path: Path) -> None:
    """待核实 became a yes in silence by a default that is for cells that say nothing."""
    path = tmp_path / "mine.csv"
    words = ("待核实", "核实中", "-", "", "否", "是")
    path.write_text(
        "企业名称,城市,是否在当地注册,外资比例\n" + "".join(f"甲,上海,{one},待定\n" for one in words), "utf-8"
    )
    found = of_file(path, {"registered_here": True, "foreign_share": 30})
    assert [one.get("registered_here") for one in found.profiles] == [None, None, True, True, "否", "是"]
    assert not any("foreign_share" in one for one in found.profiles)
    told = [(heading, code) for heading, code, _ in found.notes[0]]
    assert told == [("是否在当地注册", ""), ("外资比例", "")]
    assert "not settled yet, so the default for `registered_here` was not taken" in found.texts[0][0]
    assert [len(one) for one in found.notes] == [
        2,
        2,
        1,
        1,
        1,
        1,
    ]  # of a plain no nothing is said: no default is needed
