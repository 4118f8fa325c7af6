"""Makes a workbook of a development zone's companies, as messy as such registers are; none of them exists.

`python examples/make_zone_register.py companies.xlsx [--companies 3000]`. The same companies every time. The sheet has
a title, a row of units, headings in two rows, cells merged over several companies, the headings again on each printed
page, totals and remarks at the end, and beside it a hidden sheet. About a quarter of the companies have a cell that
cannot be read or contradicts another, and many more have one that says that nothing is known.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from make_companies import code
from openpyxl.styles import Alignment, Font

COMPANIES = 3000
# Companies on a printed page, which begins with the headings.
PAGE = 100
TITLE = "示例经济技术开发区企业名录（2026年10月，虚构）"
# The first row of headings, and under it the second; an empty one is merged with its neighbour.
GROUPS = ("序号", "企业名称", "统一社会信用代码", "企业类型", "所在地", "", "", "住所", "行业", "", "外资比例",
          "注册资本（万元）", "业务活动", "是否在当地注册", "登记日期", "备注")  # fmt: skip
UNDER = ("", "", "", "", "省份", "城市", "区县", "", "行业门类", "行业小类代码", "", "", "", "", "", "")
# What each column holds.
HEADINGS = tuple(two or one for one, two in zip(GROUPS, UNDER, strict=True))
_TRADES = {
    "旅行社": ("租赁和商务服务业", "7291", "travel-agency"),
    "软件": ("信息传输、软件和信息技术服务业", "6513", "app-store"),
    "互联网": ("信息传输、软件和信息技术服务业", "6429", "domestic-ip-vpn"),
    "租赁": ("金融业", "6631", "aircraft-leasing"),
    "检测": ("科学研究和技术服务业", "7455", ""),
    "医药": ("制造业", "2761", "biotechnology"),
    "贸易": ("批发和零售业", "5181", ""),
}
_TYPES = {
    "domestic": ("有限责任公司（自然人投资或控股）", "有限责任公司(国有独资)", "股份有限公司", "民营", "内资企业"),
    "wholly": (
        "有限责任公司 港、澳、台",
        "有限责任公司(外国法人独资)",
        "独资经营(港资)",
        "有限责任公司(台港澳法人独资)",
    ),
    "joint": ("有限责任公司(中外合资)", "有限责任公司（港澳台投资、非独资）", "外资"),
}
# What stands under 区县, and the addresses that go with it.
_PLACES = {
    "滨海新区": ("天津市滨海新区第二大街{n}号", "天津开发区第二大街{n}号", "天津自贸试验区（东疆保税港区）示例道{n}号",
                 "示例路{n}号"),
    "东丽区": ("天津市东丽区示例路{n}号", "示例路{n}号"),
    "市辖区": ("天津市滨海新区第二大街{n}号", "天津市东丽区示例路{n}号", "示例路{n}号"),
    "天津经济技术开发区": ("天津经济技术开发区示例路{n}号", "天津开发区第二大街{n}号"),
}  # fmt: skip
# A cell that says that nothing is known. It is no doubt: the fact is missing.
_UNKNOWN = ("-", "/", "—", "N/A", "不详", "待补", "", None)
# How many companies in a thousand have each kind of cell that cannot be read or contradicts another.
_OFTEN = {"code": 30, "province": 15, "district": 20, "other city": 20, "address": 15, "sector": 50, "share": 25,
          "type": 60, "activity": 60, "registered": 30, "kind": 10}  # fmt: skip


@dataclass(frozen=True)
class Spoilt:
    """A cell that a reader must doubt: its row, its column, and the columns that it contradicts, if it does.

    Where two contradict each other, the doubt may be told of either.
    """

    line: int
    column: str
    against: tuple[str, ...] = ()


def share(kind: str, draw: random.Random) -> object:
    """A share as somebody typed it."""
    if kind == "domestic":
        return draw.choice((0, "0", "0%", "无", "——", None))
    percent = 100 if kind == "wholly" else draw.choice((10, 25, 49, 50, 51, 70))
    return draw.choice((percent, f"{percent}%", f"外方{percent}％", f"{percent}.00", draw.choice(_UNKNOWN)))


def companies(draw: random.Random, count: int) -> Iterator[tuple[dict[str, object], dict[str, tuple[str, ...]]]]:
    """So many rows as they are typed, by column; with the columns of spoilt cells, and what each contradicts."""
    for number in range(1, count + 1):
        trade, (section, sector, does) = draw.choice(sorted(_TRADES.items()))
        kind = draw.choices(("domestic", "wholly", "joint"), (60, 20, 20))[0]
        district, addresses = draw.choice(sorted(_PLACES.items()))
        row: dict[str, object] = {
            "序号": number,
            "企业名称": f"示例{trade}有限公司第{number:04}号（虚构）",
            "统一社会信用代码": code(draw.choice(("120116", "120110", "310115")), draw),
            "企业类型": draw.choice(_TYPES[kind]),
            "省份": draw.choice(("天津", "天津市")) if draw.random() < 0.95 else draw.choice(_UNKNOWN),
            "城市": "天津市",
            "区县": district,
            "住所": draw.choice(addresses).format(n=draw.randrange(1, 900)),
            "行业门类": section if draw.random() < 0.9 else draw.choice(_UNKNOWN),
            "行业小类代码": draw.choice((sector, int(sector), float(sector))),
            "外资比例": share(kind, draw),
            "注册资本（万元）": draw.choice((100, 5000, "1,000", "500万元", "-")),
            "业务活动": draw.choice((does, "", "无")),
            "是否在当地注册": draw.choice(("是", "是", "Y", 1, "否", "√", "待核实", "核实中", None)),
            "登记日期": date(2010 + number % 15, 1 + number % 12, 1 + number % 28),
            "备注": "" if number % 50 else "法定代表人身份证11010519491231002X",
        }
        if draw.random() < 0.3 and row["省份"] not in _UNKNOWN:
            row["城市"] = "市辖区"
        kinds = {one for one, often in _OFTEN.items() if draw.randrange(1000) < often}
        yield row, _spoil(row, kinds, kind, draw)


def _spoil(row: dict[str, object], kinds: set[str], kind: str, draw: random.Random) -> dict[str, tuple[str, ...]]:
    """Puts cells into a row that cannot be read, or contradict others; returns their columns."""
    spoilt: dict[str, tuple[str, ...]] = {}
    if "code" in kinds:
        spoilt["统一社会信用代码"] = ()
        row["统一社会信用代码"] = f"{row['统一社会信用代码']}"[:17] + "O"
    if "province" in kinds:
        spoilt["省份"] = ()
        row["省份"], row["城市"] = draw.choice(("天京", "本市")), "天津市"
    if "district" in kinds:
        spoilt["区县"] = ()
        row["区县"] = "没有的区"
    elif "other city" in kinds:
        spoilt["区县"] = ("省份", "城市", "住所")
        row["区县"] = "天河区"
    elif "address" in kinds:
        spoilt["住所"] = ("省份", "城市", "区县")
        row["住所"] = f"广州市天河区示例路{draw.randrange(1, 900)}号"
    if "sector" in kinds:
        spoilt["行业小类代码"] = ()
        row["行业小类代码"] = "0000"
    if "share" in kinds:
        spoilt["外资比例"] = ()
        row["外资比例"] = draw.choice(("5①", "约一半", "%", "见备注", "150"))
    elif "type" in kinds and kind == "wholly":
        spoilt["外资比例"] = ("企业类型",)
        row["外资比例"] = "30%"
        row["企业类型"] = "有限责任公司(外国法人独资)"
    if "kind" in kinds and "外资比例" not in spoilt:
        spoilt["企业类型"] = ()
        row["企业类型"] = draw.choice(("其他", "A类"))
    if "activity" in kinds:
        spoilt["业务活动"] = ()
        row["业务活动"] = draw.choice(
            ("技术咨询；其他", "吃饭", "以营业执照为准", "依法须经批准的项目，经相关部门批准后方可开展")
        )
    if "registered" in kinds:
        spoilt["是否在当地注册"] = ()
        row["是否在当地注册"] = draw.choice(("见备注", "部分"))
    return spoilt


def write(path: Path, count: int = COMPANIES) -> list[Spoilt]:
    """Writes the workbook; returns the cells that a reader must doubt."""
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
    place_of = {name: place for place, name in enumerate(HEADINGS, 1)}
    line, found = 5, []
    for number, (row, spoilt) in enumerate(companies(random.Random(84), count), 1):
        sheet.append([*row.values()])
        found += [Spoilt(line, column, against) for column, against in spoilt.items()]
        percent = row["外资比例"]
        if isinstance(percent, int) and number % 3 == 0:  # typed as a percentage
            cell = sheet.cell(line, place_of["外资比例"], percent / 100)
            cell.number_format = random.Random(number).choice(("0%", "0.00%_);(0.00%)"))
        column = place_of["省份"]
        if number % 40 == 2 and row["省份"] == sheet.cell(line - 1, column).value:
            sheet.merge_cells(start_row=line - 1, start_column=column, end_row=line, end_column=column)
        line += 1
        if number % PAGE == 0 and number < count:
            sheet.append([one or two for one, two in zip(GROUPS, UNDER, strict=True)])
            line += 1
    sheet.append(["合计", f"共{count}家", *[None] * 9, "=SUM(L5:L6)"])
    sheet.append(["注：外资比例以企业填报为准。"])
    sheet.append(["填表人：某某", *[None] * 11, "制表日期：2026年10月31日"])
    book.save(path)
    return found


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
