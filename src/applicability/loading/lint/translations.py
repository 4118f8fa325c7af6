"""What a document's English lacks or gets wrong: a passage or quote without it, a span it does not hold, a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass
from applicability.loading.translations import document_of
from applicability.loading.yaml.reader import Tree, YamlPath
from applicability.model.conditions import leaves
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.model.translation import Rendering, Translation
from applicability.text import Text

_HAN = re.compile("[\u3400-\u9fff]")
_WRITE = Text("补上译文", "write it in English")


def translations(rulebook: Rulebook, trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """Every problem of the translations that the rulebook has; a document without one is none."""
    for name, tree in trees.items():
        translation = rulebook.translation(document_of(name)) if name.startswith("translations/") else None
        if translation is not None:
            yield from _Translated(rulebook, translation, tree).problems()


def quotes_of(measure: Measure) -> Iterator[tuple[str, str]]:
    """The words that are shown of a row apart from its text, each with where they stand (`text`, `cell`, `note-2`)."""
    grounds = [leaf.ground for condition in measure.conditions for leaf in leaves(condition)]
    grounds += [limit.ground for limb in measure.limbs for limit in limb.limits]
    for ground in grounds:
        if ground.quote:
            yield ground.cites, ground.quote
    for span in (*measure.spans, *(span for limb in measure.limbs for span in limb.spans)):
        if span.kind == "limit":
            yield "text", span.words


@dataclass(frozen=True)
class _Translated:
    rulebook: Rulebook
    translation: Translation
    tree: Tree

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(one for one in self.rulebook.measures if one.document == self.translation.document)

    def problems(self) -> Iterator[Problem]:
        yield from self.missing()
        for path, words, rendering in self.passages():
            yield from self.spans(path, words, rendering)
            yield from self.terms((*path, "text"), words, rendering.text)
        for cell, english in self.translation.cells.items():
            yield from self.terms(("cells", cell), cell, english)
        yield from self.twice()

    def passages(self) -> Iterator[tuple[YamlPath, str, Rendering]]:
        """Every passage that is there in both languages: where its English stands, its words and the English."""
        document, done = self.rulebook.documents[self.translation.document], self.translation
        for measure in self.measures:
            if measure.row in done.rows and measure.text:
                yield ("rows", str(measure.row)), measure.text, done.rows[measure.row]
        for number, words in document.notes.items():
            if number in done.notes:
                yield ("notes", str(number)), words, done.notes[number]
        for one in self.rulebook.provisions:
            if one.document == document.id and one.id in done.provisions:
                yield ("provisions", one.id), one.words, done.provisions[one.id]

    def missing(self) -> Iterator[Problem]:
        """What has no English: R412."""
        document, done = self.rulebook.documents[self.translation.document], self.translation
        for number in document.notes:
            if number not in done.notes:
                yield self.lacks(("notes",), Text(f"注{number}", f"note {number}"))
        for one in self.rulebook.provisions:
            if one.document != document.id:
                continue
            if one.id not in done.provisions:
                yield self.lacks(("provisions",), Text(f"`{one.id}`", f"`{one.id}`"))
                continue
            for quote in dict.fromkeys(leaf.ground.quote for leaf in leaves(one.when)):
                if quote and quote not in done.provisions[one.id].quotes and quote not in done.body:
                    yield self.lacks(
                        ("provisions", one.id), Text(f"`{one.id}` 的 `{quote}`", f"`{quote}` of `{one.id}`")
                    )
        for measure in self.measures:
            if measure.text and measure.row not in done.rows:
                yield self.lacks(("rows",), Text(f"第{measure.row}行", f"row {measure.row}"))
            if measure.cell and measure.cell not in done.cells:
                yield self.lacks(("cells",), Text(f"适用范围栏 `{measure.cell}`", f"the scope cell `{measure.cell}`"))
        yield from self.missing_quotes()

    def missing_quotes(self) -> Iterator[Problem]:
        """Quotes without a span, each once in the place that should hold it."""
        done, told = self.translation, set()
        for measure in self.measures:
            for cites, quote in quotes_of(measure):
                match cites.partition("-"):
                    case ("text", _, _) if measure.row in done.rows:
                        path: YamlPath = ("rows", str(measure.row))
                        known = quote in done.rows[measure.row].quotes
                    case ("note", _, number) if int(number) in done.notes:
                        path, known = ("notes", number), quote in done.notes[int(number)].quotes
                    case ("cell", _, _):
                        path, known = ("cells",), quote in done.cells
                    case _:
                        continue
                if not known and (path, quote) not in told:
                    told.add((path, quote))
                    yield self.lacks(path, Text(f"引文 `{quote}`", f"the quote `{quote}`"))

    def lacks(self, path: YamlPath, what: Text) -> Problem:
        message = Text(f"{what.zh}没有英译", f"{what.en} has no English")
        return Problem("R412", self.tree.key_at(*path), message, _WRITE)

    def spans(self, path: YamlPath, words: str, rendering: Rendering) -> Iterator[Problem]:
        """Quotes that are not of the passage, and spans that its English does not hold: R413."""
        for quote, span in rendering.quotes.items():
            here = self.tree.key_at(*path, "quotes", quote)
            if quote not in words and path[0] != "provisions":  # a provision's condition quotes the body, not its words
                message = Text(f"原文中没有 `{quote}`", f"the words do not hold `{quote}`")
                yield Problem("R413", here, message, Text("照原文抄录", "copy the words exactly as they stand"))
            elif quote in words and not rendering.holds(span):
                message = Text(f"译文中没有 `{span}`", f"the English does not hold `{span}`")
                hint = Text(
                    "照译文抄录；被词序隔开的各段以“ … ”相连",
                    "copy it from the English; join parts that the order of words splits by “ … ”",
                )
                yield Problem("R413", here, message, hint)

    @cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """Every term with its rendering, the longest first, so that what a longer one holds is not asked for again."""
        both = {**self.translation.terms, **{zh: term.en for zh, term in self.rulebook.glossary.items()}}
        return {zh: both[zh] for zh in sorted(both, key=lambda term: -len(term))}

    def terms(self, path: YamlPath, words: str, english: str) -> Iterator[Problem]:
        """Terms that are rendered otherwise than the glossary and `terms` say: R414."""
        if found := _HAN.search(english):
            hint = Text(f"`{found[0]}` 是中文：译成英文", f"`{found[0]}` is Chinese: translate it")
            message = Text("英文里有汉字", "the English text holds Chinese characters")
            yield Problem("R408", self.tree.at(*path), message, hint)
        left = words
        for zh, rendering in self.vocabulary.items():
            if zh not in left:
                continue
            left = left.replace(zh, "\0")
            if not _rendered(rendering).search(english):
                message = Text(f"`{zh}` 没有译作 `{rendering}`", f"`{zh}` is not rendered as `{rendering}`")
                hint = Text("一词只有一种译法", "one term has one rendering: use it, or change it everywhere")
                yield Problem("R414", self.tree.at(*path), message, hint)

    def twice(self) -> Iterator[Problem]:
        """Terms that the translation renders otherwise than the glossary: R414."""
        for zh, english in self.translation.terms.items():
            own = self.rulebook.glossary.get(zh)
            if own is not None and own.en != english:
                message = Text(f"`{zh}` 在术语表中译作 `{own.en}`", f"the glossary renders `{zh}` as `{own.en}`")
                hint = Text("删去这一条，或改得一致", "remove the line, or make the two agree")
                yield Problem("R414", self.tree.key_at("terms", zh), message, hint)


def _rendered(rendering: str) -> re.Pattern[str]:
    """A rendering in a sentence: in capitals or not, without its article, each word in the plural or not."""
    bare = rendering.removeprefix("the ")
    words = [re.escape(word[:-1]) + "(?:y|ies)" if word.endswith("y") else re.escape(word) + "(?:s|es)?"
             for word in bare.split()]  # fmt: skip
    return re.compile(r"\s+".join(words), re.IGNORECASE)
