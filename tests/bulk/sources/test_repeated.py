"""Headings of several rows, and titles, that are repeated on each printed page are no companies."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from applicability.bulk.sources.headings import HeadingRows
from applicability.bulk.sources.repeated import RepeatedRows

from .reading import dropped, screened, verdicts, workbook

TITLE = ("某开发区企业名录",)
UNITS = ("单位：%",)
GROUPS = ("序号", "企业名称", "所在地", "", "行业", "", "外资", "业务活动")
UNDER = ("", "", "省份", "城市", "行业门类", "行业小类代码", "比例", "")
ONE_OR_TWO = tuple(one or two for one, two in zip(GROUPS, UNDER, strict=True))
FILLED = ("序号", "企业名称", "所在地", "所在地", "行业", "行业", "外资", "业务活动")
RIGHT = {"甲": "eligible", "乙": "ineligible", "丙": "ineligible"}


def company(number: int, name: str, share: str) -> tuple[str, ...]:
    return str(number), name, "上海", "上海", "信息传输、软件和信息技术服务业", "6311", share, "domestic-ip-vpn"


COMPANIES = [company(1, "甲", "49"), company(2, "乙", "100"), company(3, "丙", "0")]
PAGES: Mapping[str, Sequence[Sequence[str]]] = {
    "both rows": [GROUPS, UNDER], "upper row": [GROUPS], "lower row": [UNDER], "first that is there": [ONE_OR_TWO],
    "merged cells filled": [FILLED, UNDER], "with the title": [TITLE, UNITS, GROUPS, UNDER], "title alone": [TITLE],
    "spaced": [[f" {cell}\u3000" if cell else "" for cell in GROUPS]],
}  # fmt: skip


def written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    if path.suffix == ".xlsx":
        workbook(path, rows)
        return path
    wide = [[*row, *[""] * (len(GROUPS) - len(row))] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(wide)
        if path.name.startswith("uneven"):  # a row that only the slower parser reads
            stream.write("4,丁,,,,,,domestic-ip-vpn,,,\n")
    return path


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        pytest.param(kind, page, marks=() if kind == "even.csv" or page == "both rows" else pytest.mark.thorough)
        for kind in ("even.csv", "uneven.csv", "book.xlsx")
        for page in PAGES
    ],
)
def test_what_is_repeated_on_each_page_is_no_company(page: str, kind: str, tmp_path: Path) -> None:
    again = PAGES[page]
    rows = [TITLE, UNITS, GROUPS, UNDER, COMPANIES[0], *again, COMPANIES[1], *again, COMPANIES[2]]
    done = screened(written(tmp_path / kind, rows))
    found = {name: one for name, one in verdicts(done).items() if name != "丁"}
    assert found == RIGHT
    lines = [*range(6, 6 + len(again)), *range(7 + len(again), 7 + 2 * len(again))]
    assert dropped(done) == dict.fromkeys(lines, "S309")
    assert done.summary.companies == 3 + kind.startswith("uneven")
    assert done.summary.read == done.summary.companies + len(lines)
    shown = done.rejects.to_pylist()[0]
    assert (shown["column"], shown["problem"]) == (
        ("省份" if page == "lower row" else "序号"),
        "this row repeats a title above the headings and is no company"
        if page.startswith(("with the title", "title"))
        else "this row repeats the headings and is no company",
    )


@pytest.mark.parametrize("kind", ["even.csv", "book.xlsx"])
def test_a_company_with_one_cell_that_is_no_heading_stays(kind: str, tmp_path: Path) -> None:
    almost = [
        tuple("甲" if place == at else cell for place, cell in enumerate(ONE_OR_TWO)) for at in range(len(GROUPS))
    ]
    elsewhere = ("企业名称", "序号", *ONE_OR_TWO[2:])
    done = screened(written(tmp_path / kind, [TITLE, GROUPS, UNDER, *COMPANIES, *almost, elsewhere]))
    assert (done.summary.companies, done.summary.rejected) == (3 + len(almost) + 1, 0)


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        (("企业名称", "城市", "外资比例", "%%"), 2),  # no company's cells, and not the second row of headings either
        (("企业名称", "城市", "%", "业务活动"), 1),
    ],
)
def test_signs_alone_do_not_make_a_second_row_of_headings(below: tuple[str, ...], rows: int, tmp_path: Path) -> None:
    above = ("企业名称", "城市", "外资比例", "业务活动")
    done = screened(written(tmp_path / "even.csv", [above, below, ("甲", "上海", "49", "domestic-ip-vpn")]))
    assert done.summary.read == rows


CELLS = st.sampled_from(["", "甲", "\u200b", *filter(None, GROUPS), *filter(None, UNDER), *TITLE])


@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), min_size=1, max_size=6))
def test_batches_and_rows_are_told_alike(rows: list[list[str]]) -> None:
    import numpy as np
    import pyarrow as pa

    texts = [frozenset(filter(None, pair)) for pair in zip(GROUPS, UNDER, strict=True)]
    repeated = RepeatedRows(HeadingRows([*map(str, range(8))], 1, 2, texts, [TITLE, ("", *UNITS)]))
    batch = pa.record_batch({str(place): [row[place] for row in rows] for place in range(8)})
    apart = repeated.apart(batch, np.arange(len(rows)))
    own = {line: found for line, row in enumerate(rows) if any(row) and (found := repeated.broken(line, row))}
    assert list(apart.broken) == [*own.values()]
    assert [*apart.lines] == [line for line in range(len(rows)) if line not in own]
    assert apart.table.num_rows == len(apart.lines)


RENAMED = ("序号", "名称", "企业类型", "业务活动（部分）", "地址", "外资比例")
AS_BEFORE = ("序号", "企业名称", "企业类型（登记机关）", "经营范围", "住所", "境外投资者持股占比")


@pytest.mark.parametrize("kind", ["even.csv", "book.xlsx"])
def test_headings_that_are_repeated_as_they_were_before_are_no_company(kind: str, tmp_path: Path) -> None:
    company_of = ("1", "甲", "外商投资企业", "国内互联网虚拟专用网业务", "上海市浦东新区", "49%")
    almost = [
        tuple("甲" if at == place else cell for at, cell in enumerate(AS_BEFORE)) for place in range(len(RENAMED))
    ]
    done = screened(written(tmp_path / kind, [RENAMED, company_of, AS_BEFORE, company_of]))
    assert (done.summary.companies, dropped(done)) == (2, {3: "S309"})
    done = screened(written(tmp_path / kind, [RENAMED, company_of, *almost]))
    assert (done.summary.companies, done.summary.rejected) == (1 + len(almost), 0)


def test_a_repeated_name_and_code_are_headings_whatever_else_was_renamed(tmp_path: Path) -> None:
    """备注 was renamed 所在功能区, and the rows of headings below became companies."""
    now = ("企业名称", "统一社会信用代码", "城市", "外资比例", "所在功能区")
    before = ("企业名称", "统一社会信用代码", "城市", "外方认缴", "备注")
    company = ("甲", "", "天津市", "49%", "")
    done = screened(written(tmp_path / "even.csv", [now, company, before, company]))
    assert (done.summary.companies, dropped(done)) == (2, {3: "S309"})
    almost = ("企业名称", "91310000", *before[2:]), ("甲", *before[1:])
    done = screened(written(tmp_path / "odd.csv", [now, company, *almost]))
    assert (done.summary.companies, done.summary.rejected) == (3, 0)
