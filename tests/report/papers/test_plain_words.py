"""Papers say in plain words who is asked, what a result means, what stands together, and where lists are found."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pytest

from applicability import Rulebook, check, screen
from applicability.bulk.output.labels import WORDS
from applicability.bulk.sources.headings import HeadingRows, passed_over
from applicability.model.assessment import BUCKETS
from applicability.report import whole
from applicability.report.contract import TextModel
from applicability.report.language import labels as w
from applicability.report.papers.case import case_paper
from applicability.report.papers.questions import question_of
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.screening_reach import TermsHere
from applicability.report.papers.write import write
from applicability.report.screening.json import NamedPlaceModel, PlaceTallyModel, SummaryModel, WaitModel
from applicability.text import Lang

DAY = datetime.date(2026, 11, 1)
LANGS: tuple[Lang, ...] = ("zh", "en")
IN_DONGJIANG = {
    "name": "甲",
    "city": "天津",
    "zones": "天津东疆综合保税区",
    "foreign_share": "60",
}


def summary(rulebook: Rulebook, rows: Sequence[Mapping[str, object]]) -> SummaryModel:
    return SummaryModel.model_validate(screen(rows, rulebook, as_of=DAY).to_dict())


def zone(rulebook: Rulebook, code: str) -> NamedPlaceModel:
    name = rulebook.gazetteer.name
    label = TextModel(zh=name(code), en=name(code, "en"))
    return NamedPlaceModel(kind="zone", code=code, label=label, companies=1, served=1, served_by_scope=1)


def told(found: SummaryModel, rulebook: Rulebook, lang: Lang) -> str:
    return write(screening_paper(found, rulebook), "markdown", lang).decode()


@pytest.mark.parametrize(
    ("kind", "words"),
    [("enterprise", "the people concerned, such as its managers"), ("natural_person", "you, or the member of staff")],
)
def test_a_question_about_people_is_put_to_an_entity_as_about_others(kind: str, words: str, rulebook: Rulebook) -> None:
    assessment = check({"city": "上海", "entity_kind": kind}, rulebook, as_of=DAY, engine="reference")
    assert words in question_of(assessment, "person_kind").en


def test_an_entity_of_unknown_kind_may_be_a_person(rulebook: Rulebook) -> None:
    assessment = check({"city": "上海"}, rulebook, as_of=DAY, engine="reference")
    assert question_of(assessment, "person_kind") == rulebook.declaration("person_kind").question


@pytest.mark.parametrize("lang", LANGS)
def test_every_result_that_other_parts_speak_of_is_explained(lang: Lang, rulebook: Rulebook) -> None:
    """Of none of the measures is the result pending here; a comparison or a change may still say so."""
    assessment = check({"city": "上海", "entity_kind": "enterprise"}, rulebook, as_of=DAY, engine="reference")
    front = write(case_paper(whole(assessment)), "markdown", lang).decode()
    for bucket in BUCKETS[:5]:
        assert (
            f"| {w.BUCKETS[bucket].of(lang)} | {assessment.counts[bucket]} | {w.MEANINGS[bucket].of(lang)} |" in front
        )


@pytest.mark.parametrize(
    ("lang", "said", "unsaid"),
    [
        ("en", ". Or, if an authority finds so: the kind of entity is private non-enterprise unit", "(("),
        ("zh", "。须经认定才可的：主体类型为民办非企业单位、事业单位或学校；或主体类型为", "（（"),
    ],
)
def test_cases_that_need_a_finding_are_told_apart_and_none_within_others(
    lang: Lang, said: str, unsaid: str, rulebook: Rulebook
) -> None:
    terms = TermsHere(rulebook, DAY)
    assert said in getattr(terms.terms(rulebook.measure(85), "default-ten"), lang)
    for measure in (one for one in rulebook.measures if one.condition is not None):
        assert unsaid not in getattr(terms.terms(measure, "default-ten"), lang), measure.row


def test_authorities_that_no_words_single_out_have_one_to_ask_first(rulebook: Rulebook) -> None:
    (whom,) = TermsHere(rulebook, DAY).asked(rulebook.measure(22))
    assert whom.en == "the place's commerce department (inferred)"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Tianjin Dongjiang Comprehensive Bonded Zone and China (Tianjin) Pilot Free Trade Zone overlap"),
        ("zh", "天津东疆综合保税区与中国（天津）自由贸易试验区有重叠，不可相加。"),
    ],
)
def test_zones_that_share_companies_are_not_to_be_added(lang: Lang, said: str, rulebook: Rulebook) -> None:
    more = zone(rulebook, "tianjin-ftz")
    zones = [zone(rulebook, "dongjiang-cbz"), more.model_copy(update={"companies": more.companies + 1})]
    place = PlaceTallyModel(kind="unknown", codes=[], label=zones[0].label, companies=1, served=1)
    found = summary(rulebook, [IN_DONGJIANG]).model_copy(update={"by_place": [place], "named_places": zones})
    assert said in told(found, rulebook, lang)
    every = found.model_copy(update={"named_places": [zones[0], more]})  # of one zone that lies in the other
    assert {"en": "the figures are of the same companies", "zh": "两行是同一批企业"}[lang] in told(
        every, rulebook, lang
    )
    alone = found.model_copy(update={"named_places": zones[:1]})
    assert ("overlap" if lang == "en" else "不可相加") not in told(alone, rulebook, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_what_heads_the_first_table_is_defined_before_it(lang: Lang, rulebook: Rulebook) -> None:
    text = told(summary(rulebook, [{**IN_DONGJIANG, "entity_kind": "enterprise"}]), rulebook, lang)
    before = text[: text.index(f"| {w.BUCKETS['eligible'].of(lang)} |")]
    said = {
        "en": "Eligible: every condition is met. Conditional: an authority still has to make a finding.",
        "zh": "可适用：条件均已满足；须经认定：尚须主管部门认定。",
    }
    assert said[lang] in before


def test_the_title_of_a_register_stands_on_the_first_page(rulebook: Rulebook) -> None:
    found = summary(rulebook, [IN_DONGJIANG])
    (notice,) = passed_over([["甲区企业名录（2026年10月）"], ["名称"]], HeadingRows(["名称"], 1, 1))
    found = found.model_copy(update={"notices": [TextModel(zh=notice.zh, en=notice.en)]})
    text = told(found, rulebook, "en")
    assert "| Source | profiles · 甲区企业名录（2026年10月） |" in text[: text.index("## ")]


@pytest.mark.parametrize(("lang", "column"), [("en", "“activities” 1 and 5"), ("zh", "“业务活动”1家、5个")])
def test_to_complete_the_register_comes_first_and_says_where_the_companies_are_listed(
    lang: Lang, column: str, rulebook: Rulebook
) -> None:
    """Which columns, how many companies and what may be entered stand in the paper; which companies, in a workbook that
    a head does not have yet, and so has to be told of whom to get it.
    """
    activities = rulebook.declaration("activities")
    label, question = (TextModel(zh=one.zh, en=one.en) for one in (activities.label, activities.question))
    asked = WaitModel(fact="activities", label=label, question=question, verdicts=5, companies=1)
    found = summary(rulebook, [IN_DONGJIANG]).model_copy(update={"asks": [asked]})
    text = told(found, rulebook, lang)
    part = text[text.index({"en": "## What to do next", "zh": "## 下一步"}[lang]) :]
    first, then = (one for one in part.splitlines() if one.startswith(("| 1① ", "| 1② ")))
    assert column in then
    maker = {"en": "whoever made this report", "zh": "出具本报告的一方"}[lang]
    assert first.index(maker) < first.index(f"“{WORDS['sheet_asks'].of(lang)}”")
    assert question.zh in text if lang == "zh" else question.en in text


def test_a_shared_reason_has_no_words_of_another_part(rulebook: Rulebook) -> None:
    """Row 114 is shut to a lessor as it is no person; the words of its other part, for banks, do not carry that."""
    facts = {"city": "天津", "zones": "天津东疆综合保税区", "entity_kind": "enterprise", "sector": "6631"}
    more = {"licences": ["financial_leasing"], "activities": ["other-leasing"], "foreign_share": 0}
    assessment = check({**facts, **more}, rulebook, as_of=DAY, engine="reference")
    text = write(case_paper(whole(assessment)), "markdown", "zh").decode()
    shared = text[text.index("同一原因涉及几项的") :]
    (line,) = [one for one in shared.splitlines() if one.startswith("| ") and "114†" in one]
    assert line.startswith("| 主体类型须为自然人")
    assert "业务”（第114项）" not in line
