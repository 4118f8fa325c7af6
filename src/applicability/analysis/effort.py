"""How near a change lies: what only has to be said, what the entity's own line of business can carry, and the rest.

What is plausible for the entity comes before all that is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from applicability.analysis.edits import Edit, Option
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import MOST, Plausibility
from applicability.model.facts import Facts
from applicability.model.rulebook import Rulebook

# From the nearest: only to be said or undertaken; within the line of business; another business or standing; elsewhere.
Effort = Literal["say", "near", "far", "move"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)


def effort(change: Change, facts: Facts, rulebook: Rulebook) -> Effort:
    """The effort of the hardest of its edits."""
    return max((_effort(edit, facts, rulebook) for edit in change.edits), key=EFFORTS.index, default="say")


def rank(change: Change, plausibility: Plausibility) -> tuple[bool, int, int, int, int]:
    """Sorts changes from the nearest: plausible ones first, by effort, its own line of business before all else, by how
    many edits, then the most open first.
    """
    told = EFFORTS.index(effort(change, plausibility.facts, plausibility.rulebook))
    away = breadth(change, plausibility)
    return not is_plausible(change, plausibility), told, away, len(change.edits), -change.verdict


def breadth(change: Change, plausibility: Plausibility) -> int:
    """How many sectors share what a change adds of the entity's own line of business; more than `MOST` if it adds what
    is of another line, or tells of none.
    """
    told = () if plausibility.open else tuple(n for edit in change.edits for n in _breadth(edit, plausibility))
    return max(told, default=MOST + 1)


def _breadth(edit: Edit, plausibility: Plausibility) -> Iterator[int]:
    """The least breadth of the values that an edit adds; nothing where they tell of no line of business."""
    fact = edit.fact
    if fact is None or edit.kind in ("move", "drop") or edit.closes or fact not in plausibility.rulebook.facts:
        return
    if plausibility.rulebook.facts[fact].type in ("choice", "choices", "activities"):
        words = (word for one in edit.options for word in _words(one, fact))
        told = [found for word in words if (found := plausibility.breadth(fact, word)) is not None]
        if told:
            yield min(told)


def advisable(prospect: Prospect, plausibility: Plausibility) -> bool:
    """Whether a plausible change of the entity's own opens a measure that is addressed to such as it is."""
    concerned = plausibility.concerns(prospect.finding.measure)
    return concerned and any(is_plausible(change, plausibility) for change in prospect.yours)


def is_plausible(change: Change, plausibility: Plausibility) -> bool:
    """Whether every edit of a change is plausible for the entity."""
    return plausibility.open or all(plausible_edit(edit, plausibility) for edit in change.edits)


def plausible_edit(edit: Edit, plausibility: Plausibility) -> bool:
    """Whether a change gives a fact that it makes sense to ask a value that could be so, within the same business."""
    fact = edit.fact
    if fact is None or edit.kind in ("move", "drop") or edit.closes or fact == "city":
        return True
    if not plausibility.asks(fact):
        return False
    match plausibility.rulebook.facts[fact].type:
        case "choice" | "choices" | "activities":
            return any(plausibility.value(fact, word) for one in edit.options for word in _words(one, fact))
        case "sector":
            return plausibility.near(code for one in edit.options for code in _words(one, fact))
        case _:
            return True


def _words(option: Option, fact: str) -> Iterator[str]:
    held = option.sample.values.get(fact)
    yield from map(str, held) if isinstance(held, (frozenset, tuple)) else () if held is None else (str(held),)


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
