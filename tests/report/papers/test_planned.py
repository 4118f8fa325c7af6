"""A paper for an entity that is only planned speaks of what would be, and not of what is so now."""

from __future__ import annotations

import datetime

import pytest

from applicability import ProfileError, Rulebook, check, decisions
from applicability.report import whole
from applicability.report.layout.paper import same
from applicability.report.papers.case import case_paper
from applicability.report.papers.changes import changes_paper
from applicability.report.papers.write import write

DAY = datetime.date(2026, 11, 1)
FACTS: dict[str, object] = {
    "name": "Rheinland Reisen",
    "city": "上海",
    "activities": ["travel-agency"],
    "foreign_share": 100,
    "entity_kind": "enterprise",
    "registered_here": True,
}


def paper(rulebook: Rulebook, lang: str, **more: object) -> str:
    made = case_paper(whole(check({**FACTS, **more}, rulebook, as_of=DAY, engine="reference")))
    return write(made, "markdown", "en" if lang == "en" else "zh").decode()


@pytest.mark.parametrize(
    ("lang", "said", "unsaid"),
    [
        ("en", ["once it is set up", "planned, not registered yet", "as given: planned"], " now\n"),
        ("zh", ["设立后可适用", "拟设立，尚未登记", "（拟设立的情形）"], "目前可适用"),
    ],
)
def test_a_planned_entity_is_told_what_would_be(lang: str, said: list[str], unsaid: str, rulebook: Rulebook) -> None:
    planned, set_up = paper(rulebook, lang, planned=True), paper(rulebook, lang)
    for one in said:
        assert one in planned
        assert one not in set_up
    assert unsaid not in planned
    assert unsaid in set_up


@pytest.mark.parametrize(
    ("lang", "said", "unsaid"),
    [
        (
            "en",
            [
                "| answer for the planned entity, as it is to be: ",
                "| the investor, who tells whoever made this report |",
            ],
            "| the entity itself, which tells whoever made this report |",
        ),
        (
            "zh",
            ["| 就拟设立的主体回答（设立后的情形）：", "| 设立方，并告知出具本报告的一方 |"],
            "| 企业自己，并告知出具本报告的一方 |",
        ),
    ],
)
def test_an_entity_that_is_not_there_yet_is_asked_nothing(
    lang: str, said: list[str], unsaid: str, rulebook: Rulebook
) -> None:
    planned, set_up = paper(rulebook, lang, planned=True), paper(rulebook, lang)
    for one in said:
        assert one in planned
        assert one not in set_up
    assert unsaid not in planned
    assert unsaid in set_up


@pytest.mark.parametrize("key", ["planned", "拟设立"])
def test_it_is_said_in_the_profile_with_yes_or_no(key: str, rulebook: Rulebook) -> None:
    assert "设立后可适用" in paper(rulebook, "zh", **{key: "是"})
    assert "设立后可适用" not in paper(rulebook, "zh", **{key: "否"})
    with pytest.raises(ProfileError, match="P102"):
        paper(rulebook, "zh", **{key: "perhaps"})


@pytest.mark.parametrize(("lang", "said", "unsaid"), [("en", "set it up in", "move to"), ("zh", "改设在", "迁至")])
def test_a_planned_entity_does_not_move(lang: str, said: str, unsaid: str, rulebook: Rulebook) -> None:
    facts = {**FACTS, "planned": True, "zones": [], "sector": "7291", "licences": [], "group_roles": [], "products": []}
    assessment = check(facts, rulebook, as_of=DAY, engine="reference")
    made = changes_paper(assessment, decisions.change(assessment).prospects, same("甲"), ())
    told = write(made, "markdown", "en" if lang == "en" else "zh").decode()
    assert said in told
    assert unsaid not in told


def test_it_moves_no_verdict(rulebook: Rulebook) -> None:
    planned = check({**FACTS, "planned": True}, rulebook, as_of=DAY, engine="reference")
    assert planned.counts == check(FACTS, rulebook, as_of=DAY, engine="reference").counts


def test_what_people_of_whoever_sets_it_up_may_use_before_is_the_first_step(rulebook: Rulebook) -> None:
    facts = {**FACTS, "zones": [], "sector": "7291", "licences": [], "group_roles": [], "products": []}
    told = {}
    for planned in (True, False):
        made = case_paper(whole(check({**facts, "planned": planned}, rulebook, as_of=DAY, engine="reference")))
        told[planned] = write(made, "markdown", "en").decode()
    steps = told[True].split("## What to do next")[1]
    plain, line = (next(one for one in steps.splitlines() if one.startswith(f"| {step} |")) for step in ("A2", "A3"))
    assert "| ask this first: which “relevant supporting materials” there are; where to “apply to have " in plain
    assert "| 110†, part 1: Exchange for a business visa valid up to two years (a right) |" in plain
    assert "| ask this first: whether the narrower reading holds (another reader may keep part 3 to " in line
    assert "if it allows this: already before it is set up: people of the investor may use this if they qualify" in line
    assert "| 110†, part 3" in line
    assert "already before" not in told[False]
    assert "the immigration authority, 移民管理机构 (inferred) |" in line
    assert "human resources" not in line  # it is for part 2, the work permits


@pytest.mark.parametrize(("lang", "unsaid"), [("en", "111†, part 2"), ("zh", "111† 第2部分")])
def test_what_asks_for_the_foreign_share_of_the_entity_is_of_no_use_before_it_is_set_up(
    lang: str, unsaid: str, rulebook: Rulebook
) -> None:
    """Row 111 is for the families of staff of a foreign-invested enterprise, which there is not before."""
    told = paper(rulebook, lang, planned=True)
    assert ("110† 第1部分" if lang == "zh" else "110†, part 1") in told
    assert unsaid not in told


@pytest.mark.parametrize(
    ("lang", "whose"),
    [
        (
            "en",
            "Once it is set up, will any of the people concerned (managers, staff, families that come along) be, as "
            "things stand by then, a “senior manager of a",
        ),
        ("zh", "设立之后，所涉人员（管理人员、员工及其随行家属）中，会不会有按届时情形属于“"),
    ],
)
def test_a_question_with_one_answer_says_of_whom_it_is_asked(lang: str, whose: str, rulebook: Rulebook) -> None:
    facts = {"zones": [], "sector": "7291", "licences": [], "group_roles": [], "products": [], "planned": True}
    assert whose in paper(rulebook, lang, **facts)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "| registered in the place | yes, once set up | as given: planned |"),
        ("zh", "| 在当地注册 | 设立后为是 | 企业填报（拟设立的情形） |"),
    ],
)
def test_the_facts_do_not_say_that_what_is_planned_is_registered(lang: str, said: str, rulebook: Rulebook) -> None:
    assert said in paper(rulebook, lang, planned=True)
    assert said not in paper(rulebook, lang)


@pytest.mark.parametrize(
    ("lang", "counts", "silent"),
    [
        (
            "en",
            "(by the words, senior managers of the foreign company count; whether those count as well who serve at its "
            "enterprise here alone, they do not say: ask the immigration authority, 移民管理机构 (inferred) or the "
            "human resources authority, 人力资源主管部门 (inferred))",
            "which “relevant supporting materials” there are (part 1); ",
        ),
        (
            "zh",
            "（按原文，计外国企业的高级管理人员；只在其当地企业任职的是否也计入，原文没有写，可问移民管理机构（推断）或"
            "人力资源主管部门（推断））",
            "有哪些“相关证明材料”（第1部分）；",
        ),
    ],
)
def test_a_question_says_whom_the_words_count_and_an_unsettled_row_what_it_leaves_open(
    lang: str, counts: str, silent: str, rulebook: Rulebook
) -> None:
    facts = {"zones": [], "sector": "7291", "licences": [], "group_roles": [], "products": [], "planned": True}
    told = paper(rulebook, lang, **facts)
    assert counts in told
    assert silent in told[told.index("## 6. " if "## 6. " in told else "## ") :]


def test_that_a_step_may_have_been_taken_stands_in_what_is_known_of_it(rulebook: Rulebook) -> None:
    kinds = [one for one in rulebook.steps.values() if one.already is not None]
    assert kinds
    for one in kinds:
        assert one.already is not None
        assert one.already.zh in one.pending.zh
        assert one.already.en in one.pending.en
