"""The names of what rules conclude. `meanings` looks up what each stands for."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.model.conditions import Leaf, Number, Overtaken, Step, Within
from applicability.model.leaf_kinds import kind_of
from applicability.model.measure import Limb, Measure
from applicability.model.rulebook import Derivation, Rulebook
from applicability.model.verdict import Verdict

# Between the name of a formula and the number of one of its parts.
PART = ", part "


def reached(label: str, level: int) -> str:
    """ "This is at least at a level"."""
    return f"{label} is at least {Verdict(level).word}"


def row_label(measure: Measure) -> str:
    """A row, whose levels start with it."""
    return f"{measure.document} row {measure.row}"


def scope_label(measure: Measure, rulebook: Rulebook) -> str:
    """A row's scope: that of its rule, unless the register or a judgement sets the row apart."""
    key = rulebook.scope_key(measure)
    return f"scope {measure.scope_rule}" + (f" ({row_label(measure)})" if key[2] or key[3] else "")


def limb_label(measure: Measure, limb: Limb) -> str:
    """The conditions of a limb."""
    return f"{row_label(measure)} limb {limb.id}" if limb.id else f"{row_label(measure)} conditions"


def derivation_label(derivation: Derivation) -> str:
    """The condition of a derivation."""
    return f"{derivation.id} applies"


def conclusion(derivation: Derivation) -> str:
    """What a derivation concludes."""
    return f"has {derivation.gives}={derivation.value}"


def leaf_name(leaf: Leaf, groups: Mapping[tuple[str, ...], str]) -> str:
    """A leaf in the syntax of rule files, with the names of groups of places."""
    kind = kind_of(leaf)
    match leaf:
        case Number(fact, bounds):
            return f"{fact} " + " and ".join(f"{bound} {limit}" for bound, limit in bounds)
        case Within(places) if places in groups:
            return f"in {groups[places]}"
        case Step(step, row, document):
            return f"{document} row {row} step {step}"
        case Overtaken(row, document):
            return f"{document} row {row} overtaken"
        case _:
            return f"{kind.operator(leaf)} " + " or ".join(kind.requires(leaf))
