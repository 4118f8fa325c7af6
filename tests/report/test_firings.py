"""A derivation in words: every name of a rule has a text in both languages, without ids and keys of the rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings

from applicability import Assessment, Profile, Rulebook, check, load_profile, load_rulebook
from applicability.analysis.levels import Atom
from applicability.engines.rete.compile import Compiler
from applicability.engines.rete.engine import ForwardEngine, _Measures
from applicability.engines.rete.meanings import LevelReached, Meanings, Membership
from applicability.engines.rete.rules import Firing, Rule
from applicability.engines.select import forward_names
from applicability.loading.profile.reader import read_facts
from applicability.model.assessment import Fired
from applicability.report import Options, Selection, render, whole
from applicability.report.language.firings import FiredText, firings
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text

from ..examples import drawn
from ..strategies import profiles
from .conftest import Golden

ROOT = Path(__file__).parents[2]
PLAN = load_rulebook()
SMALL = load_rulebook(ROOT / "tests" / "data" / "small-rulebook")
SECOND = load_rulebook(ROOT / "examples" / "second-document")
BOOKS = pytest.mark.parametrize("book", [PLAN, SMALL, SECOND], ids=["plan", "small", "second"])


def rules_of(book: Rulebook) -> list[Rule]:
    """Every rule that an engine is given for the rulebook, where limits are kept and where they are not."""
    found: list[Rule] = []

    class Recorder:
        def __init__(self, strata: Iterable[Sequence[Rule]]) -> None:
            found.extend(rule for rules in strata for rule in rules)

        def run(self, facts: Iterable[tuple[str, int]]) -> tuple[frozenset[str], tuple[Firing, ...]]:
            raise AssertionError("these rules are not run")

    ForwardEngine(book, "recorder", Recorder)
    _Measures(Compiler(book), book.measures, Recorder)
    return found


def told(book: Rulebook, facts: Profile, fired: Iterable[Fired]) -> tuple[FiredText, ...]:
    """All of them in words, as a derivation of those facts."""
    assessment = check(facts, book, engine="reference")
    given = Assessment(book, "recorder", facts, assessment.facts, assessment.findings, tuple(fired))
    return firings(given, given.findings)


def texts(lines: Iterable[FiredText]) -> Iterator[Text]:
    for line in lines:
        yield from (*line.premises, *line.conclusions)


def internal(book: Rulebook) -> re.Pattern[str]:
    """What no text for users has: ids of documents, scopes, entries and facts, and names as the engines have them."""
    ids = {*book.documents, *book.scopes, *(entry.id for entry in book.register), *book.judgements, *book.limits}
    ids |= {fact for fact in book.facts if "_" in fact}
    ids |= {key for one in book.facts.values() for key in one.values if "_" in key}
    words = "|".join(re.escape(one) for one in sorted(ids, key=len, reverse=True))
    names = r"needs_info|is at least (?:pending|needs|cond|elig)|: (?:true|possible|doubtful)\b|=|None"
    return re.compile(rf"(?<![\w.-])(?:{words})(?![\w-])|{names}")


@BOOKS
def test_every_name_of_every_rule_has_a_meaning(book: Rulebook) -> None:
    meanings, rules = Meanings(book), rules_of(book)
    names = {pattern.name for rule in rules for pattern in rule.when} | {name for rule in rules for name in rule.then}
    kinds = {type(meanings.of(name)) for name in names}
    assert {Atom, Membership, LevelReached} <= kinds
    for rule in rules:
        for name in rule.then:
            assert meanings.subject(name) or not isinstance(meanings.of(name), LevelReached), name
    with pytest.raises(KeyError):
        meanings.of("no such name")


@BOOKS
def test_every_rule_is_told_in_both_languages_without_internal_names(book: Rulebook) -> None:
    fired = [
        Fired(rule.id, tuple(dict.fromkeys(pattern.name for pattern in rule.when)), rule.then)
        for rule in rules_of(book)
    ]
    hidden = internal(book)
    for facts in (Profile(), Profile(city="上海", foreign_share=50, zones=[], activities=[])):
        every = set(texts(told(book, facts, fired)))
        assert len(every) > 30
        for text in every:
            assert text.zh != text.en
            assert not hidden.search(text.zh), text.zh
            assert not hidden.search(text.en), text.en
            assert re.search("[\u4e00-\u9fff]", text.zh)


@given(profile=profiles(PLAN))
@settings(max_examples=drawn(24))
def test_every_engine_tells_a_derivation_in_the_same_words(profile: Profile) -> None:
    read_facts(profile, PLAN)
    every = [check(profile, PLAN, engine=name) for name in forward_names()]
    said = [firings(one, one.findings) for one in every]
    assert said
    assert all(one == said[0] for one in said)


def test_the_rules_shown_are_those_of_the_rows_shown() -> None:
    assessment = check(load_profile(ROOT / "examples" / "travel-agency-chengdu.yaml"), PLAN)
    shown = firings(assessment, [assessment.finding(57)])
    said = {text.en for one in shown for text in one.conclusions}
    assert "row 57 is “Eligible”" in said
    assert not [text for text in said if re.search(r"\brow (?!57\b)\d+ is ", text)]
    everything = {one.fired for one in firings(assessment, assessment.findings)}
    assert {one.fired for one in shown} < everything
    concluded = {name for one in shown for name in one.fired.concluded}
    premises = {name for one in shown for name in one.fired.because}
    made = {name for one in assessment.derivation for name in one.concluded}
    assert premises & made <= concluded, "what is built on is shown as well"


def test_parts_of_a_condition_are_numbered_within_it() -> None:
    assessment = check(load_profile(ROOT / "examples" / "travel-agency-chengdu.yaml"), PLAN)
    said = {text for one in firings(assessment, [assessment.finding(110)]) for text in one.conclusions}
    assert (
        Text(
            "条件的第1部分，用于得出：第110行“工作许可便利”为“可适用”",
            "part 1 of the condition for: “Easier work permits” of row 110 is “Eligible”",
        )
        in said
    )


def test_what_is_known_of_a_number_in_part_is_told_as_it_is_known() -> None:
    investors = [{"origin": "hong_kong", "share": 45}, {"origin": "mainland", "share": 40}]
    assessment = check({"city": "成都", "investors": investors}, PLAN)
    said = {text.en for one in firings(assessment, [assessment.finding(57)]) for text in one.premises}
    share = ConditionRenderer(PLAN, assessment.facts).value("foreign_share", assessment.facts.values["foreign_share"])
    assert f"foreign share: {share.en}" in said


def test_a_row_of_several_documents_is_told_with_its_document() -> None:
    fired = [Fired(rule.id, (), rule.then) for rule in rules_of(SECOND)]
    rows = {text.en for text in texts(told(SECOND, Profile(), fired)) if text.en.startswith("row ")}
    assert rows
    assert {re.sub(r"^row \d+ of ", "", row).split(" is ")[0] for row in rows} == {
        one.number for one in SECOND.documents.values()
    }


def test_data_has_the_names_and_the_words_of_a_firing() -> None:
    assessment = check({"city": "上海", "foreign_share": 50, "as_of": "2026-11-01"}, SMALL)
    selection = Selection(assessment, (assessment.finding(1),))
    found = json.loads(render(selection, "json", Options("en", explain=True)))["explanation"]["fired"]
    assert found
    for one, line in zip(found, firings(assessment, selection.findings), strict=True):
        assert one["rule"] == line.fired.rule
        assert one["because"] == list(line.fired.because)
        assert one["concluded"] == list(line.fired.concluded)
        assert one["premises"] == [{"zh": text.zh, "en": text.en} for text in line.premises]
        assert one["conclusions"] == [{"zh": text.zh, "en": text.en} for text in line.conclusions]


@pytest.mark.parametrize("engine", forward_names())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_derivation_shows(lang: str, engine: str, golden: Golden) -> None:
    facts = {"city": "天津", "district": "滨海新区", "foreign_share": 50, "as_of": "2026-11-01"}
    assessment = check(facts, SMALL, engine=engine)  # type: ignore[arg-type]
    selection = Selection(assessment, (assessment.finding(1), assessment.finding(8)))
    shown = render(selection, "text", Options(lang, explain=True, width=80))  # type: ignore[arg-type]
    heading = {"zh": "触发的规则", "en": "Rules fired"}[lang]
    golden(f"derivation.{lang}.txt", shown[shown.index(heading) :])


def test_the_reference_engine_tells_no_rules() -> None:
    assessment = check({"city": "上海"}, SMALL, engine="reference")
    assert firings(assessment, assessment.findings) == ()
    assert "Rules fired" not in render(whole(assessment), "text", Options("en", explain=True, width=80))
