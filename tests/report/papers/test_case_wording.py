"""Words of a case's paper: one name for one authority, words quoted as they are translated, and nothing told twice."""

from __future__ import annotations

import datetime
import io
import re

import pytest

from applicability import Rulebook, check, decisions
from applicability.report import whole
from applicability.report.layout.paper import Folded, Table
from applicability.report.papers.case import case_paper
from applicability.report.papers.changes import changes_of
from applicability.report.papers.facts import facts_of
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.open_now import open_now
from applicability.report.papers.write import write

from .companies import AGENCY, LESSOR

DAY = datetime.date(2026, 11, 1)


def paper(facts: dict[str, object], rulebook: Rulebook, lang: str = "zh") -> str:
    """The whole paper as text, with the changes."""
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    made = case_paper(whole(assessment), decisions.change(assessment).prospects)
    return write(made, "markdown", "zh" if lang == "zh" else "en").decode()


def test_an_authority_has_one_name(rulebook: Rulebook) -> None:
    told = paper(LESSOR, rulebook)
    assert "外汇管理部门（推断）" in told
    assert "国家外汇管理局及其" not in told
    assert "commerce bureau" not in paper({**AGENCY, "city": "苏州"}, rulebook, "en")


def test_of_which_level_an_authority_is_is_said_not_to_be_said_once(rulebook: Rulebook) -> None:
    assert paper(LESSOR, rulebook).count("各部门属哪一级") == 1
    assert paper(AGENCY, rulebook, "en").count("The text does not say at which level an authority stands") == 1


def test_a_reading_quotes_the_words_as_they_are_translated(rulebook: Rulebook) -> None:
    def plain(text: str) -> str:
        return re.sub(r"[\"“”‘’'.,;:…]", "", text).lower()

    for one in rulebook.measures:
        translation = rulebook.translation(one.document)
        if one.interpretation is None or translation is None:
            continue
        row = plain(translation.row(one.row) or "")
        for quote in re.findall(r'"([^"]+)"', one.interpretation.en):
            assert all(plain(part.strip()) in row for part in quote.split("…")), (one.row, quote)


def test_an_instrument_is_told_once_under_its_measure(rulebook: Rulebook) -> None:
    told = paper(AGENCY, rulebook, "en")
    block = told[told.index("Item 99 of the Annex: ") :]
    block = block[: block.index("Item 111†")]
    assert block.count("SAFE Notice Huifa") == 1
    assert "places outside the scope are open too" not in block
    assert "named by the instrument under “Other instruments and reports” below" in block
    assert "Whether reinvestment abroad is meant as well, the text does not say." in told


def test_what_has_still_to_be_found_stands_among_the_limits(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    told = {row[0].zh.rstrip("†"): row[3].zh for row in open_now(rulebook, assessment.open).rows}
    assert told["93"] == "原文没有对本主体写明；须经认定：标的是否符合海关监管条件；风险是否得到防范"
    other = check(AGENCY, rulebook, as_of=DAY, engine="reference")
    limits = {row[0].en.rstrip("†"): row[3].en for row in open_now(rulebook, other.open).rows}
    assert limits["111"] == (
        "the text states none for this entity; part 2, which is for others: only spouses and family who come along"
    )


def test_the_role_in_a_group_is_said_to_be_the_entitys_own(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    (table,) = (one for one in facts_of(assessment) if isinstance(one, Table))
    assert "无（指本企业自身的身份，不指其设有的公司）" in [row[1].zh for row in table.rows]


def test_what_is_so_of_a_part_for_its_own_company_stands_under_the_item(rulebook: Rulebook) -> None:
    told = paper(LESSOR, rulebook)
    assert told.count("该公司与本企业同在一地、做同样业务的，可适用：母公司就是本企业") == 1
    assert "就本主体而言" not in told
    assert told.count("母公司就是本企业") == 2  # with the change that would set one up
    assert "不知其母公司在何处，故留待认定" not in told


def test_whoever_is_supervised_is_offered_no_business_of_another_line_first(rulebook: Rulebook) -> None:
    assessment = check(LESSOR, rulebook, as_of=DAY, engine="reference")
    prospects = decisions.change(assessment).prospects
    blocks = list(changes_of(assessment, prospects))
    first, rest = (one for one in blocks if isinstance(one, Table))
    assert not any("电子签名" in row[0].zh for row in first.rows)
    assert any("电子签名" in row[1].zh for row in rest.rows)
    (left,) = (row for row in NextSteps(assessment, prospects).table().rows if row[1].zh.startswith("可选，“哪些调整"))
    assert left[3].zh == "先问明国家金融监管部门（本企业的监管部门，推断）"
    for row in first.rows:
        assert row[1].zh.endswith("；持牌主体先问明国家金融监管部门（本企业的监管部门，推断）")


@pytest.mark.parametrize(
    ("facts", "rows"), [(LESSOR, ["56", "60†", "92"]), (AGENCY, ["30†", "58", "60†", "61"])], ids=["lessor", "agency"]
)
def test_what_it_is_likely_to_look_for_is_of_its_own_line(
    facts: dict[str, object], rows: list[str], rulebook: Rulebook
) -> None:
    """A data park, a cash pool of another city and an overseas listing are of nobody's line."""
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    made = case_paper(whole(assessment), decisions.change(assessment).prospects)
    (folded,) = (
        one for one in made.blocks if isinstance(one, Folded) and one.title.zh.startswith(("共148项", "共150项"))
    )
    first = next(one for one in folded.blocks if isinstance(one, Table))
    assert [row[0].zh for row in first.rows] == rows


def test_a_reading_is_not_put_in_quotation_marks(rulebook: Rulebook) -> None:
    told = paper(LESSOR, rulebook)
    assert "无可申请（依本报告的读法：没有写允许，也没有写须经主管部门同意）" in told


def test_what_the_rules_do_not_hold_of_a_document_is_said(rulebook: Rulebook) -> None:
    assert "由谁印发、经谁批准、在何处公布，规则库没有载明" in paper(LESSOR, rulebook)
    assert "not who issued or approved it, nor where it was published" in paper(AGENCY, rulebook, "en")


def test_the_contents_stand_before_the_summary(rulebook: Rulebook) -> None:
    from docx import Document

    made = case_paper(whole(check(LESSOR, rulebook, as_of=DAY, engine="reference")))
    page = write(made, "html", "zh").decode()
    assert page.index("<nav>") < page.index(">摘要<")
    word = [one.text for one in Document(io.BytesIO(write(made, "docx", "zh"))).paragraphs]
    assert next(n for n, one in enumerate(word) if "附录：来源" in one) < word.index("摘要")


def test_words_and_their_translation_stay_on_one_page(rulebook: Rulebook) -> None:
    """An end of a page came between them."""
    made = case_paper(whole(check(LESSOR, rulebook, as_of=DAY, engine="reference")))
    style = write(made, "html", "en").decode()
    assert "blockquote, .words { break-inside: avoid }" in style


def test_who_issued_the_plan_is_said_on_the_first_pages_not_to_be_known(rulebook: Rulebook) -> None:
    summary = paper(AGENCY, rulebook, "en").partition("## Summary")[2].partition("\n## Facts")[0]
    assert "who issued and approved the plan and where it was published, which the rules do not hold" in summary
