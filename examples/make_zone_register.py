"""Makes a workbook of a development zone's companies, as messy as such registers are; none of them exists.

`python examples/make_zone_register.py companies.xlsx [--companies 3000]`. The same companies every time. The sheet has a
title, a row of units, headings in two rows, cells merged over several companies, the headings again on each printed
page, totals and remarks at the end, and beside it a hidden sheet. About a third of the companies have a cell that cannot
be read, says that nothing is known, or contradicts another.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from make_companies import code
from openpyxl.styles import Alignment, Font

COMPANIES = 3000
# Companies on a printed page, which begins with the headings.
PAGE = 500
TITLE = "示例经济技术开发区企业名录（2026年10月，虚构）"
# The first row of headings, and under it the second; an empty one is merged with its neighbour.
GROUPS = ("序号", "企业名称", "统一社会信用代码", "企业类型", "所在地", "", "", "住所", "行业", "", "外资比例", "注册资本（万元）",
          "业务活动", "是否在当地注册", "登记日期", "备注")  # fmt: skip
UNDER = ("", "", "", "", "省份", "城市", "区县", "", "行业门类", "行业小类代码", "", "", "", "", "", "")
_TRADES = {
    "旅行社": ("租赁和商务服务业", "7291", "travel-agency"), "软件": ("信息传输、软件和信息技术服务业", "6513", "app-store"),
    "互联网": ("信息传输、软件和信息技术服务业", "6429", "domestic-ip-vpn"), "租赁": ("金融业", "6631", "aircraft-leasing"),
    "检测": ("科学研究和技术服务业", "7455", ""), "医药": ("制造业", "2761", "biotechnology"), "贸易": ("批发和零售业", "5181", ""),
}  # fmt: skip
_TYPES = {
    "domestic": ("有限责任公司（自然人投资或控股）", "有限责任公司(国有独资)", "股份有限公司"),
    "wholly": ("有限责任公司 港、澳、台", "有限责任公司(外国法人独资)", "独资经营(港资)", "有限责任公司(台港澳法人独资)"),
    "joint": ("有限责任公司(中外合资)", "有限责任公司（港澳台投资、非独资）"),
}  # fmt: skip
_DISTRICTS = ("滨海新区", "东丽区", "市辖区", "天津经济技术开发区")
_ADDRESSES = ("天津市滨海新区第二大街{n}号", "天津开发区第二大街{n}号", "天津经济技术开发区示例路{n}号", "示例路{n}号",
              "天津自贸试验区（东疆保税港区）示例道{n}号", "天津市东丽区示例路{n}号")  # fmt: skip
_UNKNOWN = ("-", "/", "—", "N/A", "不详", "待补", "", None)
_ODD_SHARES = ("5①", "约一半", "%", "见备注", "150")
_ODD_WORDS = ("技术咨询；其他", "吃饭", "以营业执照为准", "依法须经批准的项目，经相关部门批准后方可开展经营活动")


def share(kind: str, draw: random.Random) -> object:
    """A share as somebody typed it."""
    if kind == "domestic":
        return draw.choice((0, "0", "0%", "无", "——", None))
    percent = 100 if kind == "wholly" else draw.choice((10, 25, 49, 50, 51, 70))
    if draw.random() < 0.05:
        return draw.choice(_ODD_SHARES)
    return draw.choice((percent, f"{percent}%", f"外方{percent}％", f"{percent}.00", _UNKNOWN[draw.randrange(8)]))


def companies(draw: random.Random, count: int) -> Iterator[list[object]]:
    """So many rows, as they are typed."""
    for number in range(1, count + 1):
        trade, (section, sector, does) = draw.choice(sorted(_TRADES.items()))
        kind = draw.choices(("domestic", "wholly", "joint"), (60, 20, 20))[0]
        credit = code(draw.choice(("120116", "120110", "310115")), draw)
        yield [
            number,
            f"示例{trade}有限公司第{number:04}号（虚构）",
            credit if draw.random() < 0.97 else credit[:17] + "O",
            draw.choice(_TYPES[kind]),
            draw.choice(("天津", "天津市")) if draw.random() < 0.95 else draw.choice(_UNKNOWN),
            draw.choice(("天津市", "天津市", "市辖区", None)),
            draw.choice(_DISTRICTS) if draw.random() < 0.96 else draw.choice(("没有的区", "天河区")),
            draw.choice(_ADDRESSES).format(n=draw.randrange(1, 900)),
            section if draw.random() < 0.9 else draw.choice(_UNKNOWN),
            draw.choice((sector, int(sector), float(sector))) if draw.random() < 0.95 else "0000",
            share(kind, draw),
            draw.choice((100, 5000, "1,000", "500万元", "-")),
            draw.choice((does, "", "无")) if draw.random() < 0.9 else draw.choice(_ODD_WORDS),
            draw.choice(("是", "是", "Y", 1, "否", "√", "待核实", None)),
            date(2010 + number % 15, 1 + number % 12, 1 + number % 28),
            "" if number % 50 else "法定代表人身份证11010519491231002X",
        ]


def write(path: Path, count: int = COMPANIES) -> None:
    """Writes the workbook."""
    book = openpyxl.Workbook()
    dictionary = book.active
    dictionary.title = "字典"
    dictionary.append(["代码", "名称"])
    sheet = book.create_sheet("企业名录")
    dictionary.sheet_state = "hidden"
    book.active = 1
    sheet.append([TITLE])
    sheet.append(["填报单位：示例开发区管委会", *[None] * 12, "单位：万元、%"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(GROUPS))
    _headings(sheet, 3)
    line = 5
    for number, row in enumerate(companies(random.Random(84), count), 1):
        sheet.append(row)
        if isinstance(row[10], int) and number % 3 == 0:  # typed as a percentage
            sheet.cell(line, 11, row[10] / 100).number_format = random.Random(number).choice(("0%", "0.00%_);(0.00%)"))
        if number % 40 == 2 and row[4] == sheet.cell(line - 1, 5).value:
            sheet.merge_cells(start_row=line - 1, start_column=5, end_row=line, end_column=5)
        line += 1
        if number % PAGE == 0 and number < count:
            sheet.append([one or two for one, two in zip(GROUPS, UNDER, strict=True)])
            line += 1
    sheet.append(["合计", f"共{count}家", *[None] * 9, "=SUM(L5:L6)"])
    sheet.append(["注：外资比例以企业填报为准。"])
    sheet.append(["填表人：某某", *[None] * 11, "制表日期：2026年10月31日"])
    book.save(path)


def _headings(sheet: Any, row: int) -> None:
    """Two rows of headings, merged where a group has several columns and where a heading has no second row."""
    sheet.append([one or None for one in GROUPS])
    sheet.append([one or None for one in UNDER])
    for place, (group, under) in enumerate(zip(GROUPS, UNDER, strict=True), 1):
        sheet.cell(row, place).font = Font(bold=True)
        sheet.cell(row, place).alignment = Alignment(wrap_text=True)
        if group and not under:
            sheet.merge_cells(start_row=row, start_column=place, end_row=row + 1, end_column=place)
        elif group:
            end = place
            while end < len(GROUPS) and not GROUPS[end] and UNDER[end]:
                end += 1
            sheet.merge_cells(start_row=row, start_column=place, end_row=row, end_column=end)


def main() -> None:
    """Reads the arguments, and writes the workbook."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--companies", type=int, default=COMPANIES)
    told = parser.parse_args()
    write(told.path, told.companies)


if __name__ == "__main__":
    main()
