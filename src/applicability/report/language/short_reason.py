"""One short sentence for what decides a verdict, independent of the entity's own facts."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from typing import Literal

from applicability.model.conditions import All, Any_, Condition, Does, Judgement, Limit, Not, Step, leaves
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import BUSINESS, PLACE, column_of, kind_of
from applicability.model.measure import Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer, cited, ground_of
from applicability.text import Text

_SCOPE_NEEDS = Text(
    "是否在适用范围之内取决于所在地，所填不足以判断",
    "the scope depends on where it stands, which is not told in full",
)
_SCOPE_NEEDS_FACTS = Text(
    "是否在适用范围之内取决于{facts}，未填或所填不足以判断",
    "the scope depends on the {facts}, which is not told, or not in full",
)
_NEEDS = Text("取决于{facts}，未填或所填不足以判断", "it depends on the {facts}, which is not told, or not in full")
_MET = Text("满足：{requirement}", "met: {requirement}")
_FAILS = Text("不满足：{requirement}", "not met: {requirement}")
# What does not occur in a sector is shut without a list of what a company does, or by what that leaves open.
_NOT_OF_SECTOR = Text(
    "不满足：{requirement}（业务活动未填或未读出，所填行业不含此项）",
    "not met: {requirement} (no activity is told or could be read, and it does not occur in the sector that is told)",
)
_NOT_TOLD_OR_OF_SECTOR = Text(
    "不满足：{requirement}（按所填业务活动，其中没有写明的按所填行业）",
    "not met: {requirement} (by the activities that are told and, for what they leave open, by the sector)",
)
_BY_SECTOR = {None: _NOT_TOLD_OR_OF_SECTOR, "activities": _NOT_OF_SECTOR, "sector": _FAILS}
# … and where a company lacks only one of the two.
_BUSINESS = {"sector": Text("行业", "sector"), "activities": Text("业务活动", "business activity")}
_FACTS = {PLACE: Text("所在地", "place where it stands"), BUSINESS: Text("行业和活动", "sector and activities")}


def short_reason(
    rulebook: Rulebook,
    measure: Measure,
    leaf: Condition,
    verdict: Verdict,
    *,
    of_scope: bool,
    business: Literal["sector", "activities"] | None = None,
    place: Sequence[str] = (),
) -> Text:
    """The sentence for a leaf (or a negation) that decides the verdict of a measure, in its scope or in a limb;
    `business` is the one fact of its business that a company lacks (no sector can be told more closely beside a list of
    its activities that is whole, which is lacking then too), and `place` are those of its place, where they are
    known.
    """
    words = ConditionRenderer(rulebook, Facts({}, Whereabouts(), datetime.date.min, {}))
    if isinstance(leaf, Step) and verdict is Verdict.PENDING:
        return rulebook.steps[leaf.step].pending
    if of_scope and not isinstance(leaf, (Step, Judgement)):
        if verdict is Verdict.NEEDS_INFO and place:
            return s.say(_SCOPE_NEEDS_FACTS, facts=s.listed([rulebook.facts[one].label for one in place], s.AND))
        return _of_scope(rulebook, measure, leaf, verdict)
    own = ground_of(leaf).message
    if own is not None and verdict in (Verdict.INELIGIBLE, Verdict.NEEDS_INFO):
        return own
    if isinstance(leaf, Limit) or (isinstance(leaf, Judgement) and verdict is Verdict.CONDITIONAL):
        return words.says(leaf, verdict)
    if verdict is Verdict.NEEDS_INFO:
        return s.say(_NEEDS, facts=_facts_of(leaf, words, business, [rulebook.facts[one].label for one in place]))
    fails = _BY_SECTOR[business] if isinstance(leaf, Does) else _FAILS
    return s.say(fails if verdict is Verdict.INELIGIBLE else _MET, requirement=words.requires(leaf))


def _of_scope(rulebook: Rulebook, measure: Measure, leaf: Condition, verdict: Verdict) -> Text:
    if verdict is Verdict.NEEDS_INFO:
        return _SCOPE_NEEDS
    slots: dict[str, Text | str] = {"cited": cited(ground_of(leaf))}
    if verdict is Verdict.INELIGIBLE:
        return s.say(s.SCOPE["ScopeBare", verdict], outside=rulebook.scopes[measure.scope_rule].outside, **slots)
    return s.say(s.SCOPE["ScopeBare", Verdict.ELIGIBLE], **slots)


def _facts_of(leaf: Condition, words: ConditionRenderer, business: str | None, place: Sequence[Text]) -> Text:
    """The names of the facts that a leaf reads; of its place those that are lacking, where they are known."""
    inner = leaves(leaf) if isinstance(leaf, (Not, All, Any_)) else (leaf,)
    columns = dict.fromkeys(column_of(one) for one in inner if kind_of(one).nature != "step")
    names = _FACTS if business is None else {**_FACTS, BUSINESS: _BUSINESS[business]}
    told = ([names.get(column) or words.label(column)] if column != PLACE or not place else place for column in columns)
    return s.listed([*itertools.chain.from_iterable(told)], s.AND)
