"""Conditions that nobody can meet, limbs out of reach of their scope, derivations that clash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from applicability.analysis.satisfiable import can_hold
from applicability.errors import Location, Problem
from applicability.loading.yaml.reader import Tree
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Judgement,
    Not,
    Number,
    Overtaken,
    leaves,
)  # fmt: skip
from applicability.model.leaf_kinds import kind_of
from applicability.model.rulebook import Limb, Measure, Rulebook

_ALWAYS = All(())


def conditions(rulebook: Rulebook, trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """Every problem that lies in what conditions mean."""
    for scope in rulebook.scopes.values():
        yield from _impossible(rulebook, scope.when)
    for derivation in rulebook.derivations:
        yield from _impossible(rulebook, derivation.when or _ALWAYS)
    for provision in rulebook.provisions:
        yield from _impossible(rulebook, provision.when)
    for measure in rulebook.measures:
        for limb in measure.limbs:
            found = [p for p in _impossible(rulebook, limb.when) if p.location.file == measure.location.file]
            yield from found
            if not found:
                yield from _unreachable(rulebook, measure, limb)
    yield from _clashes(rulebook, trees["derivations.yaml"])


def _impossible(rulebook: Rulebook, condition: Condition) -> Iterator[Problem]:
    for part, beside in _dead(rulebook, condition, ()):
        yield Problem("R401", _place(part), f"{_shown(part)} can never hold{_against(rulebook, part, beside)}", _HINT)


_HINT = "correct the values; what need not hold together stands under `any:`"


def _unreachable(rulebook: Rulebook, measure: Measure, limb: Limb) -> Iterator[Problem]:
    """A limb, or a branch of it, for which the row's scope leaves no place."""
    if measure.scope is None:
        return
    name = f"row {measure.row}" + (f", limb {limb.id}" if limb.id else "")
    hint = "correct the place, or name the scope that the row really has"
    found = [
        Problem(
            "R402", _place(part), f"{name}: {_shown(part)} is out of reach of the scope `{measure.scope_rule}`", hint
        )
        for part, _ in _dead(rulebook, limb.when, (measure.scope,))
    ]
    own = [problem for problem in found if problem.location.file == measure.location.file]
    yield from own
    if not own and not can_hold(rulebook, measure.scope, limb.when):
        message = f"{name}: its own scope is out of reach of the row's, `{measure.scope_rule}`"
        yield Problem("R402", measure.location, message, hint)


def _dead(
    rulebook: Rulebook, condition: Condition, beside: tuple[Condition, ...]
) -> Iterator[tuple[Condition, tuple[Condition, ...]]]:
    """The smallest parts that cannot hold where all that stands beside them does."""
    match condition:
        case Any_(parts):
            for part in parts:
                yield from _dead(rulebook, part, beside)
        case All(parts) if can_hold(rulebook, *beside, condition):
            for index, part in enumerate(parts):
                if isinstance(part, (All, Any_)):
                    yield from _dead(rulebook, part, (*beside, *parts[:index], *parts[index + 1 :]))
        case All(parts):
            alone = next((part for part in parts if not can_hold(rulebook, *beside, part)), None)
            if alone is not None:
                yield from _dead(rulebook, alone, beside)
                return
            last = next(index for index in range(len(parts)) if not can_hold(rulebook, *beside, *parts[: index + 1]))
            yield from _dead(rulebook, parts[last], (*beside, *parts[:last]))
        case _:
            if not can_hold(rulebook, *beside, condition):
                yield condition, beside


def _against(rulebook: Rulebook, part: Condition, beside: tuple[Condition, ...]) -> str:
    """What it cannot hold together with, where that is one thing."""
    if not can_hold(rulebook, part):
        return ""
    single = (one for condition in beside for one in _conjuncts(condition))
    other = next((one for one in single if not can_hold(rulebook, part, one)), None)
    return f" together with {_shown(other)}" if other is not None else " together with what stands beside it"


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _conjuncts(part)
    elif not isinstance(condition, Any_):
        yield condition


# Derivations ---------------------------------------------------------------------------------------------------------


def _clashes(rulebook: Rulebook, tree: Tree) -> Iterator[Problem]:
    """Two derivations that can give one fact different values for the same facts."""
    numbered = list(enumerate(rulebook.derivations))
    for (_, one), (index, other) in combinations(numbered, 2):
        same = (one.kind, one.value, one.leave_out) == (other.kind, other.value, other.leave_out)
        if one.gives != other.gives or same:
            continue
        if can_hold(rulebook, one.when or _ALWAYS, other.when or _ALWAYS):
            message = f"`{other.id}` and `{one.id}` can give `{one.gives}` different values for the same facts"
            hint = "narrow one of the two so that they never hold together"
            yield Problem("R404", tree.at("derivations", index, "id"), message, hint)


# Words ---------------------------------------------------------------------------------------------------------------


def _place(condition: Condition) -> Location:
    """Where a condition stands: at its first leaf."""
    inner = leaves(condition)
    return inner[0].ground.location if inner else Location("")


def _shown(condition: Condition) -> str:
    """A leaf much as the author wrote it."""
    match condition:
        case Number(fact, bounds):
            return f"`{fact}: {{{', '.join(f'{bound}: {limit}' for bound, limit in bounds)}}}`"
        case Not(part):
            return f"`not` over {_shown(part)}"
        case Judgement(key):
            return f"`judgement: {key.partition('.')[2]}`"
        case Overtaken():
            return "the register"
        case All(parts) | Any_(parts):
            return _shown(parts[0]) if len(parts) == 1 else "this condition"
        case _:
            kind = kind_of(condition)
            return f"`{kind.operator(condition)}: {_listed(kind.requires(condition))}`"


def _listed(words: tuple[str, ...]) -> str:
    shown = ", ".join(words[:3])
    return shown if len(words) == 1 else f"[{shown}]" if len(words) <= 3 else f"[{shown}, …]"
