"""The difference of two rulebooks: empty for equal ones, every change found, each witness correct."""

from __future__ import annotations

import datetime
import pickle
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from applicability import Profile, Rulebook, Verdict, check, decisions, load_rulebook
from applicability.analysis import difference as module
from applicability.analysis.difference import RowDifference, difference
from applicability.analysis.uncompared import UncomparedKind
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    InSector,
    Judgement,
    Number,
    OneOf,
    Within,
    ZoneType,
    leaves,
)  # fmt: skip
from applicability.model.evaluate import verdict
from applicability.model.leaf_kinds import column_of
from applicability.model.measure import Measure
from applicability.model.rulebook import Entry
from applicability.model.step_register import with_entries
from applicability.report.difference.text import force_line
from applicability.text import Text

BOOK = load_rulebook()
SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
DAY = datetime.date(2026, 11, 1)


def with_row(book: Rulebook, row: Measure) -> Rulebook:
    """The rulebook with one row replaced."""
    return replace(book, measures=tuple(row if one.key == row.key else one for one in book.measures))


def with_condition(row: Measure, change: Callable[[Condition], Condition]) -> Measure:
    """The row with the condition of its first usable limb changed."""
    first = row.usable[0]
    limbs = tuple(replace(one, when=change(one.when)) if one == first else one for one in row.limbs)
    return replace(row, limbs=limbs)


@pytest.mark.parametrize("book", [BOOK, SMALL], ids=["plan", "small"])
def test_a_rulebook_does_not_differ_from_itself(book: Rulebook) -> None:
    again = replace(book, version="9.9.9")
    found = difference(book, again, DAY)
    assert (found.rows, found.vocabulary, found.measures) == ((), (), len(book.measures))
    assert found.complete


def test_words_make_no_difference() -> None:
    row = BOOK.measure(1)
    told = replace(
        row, title=Text("另一个题目", "another title"), interpretation=Text("另解", "read otherwise"), doubts=()
    )
    assert difference(BOOK, with_row(BOOK, told), DAY).rows == ()


# Semantic changes, each applied to the first leaf of the row that it fits; None if the row has no such leaf.
def _loosened(leaf: Condition) -> Condition | None:
    if isinstance(leaf, Number):
        return replace(leaf, bounds=tuple((bound, limit + Decimal("0.5")) for bound, limit in leaf.bounds))
    return None


def _narrowed(leaf: Condition) -> Condition | None:
    match leaf:
        case OneOf(_, values) if len(values) > 1:
            return replace(leaf, values=frozenset(sorted(values)[1:]))
        case Does(activities) if len(activities) > 1:
            return replace(leaf, activities=frozenset(sorted(activities)[1:]))
        case _:
            return None


def _other(leaf: Condition) -> Condition | None:
    match leaf:
        case Does(activities):
            free = sorted(set(BOOK.sectors.activities) - activities)
            return replace(leaf, activities=frozenset(free[: len(activities)]))
        case OneOf(fact, values):
            free = sorted(set(BOOK.facts[fact].values) - values)
            return replace(leaf, values=frozenset(free[:1])) if free else None
        case Within():
            return replace(leaf, places=("430100",))
        case ZoneType(types):
            return replace(leaf, types=frozenset(sorted(set(BOOK.gazetteer.zone_types) - types)[:1]))
        case _:
            return None


def _denied(leaf: Condition) -> Condition | None:
    return OneOf("entity_kind", frozenset()) if not isinstance(leaf, Judgement) else None


CHANGES = {"loosened": _loosened, "narrowed": _narrowed, "other": _other, "denied": _denied}


def _first(condition: Condition, change: Callable[[Condition], Condition | None]) -> Condition | None:
    """The condition with the first possible leaf changed."""
    if isinstance(condition, (All, Any_)):
        for index, part in enumerate(condition.parts):
            changed = _first(part, change)
            if changed is not None:
                return type(condition)((*condition.parts[:index], changed, *condition.parts[index + 1 :]))
        return None
    return change(condition)


def edits() -> list[tuple[str, Measure]]:
    """A hundred edited rows of the plan, drawn in a fixed order."""
    found = []
    for name, change in CHANGES.items():
        for row in BOOK.measures:
            if row.condition is None:
                continue
            changed = _first(row.usable[0].when, change)
            if changed is not None:
                found.append((f"{row.row}-{name}", _with(row, changed)))
    random.Random(20261123).shuffle(found)
    return found[:100]


def _with(row: Measure, condition: Condition) -> Measure:
    return with_condition(row, lambda _: condition)


EDITS = edits()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(changed, id=name, marks=() if number < 20 else pytest.mark.thorough)
        for number, (name, changed) in enumerate(EDITS)
    ],
)
def test_every_edit_of_one_row_is_found_and_every_witness_is_true(changed: Measure) -> None:
    edited, row = with_row(BOOK, changed), changed.row
    found = decisions.diff(BOOK, edited)  # verifies every witness
    assert [one.key[1] for one in found.rows] == [row]
    (only,) = found.rows
    assert only.moved
    assert 0 < only.touched <= only.cells == only.covered
    for one in only.moved:
        assert decided(BOOK, one.witness, row) is one.old is not one.new is decided(edited, one.witness, row)


def decided(book: Rulebook, witness: Mapping[str, object], row: int) -> Verdict | None:
    condition = book.measure(row).condition
    day = None if "as_of" in witness else DAY  # a witness may need a day of its own
    facts = read_facts(Profile(**witness), book, day)
    return None if condition is None else verdict(condition, facts, book)


def test_there_are_a_hundred_edits_of_every_kind() -> None:
    assert len(EDITS) == 100
    assert {name.split("-")[1] for name, _ in EDITS} == set(CHANGES)


def only(found: tuple[RowDifference, ...]) -> RowDifference:
    (row,) = found
    return row


def test_a_row_that_comes_or_goes_is_told() -> None:
    fewer = replace(BOOK, measures=tuple(one for one in BOOK.measures if one.row != 57))
    gone = only(difference(BOOK, fewer, DAY).rows)
    assert (gone.old, gone.new, gone.touched) == ("verdicts", "absent", gone.cells)
    come = only(difference(fewer, BOOK, DAY).rows)
    assert (come.old, come.new) == ("absent", "verdicts")
    assert {one.old for one in come.moved} == {None}


def test_a_row_that_only_binds_authorities_now_is_told() -> None:
    row = BOOK.measure(57)
    bound = replace(row, limbs=tuple(replace(limb, addressee=("authority",)) for limb in row.limbs))
    found = only(difference(BOOK, with_row(BOOK, bound), DAY).rows)
    assert (found.old, found.new) == ("verdicts", "authorities_only")


def test_a_change_of_force_is_told_though_no_verdict_moves() -> None:
    row = BOOK.measure(57)
    softer = replace(row, limbs=tuple(replace(limb, force="explore") for limb in row.limbs))
    found = only(difference(BOOK, with_row(BOOK, softer), DAY).rows)
    assert (found.moved, found.forces) == ((), ("permit", "explore"))


def test_a_reloaded_rulebook_differs_in_nothing_though_a_row_is_written_otherwise() -> None:
    def again(measure: Measure) -> Measure:
        limbs = tuple(
            replace(one, when=All((one.when, All(()))), force="".join(list(one.force)))  # type: ignore[arg-type]
            for one in measure.limbs
        )
        return replace(measure, limbs=limbs)

    reloaded = pickle.loads(pickle.dumps(SMALL))
    other = replace(reloaded, measures=tuple(map(again, reloaded.measures)))
    first = next(one for one in SMALL.measures if one.limbs)
    assert first.force is not other.measure(first.row).force, "equal, and not the same text in memory"
    assert difference(SMALL, other, DAY).rows == ()
    for one in (reloaded, other):
        assert force_line(replace(_any_row(), forces=(first.force, one.measure(first.row).force))) is None


def _any_row() -> RowDifference:
    return RowDifference(("d", 1), Text("甲", "a"), "verdicts", "verdicts", (), 1, 1, (None, None))


def test_an_entry_of_the_register_moves_the_rows_that_it_speaks_of_where_it_reaches() -> None:
    nothing = Text("例", "example")
    entry = Entry("mine", "records", datetime.date(2026, 3, 1), nothing, nothing, "user", ("320500",),
                  frozenset({57, 41}), BOOK.measure(57).document, "opt-in")  # fmt: skip
    found = decisions.diff(BOOK, with_entries(BOOK, (entry,)))
    assert [row.key[1] for row in found.rows] == [41, 57]
    for row in found.rows:
        assert {one.old for one in row.moved} <= {Verdict.PENDING, Verdict.NEEDS_INFO}
        for one in row.moved:
            day = one.witness.get("as_of", DAY)
            assert isinstance(day, datetime.date)
            assert day >= entry.date


def test_two_days_differ_in_what_the_register_brought_between_them() -> None:
    found = decisions.diff(BOOK, BOOK, old_as_of=datetime.date(2025, 12, 17), new_as_of=datetime.date(2025, 12, 18))
    assert [row.key[1] for row in found.rows] == [89]
    same = decisions.diff(BOOK, BOOK, old_as_of=datetime.date(2026, 2, 1), new_as_of=datetime.date(2026, 10, 1))
    assert same.rows == ()


# Of the plan every third row, two of which ask for zones: what has changed is the same for all.
PART_OF_THE_PLAN = replace(BOOK, measures=BOOK.measures[2::3])
BOOKS = pytest.mark.parametrize(
    "book", [SMALL, pytest.param(PART_OF_THE_PLAN, marks=pytest.mark.thorough)], ids=["small", "plan"]
)


@BOOKS
def test_words_that_only_one_side_knows_are_named(book: Rulebook) -> None:
    sectors = replace(
        book.sectors, activities={id: one for id, one in book.sectors.activities.items() if id != "travel-agency"}
    )
    found = difference(book, replace(book, sectors=sectors), DAY)
    assert [(one.kind, one.removed, one.added) for one in found.vocabulary] == [("activities", ("travel-agency",), ())]


@BOOKS
def test_a_zone_that_moves_is_found_in_the_rows_that_ask_for_it(book: Rulebook) -> None:
    other = [one for one in ("other-zone",) if one in book.gazetteer.zone_types]  # the small rulebook has no such type
    zone = replace(book.gazetteer.zones["dongjiang-cbz"], types=tuple(other))
    places = replace(book.gazetteer, zones={**book.gazetteer.zones, zone.id: zone})
    found = decisions.diff(book, replace(book, gazetteer=places))
    assert found.rows
    for row in found.rows:
        assert all({"zones", "zone_types"} & set(one.witness) for one in row.moved)


def test_what_is_too_much_to_go_through_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS", 5)
    changed = with_condition(BOOK.measure(57), lambda _: Number("foreign_share", (("above", Decimal(99)),)))
    found = difference(BOOK, with_row(BOOK, changed), DAY)
    assert not found.complete
    assert only(found.rows).covered in range(5, only(found.rows).cells)


def with_fact(book: Rulebook, name: str, **changes: object) -> Rulebook:
    return replace(book, facts={**book.facts, name: replace(book.facts[name], **changes)})  # type: ignore[arg-type]


def with_derivation(book: Rulebook, name: str, **changes: object) -> Rulebook:
    """The rulebook with one derivation changed."""
    own = tuple(replace(one, **changes) if one.id == name else one for one in book.derivations)  # type: ignore[arg-type]
    assert own != book.derivations
    return replace(book, derivations=own)


def with_open_origin(book: Rulebook) -> Rulebook:
    """The rulebook with Singapore as an origin that leaves open whether it is the mainland."""
    origins = book.facts["investors"].values
    both = replace(origins["singapore"], may_be=("singapore", "mainland"))
    return with_fact(book, "investors", values={**origins, "singapore": both})


LEFT_OUT = {"leave_out": frozenset({"mainland", "singapore"})}
UNSEEN: dict[str, tuple[Rulebook, Rulebook, UncomparedKind, set[str]]] = {
    "another sum": (
        BOOK, with_derivation(BOOK, "foreign-share-from-investors", **LEFT_OUT), "from_investors", {"foreign_share"},
    ),
    "a sum on which another fact rests": (
        SMALL, with_derivation(SMALL, "foreign-share-from-investors", **LEFT_OUT), "from_investors",
        {"foreign_share", "foreign_invested"},
    ),
    "no sum": (
        BOOK, replace(BOOK, derivations=BOOK.derivations[1:]), "from_investors", {"foreign_share"},
    ),
    "an open origin": (BOOK, with_open_origin(BOOK), "open_origins", {"foreign_share", "investor_origins"}),
    "a derivation that contradicts other profiles": (
        SMALL, with_derivation(SMALL, "domestic-by-share", value="true"), "derivation", {"foreign_invested"},
    ),
    "a greater number": (
        BOOK, with_fact(BOOK, "foreign_share", maximum=Decimal(200)), "range", {"foreign_share"},
    ),
    "another fact by the place of registration": (
        BOOK, with_fact(BOOK, "registered_in", settles="listed_here"), "registration",
        {"registered_here", "listed_here"},
    ),
    "another pilot": (BOOK, replace(BOOK, pilot_groups=(("110000",),)), "registration", {"registered_here"}),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_a_rule_that_no_cell_shows_is_named_and_the_difference_is_not_complete(name: str) -> None:
    old, new, kind, facts = UNSEEN[name]
    for found in (difference(old, new, DAY), difference(new, old, DAY)):
        assert not found.complete
        assert {one.kind for one in found.uncompared} == {kind}
        assert {fact for one in found.uncompared for fact in one.facts} == facts
        read = {key for one in found.uncompared for key in one.rows}
        assert read == {key for key in _keys(old) if facts & _facts_read(old, key)}


def _keys(book: Rulebook) -> list[tuple[str, int]]:
    return [one.key for one in book.measures]


def _facts_read(book: Rulebook, key: tuple[str, int]) -> set[str]:
    condition = book.measure(key[1], key[0]).condition
    return set() if condition is None else {column_of(leaf) for leaf in leaves(condition)}


def test_investors_whose_sum_is_another_change_rows_that_are_named() -> None:
    old = BOOK
    new = with_derivation(old, "foreign-share-from-investors", **LEFT_OUT)
    own = Profile(city="上海", investors=[{"origin": "singapore", "share": 100}])
    before, after = ({one.measure.key: one.verdict for one in check(own, book, as_of=DAY)} for book in (old, new))
    moved = {key for key in before if before[key] is not after[key]}
    assert BOOK.measure(132).key in moved
    assert moved <= {key for one in difference(old, new, DAY).uncompared for key in one.rows}


def test_a_derivation_of_another_name_is_the_same() -> None:
    found = difference(BOOK, with_derivation(BOOK, "foreign-share-from-investors", id="sum"), DAY)
    assert (found.complete, found.uncompared, found.rows) == (True, (), ())


def test_a_sector_in_another_section_is_found() -> None:
    sectors = BOOK.sectors
    moved = {**sectors.codes, "72": replace(sectors.codes["72"], section="M")}
    book = with_row(BOOK, with_condition(BOOK.measure(57), lambda _: InSector(("L",))))
    found = difference(book, replace(book, sectors=replace(sectors, codes=moved)), DAY)
    assert BOOK.measure(57).key in {one.key for one in found.rows}
