"""The paper of a screening's summary: on what its figures rest, and what is open to nobody for which reason."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from applicability import Rulebook, check, screen
from applicability.bulk.job import Job
from applicability.bulk.output.labels import say
from applicability.bulk.output.summary import summary_json
from applicability.bulk.output.target import Beside, target_of
from applicability.bulk.run.processes import pieces_in
from applicability.bulk.sources.open import open_source
from applicability.report.layout.paper import Bullets, Quote, Table, TableCell
from applicability.report.papers.instruments import opened_by
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.screening_reach import TermsHere
from applicability.report.papers.texts import joined
from applicability.report.papers.write import write
from applicability.report.screening.json import CompanyModel, OpenCompanyModel, SummaryModel
from applicability.screening import run
from applicability.text import Lang

DAY = datetime.date(2026, 11, 1)
COMPANIES = [
    {"name": "甲", "city": "上海", "foreign_share": "60", "entity_kind": "enterprise"},
    {"name": "乙", "city": "长沙", "foreign_share": "60", "entity_kind": "enterprise"},
    {"name": "丙", "city": "长沙", "foreign_share": "0", "entity_kind": "enterprise"},
]


def counted(path: Path, rulebook: Rulebook, companies: Sequence[Mapping[str, str]], *columns: str) -> SummaryModel:
    """The summary of a register, with the columns that would settle most."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*companies[0], *columns])
        table.writeheader()
        table.writerows(companies)
    job = Job(rulebook, DAY, "en", rulebook.measures, forms=frozenset(), asks=True)
    target = target_of(None, None, Beside(None, None, None))
    source = open_source(str(path))
    found, _ = run(source, job, target, "in/companies.csv", lambda state, numbers: None, pieces=pieces_in(1))
    return summary_json(job, found, "in/companies.csv")


@pytest.fixture(scope="module")
def summary(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> SummaryModel:
    return counted(tmp_path_factory.mktemp("register") / "companies.csv", rulebook, COMPANIES, "备注")


def test_it_counts_the_companies_that_have_something_and_whom_an_instrument_alone_opens_it_to(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    assessed = [check(one, rulebook, as_of=DAY, engine="reference") for one in COMPANIES]
    assert summary.served == sum(bool(one.open) for one in assessed)
    row = next(one for one in summary.measures if one.row == 99)
    assert (row.eligible, row.by_entries) == (2, 1)
    assert all(one.by_entries is None for one in summary.measures if one.row == 57)
    assert summary.asks[0].verdicts >= summary.asks[-1].verdicts
    assert {one.fact for one in summary.asks} <= set(rulebook.facts)


def test_the_companies_are_split_into_those_by_the_scope_and_those_by_an_instrument_alone(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    assert (summary.served, summary.served_by_scope) == (2, 1)
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert "By the plan itself 1 company is eligible for at least one measure." in told
    assert "1 more has one measure alone (99 " in told
    assert "by a later instrument alone: SAFE Notice Huifa" in told[: told.index("## What to do next")]
    older = summary.model_copy(update={"served_by_scope": None})  # a summary of before the split was counted
    told = write(screening_paper(older, rulebook), "markdown", "en").decode()
    assert "2 companies have at least one measure open to them (eligible or conditional)." in told


def test_every_missing_column_is_named(summary: SummaryModel, rulebook: Rulebook) -> None:
    """Four of fourteen were left to a workbook that nobody had."""
    assert len(summary.asks) > 5
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert all(
        re.search(rf"\| {re.escape(one.label.en)} / [^|]*\| {re.escape(one.question.en[:8])}", told)
        for one in summary.asks
    )


def open_rows(found: SummaryModel, rulebook: Rulebook) -> dict[str, tuple[TableCell, TableCell]]:
    """The lines of the table of open measures, by what their first line begins with."""
    blocks = screening_paper(found, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[0].zh == "措施、企业数和原文")
    return {row[0].en.split()[0].rstrip("†"): (row[0], row[1]) for row in table.rows}


def test_every_open_measure_has_its_figures_words_terms_and_whom_to_ask(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    rows = open_rows(summary, rulebook)
    found = [one for one in summary.measures if one.eligible + one.conditional]
    assert [*rows] == ["111", "132", "99"]  # what an instrument opens nationwide stands last
    for one in found:
        first, second = rows[str(one.row)]
        assert rulebook.measure(one.row).text in first.zh
        assert f"● {one.eligible}" in first.zh
        assert (f"… {one.pending}" in first.zh) == bool(one.pending)
        assert "何种企业、业务：" in second.zh
        assert re.search("询问：|须经", second.zh)
    assert "the relief reaches reinvestment by the foreign-invested enterprise only" in rows["99"][1].en
    assert "ask: the foreign-exchange authority" in rows["99"][1].en
    reach = "from 2025-09-15, everywhere in the country (but for Taiwan, Hong Kong and Macao), whatever the scope"
    assert reach in rows["99"][1].en
    assert "(its words are not in this report's rules)" in rows["99"][1].en
    assert "(inferred: by its subject, standards; inferred from how item 83 is read" in rows["132"][1].en


def first_page(found: SummaryModel, rulebook: Rulebook) -> tuple[Table, Table]:
    """The two tables of the first page: the measures, and the first steps."""
    measures, steps = (one for one in screening_paper(found, rulebook).summary if isinstance(one, Table))
    return measures, steps


def test_the_first_page_lists_what_a_head_can_act_on_and_for_whom(summary: SummaryModel, rulebook: Rulebook) -> None:
    first, steps = first_page(summary, rulebook)
    assert [row[0].en for row in first.rows][:3] == ["111†", "132", "99"]
    assert [cell.en for cell in first.rows[2][2:4]] == ["1 (and 1 more by a later instrument alone)", "0"]
    told = {row[1].en: row[2].en for row in steps.rows}
    assert "item 111† (1 company): the immigration authority (inferred)" in told["ask first, then tell"]
    assert told["read it first, then tell"].startswith("item 99 (2 companies): ")
    every = next(one for one in screening_paper(summary, rulebook).blocks if isinstance(one, Table))
    assert every.heads[1].zh == "做什么"
    numbers = list(dict.fromkeys(row[0].en.rstrip("①②③④") for row in every.rows))
    assert [row[0].en for row in steps.rows] == numbers[: len(steps.rows)]
    assert steps.heads[1].en == f"What to do first: {len(steps.rows)} of {len(numbers)} steps"


def test_of_a_summary_of_before_companies_were_listed_the_first_of_each_measure_are_named(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    older = summary.model_copy(update={"open_companies": []})
    assert "| 另有家数 |" in write(screening_paper(older, rulebook), "markdown", "zh").decode()
    none = [one.model_copy(update={"first": []}) for one in summary.measures]  # of before these were
    told = write(screening_paper(older.model_copy(update={"measures": none}), rulebook), "markdown", "zh").decode()
    assert "附录：可适用或须经认定的企业" not in told


def test_the_names_are_cut_and_the_rest_is_counted(summary: SummaryModel, rulebook: Rulebook) -> None:
    many = [CompanyModel(line=number, name="甲" if number % 2 else None) for number in range(1, 6)]
    rows = [
        one.model_copy(update={"eligible": 1200, "first": many}) if one.row == 99 else one for one in summary.measures
    ]
    older = summary.model_copy(update={"measures": rows, "open_companies": []})
    told = write(screening_paper(older, rulebook), "markdown", "en").decode()
    assert "| 1 甲 / 2 / 3 甲 / 4 / 5 甲 | 1,195 |" in told


def test_every_company_with_something_open_is_listed_with_its_items(summary: SummaryModel, rulebook: Rulebook) -> None:
    """To inform the companies, the paper is enough as long as it lists them all; else it names the workbook."""
    blocks = screening_paper(summary, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[-1].en.startswith("Step: items told"))
    steps = next(one for one in blocks if isinstance(one, Table) and one.heads[1].zh == "做什么")
    after = {number.zh: concerns.zh for number, _, concerns, _ in steps.rows}
    assert "99" in after["2"]
    assert "132" in after["3"]
    every = [[cell.zh for cell in row] for row in table.rows]
    assert every == [["1", "第2步：第99项；第3步：第111†、132项\n2 甲"], ["1", "第2步：第99项\n3 乙"]]
    assert table.rows[0][1].en.startswith("step 2: item 99; step 3: items 111†, 132")  # each told after its own step
    for lang, said in (("zh", "只列名册中的前2家"), ("en", "Only the first 2 of the register are listed")):
        speech: Lang = "zh" if lang == "zh" else "en"
        whole = write(screening_paper(summary, rulebook), "markdown", speech).decode()
        assert said not in whole
        assert f"“{say('sheet_lines', lang)}”" not in whole
        cut = write(screening_paper(summary.model_copy(update={"served": 700}), rulebook), "markdown", speech).decode()
        assert said in cut
        for key in ("sheet_lines", "sheet_matrix", "row", "verdict"):  # as the workbook names them
            assert f"“{say(key, lang)}”" in cut


def test_a_large_group_of_companies_stands_on_several_lines(summary: SummaryModel, rulebook: Rulebook) -> None:
    key = f"{summary.measures[0].document}:99"
    many = [OpenCompanyModel(line=number, name=None, measures=[key]) for number in range(2, 92)]
    blocks = screening_paper(summary.model_copy(update={"open_companies": many}), rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[-1].en.startswith("Step: items told"))
    assert [row[0].en for row in table.rows] == ["90", "", ""]
    assert sum(len(row[1].en.splitlines()[-1].split("；")) for row in table.rows) == len(many)


def test_what_could_be_read_more_narrowly_is_marked_and_leads_to_its_reading(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    rows = [one.model_copy(update={"eligible": 9}) if one.row in (62, 35) else one for one in summary.measures]
    found = summary.model_copy(update={"measures": rows})
    told = write(screening_paper(found, rulebook), "markdown", "en").decode()
    assert (
        told.count("62†") == 7  # where it is asked whether it is read so as well
    )  # on the first page, among the steps and all that is open, by its companies, its reading
    assert not re.search(r"\b35†", told)
    part = told[told.index("## Appendix: Narrower readings") : told.index("## Appendix: Sources")]
    assert "another reader may see a duty of authorities alone" in part
    assert "| 35" not in part
    rows = [one.model_copy(update={"eligible": 0, "conditional": 0}) if one.row != 35 else one for one in rows]
    told = write(screening_paper(summary.model_copy(update={"measures": rows}), rulebook), "markdown", "en").decode()
    assert "| 35 Financing secured on environmental rights / ● 9" in told
    assert "## Appendix: Narrower readings" not in told


def test_what_only_the_press_reports_is_told_with_its_caution(summary: SummaryModel, rulebook: Rulebook) -> None:
    rows = [
        one.model_copy(update={"eligible": 1, "by_entries": 1}) if one.row == 89 else one for one in summary.measures
    ]
    told = write(screening_paper(summary.model_copy(update={"measures": rows}), rulebook), "markdown", "en").decode()
    beside = next(line for line in told.splitlines() if line.startswith("Item 89 of the Annex: open by a later"))
    assert "(companies: 1)" in beside
    assert "This rests on what was reported (press), not on an official text:" in beside
    assert "confirm it with Haikou Customs" in beside
    assert "source: press; press" not in told
    assert "official acts" not in told


def test_the_paper_says_on_what_the_figures_rest(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert "of the 2, 1 can use it by the plan's own scope and 1 by a later instrument alone" in told
    assert "SAFE Notice" in told[told.index("## Appendix: Sources") :]
    assert "companies.csv" not in told  # a name of the register, and not of a file
    assert "which 1,000 are" not in told
    assert "in/companies.csv" not in told
    assert "Columns that were not read as facts (under the headings of the register of companies): “备注”" in told
    assert "are none and are not in" not in told
    apart = len(summary.without_verdicts)
    assert f"Of all {len(summary.measures) + apart} measures" in told


def test_what_is_open_to_nobody_is_told_by_reason(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = write(screening_paper(summary, rulebook), "markdown", "zh").decode()
    part = told[told.index("## 附录：对企业名册中任何企业都尚不可用的措施") : told.index("## 附录：来源")]
    needs, rest = part.split("### 没有企业符合条件") if "### 没有企业符合条件" in part else (part, "")
    assert "### 缺少事实，补充后可能可用" in needs
    shut = {one.row for one in summary.measures if one.ineligible == len(COMPANIES)}
    assert all(re.search(rf"(^|[|；]) ?{row}†? ", rest, re.MULTILINE) for row in shut)
    missing = [one for one in summary.measures if one.needs_info and not one.eligible + one.conditional]
    most = max(missing, key=lambda one: one.needs_info)
    assert re.search(r"\|---\|\n\| (\d+) ", needs).group(1) == str(most.row)  # type: ignore[union-attr]


def of_register(rulebook: Rulebook, rows: list[dict[str, str]]) -> SummaryModel:
    """The summary of other companies."""
    return SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY, measures=[12, 57, 75, 99]).to_dict())


def test_the_paper_tells_on_what_the_pending_verdicts_wait_and_where_it_would_be_seen(rulebook: Rulebook) -> None:
    found = of_register(
        rulebook, [{"name": "丁", "city": "苏州", "activities": "来数加工", "entity_kind": "enterprise"}]
    )
    assert found.verdicts.pending
    told = write(screening_paper(found, rulebook), "markdown", "zh").decode()
    part = told[told.index("## 附录：待落实的结论在等什么") : told.index("## 附录：来源")]
    assert "新增九市的具体试点任务" in part
    assert "商务部会同相关部门和地方，按程序报批" in part
    assert "2026年1月9日已批准九市任务清单" in part
    assert "12 “来数加工”等数字服务新业态" in part
    assert "北京示范区" not in part  # no company lies there
    sources = told[told.index("## 附录：来源") :]
    assert rulebook.documents["plan-2025-84"].notes[3] in sources
    assert "2026-01-09" in sources


def test_the_companies_are_told_by_place(summary: SummaryModel, rulebook: Rulebook) -> None:
    blocks = screening_paper(summary, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[0].zh == "企业所在地")
    assert [tuple(cell.en.split(",")[0] for cell in row) for row in table.rows] == [
        ("the 10 places of note 2; of the cities that the register names: Shanghai 1", "1", "1", "0", "note 2: unless "
         "otherwise specified"),
        ("elsewhere", "2", "0", "1", "none of the pilots"),
    ]  # fmt: skip
    assert table.heads[3].en == "By a later instrument alone"
    cities = next(one for one in blocks if isinstance(one, Table) and one.heads[0].zh == "地方")
    assert [tuple(cell.en for cell in row) for row in cities.rows] == [
        ("Changsha", "2", "0", "1"),
        ("Shanghai", "1", "1", "0"),
    ]
    older = summary.model_copy(update={"by_place": [], "named_places": []})  # a summary of before places were counted
    assert "注2：如无" not in write(screening_paper(older, rulebook), "markdown", "zh").decode()


def test_whom_we_infer_is_marked_as_inferred(rulebook: Rulebook) -> None:
    terms = TermsHere(rulebook, DAY)
    asked = {row: joined(terms.asked(rulebook.measure(row))).en for row in (12, 47, 99, 132)}
    assert asked[12] == "the place's commerce department (inferred)"
    assert asked[132] == "the standards authority (inferred)"
    assert asked[47] == "the bank and the foreign-exchange authority (inferred)"
    assert "(" not in asked[99]
    assert any(isinstance(one, Quote) for one in terms.inferred([rulebook.measure(12)]))
    assert not list(terms.inferred([rulebook.measure(99)]))


def test_whoever_only_has_a_pilot_elsewhere_is_not_whom_to_begin_with(rulebook: Rulebook) -> None:
    """The ministry's pilot of 2024 reaches four places: in another the authority of the field is inferred from it."""
    terms = TermsHere(rulebook, DAY)
    for row in (2, 3, 14):
        (first,) = terms.begun_with(rulebook.measure(row))
        assert first.en.startswith("the telecommunications authority (the Ministry of Industry and Information")
        assert first.en.endswith("(inferred)")
        every = terms.asked(rulebook.measure(row))
        assert every[0] == first
        assert every[1].en.startswith("the Ministry of Industry and Information Technology, as to its own pilot")


def test_every_measure_can_be_told_by_its_rules(rulebook: Rulebook) -> None:
    terms = TermsHere(rulebook, DAY)
    for measure in (one for one in rulebook.measures if one.condition is not None):
        told = terms.terms(measure, "default-ten")
        assert told.zh
        assert all(one.about.en in told.en for limb in measure.usable for one in limb.judgements)
        assert all(one.label.en in told.en for limb in measure.usable for one in limb.limits)


def test_every_case_of_a_choice_is_told(rulebook: Rulebook) -> None:
    terms = TermsHere(rulebook, DAY)
    for measure in (one for one in rulebook.measures if one.condition is not None):
        told = terms.terms(measure, "default-ten").en
        assert "several other cases" not in told, measure.row
        assert "several alternatives" not in told, measure.row


def test_what_the_figures_tell_is_said_and_nothing_more(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert "prioritising" not in told
    assert "how many of these companies each measure reaches" in told
    assert "neither on the plan's scope nor on any step under the plan" in told
    assert "| Item | The measures eligible or conditional, by eligible companies |" in told
    assert told.count(f"measures {len([1 for one in summary.measures if one.eligible + one.conditional])} are") == 1


def test_of_no_company_no_measure_is_taken_for_a_duty(rulebook: Rulebook) -> None:
    found = SummaryModel.model_validate(screen([], rulebook, as_of=DAY).to_dict())
    told = write(screening_paper(found, rulebook), "markdown", "en").decode()
    duties = sum(one.binds_authorities_only for one in rulebook.measures)
    assert f"{duties} are duties of authorities alone" in told
    assert "0 companies were screened" in told


def test_an_open_measure_s_force_has_its_word_or_is_marked_as_read(summary: SummaryModel, rulebook: Rulebook) -> None:
    rows = open_rows(summary, rulebook)
    assert "【鼓励（读法）】" in rows["111"][1].zh  # “提供便利” is no word of support
    parts = rows["132"][1].zh.splitlines()  # its parts as a paper on one company has them
    assert parts[0] == "第1部分“标准化公共服务”：主管部门的职责，企业无可申请"
    assert parts[1] == "第2部分“参与标准化试点建设”【鼓励（“鼓励”）】"
    assert "力度：权利（“允许”）" in rows["99"][1].zh
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert "where it says “as read”, the text has none of the usual words" in told


def test_the_doubts_on_what_is_open_are_told(summary: SummaryModel, rulebook: Rulebook) -> None:
    blocks = screening_paper(summary, rulebook).blocks
    (found,) = (one for one in blocks if isinstance(one, Table) and one.heads[-1].zh == "存疑")
    told = {str(row[1].en): row[0].en for row in found.rows}
    assert "111† " in told["the scan shows no scope column on that page; the scope is read from the notes and the text"]


def test_an_instrument_that_opens_a_measure_says_that_its_words_are_not_here(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert "applies from 2025-09-15 everywhere in the country (but for Taiwan, Hong Kong and Macao)" in told
    assert "whose number we have from a secondary source; official). Its words are not in this report's rules" in told
    company = check(COMPANIES[0], rulebook, as_of=DAY, engine="reference").finding(99)
    (line,) = opened_by(company)
    assert line.zh.startswith(
        "自2025-09-15起，在全国各地（台湾省、香港特别行政区和澳门特别行政区除外）不论方案的适用范围：汇发〔2025〕43号"
    )
    assert "文号是从二手来源得知的" in line.zh
    assert line.zh.endswith("其原文不在本报告的规则库内，据以办理前请先查阅")


def test_how_many_verdicts_there_are_is_explained(summary: SummaryModel, rulebook: Rulebook) -> None:
    told = write(screening_paper(summary, rulebook), "markdown", "en").decode()
    assert "Each company has a verdict on 116 measures (the other 39 are duties or lost, and have none): " in told
    assert "3 × 116 = 348." in told


def test_the_register_of_instruments_is_told_from_that_of_companies(rulebook: Rulebook) -> None:
    found = of_register(rulebook, [{"name": "甲", "city": "苏州", "foreign_share": "60", "entity_kind": "enterprise"}])
    told = write(screening_paper(found, rulebook), "markdown", "en").decode()
    assert "no register of companies; where a step says “this measure”" in told
    assert "the register of official steps holds no entry" in told
    assert not re.search(r"\bregister\b(?! of (companies|official steps))", told, re.IGNORECASE)
    chinese = write(screening_paper(found, rulebook), "markdown", "zh").decode()
    assert "官方步骤登记册中尚无" in chinese
    assert not re.search("(?<!官方步骤)登记册|(?<!企业)名册", chinese)


def test_every_open_measure_has_its_companies_and_where_the_rest_are(summary: SummaryModel, rulebook: Rulebook) -> None:
    older = summary.model_copy(update={"open_companies": []})  # a summary of before companies were listed
    blocks = screening_paper(older, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[-1].en == "And more")
    opened = {one.row: one for one in summary.measures if one.eligible + one.conditional}
    numbers = [(one.rstrip("†"), row) for row in table.rows for one in row[0].en.split(", ")]
    assert {number for number, _ in numbers} == {str(row) for row in opened}
    assert len({row[2].en for row in table.rows}) == len(table.rows) < len(numbers)  # the same companies once
    for number, row in numbers:
        own = opened[int(number)]
        names = row[2].en.splitlines()
        assert names == [f"{one.line} {one.name}" for one in own.first]
        assert len(names) + int(row[3].en) == own.eligible + own.conditional
    for lang in ("zh", "en"):  # the sheets and columns are named as the workbook names them
        told = write(screening_paper(older, rulebook), "markdown", lang).decode()
        for key in ("sheet_lines", "sheet_matrix", "row", "verdict"):
            assert f"“{say(key, lang)}”" in told


def test_what_an_instrument_alone_opens_stands_behind_what_the_plan_opens(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    """A head reads the first lines: what one notice opens to most companies is no success of the plan."""
    rows = [
        one.model_copy(update={"eligible": 300, "by_entries": 299}) if one.row == 99 else
        one.model_copy(update={"eligible": 2}) if one.row in (111, 132) else one
        for one in summary.measures
    ]  # fmt: skip
    paper = screening_paper(
        summary.model_copy(update={"measures": rows, "served": 301, "served_by_scope": 2, "certain_by_scope": 2}),
        rulebook,
    )
    first = next(one for one in paper.summary if isinstance(one, Table))
    assert [row[0].en for row in first.rows] == ["111†", "132", "99"]
    lead = next(one.items[1].en for one in paper.summary if isinstance(one, Bullets))
    assert lead.index("By the plan itself 2 companies") < lead.index("299 more have one measure alone (99 ")
    assert "words are not in this report's rules" in lead


def test_the_paper_says_what_to_do_next_and_what_else_still_applies(summary: SummaryModel, rulebook: Rulebook) -> None:
    for lang, parts in (
        ("en", ("Other law, and whatever licence", "the plans of earlier pilots go on", "## What to do next")),
        ("zh", ("其他法律规定以及许可", "此前已有试点的原方案继续实施", "## 下一步")),
    ):
        told = write(screening_paper(summary, rulebook), "markdown", "en" if lang == "en" else "zh").decode()
        assert all(part in told for part in parts)
        first = told.index("## Appendix" if lang == "en" else "## 附录")
        assert all(told.index(part) < first for part in parts)
    assert rulebook.provisions[0].words in told


def test_every_open_measure_says_whom_to_ask_alike_wherever_it_is_told(
    summary: SummaryModel, rulebook: Rulebook
) -> None:
    terms = TermsHere(rulebook, DAY)
    for measure in (one for one in rulebook.measures if one.condition is not None):
        told = terms.terms(measure, "default-ten").zh
        for who in terms.asked(measure):  # an inference has its reason behind it
            assert who.zh.removesuffix("（推断）") in told, measure.row


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "that it seems sensible to ask"), ("zh", "只计看来有必要询问的企业")]
)
def test_the_counts_of_a_column_say_that_they_leave_out_whom_it_is_unlikely_to_concern(
    lang: str, said: str, rulebook: Rulebook, tmp_path: Path
) -> None:
    """Only a maker of drugs or devices is counted for the products that row 28 asks everybody for."""
    rows = [{"name": "丁", "city": "天津", "sector": one, "entity_kind": "enterprise"} for one in ("2710", "7291")]
    found = counted(tmp_path / "companies.csv", rulebook, rows)
    assert next(one.needs_info for one in found.measures if one.row == 28) == 2
    assert [one.companies for one in found.asks if one.fact == "products"] == [1]
    assert said in write(screening_paper(found, rulebook), "markdown", "en" if lang == "en" else "zh").decode()
