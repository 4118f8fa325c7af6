"""What a workbook tells of each company: what is open first, on what terms, and what to ask next."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from applicability import Profile, Rulebook, check, load_rulebook
from applicability.analysis.plausibility import Plausibility
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.row_profiles import profile_of
from applicability.bulk.engine.screener import Screened
from applicability.bulk.engine.screener_for import screener_for
from applicability.bulk.output.answer_columns import AnswerColumns
from applicability.bulk.output.ask_words import how
from applicability.bulk.output.next_asks import SHOWN, Asks, CompanyWaits
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.columns.notes import NO_NOTES
from applicability.bulk.register.fact_reader import FactReader
from applicability.loading.profile.reader import read_facts
from applicability.model.evaluate import trace
from applicability.model.headings import plain
from applicability.model.leaf_kinds import BUSINESS, PLACE, column_of
from applicability.model.verdict import Verdict
from applicability.report.interview.register_form import answers
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY

BOOK = load_rulebook()
NO_COLUMNS = AnswerColumns({}, None, NO_NOTES, "en")
# Divisions of companies that are asked about their people: hospitals and lawyers.
OF_ITS_PEOPLE = {"84", "85", "72"}
COMPANIES = Path(__file__).parents[3] / "examples" / "companies.csv"


def rows(count: int) -> list[dict[str, str]]:
    with COMPANIES.open(encoding="utf-8-sig", newline="") as text:
        return [row for row, _ in zip(csv.DictReader(text), range(count), strict=False)]


def waited_for(profile: dict[str, object], book: Rulebook) -> Counter[str]:
    """By column of facts, how many undecided measures wait for it, as the reference evaluator has it."""
    facts = read_facts(Profile.of(profile), book, DAY)
    found: Counter[str] = Counter()
    for measure in book.measures:
        if measure.condition is not None:
            traced = trace(measure.condition, facts, book)
            if traced.verdict is Verdict.NEEDS_INFO:
                found.update({column_of(one.condition) for one in traced.deciding()})  # type: ignore[arg-type]
    plausibility = Plausibility(facts, book)
    for fact in [one for one in found if one in book.facts and not plausibility.open]:
        values = book.facts[fact].values
        if not plausibility.asks(fact) or not any(plausibility.value(fact, one) for one in values or ("",)):
            del found[fact]
    sectors = facts.values.get("sector")
    own = {str(one)[:2] for one in sectors} if isinstance(sectors, tuple) else set()
    if "person_kind" in found and not OF_ITS_PEOPLE & own:
        del found["person_kind"]
    return found


def column(fact: str) -> str:
    kinds = {"place": PLACE, "zones": PLACE, "zone_types": PLACE, "sector": BUSINESS, "activities": BUSINESS}
    return kinds.get(BOOK.facts[fact].type, fact)


def test_a_company_is_asked_for_what_most_of_its_undecided_measures_wait_for() -> None:
    cells = rows(60)
    table = CellTable({name: [row[name] or None for row in cells] for name in cells[0]}, len(cells))
    read = FactReader(BOOK, DAY).read(table)
    screener = screener_for(read.facts, BOOK, DAY)
    coded, partly = screener.keep_readable(read.table, screener.encode(read.table))
    found = Screened(read.table, coded, screener.decide(coded))
    measures = found.decided.measures
    asks = Asks(screener.decider(coded).table, measures, "en")
    waits = asks.waits(found, range(len(measures)), screener.decider(coded).table.vectors)
    told = asks.lines(waits, {"line": pa.array(range(2, len(cells) + 2))}, NO_COLUMNS).to_pylist()
    assert sum(own for own, _ in asks.totals(waits).values()) == waits.counts.sum()
    _, facts = facts_as_read(read, partly)
    profiles = [profile_of(one) for one in facts.to_pylist()]
    expected = [wanted for wanted in (waited_for(profile, BOOK) for profile in profiles) if wanted]
    questions = {one.question: name for name, one in answers(BOOK, "en").items()}
    assert len(told) == len(expected)
    for line, wanted in zip(told, expected, strict=True):
        shown = [line[f"decides_{number}"] or 0 for number in range(1, SHOWN + 1)]
        most = sorted(wanted.values(), reverse=True)[:SHOWN]
        assert shown == most + [0] * (SHOWN - len(most))
        for number in range(1, SHOWN + 1):
            if (question := line[f"ask_{number}"]) is not None:
                assert wanted[column(questions[question])] == line[f"decides_{number}"]


def asks_and_waits(given: dict[str, str]) -> tuple[Asks, CompanyWaits]:
    table = CellTable({name: [value] for name, value in given.items()}, 1)
    screener = screener_for(list(given), BOOK, DAY)
    found = screener.screen(table)
    decider, measures = screener.decider(found.coded), found.decided.measures
    asks = Asks(decider.table, measures, "zh")
    return asks, asks.waits(found, range(len(measures)), decider.table.vectors)


def totals_of(**given: str) -> dict[str, list[int]]:
    """By the name of a fact that a company is asked for, what waits for it."""
    asks, waits = asks_and_waits(given)
    return asks.totals(waits)


def asked(**given: str) -> list[str]:
    """The names of the facts that a company is asked for."""
    asks, waits = asks_and_waits(given)
    line = asks.lines(waits, {"line": pa.array([2])}, NO_COLUMNS).to_pylist()[0]
    questions = {one.question: name for name, one in answers(BOOK, "zh").items()}
    return [questions[line[f"ask_{number}"]] for number in range(1, SHOWN + 1) if line[f"ask_{number}"]]


def test_whoever_has_told_the_city_is_asked_for_more_of_the_place_and_not_for_the_city_again() -> None:
    assert "city" in asked(entity_kind="enterprise")
    told = asked(city="上海", sector="7291", activities="travel-agency", entity_kind="enterprise")
    assert "city" not in told
    assert "sector" not in told
    assert "sector" in asked(city="上海", entity_kind="enterprise")
    assert "activities" in asked(city="上海", entity_kind="enterprise", sector="64")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({}, "city"),
        ({"city": "广州市"}, "district"),
        ({"city": "440115"}, "zones"),
        ({"city": "广州市南沙区"}, "zones"),
        ({"city": "广州市", "district": "南沙区"}, "zones"),
    ],
)
def test_a_company_is_asked_for_the_first_fact_of_its_place_that_is_not_known(
    place: dict[str, str], expected: str
) -> None:
    told = {**place, "sector": "互联网信息服务", "entity_kind": "enterprise", "activities": "app-store"}
    found = [one for one in totals_of(**told) if BOOK.facts[one].type in ("place", "zones", "zone_types")]
    assert found == [expected]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("heading", "cell"), [("城市", "440115"), ("地址", "广州市南沙区海滨路1号"), ("城市", "广州市南沙区")]
)
def test_the_workbook_asks_nobody_for_a_district_that_is_known(
    run: Run, tmp_path: Path, heading: str, cell: str, lang: Lang
) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        f"企业名称,{heading},行业,外资比例,企业类型,在当地注册\n甲,{cell},互联网信息服务,25%,中外合资,是\n", "utf-8"
    )
    assert run("screen", register, "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    asks = [*openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[2].iter_rows(values_only=True)]
    assert BOOK.facts["district"].question.of(lang) not in asks[1]
    assert BOOK.facts["zones"].question.of(lang) in asks[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_what_is_open_first_with_its_limits(run: Run, tmp_path: Path, lang: Lang) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "name,city,sector,activities,foreign_share,entity_kind\n甲,成都,7291,travel-agency,100,enterprise\n", "utf-8"
    )
    out = tmp_path / "out.xlsx"
    assert run("screen", register, "--only", "all", "-o", out, "--as-of", DAY, "--lang", lang).returncode == 0
    book = openpyxl.load_workbook(out)
    head, *lines = book.worksheets[1].iter_rows(values_only=True)
    place = {"zh": ("项号", "结论", "须遵守的限制"), "en": ("Item", "Verdict", "Limits to keep")}[lang]
    row, verdict, limits = (head.index(one) for one in place)
    words = [str(line[verdict]) for line in lines]
    assert words == sorted(words, key=list(dict.fromkeys(words)).index)
    assert words[0] == {"zh": "可适用", "en": "Eligible"}[lang]
    profile = {"city": "成都", "sector": "7291", "activities": ["travel-agency"], "foreign_share": 100,
               "entity_kind": "enterprise"}  # fmt: skip
    found = {one.measure.row: one for one in check(Profile.of(profile), BOOK, as_of=DAY, engine="reference")}
    for line in lines:
        own = found[line[row]]
        if own.verdict in (Verdict.ELIGIBLE, Verdict.CONDITIONAL):
            limbs = [limb for limb in own.measure.usable if limb.limits]
            assert bool(line[limits]) == bool(limbs) or len(own.measure.usable) > 1
            if len(own.measure.usable) == 1 and limbs:
                between = {"zh": "；", "en": "; "}[lang]
                assert line[limits] == between.join(one.label.of(lang) for one in limbs[0].limits)
        else:
            assert not line[limits]
    asks = [*book.worksheets[2].iter_rows(values_only=True)]
    assert len(asks) == 2
    assert asks[1][1] == "甲"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_says_how_to_answer_and_in_which_column(run: Run, tmp_path: Path, lang: Lang) -> None:
    register = tmp_path / "r.csv"
    register.write_text("企业名称,所在城市,主体类型\n甲,成都,\n乙,上海,企业\n", "utf-8")
    out = tmp_path / "out.xlsx"
    assert run("screen", register, "-o", out, "--as-of", DAY, "--lang", lang).returncode == 0
    head, *lines = openpyxl.load_workbook(out).worksheets[2].iter_rows(values_only=True)
    names = {"zh": ("可填", "填入名册的列"), "en": ("How to answer", "Column of the register")}[lang]
    assert [[*head].count(name) for name in names] == [SHOWN, SHOWN]
    told = answers(BOOK, lang)
    facts = {one.question: name for name, one in answers(BOOK, lang).items()}
    own = {"city": "所在城市", "entity_kind": "主体类型"}
    seen = set()
    for line in lines:
        for number in range(SHOWN):
            asked, words, into, count, items = line[2 + 5 * number : 7 + 5 * number]
            if asked is not None:
                assert len(str(items).split({"zh": "、", "en": ", "}[lang])) == count
                fact = facts[str(asked)]
                seen.add(fact)
                new = {"zh": "新增列：", "en": "new column: "}[lang] + told[fact].heading
                assert (into, words) == (own.get(fact, new), how(told[fact], lang))
    assert len(seen) > 2
    assert BOOK.by_heading[plain(told["foreign_share"].heading)] == "foreign_share"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_long_lists_of_words_stand_once_on_a_sheet_of_their_own(run: Run, tmp_path: Path, lang: Lang) -> None:
    register = tmp_path / "r.csv"
    register.write_text("企业名称,所在城市\n甲,成都\n乙,上海\n", "utf-8")
    assert run("screen", register, "-o", tmp_path / "out.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    title = {"zh": "可填的词", "en": "Words to answer with"}[lang]
    asks = [*book.worksheets[2].iter_rows(values_only=True)]
    _, *words = book[title].iter_rows(values_only=True)
    told = answers(BOOK, lang)
    listed = {heading: tuple(line[2] for line in words if line[0] == heading) for heading, *_ in words}
    assert listed["主体类型" if lang == "zh" else "kind of entity"] == told["entity_kind"].choices
    assert all(listed.get(one.heading, one.choices) == one.choices for one in told.values())
    cells = [str(cell) for row in asks[1:] for cell in row if cell and title in str(cell)]
    assert cells
    assert all(any(heading in cell for heading in listed) for cell in cells)
    assert max(len(str(cell)) for row in asks[1:] for cell in row) < 250


def test_a_company_is_not_asked_for_what_makes_no_sense_for_it() -> None:
    for sector, makes_sense in (("6631", False), ("8411", True), ("", True)):
        told = {"city": "海口", "entity_kind": "enterprise", **({"sector": sector} if sector else {})}
        assert ("products" in totals_of(**told)) is makes_sense, sector


@pytest.mark.parametrize(
    ("told", "makes_sense"),
    [
        ({"sector": "6631", "entity_kind": "enterprise"}, False),
        ({"sector": "51"}, False),
        ({}, False),
        ({"sector": "8411", "entity_kind": "enterprise"}, True),
        ({"sector": "7231"}, True),
        ({"licences": "medical_institution"}, True),
        ({"entity_kind": "natural_person"}, True),
    ],
)
def test_a_company_is_asked_about_persons_where_it_would_have_such(told: dict[str, str], makes_sense: bool) -> None:
    assert ("person_kind" in totals_of(city="海口", **told)) is makes_sense


def test_what_was_not_read_stands_before_how_something_was_read(run: Run, tmp_path: Path) -> None:
    register = tmp_path / "r.csv"
    code = "91310115MA1K35623U"
    lines = [f"甲,{code},30%", f"乙,{code},约30%", f"丙,{code},50%", f"丁,{code},控股"]
    register.write_text("企业名称,统一社会信用代码,外资比例\n" + "\n".join(lines) + "\n", "utf-8")
    assert run("screen", register, "-o", tmp_path / "out.xlsx", "--as-of", DAY, "--lang", "en").returncode == 0
    head, *notes = openpyxl.load_workbook(tmp_path / "out.xlsx")["Notes"].iter_rows(values_only=True)
    line, coded = head.index("Row of the table"), head.index("Code")
    assert [(note[line], note[coded]) for note in notes] == [
        (3, "P102"), (5, "P102"), (2, ""), (3, ""), (4, ""), (5, "")
    ]  # fmt: skip
    with (tmp_path / "out.notes.csv").open(encoding="utf-8-sig") as text:
        assert [row["line"] for row in csv.DictReader(text)] == ["2", "3", "3", "4", "5", "5"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_answer_that_is_told_can_be_read_in_its_column(lang: Lang) -> None:
    for fact, answer in answers(BOOK, lang).items():
        assert answer.how or answer.choices
        assert BOOK.by_heading.get(plain(answer.heading)) == fact, answer.heading
        if BOOK.facts[fact].type in ("boolean", "choice"):
            for word in answer.choices:
                table = CellTable({"name": ["甲"], answer.heading: [word]}, 1)
                assert FactReader(BOOK, DAY).read(table).table.column(fact).to_pylist() != [None]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_says_how_many_wait_for_a_fact_and_why_some_are_not_asked(
    run: Run, tmp_path: Path, lang: Lang
) -> None:
    register = tmp_path / "r.csv"
    register.write_text("企业名称,所在城市,主体类型,行业\n甲,海口,企业,6631\n乙,海口,企业,8411\n", "utf-8")
    assert run("screen", register, "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    about = {row[0]: row[1:] for row in book.worksheets[0].iter_rows(max_col=3, values_only=True)}
    label = BOOK.facts["products"].label.of(lang)
    head, *lines = book.worksheets[2].iter_rows(values_only=True)
    asked = sum(BOOK.facts["products"].question.of(lang) in line for line in lines)
    assert about[label] == (
        asked,
        {
            "zh": f"2家在等，问到{asked}家；1家多半没有，不问",
            "en": f"waiting for it: 2; asked: {asked}; not asked, being unlikely to have any: 1",
        }[lang]
        + {"zh": "；1家先问别的", "en": "; asked for others first: 1"}[lang] * (1 - asked),
    )
    told = {"zh": "有措施在等、但多半没有此类情形而未问的", "en": "Waited for but not asked: unlikely to apply"}[lang]
    column = next(place for place, one in enumerate(head) if str(one).startswith(told))
    assert [label in str(line[column]) for line in lines] == [True, False]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_filled_column_that_is_asked_about_is_said_to_be_filled(run: Run, tmp_path: Path, lang: Lang) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "企业名称,主体类型,省份,城市,区县,住所,行业,业务活动\n"
        "甲,企业,天津市,市辖区,东丽区,广州市天河区示例路285号,6513,无\n"  # the address is elsewhere
        "乙,企业,天津,天津市,天河区,示例路144号,6513,无\n"  # the district is
        "丙,企业,天津市,天津市,市辖区,示例路3号,6513,无\n"  # nothing is wrong, and the district is not told
        "丁,企业,天津市,天津市,东丽区,天津市东丽区示例路8号,6513,吃饭\n"
        "戊,企业,天津市,天津市,东丽区,天津市东丽区示例路8号,6513,\n",
        "utf-8",
    )
    assert run("screen", register, "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    _, *lines = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[2].iter_rows(values_only=True)
    into = {
        (line[1], fact): line[place + 2]
        for line in lines
        for fact in ("city", "district", "activities")
        for place in range(2, 14)
        if str(line[place]).endswith(answers(BOOK, lang)[fact].question)
    }
    correct, more = {
        "zh": ("（已填，但有未采用的内容，原因见备注；请更正）", "（已填，但不足以判断；请改填或补充）"),
        "en": (
            " (filled, but not all of it was used: see the notes, and correct it)",
            " (filled, but not enough to decide: fill in more)",
        ),
    }[lang]
    one, two = {
        "zh": ("`住所`、`省份`、`区县`", "`城市`、`省份`、`区县`"),
        "en": ("`住所`, `省份`, `区县`", "`城市`, `省份`, `区县`"),
    }[lang]
    assert into["甲", "city"] == one + correct
    assert into["乙", "city"] == two + correct
    assert into["丙", "district"] == f"区县{more}"
    assert into["丁", "activities"] == f"`业务活动`{correct}"
    assert into["戊", "activities"] == "业务活动"


def test_a_sector_that_cannot_be_read_is_asked_for(tmp_path: Path, run: Run) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "企业名称,城市,主体类型,业务活动,行业,行业小类代码\n"
        "甲,天津市,企业,旅行社业务,其他,\n"
        "乙,天津市,企业,旅行社业务,,0000\n"
        "丙,天津市,企业,,其他,\n"
        "丁,天津市,企业,旅行社业务,制造业,\n",  # what it does is told in full: the sector may be told more closely
        "utf-8",
    )
    options = ("--as-of", DAY, "--lang", "zh", "--measure", 85, "--measure", 57, "-o", tmp_path / "o.xlsx")
    assert run("screen", register, *options).returncode == 0
    _, *lines = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[2].values
    question = answers(BOOK, "zh")["sector"].question
    assert [line[1] for line in lines if any(question in str(cell) for cell in line)] == ["甲", "乙", "丙"]
    assert not any(answers(BOOK, "zh")["activities"].question in line for line in lines)


def test_a_company_stays_among_the_questions_while_measures_wait_for_what_it_is_not_asked(
    tmp_path: Path, run: Run
) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "企业名称,城市,主体类型,行业,业务活动,外资比例,在当地注册\n甲,天津市,企业,7291,旅行社业务,100%,是\n", "utf-8"
    )
    # The measure waits for the kind of person alone, which makes no sense to ask a company.
    options = ("--as-of", DAY, "--lang", "zh", "--measure", 110, "-o", tmp_path / "o.xlsx")
    assert run("screen", register, *options).returncode == 0
    _, line = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[2].values
    assert line[1] == "甲"
    assert not any(line[2:-1])
    assert line[-1] == "人员类别"


def test_every_column_of_a_contradiction_is_named_to_be_corrected(tmp_path: Path, run: Run) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "企业名称,城市,行业,业务活动,企业类型,外资比例,主体类型\n"
        "甲,天津市,7291,旅行社业务,有限责任公司（外国法人独资）,30%,企业\n",
        "utf-8",
    )
    assert run("screen", register, "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", "zh").returncode == 0
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[2].values for cell in row]
    assert "`外资比例`、`企业类型`（已填，但有未采用的内容，原因见备注；请更正）" in cells


def test_companies_are_not_asked_in_the_words_for_persons_and_goods() -> None:
    every: tuple[tuple[Lang, tuple[str, ...]], ...] = (
        ("zh", ("个人", "货物")),
        ("en", ("person", "goods", "checking")),
    )
    for lang, words in every:
        for fact in ("city", "foreign_share", "entity_kind", "district", "registered_here"):
            told = answers(BOOK, lang)[fact]
            assert not any(word in text for word in words for text in (told.question, told.how)), (lang, fact)
    assert answers(BOOK, "zh")["city"].question == "企业在哪个省市？"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_column_of_some_of_a_list_is_not_to_be_answered_with_none(run: Run, tmp_path: Path, lang: Lang) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "o.xlsx"
    part = "持牌或监管身份（部分）"
    register.write_text(f"企业名称,所在城市,主体类型,行业,{part}\n甲,天津,企业,6631,无\n", "utf-8")
    assert run("screen", register, "-o", out, "--as-of", DAY, "--lang", lang).returncode == 0
    book, told = openpyxl.load_workbook(out), answers(BOOK, lang)["licences"]
    (line,) = [*book.worksheets[2].values][1:]
    place = line.index(told.question)
    assert told.heading in str(line[place + 1])
    assert str(line[place + 1]).endswith(told.some)
    assert told.how not in str(line[place + 1])
    assert str(line[place + 2]).startswith(part)
    (note,) = [one for one in book[{"zh": "备注", "en": "Notes"}[lang]].values if part in one]
    assert any(f"“{told.heading}”" in str(cell) for cell in note), "it says what to do"
    # Told so, a clerk gets the verdicts that “none” settles.
    register.write_text(f"企业名称,所在城市,主体类型,行业,{part},{told.heading}\n甲,天津,企业,6631,,无\n", "utf-8")
    assert run("screen", register, "-o", out, "--as-of", DAY, "--lang", lang).returncode == 0
    assert not any(told.question in line for line in [*openpyxl.load_workbook(out).worksheets[2].values][1:])


def test_the_words_for_what_is_not_asked_stand_on_their_sheet(run: Run, tmp_path: Path) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "o.xlsx"
    register.write_text("企业名称,所在城市,主体类型,行业\n甲,天津,企业,6631\n", "utf-8")
    assert run("screen", register, "-o", out, "--as-of", DAY, "--lang", "zh").returncode == 0
    book = openpyxl.load_workbook(out)
    (line,) = [*book.worksheets[2].values][1:]
    listed: dict[object, list[object]] = {}
    for heading, _, word, _ in [*book["可填的词"].values][1:]:
        listed.setdefault(heading, []).append(word)
    labels = {fact.label.zh: fact for fact in BOOK.facts.values()}
    names = [one for one in str(line[-1]).split("、") if labels[one].type in ("choice", "choices")]
    assert {"捐资方", "药械产品"} <= {*names}
    assert {*names} <= {*listed}
    assert "无" in listed["捐资方"]
    assert "无" in listed["药械产品"]
    staged = [one for one in answers(BOOK, "zh").values() if one.heading == "生物制品分段生产资质"]
    assert [one.choices[0] for one in staged] == ["无"]


@pytest.mark.parametrize(
    ("lang", "told", "none"),
    [("zh", "新增列，列名即该词", "无"), ("en", "add one with the name as its heading", "none")],
)
def test_what_is_not_asked_says_in_which_columns_none_settles_it(
    run: Run, tmp_path: Path, lang: Lang, told: str, none: str
) -> None:
    register, out = tmp_path / "r.csv", tmp_path / "o.xlsx"
    register.write_text("企业名称,所在城市,主体类型,行业\n甲,天津,企业,6631\n", "utf-8")
    options = ("--as-of", DAY, "--lang", lang)
    assert run("screen", register, "-o", out, *options).returncode == 0
    head, line = openpyxl.load_workbook(out).worksheets[2].values
    assert told in str(head[-1])
    names = str(line[-1]).split("、" if lang == "zh" else ", ")
    text = f"企业名称,所在城市,主体类型,行业,{','.join(names)}\n甲,天津,企业,6631{f',{none}' * len(names)}\n"
    register.write_text(text, "utf-8")
    assert run("screen", register, "-o", out, *options).returncode == 0
    _, line = openpyxl.load_workbook(out).worksheets[2].values
    assert line[-1] is None
