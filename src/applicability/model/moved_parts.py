"""Parts of a province that became a province of their own, as registers still write them: 四川省万县市, 广东省海口市.

The names are those of GB/T 2260 from 1980 on (`gb2260` in docs/places.md) that had gone before 2000, where `former.csv`
begins. What each became was divided since or is not recorded: it is read as the province, which is certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from applicability.model.former import Former


class MovedPart(NamedTuple):
    """The province that a part of another became, the year since when, and the names that went out of use by then."""

    province: str
    since: str
    names: tuple[str, ...]

    def former(self, around: str, name: str, place: str) -> Former:
        """The name of a place behind that of the province that it lay in, as one that is no longer used."""
        return Former("", around + name, self.since, place, True, ())


_OF_SICHUAN = """
    万县市 万县地区 万县 涪陵市 涪陵地区 涪陵县 黔江地区 黔江县 龙宝区 天城区 五桥区 枳城区 李渡区 江津地区 江津县
    永川地区 永川县 合川县 南川县 巴县 江北县 石柱县 彭水县 酉阳县 秀山县 南桐矿区
"""
_OF_GUANGDONG = """
    海南行政区 海南黎族苗族自治州 崖县 儋县 东方县 东方黎族自治县 乐东县 琼中县 保亭县 陵水县 白沙县 昌江县
    琼山县 文昌县 琼海县 万宁县 新华区
"""
# By the province that they were part of.
MOVED_PARTS: Mapping[str, MovedPart] = {
    "510000": MovedPart("500000", "1997", tuple(_OF_SICHUAN.split())),
    "440000": MovedPart("460000", "1988", tuple(_OF_GUANGDONG.split())),
}
