"""The short names of divisions, without the words that say what kind they are, and their Latin names.

A division without an English name in the table uses its pinyin and its kind: 献县, `xianxian`, is "Xian County". A
shortened name only matches divisions of the kind it states: "Suzhou District" is never the city of Suzhou.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from applicability.lazy_pattern import lazy_pattern
from applicability.model.divisions import Division

# 神农架林区 is a forest district; 碑林区 and 万柏林区 are districts.
_FOREST = "(?<=...)林区"
# The words that a division's name may end with, by its level.
_LAST_WORDS: Mapping[str, tuple[str, ...]] = {
    "province": ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市"),
    "prefecture": ("自治州", "地区", "盟", "市"),
    "county": ("自治县", "自治旗", _FOREST, "新区", "矿区", "市", "区", "县", "旗"),
}


def last_word(*levels: str, but: str = "") -> re.Pattern[str]:
    """The word that says what kind a division is, at the end of a name of these levels, by default of any.

    >>> last_word().sub("", "新疆维吾尔自治区"), last_word("county").sub("", "万柏林区")
    ('新疆', '万柏林')
    """
    words = dict.fromkeys(word for level in levels or _LAST_WORDS for word in _LAST_WORDS[level] if word != but)
    return lazy_pattern(f"(?:{'|'.join(words)})$")


# A district of a city, many of which share a name; those of new areas, special districts and forest districts do not.
DISTRICT = lazy_pattern(r"(?<![新特林])区$")
# 井陉 is a county, and not the mining district beside it.
_CUT_ZH = last_word(but="矿区")

# Suffixes of a name in Chinese, pinyin and English. A name may match several: 万柏林区 is no 林区.
_ENDINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("自治县", "zizhixian", ("autonomouscounty",)),
    ("自治旗", "zizhiqi", ("autonomousbanner",)),
    ("自治州", "zizhizhou", ("autonomousprefecture",)),
    ("地区", "diqu", ("prefecture",)),
    ("盟", "meng", ("league",)),
    ("新区", "xinqu", ("newarea", "newdistrict")),
    ("矿区", "kuangqu", ("miningdistrict",)),
    ("林区", "linqu", ("forestrydistrict",)),
    ("特区", "tequ", ("specialdistrict",)),
    ("市", "shi", ("city",)),
    ("县", "xian", ("county",)),
    ("旗", "qi", ("banner",)),
    ("区", "qu", ("district",)),
)
# How a kind of two words is written.
_KINDS = {
    "autonomouscounty": "Autonomous County", "autonomousbanner": "Autonomous Banner", "newarea": "New Area",
    "autonomousprefecture": "Autonomous Prefecture", "miningdistrict": "Mining District",
    "forestrydistrict": "Forestry District", "specialdistrict": "Special District",
}  # fmt: skip
_PEOPLE = "zu"  # 长阳土家族自治县 is "Changyang Tujia Autonomous County"
_CUT_EN = lazy_pattern(r"(?:province|municipality|city|district|county|newarea)$")
_CUT_PINYIN = lazy_pattern(r"(?:sheng|shi|qu|xian)$")
_CUT_LATIN = lazy_pattern(r"(province|municipality|city|district|county|newarea|sheng|shi|qu|xian)$")

Fits = Callable[[Division], bool]


def _is_province(division: Division) -> bool:
    return division.code.endswith("0000")


def _is_city(division: Division) -> bool:
    return division.zh.endswith("市") or _is_province(division)


def _is_district(division: Division) -> bool:
    return division.zh.endswith("区") and not division.code.endswith("00")


def _is_new_area(division: Division) -> bool:
    return division.zh.endswith("新区")


def _is_county(division: Division) -> bool:
    return division.zh.endswith("县")


_FITS: dict[str, Fits] = {
    "province": _is_province, "sheng": _is_province, "municipality": _is_city, "city": _is_city, "shi": _is_city,
    "district": _is_district, "qu": _is_district, "newarea": _is_new_area, "county": _is_county, "xian": _is_county,
}  # fmt: skip


def english_names(division: Division, en: str, pinyin: str) -> Iterator[str]:
    """The full English names of a division, folded like `en` and `pinyin`; none where there is nothing to add.

    "City" is added to the English name of a city, and the kind of division to the pinyin of one without an English
    name.
    """
    if en:
        if division.zh.endswith("市") and not en.endswith("city"):
            yield f"{en}city"
        return
    for zh, ending, words in _ENDINGS:
        base = pinyin.removesuffix(ending)
        if not (base and division.zh.endswith(zh) and pinyin.endswith(ending)):
            continue
        bases = [base]
        if len(division.zh) == len(zh) + 1:  # 忠县: "Zhong County", "Zhongxian County"
            bases.append(pinyin)
        if zh.startswith("自治"):
            bases.append(base.removesuffix(_PEOPLE))
        yield from (f"{each}{word}" for each in dict.fromkeys(bases) for word in words)


def latin_name(division: Division) -> str:
    """The English name of a division, or what its pinyin and its kind make of one.

    >>> latin_name(Division("620902", "肃州区", "", "suzhouqu", ()))
    'Suzhou District'
    """
    if division.en:
        return division.en
    for zh, ending, words in _ENDINGS:
        base = division.pinyin.removesuffix(ending)
        if base and division.zh.endswith(zh) and division.pinyin.endswith(ending):
            base = division.pinyin if len(division.zh) == len(zh) + 1 else base
            return f"{base.capitalize()} {_KINDS.get(words[0], words[0].capitalize())}"
    return division.pinyin.capitalize() or division.zh


def short_names(division: Division, en: str, pinyin: str) -> tuple[str, ...]:
    """The names of a division without its kind: 杭州, hangzhou; 井陉矿 for 井陉矿区."""
    own = (_CUT_ZH.sub("", division.zh), division.zh[:-1])
    zh = tuple(name for name in own if len(name) > 1)
    return (*zh, _CUT_EN.sub("", en), _CUT_PINYIN.sub("", pinyin))


def common_name(division: Division) -> str:
    """The common name: 杭州 for 杭州市."""
    short = _CUT_ZH.sub("", division.zh)
    return short if len(short) > 1 else division.zh


def cut(name: str) -> tuple[str, Fits] | None:
    """Splits a folded Latin name into the name without its kind, and a test for that kind; None if it states no kind.

    >>> cut("tianjincity")[0]
    'tianjin'
    """
    found = _CUT_LATIN.search(name)
    return (name[: found.start()], _FITS[found[0]]) if found else None
