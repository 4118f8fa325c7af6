"""Rows of a register that are no company: found in every kind of table, and only if nothing in them tells of one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from applicability import load_rulebook
from applicability.bulk.engine.arrays import ArrayTable, CellTable, Coded, mapped
from applicability.bulk.register.column_plan import plan_of
from applicability.bulk.register.no_company import NoCompanies

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 23)
HEADINGS = ("序号", "企业名称", "统一社会信用代码", "城市", "外资比例")
COMPANY = ("1", "甲", "91310115MA1K35623U", "上海", "49")


def found(rows: Sequence[Sequence[str | None]], headings: Sequence[str] = HEADINGS) -> list[int]:
    """The rows that are not companies, which must be the same in every kind of table."""
    reader = NoCompanies(BOOK, plan_of(BOOK, headings), headings, DAY)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(headings)}
    arrays = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    tables = [
        CellTable(columns, len(rows)),
        pa.record_batch(arrays),
        pa.record_batch({name: array.cast(pa.large_string()) for name, array in arrays.items()}),
        pa.record_batch({name: array.dictionary_encode() for name, array in arrays.items()}),
        ArrayTable({name: mapped(array, lambda cell: cell) for name, array in arrays.items()}, len(rows)),
        pa.record_batch({name: pa.concat_arrays([array, array]) for name, array in arrays.items()}).slice(len(rows)),
    ]
    assert isinstance(tables[4].column(headings[0]), Coded)
    told = [[row for row, _ in reader.find(table)] for table in tables]
    assert all(one == told[0] for one in told), told
    return told[0]


@pytest.mark.parametrize(
    "words",
    [
        "合计",
        "总计",
        "小 计",
        "合　计",
        " 合计",
        "合计：3家",
        "共3002家",
        "本页合计",
        "注：数据截至2026年10月",
        "注1：含分公司",
        "备注：无",
        "* 注：略",
        "说明：1. 略",
        "填表人：某某",
        "填表人",
        "制表人：",
        "制表日期：2026年11月1日",
        "审核人:某某",
        "单位负责人：某某",
        "统计负责人：某某  填表人：某某",
        "数据来源：市场监管部门",
        "数据截至：2026年",
        "以下空白",
        "——以下空白——",
        "单位（盖章）：",
        "联系电话：000",
        "填报单位（盖章）：某局",
        "截至2026年10月底",
        "数据截至2026-10-31",
        "以上共42家",
        "共有42家企业",
        "更新时间：2026年11月",
        "第1页 共3页",
        "Total",
        "TOTAL",
        "Total: 42 members",
        "Total 42",
        "Grand total",
        "Sub-total: 12",
        "Subtotal",
        "In total: 42 companies",
        "Total number of companies: 42",
        "42 companies in total",
        "Source: members' own figures",
        "Data source: chamber",
        "Notes: y",
        "Note 1: with branches",
        "* Remarks: none",
        "Prepared by: Li",
        "Prepared by",
        "Reviewed on: 2026-11-01",
        "Contact person: Li",
        "Tel: 000",
        "Date: 1 November 2026",
        "As of 31 October 2026",
        "Data as of: October 2026",
        "Last updated: 2026-11-01",
        "End of list",
        "Page 1 of 3",
    ],
)
def test_footers_are_no_companies(words: str) -> None:
    for place in range(len(HEADINGS)):
        row: list[str | None] = ["" for _ in HEADINGS]
        row[place] = words
        assert found([COMPANY, row, COMPANY]) == [1], place
        assert found([[cell or None for cell in row]]) == [0]


@pytest.mark.parametrize(
    "name",
    [
        "合肥某有限公司",
        "合计算力有限公司",
        "总部基地某公司",
        "注册会计师事务所",
        "备注科技有限公司",
        "说明书印刷厂",
        "制表机械厂",
        "填海工程公司",
        "数据来源科技有限公司",
        "单位服务公司",
        "联系人力资源公司",
        "共享单车公司",
        "审核咨询公司",
        "统计事务所",
        "截至科技公司",
        "名单科技公司",
        "更新科技有限公司",
        "Total (China) Investment Co., Ltd.",
        "TotalEnergies",
        "Grand Hyatt",
        "Sum Ltd.",
        "Source Code Ltd.",
        "Note",
        "Prepared Foods Inc.",
        "Contact Lens Co.",
        "Page & Sons",
        "As You Like It",
        "Date Palm Ltd.",
    ],
)
def test_a_company_that_is_called_like_a_footer_is_one(name: str) -> None:
    assert found([("", name, "", "", ""), (name, "", "", "", ""), ("1", name, "", "", "")]) == []


@pytest.mark.parametrize(
    ("place", "cell", "drops"),
    [
        (2, "91310115MA1K35623U", False),
        (2, "91310115MA1K35623X", True),  # no code: its check digit is wrong
        (3, "上海", False),
        (3, "3家", True),
        (4, "49", False),
        (4, "0", False),
        (4, "平均", True),
    ],
)
def test_a_footer_in_which_something_reads_is_kept(place: int, cell: str, drops: bool) -> None:
    row = ["合计", "", "", "", ""]
    row[place] = cell
    assert found([row]) == ([0] if drops else [])


def test_repeated_headings_are_no_company() -> None:
    assert found([COMPANY, HEADINGS, ("序号", "企业名称", "", "", ""), ("", "", "", "城市", "比例")]) == [1, 2, 3]
    assert found([("1", "企业名称", "", "上海", "")]) == []
    assert found([["城市"], ["上海"]], ["城市"]) == [0]


def test_a_remark_beside_a_company_is_no_footer() -> None:
    headings = ("企业名称", "城市", "备注")
    assert found([("甲", "", "注：待核"), ("", "上海", "注：待核"), ("", "", "注：待核")], headings) == [2]


@given(
    st.lists(
        st.tuples(*[st.sampled_from([None, "", " ", "合计", "注：", "x", "é", "😀", "上海", "合"])] * 5), max_size=6
    )
)
def test_every_kind_of_table_finds_the_same(rows: list[tuple[str | None, ...]]) -> None:
    found(rows)


def test_a_company_with_a_known_type_is_one_whatever_its_first_cell() -> None:
    headings = ("序号", "企业名称", "企业类型", "备注")
    rows = [("注：无", "甲", "中外合作经营企业", ""), ("注：无", "甲", "某某", ""), ("注：含外商投资企业", "", "", "")]
    assert found(rows, headings) == [1, 2]


FILLED_IN = ("统一社会信用代码", "企业名称", "企业类型", "住所", "行业代码", "业务活动", "备注")


@pytest.mark.parametrize(
    ("row", "is_company"),
    [
        (("填表人：某某", "示例公司", "某类", "某处", "某业", "某事", None), True),
        (("填表人：某某", "示例公司", "某类", "某处", None, None, None), False),
        (("填表人：", "某某", "审核人：", "某人", "日期", "2026-11-01", None), False),
        (("填表人：", "某某", "审核人：", "某人", "联系人：", "某人", "某日"), False),
        (("合计", "3002户", "12", "1,500", "49%", "3", "8"), False),
        (("合计", "示例公司", "某类", "某处", "某业", "某事", None), True),
        (("填表人：某某", None, "某类", "某处", "某业", "某事", "某物"), False),
    ],
)
def test_a_name_with_more_cells_than_a_footer_has_is_a_company(row: Sequence[str | None], is_company: bool) -> None:
    assert found([row], FILLED_IN) == ([] if is_company else [0])


GROUPS = (
    "一、融资租赁类",
    "（一）租赁",
    "(二)物流类",
    "1.数据",
    "2、数据",
    "1. Leasing",
    "五、外地落户及飞地企业",
    "第三部分：其他",
    "第三部分：其他",
    "十二、其他",
)


@pytest.mark.parametrize("words", GROUPS)
def test_the_heading_of_a_group_is_no_company(words: str) -> None:
    for place in range(len(HEADINGS)):
        row: list[str | None] = ["" for _ in HEADINGS]
        row[place] = words
        assert found([COMPANY, row, COMPANY]) == [1], place
        assert found([[cell or None for cell in row]]) == [0]


@pytest.mark.parametrize(
    "name",
    ["一汽集团", "三一重工", "1.天津某某有限公司", "一、天津某银行", "二、某某养老服务中心",
     "（一）某合伙企业（有限合伙）",
     "1. Example Ltd.", "1药网", "三六零", "3.14工作室", "九、某律师事务所", "十月", "某某"],
)  # fmt: skip
def test_a_company_of_which_only_a_name_is_filled_stays(name: str) -> None:
    assert found([("", name, "", "", ""), (name, "", "", "", ""), ("1", name, "", "", "")]) == []


@pytest.mark.parametrize(
    ("row", "drops"),
    [
        (("一", "融资租赁类", "", "", ""), True),
        (("（二）", "物流行业", "", "", ""), True),
        (("一", "融资租赁", "", "", ""), False),  # perhaps a name
        (("1", "融资租赁类", "", "", ""), False),
        (("一、租赁类", "某某", "", "", ""), False),
        (("一、租赁类", "", "", "上海", ""), False),
        (("一、租赁类", "", "", "", "49"), False),
        (("一、租赁类", "", "91310115MA1K35623U", "", ""), False),
        (("一、租赁类", "", "", "x", ""), False),
    ],
)
def test_the_heading_of_a_group_stands_alone_in_its_row(row: Sequence[str], drops: bool) -> None:
    assert found([COMPANY, row]) == ([1] if drops else [])
