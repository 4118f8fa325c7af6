"""Patterns of what stands in an address beside the names of divisions and zones."""

from __future__ import annotations

import re

from applicability.loading.company.address_names import COUNTRY, NO_PLACE
from applicability.loading.company.address_zones import AWAY_BEFORE, AWAY_BEHIND

STREET = re.compile(r"(?:路|街|大街|大道)")
# Fillers that registers write between a city and its district.
BETWEEN = re.compile(r"(?:市辖区|(?:省|自治区)直辖县级行政(?:区划|单位))")
BETWEEN_BEGINS = "市省自"
FILLED = re.compile(r"(?:省|自治区)?直辖|市辖区")
# A city or a county by a name of any kind, as it follows that of a province; not a market or an office.
CITY_ENDS = "自治[州县旗]|行政区|地区|[市县盟](?![场政区民中委府城])"
CITY = re.compile(rf"[\u4e00-\u9fff]{{2,4}}?(?:{CITY_ENDS})")
# What ends the name of a functional zone, and what shows before it that it is the name of something else.
ZONE_ENDS = (
    "开发区|高新区|经开区|产业园区|工业园区|保税区|保税港区|综保区|示范区|试验区|合作区|度假区|旅游区|风景区"
    "|管理区|新区|经济区|实验区|软件园|物流园区|集聚区|港务区|生态区|商务区|商务城|科技城|科学城|生物城|软件城"
)
# Two cities have an industrial zone together; these are called after a lake or a mountain, as a county elsewhere is.
OF_NATURE = re.compile("(?:度假|旅游|风景)区")
ZONE_END = re.compile(f"(?:{ZONE_ENDS})(?!分|{NO_PLACE.pattern})")
NO_ZONE = re.compile("^湾|大学|学院|公司|银行|集团|医院|路|街|道|号|弄|村|镇|乡|楼|栋|室|厦|广场|市|县|区")
# All that the parser looks for beside names: as patterns, and those of their words that a name may run into.
PATTERNS = (
    *(NO_PLACE.pattern, STREET.pattern, BETWEEN.pattern, ZONE_END.pattern, NO_ZONE.pattern, COUNTRY),
    *(AWAY_BEFORE.pattern, AWAY_BEHIND.pattern, FILLED.pattern, CITY_ENDS),
)
_SIDES, _WAYS = ("", *"中东西南北"), "路 街 大道 大街 道 大厦 广场 车站 站 桥 公园 酒店"
_COUNTIES = [f"直辖县级行政{way}" for way in ("区划", "单位")]
WORDS = (
    *(side + way for side in _SIDES for way in _WAYS.split()),
    *(around + words for around in ("省", "自治区") for words in _COUNTIES),
    *("市辖区", COUNTRY),
)


def ends_as_zone(name: str) -> bool:
    """Whether a name ends as that of a functional zone does."""
    return any(one.end() == len(name) for one in ZONE_END.finditer(name))
