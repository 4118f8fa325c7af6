"""Minimal changes that open a measure: every minimal set of edits, with no superset of another.

"The verdict is at least k" is a formula over leaves; its disjunctive normal form lists the ways to make it true, and
each way requires something of each column. For every column the minimal sets of edits that satisfy its part are found,
and of their combinations only those are kept that contain no other. Nothing is sampled: up to the size asked for, none
is missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from applicability.analysis.compiled_conditions import compiled
from applicability.analysis.edited import edited, not_granted
from applicability.analysis.edits import Edit, Edits, column_edited, taken
from applicability.analysis.levels import And, Atom, Formula, Or, at_least
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.assessment import Finding
from applicability.model.conditions import Condition, Judgement, Leaf, bare, leaves
from applicability.model.derive import derive
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import column_of
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

SIZE = 6  # the default limit on edits in one set
_WAYS = 20_000  # conjunctions of a condition; beyond this limit sets are tried one by one


@dataclass(frozen=True)
class Change:
    """A minimal set of edits, and the resulting verdict."""

    edits: tuple[Edit, ...]
    verdict: Verdict

    @property
    def yours(self) -> bool:
        """Whether the entity can make every edit itself."""
        return all(edit.yours for edit in self.edits)


@dataclass(frozen=True)
class Prospect:
    """The minimal sets of at most `size` edits that bring one measure to a target, the entity's own first."""

    finding: Finding
    target: Verdict
    size: int
    changes: tuple[Change, ...]

    @property
    def yours(self) -> tuple[Change, ...]:
        """The sets that the entity can make itself."""
        return tuple(change for change in self.changes if change.yours)

    @property
    def awaited(self) -> tuple[Edit, ...]:
        """The edits outside the entity's control that are in every set, or else in the smallest of them."""
        others = self._others
        least = min(others, key=len, default=[])
        return self._shared or tuple(least)

    @property
    def has_other_ways(self) -> bool:
        """Whether what is `awaited` is of one way among several, none of which needs all the others need."""
        return bool(self._others) and not self._shared

    @property
    def _others(self) -> list[list[Edit]]:
        """The edits outside the entity's control of each set; none if it can make one of the sets itself."""
        return [] if self.yours else [[edit for edit in one.edits if not edit.yours] for one in self.changes]

    @property
    def _shared(self) -> tuple[Edit, ...]:
        others = self._others
        return tuple(edit for edit in others[0] if all(edit in one for one in others)) if others else ()


class Changes:
    """Minimal changes for one entity, for any number of conditions."""

    def __init__(self, facts: Facts, rulebook: Rulebook) -> None:
        self.facts, self.rulebook = facts, rulebook
        self._edits = Edits(facts, rulebook)
        # Derived facts change together with their sources: only a full derivation gives the result.
        self._linked = any(one.when is not None for one in rulebook.derivations)

    def to(self, condition: Condition, target: Verdict, size: int = SIZE) -> tuple[Change, ...]:
        """Every minimal set of at most `size` edits that raises the condition to the target, the entity's own first.

        Empty if it is already there.
        """
        plain = bare(condition)
        if verdict(plain, self.facts, self.rulebook) >= target:
            return ()
        edits = list(self._edits.of(plain, target))
        search = _EditSearch(plain, self.facts, self.rulebook, edits)
        ways = None if self._linked else _ways(at_least(plain, target))
        if ways is None:
            sets = search.one_by_one(target, size)
        elif any(column_of(leaf) in self._edits.settled for leaf in search.leaves):
            # Where it stands tells whether it is registered there: with each place in turn, then.
            places = {index for index, edit in enumerate(edits) if edit.fact == "city"}
            sets = search.by_columns(ways, size, without=places)
            for place in places:
                there = _EditSearch(plain, edited(self.facts, [edits[place]], self.rulebook), self.rulebook, edits)
                sets |= {own | {place} for own in there.by_columns(ways, size - 1, without=places, none=True)}
        elif any(isinstance(leaf, Judgement) and self.facts.determinations.get(leaf.key) for leaf in search.leaves):
            # A move drops findings, so columns are not independent: such sets are tried one by one.
            moves = {index for index, edit in enumerate(edits) if edit.kind == "move"}
            elsewhere = replace(self.facts, determinations=not_granted(self.facts.determinations))
            moved = _EditSearch(plain, elsewhere, self.rulebook, edits).by_columns(ways, size)
            stayed = search.by_columns(ways, size, without=moves)
            sets = stayed | {own for own in moved if own & moves}
        else:
            sets = search.by_columns(ways, size)
        minimal = [own for own in sets if not any(other < own for other in sets)]
        found = ((own, Change(tuple(edits[i] for i in sorted(own)), search.reached(sorted(own)))) for own in minimal)
        ranked = sorted(found, key=lambda one: (not one[1].yours, len(one[0]), sorted(one[0])))
        return tuple(change for _, change in ranked)


class _EditSearch:
    """Searches sets of edits, as indices into the list of edits."""

    def __init__(self, condition: Condition, facts: Facts, rulebook: Rulebook, edits: Sequence[Edit]) -> None:
        self.condition, self.facts, self.rulebook, self.edits = condition, facts, rulebook, edits
        self.leaves: tuple[Leaf, ...] = tuple(dict.fromkeys(leaves(condition)))
        order = {leaf: index for index, leaf in enumerate(self.leaves)}
        self.decide = compiled(condition, lambda leaf: order[leaf])
        self._read_with: dict[tuple[tuple[int, ...], str], dict[Leaf, Verdict]] = {}

    def one_by_one(self, target: Verdict, size: int) -> set[frozenset[int]]:
        """All minimal sets that reach the target, tried in order of size."""
        found: set[frozenset[int]] = set()
        for count in range(1, size + 1):
            for chosen in combinations(range(len(self.edits)), count):
                own = frozenset(chosen)
                if not self._possible(chosen) or any(smaller <= own for smaller in found):
                    continue
                if self.reached(chosen) >= target:
                    found.add(own)
        return found

    def by_columns(
        self, ways: Sequence[frozenset[Atom]], size: int, without: Collection[int] = (), *, none: bool = False
    ) -> set[frozenset[int]]:
        """All sets made of a smallest set for each column, for each way, without some edits; some may hold others.

        With `none`, that of no edits is one of them where nothing more is needed.
        """
        found: set[frozenset[int]] = set()
        for way in ways:
            asked: dict[str, list[Atom]] = {}
            for atom in way:
                asked.setdefault(column_of(atom.leaf), []).append(atom)
            parts = [list(self._smallest(name, atoms, size, without)) for name, atoms in asked.items()]
            for part in product(*parts):
                own = frozenset().union(*part)
                if (own or none) and len(own) <= size:
                    found.add(own)
        return found

    def _smallest(
        self, name: str, atoms: Sequence[Atom], size: int, without: Collection[int]
    ) -> Iterator[frozenset[int]]:
        """The minimal sets of edits of a column that make all the atoms true."""
        edits = ((index, edit) for index, edit in enumerate(self.edits) if index not in without)
        own = [index for index, edit in edits if column_edited(edit) == name]
        found: list[frozenset[int]] = []
        # One edit can make an atom true; making it false may require dropping every entry that it tests.
        drops = sum(self.edits[index].kind == "drop" or self.edits[index].closes for index in own)
        for count in range(min(size, len(own), len(atoms) + drops) + 1):
            for chosen in combinations(own, count):
                one = frozenset(chosen)
                if not self._possible(chosen) or any(smaller <= one for smaller in found):
                    continue
                read = self._read(chosen, name)
                if all(_true(atom, read[atom.leaf]) for atom in atoms):
                    found.append(one)
                    yield one
            if found == [frozenset()]:
                return

    def _possible(self, chosen: Sequence[int]) -> bool:
        """Whether the edits are compatible: a fact is either set once, or its list is added to and removed from."""
        edits = [self.edits[index] for index in chosen]
        whole = [edit.fact for edit in edits if not edit.entry and edit.fact is not None]
        return len(whole) == len(set(whole)) and not any(edit.entry and edit.fact in whole for edit in edits)

    def _read(self, chosen: Sequence[int], name: str) -> dict[Leaf, Verdict]:
        key = (tuple(chosen), name)
        if key not in self._read_with:
            edits = [self.edits[index] for index in chosen]
            facts = edited(self.facts, edits, self.rulebook)
            self._read_with[key] = {
                leaf: Verdict.ELIGIBLE if taken(leaf, edits) else leaf_verdict(leaf, facts, self.rulebook)
                for leaf in self.leaves
                if column_of(leaf) == name
            }
        return self._read_with[key]

    def reached(self, chosen: Sequence[int]) -> Verdict:
        """The verdict with those edits made; ineligible where they contradict a derived fact."""
        edits = [self.edits[index] for index in chosen]
        facts, clashes = derive(edited(self.facts, edits, self.rulebook).given, self.rulebook)
        if clashes:
            return Verdict.INELIGIBLE
        read = (
            Verdict.ELIGIBLE if taken(leaf, edits) else leaf_verdict(leaf, facts, self.rulebook) for leaf in self.leaves
        )
        return self.decide(tuple(read))


def _true(atom: Atom, held: Verdict) -> bool:
    """Whether a leaf with that verdict is true in the atom's mode."""
    match atom.mode:
        case "true":
            return held is Verdict.ELIGIBLE
        case "open":
            return held >= Verdict.CONDITIONAL
        case "possible":
            return held >= Verdict.NEEDS_INFO
        case "false":
            return held is Verdict.INELIGIBLE
        case "doubtful":
            return held <= Verdict.NEEDS_INFO


def _ways(formula: Formula) -> list[frozenset[Atom]] | None:
    """The minimal sets of atoms that make a formula true; None if there are too many."""
    match formula:
        case Atom():
            return [frozenset((formula,))]
        case Or(parts):
            found: list[frozenset[Atom]] = []
            for part in parts:
                more = _ways(part)
                if more is None:
                    return None
                found += more
            return _without_larger(found)
        case And(parts):
            whole: list[frozenset[Atom]] = [frozenset()]
            for part in parts:
                more = _ways(part)
                if more is None or len(whole) * len(more) > _WAYS:
                    return None
                whole = _without_larger([one | other for one in whole for other in more])
            return whole


def _without_larger(sets: Sequence[frozenset[Atom]]) -> list[frozenset[Atom]]:
    unique = sorted(dict.fromkeys(sets), key=len)
    kept: list[frozenset[Atom]] = []
    for one in unique:
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept
