"""Reads the vocabulary of a rulebook: its documents, places, sectors, activities and facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass, field
from applicability.loading import shapes, word_kinds as kinds_of
from applicability.loading.shape_reader import Shape, read_shape
from applicability.loading.source import RuleFiles
from applicability.loading.tables import (
    read_characters,
    read_divisions,
    read_former,
    read_moved,
    read_sector_names,
    read_sector_words,
    read_sectors,
)
from applicability.loading.yaml.decode import decode
from applicability.loading.yaml.reader import Tree, YamlPath, merged, parse
from applicability.messages import did_you_mean
from applicability.model.catalogue import Catalogue, Named
from applicability.model.facts import Choice, FactDeclaration, Traits
from applicability.model.former import FormerDivisions
from applicability.model.moved_parts import MovedPart
from applicability.model.places import Gazetteer, Zone, ZoneKind, fold
from applicability.model.rulebook import Document
from applicability.model.sectors import Activity, Sector, Sectors
from applicability.text import Text

CHARACTERS = "places/characters.csv"  # a rulebook may do without
FORMER = "places/former.csv"  # a rulebook may do without
MOVED = "places/moved.csv"  # a rulebook may do without
S = TypeVar("S", bound=Shape)


@dataclass
class VocabularyReader:
    """Reads the files of a rulebook one by one; errors are collected in `problems`."""

    source: RuleFiles
    problems: list[Problem] = field(default_factory=list)
    trees: dict[str, Tree] = field(default_factory=dict)  # of the files that are one mapping
    borrowed: set[str] = field(default_factory=set)  # facts whose values are those of another

    # Files -------------------------------------------------------------------------------------------------------

    def add(self, code: str, place: Location, message: Text, hint: Text | None = None) -> None:
        self.problems.append(Problem(code, place, message, hint))

    def shown(self, name: str) -> str:
        return self.source.shown(name)

    def names(self, start: str, end: str = ".yaml") -> list[str]:
        return [name for name in self.source.files if name.startswith(start) and name.endswith(end)]

    def tree(self, name: str) -> Tree | None:
        data = self.source.files.get(name)
        if data is None:
            self.add(
                "R001",
                Location(self.shown(name)),
                Text("缺少这个文件", "the file is missing"),
                Text("规则库必须有它", "every rulebook has it"),
            )
            return None
        tree, problems = parse(data, self.shown(name), "R")
        self.problems += problems
        added = self.source.files.get(f"{name}+")
        if tree is None or added is None:
            return tree
        more, problems = parse(added, self.source.shown_added(name), "R")
        self.problems += problems
        return tree if more is None else merged(tree, more, self.problems)

    def tree_and_shape(self, name: str, shape: type[S]) -> tuple[Tree | None, S | None]:
        tree = self.tree(name)
        if tree is None:
            return None, None
        found, problems = read_shape(shape, tree, "R100")
        self.problems += problems
        return tree, found

    def optional(self, name: str, shape: type[S]) -> tuple[Tree | None, S | None]:
        """Reads an optional file."""
        return self.tree_and_shape(name, shape) if name in self.source.files else (None, None)

    def shape(self, name: str, shape: type[S]) -> S | None:
        return self.tree_and_shape(name, shape)[1]

    def mapping(self, name: str, shape: type[S]) -> tuple[Tree | None, dict[str, S]]:
        """Reads a file that is one mapping of ids to shapes."""
        tree = self.tree(name)
        if tree is None or not isinstance(tree.data, dict):
            return tree, {}
        self.trees[name] = tree
        found: dict[str, S] = {}
        for id, data in tree.data.items():
            part = Tree(tree.file, data, _below(tree.places, id), _below(tree.keys, id))
            value, problems = read_shape(shape, part, "R100")
            self.problems += problems
            if value is not None:
                found[id] = value
        return tree, found

    # Parts -------------------------------------------------------------------------------------------------------

    def documents(self) -> tuple[dict[str, Document], dict[str, str]]:
        found: dict[str, Document] = {}
        texts: dict[str, str] = {}
        for name in self.names("sources/"):
            tree, shape = self.tree_and_shape(name, shapes.DocumentShape)
            if shape is None or tree is None:
                continue
            if shape.id in found:
                message = Text(f"文件 `{shape.id}` 声明了两次", f"the document `{shape.id}` is declared twice")
                hint = Text("每个文件各用一个 id，只声明一次", "declare every document once, under its own id")
                self.add("R221", tree.at("id"), message, hint)
                continue
            chapters = {number: chapter.text() for number, chapter in shape.chapters.items()}
            found[shape.id] = Document(
                shape.id,
                shape.title.text(),
                shape.number,
                shape.dates,
                shape.checked_on,
                shape.notes,
                chapters,
                shape.rows,
                shape.number_en,
                shape.annex.text() if shape.annex is not None else None,
            )
            text = self.source.files.get(f"sources/{shape.file}")
            if text is None:
                self.add(
                    "R001",
                    tree.at("file"),
                    Text(f"缺少 `sources/{shape.file}`", f"`sources/{shape.file}` is missing"),
                    Text("原文放在它旁边", "the source's text stands beside it"),
                )
                continue
            words, problems = decode(text, self.shown(f"sources/{shape.file}"), "R")
            self.problems += problems
            if words is None:
                continue
            texts[shape.id] = words.replace("\r\n", "\n")  # normalised as YAML normalises the rows that quote it
            for number, note in shape.notes.items():
                if note not in texts[shape.id]:
                    here = tree.at("notes", str(number))
                    self.add(
                        "R201",
                        here,
                        Text(f"注{number}不在原文中", f"note {number} does not stand in the source"),
                        Text("照原文抄录", "copy the words as they are"),
                    )
        return found, texts

    def gazetteer(self) -> Gazetteer:
        divisions, problems = read_divisions(*self.table("places/divisions.csv"))
        self.problems += problems
        if problems:
            return Gazetteer(divisions)  # avoids follow-up problems for zones in unreadable places
        former = FormerDivisions()
        if FORMER in self.source.files:
            former, problems = read_former(self.source.files[FORMER], self.shown(FORMER), divisions)
            self.problems += problems
        moved: dict[str, MovedPart] = {}
        if MOVED in self.source.files:
            moved, problems = read_moved(self.source.files[MOVED], self.shown(MOVED), divisions)
            self.problems += problems
        characters: dict[int, str] = {}
        if CHARACTERS in self.source.files:
            characters, problems = read_characters(self.source.files[CHARACTERS], self.shown(CHARACTERS))
            self.problems += problems
        tree, shape = self.tree_and_shape("places/zones.yaml", shapes.ZonesShape)
        if tree is None or shape is None:
            return Gazetteer(divisions, former=former, characters=characters, moved=moved)
        kinds = {
            id: ZoneKind(id, kind.zh, kind.en, tuple(kind.under), tuple(kind.aliases))
            for id, kind in shape.types.items()
        }
        zones = {
            id: Zone(
                id, zone.zh, zone.en, zone.pinyin, tuple(zone.aliases), tuple(zone.in_), tuple(zone.part_of),
                tuple(zone.types), zone.whole, None if zone.source is None else zone.source.text(),
                None if zone.doubt is None else zone.doubt.text(),
            )
            for id, zone in shape.zones.items()
        }  # fmt: skip
        for id, kind in kinds.items():
            self.check_words(tree, ("types", id, "under"), kind.under, kinds, "R105", kinds_of.ZONE_TYPE)
        for id, zone in zones.items():
            self.check_words(tree, ("zones", id, "in"), zone.divisions, divisions, "R103", kinds_of.PLACE)
            self.check_words(tree, ("zones", id, "part_of"), zone.part_of, zones, "R103", kinds_of.ZONE)
            self.check_words(tree, ("zones", id, "types"), zone.types, kinds, "R105", kinds_of.ZONE_TYPE)
            if zone.doubt is not None and not zone.part_of:
                self.add(
                    "R138",
                    tree.at("zones", id, "doubt"),
                    Text(f"`{id}` 有 `doubt` 而没有 `part_of`", f"`{id}` has a `doubt` and no `part_of`"),
                    Text(
                        "`doubt` 写的是它是否在 `part_of` 所列的功能区内：补上 `part_of`，或删去 `doubt`",
                        "`doubt` is on whether it lies in the zones of `part_of`: add `part_of`, or remove `doubt`",
                    ),
                )
        return Gazetteer(divisions, zones, kinds, former, characters, moved)

    def table(self, name: str) -> tuple[bytes, str]:
        if name not in self.source.files:
            self.add(
                "R001",
                Location(self.shown(name)),
                Text("缺少这个文件", "the file is missing"),
                Text("规则库必须有它", "every rulebook has it"),
            )
        return self.source.files.get(name, b""), self.shown(name)

    def check_words(
        self, tree: Tree, path: YamlPath, words: Iterable[str], known: Iterable[str], code: str, what: Text
    ) -> None:
        pool = set(known)
        for index, word in enumerate(words):
            if word not in pool:
                self.add(
                    code,
                    tree.at(*path, index),
                    Text(f"查不到{what.zh} `{word}`", f"unknown {what.en} `{word}`"),
                    did_you_mean(word, pool)
                    or Text(f"声明该{what.zh}，或改正写法", f"declare the {what.en}, or correct the word"),
                )

    def sectors(self) -> Sectors:
        codes, problems = read_sectors(*self.table("sectors.csv"))
        self.problems += problems
        if problems:
            return Sectors(codes, {})  # avoids follow-up problems for activities under unreadable codes
        tree, found = self.mapping("activities.yaml", shapes.ActivityShape)
        activities = {}
        for id, shape in found.items():
            activities[id] = Activity(
                id, Text(shape.zh, shape.en), tuple(shape.under), tuple(shape.aliases), _text(shape.means),
                tuple(one for one in shape.part_of if one in found), tuple(shape.instead_of),
                _traits(shape.plausible_for), _traits(shape.likely_for), _text(shape.place_meant),
            )  # fmt: skip
            if tree is not None:
                self.check_words(tree, (id, "under"), shape.under, codes, "R106", kinds_of.SECTOR_CODE)
                self.check_words(tree, (id, "part_of"), shape.part_of, found, "R104", kinds_of.ACTIVITY)
        if tree is not None:
            names = {id: (id, one.zh, one.en, *one.aliases) for id, one in found.items()}
            self.one_meaning(tree, (), names)
            self.not_taken(tree, (), names, {id: one.instead_of for id, one in found.items()})
        sectors = Sectors(codes, activities, self.catalogue(codes))
        if tree is not None:
            self.no_circle(tree, sectors)
        return sectors

    def no_circle(self, tree: Tree, sectors: Sectors) -> None:
        """Of two activities at most one is part of the other."""
        for id, activity in sectors.activities.items():
            for index, general in enumerate(activity.part_of):
                if id in sectors.closed_up([general]):
                    self.add(
                        "R126",
                        tree.at(id, "part_of", index),
                        Text(f"`{id}` 与 `{general}` 互为一部分", f"`{id}` and `{general}` are part of each other"),
                        Text("只写较具体的属于较概括的", "write it only of the more specific one"),
                    )

    def catalogue(self, codes: Mapping[str, Sector]) -> Catalogue:
        """The names of all sectors, and everyday words; both files are optional."""
        names = {code: Named(code, sector.zh, sector.en) for code, sector in codes.items()}
        if (data := self.source.files.get("sector_names.csv")) is not None:
            listed, problems = read_sector_names(data, self.shown("sector_names.csv"), codes)
            self.problems += problems
            if problems:
                return Catalogue.of(names.values(), ())  # avoids follow-up problems for words
            names |= listed
        if (data := self.source.files.get("sector_words.csv")) is None:
            return Catalogue.of(names.values(), ())
        words, problems = read_sector_words(data, self.shown("sector_words.csv"), names)
        self.problems += problems
        return Catalogue.of(names.values(), words)

    def one_meaning(self, tree: Tree, path: tuple[str, ...], names: Mapping[str, tuple[str, ...]]) -> None:
        """Checks that a word of a profile has one meaning."""
        owner: dict[str, str] = {}
        for id, own in names.items():
            for name in own:
                if owner.setdefault(fold(name), id) != id:
                    message = Text(
                        f"`{name}` 既指 `{owner[fold(name)]}`，又指 `{id}`",
                        f"`{name}` names `{owner[fold(name)]}` as well as `{id}`",
                    )
                    self.add(
                        "R124",
                        tree.key_at(*path, id),
                        message,
                        Text("各用不同的名称", "give each a name that no other has"),
                    )

    def not_taken(
        self,
        tree: Tree,
        path: tuple[str, ...],
        names: Mapping[str, tuple[str, ...]],
        instead_of: Mapping[str, Sequence[str]],
    ) -> None:
        """Checks that a replaced word is not also a name; it may read like an id, which is then taken as it is only."""
        owner = {fold(name): id for id, own in names.items() for name in own if name != id}
        for id, words in instead_of.items():
            for index, word in enumerate(words):
                named = word if word in names else owner.get(fold(word))
                if named is not None:
                    message = Text(
                        f"`{word}` 是 `{named}` 的名称，不能又由 `{id}` 代替",
                        f"`{word}` names `{named}`, and so is not replaced by `{id}`",
                    )
                    self.add(
                        "R124",
                        tree.at(*path, id, "instead_of", index),
                        message,
                        Text("从 `instead_of` 中删去", "leave it out of `instead_of`"),
                    )

    def facts(self) -> dict[str, FactDeclaration]:
        tree, found = self.mapping("facts.yaml", shapes.FactShape)
        facts: dict[str, FactDeclaration] = {}
        for name, shape in found.items():
            if tree is not None:
                self.origins(tree, name, shape, found)
                self.registration(tree, name, shape, found)
            if shape.values_of in found:
                self.borrowed.add(name)
                shape = shape.model_copy(update={"values": _plain_values(found[shape.values_of])})
            values = {
                key: Choice(
                    key, Text(v.zh, v.en), tuple(v.aliases), tuple(v.instead_of), tuple(v.may_be),
                    None if v.sectors is None else tuple(v.sectors), _traits(v.plausible_for),
                    _traits(v.set_up_by), tuple(v.for_limits), dict(v.of_founder), _text(v.place_meant),
                    None if v.addressed_as is None else tuple(v.addressed_as), _text(v.counts),
                )
                for key, v in shape.values.items()
            }  # fmt: skip
            facts[name] = FactDeclaration(
                name, shape.type, shape.label.text(), shape.question.text(), shape.help.text(), shape.movable,
                _text(shape.unit), shape.minimum, shape.maximum, values, shape.settles or "",
                _traits(shape.plausible_for), _text(shape.place_meant), _text(shape.entity_question),
                _text(shape.value_question), _text(shape.from_none), _text(shape.planned_question),
            )  # fmt: skip
            if (shape.type in _WITH_VALUES) != bool(values) and tree is not None:
                hint = Text(
                    "选择类的事实列出 `values`，其他事实不列",
                    "a choice fact lists its `values`, and no other fact does",
                )
                self.add(
                    "R120",
                    tree.key_at(name),
                    Text(f"`{name}` 的类型是 {shape.type}", f"`{name}` is a {shape.type} fact"),
                    hint,
                )
            if tree is not None and shape.values_of is None:
                words = {key: (key, v.zh, v.en, *v.aliases) for key, v in shape.values.items()}
                self.one_meaning(tree, (name, "values"), words)
                instead_of = {key: v.instead_of for key, v in shape.values.items()}
                self.not_taken(tree, (name, "values"), words, instead_of)
        return facts

    def origins(self, tree: Tree, name: str, shape: shapes.FactShape, facts: Mapping[str, shapes.FactShape]) -> None:
        """The origins that an origin leaves open, and the investors whose origins a fact has for values."""
        plain = [key for key, value in shape.values.items() if not value.may_be]
        for key, value in shape.values.items():
            if value.may_be and shape.type != "investors":
                hint = Text("只有投资者的来源地可以未定", "only the origin of an investor can be left open")
                what = Text(f"`{name}` 的值不能写 `may_be`", f"a value of `{name}` takes no `may_be`")
                self.add("R120", tree.key_at(name, "values", key, "may_be"), what, hint)
            self.check_words(tree, (name, "values", key, "may_be"), value.may_be, plain, "R108", kinds_of.VALUE)
        if shape.values_of is not None:
            lists = [other for other, one in facts.items() if one.type == "investors"]
            if shape.values_of not in lists or shape.values or shape.type != "choices":
                hint = Text(
                    "`values_of` 用于类型为 choices、不另列 `values` 的事实，写投资者事实的名称",
                    "`values_of` names the investors fact, for a fact of type choices without `values`",
                )
                what = Text(f"`{name}` 的 `values_of` 不可用", f"`{name}` cannot take such `values_of`")
                self.add("R120", tree.at(name, "values_of"), what, hint)

    def registration(
        self, tree: Tree, name: str, shape: shapes.FactShape, facts: Mapping[str, shapes.FactShape]
    ) -> None:
        """The fact that a place of registration settles."""
        settled = facts.get(shape.settles or "")
        fits = settled is not None and settled.type == "boolean"
        if fits != (shape.type == "registration") or (shape.settles is not None and not fits):
            hint = Text(
                "类型为 registration 的事实以 `settles` 写明由它得出的是非类事实，其他事实不写",
                "a fact of type registration names under `settles` the boolean fact that follows; no other fact does",
            )
            what = Text(f"`{name}` 的类型是 {shape.type}", f"`{name}` is a {shape.type} fact")
            self.add("R120", tree.key_at(name), what, hint)


_WITH_VALUES = ("choice", "choices", "investors")


def _plain_values(investors: shapes.FactShape) -> dict[str, shapes.ChoiceShape]:
    """The origins that are one; a word that leaves open which is not taken, and each that it may be named instead."""
    found = {}
    for key, value in investors.values.items():
        if not value.may_be:
            open_ = [one for one in investors.values.items() if key in one[1].may_be]
            words = [word for id, one in open_ for word in (id, one.zh, one.en, *one.aliases)]
            found[key] = value.model_copy(update={"instead_of": [*value.instead_of, *words]})
    return found


def _traits(shape: Mapping[str, Sequence[str]] | None) -> Traits | None:
    return None if shape is None else {fact: tuple(values) for fact, values in shape.items()}


def _text(shape: shapes.TextShape | None) -> Text | None:
    return None if shape is None else shape.text()


def _below(places: Mapping[tuple[str | int, ...], Location], key: str) -> dict[tuple[str | int, ...], Location]:
    return {path[1:]: place for path, place in places.items() if path[:1] == (key,)}
