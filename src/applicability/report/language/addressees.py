"""Whom a part of a row addresses, and whether that is a condition of it."""

from __future__ import annotations

from applicability.model.conditions import leaves
from applicability.model.leaf_kinds import column_of
from applicability.model.measure import Limb, Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.text import Text

_NO_CONDITION = Text(
    "本规则库的归类；条件照原文，未要求“{kind}”",
    "our classification; the conditions follow the text and ask for no “{kind}”",
)
_WITH_NOTE = Text("{who}（{note}）", "{who} ({note})")


def addressees(rulebook: Rulebook, measure: Measure, limb: Limb, last: Text) -> Text:
    """The addressees of a part, with `last` before the last of several, and a note where they are no condition."""
    who = s.listed([w.ADDRESSEES[one] for one in limb.addressee], last)
    note = addressee_note(rulebook, measure, limb)
    return who if note is None else s.say(_WITH_NOTE, who=who, note=note)


def addressee_note(rulebook: Rulebook, measure: Measure, limb: Limb) -> Text | None:
    """That an addressee is how the rulebook classifies a part; None where a condition asks for the kind of entity.

    The facts that tell the kind are those whose values say as what they are addressed.
    """
    kinds = {
        name: one.label
        for name, one in rulebook.facts.items()
        if any(value.addressed_as is not None for value in one.values.values())
    }
    if limb.binds_authorities_only or not kinds:
        return None
    conditions = (limb.when, *(() if measure.scope is None else (measure.scope,)))
    if any(column_of(leaf) in kinds for one in conditions for leaf in leaves(one)):
        return None
    return s.say(_NO_CONDITION, kind=next(iter(kinds.values())))
