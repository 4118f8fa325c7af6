"""Notes once their advice was followed: what another column tells now is not asked for again, and nothing is silent."""

from __future__ import annotations

import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.output.word_lists import word_meanings
from applicability.report.interview.register_form import answers
from applicability.text import Lang

from .partly import BOOK, Partly, of_table

SOME, ALL = "业务活动（部分）", "业务活动"
PRINTED = "依法须经批准的项目，经相关部门批准后方可开展"


def of_row(lang: Lang = "zh", /, **cells: str | None) -> Partly:
    columns: dict[str, list[object]] = {
        "企业名称": ["甲"],
        "城市": ["天津"],
        **{name: [cell] for name, cell in cells.items()},
    }
    return of_table(CellTable(columns, 1), lang=lang)


def activities(some: str | None, every: str | None, lang: Lang = "zh") -> Partly:
    return of_row(lang, **{ALL: every, SOME: some})


def told(found: Partly) -> list[tuple[str, str, str, str]]:
    """The notes on the one row, by column: the code, the text and the hint."""
    row = zip(found.notes[0], found.texts[0], found.hints[0], strict=True)
    return [(column, code, text, hint) for (column, code, _), text, hint in row]


@pytest.mark.parametrize("every", ["旅行社", "无"])
def test_a_word_of_some_activities_stays_noted_where_a_list_of_all_counts(every: str) -> None:
    said = "没有 `技术咨询` 这个业务活动；以 `业务活动` 列为准，不必填写"
    assert told(activities("技术咨询", every)) == [(SOME, "", said, "")]
    said = "unknown activity `技术咨询`; `业务活动` counts, with nothing to fill in"
    assert told(activities("技术咨询", every, "en")) == [(SOME, "", said, "")]


def test_what_every_licence_prints_is_no_more_noted_there() -> None:
    assert [one[0] for one in told(activities(PRINTED, None))] == [SOME]
    assert told(activities(PRINTED, "旅行社")) == []


def test_a_scope_there_is_counted_and_asks_for_licences_alone() -> None:
    scope = "技术咨询；旅行社；商业保理；会议服务；旅游业务"
    ((column, code, text, hint),) = told(activities(scope, "旅行社"))
    assert (column, code) == (SOME, "")
    assert text == (
        "读出1项业务活动，其余4项未采用（`技术咨询`、`商业保理`、`会议服务`、…）；以 `业务活动` 列为准，不必填写"
    )
    assert hint == "`商业保理`是“持牌或监管身份”的词：持有该牌照的，填在那一列"
    # Without the list of all the words that may be activities are asked for too.
    assert "旅游业务" in told(activities(scope, None))[0][3]


def test_a_word_that_may_be_several_keeps_its_code_there_and_asks_for_nothing() -> None:
    ((column, code, text, hint),) = told(activities("旅行社；旅游业务", "旅行社"))
    assert (column, code, hint) == (SOME, "P107", "")
    assert text == f"`{SOME}`：`旅游业务` 可以指几项；以 `业务活动` 列为准，不必填写"


@pytest.mark.parametrize(
    ("some", "every"),
    [
        ("技术咨询；旅游业务", "旅行社；技术咨询"),  # the list of all is known in part itself
        ("应用商店；旅游业务", "旅行社"),  # … and contradicted here
        (PRINTED, PRINTED),
    ],
)
def test_a_list_that_is_not_read_whole_settles_nothing(some: str, every: str) -> None:
    assert not any("不必填写" in text for _, _, text, _ in told(activities(some, every)))


def test_the_note_is_on_the_column_in_which_the_cell_stands() -> None:
    found = told(activities("技术咨询；旅行社", None))
    assert [(column, code) for column, code, _, _ in found] == [(SOME, "")]
    # The register has the column for all of them: none is to be added.
    assert found[0][2].endswith("；要写明全部业务活动的，填在 `业务活动` 列，没有一个词适合的填“无”")
    assert [one[:2] for one in told(activities("旅行社", "技术咨询"))] == [(ALL, "P107")]
    both = CellTable({"企业名称": ["甲", "乙"], ALL: [None, "技术咨询"], SOME: ["技术咨询", None]}, 2)
    assert [[column for column, _, _ in row] for row in of_table(both).notes] == [[SOME], [ALL]]


def test_a_type_that_is_unknown_asks_for_nothing_where_its_facts_are_told() -> None:
    said = "认不出企业类型 `A类`；以 `外资比例`、`主体类型` 列为准，不必填写"
    row = {"企业类型": "A类", "主体类型": "公司", "外资比例": "30%"}
    assert told(of_row(**row)) == [("企业类型", "P107", said, "")]
    assert told(of_row("en", **row))[0][2] == (
        "unknown company type `A类`; what it could tell is told under `外资比例`, `主体类型`, with nothing to fill in"
    )


@pytest.mark.parametrize(
    ("kind", "share"), [("公司", None), (None, "30%"), ("公司", "大于0"), ("公司", "约一半"), ("外商投资企业", "30%")]
)
def test_a_type_that_is_unknown_is_to_be_copied_while_it_could_tell_more(kind: str | None, share: str | None) -> None:
    found = told(of_row(企业类型="A类", 主体类型=kind, 外资比例=share))
    assert ("企业类型", "P107", "认不出企业类型 `A类`；按未填处理", "照营业执照填写") in found


@pytest.mark.parametrize("share", ["0.5", "约一半"])
def test_a_type_asks_for_no_share_whose_cell_has_a_note_of_its_own(share: str) -> None:
    # The cell says how it is to be written; of the type what it tells is left.
    for kind, left in (("民营", []), ("外资", ["类型表明有境外投资者，未载明外资比例：按大于0判断"])):
        found = told(of_row(企业类型=kind, 主体类型="公司", 外资比例=share))
        assert [(text, hint) for column, _, text, hint in found if column == "企业类型"] == [(one, "") for one in left]
        assert [bool(hint) for column, _, _, hint in found if column == "外资比例"] == [True]
    found = told(of_row(企业类型="外国企业常驻机构", 外资比例=share))
    assert [hint for column, _, _, hint in found if column == "企业类型"] == ["在`主体类型`列填写（没有这一列的另加）"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_business_without_a_word_is_answered_with_none(lang: Lang) -> None:
    fact, answer = BOOK.facts["activities"], answers(BOOK, lang)["activities"]
    none = {"zh": "无", "en": "none"}[lang]
    said = {
        "zh": "没有对应的词的业务不写；一个词都不适合的填“无”，即不从事其中任何一项。",
        "en": "Leave out a business that no word of the list fits; where none of them fits at all, write “none”: it "
        "carries on none of these.",
    }[lang]
    assert answer.how.endswith(said)
    assert {"zh": "一个词都不适合的，在该列填“无”", "en": "where none of them fits at all, write “none” there"}[
        lang
    ] in (answer.in_part.how)
    assert (
        word_meanings(BOOK, fact, lang)[none]
        == {
            "zh": "所列业务一项都不从事；所做的业务在表中没有对应的词的，也填这个词",
            "en": "carries on none of these; also the word where what it does has no word on this sheet",
        }[lang]
    )
    # It is read as the list of all, which is empty.
    assert of_row(lang, **{ALL: none}).profiles[0]["activities"] == []
    assert told(of_row(lang, **{ALL: none})) == []


def test_a_none_among_some_is_settled_by_the_list_of_all() -> None:
    assert "在“业务活动”列填“无”" in told(activities("无", None))[0][3]
    assert told(activities("无", "无")) == []
    said = "`业务活动（部分）` 列只写明其中一部分，填“无”的未据此判断；以 `业务活动` 列为准，不必填写"
    assert told(activities("无", "旅行社")) == [(SOME, "", said, "")]
    zones = of_row(所属功能区="天津经济技术开发区", 所在园区="无")
    assert not any(hint for *_, hint in told(zones))
