"""Keys and values of a profile in either language, by the table of headings that registers are read by."""

from __future__ import annotations

from decimal import Decimal

import pytest

from applicability import Profile, ProfileError, Rulebook, check
from applicability.loading.profile.keys import as_told, key_of
from applicability.loading.profile.reader import profile_of_bytes, read_facts
from applicability.model.facts import Investor
from applicability.model.partial import Interval

CANONICAL = {"city": "上海", "foreign_share": 40, "activities": ["app-store"], "registered_here": True}
SAME = [
    {"城市": "上海", "外资比例": "40%", "业务活动": "应用商店", "在当地注册": "是"},
    {"所在城市": "Shanghai", "外资股比（%）": "４０", "从事业务": ["应用商店"], "registered in the place": "yes"},
    {"City": "shanghai", "Foreign Share": "40 %", "Activities": "app-store", "registered_here": "是"},
    {"city": "310000", "foreign ownership": 40, "主营业务活动": "app store services", "在当地注册": True},
]


@pytest.mark.parametrize("told", SAME)
def test_keys_in_either_language_say_the_same(told: dict[str, object], rulebook: Rulebook) -> None:
    expected, found = read_facts(Profile.of(CANONICAL), rulebook), read_facts(Profile.of(told), rulebook)
    assert found.values == expected.values
    assert found.whereabouts == expected.whereabouts


@pytest.mark.parametrize("word", ["无", "没有", "none", "0", "0%"])
def test_nothing_is_no_foreign_share(word: str, rulebook: Rulebook) -> None:
    assert read_facts(Profile.of({"外资比例": word}), rulebook).values == {"foreign_share": Decimal(0)}


@pytest.mark.parametrize("word", ["WFOE", "wfoe", "Wholly foreign-owned enterprise"])
def test_a_wfoe_is_an_enterprise_of_foreign_investors(word: str, rulebook: Rulebook) -> None:
    values = read_facts(Profile.of({"类型": word}), rulebook).values
    assert values == {"foreign_share": Decimal(100), "entity_kind": "enterprise"}


def test_a_company_type_says_what_registers_read_of_it(rulebook: Rulebook) -> None:
    venture = read_facts(Profile.of({"企业类型": "有限责任公司（中外合资）"}), rulebook)
    assert venture.values == {
        "entity_kind": "enterprise",
        "foreign_share": Interval(Decimal(0), True, Decimal(100), True),
    }
    assert [note.fact for note in venture.notes] == ["foreign_share"]
    assert read_facts(Profile.of({"类型": "律师事务所"}), rulebook).values == {"entity_kind": "law_firm"}
    given = read_facts(Profile.of({"类型": "有限责任公司（中外合资）", "外资比例": 30}), rulebook)
    assert given.values["foreign_share"] == 30
    assert not given.notes


def test_an_address_says_the_place(rulebook: Rulebook) -> None:
    read = read_facts(Profile.of({"住所": "上海市浦东新区世纪大道1号"}), rulebook)
    assert read.whereabouts.divisions == ("310115",)
    beside = read_facts(Profile.of({"城市": "上海", "地址": "上海市浦东新区世纪大道1号"}), rulebook)
    assert beside.whereabouts.divisions == ("310000", "310115")
    former = read_facts(Profile.of({"地址": "上海市南汇区惠南镇1号"}), rulebook)
    assert former.whereabouts.divisions == ("310115",)
    assert former.notes


def test_investors_and_built_in_keys_in_chinese(rulebook: Rulebook) -> None:
    told = Profile.of(
        {
            "股东": [{"来源": "新加坡", "持股": "30%"}, {"来源": "内地", "持股": "70%"}],
            "判断日期": "2026-01-31",
            "认定": {"22.specific-area": "是"},
        }
    )
    facts = read_facts(told, rulebook)
    assert facts.values["foreign_share"] == 30
    assert facts.as_of.isoformat() == "2026-01-31"
    assert facts.determinations == {"22.specific-area": True}


def test_problems_stand_where_the_key_is_written(rulebook: Rulebook) -> None:
    profile = profile_of_bytes("名称: 某\n外资比例: 约四成\n".encode(), "mine.yaml")
    with pytest.raises(Exception, match=r"mine.yaml:2:\d+: P102"):
        check(profile, rulebook)


def test_what_is_told_is_in_the_keys_of_the_rulebook(rulebook: Rulebook) -> None:
    profile = Profile.of({"名称": "某公司", "城市": "上海", "类型": "WFOE", "统一社会信用代码": "x"})
    told = as_told(profile, rulebook)
    assert dict(told.facts) == {"name": "某公司", "city": "上海", "foreign_share": "100", "entity_kind": "enterprise"}
    assert check(profile, rulebook).profile == told
    assert as_told(told, rulebook) is told
    assert key_of("天气", rulebook) is None
    twice = Profile.of({"city": "上海", "城市": "上海"})
    assert as_told(twice, rulebook) is twice


@pytest.mark.parametrize(
    "investor",
    [
        {"地区": "新加坡", "比例": "40%"},
        {"来源": "新加坡", "股权比例": 40},
        {"国家": "Singapore", "占比": "40"},
        {"country": "singapore", "percentage": 40},
        {"名称": "某公司", "国籍": "新加坡", "持股比例": 40},
    ],
)
def test_inside_an_investor_a_place_is_where_it_is_from(investor: dict[str, object], rulebook: Rulebook) -> None:
    read = read_facts(Profile.of({"investors": [investor]}), rulebook).values["investors"]
    assert read == (Investor("singapore", Decimal(40)),)


def test_an_unknown_key_of_an_investor_names_those_that_it_has(rulebook: Rulebook) -> None:
    with pytest.raises(ProfileError, match="unknown key `股东情况`\n  hint: an investor has an `origin`, a `share`"):
        read_facts(Profile.of({"investors": [{"origin": "singapore", "股东情况": 40}]}), rulebook)


def test_outside_an_investor_these_keys_say_something_else(rulebook: Rulebook) -> None:
    assert key_of("地区", rulebook) == "city"
    assert key_of("比例", rulebook) is None


def test_a_zone_of_several_cities_names_them_all(rulebook: Rulebook) -> None:
    with pytest.raises(ProfileError) as caught:
        read_facts(Profile.of({"city": "南京", "zones": ["长三角示范区"]}), rulebook)
    hint = caught.value.problems[0].told_hint("zh")
    assert all(one in hint for one in ("上海市青浦区", "江苏省苏州市吴江区", "浙江省嘉兴市嘉善县"))
