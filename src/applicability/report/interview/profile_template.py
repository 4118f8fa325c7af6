"""The template of a profile: every fact of the rulebook as a comment, in both languages, with an example."""

from __future__ import annotations

import json
from collections.abc import Iterator

from applicability.model.conditions import Within, leaves
from applicability.model.facts import FactDeclaration
from applicability.model.rulebook import Rulebook
from applicability.report.language.labels import FACT_TYPES
from applicability.text import Text

_SHOWN = 12  # values shown; longer lists are left to `applicability facts NAME`

_INTRO = (
    "这是一份企业档案。去掉行首的“# ”即填写该项；不填的项视为未知，不会当作“否”。",
    "A profile of one entity. Remove the `# ` before a key to give that fact; what is left out is unknown, never “no”.",
)
_LISTS = Text("列表写作 [a, b]；[] 表示没有；不写表示未知", "a list is [a, b]; [] means none; left out means unknown")


def profile_template(rulebook: Rulebook) -> str:
    """The text of the template, which is itself a valid profile."""
    lines = [f"# {rulebook.title.zh} / {rulebook.title.en} ({rulebook.version})"]
    lines += [f"# {line}" for line in _INTRO]
    lines += [f"# {_LISTS.zh} / {_LISTS.en}", ""]
    lines += ["# 企业名称，只用于显示 / the entity's name, only shown", "name: 示例企业 Example Ltd", ""]
    lines += ["# 拟设立、尚未登记的填 true，只影响报告的措辞 / true if it is not set up yet; only reports word it"]
    lines += ["# planned: true", ""]
    lines += ["# 按哪一天判断，默认北京时间今天 / the day asked about, by default today in Beijing"]
    lines += ["# as_of: 2026-01-31", ""]
    for declaration in rulebook.facts.values():
        lines += [*_fact(declaration, rulebook), ""]
    key = next(iter(rulebook.judgements), None)
    if key is not None:
        lines += ["# 主管部门已作的认定 / what authorities have found; see `applicability facts determinations`"]
        lines += [f"# determinations: {{{json.dumps(key)}: true}}"]
    limit = next(iter(rulebook.limits), None)
    if limit is not None:
        lines += ["", "# 各项用途是否遵守限制 / whether uses keep limits; see `applicability facts limits`"]
        lines += [f"# limits: {{{json.dumps(limit)}: true}}"]
    return "\n".join(lines).rstrip() + "\n"


def _fact(declaration: FactDeclaration, rulebook: Rulebook) -> Iterator[str]:
    kind = FACT_TYPES[declaration.type]
    yield f"# {declaration.label.zh}（{kind.zh}）/ {declaration.label.en} ({kind.en})"
    yield f"#   {declaration.question.zh} / {declaration.question.en}"
    yield f"#   {declaration.help.zh} / {declaration.help.en}"
    if declaration.unit is not None:
        yield f"#   单位：{declaration.unit.zh} / unit: {declaration.unit.en}"
    shown = list(declaration.values.values())[:_SHOWN]
    for choice in shown:
        yield f"#     {choice.key}: {choice.label.zh} / {choice.label.en}"
    if len(declaration.values) > _SHOWN:
        yield f"#     … applicability facts {declaration.name}"
    yield f"# {declaration.name}: {_example(declaration, rulebook)}"


def _example(declaration: FactDeclaration, rulebook: Rulebook) -> str:
    """A valid value of the fact, taken from the rulebook."""
    gazetteer, values = rulebook.gazetteer, list(declaration.values)
    match declaration.type:
        case "place" | "registration":
            return json.dumps(_example_place(declaration, rulebook), ensure_ascii=False)
        case "zones":
            return f"[{next(iter(gazetteer.zones), '')}]"
        case "zone_types":
            return f"[{next(iter(gazetteer.zone_types), '')}]"
        case "sector":
            codes = [code for code in rulebook.sectors.codes if len(code) > 1]
            return json.dumps(codes[0] if codes else "")
        case "activities":
            return f"[{next(iter(rulebook.sectors.activities), '')}]"
        case "investors":
            return f"[{{origin: {values[0]}, share: 50}}, {{origin: {values[-1]}, share: 50}}]"
        case "percent":
            return "50"
        case "number":
            return f"{declaration.minimum if declaration.minimum is not None else 100}"
        case "date":
            return "2026-01-31"
        case "boolean":
            return "true"
        case "choice":
            return values[0]
        case "choices":
            return f"[{values[0]}]"


def _example_place(declaration: FactDeclaration, rulebook: Rulebook) -> str:
    """A place named by a scope; for a second place fact, one inside it."""
    gazetteer = rulebook.gazetteer
    named = (
        place
        for scope in rulebook.scopes.values()
        for leaf in leaves(scope.when)
        if isinstance(leaf, Within)
        for place in leaf.places
        if place in gazetteer.divisions
    )
    first = next(named, next(iter(gazetteer.divisions)))
    places = [name for name, one in rulebook.facts.items() if one.type == "place"]
    if declaration.name == places[0] or declaration.type == "registration":
        return gazetteer.name(first)
    inside = (code for code in gazetteer.divisions if code != first and gazetteer.lies_in(code, first))
    return gazetteer.name(next(inside, first))
