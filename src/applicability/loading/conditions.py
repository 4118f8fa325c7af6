"""Reads conditions: a mapping with one operator, checked against the rulebook's vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, get_args

from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass, field
from applicability.loading import word_kinds
from applicability.loading.yaml.reader import Tree, YamlPath
from applicability.loading.yaml.scalars import read_decimal
from applicability.messages import did_you_mean, listed
from applicability.model.conditions import (
    All,
    Any_,
    Bound,
    Condition,
    Does,
    Ground,
    InSector,
    Judgement,
    Not,
    Number,
    OneOf,
    Step,
    Within,
    ZoneType,
    fold,
)  # fmt: skip
from applicability.model.facts import FactDeclaration
from applicability.model.leaf_kinds import kind_of
from applicability.model.places import Gazetteer
from applicability.model.sectors import Sectors
from applicability.text import Text

_BOUNDS: tuple[Bound, ...] = get_args(Bound)
_OPERATORS = ("all", "any", "not", "does", "in", "zone_type", "sector", "judgement", "step")
# Not an operator of conditions: belongs in a limb's list of limits.
LIMIT = "limit"
_LEAF_EXTRAS = ("quote", "message")
_CITED = re.compile(r"cell|text|note-[1-9][0-9]*")
_COMPETENT = Text("主管部门", "the competent authority")
_LISTS = {
    word_kinds.ACTIVITY: "facts activities",
    word_kinds.PLACE: "places NAME",
    word_kinds.ZONE_TYPE: "facts zone_types",
    word_kinds.SECTOR_CODE: "facts sector",
    word_kinds.STEP: "facts",
    word_kinds.VALUE: "facts NAME",
    word_kinds.TRUTH: "facts",
}
# Types of facts that conditions read through an operator, and so not by name.
_BY_OPERATOR = {
    "place": "in", "zones": "in", "zone_types": "zone_type", "activities": "does", "sector": "sector",
    "investors": "foreign_share", "date": "", "registration": "",
}  # fmt: skip


@dataclass(frozen=True)
class KnownNames:
    """The vocabulary of conditions."""

    facts: Mapping[str, FactDeclaration]
    gazetteer: Gazetteer
    sectors: Sectors
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    steps: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> Mapping[str, None]:
        """Every id that stands for places: of zones, divisions and groups."""
        return {
            **dict.fromkeys(self.gazetteer.zones),
            **dict.fromkeys(self.gazetteer.divisions),
            **dict.fromkeys(self.groups),
        }


@dataclass
class ConditionReader:
    """Reads the conditions of one file. `document` and `row` are bound into steps and judgements."""

    tree: Tree
    vocabulary: KnownNames
    problems: list[Problem]
    document: str = ""
    row: int = 0
    cites: str = "text"
    facts_only: bool = False  # in derivations and provisions: no official steps, no judgements

    def read(self, data: Any, path: YamlPath) -> Condition:
        """The condition at a path. Errors are added to `problems`; the result is then not usable."""
        if not isinstance(data, dict):
            self._add(
                "R110",
                self.tree.at(*path),
                Text(
                    "条件应写作键值，如 `does: travel-agency`",
                    "a condition must be a mapping such as `does: travel-agency`",
                ),
            )
            return All(())
        if LIMIT in data:
            misplaced = Text("限制不写在条件之内", "a limit does not stand in a condition")
            instead = Text(
                "写在分项（或行）的 `limits:` 之下，与 `when:` 并列；范围和推导没有限制",
                "write it under `limits:` of the limb or row, beside `when:`; scopes and derivations have none",
            )
            self._add("R125", self.tree.key_at(*path, LIMIT), misplaced, instead)
            return All(())
        operators = [key for key in data if key in _OPERATORS or key in self.vocabulary.facts]
        extras = ("authority", "about") if "judgement" in operators else ()
        for key in data:
            if key not in operators and key not in _LEAF_EXTRAS and key not in extras:
                known = (*_OPERATORS, *self.vocabulary.facts, *_LEAF_EXTRAS)
                hint = did_you_mean(key, known) or Text(
                    "`applicability facts` 列出全部事实", "`applicability facts` lists the facts"
                )
                self._add(
                    "R101",
                    self.tree.key_at(*path, key),
                    Text(f"查不到事实或运算 `{key}`", f"unknown fact or operator `{key}`"),
                    hint,
                )
        if not operators and any(key not in (*_LEAF_EXTRAS, *extras) for key in data):
            return All(())  # the unknown word was meant as the operator, and is reported
        if len(operators) != 1:
            found = listed(f"`{key}`" for key in operators) if operators else Text("没有", "none")
            hint = Text(
                "多项条件写在 `all:` 或 `any:` 之下，各占一项", "put several under `all:` or `any:`, one list item each"
            )
            self._add(
                "R111",
                self.tree.at(*path),
                Text(f"一项条件只有一个运算；现有：{found.zh}", f"a condition has one operator; found {found.en}"),
                hint,
            )
            return All(())
        operator = operators[0]
        if operator in ("all", "any", "not"):
            return self._combination(operator, data, path)
        return self._leaf(operator, data[operator], data, path)

    def _combination(self, operator: str, data: dict[str, Any], path: YamlPath) -> Condition:
        inner = data[operator]
        if operator == "not":
            part = self.read(inner, (*path, operator))
            if not _negatable(part):
                hint = Text(
                    "`not` 只用于事实的比较，不用于官方步骤或认定",
                    "`not` stands over comparisons of facts, never over a step or a judgement",
                )
                self._add(
                    "R112", self.tree.key_at(*path, operator), Text("这项条件不能否定", "this cannot be negated"), hint
                )
            return Not(part)
        if not isinstance(inner, list) or not inner:
            self._add(
                "R113",
                self.tree.at(*path, operator),
                Text(f"`{operator}` 之下应为条件的列表", f"`{operator}` takes a list of conditions"),
                Text("每项以 `- ` 开头", "start with `- `"),
            )
            return All(())
        parts = tuple(self.read(part, (*path, operator, index)) for index, part in enumerate(inner))
        return All(parts) if operator == "all" else Any_(parts)

    def _leaf(self, operator: str, value: Any, data: dict[str, Any], path: YamlPath) -> Condition:
        ground = self._ground(data, path, self.tree.key_at(*path, operator))
        at = (*path, operator)
        words = self.vocabulary
        match operator:
            case "does":
                ids = self._words(
                    value, at, words.sectors.activities, "R104", word_kinds.ACTIVITY, words.sectors.activity_of
                )
                return Does(words.sectors.closed_down(ids), ground)  # whoever does a part does the whole
            case "in":
                return Within(self._places(value, at), ground)
            case "zone_type":
                types = words.gazetteer.zone_types
                ids = self._words(value, at, types, "R105", word_kinds.ZONE_TYPE, words.gazetteer.zone_type_of)
                return ZoneType(frozenset(ids), ground)
            case "sector":
                return InSector(self._words(value, at, words.sectors.codes, "R106", word_kinds.SECTOR_CODE), ground)
            case "judgement":
                return self._judgement(value, data, path, ground)
            case "step":
                self._not_in_derivation(at)
                if isinstance(value, list):
                    message = Text("`step` 只写一个官方步骤，不是列表", "`step` takes one step, not a list")
                    hint = Text(
                        "需要几个步骤的，写在 `all:` 或 `any:` 之下，各占一项",
                        "put several under `all:` or `any:`, one list item each",
                    )
                    self._add("R127", self.tree.at(*at), message, hint)
                    return All(())
                (step,) = self._words(value, at, words.steps, "R107", word_kinds.STEP)[:1] or ("",)
                return Step(step, self.row, self.document, ground)
        return self._fact(operator, value, at, ground)

    def _fact(self, name: str, value: Any, at: YamlPath, ground: Ground) -> Condition:
        declaration = self.vocabulary.facts[name]
        if declaration.type in ("percent", "number"):
            return Number(name, self._bounds(declaration, value, at), ground)
        if declaration.type == "boolean":
            return OneOf(name, frozenset(self._words(value, at, ("true", "false"), "R109", word_kinds.TRUTH)), ground)
        if declaration.type in ("choice", "choices"):
            return OneOf(name, frozenset(self._words(value, at, declaration.values, "R108", word_kinds.VALUE)), ground)
        operator = _BY_OPERATOR[declaration.type]
        hint = (
            Text(f"改用 `{operator}:`", f"use `{operator}:`")
            if operator
            else Text("条件不用它", "no condition reads it")
        )
        self._add(
            "R114", self.tree.key_at(*at), Text(f"`{name}` 不能直接比较", f"`{name}` cannot be compared by name"), hint
        )
        return All(())

    def _bounds(self, declaration: FactDeclaration, value: Any, at: YamlPath) -> tuple[tuple[Bound, Decimal], ...]:
        if not isinstance(value, dict) or not value:
            example = f"`{declaration.name}: {{above: 0, at_most: 50}}`"
            hint = Text(f"写作 {example}", f"write {example}")
            self._add("R115", self.tree.at(*at), Text("数字类的事实要写界限", "a number fact takes bounds"), hint)
            return ()
        bounds: list[tuple[Bound, Decimal]] = []
        for key, written in value.items():
            number = read_decimal(written)
            bound = next((known for known in _BOUNDS if known == key), None)
            if bound is None:
                bounds_ = listed(f"`{known}`" for known in _BOUNDS)
                hint = did_you_mean(key, _BOUNDS) or Text(f"可用的界限：{bounds_.zh}", f"the bounds are {bounds_.en}")
                self._add(
                    "R115", self.tree.key_at(*at, key), Text(f"查不到界限 `{key}`", f"unknown bound `{key}`"), hint
                )
            elif number is None:
                self._add(
                    "R115",
                    self.tree.at(*at, key),
                    Text(f"`{written}` 不是数字", f"`{written}` is not a number"),
                    Text("只写数字", "write plain digits"),
                )
            else:
                bounds.append((bound, number))
        return tuple(bounds)

    def _judgement(self, value: Any, data: dict[str, Any], path: YamlPath, ground: Ground) -> Condition:
        self._not_in_derivation((*path, "judgement"))
        if not isinstance(value, str):
            self._add(
                "R116",
                self.tree.at(*path, "judgement"),
                Text("认定要有名称", "a judgement needs a name"),
                Text("写一个短词", "write a short word"),
            )
            return All(())
        if "about" not in data:
            hint = Text(
                "补上 `about: {zh: …, en: …}`，说明主管部门须认定什么",
                "add `about: {zh: …, en: …}`: what the authority must find",
            )
            self._add(
                "R116",
                self.tree.at(*path),
                Text(f"认定 `{value}` 没有说明认定什么", f"the judgement `{value}` does not say what is judged"),
                hint,
            )
        about = self._text(data.get("about"), (*path, "about")) or Text(value, value)
        authority = self._text(data.get("authority"), (*path, "authority")) or _COMPETENT
        return Judgement(f"{self.row}.{value}", about, authority, ground)

    def _not_in_derivation(self, at: YamlPath) -> None:
        if self.facts_only:
            self._add(
                "R117",
                self.tree.key_at(*at),
                Text("此处只比较事实", "this compares facts only"),
                Text("移到措施或适用范围中", "move it to a measure or a scope"),
            )

    def _ground(self, data: dict[str, Any], path: YamlPath, place: Location) -> Ground:
        quote, cites = data.get("quote"), self.cites
        if isinstance(quote, dict):
            where = next(iter(quote), "")
            words = quote.get(where)
            if len(quote) != 1 or not _CITED.fullmatch(where) or not isinstance(words, str):
                hint = Text(
                    "写作 `quote: {note-2: the words}` 或 `quote: {cell: the words}`",
                    "write `quote: {note-2: the words}` or `quote: {cell: the words}`",
                )
                self._add(
                    "R118",
                    self.tree.at(*path, "quote"),
                    Text("引自别处的文字须写明一个出处", "a quote from elsewhere names one place"),
                    hint,
                )
                words = ""
            quote, cites = words, where
        if quote is not None and not isinstance(quote, str):
            self._add(
                "R118",
                self.tree.at(*path, "quote"),
                Text("引文须为原文", "a quote is the exact words"),
                Text("写成一段文字", "write the words as one text"),
            )
            quote = None
        return Ground(quote or "", cites, self._text(data.get("message"), (*path, "message")), place)

    def _text(self, data: Any, path: YamlPath) -> Text | None:
        if data is None:
            return None
        if isinstance(data, dict) and set(data) == {"zh", "en"} and all(isinstance(t, str) for t in data.values()):
            return Text(data["zh"], data["en"])
        self._add(
            "R119",
            self.tree.at(*path),
            Text(
                "供人阅读的文字须有 `zh` 和 `en`，且只有这两项",
                "a text for people needs `zh` and `en`, and nothing else",
            ),
        )
        return None

    def _words(
        self,
        value: Any,
        at: YamlPath,
        known: Any,
        code: str,
        what: Text,
        resolve: Callable[[str], str | None] | None = None,
    ) -> tuple[str, ...]:
        """A word or a list of words, each of which must be known."""
        listed = value if isinstance(value, list) else [value]
        found: list[str] = []
        if not listed:
            self._add(
                "R123",
                self.tree.at(*at),
                Text(f"{what.zh}的列表为空，条件不可能成立", f"an empty list of {what.en}s can never hold"),
                Text("至少写一个", "name at least one"),
            )
        for index, word in enumerate(listed):
            place = self.tree.at(*at, index) if isinstance(value, list) else self.tree.at(*at)
            if isinstance(word, str) and word in known:
                found.append(word)
                continue
            named = resolve(word) if resolve and isinstance(word, str) else None
            hint = did_you_mean(str(word), known)
            if named:
                hint = Text(f"规则中用其 id：`{named}`", f"rules name it by its id: `{named}`")
            command = f"`applicability {_LISTS[what]}`"
            hint = hint or Text(f"{command} 列出全部", f"{command} lists them")
            self._add(code, place, Text(f"查不到{what.zh} `{word}`", f"unknown {what.en} `{word}`"), hint)
        return tuple(found)

    def _places(self, value: Any, at: YamlPath) -> tuple[str, ...]:
        groups = self.vocabulary.groups
        found = self._words(value, at, self.vocabulary.places, "R103", word_kinds.PLACE, self._place_of)
        return tuple(place for word in found for place in groups.get(word, (word,)))

    def _place_of(self, name: str) -> str | None:
        """The id of a place given by one of its names."""
        gazetteer = self.vocabulary.gazetteer
        found = (*gazetteer.candidates(name, "division"), *gazetteer.candidates(name, "zone"))
        return found[0] if len(found) == 1 else None

    def _add(self, code: str, place: Location, message: Text, hint: Text | None = None) -> None:
        self.problems.append(Problem(code, place, message, hint))


def _negatable(condition: Condition) -> bool:
    return fold(condition, lambda leaf: kind_of(leaf).nature == "comparison", all, all, lambda _, part: False)
