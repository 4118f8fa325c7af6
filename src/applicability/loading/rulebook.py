"""From a folder of rule files to a `Rulebook`, or to every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from applicability.errors import Location, Problem, RulebookError, suggest
from applicability.loading import shapes
from applicability.loading.conditions import ConditionReader, KnownNames
from applicability.loading.derivations import circles
from applicability.loading.headings import read_headings
from applicability.loading.measures import MeasureReader
from applicability.loading.provisions import read_provisions
from applicability.loading.register import read_entries, unknown_rows
from applicability.loading.source import RuleFiles
from applicability.loading.tables import (
    read_divisions,
    read_former,
    read_sector_names,
    read_sector_words,
    read_sectors,
)
from applicability.loading.yaml.decode import decode
from applicability.loading.yaml.reader import Tree, merged, parse
from applicability.model.catalogue import Catalogue, Named
from applicability.model.conditions import Judgement, Limit, leaves
from applicability.model.facts import Choice, FactDeclaration, Value
from applicability.model.former import FormerDivisions
from applicability.model.leaf_kinds import kind_of
from applicability.model.places import Gazetteer, Zone, ZoneKind, fold
from applicability.model.register import with_entries
from applicability.model.rulebook import Derivation, Document, Entry, Measure, Rulebook, Scope, StepKind
from applicability.model.sectors import Activity, Sector, Sectors
from applicability.text import Text

FORMER = "places/former.csv"  # a rulebook may do without
S = TypeVar("S", bound=shapes.Shape)


def build(source: RuleFiles) -> Rulebook:
    """The rulebook of a source. Raises RulebookError with every problem found."""
    builder = _RulebookBuilder(source)
    rulebook = builder.build()
    if builder.problems or rulebook is None:
        raise RulebookError(
            sorted(builder.problems, key=lambda p: (p.location.file, p.location.line, p.location.column))
        )
    return rulebook


@dataclass
class _RulebookBuilder:
    source: RuleFiles
    problems: list[Problem] = field(default_factory=list)

    def build(self) -> Rulebook | None:
        manifest = self.shape("rulebook.yaml", shapes.ManifestShape)
        documents, texts = self.documents()
        gazetteer = self.gazetteer()
        sectors = self.sectors()
        facts = self.facts()
        if manifest is None or self.problems:
            return None  # conditions read against half a vocabulary would only raise problems that are not there
        tree, scopes = self.tree_and_shape("scopes.yaml", shapes.ScopesShape)
        if tree is None or scopes is None:
            return None
        groups = {name: tuple(places) for name, places in scopes.groups.items()}
        for name, places in groups.items():
            for index, place in enumerate(places):
                if place not in gazetteer.divisions and place not in gazetteer.zones:
                    here = tree.at("groups", name, index)
                    self.add("R103", here, f"unknown place `{place}`", suggest(place, gazetteer.zones))
        pilots = tuple(place for name in scopes.pilots for place in groups.get(name, (name,)))
        for index, name in enumerate(scopes.pilots):
            if name not in groups and name not in gazetteer.divisions:
                known = (*groups, *gazetteer.divisions)
                self.add("R103", tree.at("pilots", index), f"unknown place or group `{name}`", suggest(name, known))
        words = KnownNames(facts, gazetteer, sectors, groups, frozenset(scopes.steps))
        rules = self.scopes(tree, scopes, words)
        steps = {
            id: StepKind(id, step.label.text(), step.pending.text(), step.recorded.text())
            for id, step in scopes.steps.items()
        }
        derivations = self.derivations(words)
        register_tree, register = self.tree_and_shape("register.yaml", shapes.RegisterShape)
        entries: tuple[Entry, ...] = ()
        if register is not None and register_tree is not None:
            entries = read_entries(register_tree, register, gazetteer, groups, steps, tuple(documents), self.problems)
        measures = self.measures(words, documents, texts, scopes)
        rulebook = Rulebook(
            manifest.id, manifest.version, self.source.digest, manifest.title.text(), documents, facts, gazetteer,
            sectors, derivations, steps, rules, (), measures, self.glossary(), groups, pilots,
            read_headings(*self.optional("headings.yaml", shapes.HeadingsShape), facts, self.problems),
            read_provisions(
                *self.optional("provisions.yaml", shapes.ProvisionsShape), words, documents, texts, self.problems
            ),
        )  # fmt: skip
        if register is not None and register_tree is not None and not self.problems:
            self.problems += unknown_rows(register_tree, register, entries, rulebook)
        return rulebook if self.problems else with_entries(rulebook, entries)

    # Files -------------------------------------------------------------------------------------------------------

    def add(self, code: str, place: Location, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, place, message, hint))

    def shown(self, name: str) -> str:
        return self.source.shown(name)

    def names(self, start: str, end: str = ".yaml") -> list[str]:
        return [name for name in self.source.files if name.startswith(start) and name.endswith(end)]

    def tree(self, name: str) -> Tree | None:
        data = self.source.files.get(name)
        if data is None:
            self.add("R001", Location(self.shown(name)), "the file is missing", "every rulebook has it")
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
        found, problems = shapes.read_shape(shape, tree, "R100")
        self.problems += problems
        return tree, found

    def optional(self, name: str, shape: type[S]) -> tuple[Tree | None, S | None]:
        """A file that a rulebook may do without."""
        return self.tree_and_shape(name, shape) if name in self.source.files else (None, None)

    def shape(self, name: str, shape: type[S]) -> S | None:
        return self.tree_and_shape(name, shape)[1]

    def mapping(self, name: str, shape: type[S]) -> tuple[Tree | None, dict[str, S]]:
        """A file that is one mapping of ids to shapes."""
        tree = self.tree(name)
        if tree is None or not isinstance(tree.data, dict):
            return tree, {}
        found: dict[str, S] = {}
        for id, data in tree.data.items():
            part = Tree(tree.file, data, _below(tree.places, id), _below(tree.keys, id))
            value, problems = shapes.read_shape(shape, part, "R100")
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
            )
            text = self.source.files.get(f"sources/{shape.file}")
            if text is None:
                self.add(
                    "R001", tree.at("file"), f"`sources/{shape.file}` is missing", "the source's text stands beside it"
                )
                continue
            words, problems = decode(text, self.shown(f"sources/{shape.file}"), "R")
            self.problems += problems
            if words is None:
                continue
            texts[shape.id] = words.replace("\r\n", "\n")  # as YAML has the rows that quote it
            for number, note in shape.notes.items():
                if note not in texts[shape.id]:
                    here = tree.at("notes", str(number))
                    self.add("R201", here, f"note {number} does not stand in the source", "copy the words as they are")
        return found, texts

    def gazetteer(self) -> Gazetteer:
        divisions, problems = read_divisions(*self.table("places/divisions.csv"))
        self.problems += problems
        if problems:
            return Gazetteer(divisions)  # zones in places that could not be read would only be reported again
        former = FormerDivisions()
        if FORMER in self.source.files:
            former, problems = read_former(self.source.files[FORMER], self.shown(FORMER), divisions)
            self.problems += problems
        tree, shape = self.tree_and_shape("places/zones.yaml", shapes.ZonesShape)
        if tree is None or shape is None:
            return Gazetteer(divisions, former=former)
        kinds = {
            id: ZoneKind(id, kind.zh, kind.en, tuple(kind.under), tuple(kind.aliases))
            for id, kind in shape.types.items()
        }
        zones = {
            id: Zone(
                id, zone.zh, zone.en, zone.pinyin, tuple(zone.aliases), tuple(zone.in_), tuple(zone.part_of),
                tuple(zone.types), zone.whole,
            )
            for id, zone in shape.zones.items()
        }  # fmt: skip
        for id, kind in kinds.items():
            self.check_words(tree, ("types", id, "under"), kind.under, kinds, "R105", "zone type")
        for id, zone in zones.items():
            self.check_words(tree, ("zones", id, "in"), zone.divisions, divisions, "R103", "place")
            self.check_words(tree, ("zones", id, "part_of"), zone.part_of, zones, "R103", "zone")
            self.check_words(tree, ("zones", id, "types"), zone.types, kinds, "R105", "zone type")
        return Gazetteer(divisions, zones, kinds, former)

    def table(self, name: str) -> tuple[bytes, str]:
        if name not in self.source.files:
            self.add("R001", Location(self.shown(name)), "the file is missing", "every rulebook has it")
        return self.source.files.get(name, b""), self.shown(name)

    def check_words(
        self, tree: Tree, path: tuple[str, ...], words: Iterable[str], known: Iterable[str], code: str, what: str
    ) -> None:
        pool = set(known)
        for index, word in enumerate(words):
            if word not in pool:
                self.add(
                    code,
                    tree.at(*path, index),
                    f"unknown {what} `{word}`",
                    suggest(word, pool) or f"declare the {what}, or correct the word",
                )

    def sectors(self) -> Sectors:
        codes, problems = read_sectors(*self.table("sectors.csv"))
        self.problems += problems
        if problems:
            return Sectors(codes, {})  # activities under codes that could not be read would only be reported again
        tree, found = self.mapping("activities.yaml", shapes.ActivityShape)
        activities = {}
        for id, shape in found.items():
            help_ = shape.help.text() if shape.help else None
            label = Text(shape.zh, shape.en)
            activities[id] = Activity(
                id, label, tuple(shape.under), tuple(shape.aliases), help_, tuple(shape.instead_of)
            )
            if tree is not None:
                self.check_words(tree, (id, "under"), shape.under, codes, "R106", "sector code")
        if tree is not None:
            names = {id: (id, one.zh, one.en, *one.aliases) for id, one in found.items()}
            self.one_meaning(tree, (), names)
            self.not_taken(tree, (), names, {id: one.instead_of for id, one in found.items()})
        return Sectors(codes, activities, self.catalogue(codes))

    def catalogue(self, codes: Mapping[str, Sector]) -> Catalogue:
        """The names of all sectors, and words for them; a rulebook may do without both files."""
        names = {code: Named(code, sector.zh, sector.en) for code, sector in codes.items()}
        if (data := self.source.files.get("sector_names.csv")) is not None:
            listed, problems = read_sector_names(data, self.shown("sector_names.csv"), codes)
            self.problems += problems
            if problems:
                return Catalogue.of(names.values(), ())  # words for names that could not be read would be told again
            names |= listed
        if (data := self.source.files.get("sector_words.csv")) is None:
            return Catalogue.of(names.values(), ())
        words, problems = read_sector_words(data, self.shown("sector_words.csv"), names)
        self.problems += problems
        return Catalogue.of(names.values(), words)

    def one_meaning(self, tree: Tree, path: tuple[str, ...], names: Mapping[str, tuple[str, ...]]) -> None:
        """A word that a profile may write stands for one thing."""
        owner: dict[str, str] = {}
        for id, own in names.items():
            for name in own:
                if owner.setdefault(fold(name), id) != id:
                    message = f"`{name}` names `{owner[fold(name)]}` as well as `{id}`"
                    self.add("R124", tree.key_at(*path, id), message, "give each a name that no other has")

    def not_taken(
        self,
        tree: Tree,
        path: tuple[str, ...],
        names: Mapping[str, tuple[str, ...]],
        instead_of: Mapping[str, Sequence[str]],
    ) -> None:
        """A word that is replaced by others is no name of any."""
        owner = {fold(name): id for id, own in names.items() for name in own}
        for id, words in instead_of.items():
            for index, word in enumerate(words):
                if fold(word) in owner:
                    message = f"`{word}` names `{owner[fold(word)]}`, and so is not replaced by `{id}`"
                    self.add("R124", tree.at(*path, id, "instead_of", index), message, "leave it out of `instead_of`")

    def facts(self) -> dict[str, FactDeclaration]:
        tree, found = self.mapping("facts.yaml", shapes.FactShape)
        facts: dict[str, FactDeclaration] = {}
        for name, shape in found.items():
            values = {
                key: Choice(key, Text(v.zh, v.en), tuple(v.aliases), tuple(v.instead_of))
                for key, v in shape.values.items()
            }
            facts[name] = FactDeclaration(
                name, shape.type, shape.label.text(), shape.question.text(), shape.help.text(), shape.movable,
                shape.unit.text() if shape.unit else None, shape.minimum, shape.maximum, values,
            )  # fmt: skip
            if (shape.type in ("choice", "choices", "investors")) != bool(values) and tree is not None:
                hint = "a choice fact lists its `values`, and no other fact does"
                self.add("R120", tree.key_at(name), f"`{name}` is a {shape.type} fact", hint)
            if tree is not None:
                words = {key: (key, v.zh, v.en, *v.aliases) for key, v in shape.values.items()}
                self.one_meaning(tree, (name, "values"), words)
                instead_of = {key: v.instead_of for key, v in shape.values.items()}
                self.not_taken(tree, (name, "values"), words, instead_of)
        return facts

    def scopes(self, tree: Tree, shape: shapes.ScopesShape, words: KnownNames) -> dict[str, Scope]:
        found = {}
        for id, rule in shape.scopes.items():
            reader = ConditionReader(tree, words, self.problems, cites="cell")
            when = reader.read(rule.when, ("scopes", id, "when"))
            found[id] = Scope(id, rule.title.text(), rule.outside.text(), when)
        return found

    def derivations(self, words: KnownNames) -> tuple[Derivation, ...]:
        tree, shape = self.tree_and_shape("derivations.yaml", shapes.DerivationsShape)
        if tree is None or shape is None:
            return ()
        found = []
        for index, item in enumerate(shape.derivations):
            path = ("derivations", index)
            if item.gives not in words.facts:
                self.add(
                    "R101", tree.at(*path, "gives"), f"unknown fact `{item.gives}`", suggest(item.gives, words.facts)
                )
                continue
            if sum(part is not None for part in (item.when, item.total, item.origins)) != 1:
                hint = "a derivation has one of `when`, `total` and `origins`"
                self.add("R121", tree.at(*path), f"the derivation `{item.id}` is not clear", hint)
                continue
            if item.when is None:
                kind, part = ("total", item.total) if item.total is not None else ("origins", item.origins)
                left = frozenset(part.leave_out) if part else frozenset()
                derivation = Derivation(item.id, kind, item.gives, item.reason.text(), leave_out=left)  # type: ignore[arg-type]
            else:
                reader = ConditionReader(tree, words, self.problems, facts_only=True)
                when = reader.read(item.when, (*path, "when"))
                value = _derived_value(words.facts[item.gives], item.value)
                if value is None:
                    hint = "write a `value` that the fact can have"
                    self.add("R122", tree.at(*path), f"`{item.gives}` cannot be derived as `{item.value}`", hint)
                derivation = Derivation(item.id, "when", item.gives, item.reason.text(), when, value)
            found.append(derivation)
        if len(found) == len(shape.derivations):
            self.problems += circles(found, tree)
        return tuple(found)

    def measures(
        self,
        words: KnownNames,
        documents: Mapping[str, Document],
        texts: Mapping[str, str],
        scopes: shapes.ScopesShape,
    ) -> tuple[Measure, ...]:
        scope_tree = self.tree("scopes.yaml")
        assert scope_tree is not None  # read before: an unreadable file has ended the build
        found: dict[tuple[str, int], Measure] = {}
        for name in self.names("measures/"):
            tree, shape = self.tree_and_shape(name, shapes.MeasuresShape)
            if tree is None or shape is None:
                continue
            if shape.document not in documents:
                hint = suggest(shape.document, documents) or "declare it under `sources/`"
                self.add("R102", tree.at("document"), f"unknown document `{shape.document}`", hint)
                continue
            reader = MeasureReader(
                tree, words, self.problems, documents[shape.document], texts.get(shape.document, ""),
                scope_tree, scopes,
            )  # fmt: skip
            for measure in reader.read(shape):
                first = found.setdefault((measure.document, measure.row), measure)
                if first is not measure:
                    message = f"row {measure.row} is written twice, first at {first.location}"
                    self.add("R203", measure.location, message, "keep one of the two")
        self.one_judgement_a_key(found.values())
        return tuple(found[key] for key in sorted(found, key=lambda key: (list(documents).index(key[0]), key[1])))

    def one_judgement_a_key(self, measures: Iterable[Measure]) -> None:
        """A profile speaks of findings and limits by row and name, so two documents may not share one."""
        owner: dict[str, Measure] = {}
        for measure in measures:
            for leaf in (leaf for condition in measure.conditions for leaf in leaves(condition)):
                if isinstance(leaf, (Judgement, Limit)) and owner.setdefault(leaf.key, measure) is not measure:
                    what = kind_of(leaf).nature
                    message = f"the {what} `{leaf.key}` stands in `{owner[leaf.key].document}` as well"
                    self.add("R213", measure.location, message, "give it a name that no other document's row has")

    def glossary(self) -> dict[str, Text]:
        if "glossary.yaml" not in self.source.files:
            return {}
        shape = self.shape("glossary.yaml", shapes.GlossaryShape)
        return {zh: Text(zh, term.en) for zh, term in shape.terms.items()} if shape else {}


def _below(places: Mapping[tuple[str | int, ...], Location], key: str) -> dict[tuple[str | int, ...], Location]:
    return {path[1:]: place for path, place in places.items() if path[:1] == (key,)}


def _derived_value(declaration: FactDeclaration, written: str | None) -> Value | None:
    if written is None:
        return None
    if declaration.type == "boolean":
        return written if written in ("true", "false") else None
    if declaration.type == "choice":
        return written if written in declaration.values else None
    return None
