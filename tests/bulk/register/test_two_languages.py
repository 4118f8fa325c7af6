"""Headings and cells in two languages, or with a remark: read where all of it says one thing, else noted."""

from __future__ import annotations

import time
from typing import Any

import pytest

from applicability import Profile, check, load_rulebook, screen
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.register.column_plan import plan_of
from applicability.bulk.sources.headings import HeadingOptions, heading_rows
from applicability.lazy_dataclass import replace
from applicability.loading.profile.parts import parts_given
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.model.similar_zones import similar_zones
from applicability.screening import known_headings

from ..run.partly import of_table
from .test_registers import BOOK, read

KNOWN = known_headings(BOOK, {})


@pytest.mark.parametrize(
    ("heading", "holds"),
    [
        ("City 城市", "city"),
        ("城市 City", "city"),
        ("City/城市", "city"),
        ("城市（City）", "city"),
        ("City\n城市", "city"),
        ("Company name 企业名称", "name"),
        ("Foreign share 外资比例(%)", "foreign_share"),
        ("外资比例（%）Foreign share", "foreign_share"),
        ("统一社会信用代码（18位）", "credit_code"),
        ("社会信用代码（18位）", "credit_code"),
        ("Credit code (18 digits)", "credit_code"),
        ("统一信用代码", "credit_code"),
        ("外资比重", "foreign_share"),
        ("行业门类 Industry", "sector_section"),
        ("Zones 所在园区", "zones.yes"),
        # Near misses: the halves differ, or only one of them is known.
        ("Province 城市", None),
        ("Name 城市", None),
        ("Registered city 城市", None),
        ("Headquarters 城市", None),
        ("城市 City 区县", None),
        ("是否注册在本区", None),
        ("牌照情况", None),
        ("企业名称（英文）", None),
    ],
)
def test_a_heading_holds_what_both_its_halves_say(heading: str, holds: str | None) -> None:
    assert plan_of(BOOK, [heading]).holds.get(heading) == holds
    assert KNOWN(heading) == holds


@pytest.mark.parametrize("heading", ["Headquarters 城市", "是否注册在本区", "牌照情况"])
def test_a_heading_that_only_may_be_a_fact_is_told_as_such(heading: str) -> None:
    told = screen([{"企业名称": "示例", "行业": "I", heading: "x"}], BOOK, lang="zh").summary.notices
    assert any(f"`{heading}`" in one.zh and "可能是事实" in one.zh for one in told)


@pytest.mark.parametrize("heading", ["是否注册在本区", "本区注册"])
def test_a_no_to_registration_in_the_district_leaves_that_in_the_city_open(heading: str) -> None:
    rows = [{"企业名称": "甲", "城市": "天津市", heading: "否"}, {"企业名称": "乙", "城市": "天津市", heading: "是"}]
    (told,) = (one for one in screen(rows, BOOK, lang="zh").summary.notices if "可能是事实" in one.zh)
    assert "“否”只表示不在本区" in told.zh
    mapping = {heading: "registered_here"}
    found = of_table(CellTable({key: [row[key] for row in rows] for key in rows[0]}, 2), mapping=mapping)
    assert [one.get("registered_here") for one in found.profiles] == [None, "是"]
    assert found.notes == [[(heading, "", "否")], []]


def test_names_in_two_languages_rank_as_those_in_one() -> None:
    plan = plan_of(BOOK, ["系统匹配企业名称", "Company name 企业名称"])
    assert plan.heading("name") == "Company name 企业名称"


@pytest.mark.parametrize("group", ["股权结构", "持股比例", "出资比例", "股权比例"])
def test_a_group_of_shares_above_the_sides_names_the_foreign_one(group: str) -> None:
    rows = [["企业名称", "城市", group, ""], ["", "", "中方", "外方"], ["示例", "天津", "51", "49"]]
    found = heading_rows("x", rows, HeadingOptions(KNOWN))
    assert [KNOWN(one) for one in found.names] == ["name", "city", None, "foreign_share"]
    assert (found.first, found.last) == (0, 1)
    above = [["基本信息", "", group, ""], ["企业名称", "城市", "中方", "外方"], ["示例", "天津", "51", "49"]]
    assert heading_rows("x", above, HeadingOptions(KNOWN)).names == found.names
    # 外方 may be anything in another group.
    other = [["企业名称", "城市", "联系人", ""], ["", "", "中方", "外方"], ["示例", "天津", "甲", "乙"]]
    assert not any(map(KNOWN, heading_rows("x", other, HeadingOptions(KNOWN)).names[2:]))


# Each cell with the facts that a profile would state in plain words; None for a cell that is noted and tells nothing.
CELLS: list[tuple[str, str, Any]] = [
    *(("城市", cell, "天津") for cell in ("Tianjin 天津", "天津(Tianjin)", "天津市 Tianjin City", "Tianjin\n天津")),
    ("城市", "Shenzhen 深圳市", "深圳"),
    ("城市", "Beijing/北京", "北京"),
    ("城市", "Chengdu (Sichuan)", "成都"),
    ("城市", "广东省/深圳市", "深圳"),
    ("城市", "西安（陕西）", "西安"),
    ("城市", "Suzhou 宿州", "宿州"),
    ("城市", "Suzhou 苏州", "苏州"),
    ("城市", "Beijing 天津", None),
    ("城市", "北京/天津", None),
    ("城市", "西安（四川）", None),
    ("城市", "Atlantis 天津", None),
    ("行业", "软件开发 Software", "651"),
    ("行业", "Software 软件开发", "651"),
    ("行业", "汽车修理 8111", "8111"),
    ("行业", "金融业-货币金融服务", "66"),
    ("行业", "制造业（医药制造）", "27"),
    ("行业", "Wholesale & retail", "F"),
    ("行业", "Accounting, auditing and tax services", "7241"),
    ("行业", "71 租赁业 Leasing", "71"),
    ("行业", "餐饮业 Software", None),
    ("行业", "制造业（餐饮业）", None),
    ("行业", "汽车销售 8111", None),
    ("行业", "软件开发 Frobnicating", None),
    ("业务活动", "Aircraft leasing 飞机租赁", "飞机租赁"),
    ("业务活动", "航空发动机租赁", "engine-and-machinery-leasing"),
    ("业务活动", "第二类增值电信业务", "value-added-telecom"),
    ("业务活动", "Aircraft leasing 飞机维修", None),
    ("业务活动", "赛事", None),
    ("持牌或监管身份", "财务公司", "other_financial_institution"),
    ("持牌或监管身份", "reinsurer", "insurer"),
    ("持牌或监管身份", "Trust company 信托公司", "trust_company"),
    ("持牌或监管身份", "Trust company 商业银行", None),
    ("全部功能区", "China (Jiangsu) Pilot Free Trade Zone Suzhou Area", "jiangsu-ftz-suzhou"),
    ("全部功能区", "Nansha area of Guangdong FTZ", "guangdong-ftz-nansha"),
    ("全部功能区", "Suzhou area of Guangdong FTZ", None),
    ("主体类型", "School 学校", "school"),
    ("主体类型", "School 律师事务所", None),
    *(("是否在当地注册", cell, "true") for cell in ("已注册", "本区注册", "Yes / 是", "是/Yes", "是（迁入）", "有")),
    *(("是否在当地注册", cell, "false") for cell in ("未注册", "无", "No 否")),
    *(("是否在当地注册", cell, None) for cell in ("是（迁出）", "Yes / 否", "是/否", "外区注册", "见备注")),
    *(
        ("外资比例", cell, "49")
        for cell in (
            "51：49（中：外）",
            "（外方：中方）49:51",
            "中方：外方=51：49",
            "49%（2025年变更）",
            "Foreign 49% 外方49%",
        )
    ),
    ("外资比例", "五十五", "55"),
    ("外资比例", "一百", "100"),
    ("外资比例", "100% HK/Macau", "100"),
    *(
        ("外资比例", cell, None)
        for cell in (
            "51：48（中：外）",
            "5:5（中：外）",
            "51：49",
            "51：49（甲：乙）",
            "五",
            "49%（2025年变更前）",
            "49%（拟2025年变更）",
            "Foreign 49% 外方51%",
            "100% HK/China",
        )
    ),
]


def facts_told(heading: str, cell: str) -> tuple[object, int]:
    """The facts of a row with that cell, as `check` reads them, and how much of it was not read."""
    held, _, refused = read({heading: cell})
    part = readable_part(parts_given(held), BOOK)
    facts = read_facts(Profile.of(part.given), BOOK)
    whereabouts = replace(facts.whereabouts, named=())
    return (facts.values, whereabouts), len(refused) + len(part.losses)


@pytest.mark.parametrize(("heading", "cell", "plain"), CELLS)
def test_a_cell_is_read_as_its_plain_word_or_noted(heading: str, cell: str, plain: str | None) -> None:
    told, unread = facts_told(heading, cell)
    noted = unread or read({heading: cell})[1]
    assert bool(noted) == (plain is None)
    assert told == facts_told(heading, plain or "")[0]


@pytest.mark.parametrize(
    ("cell", "facts"),
    [
        ("LLC", {"entity_kind": "enterprise"}),
        ("Co., Ltd.", {"entity_kind": "enterprise"}),
        ("上市公司", {"entity_kind": "enterprise"}),
        ("日资企业", {"entity_kind": "enterprise", "foreign_share.above": "0"}),
        ("美资", {"entity_kind": "enterprise", "foreign_share.above": "0"}),
        ("中日合资", {"entity_kind": "enterprise", "foreign_share.above": "0", "foreign_share.below": "100"}),
        ("中港合资", {"entity_kind": "enterprise", "foreign_share.above": "0", "foreign_share.below": "100"}),
        (
            "Joint venture 中外合资",
            {"entity_kind": "enterprise", "foreign_share.above": "0", "foreign_share.below": "100"},
        ),
        ("农民专业合作社", {}),
        ("国资", {}),
        ("WFOE 国有独资", {}),
        ("中西合资", {}),
    ],
)
def test_a_company_type_names_its_investors_or_is_noted(cell: str, facts: dict[str, str]) -> None:
    held, notes, _ = read({"企业类型": cell})
    assert {name: str(value) for name, value in held.items()} == facts
    assert notes or facts == {"entity_kind": "enterprise"}


def test_a_title_of_two_cells_is_no_group_of_headings() -> None:
    names = ["No.", "Company name 企业名称", "Industry (GB/T 4754) 行业", "City 城市"]
    rows = [["Client list (draft 3)", "", "", "As of 31 Oct 2026"], names, ["1", "示例", "I", "天津"]]
    found = heading_rows("x", rows, HeadingOptions(KNOWN))
    assert (found.names, found.first) == (names, 1)


def test_headings_take_linear_time() -> None:
    def seconds(length: int) -> float:
        headings = [f"{'城' * length}{at} {'x' * length}" for at in range(200)]
        start = time.perf_counter()
        plan_of(BOOK, headings)
        return time.perf_counter() - start

    assert seconds(2000) < 400 * max(seconds(20), 1e-3)


def test_a_profile_has_the_same_words() -> None:
    book = load_rulebook()
    own, plain = (check(Profile(city=city), book) for city in ("Tianjin 天津", "天津"))
    assert [one.verdict for one in own.findings] == [one.verdict for one in plain.findings]


def test_a_zone_behind_its_city_that_several_may_be_is_the_city() -> None:
    assert BOOK.gazetteer.candidates("深圳前海", "place") == BOOK.gazetteer.candidates("深圳", "place")
    assert len(BOOK.gazetteer.candidates("深圳前海", "zone")) > 1


def test_the_airport_of_a_city_is_suggested_by_either_word() -> None:
    name = "天津自贸试验区天津空港片区"
    assert similar_zones(BOOK.gazetteer, name, ("120000",)) == ("天津自贸试验区天津机场片区",)


def test_the_hint_on_a_choice_begins_with_what_is_likest() -> None:
    part = readable_part({"licences": ["财务公司甲", "商业银行"]}, BOOK)
    (loss,) = part.losses
    assert loss.problem.hint is not None
    assert str(loss.problem.hint).startswith("one of `other_financial_institution`")
