"""How near a change lies: what only has to be said, what the entity's own line of business can carry, and the rest."""

from __future__ import annotations

from typing import Literal, get_args

from applicability.analysis.edits import Edit
from applicability.analysis.minimal_changes import Change
from applicability.model.facts import Facts
from applicability.model.rulebook import Rulebook

# From the nearest: only to be said or undertaken; within the line of business; another business or standing; elsewhere.
Effort = Literal["say", "near", "far", "move"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)


def effort(change: Change, facts: Facts, rulebook: Rulebook) -> Effort:
    """The effort of the hardest of its edits."""
    return max((_effort(edit, facts, rulebook) for edit in change.edits), key=EFFORTS.index, default="say")


def rank(change: Change, facts: Facts, rulebook: Rulebook) -> tuple[int, int, int]:
    """Sorts changes from the nearest: by effort, then by how many edits, then the most open first."""
    return EFFORTS.index(effort(change, facts, rulebook)), len(change.edits), -change.verdict


def _effort(edit: Edit, facts: Facts, rulebook: Rulebook) -> Effort:
    if edit.kind in ("answer", "keep"):
        return "say"
    if edit.kind == "move":
        return "move"
    declaration = rulebook.facts[edit.fact] if edit.fact is not None else None
    if declaration is None or declaration.type in ("sector", "choice", "choices", "investors"):
        return "far"
    if declaration.type == "activities":
        return "near" if edit.kind == "drop" or _carried(edit, facts, rulebook) else "far"
    return "near"


def _carried(edit: Edit, facts: Facts, rulebook: Rulebook) -> bool:
    """Whether one of the activities is such as the entity's sector carries; where none is given, none is."""
    codes = facts.values.get("sector")
    own = [str(code) for code in codes] if isinstance(codes, tuple) else []
    offered = {
        str(id)
        for one in edit.options
        for held in one.sample.values.values()
        if isinstance(held, frozenset)
        for id in held
    }
    known = offered & set(rulebook.sectors.activities)
    return any(rulebook.sectors.can_carry(code, activity) for code in own for activity in known)
