"""Every sentence about a finding, complete and in both languages, with named slots.

A slot takes a name or a value of the rulebook or the profile, never a part of a sentence. `{x}` means the same in both
languages; a test checks that both have the same slots.
"""

from __future__ import annotations

from collections.abc import Mapping

from applicability.model.conditions import Bound
from applicability.model.verdict import Verdict
from applicability.text import Text, of_one

ELIGIBLE, CONDITIONAL, NEEDS, PENDING, INELIGIBLE = (
    Verdict.ELIGIBLE, Verdict.CONDITIONAL, Verdict.NEEDS_INFO, Verdict.PENDING, Verdict.INELIGIBLE,
)  # fmt: skip

# The sentence of each kind of leaf for each verdict it can have.
LEAVES: Mapping[tuple[str, Verdict], Text] = {
    ("Number", ELIGIBLE): Text("{label}为{given}，符合“{bounds}”", "the {label} is {given}, as required ({bounds})"),
    ("Number", NEEDS): Text(
        "{label}须{bounds}，档案未填", "the {label} must be {bounds}; the profile does not give it"
    ),
    ("Number", INELIGIBLE): Text(
        "{label}须{bounds}，填报为{given}", "the {label} must be {bounds}; the profile states {given}"
    ),
    ("NumberPart", NEEDS): Text(
        "{label}须{bounds}，只知其{given}", "the {label} must be {bounds}; all that is known is {given}"
    ),
    ("OneOf", ELIGIBLE): Text("{label}为{given}，符合要求", "the {label} is {given}, as required"),
    ("OneOf", NEEDS): Text(
        "{label}须为{values}，档案未填", "the {label} must be {values}; the profile does not give it"
    ),
    ("OneOf", INELIGIBLE): Text(
        "{label}须为{values}，填报为{given}", "the {label} must be {values}; the profile states {given}"
    ),
    ("Some", ELIGIBLE): Text("{label}包括{given}，符合要求", "the {label} include what is required: {given}"),
    ("Some", NEEDS): Text(
        "{label}须包括{values}，档案未填", "the {label} must include {values}; the profile does not say"
    ),
    ("SomePart", NEEDS): Text(
        "{label}须包括{values}，档案只填了一部分", "the {label} must include {values}; the profile gives only some"
    ),
    ("Some", INELIGIBLE): Text(
        "{label}须包括{values}，填报为{given}", "the {label} must include {values}; the profile states {given}"
    ),
    ("Truth", ELIGIBLE): Text("{label}：{given}，符合要求", "{label}: {given}, as required"),
    ("Truth", NEEDS): Text("{label}：须为“{values}”，档案未填", "{label}: must be {values}; the profile does not say"),
    ("Truth", INELIGIBLE): Text(
        "{label}：须为“{values}”，填报为“{given}”", "{label}: must be {values}; the profile states {given}"
    ),
    ("Within", ELIGIBLE): Text("{here}位于{places}", "{here} is in {places}"),
    ("Within", NEEDS): Text(
        "须位于{places}，档案所填不足以判断", "it must be in {places}; the profile does not say enough to tell"
    ),
    ("Within", INELIGIBLE): Text("须位于{places}，填报为{here}", "it must be in {places}; the profile states {here}"),
    ("WithinNot", INELIGIBLE): Text(
        "须位于{places}，档案写明不在其内", "it must be in {places}; the profile says that it is not"
    ),
    ("ZoneType", ELIGIBLE): Text("所在功能区属{types}", "its zone is a {types}"),
    ("ZoneTypeAround", ELIGIBLE): Text(
        "{zone}在{around}内，属{types}（依据：{source}）", "{zone} lies in {around}, a {types} (by: {source})"
    ),
    ("ZoneTypeAroundBare", ELIGIBLE): Text("{zone}在{around}内，属{types}", "{zone} lies in {around}, a {types}"),
    ("ZoneType", NEEDS): Text(
        "须位于{types}，档案未说明所在功能区", "it must be in a {types}; the profile names no zones"
    ),
    ("ZoneTypePart", NEEDS): Text(
        "须位于{types}，档案所填功能区不足以判断", "it must be in a {types}; the zones given do not say enough to tell"
    ),
    ("ZoneTypeNot", INELIGIBLE): Text(
        "须位于{types}，档案写明不在其内", "it must be in a {types}; the profile says that it is not"
    ),
    ("ZoneType", INELIGIBLE): Text(
        "须位于{types}，填报为{zones}", "it must be in a {types}; the profile states {zones}"
    ),
    ("Does", ELIGIBLE): Text("从事的业务包括{activities}", "its business includes {activities}"),
    ("Does", NEEDS): Text(
        "从事的业务须包括{activities}，档案未说明", "its business must include {activities}; the profile does not say"
    ),
    ("Does", INELIGIBLE): Text(
        "从事的业务须包括{activities}，填报的业务活动中没有此项",
        "its business must include {activities}; the activities listed in the profile do not",
    ),
    ("DoesNot", INELIGIBLE): Text(
        "从事的业务须包括{activities}，档案写明没有此项",
        "its business must include {activities}; the profile says that it does not",
    ),
    ("DoesBySector", INELIGIBLE): Text(
        "从事的业务须包括{activities}，所给行业（{sector}）不含此项",
        "its business must include {activities}, which does not occur in its sector ({sector})",
    ),
    ("InSector", ELIGIBLE): Text("行业（{sector}）属{sectors}", "its sector ({sector}) is in {sectors}"),
    ("InSector", NEEDS): Text(
        "行业须属{sectors}，档案所填不足以判断",
        "its sector must be in {sectors}; the profile does not say enough to tell",
    ),
    ("InSector", INELIGIBLE): Text(
        "行业须属{sectors}，填报为{sector}", "its sector must be in {sectors}; the profile states {sector}"
    ),
    ("Step", ELIGIBLE): Text(
        "{recorded}：{title}（{date}；来源：{origin}）",
        "{recorded}: {title} ({date}; source: {origin})",
    ),
    ("Step", NEEDS): Text(
        "官方步骤登记册所载“{title}”是否及于所在地，档案所填不足以判断",
        "“{title}” is on the register of official steps; the profile does not say enough to tell whether it covers the "
        "place",
    ),
    ("Step", PENDING): Text("{pending}", "{pending}"),
    ("StepAnnounced", PENDING): Text("{note}（{date}；来源：{source}）", "{note} ({date}; source: {source})"),
    ("StepLater", PENDING): Text(
        "自{date}起适用：{title}（来源：{origin}）",
        "opens on {date}: {title} (source: {origin})",
    ),
    ("Overtaken", ELIGIBLE): Text(
        "自{date}起依后续文件适用，不限于适用范围栏所列地方：{title}（来源：{origin}）",
        "open from {date} by a later instrument, beyond the places of the scope column: {title} (source: {origin})",
    ),
    ("OvertakenToo", ELIGIBLE): Text(
        "另自{date}起，适用范围之外的地方依后续文件也适用：{title}（来源：{origin}）",
        "places outside the scope are open too from {date}, by a later instrument: {title} (source: {origin})",
    ),
    ("Overtaken", NEEDS): Text(
        "官方步骤登记册所载“{title}”是否及于所在地，档案所填不足以判断",
        "“{title}” is on the register of official steps; the profile does not say enough to tell whether it covers the "
        "place",
    ),
    ("Overtaken", INELIGIBLE): Text(
        "官方步骤登记册中没有使本行及于所在地的文件",
        "no instrument on the register of official steps extends the row to the place",
    ),
    ("Judgement", ELIGIBLE): Text("{authority}已作有利认定：{about}", "{authority} has found in favour: {about}"),
    ("Judgement", CONDITIONAL): Text("须由{authority}认定：{about}", "subject to a finding by {authority}: {about}"),
    ("Judgement", NEEDS): Text(
        "{authority}的认定读不出：{about}", "what {authority} has found cannot be read: {about}"
    ),
    ("Judgement", INELIGIBLE): Text("{authority}已作不利认定：{about}", "{authority} has found against: {about}"),
    ("Limit", ELIGIBLE): Text("须遵守限制：{label}", "limit to keep: {label}"),
    ("LimitKept", ELIGIBLE): Text("遵守限制：{label}", "limit kept: {label}"),
    ("Limit", NEEDS): Text(
        "是否遵守限制“{label}”，所给的表中读不出", "whether “{label}” is kept cannot be read in the table given"
    ),
    ("Limit", INELIGIBLE): Text(
        "这项用途不遵守限制“{label}”，不能适用；遵守该限制的其他用途不受影响",
        "not open for this use, which does not keep the limit “{label}”; uses that keep it remain open",
    ),
    ("All", ELIGIBLE): Text("正文未设其他条件", "the text sets no further condition"),
    ("Not", ELIGIBLE): Text("不属原文所排除的“{requirement}”", "not excluded: it is not the case that {requirement}"),
    ("Not", NEEDS): Text(
        "原文排除“{requirement}”，档案未说明", "excluded where {requirement}; the profile does not say"
    ),
    ("Not", INELIGIBLE): Text(
        "原文排除“{requirement}”，而档案正属此", "excluded where {requirement}, and the profile says so"
    ),
}

# The place condition as a whole: one reason, whatever its leaves.
SCOPE: Mapping[tuple[str, Verdict], Text] = {
    ("Scope", ELIGIBLE): Text("{here}在适用范围之内（{cited}）", "{here} is within the scope ({cited})"),
    ("Scope", NEEDS): Text(
        "是否在适用范围之内取决于{facts}，档案未填", "the scope depends on the {facts}, which the profile does not give"
    ),
    ("Scope", INELIGIBLE): Text("{outside}（填报为{here}）", "{outside} (the profile states {here})"),
    ("ScopeLater", INELIGIBLE): Text(
        "{outside}（填报为{here}）；自{date}起适用：{title}",
        "{outside} (the profile states {here}); opens on {date}: {title}",
    ),
    ("ScopeBare", INELIGIBLE): Text("{outside}", "{outside}"),
    ("ScopeBare", ELIGIBLE): Text("在适用范围之内（{cited}）", "within the scope ({cited})"),
    # Of a row that binds authorities only.
    ("ScopeDuty", ELIGIBLE): Text(
        "{here}在适用范围之内（{cited}），由当地主管部门落实，无可申请之事",
        "{here} is within the scope ({cited}): it is for the authorities there to do, and nobody can apply for it",
    ),
    ("ScopeBareDuty", ELIGIBLE): Text(
        "在适用范围之内（{cited}），由主管部门落实，无可申请之事",
        "within the scope ({cited}): it is for the authorities to do, and nobody can apply for it",
    ),
}

# The requirement of each kind of leaf, as a clause: for a measure on its own, and for the derivation.
REQUIREMENTS: Mapping[str, Text] = {
    "Number": Text("{label}{bounds}", "the {label} is {bounds}"),
    "OneOf": Text("{label}为{values}", "the {label} is {values}"),
    "Some": Text("{label}包括{values}", "the {label} include {values}"),
    "Truth": Text("{label}：{values}", "{label}: {values}"),
    "Within": Text("位于{places}", "it is in {places}"),
    "ZoneType": Text("位于{types}", "it is in a {types}"),
    "Does": Text("从事的业务包括{activities}", "its business includes {activities}"),
    "InSector": Text("行业属{sectors}", "its sector is in {sectors}"),
    "Step": Text("官方步骤：{step}", "an official step: {step}"),
    "Overtaken": Text(
        "官方步骤登记册所载文件使其不限于适用范围",
        "an instrument on the register of official steps opens it outside its scope column",
    ),
    "Judgement": Text("由{authority}认定：{about}", "a finding by {authority}: {about}"),
    "Limit": Text("限制：{label}", "a limit: {label}"),
    "Not": Text("并非：{requirement}", "it is not the case that {requirement}"),
    "All": Text("以下各项均须满足", "all of these"),
    "Any_": Text("以下任一项即可", "any of these"),
    "Nothing": Text("正文未设条件", "the text sets no condition"),
}

# The same as what must be, where what is not met is listed; other kinds of leaf are never told there.
MUST: Mapping[str, Text] = {
    "Number": Text("{label}须{bounds}", "the {label} must be {bounds}"),
    "OneOf": Text("{label}须为{values}", "the {label} must be {values}"),
    "Some": Text("{label}须包括{values}", "the {label} must include {values}"),
    "Truth": Text("{label}：须为“{values}”", "{label}: must be {values}"),
    "Within": Text("须位于{places}", "it must be in {places}"),
    "ZoneType": Text("须位于{types}", "it must be in a {types}"),
    "Does": Text("从事的业务须包括{activities}", "its business must include {activities}"),
    "InSector": Text("行业须属{sectors}", "its sector must be in {sectors}"),
}

# How far it is known of the entity what a leaf asks for, as a premise of a rule.
KNOWN: Mapping[tuple[str, str], Text] = {
    ("Within", "sure"): Text("位于{places}", "it is in {places}"),
    ("Within", "may"): Text("可能位于{places}", "it may be in {places}"),
    ("Within", "not"): Text("不位于{places}", "it is not in {places}"),
    ("Within", "unsure"): Text("不能确定位于{places}", "it is not certain to be in {places}"),
    ("ZoneType", "sure"): Text("位于{types}", "it is in a {types}"),
    ("ZoneType", "may"): Text("可能位于{types}", "it may be in a {types}"),
    ("ZoneType", "not"): Text("不位于{types}", "it is not in a {types}"),
    ("ZoneType", "unsure"): Text("不能确定位于{types}", "it is not certain to be in a {types}"),
    ("Does", "sure"): Text("从事的业务包括{activities}", "its business includes {activities}"),
    ("Does", "may"): Text("从事的业务可能包括{activities}", "its business may include {activities}"),
    ("Does", "not"): Text("从事的业务不包括{activities}", "its business does not include {activities}"),
    ("Does", "unsure"): Text(
        "不能确定从事的业务包括{activities}", "its business is not certain to include {activities}"
    ),
    ("InSector", "sure"): Text("行业属{sectors}", "its sector is in {sectors}"),
    ("InSector", "may"): Text("行业可能属{sectors}", "its sector may be in {sectors}"),
    ("InSector", "not"): Text("行业不属{sectors}", "its sector is not in {sectors}"),
    ("InSector", "unsure"): Text("不能确定行业属{sectors}", "its sector is not certain to be in {sectors}"),
    ("Some", "sure"): Text("{label}包括{values}", "the {label} include {values}"),
    ("Some", "may"): Text("{label}可能包括{values}", "the {label} may include {values}"),
    ("Some", "not"): Text("{label}不包括{values}", "the {label} do not include {values}"),
    ("Some", "unsure"): Text("不能确定{label}包括{values}", "the {label} are not certain to include {values}"),
}

# A leaf in each mode, as what a rule concludes.
MODES: Mapping[str, Text] = {
    "true": Text("满足：{requirement}", "met: {requirement}"),
    "open": Text("满足或待认定：{requirement}", "met, or left to the authority: {requirement}"),
    "possible": Text("未排除：{requirement}", "not ruled out: {requirement}"),
    "false": Text("不满足：{requirement}", "not met: {requirement}"),
    "doubtful": Text("不能确定：{requirement}", "not certain: {requirement}"),
}

# What a rule concludes of a row, and of parts of it; `level` is one of LEVELS.
REACHED: Mapping[str, Text] = {
    "row": Text("{row}为{level}", "{row} is {level}"),
    "limb": Text("{row}“{title}”为{level}", "“{title}” of {row} is {level}"),
    "conditions": Text("{row}的条件为{level}", "the condition of {row} is {level}"),
    "scope": Text("适用范围“{title}”为{level}", "the scope “{title}” is {level}"),
    "scope_of_row": Text("{row}的适用范围“{title}”为{level}", "the scope “{title}” of {row} is {level}"),
    "derivation": Text("推出事实的条件满足：{reason}", "the condition of a derived fact is met: {reason}"),
    "part": Text("条件的第{part}部分，用于得出：{whole}", "part {part} of the condition for: {whole}"),
    "of_row": Text("{requirement}（{row}）", "{requirement} ({row})"),
    "row_name": Text("第{row}行", "row {row}"),
    "row_of_document": Text("{document}第{row}行", "row {row} of {document}"),
    "entry": Text(
        "官方步骤登记册所载，{date}起有效：{title}", "on the register of official steps, in force since {date}: {title}"
    ),
}
LEVELS: Mapping[Verdict, Text] = {
    ELIGIBLE: Text("“{verdict}”", "“{verdict}”"),
    CONDITIONAL: Text("“{verdict}”或更好", "“{verdict}” or better"),
    NEEDS: Text("“{verdict}”或更好", "“{verdict}” or better"),
    PENDING: Text("“{verdict}”或更好", "“{verdict}” or better"),
}

BOUNDS: Mapping[frozenset[Bound], Text] = {
    frozenset({"above"}): Text("大于{above}", "above {above}"),
    frozenset({"at_least"}): Text("不低于{at_least}", "at least {at_least}"),
    frozenset({"at_most"}): Text("不超过{at_most}", "at most {at_most}"),
    frozenset({"below"}): Text("低于{below}", "below {below}"),
    frozenset({"equals"}): Text("等于{equals}", "{equals}"),
    frozenset({"above", "at_most"}): Text("大于{above}且不超过{at_most}", "above {above} and at most {at_most}"),
    frozenset({"above", "below"}): Text("大于{above}且低于{below}", "above {above} and below {below}"),
    frozenset({"at_least", "at_most"}): Text(
        "不低于{at_least}且不超过{at_most}", "at least {at_least} and at most {at_most}"
    ),
    frozenset({"at_least", "below"}): Text("不低于{at_least}且低于{below}", "at least {at_least} and below {below}"),
}

CITATIONS: Mapping[str, Text] = {
    "text": Text("正文“{quote}”", "the text “{quote}”"),
    "cell": Text("适用范围栏“{quote}”", "the scope column “{quote}”"),
    "note": Text("注{number}", "note {number}"),
    "register": Text("官方步骤登记册", "the register of official steps"),
}

WEIGHTS: Mapping[str, Text] = {
    "official": Text("官方文件", "official"),
    "press": Text("媒体消息", "press"),
    "third_party": Text("第三方消息", "third party"),
    "user": Text("用户自行登记", "the user's own register"),
}


def origin(source: Text, weight: str) -> Text:
    """Where an entry of the register is from, with what its source weighs unless the source says only that."""
    kind = WEIGHTS[weight]
    if source.en.casefold() == kind.en.casefold():
        return source
    return Text(f"{source.zh}；{kind.zh}", f"{source.en}; {kind.en}")


TRUTHS: Mapping[str, Text] = {"true": Text("是", "yes"), "false": Text("否", "no")}
# Whether a finding is for the entity, or a limit is kept.
ANSWERS: Mapping[bool | None, Text] = {True: TRUTHS["true"], False: TRUTHS["false"], None: Text("未知", "unknown")}
NO_ZONES = Text("不在任何功能区", "no zone")
NONE = Text("无", "none")
# A list of which only a part is known: what is in it, and what is not.
PARTS: Mapping[tuple[bool, bool], Text] = {
    (True, True): Text("{yes}（不含{no}；其余未知）", "{yes} (not {no}; the rest unknown)"),
    (True, False): Text("{yes}（其余未知）", "{yes} (the rest unknown)"),
    (False, True): Text("不含{no}（其余未知）", "not {no} (the rest unknown)"),
    (False, False): Text("未知", "unknown"),
}
ANY_NUMBER = Text("任意数", "any number")
NOT_GIVEN = Text("未填", "not given")


def say(sentence: Text, /, **slots: Text | str) -> Text:
    """Fills the slots of a sentence, each in its own language."""
    zh: dict[str, str] = {}
    en: dict[str, str] = {}
    for name, slot in slots.items():
        zh[name], en[name] = (slot.zh, slot.en) if isinstance(slot, Text) else (slot, slot)
    told = sentence.en.format_map(en)
    return Text(sentence.zh.format_map(zh), of_one(told) if "1" in en.values() else told)


def listed(items: list[Text], last: Text) -> Text:
    """Joins names into a list, the last one with `last` (or, and).

    >>> listed([Text("甲", "a"), Text("乙", "b"), Text("丙", "c")], OR)
    Text(zh='甲、乙或丙', en='a, b or c')
    """
    if len(items) < 2:
        return items[0] if items else NONE
    head_zh, head_en = "、".join(one.zh for one in items[:-1]), ", ".join(one.en for one in items[:-1])
    return Text(f"{head_zh}{last.zh}{items[-1].zh}", f"{head_en}{last.en}{items[-1].en}")


OR = Text("或", " or ")
AND = Text("和", " and ")
