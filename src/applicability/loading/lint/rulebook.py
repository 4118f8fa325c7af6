"""Lints a rulebook: checks beyond those that loading makes.

Every problem has a code R4xx, a location and a hint; `docs/lint.md` lists them. No clock is read: a rulebook that is
clean today is clean tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from applicability.analysis.claims import Passage, passages
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass
from applicability.loading.lint.conditions import conditions
from applicability.loading.lint.former import former, moved
from applicability.loading.lint.translations import translations
from applicability.loading.lint.undefined import undefined
from applicability.loading.lint.unused import unused
from applicability.loading.shape_reader import read_shape
from applicability.loading.shapes import RegisterShape
from applicability.loading.source import RuleFiles
from applicability.loading.yaml.reader import Tree, YamlPath, merged, parse
from applicability.messages import listed
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_HAN = re.compile("[\u3400-\u9fff]")
# The labels of passages; notes are labelled by number.
_WHERE = {"text": Text("正文", "text"), "cell": Text("适用范围栏", "cell")}
_ENGLISH = re.compile(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}")


def lint(rulebook: Rulebook, source: RuleFiles) -> tuple[Problem, ...]:
    """Every problem of the rulebook built from the source, ordered by location."""
    rules = _Rules(rulebook, source)
    found = {
        *conditions(rulebook, rules.trees),
        *unused(rulebook, rules.trees),
        *undefined(rulebook, rules.trees),
        *former(rulebook, source),
        *moved(rulebook, source),
        *translations(rulebook, rules.trees),
        *rules.rows(),
        *rules.texts(),
        *rules.expired(),
        *rules.unclaimed(),
    }
    return tuple(sorted(found, key=lambda p: (p.location.file, p.location.line, p.location.column, p.code, p.message)))


@dataclass(frozen=True)
class _Rules:
    rulebook: Rulebook
    source: RuleFiles

    @cached_property
    def trees(self) -> Mapping[str, Tree]:
        """Every YAML file as a tree, by its name in the folder."""
        return {name: self._tree(name) for name in self.source.files if name.endswith(".yaml")}

    def _tree(self, name: str) -> Tree:
        tree, _ = parse(self.source.files[name], self.source.shown(name), "R")
        assert tree is not None  # the rulebook was built from it
        added = self.source.files.get(f"{name}+")
        more = parse(added, self.source.shown_added(name), "R")[0] if added is not None else None
        return tree if more is None else merged(tree, more, [])

    def rows(self) -> Iterator[Problem]:
        """Rows must run from 1 to the last without gaps; a lost row is written as lost."""
        hint = Text(
            "文件的每一行都要写；原文缺失的写 `lost: true`",
            "write each row of the document; one whose text is lost as `lost: true`",
        )
        for document, told in self.rulebook.documents.items():
            last = 0
            for measure in self.rulebook.measures:
                if measure.document != document:
                    continue
                if measure.row > last + 1:
                    first, end = last + 1, measure.row - 1
                    gap = Text(f"缺第{first}至{end}行", f"rows {first} to {end} are missing")
                    if first == end:
                        gap = Text(f"缺第{first}行", f"row {first} is missing")
                    message = Text(
                        f"`{document}`：第{measure.row}行之前{gap.zh}",
                        f"`{document}`: {gap.en} before row {measure.row}",
                    )
                    yield Problem("R406", measure.location, message, hint)
                last = measure.row
            if told.rows is not None and told.rows != last:
                tree = next(one for one in self._sources if one.data["id"] == document)
                message = Text(
                    f"`{document}` 共{told.rows}行，规则只写到第{last}行",
                    f"`{document}` has {told.rows} rows, and the rules end with row {last}",
                )
                yield Problem("R406", tree.at("rows"), message, hint)

    def texts(self) -> Iterator[Problem]:
        """Texts for people: present in both languages, and each in its own."""
        for name, tree in self.trees.items():
            if name.startswith("translations/"):  # its notes on the scan quote Chinese in English
                continue
            for path, text in _texts(tree.data, ()):
                for lang in ("zh", "en"):
                    if not text[lang].strip():
                        where = tree.at(*path, lang)
                        yield Problem(
                            "R407",
                            where,
                            Text(f"`{lang}` 的文字是空的", f"the text in `{lang}` is empty"),
                            Text("中英文都要写", "write it in both languages"),
                        )
                if found := _HAN.search(text["en"]):
                    hint = Text(
                        f"`{found[0]}` 是中文：译成英文，或写拼音",
                        f"`{found[0]}` is Chinese: translate it, or give its pinyin",
                    )
                    yield Problem(
                        "R408",
                        tree.at(*path, "en"),
                        Text("英文里有汉字", "the English text holds Chinese characters"),
                        hint,
                    )
                if not _HAN.search(text["zh"]) and _ENGLISH.search(text["zh"]):
                    hint = Text("译成中文；单独的名称可以不译", "write it in Chinese; a name alone may stay as it is")
                    yield Problem(
                        "R408", tree.at(*path, "zh"), Text("中文处写的是英文", "the Chinese text is in English"), hint
                    )

    def expired(self) -> Iterator[Problem]:
        """Entries that had expired when their document was last checked."""
        tree = self.trees["register.yaml"]
        shape, _ = read_shape(RegisterShape, tree, "R100")
        documents = {entry.id: entry.document for entry in self.rulebook.register}
        for index, item in enumerate(shape.register_ if shape else ()):
            checked = self.rulebook.documents[documents[item.id]].checked_on
            if item.expires is not None and item.expires < checked:
                message = Text(
                    f"`{item.id}` 已于{item.expires}失效，早于其文件的核对日期{checked}",
                    f"`{item.id}` expired on {item.expires}, before its document was checked on {checked}",
                )
                hint = Text(
                    "删去该登记；已延期的，改正日期", "remove the entry, or correct the date if it was prolonged"
                )
                yield Problem("R409", tree.at("register", index, "expires"), message, hint)

    def unclaimed(self) -> Iterator[Problem]:
        """Words of a document that no rule claims, one problem per passage."""
        rows = {measure.key: measure for measure in self.rulebook.measures}
        for passage in passages(self.rulebook):
            words = [f"`{passage.words[start:end]}`" for start, end in passage.unclaimed]
            if not words:
                continue
            hint = Text(
                "在条件中引用，或另标为 `effect`、`limit`、`duty` 或 `background`",
                "quote them in a condition, or add a span: `effect`, `limit`, `duty` or `background`",
            )
            if passage.where != "text":
                hint = Text("在 scopes.yaml 的相应规则中引用", "quote them in the scope's rule in scopes.yaml")
            row = passage.row
            measure = rows[passage.document, row] if row is not None else None
            where = _WHERE.get(passage.where) or _note(passage.where)
            whose = Text(f"第{row}行{where.zh}", f"row {row}, {where.en}")
            if row is None:
                whose = Text(f"`{passage.document}` {where.zh}", f"`{passage.document}` {where.en}")
            named = listed(words)
            message = Text(f"{whose.zh}：没有规则引用{named.zh}", f"{whose.en}: nothing claims {named.en}")
            yield Problem("R410", self._place(passage, measure), message, hint)

    def _place(self, passage: Passage, measure: Measure | None) -> Location:
        if measure is not None:
            tree, path = self._rows[measure.location]
            return tree.at(*path, *(("text",) if passage.where == "text" else ("scope", "cell")))
        number = passage.where.removeprefix("note-")
        return next(tree.at("notes", number) for tree in self._sources if tree.data["id"] == passage.document)

    @cached_property
    def _sources(self) -> list[Tree]:
        return [tree for name, tree in self.trees.items() if name.startswith("sources/")]

    @cached_property
    def _rows(self) -> dict[Location, tuple[Tree, YamlPath]]:
        """The tree and path of every row, by the location in its measure."""
        return {
            place: (tree, path[:-1])
            for name, tree in self.trees.items()
            if name.startswith("measures/")
            for path, place in tree.places.items()
            if len(path) == 3 and path[-1] == "row"
        }


def _texts(data: Any, path: YamlPath) -> Iterator[tuple[YamlPath, dict[str, str]]]:
    """Every `{zh, en}` of a file, with its path."""
    if isinstance(data, dict):
        if isinstance(data.get("zh"), str) and isinstance(data.get("en"), str):
            yield path, data
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))


def _note(where: str) -> Text:
    """The label of a note; any other passage keeps its name."""
    number = where.removeprefix("note-")
    return Text(where if number == where else f"注{number}", where)
