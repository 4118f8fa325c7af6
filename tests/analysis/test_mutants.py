"""Mutants of conditions: what is changed, where it is told, and that the product space knows which mean the same."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from applicability import Rulebook
from applicability.analysis.mutants import variants
from applicability.analysis.neighbours import Neighbours, of_list
from applicability.analysis.rulebook_mutants import mutants
from applicability.analysis.same_meaning import Apart, RulesComparer
from applicability.errors import Location
from applicability.lazy_dataclass import replace
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    Ground,
    Judgement,
    Limit,
    Not,
    Number,
    OneOf,
    Step,
    Within,
    ZoneType,
    bare,
)  # fmt: skip
from applicability.text import Text

DAY = datetime.date(2026, 11, 1)
SHARE = Number("foreign_share", (("above", Decimal(0)), ("at_most", Decimal(50))))
NOBODY = Text("无", "none")
FINDING = Judgement("1.a", NOBODY, NOBODY)
KEPT = Limit("1.b", NOBODY, NOBODY)


@pytest.fixture(scope="module")
def near(rulebook: Rulebook) -> Neighbours:
    """The neighbours of words in the packaged rulebook."""
    return Neighbours(rulebook)


def made(condition: Condition, near: Neighbours) -> list[tuple[str, Condition]]:
    """The kinds of the mutants of a condition, and what it becomes."""
    return [(one.kind, bare(one.condition)) for one in variants(condition, near)]


def test_a_bound_is_left_out_made_strict_or_lax_and_moved_by_one(near: Neighbours) -> None:
    def share(*bounds: tuple[str, int]) -> Condition:
        return Number("foreign_share", tuple((bound, Decimal(limit)) for bound, limit in bounds))  # type: ignore[misc]

    assert made(SHARE, near) == [
        ("drop", All(())),
        ("negate", Not(SHARE)),
        ("widen", share(("at_most", 50))),
        ("widen", share(("at_least", 0), ("at_most", 50))),
        ("narrow", share(("above", 1), ("at_most", 50))),
        ("widen", share(("above", -1), ("at_most", 50))),
        ("widen", share(("above", 0))),
        ("narrow", share(("above", 0), ("below", 50))),
        ("widen", share(("above", 0), ("at_most", 51))),
        ("narrow", share(("above", 0), ("at_most", 49))),
    ]


def test_under_not_what_widens_the_leaf_narrows_the_condition(near: Neighbours) -> None:
    kinds = [kind for kind, _ in made(Not(Number("foreign_share", (("above", Decimal(0)),))), near)]
    assert kinds == ["drop", "negate", "narrow", "widen", "narrow"]


def test_a_combination_is_swapped_and_loses_each_part_but_limits_stay(near: Neighbours) -> None:
    step = Step("study", 1, "plan-2025-84")
    found = made(All((step, FINDING, KEPT)), near)
    assert found[:2] == [("drop", All(())), ("swap", All((Any_((step, FINDING)), KEPT)))]
    assert [kind for kind, _ in found] == ["drop", "swap", "drop", "another", "drop", "drop"]
    assert ("drop", All((FINDING, KEPT))) in found
    assert ("drop", All((step, FINDING))) in found


def test_nothing_is_changed_where_nothing_is_asked_and_a_judgement_is_only_left_out(near: Neighbours) -> None:
    assert made(All(()), near) == []
    assert made(FINDING, near) == [("drop", All(()))]


def test_a_place_gives_way_to_one_beside_around_and_inside_it(near: Neighbours) -> None:
    found = [part.places for _, part in made(Within(("210100",)), near) if isinstance(part, Within)]
    assert found == [("210200",), ("210100", "210200"), ("210000",), ("210102",)]


def test_a_zone_s_neighbour_is_near_and_apart_from_it(near: Neighbours, rulebook: Rulebook) -> None:
    beside, around, _ = near.place("boao-lecheng", ("boao-lecheng",))
    assert beside is not None
    assert all(area.startswith("46") for area in rulebook.gazetteer.areas(beside))
    assert around == "469002"


def test_an_activity_is_changed_as_it_is_written_with_all_its_parts(near: Neighbours) -> None:
    general = Does(near.sectors.closed_down(["value-added-telecom"]))
    found = [part.activities for _, part in made(general, near) if isinstance(part, Does)]
    assert frozenset({"domestic-ip-vpn"}) in found
    assert not any("value-added-telecom" in one and not general.activities <= one for one in found)


def test_a_zone_type_s_neighbour_is_unrelated_to_it(near: Neighbours) -> None:
    beside, around, inside = near.zone_type("comprehensive-bonded-zone", ("comprehensive-bonded-zone",))
    assert around == "customs-special-supervision-area"
    assert inside == "special-comprehensive-bonded-zone"
    assert beside not in (None, around, inside)


def test_a_sector_s_neighbours_are_its_level_s(near: Neighbours) -> None:
    assert near.sector("64", ("64", "65")) == ("66", "I", "641")
    assert near.sector("I", ("I",))[:2] == ("J", None)


def test_a_yes_or_no_becomes_the_other(near: Neighbours) -> None:
    found = made(OneOf("registered_here", frozenset({"true"})), near)
    assert ("another", OneOf("registered_here", frozenset({"false"}))) in found


def test_no_list_comes_twice() -> None:
    assert list(of_list(["a", "b"], lambda word: ("c", "b", None))) == [
        ("narrow", ("b",)), ("another", ("c", "b")), ("widen", ("a", "b", "c")), ("narrow", ("a",)),
        ("another", ("a", "c")),
    ]  # fmt: skip


def test_a_mutant_is_told_where_its_leaf_stands(near: Neighbours) -> None:
    first, second = Location("a.yaml", 3, 5), Location("a.yaml", 4, 5)
    both = All((replace(SHARE, ground=Ground(location=first)), replace(FINDING, ground=Ground(location=second))))
    assert {one.location for one in variants(both, near)} == {first, second}
    assert [one.location for one in variants(both, near) if one.kind == "swap"] == [first]


def test_every_mutant_of_the_plan_has_a_line_and_differs_as_written(rulebook: Rulebook) -> None:
    found = list(mutants(rulebook))
    assert len(found) > 5000
    assert {one.kind for one in found} == {"drop", "negate", "widen", "narrow", "swap", "another"}
    assert all(one.location.line for one in found)
    for one in found:
        originals = [rulebook.measure(row.row, row.document) for row in one.measures]
        apart = one.measures != tuple(originals) or one.register is not None
        assert apart or one.provision is not None or one.derivations is not None


def test_the_product_space_tells_a_change_from_a_rewording(rulebook: Rulebook) -> None:
    meanings, row = RulesComparer(rulebook, DAY), rulebook.measure(1)
    (limb,) = row.limbs

    def with_condition(when: Condition) -> Apart | None:
        return meanings.row_apart(row, replace(row, limbs=(replace(limb, when=when),)))

    assert isinstance(limb.when, All)
    assert with_condition(All(tuple(reversed(limb.when.parts)))) is None
    assert with_condition(All((limb.when, limb.when.parts[0]))) is None
    below = Number("foreign_share", (("above", Decimal(0)), ("below", Decimal(50))))
    apart = with_condition(All((limb.when, below)))
    assert apart is not None
    assert apart.profile["foreign_share"] == 50


def test_another_step_is_another_rule_though_the_register_holds_neither(rulebook: Rulebook) -> None:
    meanings, row = RulesComparer(rulebook, DAY), rulebook.measure(75)
    assert isinstance(row.scope, All)
    inside, step = row.scope.parts
    assert isinstance(step, Step)
    other = replace(row, scope=All((inside, replace(step, step="study"))))
    found = meanings.row_apart(row, other)
    assert found is not None
    assert "as_of" in found.profile


def test_scopes_in_another_order_mean_the_same(rulebook: Rulebook) -> None:
    wanted = ("row 44", "tianjin-shanghai-chongqing-hainan")
    (same,) = [one for one in mutants(rulebook) if one.rule == wanted[0] and one.new == wanted[1]]
    assert RulesComparer(rulebook, DAY).row_apart(rulebook.measure(44), same.measures[0]) is None


def test_a_type_of_zone_that_no_row_names_has_no_mutants(near: Neighbours) -> None:
    assert [kind for kind, _ in made(ZoneType(frozenset({"other-zone"})), near)][:2] == ["drop", "negate"]
