"""Minimal changes against exhaustive search: each works, none is redundant, and none is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, Rulebook, Verdict, check, decisions, load_rulebook
from applicability.analysis.compiled_conditions import compiled
from applicability.analysis.edited import applied
from applicability.analysis.edits import Edit
from applicability.analysis.minimal_changes import Change, Changes
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    InSector,
    Judgement,
    Not,
    Number,
    OneOf,
    Step,
    Within,
    ZoneType,
    leaves,
)  # fmt: skip
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.text import Text

from ..examples import drawn
from ..strategies import parts, profiles

BOOK = load_rulebook()
SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
DAY = datetime.date(2026, 11, 1)
TARGETS = (Verdict.PENDING, Verdict.NEEDS_INFO, Verdict.CONDITIONAL, Verdict.ELIGIBLE)
UNLINKED = replace(SMALL, derivations=tuple(one for one in SMALL.derivations if one.when is None))

FACT_LEAVES: list[Condition] = [
    Number("foreign_share", (("above", Decimal(0)),)),
    Number("foreign_share", (("above", Decimal(0)), ("at_most", Decimal(50)))),
    Number("foreign_share", (("at_least", Decimal(80)),)),
    OneOf("foreign_invested", frozenset({"true"})),
    OneOf("entity_kind", frozenset(sorted(SMALL.facts["entity_kind"].values)[:1])),
    OneOf("investor_origins", frozenset({"hong_kong", "macao"})),
    OneOf("investor_origins", frozenset({"macao"})),
    Does(frozenset({"ip-vpn"})),
    Does(frozenset({"ip-vpn", "app-store"})),
    Does(frozenset({"travel-agency"})),
    InSector(("63",)),
    Within(("120000",)),
    Within(("120116",)),
    Within(("120000", "310000")),
    ZoneType(frozenset({"comprehensive-bonded-zone"})),
]
OTHER_LEAVES: list[Condition] = [
    Step(next(iter(SMALL.steps)), 1, "small-plan"),
    Judgement("3.qualified", Text("合适", "fit"), Text("主管部门", "the authority")),
]
plain = st.sampled_from([*FACT_LEAVES, *OTHER_LEAVES])
negated = st.sampled_from(FACT_LEAVES).map(Not)
conditions = st.recursive(
    plain | negated,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map(tuple)
        .flatmap(lambda parts: st.sampled_from([All(parts), Any_(parts)]))
    ),
    max_leaves=5,
)
FROM_INVESTORS = ("foreign_share", "investor_origins")


def _in_dongjiang(given_: dict[str, object], name: str) -> bool:
    """Whether the zones name it; and whether the rest can be so."""
    if name == "zones":
        return given_.get("zones") in (["dongjiang-cbz"], {"yes": ["dongjiang-cbz"]})
    ruled_out = given_.get("zone_types") == {"no": ["comprehensive-bonded-zone"]}
    return given_.get("city", "120000") == "120000" and not ruled_out


givens = st.fixed_dictionaries(
    {},
    optional={
        "city": st.sampled_from(["120000", "310000", "430100"]),
        "zones": st.sampled_from([[], ["dongjiang-cbz"], {"yes": ["dongjiang-cbz"]}, {"no": ["dongjiang-cbz"]}]),
        "zone_types": st.sampled_from([{"no": ["comprehensive-bonded-zone"]}, {"yes": ["comprehensive-bonded-zone"]}]),
        "sector": st.sampled_from(["63", "72", "I"]),
        "activities": st.lists(st.sampled_from(["ip-vpn", "app-store", "travel-agency"]), max_size=2)
        | parts(["ip-vpn", "app-store", "travel-agency"], 1),
        "foreign_share": st.sampled_from(
            [0, 25, 50, 60, 80, {"above": 0}, {"at_least": 25, "at_most": 60}, {"above": 50, "below": 80}]
        ),
        "entity_kind": st.sampled_from(sorted(SMALL.facts["entity_kind"].values)),
        "investor_origins": st.lists(st.sampled_from(["hong_kong", "macao", "mainland"]), max_size=2)
        | parts(["hong_kong", "macao", "mainland"], 1),
        "determinations": st.sampled_from([{"3.qualified": True}, {"3.qualified": False}]),
    },
).filter(lambda one: _in_dongjiang(one, "zones") <= _in_dongjiang(one, "city"))
held = st.sampled_from(
    [
        [], [{"origin": "hong_kong", "share": 40}], [{"origin": "macao"}], [{"origin": "mainland", "share": 100}],
        [{"origin": "hong_kong", "share": 25}, {"origin": "mainland", "share": 75}],
        [{"origin": "hong_kong", "share": 45}, {"origin": "mainland", "share": 40}],
    ]
)  # fmt: skip
# Facts derived from investors are not given as well: they could contradict them.
with_investors = st.builds(
    lambda one, own: {**{k: v for k, v in one.items() if k not in FROM_INVESTORS}, "investors": own}, givens, held
)


def reached(condition: Condition, given_: dict[str, object], edits: tuple[Edit, ...], book: Rulebook) -> Verdict:
    """The verdict of the profile with the edits made, by reading it again; steps count as taken."""
    facts = read_facts(Profile(**given_), book, DAY)
    after = read_facts(Profile(**given_).but(**applied(given_, facts, edits, book)), book, DAY)
    steps = {edit.leaf for edit in edits if edit.kind == "step"}
    own = list(leaves(condition))
    read = (Verdict.ELIGIBLE if leaf in steps else leaf_verdict(leaf, after, book) for leaf in own)
    return compiled(condition, own.index)(tuple(read))


@pytest.mark.parametrize("book", [SMALL, UNLINKED], ids=["linked", "unlinked"])
@given(condition=conditions, given_=givens | with_investors, target=st.sampled_from(TARGETS))
@settings(max_examples=drawn(250))
def test_every_change_holds_and_no_part_of_it_is_superfluous(
    book: Rulebook, condition: Condition, given_: dict[str, object], target: Verdict
) -> None:
    facts = read_facts(Profile(**given_), book, DAY)
    before = verdict(condition, facts, book)
    found = Changes(facts, book).to(condition, target, 4)
    assert before < target or not found
    for change in found:
        assert reached(condition, given_, change.edits, book) is change.verdict
        for edits in _each_option(change):
            assert reached(condition, given_, edits, book) >= target
            for index in range(len(edits)):
                rest = edits[:index] + edits[index + 1 :]
                assert reached(condition, given_, rest, book) < target


@pytest.mark.thorough
@pytest.mark.parametrize("held", [[], [{"origin": "hong_kong", "share": 40}]], ids=["nobody", "hong-kong"])
def test_a_list_of_investors_can_be_another_and_every_change_is_proved(held: list[dict[str, object]]) -> None:
    assessment = check(Profile(city="长沙", investors=held), BOOK, as_of=DAY, engine="reference")
    found = decisions.change(assessment)  # raises DisagreementError if one fails
    assert sum(len(one.changes) for one in found) > 200
    assert {edit.fact for one in found for each in one.changes for edit in each.edits} & set(FROM_INVESTORS)


def _each_option(change: Change) -> Iterator[tuple[Edit, ...]]:
    """The change by each of the options of its edits, a few of each."""
    ways = [[replace(edit, options=(one,)) for one in edit.options[:3]] or [edit] for edit in change.edits]
    yield from product(*ways)


# Every possible profile, as far as the conditions above distinguish them.
UNIVERSE: dict[str, list[object]] = {
    "place": [
        {}, {"city": "120000"}, {"city": "310000"}, {"city": "430100"}, {"city": "120000", "district": "120116"},
        {"city": "120000", "zones": []}, {"city": "430100", "zones": []}, {"city": "310000", "zones": []},
        {"city": "120000", "zones": ["dongjiang-cbz"]}, {"zones": ["dongjiang-cbz"]},
    ],
    "sector": [{}, {"sector": "63"}, {"sector": "72"}, {"sector": "I"}],
    "activities": [
        {},
        *(
            {"activities": held.split()}
            for held in ("", "ip-vpn", "app-store", "travel-agency", "ip-vpn travel-agency", "app-store travel-agency")
        ),
    ],
    "foreign_share": [{}, *({"foreign_share": share} for share in (0, 25, 50, 60, 80))],
    "foreign_invested": [{}, {"foreign_invested": True}, {"foreign_invested": False}],
    "entity_kind": [{}, *({"entity_kind": kind} for kind in sorted(SMALL.facts["entity_kind"].values)[:2])],
    "investor_origins": [{}, *({"investor_origins": held.split()} for held in ("", "hong_kong", "macao", "mainland"))],
}  # fmt: skip
FACTS_OF = {"place": {"city", "district", "zones", "zone_types"}}


@given(condition=conditions, given_=givens, target=st.sampled_from(TARGETS), data=st.data())
@settings(max_examples=drawn(400))
def test_no_way_to_the_target_is_missed(
    condition: Condition, given_: dict[str, object], target: Verdict, data: st.DataObject
) -> None:
    facts = read_facts(Profile(**given_), UNLINKED, DAY)
    if verdict(condition, facts, UNLINKED) >= target:
        return
    found = Changes(facts, UNLINKED).to(condition, target, 6)
    for _ in range(8):
        columns = data.draw(st.sets(st.sampled_from(sorted(UNIVERSE)), min_size=1))
        moved = dict(given_)
        for column in columns:
            moved = {name: v for name, v in moved.items() if name not in FACTS_OF.get(column, {column})}
            value = data.draw(st.sampled_from(UNIVERSE[column]))
            assert isinstance(value, dict)
            moved.update(value)
        if any(name not in moved for name in given_ if name != "city" or "zones" not in moved):
            continue  # removing facts is no change: it only hides them
        if moved.get("city") != given_.get("city") and given_.get("determinations") == {"3.qualified": True}:
            del moved["determinations"]  # findings do not apply after a move
        elsewhere = read_facts(Profile(**moved), UNLINKED, DAY)
        if verdict(condition, elsewhere, UNLINKED) < target:
            continue
        changed = {"place" if name in FACTS_OF["place"] else name for name in columns}
        within = [
            change
            for change in found
            if all(("place" if edit.fact == "city" else edit.fact) in changed for edit in change.edits)
        ]
        assert within, (condition, given_, moved)


def test_what_was_granted_here_has_to_be_granted_anew_elsewhere() -> None:
    judgement = Judgement("3.qualified", Text("合适", "fit"), Text("主管部门", "the authority"))
    condition = All((Within(("310000",)), judgement))
    told = {"city": "430100", "determinations": {"3.qualified": True}}
    facts = read_facts(Profile.of(told), UNLINKED, DAY)
    (open_,) = Changes(facts, UNLINKED).to(condition, Verdict.ELIGIBLE)
    assert [edit.kind for edit in open_.edits] == ["move", "finding"]
    (nearly,) = Changes(facts, UNLINKED).to(condition, Verdict.CONDITIONAL)
    assert [edit.kind for edit in nearly.edits] == ["move"]
    assert nearly.verdict is Verdict.CONDITIONAL
    assert applied(told, facts, nearly.edits, UNLINKED)["determinations"] is None
    finer = Changes(read_facts(Profile.of({**told, "city": "120000"}), UNLINKED, DAY), UNLINKED)
    (here,) = finer.to(All((Within(("120116",)), judgement)), Verdict.ELIGIBLE)
    assert [edit.kind for edit in here.edits] == ["answer"]


def test_to_be_in_no_zone_is_a_place_to_be() -> None:
    condition = All((Not(Within(("120000",))), Not(ZoneType(frozenset({"comprehensive-bonded-zone"})))))
    facts = read_facts(Profile(), UNLINKED, DAY)
    found = Changes(facts, UNLINKED).to(condition, Verdict.ELIGIBLE)
    options = [option.given for change in found for edit in change.edits for option in edit.options]
    assert options
    assert all(one["city"] != "120000" and one["zones"] == [] for one in options)


@given(condition=conditions, given_=givens, target=st.sampled_from(TARGETS))
@settings(max_examples=drawn(150))
def test_columns_and_one_by_one_find_the_same_sets(
    condition: Condition, given_: dict[str, object], target: Verdict
) -> None:
    facts = read_facts(Profile(**given_), UNLINKED, DAY)
    quick = Changes(facts, UNLINKED).to(condition, target, 3)
    slow = Changes(facts, UNLINKED)
    slow._linked = True  # as with derived facts: tries every set of edits
    assert {_key(one) for one in quick} == {_key(one) for one in slow.to(condition, target, 3)}


def _key(change: Change) -> frozenset[str]:
    return frozenset(repr(edit) for edit in change.edits)


@given(profile=profiles(BOOK), data=st.data())
@settings(max_examples=drawn(40))
def test_on_the_plan_every_change_that_is_found_holds(profile: Profile, data: st.DataObject) -> None:
    facts = read_facts(profile, BOOK)
    measure = data.draw(st.sampled_from([one for one in BOOK.measures if one.condition is not None]))
    assert measure.condition is not None
    for change in Changes(facts, BOOK).to(measure.condition, Verdict.CONDITIONAL):
        if any(edit.kind == "step" for edit in change.edits):
            continue
        after = profile.but(**applied(profile.facts, facts, change.edits, BOOK))
        assert verdict(measure.condition, read_facts(after, BOOK), BOOK) is change.verdict
