"""What the next steps of a screening's paper ask before companies are told: after findings, of readings, of zones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from applicability import Rulebook
from applicability.report.layout.paper import Table
from applicability.report.papers.screening import screening_paper
from applicability.report.screening.json import SummaryModel
from applicability.text import Lang

from .test_screening_next import ASKED, COMPANIES, LANGS, TEDA, place_of, steps
from .test_screening_paper import counted


@pytest.fixture(scope="module")
def summary(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> SummaryModel:
    return counted(tmp_path_factory.mktemp("register") / "companies.csv", rulebook, COMPANIES)


@pytest.mark.parametrize("lang", LANGS)
def test_a_finding_is_followed_by_what_is_asked_before_companies_are_told(
    lang: Lang, rulebook: Rulebook, tmp_path: Path
) -> None:
    """The steps of rows 12, 90, 95 and 96 ended with the finding: a right went out that nobody had asked about."""
    own = [("飞机租赁", "7115"), ("应用商店服务业务", "6429"), ("软件开发", "6510")]
    rows = [{**TEDA, "name": name, "activities": name, "sector": sector} for name, sector in own]
    found = counted(tmp_path / "companies.csv", rulebook, rows)
    blocks = screening_paper(found, rulebook).blocks
    table = next(one for one in blocks if isinstance(one, Table) and one.heads[1].zh == "做什么")
    lines = [[cell.zh if lang == "zh" else cell.en for cell in row] for row in table.rows]
    asking = {
        key: next(line for line in lines if line[1].startswith(words[lang])) for key, words in ASKING_STEPS.items()
    }
    for row, key in ((95, "right"), (96, "other"), (12, "other")):
        (found_first, then) = [
            line for line in lines if re.match(rf"(?:第|item ){row}(?!\d)", line[2]) and re.search("[①②]", line[0])
        ]
        assert then[0] == found_first[0].replace("①", "②")
        assert then[1].startswith(("认定为在内的", "where the finding is yes")), row
        assert {"zh": f"照第{asking[key][0]}步", "en": f"as in step {asking[key][0]}"}[lang] in then[1], row
    quota = next(line for line in lines if line[0].endswith("②") and "96†" in line[2])
    assert {"zh": "“外债额度”的数额或期限", "en": "the amount or the length"}[lang] in quota[2]
    assert all(words in one[1] for words in ASKED[lang] for one in asking.values())


ASKING_STEPS: Mapping[str, Mapping[Lang, str]] = {
    "right": {"zh": "本方案允许", "en": "this plan permits it"},
    "other": {
        "zh": "先由功能区向下列部门问明（可申请什么",
        "en": "the zone first asks these authorities (what could be",
    },
}


@pytest.mark.parametrize("lang", LANGS)
def test_a_finding_with_no_like_step_above_is_followed_by_the_questions_in_full(
    lang: Lang, rulebook: Rulebook, tmp_path: Path
) -> None:
    lessor = {**TEDA, "name": "戊", "activities": "飞机租赁", "sector": "7115", "foreign_share": "0"}
    told = steps(counted(tmp_path / "companies.csv", rulebook, [lessor]), rulebook, lang)
    lines = [line for line in told if re.match(r"(?:第|item )95(?!\d)", line[1])]
    (then,) = (line[0] for line in lines if line[0].startswith(("认定为在内的", "where the finding is yes")))
    assert all(words in then for words in ASKED[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_of_every_marked_measure_a_step_asks_whether_it_is_read_so(
    lang: Lang, rulebook: Rulebook, tmp_path: Path
) -> None:
    """It was asked of rights that need no finding alone."""
    lessor = {**TEDA, "name": "戊", "activities": "飞机租赁", "sector": "7115"}
    found = counted(tmp_path / "companies.csv", rulebook, [*COMPANIES, lessor])
    told = "\n".join(cell for line in steps(found, rulebook, lang) for cell in line)
    marked = [one.row for one in found.measures if one.eligible + one.conditional]
    marked = [row for row in marked if rulebook.measure(row).narrower_reading]
    assert {22, 85, 96, 111} <= set(marked)
    asked = {"zh": "第([\\d†、]+)项是否如本报告理解", "en": "whether this report reads items? (.*?) rightly"}[lang]
    rows = [int(row) for rows in re.findall(asked, told) for row in re.findall(r"\d+", rows)]
    assert sorted(rows) == sorted(marked)  # each once


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "通知时不得写作在内、须先问明的：是否也包括向境外的再投资"),
        ("en", "not to be told as covered, and to be asked first: whether reinvestment abroad is meant as well"),
    ],
)
def test_what_the_words_leave_open_limits_the_notice_of_what_applies_nationwide(
    lang: Lang, said: str, summary: SummaryModel, rulebook: Rulebook
) -> None:
    told = steps(summary, rulebook, lang)
    line = told[place_of(told, {"zh": "先查阅汇发", "en": "first look up the words"}[lang])]
    assert said in line[1]


@pytest.mark.parametrize(
    ("lang", "said", "other"),
    [
        ("zh", "须就此问明的为天津东疆综合保税区", "天津经济技术开发区"),
        ("en", "ask about Tianjin Dongjiang Comprehensive Bonded Zone", "Economic-Technological"),
    ],
)
def test_the_zone_that_is_asked_about_is_named(
    lang: Lang, said: str, other: str, summary: SummaryModel, rulebook: Rulebook
) -> None:
    told = steps(summary, rulebook, lang)
    line = told[place_of(told, {"zh": "由功能区一次问明", "en": "the zone asks once"}[lang])]
    assert said in line[1]
    assert other not in line[1].split(said[:4])[-1]


@pytest.mark.parametrize(("lang", "words"), [
    ("zh", "第2部分（随行配偶和家属的入境和停留期）是给另一些人的权利（原文准许）"),
    ("en", "part 2 (Entry and stay of accompanying spouses and family) is a right of others"),
])  # fmt: skip
def test_what_is_no_permit_for_companies_is_told_apart_from_a_right_of_their_people(
    lang: Lang, words: str, rulebook: Rulebook, summary: SummaryModel
) -> None:
    """All of row 111 was to be told as encouraged, though its second part permits the family to enter and stay."""
    (line,) = (one[1] for one in steps(summary, rulebook, lang) if words in one[1])
    assert line.count(words) == 1
    assert "111†" in line
