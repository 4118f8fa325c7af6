"""Mutants of words: what notices another word in the text, and what would notice nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from applicability import Rulebook, load_rulebook
from applicability.analysis.claims import passages
from applicability.analysis.protection import (
    GUARDS,
    Guard,
    GuardedPassage,
    HeldRules,
    RuleWords,
    guarded,
    quoted_by_readings,
)  # fmt: skip
from applicability.analysis.rulebook_mutants import use_mutants
from applicability.lazy_dataclass import replace
from applicability.loading.cases import read_cases
from applicability.loading.source import rules_folder
from applicability.model.conditions import All, leaves
from applicability.mutation import CaseBench
from applicability.protected_words import held_by, held_rules

SMALL = Path(__file__).parent / "data" / "small-rulebook"
FOREIGN = """as_of: 2026-11-23
cases:
  - name: A company with a foreign share has row 10
    profile: {city: 上海, foreign_invested: true}
    expect: {eligible: [10]}
  - name: A company without one does not
    profile: {city: 上海, foreign_invested: false}
    expect: {ineligible: [10]}
"""
NOTHING = HeldRules(frozenset(), frozenset())
# Between quotation marks in an interpretation or a doubt of the plan, and not in the row: its title's words, the
# notes', another row's, or what the text does not say.
ELSEWHERE = {
    (13, "来数加工"), (20, "业务活动"), (21, "全部"), (21, "业务活动"), (22, "统筹研究"), (25, "探索"), (29, "开展"),
    (34, "探索"), (34, "试点"), (40, "商业银行"), (48, "产业园内"), (54, "等"), (57, "当地"),
    (94, "实施"), (94, "支持将"), (94, "支持当地"),
    (101, "当地"), (102, "交换"), (110, "外资比例"), (111, "外资比例"), (117, "高技术"),
    (119, "所在功能区"), (120, "涉外仲裁"), (127, "知识产权"),
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Rulebook:
    """The small rulebook, which has no cases of its own."""
    return load_rulebook(SMALL)


@pytest.fixture(scope="module")
def held(small: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> HeldRules:
    """What two cases of row 10 hold."""
    return held_rules(written(tmp_path_factory.mktemp("cases"), FOREIGN), small)


def written(folder: Path, cases: str) -> Path:
    (folder / "few.yaml").write_text(cases, "utf-8")
    return folder / "few.yaml"


def text_of(row: int, rulebook: Rulebook, held: HeldRules) -> GuardedPassage:
    (passage,) = [one for one in passages(rulebook) if (one.row, one.where) == (row, "text")]
    return guarded(passage, rulebook, held)


def words(passage: GuardedPassage, guards: Iterable[Guard | None]) -> str:
    """The characters that these hold, in order."""
    wanted = set(guards)
    told = zip(passage.passage.words, passage.guards, strict=True)
    return "".join(char for char, guard in told if guard in wanted)


def test_a_word_is_held_by_the_condition_or_the_limb_that_cases_hold(small: Rulebook, held: HeldRules) -> None:
    row = text_of(10, small, held)
    assert words(row, ["condition"]) == "外商投资企业"
    assert words(row, ["limb"]) == "取消境内再投资登记"
    assert [row.passage.words[start:end] for start, end in row.marked("unprotected")] == ["促进投资便利化"]


def test_a_condition_of_which_one_mutant_survives_protects_nothing(small: Rulebook, tmp_path: Path) -> None:
    one_case = FOREIGN[: FOREIGN.index("  - name: A company without")]
    row = text_of(10, small, held_rules(written(tmp_path, one_case), small))
    assert words(row, ["condition"]) == ""
    assert words(row, ["limb"]) == "取消境内再投资登记"


def test_without_its_rule_a_word_is_unprotected(small: Rulebook, held: HeldRules) -> None:
    row = small.measure(10)
    (limb,) = row.limbs
    without = replace(row, limbs=(replace(limb, when=All(())),))
    changed = replace(small, measures=tuple(without if one is row else one for one in small.measures))
    assert "外商投资企业" in words(text_of(10, changed, held), [None])


def test_a_reading_protects_the_words_that_it_quotes(small: Rulebook) -> None:
    assert words(text_of(3, small, NOTHING), ["reading"]) == "外资企业"
    assert words(text_of(8, small, NOTHING), GUARDS) == "离岸方式"


def test_words_that_stand_twice_are_not_protected(small: Rulebook) -> None:
    row = small.measure(8)
    twice = replace(row, text=row.text + "离岸方式")
    changed = replace(small, measures=tuple(twice if one is row else one for one in small.measures))
    assert words(text_of(8, changed, NOTHING), GUARDS) == ""


def test_every_protected_word_is_quoted_and_every_character_counted_once(rulebook: Rulebook) -> None:
    held = everything(rulebook)
    conditions = {(one.rule, one.words) for one in held.conditions}
    for passage in passages(rulebook):
        found = guarded(passage, rulebook, held)
        assert sum(found.by_guard.values()) + found.open == passage.total
        for start, end in found.passage.unclaimed:
            assert set(found.guards[start:end]) <= {None, "reading"}
        for index, guard in enumerate(found.guards):
            claims = [claim for claim in passage.claims if claim.start <= index < claim.end]
            quoted = {(claim.rule, passage.words[claim.start : claim.end]) for claim in claims}
            assert guard != "condition" or quoted & conditions
            assert guard != "limb" or claims


def test_a_resealed_word_passes_every_check_of_the_files(small: Rulebook, tmp_path: Path) -> None:
    """Why this is needed: nothing but cases and readings tells such a rulebook from the original."""
    shutil.copytree(SMALL, tmp_path / "rules")
    old = small.measure(8).text
    new = old.replace("离岸", "在岸")
    for name in ("measures/02-trade.yaml", "sources/small-plan.txt"):
        file = tmp_path / "rules" / name
        text = file.read_text("utf-8").replace(old, new).replace("租赁企业以离岸方式开展", "租赁企业以在岸方式开展")
        old_seal, new_seal = (hashlib.sha256(words.encode()).hexdigest() for words in (old, new))
        file.write_text(text.replace(old_seal, new_seal), "utf-8")
    changed = load_rulebook(tmp_path / "rules")
    assert changed.measure(8).text == new
    assert changed.measure(8).condition == small.measure(8).condition
    assert quoted_by_readings(changed.measure(8))[0] not in new


def test_readings_of_the_plan_quote_the_words_of_their_rows(rulebook: Rulebook) -> None:
    """What makes a changed word that a reading quotes fail here."""
    rows = [measure for measure in rulebook.measures if not measure.lost]
    quotes = {(row.row, quote) for row in rows for quote in quoted_by_readings(row)}
    own = {row.row: row.text + row.cell for row in rows}
    assert {(row, quote) for row, quote in quotes if quote not in own[row]} == ELSEWHERE


@pytest.mark.thorough
def test_the_cases_of_the_plan_hold_who_can_use_each_limb(rulebook: Rulebook) -> None:
    bench = CaseBench(rulebook, read_cases(rules_folder() / "cases", "rules/cases", rulebook))
    assert [one.rule for one in use_mutants(rulebook) if not bench.notices(one)] == []


@pytest.mark.thorough
def test_words_of_the_plan_are_open_only_as_background_as_a_shown_limit_or_twice(rulebook: Rulebook) -> None:
    held = held_rules()
    found = [guarded(passage, rulebook, held) for passage in passages(rulebook)]
    for one in found:
        text = one.passage.words
        for start, end in one.marked("unprotected"):
            claims = [claim for claim in one.passage.claims if claim.start <= start and end <= claim.end]
            once = [claim for claim in claims if text.count(text[claim.start : claim.end]) == 1]
            assert {claim.kind for claim in once} <= {"background", "limit"}
            assert claims or any(claim.start < end and start < claim.end for claim in one.passage.claims)
    # The figures of docs/mutation.md.
    totals = {guard: sum(one.by_guard.get(guard, 0) for one in found) for guard in GUARDS}
    assert totals == {"condition": 3839, "reading": 293, "limb": 3458}
    assert sum(one.open for one in found) == 154


def test_without_cases_no_rule_is_held(small: Rulebook) -> None:
    assert held_by(CaseBench(small, ())) == NOTHING


def everything(rulebook: Rulebook) -> HeldRules:
    """As if the cases held every rule."""
    conditions = {
        RuleWords.of_leaf(measure, f"row {measure.row}{limb.id}", leaf)
        for measure in rulebook.measures
        for limb in measure.usable
        for leaf in leaves(limb.when)
        if leaf.ground.quote
    }
    spans = {
        RuleWords.of_span(measure, limb.id, span)
        for measure in rulebook.measures
        for limb in measure.limbs
        for span in limb.spans
    }
    return HeldRules(frozenset(conditions), frozenset(spans))
