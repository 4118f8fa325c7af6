"""What a screening's paper says beside its figures: other readings, notes of the register, and whom to tell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

import pytest

from applicability import Rulebook, check, screen
from applicability.report import whole
from applicability.report.contract import TextModel
from applicability.report.layout.paper import nested
from applicability.report.papers.case import case_paper
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.write import write
from applicability.report.screening.json import SummaryModel
from applicability.text import Lang

DAY = datetime.date(2026, 11, 1)
LANGS: tuple[Lang, ...] = ("zh", "en")


def told(rulebook: Rulebook, rows: Sequence[Mapping[str, object]], lang: str) -> str:
    """The paper of a register, as Markdown."""
    found = SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY).to_dict())
    return write(screening_paper(found, rulebook), "markdown", "en" if lang == "en" else "zh").decode()


@pytest.mark.parametrize(("lang", "reading"), [("en", "is read as of that item alone"), ("zh", "读作只属该项")])
def test_what_another_reading_would_leave_pending_everywhere_is_marked(
    lang: str, reading: str, rulebook: Rulebook
) -> None:
    """Row 22 is open by the reading that the cell of row 21 is not its own."""
    company = {
        "name": "甲",
        "city": "上海",
        "activities": "生物技术",
        "foreign_share": "60",
        "entity_kind": "enterprise",
    }
    text = told(rulebook, [company], lang)
    assert "| 22† " in text
    assert reading in text


@pytest.mark.parametrize(
    ("lang", "noted"),
    [("en", "the revised Arbitration Law is in force"), ("zh", "修订后的《仲裁法》自2026年3月1日起施行")],
)
def test_what_the_register_notes_of_an_open_measure_stands_with_it_and_among_the_sources(
    lang: str, noted: str, rulebook: Rulebook
) -> None:
    company = {"name": "甲", "city": "海口", "entity_kind": "enterprise", "registered_here": "是"}
    text = told(rulebook, [company], lang)
    assert "119 " in text
    assert text.count(noted) == 2


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "For the companies that each step tells see “The companies"), ("zh", "各步所通知的企业，见“可适用")],
)
def test_whom_to_tell_says_which_part_lists_the_companies(lang: str, said: str, rulebook: Rulebook) -> None:
    company = {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"}
    assert said in told(rulebook, [company], lang)


@pytest.mark.parametrize(("lang", "step"), [("en", "the zone first asks"), ("zh", "先由功能区向下列部门问明")])
def test_whom_to_tell_of_marks_a_measure_as_the_first_page_does(lang: str, step: str, rulebook: Rulebook) -> None:
    company = {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"}
    lines = [one for one in told(rulebook, [company], lang).splitlines() if one.startswith("|") and step in one]
    assert any("111†" in one for one in lines)
    assert not any("111 " in one or "111（" in one for one in lines)


def test_how_the_register_was_read_names_no_option_of_the_program(rulebook: Rulebook) -> None:
    company = {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"}
    found = SummaryModel.model_validate(screen([company], rulebook, as_of=DAY).to_dict())
    notices = [
        TextModel(
            zh="隐藏的工作表 `字典`（1行）未读入，要读则用 --sheet",
            en="the hidden sheet `字典` (1 row) was left out; --sheet reads it",
        ),
        TextModel(
            zh="`业务活动` 按完整清单读取，未写的视为没有；只写了一部分的，列名改为 `activities.yes`",
            en="`业务活动` counted as complete: what is not listed there is taken not to be so; where a column lists "
            "only a part, call it `activities.yes`",
        ),
    ]
    paper = screening_paper(found.model_copy(update={"notices": notices}), rulebook)
    for lang, kept in (("en", "“字典” (1 row) was left out\n"), ("zh", "“字典”（1行）未读入\n")):
        text = write(paper, "markdown", "en" if lang == "en" else "zh").decode()
        assert kept in text
        assert "--" not in text.replace("---", "")
        assert "activities.yes" not in text
    assert "未写的视为没有。\n" in write(paper, "markdown", "zh").decode()


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Words quoted have the characters"), ("zh", "引文照录扫描件的用字和标点")]
)
def test_what_is_quoted_has_the_note_on_the_characters_of_the_scan(lang: str, said: str, rulebook: Rulebook) -> None:
    company = {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"}
    assert said in told(rulebook, [company], lang)


def test_the_companies_with_something_are_split_by_what_it_takes(rulebook: Rulebook) -> None:
    """Of a head's figure it has to be seen how much an authority has yet to agree to."""
    rows = [
        {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"},
        {"name": "乙", "city": "天津", "activities": "飞机租赁", "foreign_share": "0", "entity_kind": "enterprise"},
        {"name": "丙", "city": "长沙", "foreign_share": "60", "entity_kind": "enterprise"},  # by an instrument alone
    ]
    found = SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY).to_dict())
    verdicts = [[one.bucket for one in check(row, rulebook, as_of=DAY, engine="reference")] for row in rows]
    assert ["eligible" in one for one in verdicts] == [True, False, True]
    assert "conditional" in verdicts[1]
    assert (found.served, found.served_by_scope, found.certain_by_scope) == (3, 2, 1)
    text = told(rulebook, rows, "en")
    assert (
        "By the plan itself 1 company is eligible for at least one measure; 1 more has only measures that first need an"
        in text
    )
    assert "依方案本身，1家企业至少有一项措施可适用；另1家只有须先经主管部门认定的，取得认定前不算可用" in told(
        rulebook, rows, "zh"
    )
    older = found.model_copy(update={"certain_by_scope": None})  # a summary of before it was counted
    text = write(screening_paper(older, rulebook), "markdown", "en").decode()
    assert "2 companies have at least one measure open to them (eligible, or subject" in text


def test_many_places_are_named_by_their_note_which_is_cited(rulebook: Rulebook) -> None:
    text = told(rulebook, [{"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"}], "zh")
    assert "成都市（注2所列） |" in text
    assert rulebook.documents["plan-2025-84"].notes[2] in text
    assert "| 北京市 |" in told(rulebook, [{"name": "乙", "city": "北京", "entity_kind": "enterprise"}], "zh")


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_open_to_nobody_has_a_line_each_or_its_number_and_adds_up(lang: Lang, rulebook: Rulebook) -> None:
    companies = [{"name": "甲", "city": "天津", "entity_kind": "enterprise"}, {"name": "乙"}]  # without a place
    found = SummaryModel.model_validate(screen(companies, rulebook, as_of=DAY).to_dict())
    none = [one for one in found.measures if not one.eligible + one.conditional]
    groups = [
        [one for one in none if one.needs_info or not one.pending],
        [one for one in none if one.pending],
    ]
    twice = [one.row for one in none if one.needs_info and one.pending]
    assert twice
    text = told(rulebook, companies, lang).replace("\\", "")
    starts = {"zh": ("## 附录：对企业名册中任何企业都尚不可用的措施", "### 只是主管部门"),
              "en": ("## Appendix: Measures open to none of them yet", "### Duties of")}  # fmt: skip
    start, end = starts[lang]
    part = text[text.index(start) : text.index(end)]
    whole = sum(map(len, groups))
    assert whole == len(none) + len(twice)
    said = {"zh": (f"共{len(none)}项", f"各组相加为{whole}项"), "en": (f"In all {len(none)}:", f"add up to {whole}.")}
    assert all(one in part for one in said[lang])
    lines = [line for line in part.splitlines() if line.startswith("| ") and re.match(r"\| \d", line)]
    assert len(lines) == -(-len(groups[0]) // 2)  # two on a line, and all by title
    assert all(len(line.split("|")) == 6 and "；" not in line for line in lines)
    assert all(re.search(rf"(?<!\d){one.row}(?!\d)", part) for one in none)


def test_the_first_page_tells_the_force_and_every_open_measure_has_a_step(rulebook: Rulebook) -> None:
    company = {"name": "甲", "city": "天津", "zones": "天津经济技术开发区", "foreign_share": "60"}
    text = told(rulebook, [{**company, "entity_kind": "enterprise", "sector": "6510", "activities": "软件"}], "en")
    front, rest = text.split("## What to do next")
    assert "Item 99 applies nationwide anyway" in front
    assert front.index("99 ") > front.index("By the plan itself")
    assert "the department of each" not in rest
    steps = rest[: rest.index("\n## ")]
    assert "first look up the words of SAFE Notice Huifa" in steps
    assert "this plan permits it" not in steps  # which applies nationwide, whatever the plan says
    assert "the zone first asks these authorities (what could be applied for; the procedure" in steps
    assert "they may apply" not in steps
    assert "before the finding, do not tell a company that the measure is open" in steps
    assert "Smart parks, of item 85†" in steps  # which the zone itself can act on


def test_all_pending_verdicts_are_accounted_for(rulebook: Rulebook) -> None:
    companies = [{"name": "甲", "city": "天津", "entity_kind": "enterprise"}, {"name": "乙", "city": "天津"}]
    found = SummaryModel.model_validate(screen(companies, rulebook, as_of=DAY).to_dict())
    text = write(screening_paper(found, rulebook), "markdown", "en").decode()
    assert f"in brackets, which add up to all {found.verdicts.pending}." in text


def test_duties_and_lost_rows_are_named_and_what_was_not_read_is_counted(rulebook: Rulebook) -> None:
    """Whoever runs a zone can look up what authorities owe it, and which rows and cells the figures leave out."""
    rows = [
        {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise", "activities": "吃饭"},
        {"name": "乙", "city": "上海", "foreign_share": "见备注", "entity_kind": "enterprise", "activities": "打牌"},
    ]
    found = SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY).to_dict())
    paper = screening_paper(found.model_copy(update={"rejected": 5}), rulebook)
    zh, en = (write(paper, "markdown", lang).decode().replace("\\", "") for lang in LANGS)
    duties = [one for one in rulebook.measures if one.binds_authorities_only]
    lost = [one for one in rulebook.measures if one.lost]
    assert duties
    assert lost
    listed = zh[zh.index(f"只是主管部门的职责（{len(duties)}）") :]
    assert all(f"{one.row} {one.title.zh}" in listed or f"{one.row}† {one.title.zh}" in listed for one in duties)
    assert f"原文缺失，没有审查（{len(lost)}）" in listed
    assert "、".join(str(one.row) for one in lost) in listed
    assert "不是企业、没有筛查的有5行" in zh
    assert "“activities”2处和“foreign_share”1处" in zh
    assert "rows that are no company and were not screened: 5;" in en
    assert "“activities” 2 and “foreign_share” 1" in en


def test_every_awaited_step_has_the_words_that_it_rests_on(rulebook: Rulebook) -> None:
    company = {"name": "甲", "city": "天津", "entity_kind": "enterprise", "foreign_share": "0"}
    more = {"zones": "东疆", "activities": "电子发票业务、保健品定制封装与跨境电商"}
    beyond = {"name": "乙", "city": "天津", "district": "东丽区", "entity_kind": "enterprise"}  # where 93 goes later
    text = told(rulebook, [{**company, **more}, beyond], "zh")
    part = text[text.index("## 附录：待落实的结论在等什么") :]
    gap = "…中其他有意愿的省市论证后按程序办理"  # what stands before it is in another line of the scan
    clauses = ("由天津提出具体监管方案，按程序研究论证后报批实施", gap)
    for words in (*clauses, "滨海新区先行探索适用"):  # whole clauses, and no fragment of one
        assert f"“{words}”" in part[: part.index("\n## ")]
    assert "“先行”" not in part


def test_what_waits_in_a_case_has_the_words_of_the_annex(rulebook: Rulebook) -> None:
    facts = {"city": "天津", "zones": ["东疆"], "entity_kind": "enterprise", "foreign_share": 0}
    facts["activities"] = ["supplement-packing-e-commerce", "电子发票业务"]
    found = check(facts, rulebook, as_of=DAY, engine="reference")
    text = write(case_paper(whole(found)), "markdown", "zh").decode()
    part = text[text.index("## 取决于官方步骤") :]
    for row in (75, 143):
        assert found.finding(row).bucket == "pending"
        assert nested(rulebook.measure(row).text) in part[: part.index("\n## ")]


def test_what_to_tell_the_companies_says_licences_readings_and_what_nobody_grants(rulebook: Rulebook) -> None:
    companies = [
        {"name": "甲", "city": "上海", "activities": "国内互联网虚拟专用网", "foreign_share": "50"},
        {"name": "乙", "city": "海口", "entity_kind": "enterprise", "registered_here": "是"},
    ]
    text = told(rulebook, companies, "zh")
    assert "本方案允许，但原文没有写怎样办理：先由功能区向下列部门问明（手续" in text
    assert "；第1†项是否如本报告理解，见“更窄的读法”），答复为可以办理的，再连同答复通知企业" in text
    assert "通知企业：受支持或鼓励，不是许可，也无可申请（依本报告的读法）：由双方在合同中约定" in text


def test_the_rules_of_the_zones_themselves_are_told_as_not_examined(rulebook: Rulebook) -> None:
    """The other papers said it; whoever runs a zone could take the plan as all that holds there."""
    company = {"name": "甲", "city": "天津", "zones": "天津东疆综合保税区", "foreign_share": "60"}
    for lang, said in (
        ("zh", "企业所在功能区自身的规定，本报告没有审查"),
        ("en", "the own rules of the zones that companies are in were not examined"),
    ):
        assert said in told(rulebook, [company], "zh" if lang == "zh" else "en")
