"""Builds a `Rulebook` from a folder of rule files, or reports every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from applicability.errors import Location, RulebookError
from applicability.loading import shapes
from applicability.loading.authorities import AuthoritiesReader, AuthoritiesShape
from applicability.loading.conditions import ConditionReader, KnownNames
from applicability.loading.derivations import circles
from applicability.loading.headings import read_headings
from applicability.loading.measures import MeasureReader
from applicability.loading.plausible import check_limits, check_plausible
from applicability.loading.provisions import read_provisions
from applicability.loading.silences import SilencesReader, SilencesShape
from applicability.loading.source import RuleFiles
from applicability.loading.step_register import read_entries, unknown_rows
from applicability.loading.translations import TranslationShape, document_of, read_translation
from applicability.loading.vocabulary import VocabularyReader
from applicability.loading.yaml.reader import Tree
from applicability.messages import did_you_mean
from applicability.model.authorities import Authorities
from applicability.model.conditions import Judgement, Limit, leaves
from applicability.model.facts import FactDeclaration, Value
from applicability.model.measure import Measure
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Derivation, Document, Entry, Rulebook, Scope, StepKind
from applicability.model.silences import Silences
from applicability.model.step_register import with_entries
from applicability.model.translation import Translation, Translations
from applicability.text import Text


def build(source: RuleFiles) -> Rulebook:
    """Builds the rulebook of a source. Raises RulebookError with every problem found."""
    builder = _RulebookBuilder(source)
    rulebook = builder.build()
    if builder.problems or rulebook is None:
        raise RulebookError(
            sorted(builder.problems, key=lambda p: (p.location.file, p.location.line, p.location.column))
        )
    return rulebook


class _RulebookBuilder(VocabularyReader):
    """Reads what depends on the vocabulary: scopes, derivations, measures."""

    def build(self) -> Rulebook | None:
        manifest = self.shape("rulebook.yaml", shapes.ManifestShape)
        documents, texts = self.documents()
        gazetteer = self.gazetteer()
        sectors = self.sectors()
        facts = self.facts()
        if manifest is None or self.problems:
            return None  # conditions checked against half a vocabulary would give spurious problems
        tree, scopes = self.tree_and_shape("scopes.yaml", shapes.ScopesShape)
        if tree is None or scopes is None:
            return None
        groups = self._groups(tree, scopes, gazetteer)
        pilots = self._pilots(tree, scopes, groups, gazetteer)
        check_plausible(self, facts, sectors)
        words = KnownNames(facts, gazetteer, sectors, groups, frozenset(scopes.steps))
        rules = self.scopes(tree, scopes, words)
        steps = {
            id: StepKind(
                id,
                step.label.text(),
                step.pending.text(),
                step.recorded.text(),
                step.by_place.text() if step.by_place is not None else None,
                step.already.text() if step.already is not None else None,
            )
            for id, step in scopes.steps.items()
        }
        derivations = self.derivations(words)
        register_tree, register = self.tree_and_shape("register.yaml", shapes.RegisterShape)
        entries: tuple[Entry, ...] = ()
        if register is not None and register_tree is not None:
            entries = read_entries(register_tree, register, gazetteer, groups, steps, tuple(documents), self.problems)
        measures = self.measures(words, documents, texts, scopes)
        translations = self.translations(documents)
        rulebook = Rulebook(
            manifest.id, manifest.version, self.source.digest, manifest.title.text(), documents, facts, gazetteer,
            sectors, derivations, steps, rules, (), measures, self.glossary(), groups, pilots,
            read_headings(*self.optional("headings.yaml", shapes.HeadingsShape), facts, self.problems),
            read_provisions(
                *self.optional("provisions.yaml", shapes.ProvisionsShape), words, documents, texts, self.problems
            ),
            translations, self.authorities(documents, texts, measures, entries, steps, facts),
            self.silences(documents, texts, measures, translations),
        )  # fmt: skip
        if not self.problems:
            check_limits(self, facts, rulebook.limits, rulebook.judgements)
        if register is not None and register_tree is not None and not self.problems:
            self.problems += unknown_rows(register_tree, register, entries, rulebook)
        return rulebook if self.problems else with_entries(rulebook, entries)

    def _groups(self, tree: Tree, shape: shapes.ScopesShape, gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
        """The named groups of places."""
        groups = {name: tuple(places) for name, places in shape.groups.items()}
        for name, places in groups.items():
            for index, place in enumerate(places):
                if place not in gazetteer.divisions and place not in gazetteer.zones:
                    here = tree.at("groups", name, index)
                    message = Text(f"查不到地方 `{place}`", f"unknown place `{place}`")
                    self.add("R103", here, message, did_you_mean(place, gazetteer.zones))
        return groups

    def _pilots(
        self, tree: Tree, shape: shapes.ScopesShape, groups: Mapping[str, tuple[str, ...]], gazetteer: Gazetteer
    ) -> tuple[tuple[str, ...], ...]:
        """The places that the document names as pilots, each with those of its group."""
        for index, name in enumerate(shape.pilots):
            if name not in groups and name not in gazetteer.divisions:
                message = Text(f"查不到地方或地方组 `{name}`", f"unknown place or group `{name}`")
                known = (*groups, *gazetteer.divisions)
                self.add("R103", tree.at("pilots", index), message, did_you_mean(name, known))
        return tuple(groups.get(name, (name,)) for name in shape.pilots)

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
                    "R101",
                    tree.at(*path, "gives"),
                    Text(f"查不到事实 `{item.gives}`", f"unknown fact `{item.gives}`"),
                    did_you_mean(item.gives, words.facts),
                )
                continue
            if sum(part is not None for part in (item.when, item.total, item.origins)) != 1:
                hint = Text(
                    "推导只写 `when`、`total`、`origins` 中的一项",
                    "a derivation has one of `when`, `total` and `origins`",
                )
                self.add(
                    "R121",
                    tree.at(*path),
                    Text(f"推导 `{item.id}` 不明确", f"the derivation `{item.id}` is not clear"),
                    hint,
                )
                continue
            here = tree.at(*path)
            if item.when is None:
                kind, part = ("total", item.total) if item.total is not None else ("origins", item.origins)
                left = frozenset(part.leave_out) if part else frozenset()
                derivation = Derivation(item.id, kind, item.gives, item.reason.text(), leave_out=left, location=here)  # type: ignore[arg-type]
            else:
                reader = ConditionReader(tree, words, self.problems, facts_only=True)
                when = reader.read(item.when, (*path, "when"))
                value = _derived_value(words.facts[item.gives], item.value)
                if value is None:
                    hint = Text("`value` 须为该事实可取的值", "write a `value` that the fact can have")
                    self.add(
                        "R122",
                        tree.at(*path),
                        Text(
                            f"`{item.gives}` 不能推导为 `{item.value}`",
                            f"`{item.gives}` cannot be derived as `{item.value}`",
                        ),
                        hint,
                    )
                derivation = Derivation(item.id, "when", item.gives, item.reason.text(), when, value, location=here)
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
                hint = did_you_mean(shape.document, documents) or Text(
                    "在 `sources/` 中声明", "declare it under `sources/`"
                )
                self.add(
                    "R147",
                    tree.at("document"),
                    Text(f"查不到文件 `{shape.document}`", f"unknown document `{shape.document}`"),
                    hint,
                )
                continue
            reader = MeasureReader(
                tree, words, self.problems, documents[shape.document], texts.get(shape.document, ""),
                scope_tree, scopes,
            )  # fmt: skip
            for measure in reader.read(shape):
                first = found.setdefault((measure.document, measure.row), measure)
                if first is not measure:
                    message = Text(
                        f"第{measure.row}行重复，前一处在 {first.location}",
                        f"row {measure.row} is written twice, first at {first.location}",
                    )
                    self.add("R203", measure.location, message, Text("只保留一处", "keep one of the two"))
        self.one_judgement_a_key(found.values())
        return tuple(found[key] for key in sorted(found, key=lambda key: (list(documents).index(key[0]), key[1])))

    def one_judgement_a_key(self, measures: Iterable[Measure]) -> None:
        """Checks that keys of findings and limits are unique across documents, since profiles use them without a
        document.
        """
        owner: dict[str, Measure] = {}
        for measure in measures:
            for leaf in (leaf for condition in measure.conditions for leaf in leaves(condition)):
                if isinstance(leaf, (Judgement, Limit)) and owner.setdefault(leaf.key, measure) is not measure:
                    what = Text("认定", "judgement") if isinstance(leaf, Judgement) else Text("限制", "limit")
                    message = Text(
                        f"{what.zh} `{leaf.key}` 也在 `{owner[leaf.key].document}` 中",
                        f"the {what.en} `{leaf.key}` stands in `{owner[leaf.key].document}` as well",
                    )
                    self.add(
                        "R213",
                        measure.location,
                        message,
                        Text("换一个其他文件的行没有用过的名称", "give it a name that no other document's row has"),
                    )

    def authorities(
        self, documents: Mapping[str, Document], texts: Mapping[str, str], measures: Iterable[Measure],
        entries: Iterable[Entry], steps: Mapping[str, StepKind], facts: Mapping[str, FactDeclaration],
    ) -> Authorities | None:  # fmt: skip
        """Whom to ask; None where the rulebook does not say, or where the words that it rests on could not be read."""
        tree, shape = self.optional("authorities.yaml", AuthoritiesShape)
        if tree is None or shape is None or self.problems:
            return None
        document = self._document_of(tree, shape.document, documents)
        if document is None:
            return None
        body = texts.get(document.id, "")
        reader = AuthoritiesReader(tree, document, body, tuple(measures), tuple(entries), steps, facts, self.problems)
        return reader.read(shape)

    def silences(
        self, documents: Mapping[str, Document], texts: Mapping[str, str], measures: Iterable[Measure],
        translations: Translations,
    ) -> Silences | None:  # fmt: skip
        """What the words leave open; None where the rulebook does not say, or where the words could not be read."""
        tree, shape = self.optional("silences.yaml", SilencesShape)
        if tree is None or shape is None or self.problems:
            return None
        document = self._document_of(tree, shape.document, documents)
        if document is None:
            return None
        body, english = texts.get(document.id, ""), translations.get(document.id)
        return SilencesReader(tree, document, body, tuple(measures), english, self.problems).read(shape)

    def _document_of(self, tree: Tree, id: str | None, documents: Mapping[str, Document]) -> Document | None:
        """The document that a file is about: the first where it names none; None, and a problem, for an unknown one."""
        id = id or next(iter(documents))
        if id not in documents:
            hint = did_you_mean(id, documents)
            self.add("R147", tree.at("document"), Text(f"查不到文件 `{id}`", f"unknown document `{id}`"), hint)
        return documents.get(id)

    def translations(self, documents: Mapping[str, Document]) -> Translations:
        """The documents that the rulebook has in English; it may have none."""
        found: dict[str, Translation] = {}
        for name in self.names("translations/"):
            tree, shape = self.tree_and_shape(name, TranslationShape)
            if tree is None or shape is None:
                continue
            id = document_of(name)
            if id not in documents:
                hint = did_you_mean(id, documents) or Text(
                    "文件名写作 `DOCUMENT.en.yaml`，DOCUMENT 为文件的代号",
                    "name the file `DOCUMENT.en.yaml`, by the id of its document",
                )
                here = Location(tree.at().file)
                self.add("R147", here, Text(f"查不到文件 `{id}`", f"unknown document `{id}`"), hint)
                continue
            if id in found:
                message = Text(f"文件 `{id}` 有两份译文", f"the document `{id}` is translated in two files")
                hint = Text("合为一个文件", "put them into one file")
                self.add("R221", Location(tree.at().file), message, hint)
                continue
            found[id] = read_translation(tree, shape, documents[id], self.problems)
        return Translations.of(found)

    def glossary(self) -> dict[str, Text]:
        if "glossary.yaml" not in self.source.files:
            return {}
        shape = self.shape("glossary.yaml", shapes.GlossaryShape)
        return {zh: Text(zh, term.en) for zh, term in shape.terms.items()} if shape else {}


def _derived_value(declaration: FactDeclaration, written: str | None) -> Value | None:
    if written is None:
        return None
    if declaration.type == "boolean":
        return written if written in ("true", "false") else None
    if declaration.type == "choice":
        return written if written in declaration.values else None
    return None
