"""The verdicts that two rulebooks give differently, by enumerating every cell of every row.

A row whose condition, and everything it depends on, is the same in both is skipped: it cannot differ. For any other row
both rulebooks decide every combination of classes that they distinguish. Wording is ignored. A value in a cell is known
or missing, never known in part (a range, a list whose rest is open). What cells do not show, such as a fact that
follows from investors by another rule, is listed as `uncompared`, and the difference is not complete then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from applicability.analysis.classes import Sample, given_by
from applicability.analysis.product_space import ProductSpace, ProductSpaces
from applicability.analysis.uncompared import UncomparedRule, derivation_content, uncompared
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import Condition, bare
from applicability.model.leaf_kinds import LIMITS
from applicability.model.measure import Force, Measure, MeasureKey
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict
from applicability.published import Published
from applicability.text import Text

CELLS = 5_000_000  # gone through for one row at most, those alike as one; beyond it, the coverage is reported
# Answers about places for all rows together, of one leaf for some whereabouts; beyond it, nothing is compared.
ANSWERS = 8_000_000
NameKind = Literal[
    "facts", "values", "activities", "sectors", "divisions", "zones", "zone_types", "judgements", "limits"
]
KINDS: tuple[NameKind, ...] = get_args(NameKind)
RowStatus = Literal["verdicts", "authorities_only", "text_lost", "not_encoded", "absent"]


@dataclass(frozen=True)
class Moved:
    """One way in which a row differs: from and to which verdict (None: no verdict), in how many cells, and a sample
    profile.
    """

    old: Verdict | None
    new: Verdict | None
    cells: int
    witness: Mapping[str, object]


@dataclass(frozen=True)
class RowDifference:
    """A row that differs. `cells` is the number of cells, `covered` the number enumerated (all, unless limited)."""

    key: MeasureKey
    title: Text
    old: RowStatus
    new: RowStatus
    moved: tuple[Moved, ...]
    cells: int
    covered: int
    forces: tuple[Force | None, Force | None]

    @property
    def touched(self) -> int:
        """The number of cells with different verdicts."""
        return sum(one.cells for one in self.moved)


@dataclass(frozen=True)
class UnsharedNames:
    """Names that a profile can use on one side only: such profiles cannot be compared."""

    kind: NameKind
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Difference(Published):
    """All rows that differ, in order, and the names that only one side knows. `measures` is the number of rows
    compared, `uncompared` the rules that differ and that no cell shows.
    """

    old: Rulebook
    new: Rulebook
    rows: tuple[RowDifference, ...]
    vocabulary: tuple[UnsharedNames, ...]
    measures: int
    uncompared: tuple[UncomparedRule, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every cell of every row was enumerated, and the cells show all that differs."""
        return not self.uncompared and all(row.covered == row.cells for row in self.rows)

    def __bool__(self) -> bool:
        raise TypeError("a difference is no bool: look at its `rows`, `vocabulary` and `uncompared`")


def difference(old: Rulebook, new: Rulebook, day: datetime.date, *, any_day: bool = True) -> Difference:
    """The differences between two rulebooks: on any day, or only on the day given.

    Raises TooManyAnswersError if their registers are too large.
    """
    spaces = ProductSpaces(day, any_day=any_day, answers=ANSWERS)
    before, after = _measures(old), _measures(new)
    world = _same_world(old, new)
    rows = []
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if world and one is not None and other is not None and _same(old, new, one, other):
            continue
        found = _row(spaces, old, new, key, one, other)
        if found is not None:
            rows.append(found)
    unshared, unseen = tuple(_vocabulary(old, new)), tuple(uncompared(old, new))
    return Difference(old, new, tuple(rows), unshared, len(before.keys() | after.keys()), unseen)


def on_the_day(rulebook: Rulebook, day: datetime.date) -> Rulebook:
    """The rulebook frozen on a day: entries in force then always apply, others never.

    To compare on one day rather than on any: nothing on its register begins or ends.
    """
    always = datetime.date.min
    held = tuple(replace(entry, date=always, expires=None) for entry in rulebook.register if entry.in_force(day))
    return replace(rulebook, register=held)


def witness_for(rulebook: Rulebook, witness: Mapping[str, object]) -> dict[str, object]:
    """A witness that one side can read: without facts and findings that only the other side knows."""
    told = {name: value for name, value in witness.items() if name in rulebook.facts or name == "as_of"}
    findings = witness.get("determinations")
    if isinstance(findings, Mapping):
        told["determinations"] = {key: found for key, found in findings.items() if key in rulebook.judgements}
    limits = witness.get(LIMITS)
    if isinstance(limits, Mapping):
        told |= {LIMITS: own} if (own := {key: kept for key, kept in limits.items() if key in rulebook.limits}) else {}
    return told


def row_status(measure: Measure | None) -> RowStatus:
    """Whether a row has verdicts, or why not."""
    if measure is None:
        return "absent"
    if measure.lost:
        return "text_lost"
    if not measure.encoded:
        return "not_encoded"
    return "verdicts" if measure.condition is not None else "authorities_only"


def _measures(rulebook: Rulebook) -> dict[MeasureKey, Measure]:
    return {measure.key: measure for measure in rulebook.measures}


def _same_world(old: Rulebook, new: Rulebook) -> bool:
    """Whether everything except the rows is equivalent: places, sectors, activities, facts, derivations."""
    places = (
        old.gazetteer.divisions.keys() == new.gazetteer.divisions.keys()
        and {id: _zone(old, id) for id in old.gazetteer.zones} == {id: _zone(new, id) for id in new.gazetteer.zones}
        and {id: kind.under for id, kind in old.gazetteer.zone_types.items()}
        == {id: kind.under for id, kind in new.gazetteer.zone_types.items()}
    )
    sections = [{code: one.section for code, one in book.sectors.codes.items()} for book in (old, new)]
    under = [{id: one.under for id, one in book.sectors.activities.items()} for book in (old, new)]
    sectors = sections[0] == sections[1] and under[0] == under[1]
    return places and sectors and _facts(old) == _facts(new) and _derivations(old) == _derivations(new)


def _zone(rulebook: Rulebook, id: str) -> object:
    zone = rulebook.gazetteer.zones[id]
    return (zone.divisions, zone.part_of, zone.types, zone.whole)


def _facts(rulebook: Rulebook) -> object:
    facts = rulebook.facts.values()
    return {one.name: (one.type, one.minimum, one.maximum, tuple(one.values)) for one in facts}


def _derivations(rulebook: Rulebook) -> object:
    return [derivation_content(one) for one in rulebook.derivations]


def _same(old: Rulebook, new: Rulebook, one: Measure, other: Measure) -> bool:
    """Whether the row has the same conditions and the same official steps."""
    plain = [None if row.condition is None else bare(row.condition) for row in (one, other)]
    steps = [
        [_entry(entry) for kind in ("records", "overtakes") for entry in book.entries(kind, *row.key)]
        for book, row in ((old, one), (new, other))
    ]
    told = [(row_status(row), row.force) for row in (one, other)]
    return plain[0] == plain[1] and steps[0] == steps[1] and told[0] == told[1]


def _entry(entry: Entry) -> object:
    return (entry.kind, entry.date, entry.expires, entry.places, entry.step)


def _row(
    spaces: ProductSpaces, old: Rulebook, new: Rulebook, key: MeasureKey, one: Measure | None, other: Measure | None
) -> RowDifference | None:
    conditions: list[Condition | None] = [row.condition if row is not None else None for row in (one, other)]
    space = spaces.of((old, conditions[0]), (new, conditions[1]))
    moved, covered = _walk(space)
    title = next(row.title for row in (other, one) if row is not None)
    forces = (one.force if one else None, other.force if other else None)
    found = RowDifference(key, title, row_status(one), row_status(other), moved, covered[1], covered[0], forces)
    same = not moved and found.old == found.new and forces[0] == forces[1] and found.covered == found.cells
    return None if same else found


def _walk(space: ProductSpace) -> tuple[tuple[Moved, ...], tuple[int, int]]:
    """Every way in which the two layers differ, with the numbers of cells enumerated and of all cells."""
    counts: dict[tuple[Verdict | None, Verdict | None], int] = {}
    first: dict[tuple[Verdict | None, Verdict | None], tuple[Sample, ...]] = {}
    covered = 0
    complete = True
    for gone, (samples, (before, after), cells) in enumerate(space.walk_merged()):
        if gone == CELLS:
            complete = False
            break
        covered += cells
        if before is not after:
            counts[before, after] = counts.get((before, after), 0) + cells
            if (before, after) not in first:
                first[before, after] = samples()
    whole = covered if complete else max(covered + 1, space.size)
    moved = (Moved(*pair, count, given_by(first[pair])) for pair, count in counts.items())
    return tuple(sorted(moved, key=lambda one: -one.cells)), (covered, whole)


def _vocabulary(old: Rulebook, new: Rulebook) -> Iterator[UnsharedNames]:
    sides = [
        {
            "facts": set(book.facts),
            "values": {f"{name}.{key}" for name, one in book.facts.items() for key in one.values},
            "activities": set(book.sectors.activities),
            "sectors": set(book.sectors.codes),
            "divisions": set(book.gazetteer.divisions),
            "zones": set(book.gazetteer.zones),
            "zone_types": set(book.gazetteer.zone_types),
            "judgements": set(book.judgements),
            "limits": set(book.limits),
        }
        for book in (old, new)
    ]
    for kind in KINDS:
        removed, added = sides[0][kind] - sides[1][kind], sides[1][kind] - sides[0][kind]
        if removed or added:
            yield UnsharedNames(kind, tuple(sorted(removed)), tuple(sorted(added)))
