"""Reads measures: each row with its text, scope, limbs and spans, checked against the document's text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass
from applicability.loading.conditions import ConditionReader, KnownNames
from applicability.loading.shapes import LimbShape, LimitShape, MeasureShape, MeasuresShape, ScopesShape, SpanShape
from applicability.loading.yaml.reader import Tree, YamlPath
from applicability.messages import did_you_mean, listed
from applicability.model.conditions import All, Condition, Ground, Judgement, Limit, leaves
from applicability.model.measure import AUTHORITY, Doubt, Limb, Measure, Span
from applicability.model.rulebook import Document
from applicability.text import Text

_CITED = {"text": "正文", "cell": "适用范围栏"}
_CHOICE = Text("写选项类事实及其值", "write a fact with choices, and its values")
_LOST = Text("本行原文缺失", "The text of this row is lost")


@dataclass
class MeasureReader:
    """Reads the rows of one file."""

    tree: Tree
    vocabulary: KnownNames
    problems: list[Problem]
    document: Document
    source: str
    scope_tree: Tree
    scopes: ScopesShape

    def read(self, shape: MeasuresShape) -> Iterator[Measure]:
        """The measures of the file, in order."""
        if shape.chapter not in self.document.chapters:
            hint = Text("各章在原文旁声明", "the chapters are declared beside the source")
            self._add(
                "R204",
                self.tree.at("chapter"),
                Text(
                    f"`{self.document.id}` 没有第{shape.chapter}章",
                    f"`{self.document.id}` has no chapter {shape.chapter}",
                ),
                hint,
            )
        for index, item in enumerate(shape.measures):
            yield self._measure(item, shape.chapter, ("measures", index))

    def _measure(self, item: MeasureShape, chapter: int, at: YamlPath) -> Measure:
        here = self.tree.at(*at, "row")
        if item.lost:
            title = item.title.text() if item.title else _LOST
            return Measure(
                self.document.id, item.row, chapter, title, "", "", "lost", "", None, (), lost=True, location=here
            )
        if item.title is None:
            self._add(
                "R205",
                here,
                Text(f"第{item.row}行没有标题", f"row {item.row} has no title"),
                Text("补上 `title: {zh: …, en: …}`", "add `title: {zh: …, en: …}`"),
            )
        self._text(item, at, here)
        scope = self._scope(item, at)
        limbs = self._limbs(item, at)
        self._limbs_named(item, at)
        rule = item.scope.rule or ""
        interpretation = item.interpretation.text() if item.interpretation else None
        measure = Measure(
            self.document.id, item.row, chapter, item.title.text() if item.title else Text("", ""), item.text,
            item.scope.cell, item.scope.capture, rule, scope, limbs, self._spans(item.spans), interpretation,
            self._doubts(item, at), narrower_reading=item.interpretation is not None and item.interpretation.narrower,
            location=here,
        )  # fmt: skip
        self._quotes(measure, at)
        return measure

    def _doubts(self, item: MeasureShape, at: YamlPath) -> tuple[Doubt, ...]:
        gazetteer = self.vocabulary.gazetteer
        known = {**dict.fromkeys(gazetteer.divisions), **dict.fromkeys(gazetteer.zones)}
        for index, doubt in enumerate(item.doubts):
            for number, place in enumerate(doubt.in_ or ()):
                if place not in known:
                    self._add(
                        "R103",
                        self.tree.at(*at, "doubts", index, "in", number),
                        Text(f"查不到地名 `{place}`", f"unknown place `{place}`"),
                        did_you_mean(place, known)
                        or Text("填行政区划代码或功能区", "write the code of a division, or a zone"),
                    )
        return tuple(Doubt(doubt.text(), tuple(doubt.in_ or ()), bool(doubt.writing)) for doubt in item.doubts)

    def _text(self, item: MeasureShape, at: YamlPath, here: Location) -> None:
        if not item.text:
            self._add(
                "R206",
                here,
                Text(f"第{item.row}行没有正文", f"row {item.row} has no text"),
                Text("从原文抄录，或标明 `lost: true`", "copy it from the source, or mark the row `lost: true`"),
            )
        elif item.text not in self.source:
            hint = Text("照原文抄录，标点也要一致", "copy the words exactly as scanned, punctuation included")
            self._add(
                "R201",
                self.tree.at(*at, "text"),
                Text(f"第{item.row}行的正文不在原文中", f"the text of row {item.row} does not stand in the source"),
                hint,
            )
        digest = hashlib.sha256(item.text.encode()).hexdigest()
        if item.text and digest != item.sha256:
            hint = Text(f"正文无误的，写 `sha256: {digest}`", f"if the text is right, write `sha256: {digest}`")
            self._add(
                "R202",
                self.tree.at(*at, "sha256"),
                Text(f"第{item.row}行的正文与所记的不同", f"the text of row {item.row} is not the one recorded"),
                hint,
            )
        if item.scope.cell and item.scope.cell not in self.source:
            place = self.tree.at(*at, "scope", "cell")
            self._add(
                "R201",
                place,
                Text("适用范围栏的文字不在原文中", "the scope cell does not stand in the source"),
                Text("照原文抄录", "copy the words exactly as scanned"),
            )

    def _scope(self, item: MeasureShape, at: YamlPath) -> Condition:
        rule = item.scope.rule
        if rule is None:
            self._add(
                "R207",
                self.tree.at(*at),
                Text(f"第{item.row}行没有适用范围", f"row {item.row} has no scope rule"),
                Text("补上 `scope: {rule: default-ten}`", "add `scope: {rule: default-ten}`"),
            )
            return All(())
        return self._rule(rule, item.row, (*at, "scope", "rule"))

    def _rule(self, rule: str, row: int, path: YamlPath) -> Condition:
        """A scope rule with its steps bound to the row."""
        if rule not in self.scopes.scopes:
            hint = did_you_mean(rule, self.scopes.scopes) or Text("在 scopes.yaml 中声明", "declare it in scopes.yaml")
            self._add("R102", self.tree.at(*path), Text(f"查不到适用范围 `{rule}`", f"unknown scope `{rule}`"), hint)
            return All(())
        # Problems in the rule itself are reported once, when the scopes are read.
        reader = ConditionReader(self.scope_tree, self.vocabulary, [], self.document.id, row, cites="cell")
        return reader.read(self.scopes.scopes[rule].when, ("scopes", rule, "when"))

    def _limbs(self, item: MeasureShape, at: YamlPath) -> tuple[Limb, ...]:
        if item.limbs:
            if item.force or item.addressee or item.when:
                hint = Text(
                    "把 `force`、`addressee` 和 `when` 移入各分项",
                    "move `force`, `addressee` and `when` into the limbs",
                )
                self._add(
                    "R208",
                    self.tree.at(*at),
                    Text(f"第{item.row}行既有分项，又有自己的规则", f"row {item.row} has limbs and a rule of its own"),
                    hint,
                )
            ids = [limb.id for limb in item.limbs]
            for index, id in enumerate(ids):
                if id in ids[:index]:
                    self._add(
                        "R209",
                        self.tree.at(*at, "limbs", index, "id"),
                        Text(f"分项 `{id}` 重复", f"the limb `{id}` stands twice"),
                        Text("改其中一处的名称", "rename one"),
                    )
            return tuple(self._limb(limb, item, (*at, "limbs", index)) for index, limb in enumerate(item.limbs))
        if item.force is None and item.addressee is None and item.when is None and not item.limits:
            return ()  # not yet encoded
        if item.force is None or item.addressee is None:
            hint = Text("补上 `force:` 和 `addressee:`", "add `force:` and `addressee:`")
            self._add(
                "R210",
                self.tree.at(*at),
                Text(
                    f"第{item.row}行没有写明力度或对象", f"row {item.row} does not say its force or to whom it speaks"
                ),
                hint,
            )
            return ()
        title = item.title.text() if item.title else Text("", "")
        when = limited(self._condition(item.when, item.row, (*at, "when")), self._limits(item, at))
        return (Limb("", title, item.force, tuple(item.addressee), when),)

    def _limb(self, limb: LimbShape, item: MeasureShape, at: YamlPath) -> Limb:
        when = self._condition(limb.when, item.row, (*at, "when"))
        if limb.scope is not None:
            when = All((self._rule(limb.scope.rule, item.row, (*at, "scope", "rule")), when))
        own = self._limits(limb, at, item.row)
        if limb.addressee == [AUTHORITY]:
            if own:
                message = Text(f"分项 `{limb.id}` 无人可用", f"nobody can use the limb `{limb.id}`")
                hint = Text("只约束主管部门的分项没有限制", "a duty of authorities has no limits: they bind a use")
                self._add("R217", self.tree.key_at(*at, "limits"), message, hint)
            own = []
        else:
            own += self._limits(item, at[:-2], limb=limb.id)
        when = limited(when, own)
        return Limb(limb.id, limb.title.text(), limb.force, tuple(limb.addressee), when, self._spans(limb.spans))

    def _condition(self, data: dict[str, object] | None, row: int, path: YamlPath) -> Condition:
        if data is None:
            return All(())
        reader = ConditionReader(self.tree, self.vocabulary, self.problems, self.document.id, row)
        return reader.read(data, path)

    def _limits(self, item: MeasureShape | LimbShape, at: YamlPath, row: int = 0, limb: str = "") -> list[Limit]:
        """The limits of a limb, or those of a row that apply to it."""
        found = []
        for index, one in enumerate(item.limits):
            path = (*at, "limits", index)
            if one.limbs is not None and (isinstance(item, LimbShape) or not item.limbs):
                hint = Text("`limbs` 只写在有分项的行上", "`limbs` is for a row that has limbs, beside them")
                message = Text(f"限制 `{one.key}` 不能指定分项", f"the limit `{one.key}` has no limbs to name")
                self._add("R217", self.tree.key_at(*path, "limbs"), message, hint)
            elif one.limbs is None or limb in one.limbs:
                key = f"{row or getattr(item, 'row', 0)}.{one.key}"
                ground = Ground(one.quote, "text", None, self.tree.at(*path, "key"))
                whose = one.whose.text() if one.whose else None
                told = one.question.text(), one.label.text()
                none = self._not_itself(one, path)
                found.append(Limit(key, *told, ground, whose, tuple(one.instead_of), one.of_another, none))
        return found

    def _not_itself(self, limit: LimitShape, path: YamlPath) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The values of facts by which an entity is not the one whose use a limit is about."""
        for fact, values in limit.not_itself.items():
            declaration, at = self.vocabulary.facts.get(fact), self.tree.key_at(*path, "not_itself", fact)
            if declaration is None or not declaration.values:
                hint = did_you_mean(fact, [name for name, one in self.vocabulary.facts.items() if one.values])
                self._add("R101", at, Text(f"查不到事实 `{fact}`", f"unknown fact `{fact}`"), hint or _CHOICE)
                continue
            for word in values:
                if word not in declaration.values:
                    hint = did_you_mean(word, declaration.values)
                    self._add("R108", at, Text(f"查不到值 `{word}`", f"unknown value `{word}`"), hint or _CHOICE)
        return tuple((fact, tuple(values)) for fact, values in limit.not_itself.items())

    def _limbs_named(self, item: MeasureShape, at: YamlPath) -> None:
        """Checks that limbs named by limits exist and are usable."""
        usable = [limb.id for limb in item.limbs if limb.addressee != [AUTHORITY]]
        for index, one in enumerate(item.limits):
            for place, id in enumerate(one.limbs or ()):
                if item.limbs and id not in usable:
                    here = self.tree.at(*at, "limits", index, "limbs", place)
                    message = Text(f"没有可适用的分项 `{id}`", f"no limb `{id}` that somebody can use")
                    self._add(
                        "R217", here, message, did_you_mean(id, usable) or Text("写分项的 id", "write the limb's id")
                    )

    def _spans(self, spans: list[SpanShape]) -> tuple[Span, ...]:
        found = []
        for span in spans:
            note = span.note.text() if span.note else None
            for kind in ("effect", "limit", "duty", "background"):
                words = getattr(span, kind)
                if words is not None:
                    found.append(Span(kind, words, note))
        return tuple(found)

    def _quotes(self, measure: Measure, at: YamlPath) -> None:
        """Checks that every quote occurs in what it cites, and that judgement keys are unique in the row."""
        where = {"text": measure.text, "cell": measure.cell}
        where |= {f"note-{number}": note for number, note in self.document.notes.items()}
        judged: dict[str, Location] = {}
        limits: dict[str, Limit] = {}
        for condition in measure.conditions:
            for leaf in leaves(condition):
                ground = leaf.ground
                if ground.quote and ground.cites not in where:
                    self.problems.append(no_such_place(f"第{measure.row}行", f"row {measure.row}", ground, where))
                elif ground.quote and ground.quote not in where[ground.cites]:
                    where_zh = _CITED.get(ground.cites, ground.cites.replace("note-", "注"))
                    message = Text(
                        f"第{measure.row}行：引文 `{ground.quote}` 不在{where_zh}中",
                        f"row {measure.row}: the quote `{ground.quote}` does not stand in its {ground.cites}",
                    )
                    self._add(
                        "R211", self._find(at, ground.quote), message, Text("照原文抄录", "copy the words exactly")
                    )
                # A scope shared by several limbs has one judgement.
                if isinstance(leaf, Judgement) and judged.setdefault(leaf.key, ground.location) != ground.location:
                    message = Text(f"认定 `{leaf.key}` 重复", f"the judgement `{leaf.key}` stands twice")
                    self._add(
                        "R212",
                        self.tree.at(*at),
                        message,
                        Text("在该行内各取一个名称", "give each a name of its own in the row"),
                    )
                if isinstance(leaf, Limit) and limits.setdefault(leaf.key, leaf) != leaf:
                    message = Text(
                        f"限制 `{leaf.key}` 重复，且所写不同",
                        f"the limit `{leaf.key}` stands twice, in different words",
                    )
                    hint = Text("在该行内各取一个名称", "give each a name of its own in the row")
                    self._add("R212", ground.location, message, hint)
        for key in sorted(judged.keys() & limits.keys()):
            message = Text(f"`{key}` 既是认定又是限制", f"`{key}` is a judgement and a limit")
            hint = Text("在该行内各取一个名称", "give each a name of its own in the row")
            self._add("R216", limits[key].ground.location, message, hint)
        spans = (*measure.spans, *(span for limb in measure.limbs for span in limb.spans))
        for span in spans:
            if span.words not in measure.text:
                message = Text(
                    f"第{measure.row}行：`{span.words}` 不在正文中",
                    f"row {measure.row}: the words `{span.words}` do not stand in its text",
                )
                self._add("R211", self._find(at, span.words), message, Text("照原文抄录", "copy the words exactly"))

    def _find(self, at: YamlPath, words: str) -> Location:
        """The location of a text below a path of this file."""
        for path, place in self.tree.places.items():
            if path[: len(at)] == at and self._value(path) == words:
                return place
        return self.tree.at(*at)

    def _value(self, path: YamlPath) -> object:
        current = self.tree.data
        for part in path:
            if not isinstance(current, (dict, list)):
                return None
            current = current[part]  # type: ignore[index]
        return current

    def _add(self, code: str, place: Location, message: Text, hint: Text | None = None) -> None:
        self.problems.append(Problem(code, place, message, hint))


def no_such_place(zh: str, en: str, ground: Ground, where: Iterable[str]) -> Problem:
    """A quote that cites what is not there; `zh` and `en` name what it belongs to, `where` is what it can cite."""
    message = Text(
        f"{zh}：引文所注的出处 `{ground.cites}` 不存在", f"{en}: a quote cites `{ground.cites}`, which is not there"
    )
    there = listed(f"`{one}`" for one in where)
    return Problem("R211", ground.location, message, Text(f"可引：{there.zh}", f"it can cite {there.en}"))


def limited(when: Condition, limits: list[Limit]) -> Condition:
    """A limb's condition with its limits added to the top `all`."""
    if not limits:
        return when
    return All((*(when.parts if isinstance(when, All) else (when,)), *limits))
