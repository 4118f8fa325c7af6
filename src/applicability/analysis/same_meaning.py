"""Whether a changed row, or a changed provision, still means the same: exact, by every cell of its product space.

A row means the same if its scope, its verdict and, unless it is ineligible, the limbs that decide it are the same for
every entity, on every day.
What the register does not hold yet could still be entered: each step that a row waits for is, on a day of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal

from applicability.analysis.classes import given_by
from applicability.analysis.difference import CELLS
from applicability.analysis.product_space import CellVerdicts, Layer, ProductSpaces
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import Condition, Step, bare, leaves
from applicability.model.evaluate import measure_verdict
from applicability.model.measure import Measure, MeasureKey
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict
from applicability.text import Text

# What a row or another rule says in a cell: its verdict, its scope's, and the limbs that decide it.
Part = Literal["verdict", "scope", "limbs"]
_CellMeaning = tuple[Verdict | None, Verdict | None, tuple[int, ...]]
_CellMeaningOf = Callable[[CellVerdicts], _CellMeaning]
_NOTHING = Text("", "")


@dataclass(frozen=True)
class Apart:
    """An example of a difference between two rules: a profile, the part that differs, and the verdict by each rule.

    Where only the scopes differ, the verdicts are those of the scopes.

    `old` and `new` are None where a rule gives no verdict. `complete` is False if nothing was found, in a space too
    large to look at all of it or one that does not show what was changed.
    """

    part: Part
    profile: Mapping[str, object]
    old: Verdict | None
    new: Verdict | None
    complete: bool = True


class RulesComparer:
    """Compares changed rules with those of a rulebook; what they share is computed once."""

    def __init__(self, rulebook: Rulebook, day: datetime.date) -> None:
        self.rulebook = rulebook
        self.day = day
        self._spaces = ProductSpaces(day, any_day=True)
        self._books: dict[tuple[MeasureKey, tuple[str, ...]], tuple[Rulebook, ProductSpaces]] = {}

    def row_apart(self, old: Measure, new: Measure, register: tuple[Entry, ...] | None = None) -> Apart | None:
        """Where a row differs once changed, also by its register; None if it means the same."""
        book, spaces = self._any_register(old, new)
        after = book
        if register is not None:
            added = book.register[len(self.rulebook.register) :]
            after, spaces = replace(book, register=(*register, *added)), ProductSpaces(self.day, any_day=True)
        if register is None and not self._parts_differ(spaces, book, old, new):
            return None
        layers = [(held, when) for held, row in ((book, old), (after, new)) for when in (row.scope, *_whens(row))]
        return _first_apart(spaces, layers, _row)

    def condition_apart(self, old: Condition, new: Condition) -> Apart | None:
        """Where what is shown to those who meet a condition differs; None if it is shown to the same entities."""
        return _first_apart(self._spaces, [(self.rulebook, old), (self.rulebook, new)], _shown)

    def _parts_differ(self, spaces: ProductSpaces, book: Rulebook, old: Measure, new: Measure) -> bool:
        """Whether a part that was changed differs by itself, in the small space that it reads."""
        pairs = zip((old.scope, *_whens(old)), (new.scope, *_whens(new)), strict=True)
        changed = [(one, other) for one, other in pairs if one != other]
        return any(_first_apart(spaces, [(book, one), (book, other)], _alone) for one, other in changed)

    def _any_register(self, old: Measure, new: Measure) -> tuple[Rulebook, ProductSpaces]:
        """The rulebook with an entry for each step that the row waits for or could, and the spaces over it."""
        steps = tuple(sorted({leaf.step for row in (old, new) for when in row.conditions for leaf in _steps(when)}))
        if (old.key, steps) not in self._books:
            book = replace(self.rulebook, register=(*self.rulebook.register, *self._entered(old, steps)))
            self._books[old.key, steps] = book, ProductSpaces(self.day, any_day=True)
        return self._books[old.key, steps] if steps else (self.rulebook, self._spaces)

    def _entered(self, row: Measure, steps: Sequence[str]) -> Iterator[Entry]:
        """An entry for each step on a day of its own, everywhere."""
        day = max([self.day, *(entry.date for entry in self.rulebook.register)])
        for number, step in enumerate(steps, start=1):
            here = day + datetime.timedelta(days=2 * number)
            id, rows = f"{step}#{row.row}", frozenset((row.row,))
            yield Entry(id, "records", here, _NOTHING, _NOTHING, "user", (), rows, row.document, step, None, None, here)


def _steps(condition: Condition) -> list[Step]:
    return [leaf for leaf in leaves(condition) if isinstance(leaf, Step)]


def _whens(row: Measure) -> tuple[Condition, ...]:
    return tuple(limb.when for limb in row.usable)


def _row(verdicts: CellVerdicts) -> _CellMeaning:
    scope, *limbs = verdicts
    best = max((one for one in limbs if one is not None), default=None)
    row = None if scope is None else measure_verdict(scope, [one for one in limbs if one is not None])
    deciding = tuple(number for number, one in enumerate(limbs) if one is best)
    return row, scope, () if row is Verdict.INELIGIBLE else deciding


def _alone(verdicts: CellVerdicts) -> _CellMeaning:
    return verdicts[0], None, ()


def _shown(verdicts: CellVerdicts) -> _CellMeaning:
    """What is shown if a condition is met: anything less is alike."""
    met = verdicts[0] is Verdict.ELIGIBLE
    return Verdict.ELIGIBLE if met else Verdict.INELIGIBLE, None, ()


def _first_apart(spaces: ProductSpaces, layers: Sequence[Layer], read: _CellMeaningOf) -> Apart | None:
    """The simplest cell in which the first half of the layers does not mean what the second half does."""
    half = len(layers) // 2
    # Rules that are alike are decided once.
    positions: dict[tuple[int, Condition | None], int] = {}
    unique: list[Layer] = []
    order: list[int] = []
    for book, condition in layers:
        key = (id(book), None if condition is None else bare(condition))
        if key not in positions:
            positions[key] = len(unique)
            unique.append((book, condition))
        order.append(positions[key])
    space = spaces.of(*unique)
    known: dict[CellVerdicts, tuple[_CellMeaning, _CellMeaning]] = {}
    for samples, found in islice(space.walk(), CELLS):
        if found not in known:
            told = tuple([found[position] for position in order])
            known[found] = read(told[:half]), read(told[half:])
        old, new = known[found]
        if old != new:
            return _differing(given_by(samples()), old, new)
    return None if space.size <= CELLS else Apart("verdict", {}, None, None, complete=False)


def _differing(profile: Mapping[str, object], old: _CellMeaning, new: _CellMeaning) -> Apart:
    if old[0] is not new[0]:
        return Apart("verdict", profile, old[0], new[0])
    if old[1] is not new[1]:
        return Apart("scope", profile, old[1], new[1])
    return Apart("limbs", profile, old[0], new[0])
