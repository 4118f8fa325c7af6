"""Invariants of the design, on the whole rulebook and on generated profiles."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, Rulebook, Verdict, check, load_rulebook
from applicability.analysis.levels import LEVELS, And, Atom, Formula, at_least
from applicability.engines.select import agree, decide, forward_names
from applicability.errors import DisagreementError, ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.loading.source import rules_folder
from applicability.model.assessment import Bucket
from applicability.model.conditions import All, Any_, Judgement, Not, OneOf, Step, leaves
from applicability.model.evaluate import leaf_verdict, verdict

from .examples import drawn
from .strategies import completed, facts_of, profiles

BOOK = load_rulebook()


@given(profile=profiles(BOOK))
@settings(max_examples=drawn(200))
def test_forward_chaining_and_the_reference_agree(profile: Profile) -> None:
    facts = read_facts(profile, BOOK)
    derivations = []
    for forward in forward_names():
        name, decision = decide(BOOK, facts, forward)  # raises if the two differ
        assert name == forward
        agree(name, decision, decide(BOOK, facts, "reference")[1])
        derivations.append(decision.derivation)
    assert derivations, "a forward engine runs on every Python"
    assert all(one == derivations[0] for one in derivations)


@given(profile=profiles(BOOK), data=st.data())
def test_a_missing_fact_filled_in_never_moves_what_is_settled(profile: Profile, data: st.DataObject) -> None:
    before = check(profile, BOOK, engine="reference")
    absent = set(facts_of(BOOK)) - set(profile.facts)
    if "investors" in profile.facts:
        absent -= {"foreign_share"}  # it follows from them, as far as they tell it
    absent -= (
        {"registered_in", "registered_here"} if {"registered_in", "registered_here"} & profile.facts.keys() else set()
    )
    if not absent:
        return
    name = data.draw(st.sampled_from(sorted(absent)))
    value = data.draw(facts_of(BOOK)[name])
    if name == "activities" and (code := profile.facts.get("sector")) is not None:
        # A sector has said what its activities cannot be: to list others as well would contradict it.
        if isinstance(value, dict):
            value = {**value, "yes": [one for one in value["yes"] if BOOK.sectors.can_carry(str(code), one)]}
        else:
            value = [one for one in value if BOOK.sectors.can_carry(str(code), one)]
    after = check(profile.but(**{name: value}), BOOK, engine="reference")
    for old, new in zip(before, after, strict=True):
        if old.verdict in (Verdict.ELIGIBLE, Verdict.INELIGIBLE):
            assert new.verdict is old.verdict, (name, old.measure.row)


@given(profile=profiles(BOOK), data=st.data())
@settings(max_examples=drawn(200))
def test_what_is_known_in_part_and_then_whole_never_moves_what_is_settled(
    profile: Profile, data: st.DataObject
) -> None:
    made = {name: data.draw(completed(BOOK, name, value)) for name, value in profile.facts.items()}
    if isinstance(made.get("activities"), list) and (code := profile.facts.get("sector")) is not None:
        # A sector has said what the rest cannot be: to list others as well would contradict it.
        said = profile.facts["activities"]["yes"]  # type: ignore[index]
        made["activities"] = [
            one for one in made["activities"] if one in said or BOOK.sectors.can_carry(str(code), one)
        ]
    whole = Profile(**{**profile.facts, **{name: value for name, value in made.items() if value is not None}})
    try:
        read_facts(whole, BOOK)
    except ProfileError:
        return  # zones that do not lie in each other
    for old, new in zip(check(profile, BOOK, engine="reference"), check(whole, BOOK, engine="reference"), strict=True):
        if old.verdict in (Verdict.ELIGIBLE, Verdict.INELIGIBLE):
            assert new.verdict is old.verdict, (old.measure.row, whole)


@given(profile=profiles(BOOK))
def test_the_counts_add_up_and_nothing_open_is_hidden(profile: Profile) -> None:
    assessment = check(profile, BOOK, engine="reference")
    assert sum(assessment.counts.values()) == len(BOOK.measures) == 155
    assert [finding.measure.row for finding in assessment] == list(range(1, 156))
    for finding in assessment:
        if finding.verdict is not None:
            assert finding.why
            assert all(reason.verdict is finding.verdict for reason in finding.why)
            assert bool(finding.missing) == (finding.verdict is Verdict.NEEDS_INFO)
            assert finding.scope_verdict is not None
            assert finding.verdict <= finding.scope_verdict


@given(profile=profiles(BOOK))
def test_the_verdict_is_the_number_of_levels_that_hold(profile: Profile) -> None:
    facts = read_facts(profile, BOOK)

    def holds(formula: Formula) -> bool:
        if isinstance(formula, Atom):
            value = leaf_verdict(formula.leaf, facts, BOOK)
            certain = Verdict.ELIGIBLE
            floor = {
                "true": value is certain,
                "open": value >= Verdict.CONDITIONAL,
                "false": value is Verdict.INELIGIBLE,
            }
            possible = value >= Verdict.NEEDS_INFO
            return floor.get(formula.mode, possible if formula.mode == "possible" else value is not certain)
        return (all if isinstance(formula, And) else any)(holds(part) for part in formula.parts)

    for measure in BOOK.measures:
        if measure.condition is not None:
            levels = sum(holds(at_least(measure.condition, level)) for level in LEVELS)
            assert levels == verdict(measure.condition, facts, BOOK), measure.row


@pytest.mark.parametrize(
    "place", [{}, {"city": "天津"}, {"city": "上海", "zones": ["洋山特殊综合保税区"]}, {"city": "海南"}]
)
def test_every_engine_decides_alike_what_is_said_to_be_unknown(place: dict[str, object]) -> None:
    unknown = {
        "determinations": dict.fromkeys(BOOK.judgements, "unknown"),
        "limits": dict.fromkeys(BOOK.limits, "未知"),
    }
    told = Profile(**place, **unknown)
    reference = check(told, BOOK, engine="reference")
    for name in forward_names():
        forward = check(told, BOOK, engine=name)
        assert [one.verdict for one in forward] == [one.verdict for one in reference]
    open_ = check(Profile(**place), BOOK, engine="reference")
    for one, without in zip(reference, open_, strict=True):
        assert one.verdict is not Verdict.CONDITIONAL
        assert one.verdict is None or without.verdict is None or one.verdict <= without.verdict


@given(profile=profiles(BOOK), data=st.data())
def test_an_authority_s_yes_never_lowers_a_measure(profile: Profile, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(BOOK.judgements)))
    findings = dict(profile.facts.get("determinations") or {})  # type: ignore[call-overload]
    worse = check(profile.but(determinations={**findings, key: False}), BOOK, engine="reference")
    better = check(profile.but(determinations={**findings, key: True}), BOOK, engine="reference")
    for low, high in zip(worse, better, strict=True):
        if low.verdict is not None and high.verdict is not None:
            assert low.verdict <= high.verdict


def test_not_stands_over_facts_only_and_keeps_what_is_missing_missing() -> None:
    facts = read_facts(Profile(city="天津"), BOOK)
    leaf = OneOf("entity_kind", frozenset({"natural_person"}))
    assert verdict(Not(leaf), facts, BOOK) is Verdict.NEEDS_INFO
    told = read_facts(Profile(city="天津", entity_kind="enterprise"), BOOK)
    assert verdict(Not(leaf), told, BOOK) is Verdict.ELIGIBLE
    assert verdict(Not(All((leaf, Not(leaf)))), told, BOOK) is Verdict.ELIGIBLE


def test_nothing_is_met_by_all_of_nothing_and_fails_by_any_of_nothing() -> None:
    facts = read_facts(Profile(), BOOK)
    assert verdict(All(()), facts, BOOK) is Verdict.ELIGIBLE
    assert verdict(Any_(()), facts, BOOK) is Verdict.INELIGIBLE


def test_a_verdict_is_no_bool() -> None:
    with pytest.raises(TypeError, match="compare it"):
        bool(Verdict.ELIGIBLE)


def test_every_step_of_the_rulebook_is_pending_where_the_register_is_silent() -> None:
    facts = read_facts(Profile(city="天津"), BOOK)
    steps = [leaf for m in BOOK.measures if m.condition for leaf in leaves(m.condition) if isinstance(leaf, Step)]
    assert {leaf_verdict(step, facts, BOOK) for step in steps} == {Verdict.PENDING}


def test_every_judgement_is_conditional_until_it_is_found() -> None:
    facts = read_facts(Profile(city="天津"), BOOK)
    found = {leaf_verdict(judgement, facts, BOOK) for judgement in BOOK.judgements.values()}
    assert found == {Verdict.CONDITIONAL}
    assert all(isinstance(judgement, Judgement) for judgement in BOOK.judgements.values())


def test_a_disagreement_is_an_error_and_never_an_answer() -> None:
    facts = read_facts(Profile(city="天津"), BOOK)
    _, meant = decide(BOOK, facts, "reference")
    wrong = {**meant.verdicts, ("plan-2025-84", 57, "measure"): Verdict.ELIGIBLE}
    with pytest.raises(DisagreementError) as caught:
        agree("other", type(meant)(wrong), meant)
    assert "row 57 (measure): other says eligible, reference says needs_info" in str(caught.value)


def test_one_rulebook_serves_several_threads() -> None:
    cities = ["天津", "上海", "苏州", "长沙", "北京", "海南"]
    alone = {city: check(Profile(city=city), BOOK).counts for city in cities}
    together: dict[str, list[Mapping[Bucket, int]]] = {city: [] for city in cities}

    def work(city: str) -> None:
        for _ in range(5):
            together[city].append(check(Profile(city=city), BOOK).counts)

    threads = [threading.Thread(target=work, args=(city,)) for city in cities]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {city: [alone[city]] * 5 for city in cities}


@pytest.mark.thorough
def test_the_order_of_keys_and_of_files_does_not_matter(tmp_path: Path) -> None:
    import shutil

    import yaml

    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    for path in (*folder.glob("measures/*.yaml"), folder / "facts.yaml", folder / "activities.yaml"):
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        if "measures" in data:
            data["measures"].reverse()
            path = path.rename(path.with_name(f"{99 - int(path.name[:2])}.yaml"))
        path.write_text(yaml.safe_dump(_backwards(data), allow_unicode=True, sort_keys=False), "utf-8")
    turned = load_rulebook(folder)
    for city in ("天津", "苏州", "长沙"):
        profile = Profile(city=city, sector="71", foreign_share=30)
        own, other = check(profile, BOOK, engine="reference"), check(profile, turned, engine="reference")
        assert [(f.measure.row, f.verdict) for f in own] == [(f.measure.row, f.verdict) for f in other]


def _backwards(data: object) -> object:
    if isinstance(data, dict):
        return {key: _backwards(data[key]) for key in reversed(data)}
    return [_backwards(part) for part in data] if isinstance(data, list) else data


def test_importing_prints_nothing_and_check_leaves_the_rulebook_alone(
    rulebook: Rulebook, capfd: pytest.CaptureFixture[str]
) -> None:
    before = rulebook.digest, len(rulebook.register), len(rulebook.measures)
    check(Profile(city="天津"), rulebook)
    assert (rulebook.digest, len(rulebook.register), len(rulebook.measures)) == before
    assert capfd.readouterr() == ("", "")
