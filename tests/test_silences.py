"""What the words leave open is told of what somebody can use, in both languages, and of nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from applicability import Rulebook, load_rulebook
from applicability.report.language.silences import left_open

SECOND = Path(__file__).parents[1] / "examples" / "second-document"
_PROCEDURE = (
    "原文没有写手续：是否须申请、许可或备案，向哪里、凭哪些材料",
    "the text names no procedure: whether an application, a licence or a filing is needed, where, with which papers",
)


def told(rulebook: Rulebook, row: int) -> list[tuple[str, str]]:
    return [(one.zh, one.en) for one in left_open(rulebook, rulebook.measure(row))]


def test_what_is_only_named_has_no_figure_and_no_procedure_is_told(rulebook: Rulebook) -> None:
    assert told(rulebook, 94) == [
        (
            "原文只写了“融资租赁公司外债便利化试点”，没有写它包括哪些内容",
            "the text only says “the pilot of foreign debt facilitation for finance-lease companies”, and not what "
            "that consists of",
        ),
        ("原文写“外债额度”，没有写具体是多少", "the text says “foreign debt quota”, and gives no figure"),
        _PROCEDURE,
    ]
    assert told(rulebook, 57) == [_PROCEDURE]


def test_quotation_marks_within_the_words_are_nested(rulebook: Rulebook) -> None:
    assert told(rulebook, 27)[0] == (
        "原文只写了“‘随批随进’”，没有写它包括哪些内容",
        "the text only says “‘entry as soon as approved’”, and not what that consists of",
    )


@pytest.mark.parametrize(
    "row",
    [
        101,  # says where the formalities are handled
        119,  # agreed on by the parties: nothing is granted
        125,  # a duty of authorities
        144,  # lost
    ],
)
def test_nothing_is_told_where_nothing_is_left_open_or_to_be_used(rulebook: Rulebook, row: int) -> None:
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
    assert [left_open(second, one) for one in others] == [[] for _ in others]
