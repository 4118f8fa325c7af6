"""Edits in words: a clause for the change, and one for who can make it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from applicability.analysis.classes import intervals
from applicability.analysis.edits import Edit, EditKind, Option
from applicability.lazy_dataclass import replace
from applicability.model.conditions import Judgement, Limit, Step
from applicability.model.facts import Facts
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer, interval_text
from applicability.text import Text

_MOST = 8  # options named in one line; a page names them all

EDITS: Mapping[EditKind, Text] = {
    "answer": Text("如属实，补充填报{label}：{values}", "if true, add to the facts given: {label}: {values}"),
    "set": Text("{label}改为{values}", "change the {label} to {values}"),
    "add": Text("{label}增加{values}", "add {values} to the {label}"),
    "drop": Text("{label}去掉{values}", "remove from the {label}: {values}"),
    "move": Text("迁至{values}", "move to {values}"),
    "keep": Text("这项用途遵守限制：{values}", "keep the limit in this use: {values}"),
    "step": Text("官方步骤已载入登记册：{values}", "this official step is on record: {values}"),
    "finding": Text("由{label}认定：{values}", "a finding by {label}: {values}"),
}
# Who is only planned has nothing to state yet; it will be so, or not.
_WILL_BE = Text("{label}为{values}（如设立后属实）", "the {label} will include: {values} (if so once it is set up)")
SET_UP = Text("改设在{values}", "set it up in {values} instead")
_PLACE = Text("所在地", "place")
_NOWHERE = Text("不在任何功能区", "no zone")
_NO_SMALLER = Text("不在其他功能区", "no zone besides")
_WITHIN = Text("{place}（{around}）", "{place} ({around})")
_MORE = Text("{shown}，或其余{rest}项之一", "{shown} or one of {rest} others")
_FEW_FAR = 3  # places outside the entity's own city that are named where there are more
_NOTHING = Text("无", "none")
_FROM_NONE = Text("{do}（{label}{values}）", "{do} ({label} {values})")
_NO_OTHERS = Text("没有其他", "no others")

OWNERS: Mapping[str, Text] = {
    "answer": Text("只须填报", "only needs stating"),
    "cost": Text("可由企业自行调整，须投入成本", "up to you, at a cost"),
    "owners": Text("由股东决定，须投入成本", "up to the owners, at a cost"),
    "keep": Text("企业可在这项用途上做到", "up to you, in this use"),
    "fixed": Text("不可改变", "cannot be changed"),
    "public": Text("官方步骤，非企业所能决定", "an official step, not up to you"),
    "authority": Text("由主管部门决定", "up to the authority"),
}


def owner(edit: Edit) -> Text:
    """Who can make the edit, and at what cost."""
    return OWNERS[edit.kind if edit.kind in ("answer", "keep") else edit.movable]


def edit_label(edit: Edit, words: ConditionRenderer) -> Text:
    """What an edit changes: the label of its fact, or what it is about."""
    if isinstance(edit.leaf, Step):
        return words.rulebook.steps[edit.leaf.step].label
    if isinstance(edit.leaf, Limit):
        return edit.leaf.label
    if isinstance(edit.leaf, Judgement):
        return edit.leaf.about
    return _PLACE if edit.fact == "city" or edit.fact is None else words.label(edit.fact)


def edit_text(edit: Edit, words: ConditionRenderer, most: int | None = _MOST) -> Text:
    """The edit as one clause, naming at most `most` of the plausible options; with None, every option."""
    if isinstance(edit.leaf, Step):
        kind = words.rulebook.steps[edit.leaf.step]
        return s.say(EDITS["step"], values=kind.label)
    if isinstance(edit.leaf, Limit):
        return s.say(EDITS["keep"], values=edit.leaf.label)
    if isinstance(edit.leaf, Judgement):
        return s.say(EDITS["finding"], label=edit.leaf.authority, values=edit.leaf.about)
    assert edit.fact is not None  # every other edit has a fact
    if edit.kind == "set" and (do := words.rulebook.facts[edit.fact].from_none) is not None and not _held(edit, words):
        return _more_than_none(do, edit, words, most)
    return s.say(EDITS[edit.kind], label=edit_label(edit, words), values=option_values(edit, words, most))


def _held(edit: Edit, words: ConditionRenderer) -> object:
    """What the entity has of a fact now."""
    return words.facts.values.get(edit.fact or "", True)


def _more_than_none(do: Text, edit: Edit, words: ConditionRenderer, most: int | None) -> Text:
    """What to do to have more than none; how much, where that is not left open."""
    ends = intervals(one.sample for one in edit.options)
    if len(ends) == 1 and ends[0].high in (None, words.rulebook.facts[edit.fact or ""].ends[1]) and not ends[0].low:
        return do
    return s.say(_FROM_NONE, do=do, label=edit_label(edit, words), values=option_values(edit, words, most))


def option(edit: Edit, one: Option, words: ConditionRenderer) -> Text:
    """The text of a single option."""
    if edit.fact == "city":
        return _place_text(one, words)
    if edit.closes:
        return _NO_OTHERS
    values = [words.value(name, value) for name, value in one.sample.values.items()]
    return s.listed(values, s.AND) if values else _NOTHING


def option_values(edit: Edit, words: ConditionRenderer, most: int | None = _MOST) -> Text:
    """The values that an edit would give: any of them will do."""
    if edit.fact is not None and any(
        isinstance(v, Decimal) for one in edit.options for v in one.sample.values.values()
    ):
        declaration = words.rulebook.facts[edit.fact]
        return s.listed(
            [interval_text(one, declaration) for one in intervals(one.sample for one in edit.options)], s.OR
        )
    offered = edit.options if most is None else edit.options[: edit.plausible]
    if edit.fact == "city":
        offered = tuple(sorted(offered, key=lambda one: _distance(one, words)))
        if most is not None:
            near = sum(is_near(one, words.facts, words.rulebook) for one in offered)
            most = min(most, near or _FEW_FAR)
    names = [option(edit, one, words) for one in offered]
    names = [_NOTHING if name == s.NONE else name for name in names]
    if edit.kind == "drop" or most is None or len(names) <= most + 1:  # one more is named
        return s.listed(names, s.OR)
    shown = Text("、".join(one.zh for one in names[:most]), ", ".join(one.en for one in names[:most]))
    return s.say(_MORE, shown=shown, rest=str(len(names) - most))


def is_near(one: Option, facts: Facts, rulebook: Rulebook) -> bool:
    """Whether a place lies within the entity's city or around it."""
    codes, here = _divisions(one, rulebook.gazetteer), facts.whereabouts.divisions
    return any(rulebook.gazetteer.overlap(code, own) for code in codes for own in here)


def _divisions(one: Option, gazetteer: Gazetteer) -> list[str]:
    """The divisions of a place, and those of its zones."""
    there = one.sample.whereabouts
    zones = (gazetteer.zones[zone] for zone in there.zones or ())
    return [*there.divisions, *(code for zone in zones for code in zone.divisions)]


def _distance(one: Option, words: ConditionRenderer) -> int:
    """0 for a place within the entity's city or around it, 1 for one of its province, 2 for any other."""
    if is_near(one, words.facts, words.rulebook):
        return 0
    gazetteer, here = words.rulebook.gazetteer, words.facts.whereabouts.divisions
    codes = _divisions(one, gazetteer)
    provinces = {_outermost(own, gazetteer) for own in here}
    return 1 if any(_outermost(code, gazetteer) in provinces for code in codes) else 2


def _outermost(code: str, gazetteer: Gazetteer) -> str:
    """The province of a division."""
    while (around := gazetteer.parent(code)) is not None:
        code = around
    return code


def _place_text(one: Option, words: ConditionRenderer) -> Text:
    """A place: its zones with their division, or the division."""
    whereabouts = one.sample.whereabouts
    zones = (
        s.listed([words.place(zone) for zone in sorted(whereabouts.zones or ())], s.AND) if whereabouts.zones else None
    )
    here = ConditionRenderer(words.rulebook, replace(words.facts, whereabouts=replace(whereabouts, zones=None))).here
    if zones is not None:
        return zones if here is None else s.say(_WITHIN, place=zones, around=here)
    if here is None:
        return _NOWHERE
    if whereabouts.zones != frozenset():
        return here
    gazetteer = words.rulebook.gazetteer  # a division may lie in a zone as a whole, as Hainan does
    inside = any(gazetteer.within(whereabouts, zone) for zone in gazetteer.zones)
    return s.say(_WITHIN, place=here, around=_NO_SMALLER if inside else _NOWHERE)


def _planned(edit: Edit, words: ConditionRenderer) -> Text:
    if edit.kind == "move":
        return s.say(SET_UP, values=option_values(edit, words, _MOST))
    if edit.kind == "answer" and edit.fact is not None and edit.fact != "city" and edit.leaf is None:
        return s.say(_WILL_BE, label=words.label(edit.fact), values=option_values(edit, words, _MOST))
    return edit_text(edit, words)


def clauses(edits: Sequence[Edit], words: ConditionRenderer, *, planned: bool = False) -> Text:
    """Several edits to be made together; who is only `planned` does not move, but is set up elsewhere."""
    told = [_planned(one, words) if planned else edit_text(one, words) for one in edits]
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))
