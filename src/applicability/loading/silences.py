"""Reading what the words leave open: every quote must stand in its row, and its English in the translation of that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from applicability.errors import Problem
from applicability.loading.authorities import ReminderShape
from applicability.loading.shape_reader import Shape
from applicability.loading.shapes import TextShape
from applicability.loading.yaml.reader import Tree, YamlPath
from applicability.model.authorities import NamedBy, Reminder
from applicability.model.measure import Measure
from applicability.model.rulebook import Document
from applicability.model.silences import Silence, Silences
from applicability.model.translation import Translation
from applicability.text import Text


class QuotedRowShape(Shape):
    """Words of a row."""

    row: int
    quote: TextShape


class SilencesShape(Shape):
    """silences.yaml."""

    document: str | None = None
    every: ReminderShape | None = None
    named: list[QuotedRowShape] = []
    amounts: list[QuotedRowShape] = []
    obtained: list[QuotedRowShape] = []
    which: list[QuotedRowShape] = []
    where: list[QuotedRowShape] = []


class SilencesReader:
    """Reads silences.yaml against the words of its document; what is wrong goes to `problems`."""

    def __init__(
        self, tree: Tree, document: Document, body: str, measures: Collection[Measure],
        translation: Translation | None, problems: list[Problem],
    ) -> None:  # fmt: skip
        self.tree, self.document, self.body = tree, document, body
        self.translation, self.problems = translation, problems
        self.rows = {one.row: one for one in measures if one.document == document.id}

    def read(self, shape: SilencesShape) -> Silences:
        """All of it."""
        every = {
            "named": shape.named, "amounts": shape.amounts, "obtained": shape.obtained,
            "which": shape.which, "where": shape.where,
        }  # fmt: skip
        found = {kind: self._by_row(kind, quoted) for kind, quoted in every.items()}
        rows = {
            row: Silence(**{kind: own.get(row, ()) for kind, own in found.items()})
            for row in sorted({row for own in found.values() for row in own})
        }
        return Silences(self.document.id, rows, self._every(shape.every))

    def _every(self, shape: ReminderShape | None) -> Reminder | None:
        if shape is None:
            return None
        if shape.quote.zh not in self.body:
            self._not_there(("every", "quote", "zh"), shape.quote.zh)
        return Reminder(shape.told.text(), NamedBy(shape.quote.text(), "body"), shape.section.text())

    def _by_row(self, part: str, quoted: Iterable[QuotedRowShape]) -> Mapping[int, tuple[Text, ...]]:
        found: dict[int, tuple[Text, ...]] = {}
        for index, one in enumerate(quoted):
            path: YamlPath = (part, index)
            if one.row not in self.rows:
                self._add((*path, "row"), Text(f"没有第{one.row}行", f"there is no row {one.row}"))
                continue
            if one.quote.zh not in self.rows[one.row].text:
                self._not_there((*path, "quote", "zh"), one.quote.zh)
            english = self.translation.rows.get(one.row) if self.translation is not None else None
            if english is not None and not english.holds(one.quote.en):
                what = Text(f"译文中没有 `{one.quote.en}`", f"the translation does not say `{one.quote.en}`")
                self._add((*path, "quote", "en"), what, Text("照译文改正", "correct it by the translation"))
            found[one.row] = (*found.get(one.row, ()), one.quote.text())
        return found

    def _not_there(self, path: YamlPath, quote: str) -> None:
        what = Text(f"引文 `{quote}` 不在原文中", f"the quote `{quote}` is not in the words")
        self._add(path, what)

    def _add(self, path: YamlPath, message: Text, hint: Text | None = None) -> None:
        mend = Text("照原文改正，或删去", "correct it by the words, or remove it")
        self.problems.append(Problem("R222", self.tree.at(*path), message, hint or mend))
