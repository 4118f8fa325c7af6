"""Makes examples/companies.csv: a thousand companies that do not exist, under the usual headings of a register.

`python examples/make_companies.py >examples/companies.csv`. The same bytes every time. About one in a hundred has
something wrong: a code with a wrong check digit, a share of more than 100, an unknown sector, an address elsewhere than
the city, a type that the share contradicts.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from typing import TextIO

from applicability import Rulebook, load_rulebook

HEADINGS = (
    "统一社会信用代码", "企业名称", "企业类型", "住所", "城市", "行业代码", "外资比例", "业务活动",
    "持牌或监管身份", "备注",
)  # fmt: skip
COMPANIES = 1000
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TRADES = {
    "旅行社": ("7291", "travel-agency"), "金融租赁": ("6631", None), "商业保理": ("6637", None), "医院": ("8411", None),
    "数据服务": ("6450", "data-annotation"), "软件": ("6513", None), "贸易": ("5181", None), "物流": ("5821", None),
    "检测认证": ("7455", None), "文化传播": ("8770", None), "互联网": ("6429", "ip-vpn"), "培训": ("8391", None),
}  # fmt: skip
_TYPES = {
    "domestic": ("有限责任公司(自然人投资或控股)", "有限责任公司(国有独资)", "股份有限公司(上市)"),
    "wholly": ("有限责任公司(外国法人独资)", "有限责任公司(港澳台法人独资)", "有限责任公司(外国自然人独资)"),
    "joint": ("有限责任公司(中外合资)", "有限责任公司(港澳台投资、非独资)", "中外合作经营企业"),
    "unsure": ("有限责任公司(外商投资企业法人独资)", "外商投资企业分公司"),
}  # fmt: skip


def code(area: str, draw: random.Random) -> str:
    """A credit code of that registration area, its check digit right, its organisation made up."""
    body = f"91{area}MA{''.join(draw.choice(_LETTERS) for _ in range(7))}"
    total = sum(_LETTERS.index(letter) * 3**place % 31 for place, letter in enumerate(body))
    return body + _LETTERS[-total % 31]


def companies(book: Rulebook, draw: random.Random, count: int = COMPANIES) -> Iterator[tuple[str, ...]]:
    """So many rows."""
    gazetteer = book.gazetteer
    pilots = sorted({place for group in book.groups.values() for place in group if place in gazetteer.divisions})
    cities = sorted(one for one in gazetteer.divisions if gazetteer.level(one) == "prefecture")
    counties: dict[str, list[str]] = {}
    for one in sorted(gazetteer.divisions):
        if gazetteer.level(one) == "county":
            for around in gazetteer.path(one)[1:]:
                counties.setdefault(around, []).append(one)
    zones = sorted(gazetteer.zones)
    nearby: dict[str, list[str]] = {}
    activities = sorted(book.sectors.activities)
    licences = sorted(book.facts["licences"].values)
    for number in range(1, count + 1):
        city = draw.choice(pilots if draw.random() < 0.75 else cities)
        county = draw.choice(counties.get(city, [city]))
        names = [gazetteer.divisions[one].zh for one in reversed(gazetteer.path(county))]
        address = f"{''.join(dict.fromkeys(names))}示例路{draw.randrange(1, 900)}号"
        if county not in nearby:
            nearby[county] = [one for one in zones if gazetteer.overlap(one, county)]
        near = nearby[county]
        if near and draw.random() < 0.25:
            zone = gazetteer.zones[draw.choice(near)]
            inside = [gazetteer.divisions[one].zh for one in reversed(gazetteer.path(zone.divisions[0]))]
            address = f"{''.join(dict.fromkeys(inside))}{zone.zh}示例路{draw.randrange(1, 900)}号"
        trade, (sector, own) = draw.choice(sorted(_TRADES.items()))
        kind = draw.choices(("domestic", "wholly", "joint", "unsure"), (60, 15, 22, 3))[0]
        share = {"domestic": "0", "wholly": "100", "joint": str(draw.choice((10, 25, 49, 50, 51, 70)))}.get(kind, "")
        share = share if draw.random() < 0.7 else ""
        doing = [one for one in {own, draw.choice(activities)} if one and book.sectors.can_carry(sector, one)]
        labels = [book.sectors.activities[one].label.zh for one in sorted(doing)]
        told = "；".join(labels) if draw.random() < 0.6 else ""
        holds = book.facts["licences"].values[draw.choice(licences)].label.zh if draw.random() < 0.1 else ""
        row = [
            code(county, draw), f"示例{trade}有限公司第{number:04}号（虚构）", draw.choice(_TYPES[kind]), address,
            gazetteer.divisions[city].zh if draw.random() < 0.4 else "", sector if draw.random() < 0.9 else "",
            share, told, holds if holds or draw.random() < 0.5 else "无", "",
        ]  # fmt: skip
        if number % 97 == 0:
            spoil(row, number // 97 % 5)
        yield tuple(row)


def spoil(row: list[str], how: int) -> None:
    """Make something wrong with a row."""
    if how == 0:
        row[0] = row[0][:17] + _LETTERS[(_LETTERS.index(row[0][17]) + 1) % 31]
    elif how == 1:
        row[6] = "130"
    elif how == 2:
        row[5] = "0000"
    elif how == 3:
        row[4] = "拉萨市" if "拉萨" not in row[3] else "上海市"
    else:
        row[2], row[6] = "有限责任公司(外国法人独资)", "30"
    row[-1] = "此行有误"


def main(out: TextIO) -> None:
    """Write the table; the byte order mark lets Excel read Chinese."""
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(companies(load_rulebook(), random.Random(84)))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    main(sys.stdout)
