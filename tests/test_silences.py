"""What the words leave open is told of what somebody can use, in both languages, and of nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from applicability import Rulebook, load_rulebook
from applicability.report.language.silences import silent_on

SECOND = Path(__file__).parents[1] / "examples" / "second-document"
_PROCEDURE = (
    "手续：是否须申请、许可或备案，向哪里、凭哪些材料",
    "the procedure: whether an application, a licence or a filing is needed, where, and with which papers",
)


def told(rulebook: Rulebook, row: int) -> list[tuple[str, str]]:
    return [(one.zh, one.en) for one in silent_on(rulebook, rulebook.measure(row))]


def test_what_is_only_named_has_no_figure_and_no_procedure_is_told(rulebook: Rulebook) -> None:
    assert told(rulebook, 94) == [
        (
            "“融资租赁公司外债便利化试点”包括哪些内容",
            "what “the pilot of foreign debt facilitation for finance-lease companies” consists of",
        ),
        ("“外债额度”的数额或期限", "the amount or the length of “foreign debt quota”"),
        _PROCEDURE,
    ]
    hong_kong = ("赴香港、澳门的旅游是否在内", "whether tours to Hong Kong and Macao are covered")
    assert told(rulebook, 57) == [hong_kong, _PROCEDURE]  # its reading says that the words leave that open
    assert told(rulebook, 99) == [("是否也包括向境外的再投资", "whether reinvestment abroad is meant as well")]


@pytest.mark.parametrize("row", [6, 46, 58, 83, 132])
def test_what_is_a_duty_of_authorities_is_not_asked_about_by_enterprises(row: int, rulebook: Rulebook) -> None:
    """One-stop services of the authorities were asked about, and not which pilots there are to take part in."""
    duties = "".join(span.words for one in rulebook.measure(row).limbs if one.force == "duty" for span in one.spans)
    quoted = [words for zh, _ in told(rulebook, row) for words in re.findall("“(.+)”", zh)]
    assert not [one for one in quoted if one.replace("‘", "“").replace("’", "”") in duties]


def test_a_duty_that_a_condition_rests_on_is_asked_about(rulebook: Rulebook) -> None:
    assert "单向认可清单" in told(rulebook, 115)[0][0]  # who is on the list may practise


def test_what_authorities_alone_do_is_not_asked_of_them(rulebook: Rulebook) -> None:
    """One-stop standards services are a duty; an enterprise that joins a pilot asks which there are."""
    assert told(rulebook, 132) == [("有哪些“标准化试点”", "which “standardisation pilots” there are"), _PROCEDURE]
    assert told(rulebook, 58) == [_PROCEDURE]  # “foster payment facilitation” is a duty


def test_what_parts_leave_open_is_told_by_part(rulebook: Rulebook) -> None:
    measure = rulebook.measure(110)
    zh, en = _PROCEDURE
    assert [(one.zh, one.en) for one in silent_on(rulebook, measure, measure.usable)] == [
        (
            "“办理工作许可提供便利”包括哪些内容（第2部分）",
            "what “facilitate … the handling of work permits” consists of (part 2)",
        ),
        ("有哪些“相关证明材料”（第1部分）", "which “relevant supporting materials” there are (part 1)"),
        ("向哪里“申请换发”（第1部分）", "where to “apply to have their visas exchanged” (part 1)"),
        (f"{zh}（第2、3部分）", f"{en} (parts 2 and 3)"),
    ]
    assert _PROCEDURE not in told(rulebook, 110)  # of the row as a whole, the words say how one part is obtained


def test_quotation_marks_within_the_words_are_nested(rulebook: Rulebook) -> None:
    assert told(rulebook, 27)[0] == ("“‘随批随进’”包括哪些内容", "what “‘entry as soon as approved’” consists of")


@pytest.mark.parametrize(
    "row",
    [
        101,  # says where the formalities are handled
        119,  # agreed on by the parties: nothing is granted
        125,  # a duty of authorities
        144,  # lost
    ],
)
def test_nothing_is_told_where_words_suffice_or_nobody_uses_the_row(rulebook: Rulebook, row: int) -> None:
    assert told(rulebook, row) == []


def test_no_row_says_from_when_it_applies_or_what_law_is_adjusted(rulebook: Rulebook) -> None:
    # Row 110's two years are how long a visa is valid.
    dated = re.compile(r"\d年|\d月|之日起|起施行|暂时调整|停止实施|停止执行")
    assert rulebook.silences is not None
    assert rulebook.silences.every is not None
    assert [one.row for one in rulebook.measures if dated.search(one.text)] == [110]


def test_another_document_is_not_spoken_of() -> None:
    second = load_rulebook(SECOND)
    others = [one for one in second.measures if one.document != "plan-2025-84"]
    assert others
    assert [silent_on(second, one) for one in others] == [[] for _ in others]
