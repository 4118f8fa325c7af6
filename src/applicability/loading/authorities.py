"""Reading whom to ask: every quote must stand where it is said to, every row, step and entry must be one there is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from applicability.errors import Problem
from applicability.loading.shape_reader import Shape
from applicability.loading.shapes import TextShape
from applicability.loading.yaml.reader import Tree, YamlPath
from applicability.messages import did_you_mean
from applicability.model.authorities import Authorities, Contact, NamedBy, NotGranted, PublicStep, Reminder, Supervisor
from applicability.model.facts import FactDeclaration
from applicability.model.measure import Measure
from applicability.model.rulebook import Document, Entry, StepKind
from applicability.text import Text


class OtherwiseShape(Shape):
    """Whom to ask where no words name anybody, and what that is inferred from."""

    who: TextShape
    why: TextShape
    cites: str = "body"
    quote: TextShape | None = None
    section: TextShape | None = None


class InferredShape(Shape):
    """An authority that no words of the rows name, inferred from rows of the same field, or from an entry of the
    register; `limbs` are its parts.
    """

    rows: Annotated[list[int], Field(min_length=1)]
    limbs: list[str] = []
    who: TextShape
    why: TextShape
    register_: Annotated[str | None, Field(alias="register")] = None


class ContactShape(Shape):
    """An authority that words of the rows, or an entry of the register, name."""

    rows: Annotated[list[int], Field(min_length=1)]
    who: TextShape
    cites: str = "text"
    quote: TextShape | None = None
    register_: Annotated[str | None, Field(alias="register")] = None


class PublicStepShape(Shape):
    """Who takes an official step, by the words quoted, and where it would be seen."""

    step: str
    where: TextShape
    who: TextShape | None = None
    cites: str = "text"
    quote: TextShape | None = None
    rows: list[int] = []


class ReminderShape(Shape):
    """What an answer says under everything that is open, with the words that say so."""

    told: TextShape
    cites: str = "body"
    quote: TextShape
    section: TextShape


class OnlyAboutShape(Shape):
    """What some authorities are asked about, and nothing else."""

    about: TextShape
    who: Annotated[list[TextShape], Field(min_length=1)]


class NotGrantedShape(Shape):
    """Rows of which an authority grants nothing: what to do instead, and the clause of their reading that says so."""

    rows: Annotated[list[int], Field(min_length=1)]
    reading: TextShape
    do: TextShape


class SupervisorShape(Shape):
    """Who supervises whoever holds one of some values of a fact."""

    who: TextShape
    fact: str
    values: Annotated[list[str], Field(min_length=1)]
    instead_of: TextShape | None = None


class AuthoritiesShape(Shape):
    """authorities.yaml."""

    document: str | None = None
    otherwise: OtherwiseShape
    named: list[ContactShape] = []
    inferred: list[InferredShape] = []
    unnamed: list[TextShape] = []
    steps: list[PublicStepShape] = []
    other_law: ReminderShape | None = None
    only_about: list[OnlyAboutShape] = []
    not_granted: list[NotGrantedShape] = []
    supervisors: list[SupervisorShape] = []
    for_the_zone: list[InferredShape] = []
    of_the_place: list[str] = []


class AuthoritiesReader:
    """Reads authorities.yaml against the words of its document; what is wrong goes to `problems`."""

    def __init__(
        self, tree: Tree, document: Document, body: str, measures: Collection[Measure], entries: Collection[Entry],
        steps: Mapping[str, StepKind], facts: Mapping[str, FactDeclaration], problems: list[Problem],
    ) -> None:  # fmt: skip
        self.tree, self.document, self.body, self.problems = tree, document, body, problems
        self.rows = {one.row: one for one in measures if one.document == document.id}
        self.entries = {one.id: one for one in entries}
        self.steps, self.facts = steps, facts

    def read(self, shape: AuthoritiesShape) -> Authorities:
        """All of it."""
        otherwise = shape.otherwise
        return Authorities(
            self.document.id,
            Contact(
                otherwise.who.text(),
                self._source(otherwise, ("otherwise",), ()),
                why=otherwise.why.text(),
                section=otherwise.section.text() if otherwise.section is not None else None,
            ),
            tuple(self._contact(one, ("named", index)) for index, one in enumerate(shape.named)),
            tuple(self._inferred(one, ("inferred", index)) for index, one in enumerate(shape.inferred)),
            frozenset(one.text() for one in shape.unnamed),
            tuple(self._step(one, ("steps", index)) for index, one in enumerate(shape.steps)),
            self._reminder(shape.other_law),
            {who.text(): one.about.text() for one in shape.only_about for who in one.who},
            tuple(self._not_granted(one, ("not_granted", index)) for index, one in enumerate(shape.not_granted)),
            tuple(self._supervisor(one, ("supervisors", index)) for index, one in enumerate(shape.supervisors)),
            tuple(self._inferred(one, ("for_the_zone", index)) for index, one in enumerate(shape.for_the_zone)),
            frozenset(self._of_the_place(shape.of_the_place)),
        )

    def _of_the_place(self, keys: Sequence[str]) -> Iterator[str]:
        known = {leaf.key for one in self.rows.values() for limb in one.limbs for leaf in limb.judgements}
        for index, key in enumerate(keys):
            if key not in known:
                what = Text(f"没有认定 `{key}`", f"there is no finding `{key}`")
                self._add(("of_the_place", index), what, did_you_mean(key, known))
            yield key

    def _supervisor(self, shape: SupervisorShape, path: YamlPath) -> Supervisor:
        known = self.facts[shape.fact].values if shape.fact in self.facts else None
        if known is None:
            self._add((*path, "fact"), Text(f"没有事实 `{shape.fact}`", f"there is no fact `{shape.fact}`"))
        for index, value in enumerate(shape.values if known is not None else ()):
            if known is not None and value not in known:
                what = Text(f"`{shape.fact}` 没有 `{value}`", f"`{shape.fact}` has no `{value}`")
                self._add((*path, "values", index), what)
        instead_of = shape.instead_of.text() if shape.instead_of is not None else None
        return Supervisor(shape.who.text(), shape.fact, frozenset(shape.values), instead_of)

    def _not_granted(self, shape: NotGrantedShape, path: YamlPath) -> NotGranted:
        self._known(shape.rows, path)
        for row in shape.rows:
            told = self.rows[row].interpretation if row in self.rows else None
            for lang in ("zh", "en") if row in self.rows else ():
                clause = getattr(shape.reading, lang)
                if told is None or clause not in getattr(told, lang):
                    what = Text(f"第{row}行的读法没有 `{clause}`", f"the reading of row {row} does not say `{clause}`")
                    self._add((*path, "reading", lang), what)
        return NotGranted(frozenset(shape.rows), shape.do.text(), shape.reading.text())

    def _inferred(self, shape: InferredShape, path: YamlPath) -> Contact:
        self._known(shape.rows, path)
        known = {limb.id for row in shape.rows if row in self.rows for limb in self.rows[row].limbs}
        for index, limb in enumerate(shape.limbs):
            if limb not in known:
                self._add((*path, "limbs", index), Text(f"没有{limb}款", f"there is no limb {limb}"))
        self._registered(shape.register_, path)
        who, why = shape.who.text(), shape.why.text()
        return Contact(who, NamedBy(entry=shape.register_), frozenset(shape.rows), why, limbs=frozenset(shape.limbs))

    def _registered(self, entry: str | None, path: YamlPath) -> None:
        if entry is not None and entry not in self.entries:
            what = Text(f"登记册没有 `{entry}`", f"the register has no entry `{entry}`")
            self._add((*path, "register"), what, did_you_mean(entry, self.entries))

    def _reminder(self, shape: ReminderShape | None) -> Reminder | None:
        if shape is None:
            return None
        return Reminder(shape.told.text(), self._source(shape, ("other_law",), ()), shape.section.text())

    def _known(self, rows: Collection[int], path: YamlPath) -> None:
        for index, row in enumerate(rows):
            if row not in self.rows:
                self._add((*path, "rows", index), Text(f"没有第{row}行", f"there is no row {row}"))

    def _contact(self, shape: ContactShape, path: YamlPath) -> Contact:
        self._known(shape.rows, path)
        if shape.quote is None and shape.register_ is None:
            self._add(path, Text("没有引文指明这个部门", "no words name this authority"))
        return Contact(shape.who.text(), self._source(shape, path, shape.rows), frozenset(shape.rows))

    def _step(self, shape: PublicStepShape, path: YamlPath) -> PublicStep:
        if shape.step not in self.steps:
            what = Text(f"查不到官方步骤 `{shape.step}`", f"unknown step `{shape.step}`")
            self._add((*path, "step"), what, did_you_mean(shape.step, self.steps))
        if shape.who is None or shape.quote is None:
            if shape.who is not None:
                self._add((*path, "who"), Text("没有引文指明由谁来做", "no words say who takes it"))
            return PublicStep(shape.step, shape.where.text())
        return PublicStep(shape.step, shape.where.text(), shape.who.text(), self._source(shape, path, shape.rows))

    def _source(
        self,
        shape: OtherwiseShape | ContactShape | PublicStepShape | ReminderShape,
        path: YamlPath,
        rows: Collection[int],
    ) -> NamedBy:
        entry = shape.register_ if isinstance(shape, ContactShape) else None
        self._registered(entry, path)
        if entry is not None and entry in self.entries:
            told = self.entries[entry].rows
            for row in rows:
                if told is not None and row not in told:
                    what = Text(f"`{entry}` 不涉及第{row}行", f"`{entry}` does not speak of row {row}")
                    self._add((*path, "rows"), what)
        if shape.quote is None:
            return NamedBy(entry=entry)
        for passage in self._passages(shape.cites, rows):
            if shape.quote.zh not in passage:
                what = Text(f"引文 `{shape.quote.zh}` 不在原文中", f"the quote `{shape.quote.zh}` is not in the words")
                self._add((*path, "quote", "zh"), what)
        return NamedBy(shape.quote.text(), shape.cites)

    def _passages(self, cites: str, rows: Collection[int]) -> tuple[str, ...]:
        """The words that a quote must stand in: of every row, of a note or of the body."""
        note = re.fullmatch(r"note-(\d+)", cites)
        if note is not None:
            return (self.document.notes.get(int(note[1]), ""),)
        if cites == "body":
            return (self.body,)
        return tuple(self.rows[row].text for row in rows if row in self.rows) or ("",)

    def _add(self, path: YamlPath, message: Text, hint: Text | None = None) -> None:
        mend = Text("照原文改正，或删去", "correct it by the words, or remove it")
        self.problems.append(Problem("R219", self.tree.at(*path), message, hint or mend))
