"""Lints conditions: impossible ones, limbs excluded by their scope, derivations that clash."""

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
from applicability.model.measure import Limb, Measure
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_ALWAYS = All(())


def conditions(rulebook: Rulebook, trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """Every problem in the meaning of conditions."""
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
        shown, against = _shown(part), _against(rulebook, part, beside)
        message = Text(f"{shown.zh}{against.zh}不可能成立".strip(), f"{shown.en} can never hold{against.en}")
        yield Problem("R401", _place(part), message, _HINT)


_HINT = Text(
    "改正取值；不必同时成立的写在 `any:` 之下", "correct the values; what need not hold together stands under `any:`"
)


def _unreachable(rulebook: Rulebook, measure: Measure, limb: Limb) -> Iterator[Problem]:
    """A problem for each limb, or branch of it, that the row's scope excludes everywhere."""
    if measure.scope is None:
        return
    name = Text(f"第{measure.row}行", f"row {measure.row}")
    if limb.id:
        name = Text(f"第{measure.row}行分项{limb.id}", f"row {measure.row}, limb {limb.id}")
    hint = Text("改正地方，或写该行真正的适用范围", "correct the place, or name the scope that the row really has")
    found = []
    for part, _ in _dead(rulebook, limb.when, (measure.scope,)):
        shown = _shown(part)
        message = Text(
            f"{name.zh}：{shown.zh}不在适用范围 `{measure.scope_rule}` 之内",
            f"{name.en}: {shown.en} is out of reach of the scope `{measure.scope_rule}`",
        )
        found.append(Problem("R402", _place(part), message, hint))
    own = [problem for problem in found if problem.location.file == measure.location.file]
    yield from own
    if not own and not can_hold(rulebook, measure.scope, limb.when):
        message = Text(
            f"{name.zh}：自己的适用范围不在该行的适用范围 `{measure.scope_rule}` 之内",
            f"{name.en}: its own scope is out of reach of the row's, `{measure.scope_rule}`",
        )
        yield Problem("R402", measure.location, message, hint)


def _dead(
    rulebook: Rulebook, condition: Condition, beside: tuple[Condition, ...]
) -> Iterator[tuple[Condition, tuple[Condition, ...]]]:
    """The smallest parts that contradict what is beside them."""
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


def _against(rulebook: Rulebook, part: Condition, beside: tuple[Condition, ...]) -> Text:
    """The single condition that it contradicts, if there is one."""
    if not can_hold(rulebook, part):
        return Text("", "")
    single = (one for condition in beside for one in _conjuncts(condition))
    other = next((one for one in single if not can_hold(rulebook, part, one)), None)
    if other is None:
        return Text("与并列的条件同时", " together with what stands beside it")
    shown = _shown(other)
    return Text(f"与{shown.zh}同时", f" together with {shown.en}")


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _conjuncts(part)
    elif not isinstance(condition, Any_):
        yield condition


# Derivations ---------------------------------------------------------------------------------------------------------


def _clashes(rulebook: Rulebook, tree: Tree) -> Iterator[Problem]:
    """A problem for each two derivations that can give one fact different values for the same facts."""
    numbered = list(enumerate(rulebook.derivations))
    for (_, one), (index, other) in combinations(numbered, 2):
        same = (one.kind, one.value, one.leave_out) == (other.kind, other.value, other.leave_out)
        if one.gives != other.gives or same:
            continue
        if can_hold(rulebook, one.when or _ALWAYS, other.when or _ALWAYS):
            message = Text(
                f"对同样的事实，`{other.id}` 和 `{one.id}` 会给 `{one.gives}` 不同的值",
                f"`{other.id}` and `{one.id}` can give `{one.gives}` different values for the same facts",
            )
            hint = Text("收窄其中一条，使两者不会同时成立", "narrow one of the two so that they never hold together")
            yield Problem("R404", tree.at("derivations", index, "id"), message, hint)


# Texts ---------------------------------------------------------------------------------------------------------------


def _place(condition: Condition) -> Location:
    """The location of a condition: that of its first leaf."""
    inner = leaves(condition)
    return inner[0].ground.location if inner else Location("")


def _shown(condition: Condition) -> Text:
    """A leaf roughly as the author wrote it."""
    match condition:
        case Number(fact, bounds):
            return _written(f"{fact}: {{{', '.join(f'{bound}: {limit}' for bound, limit in bounds)}}}")
        case Not(part):
            shown = _shown(part)
            return Text(f"{shown.zh}的 `not` ", f"`not` over {shown.en}")
        case Judgement(key):
            return _written(f"judgement: {key.partition('.')[2]}")
        case Overtaken():
            return Text("登记册", "the register")
        case All(parts) | Any_(parts):
            return _shown(parts[0]) if len(parts) == 1 else Text("这项条件", "this condition")
        case _:
            kind = kind_of(condition)
            return _written(f"{kind.operator(condition)}: {_listed(kind.requires(condition))}")


def _written(words: str) -> Text:
    """Words as written in a rule file."""
    return Text(f" `{words}` ", f"`{words}`")


def _listed(words: tuple[str, ...]) -> str:
    shown = ", ".join(words[:3])
    return shown if len(words) == 1 else f"[{shown}]" if len(words) <= 3 else f"[{shown}, …]"
