"""The facts that a column of a register can tell, its own or such as follow from it."""

from __future__ import annotations

from applicability.bulk.engine.groups import PLACE_TYPES
from applicability.bulk.register.column_plan import ColumnPlan, facts_of
from applicability.lazy_dataclass import replace
from applicability.loading.company.levels import CITY
from applicability.loading.profile.parts import whole_name
from applicability.model.headings import CREDIT_CODE
from applicability.model.registration import registrations
from applicability.model.rulebook import Rulebook


def facts_told(rulebook: Rulebook, plan: ColumnPlan, heading: str) -> dict[str, None]:
    """The facts that a column of a plan tells, alone or beside others; none if it holds nothing that is read."""
    if heading not in plan.holds:
        return {}
    alone = replace(plan, holds={heading: plan.holds[heading]})
    told = dict.fromkeys(whole_name(name)[0] for name in facts_of(rulebook, alone))
    return told | _following(rulebook, told)


def left_open(rulebook: Rulebook, plan: ColumnPlan, heading: str, fact: str) -> dict[str, None]:
    """The facts that a cell under this heading may leave open, of which a fact was not read; "" is the whole cell.

    A place that cannot be read leaves all of the place open. A credit code tells the place of whoever tells none.
    """
    told = facts_told(rulebook, plan, heading)
    if plan.holds.get(heading) == CREDIT_CODE:
        return dict.fromkeys(one for one in told if one == CITY)
    if not fact:
        return told
    whole = whole_name(fact)[0]
    if _is_place(rulebook, whole):
        return {whole: None} | dict.fromkeys(one for one in told if _is_place(rulebook, one))
    return {whole: None} | _following(rulebook, {whole: None})


def _is_place(rulebook: Rulebook, fact: str) -> bool:
    return fact in rulebook.facts and rulebook.facts[fact].type in PLACE_TYPES


def _following(rulebook: Rulebook, facts: dict[str, None]) -> dict[str, None]:
    """The facts that these give: investors a foreign share, a place of registration whether it is the place told."""
    given = dict.fromkeys(one.settles for one in registrations(rulebook) if one.name in facts)
    if any(one in rulebook.facts and rulebook.facts[one].type == "investors" for one in facts):
        given |= dict.fromkeys(one.gives for one in rulebook.derivations if one.when is None)
    return given
