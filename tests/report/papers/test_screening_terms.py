"""What the terms of an open measure say, in a screening's paper: its parts, what is to be found, and by whom."""

from __future__ import annotations

import datetime

import pytest

from applicability import Rulebook
from applicability.report.papers.screening_reach import TermsHere
from applicability.text import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")


def lines(rulebook: Rulebook, row: int, lang: Lang) -> list[str]:
    """The lines of a measure's terms."""
    told = TermsHere(rulebook, datetime.date(2026, 11, 1)).terms(rulebook.measure(row), "default-ten")
    return (told.zh if lang == "zh" else told.en).splitlines()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            "并且：从事的业务包括智能网联新能源汽车维修、设计、研发、租赁服务。不在此列的，须先认定：所服务的产业是否",
        ),
        ("en", "Failing that, an authority has to find: whether the industry that it serves is"),
    ],
)
def test_what_a_finding_alone_would_meet_is_told_where_it_stands(lang: Lang, said: str, rulebook: Rulebook) -> None:
    """It led to what is to be found below, behind words that nothing followed."""
    assert [one for one in lines(rulebook, 90, lang) if said in one]
    assert not [one for one in lines(rulebook, 90, lang) if "见下列" in one or "see what is to be found" in one]


@pytest.mark.parametrize(
    ("lang", "read", "apart"),
    [
        (
            "zh",
            "由外汇管理部门（推断：原文没有写由谁认定）认定",
            "须认定的事项是否由其认定，则系本报告的读法，与此无关",
        ),
        ("en", "(inferred: the text does not say by whom)", "that it makes the finding too does not follow from this"),
    ],
)
@pytest.mark.parametrize("row", [95, 96])
def test_who_makes_a_finding_is_not_told_as_if_the_text_said_so(
    lang: Lang, read: str, apart: str, row: int, rulebook: Rulebook
) -> None:
    """Foreign debt is no ground for who finds whether a firm is a leasing company."""
    told = lines(rulebook, row, lang)
    assert [one for one in told if read in one]
    assert [one for one in told if apart in one]


@pytest.mark.parametrize(("lang", "read"), [("zh", "推断：原文没有写"), ("en", "the text does not say by whom")])
def test_whoever_words_name_is_no_inference(lang: Lang, read: str, rulebook: Rulebook) -> None:
    assert not [one for one in lines(rulebook, 93, lang) if read in one]  # the row names Customs


@pytest.mark.parametrize(
    ("lang", "duty", "part"),
    [
        ("zh", "第1部分“标准化公共服务”：主管部门的职责，企业无可申请", "第2部分“参与标准化试点建设”【"),
        (
            "en",
            "part 1, Public services for standards: a duty of authorities; no company can apply for it",
            "part 2, Taking part in standardisation pilots [",
        ),
    ],
)
def test_the_parts_of_a_measure_are_told_with_whose_they_are(
    lang: Lang, duty: str, part: str, rulebook: Rulebook
) -> None:
    told = lines(rulebook, 132, lang)
    assert told[0] == duty
    assert told[1].startswith(part)
