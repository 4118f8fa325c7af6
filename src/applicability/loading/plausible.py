"""Checks of whom the vocabulary says that things are plausible or likely: known facts, and values that they have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from applicability.loading import word_kinds as kinds_of
from applicability.loading.vocabulary import VocabularyReader
from applicability.loading.yaml.reader import YamlPath
from applicability.messages import did_you_mean
from applicability.model.facts import FactDeclaration, Traits
from applicability.model.sectors import Sectors
from applicability.text import Text

# The facts by whose values an entity is described.
DESCRIBING = ("sector", "activities", "choice", "choices")


def check_plausible(reader: VocabularyReader, facts: Mapping[str, FactDeclaration], sectors: Sectors) -> None:
    """Adds a problem for each word that nobody could have."""
    check = _Check(reader, facts, sectors)
    for id, activity in sectors.activities.items():
        check.traits("activities.yaml", (id, "plausible_for"), activity.plausible_for)
        check.traits("activities.yaml", (id, "likely_for"), activity.likely_for)
    for name, declaration in facts.items():
        check.traits("facts.yaml", (name, "plausible_for"), declaration.plausible_for)
        own = {} if name in reader.borrowed else declaration.values
        for key, value in own.items():
            path = (name, "values", key)
            check.traits("facts.yaml", (*path, "plausible_for"), value.plausible_for)
            check.traits("facts.yaml", (*path, "set_up_by"), value.set_up_by)
            check.sectors("facts.yaml", (*path, "sectors"), value.sectors or ())
            if value.sectors is not None and declaration.type not in ("choice", "choices"):
                hint = Text("只有选项的值可以写 `sectors`", "only the values of a choice have `sectors`")
                what = Text(f"`{name}` 的值不能写 `sectors`", f"a value of `{name}` takes no `sectors`")
                reader.add("R120", reader.trees["facts.yaml"].key_at(*path, "sectors"), what, hint)


def check_limits(
    reader: VocabularyReader,
    facts: Mapping[str, FactDeclaration],
    limits: Collection[str],
    judgements: Collection[str],
) -> None:
    """Adds a problem for each limit or finding that a value of a fact names and no row has, and for what settles it."""
    settling = [name for name, one in facts.items() if one.type == "boolean"]
    for name, declaration in facts.items():
        for key, value in ({} if name in reader.borrowed else declaration.values).items():
            path = (name, "values", key, "for_limits")
            if not set(value.for_limits) <= set(limits):
                tree = reader.trees["facts.yaml"]
                reader.check_words(tree, path, value.for_limits, limits, "R220", kinds_of.LIMIT)
            path = (name, "values", key, "of_founder")
            for finding, fact in value.of_founder.items():
                words = ((finding, judgements, kinds_of.FINDING), (fact, settling, kinds_of.TRUTH_FACT))
                for word, known, what in words:
                    if word not in known:
                        tree = reader.trees["facts.yaml"]
                        unknown = Text(f"查不到{what.zh} `{word}`", f"unknown {what.en} `{word}`")
                        mend = Text(f"声明该{what.zh}，或改正写法", f"declare the {what.en}, or correct the word")
                        reader.add("R220", tree.at(*path, finding), unknown, did_you_mean(word, known) or mend)


class _Check:
    def __init__(self, reader: VocabularyReader, facts: Mapping[str, FactDeclaration], sectors: Sectors) -> None:
        self.reader, self.facts, self._sectors = reader, facts, sectors

    def traits(self, file: str, path: YamlPath, traits: Traits | None) -> None:
        for fact, values in (traits or {}).items():
            declaration = self.facts.get(fact)
            if declaration is None or declaration.type not in DESCRIBING:
                known = [name for name, one in self.facts.items() if one.type in DESCRIBING]
                hint = did_you_mean(fact, known) or Text(
                    "写行业、业务活动或选项类的事实", "write the sector, the activities or a fact with choices"
                )
                what = Text(f"不能按事实 `{fact}` 区分", f"`{fact}` is no fact that tells entities apart")
                self.reader.add("R101", self.reader.trees[file].key_at(*path, fact), what, hint)
            elif declaration.type == "sector":
                self.sectors(file, (*path, fact), values)
            elif declaration.type == "activities":
                self._words(file, (*path, fact), values, self._sectors.activities, "R104", kinds_of.ACTIVITY)
            else:
                self._words(file, (*path, fact), values, declaration.values, "R108", kinds_of.VALUE)

    def sectors(self, file: str, path: YamlPath, codes: Sequence[str]) -> None:
        listed = (code for code in codes if self._sectors.catalogue.find(code) is not None)
        known = {*self._sectors.codes, *listed}
        self._words(file, path, codes, known, "R106", kinds_of.SECTOR_CODE)

    def _words(
        self,
        file: str,
        path: YamlPath,
        words: Sequence[str],
        known: Mapping[str, object] | set[str],
        code: str,
        what: Text,
    ) -> None:
        if any(word not in known for word in words):
            self.reader.check_words(self.reader.trees[file], path, words, known, code, what)


def unlikely_sectors(sectors: Sectors) -> Iterator[tuple[str, str, int, str]]:
    """Sectors said to be plausible or likely for an activity that they cannot carry: its id, key, index and code."""
    for id, activity in sectors.activities.items():
        for key, traits in (("plausible_for", activity.plausible_for), ("likely_for", activity.likely_for)):
            for index, code in enumerate((traits or {}).get("sector", ())):
                if not sectors.can_carry(code, id):
                    yield id, key, index, code
