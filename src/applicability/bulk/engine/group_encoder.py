"""Combines the codes of a group's columns, and what is derived from them, into one class code."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from applicability.bulk.engine.column_encoders import MISSING, UNREADABLE, ColumnEncoder, ListEncoder, VerdictBytes
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray
from applicability.model.conditions import Does, Leaf
from applicability.model.derive import derive
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import Facts, Value
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook


class GroupClasses:
    """The distinct verdict vectors of a group's leaves, numbered; 0 is no class but a group that cannot be read."""

    def __init__(self, nothing: VerdictBytes) -> None:
        self.vectors = [nothing, nothing]
        self._codes = {nothing: 1}

    def of(self, vector: VerdictBytes) -> int:
        """The class of a vector, added if new; class 1 is that of companies without any value in the group."""
        code = self._codes.setdefault(vector, len(self.vectors))
        if code == len(self.vectors):
            self.vectors.append(vector)
        return code


class GroupEncoder:
    """Maps the columns' codes to classes, computed once for every combination that occurs."""

    def __init__(
        self,
        members: Sequence[ColumnEncoder],
        leaves: Sequence[Leaf],
        classes: GroupClasses,
        rulebook: Rulebook,
        day: datetime.date,
    ) -> None:
        self.members = tuple(members)
        self._leaves = leaves
        self._classes = classes
        self._rulebook = rulebook
        self._day = day
        self._numbers = CombinationIndex(len(members))
        self._found = GrowingArray()
        self._business = _business(rulebook, self.members, leaves)

    @property
    def combinations(self) -> int:
        """How many combinations of the columns' codes are cached."""
        return len(self._found)

    def codes(self, table: Mapping[str, Any], rows: int) -> Codes:
        """The class of each row of a table (int32, shape (rows,))."""
        if not self.members:
            return np.ones(rows, np.int32)
        codes = [member.codes(table) for member in self.members]
        if self._business is not None:
            sector, activities = self._business
            silent = (codes[activities] != MISSING) & (codes[sector] != UNREADABLE)
            codes[sector] = np.where(silent, MISSING, codes[sector])
        numbers = self._numbers(codes)
        for parts in self._numbers.parts[len(self._found) :]:
            self._found.append(self._class(parts))
        return self._found.at(numbers)

    def _class(self, parts: tuple[int, ...]) -> int:
        if UNREADABLE in parts:
            return 0
        atoms = [member.atoms[part] for member, part in zip(self.members, parts, strict=True) if part != MISSING]
        if not atoms:
            return 1
        if len(atoms) == 1 and not self._rulebook.derivations:
            return self._classes.of(atoms[0].vector[: len(self._leaves)])
        values: dict[str, Value] = {}
        findings: dict[str, bool | None] = {}
        limits: dict[str, bool | None] = {}
        whereabouts = Whereabouts()
        for atom in atoms:
            limits.update(atom.facts.limits)
            values.update(atom.facts.values)
            findings.update(atom.facts.determinations)
            whereabouts = atom.facts.whereabouts if atom.facts.whereabouts != Whereabouts() else whereabouts
        facts, clashes = derive(Facts(values, whereabouts, self._day, findings, limits=limits), self._rulebook)
        if clashes:
            return 0
        return self._classes.of(bytes(leaf_verdict(leaf, facts, self._rulebook) for leaf in self._leaves))


def _business(rulebook: Rulebook, members: Sequence[ColumnEncoder], leaves: Sequence[Leaf]) -> tuple[int, int] | None:
    """The positions of sector and activities among the encoders, if the leaves read activities only: where activities
    are given, a readable sector adds nothing, and ignoring it leaves far fewer combinations to decide.
    """
    words = {
        rulebook.facts[member.facts[0]].type: place
        for place, member in enumerate(members)
        if isinstance(member, ListEncoder)
    }
    if rulebook.derivations or "sector" not in words or "activities" not in words:
        return None
    return (words["sector"], words["activities"]) if all(isinstance(leaf, Does) for leaf in leaves) else None
