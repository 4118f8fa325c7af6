"""What first needs a finding, in a screening's paper: which items, when companies are told, and who needs none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from applicability import Rulebook
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.write import write

from .test_screening_paper import counted


def paper(folder: Path, rulebook: Rulebook, companies: Sequence[Mapping[str, str]], lang: str) -> str:
    """The paper of a register, as Markdown."""
    found = counted(folder / "companies.csv", rulebook, companies)
    return write(screening_paper(found, rulebook), "markdown", "en" if lang == "en" else "zh").decode()


@pytest.mark.parametrize(
    ("lang", "legend"),
    [
        ("zh", "◎：该项对其下所列的每家企业都须经认定；取得认定前不通知可用"),
        ("en", "◎: items that are conditional for every company listed under them; do not announce them"),
    ],
)
def test_what_first_needs_a_finding_is_marked_among_the_items_of_a_group(
    lang: str, legend: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    """A right may be told of where a finding is still to be asked for: each item stands behind its own step."""
    company = {"name": "甲", "city": "天津", "zones": "天津经济技术开发区", "foreign_share": "60"}
    software = {**company, "entity_kind": "enterprise", "sector": "6510", "activities": "软件"}
    text = paper(tmp_path, rulebook, [software], lang)
    told = {
        "zh": "第2步：第99项；第3步：第84、111†、132项；第5步：第◎12项；第6步：第◎85†项",
        "en": "step 2: item 99; step 3: items 84, 111†, 132; step 5: item ◎12; step 6: item ◎85†",
    }[lang]
    assert told in text  # no number without what it counts
    one_notice = {"zh": "各项不可合为一份通知", "en": "Do not tell a group of all of these in one notice"}[lang]
    assert one_notice in text
    assert legend in text
    assert "(◎)" not in text
    plain = paper(tmp_path, rulebook, [{**company, "name": "乙", "entity_kind": "enterprise", "zones": ""}], lang)
    assert legend not in plain


@pytest.mark.parametrize(
    ("lang", "legend"),
    [("zh", "(◎)：该项对名册中一些企业须经认定，对另一些可适用，可适用的应通知"), ("en", "(◎): items that")],
)
def test_an_item_that_only_some_companies_need_a_finding_for_has_a_sign_of_its_own(
    lang: str, legend: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    company = {"city": "天津", "activities": "飞机租赁", "entity_kind": "enterprise", "foreign_share": "0"}
    licensed = {**company, "name": "甲", "licences": "金融租赁公司"}
    without = {**company, "name": "乙", "licences": ""}
    text = paper(tmp_path, rulebook, [licensed, without], lang)
    assert "(◎)95" in text
    assert legend in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_needs_no_finding_is_told_though_others_need_one(lang: str, rulebook: Rulebook, tmp_path: Path) -> None:
    """The item stood among the findings alone, with both companies: the one that is eligible was not to be told."""
    company = {"city": "天津", "activities": "飞机租赁", "entity_kind": "enterprise", "foreign_share": "0"}
    licensed = {**company, "name": "甲", "licences": "金融租赁公司"}
    text = paper(tmp_path, rulebook, [licensed, {**company, "name": "乙", "licences": ""}], lang)
    lines = [
        one for one in text.splitlines() if re.match(r"\| \d+①? \| ", one) and re.search(r"(?:第|item )95(?!\d)", one)
    ]
    told = [
        one
        for one in lines
        if re.search("本方案允许.*但原文没有写怎样办理" if lang == "zh" else "this plan permits it.*, but", one)
    ]
    found = [
        one
        for one in lines
        if re.search("取得认定|同上：由企业请" if lang == "zh" else "before the finding|likewise: the company", one)
    ]
    assert told
    assert found
    for one in (*told, *found):
        assert re.search(r"95(?!\d)[^；;]*(?:（1家）|\(1 company\))", one)
    assert not set(told) & set(found)


LESSOR = {"name": "甲", "city": "天津", "activities": "飞机租赁", "entity_kind": "enterprise", "foreign_share": "0"}


@pytest.mark.parametrize(
    ("lang", "missing", "given", "needless"),
    [
        (
            "zh",
            "先补充这些企业的“持牌或监管身份”",
            "先核对“业务活动”是否写全",
            "无须认定的：持牌或监管身份包括金融租赁公司",
        ),
        (
            "en",
            "first complete “licences” of these",
            "first check that “activities” lists",
            "none is needed where the licences",
        ),
    ],
)
def test_where_a_fact_would_make_a_finding_needless_it_is_asked_for_first(
    lang: str, missing: str, given: str, needless: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    """A company with the licence of row 95 needs no finding, and the register does not say who has it."""
    text = paper(tmp_path, rulebook, [LESSOR], lang)
    assert text.index(missing) < text.index(needless)
    assert given in text


def test_of_a_finding_that_nothing_replaces_no_fact_is_asked_for(rulebook: Rulebook, tmp_path: Path) -> None:
    """Of row 22 every way takes the finding where the site lies."""
    company = {**LESSOR, "activities": "生物技术", "foreign_share": "60"}
    text = paper(tmp_path, rulebook, [company], "en")
    assert "22† " in text
    assert "before requesting a finding" not in text


@pytest.mark.parametrize(
    ("lang", "needs", "left", "fill", "anyway"),
    [
        (
            "zh",
            "值得向企业询问的结论尚有",
            "其余1家现在没有任何可适用或须经认定的措施",
            "先补全名册的列，再筛查",
            "第99项不论方案，另依2025-09-15起的全国性文件",
        ),
        (
            "en",
            "Facts are missing for ",
            "1 company is neither eligible nor subject to a finding now",
            "complete, screen again",
            "Item 99 applies nation",
        ),
    ],
)
def test_the_first_page_tells_what_is_missing_and_what_holds_anyway(
    lang: str, needs: str, left: str, fill: str, anyway: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    companies = [
        {"name": "甲", "city": "天津", "foreign_share": "60", "entity_kind": "enterprise"},
        {"name": "乙", "city": "天津", "foreign_share": "0", "entity_kind": "enterprise"},
    ]
    text = paper(tmp_path, rulebook, companies, lang)
    front = text[: text.index("## 下一步" if lang == "zh" else "## What to do next")]
    assert all(one in front for one in (needs, left, fill, anyway))


@pytest.mark.parametrize(
    ("lang", "said", "unasked", "next_part"),
    [
        ("zh", "按完整清单读取，其中未写的视为没有", "各项旁的数目是看来应当为其询问的企业", "## 下一步"),
        (
            "en",
            "counted as complete: what a cell does not list",
            "The figures are companies that it seems sensible to ask about each",
            "## What to do next",
        ),
    ],
)
def test_that_a_column_counts_as_complete_stands_before_what_rests_on_it(
    lang: str, said: str, unasked: str, next_part: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    text = paper(tmp_path, rulebook, [LESSOR], lang)
    assert text.count(said) == 1
    assert text.index(said) < text.index(next_part)
    assert unasked in text


@pytest.mark.parametrize(
    ("lang", "front", "once"),
    [
        ("zh", "商务和科技主管部门（推断）、科技主管部门（推断）", "科技主管部门（推断），就该事业单位"),
        (
            "en",
            "science authorities (inferred) and the science authority (inferred)",
            "the science authority (inferred), for whether",
        ),
    ],
)
def test_of_several_that_make_findings_of_a_measure_each_is_told_with_its_own(
    lang: str, front: str, once: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    """The number of row 85 stands once, and what each of its two authorities finds beside it."""
    company = {"name": "甲", "city": "天津", "zones": "天津经济技术开发区", "sector": "6510", "activities": "软件"}
    text = paper(tmp_path, rulebook, [{**company, "entity_kind": "enterprise"}], lang)
    assert front in text
    assert once in text
    steps = [one for one in text.splitlines() if once in one and one.startswith("| ") and front not in one]
    assert len(steps) == 1  # what is of the place is asked once, by the zone


@pytest.mark.parametrize(("city", "asked"), [("天津", False), ("上海", True), ("海口", True)])
def test_whoever_has_a_pilot_elsewhere_alone_is_not_among_whom_to_ask(
    city: str, asked: bool, rulebook: Rulebook, tmp_path: Path
) -> None:
    """The pilot of 2024 covers Pudong, which a company of Shanghai may lie in, and nothing in Tianjin."""
    company = {**LESSOR, "city": city, "activities": "应用商店服务业务", "foreign_share": "60"}
    for lang, said in (
        ("zh", "工业和信息化部（就其2024年"),
        ("en", "the Ministry of Industry and Information Technology, as to"),
    ):
        assert (said in paper(tmp_path, rulebook, [company], lang)) is asked


def test_the_columns_to_fill_in_first_lead_to_the_others_only_where_there_are_any(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    found = counted(tmp_path / "companies.csv", rulebook, [LESSOR])
    assert len(found.asks) > 5
    for asks, rest in ((found.asks, True), (found.asks[:2], False)):
        text = write(screening_paper(found.model_copy(update={"asks": asks}), rulebook), "markdown", "zh").decode()
        (line,) = (one for one in text.splitlines() if "补全企业名册空缺的列" in one)
        assert line.count("家、") == min(len(asks), 5)
        assert ("其余的列，以及" in line) is rest
