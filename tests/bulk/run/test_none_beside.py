"""A list that says “none” beside what it names contradicts itself: nothing of the cell is read."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pytest

from applicability.bulk.engine.arrays import CellTable

from .partly import Partly, of_table


def of_row(defaults: Mapping[str, object] | None = None, /, **cells: object) -> Partly:
    return of_table(CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1), defaults)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("业务活动", "无；软件开发"),
        ("业务活动", "应用商店、无"),
        ("业务活动", "none; 应用商店"),
        ("业务活动", "无，应用商店，数据标注"),
        ("业务活动（部分）", "无；应用商店"),
        ("持牌或监管身份", "商业银行；没有"),
        ("全部功能区", "无；东疆片区"),
        ("园区", "东疆片区；无"),
        ("功能区类型", "无；综合保税区"),
        ("投资者来源地", "无、香港"),
        ("集团身份", "无；跨国公司"),
        ("行业", "无；软件开发"),
    ],
)
def test_none_beside_another_word_costs_the_cell(heading: str, cell: str) -> None:
    found = of_row(**{heading: cell})
    assert found.profiles == [{}]
    assert found.notes == [[(heading, "P106", cell)]]
    assert "cannot be so with" in found.texts[0][0]
    assert found.hints[0][0] == "write “none” alone if there are none at all; else delete it"


def test_none_alone_and_words_alone_are_read_as_before() -> None:
    assert of_row(业务活动="无").profiles == [{"activities": []}]
    assert of_row(业务活动="应用商店；数据标注").profiles == [{"activities": ["应用商店", "数据标注"]}]
    # An unknown word leaves the list known in part.
    assert of_row(业务活动="应用商店；蛋糕烘焙").profiles == [{"activities": {"yes": ["应用商店"]}}]


def test_no_default_stands_in_for_such_a_cell() -> None:
    for cell in ("无；应用商店", "无；蛋糕烘焙"):
        assert of_row({"activities": ["数据标注"]}, 业务活动=cell).profiles == [{}]


def test_a_scope_that_has_no_items_under_licence_is_none() -> None:
    found = of_row(
        业务活动="许可经营项目：无；一般经营项目：飞机租赁；货物进出口。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
    )
    assert all(one[1] != "P106" for one in found.notes[0])


def test_lists_of_parquet_are_read_alike() -> None:
    for words in (pa.list_(pa.string()), pa.list_(pa.large_string())):
        lists = pa.array([["无", "应用商店"], ["应用商店"], [], ["无"]], words)
        found = of_table(pa.record_batch({"name": pa.array([*"甲乙丙丁"]), "activities": lists}))
        assert "activities" not in found.profiles[0]
        assert [one[1] for one in found.notes[0]] == ["P106"]
        assert found.profiles[1] == {"activities": ["应用商店"]}
