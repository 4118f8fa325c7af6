"""What is told of a row is what is told of it alone: no note strays to another row of its batch."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings, strategies as st

from applicability.bulk.engine.arrays import CellTable

from ...examples import drawn
from .partly import of_table

# Of each column cells that are read, read in part, not read and missing. No bare share up to 1, whose scale the other
# rows of a column tell.
CELLS: dict[str, tuple[str | None, ...]] = {
    "城市": ("天津", "某1市", None),
    "住所": ("天津市滨海新区示例路1号", "四川省绵阳市游仙区示例路6号", None),
    "企业类型": ("有限责任公司(港澳台投资、非独资)", "有限责任公司（某某）", None),
    "外资比例": ("49%", "约64成", None),
    "业务活动": ("旅行社", "无", "旅行社；技术咨询", "技术咨询", None),
    "业务活动（部分）": ("技术咨询", "旅行社；旅游业务", "商业保理；会议服务；票务", "无", None),
    "经营范围": (
        "国内贸易；文艺创作；旅行社业务；依法须经批准的项目",
        "依法须经批准的项目，经相关部门批准后方可开展",
        None,
    ),
    "所在功能区（部分）": ("无", "东疆综合保税区", None),
    "所在功能区": ("东疆综合保税区", "无", "某园", None),
}
Row = tuple[str | None, ...]


def told(rows: list[Row]) -> list[tuple[object, ...]]:
    """The verdicts, the profile and the notes of each row, screened together."""
    columns: dict[str, list[object]] = {"企业名称": [f"企业{place}" for place in range(len(rows))]}
    columns |= {heading: [row[place] for row in rows] for place, heading in enumerate(CELLS)}
    found = of_table(CellTable(columns, len(rows)), lang="zh")
    named = [{key: value for key, value in one.items() if key != "name"} for one in found.written]
    return list(zip(found.verdicts, named, found.notes, found.texts, found.hints, strict=True))


@cache
def alone(row: Row) -> tuple[object, ...]:
    return told([row])[0]


@settings(max_examples=drawn(60))
@given(st.lists(st.tuples(*map(st.sampled_from, CELLS.values())), min_size=2, max_size=9))
def test_a_row_is_told_as_if_it_stood_alone(rows: list[Row]) -> None:
    assert told(rows) == [alone(row) for row in rows]
