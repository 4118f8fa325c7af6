"""Columns of activities, which may hold business scopes: what a scope tells is read, and one note counts the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, Coded, different
from applicability.bulk.register.cells import CellReader
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.interned import filled, nothing
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, bounded_note
from applicability.bulk.sources.headings import clean, cut
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.business_scope import BusinessScope, is_scope, read_scope
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.written import says_none
from applicability.messages import listed
from applicability.model.column_names import in_part
from applicability.model.headings import plain
from applicability.model.partial import YES
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Surface, Text

_REMEMBERED = 1 << 15
# Items of a scope that are told, and characters of each.
_SHOWN, _ITEM = 3, 30
# … and activities that one may be.
_CANDIDATES = 3
# Names that are shorter occur in other words by chance.
_SHORTEST = 3
_SOME = Text(
    "读出{read}项业务活动，其余{unread}项未采用（{zh}）",
    "{read} items read as activities, {unread} left out ({en})",
)
_NONE = Text("所列{unread}项均未读为业务活动（{zh}）", "0 of {unread} items read as activities ({en})")
_EXCLUDED = Text(
    "{told}，排除、禁止或有限制的项目不算从事",
    "{told}, since what is excluded, forbidden or limited is not taken as carried on",
)
# What follows from it: by what was read, or by a column that tells the list whole.
_IN_PART = Text(
    "{told}；视为只知其一部分，其余由行业判断",
    "{told}; the list is taken as known in part, and the sector decides what it leaves open",
)
_MISSING = Text("{told}；按未填处理，由行业判断", "{told}; taken as missing, so that the sector decides")
_SETTLED = Text("{told}；以 `{column}` 列为准，不必填写", "{told}; `{column}` counts, with nothing to fill in")
# What every licence prints behind its scope, alone in a cell.
_PRINTED = lazy_pattern(
    r"[（(【\[]?依法须经(?:批准|审批)的项目[，,、;；\s]*(?:经相关部门(?:批准|审批)(?:后)?)?(?:方可|后可)?(?:依法)?(?:开展|从事)?(?:经营)?(?:活动)?"
    r"[）)】\]]?[。.；;]?"
)
_NO_ACTIVITY = Text(
    "`{cell}` 是营业执照的套语，不是业务活动；按未填处理，由行业判断",
    "`{cell}` is what every business licence prints, and no activity; taken as missing, so that the sector decides",
)
_HELD = Text(
    "{zh}是“{label}”的词：持有该牌照的，填在那一列", "{en}: words of “{label}”, for whoever holds that licence"
)
# An item that may be several activities is worth a look: the licence of a travel agency says 旅游业务.
_MEANS = Text("{item} 可能指 {words}", "{item} may be {words}")
_REWRITE = Text("{zh}：从事的，改写为这个词", "{en}: whoever carries that on writes that word instead")
_ADD_WORD = Text(
    "{zh}：从事的，在“{label}”列（没有的另加）写这个词",
    "{en}: whoever carries that on writes that word in the column “{label}” (to be added where there is none)",
)
# Of a column that tells only some of the activities, as a scope does, words that are none of the list are nothing to
# correct: what is said of a licence, or of what an item may be, asks for something.
_NOTHING_TO_CORRECT = Text(
    "{told}；没有对应的词的，不必改；要写明全部业务活动的，{where}，没有一个词适合的填“无”",
    "{told}; words without a match need not be changed: to tell all activities {where}, with “none” if no word fits",
)
# Where all of them are told: in a column that the register has, or a new one.
_FILL_IN = Text("填在 `{column}` 列", "fill in `{column}`")
_ADD_IT = Text("另加“{label}”列", "add a column “{label}”")


@dataclass(frozen=True)
class _ScopeCell:
    """What a cell states, as a profile would; whether that is the list whole or in part; the note on it; and what is
    left of that beside a column that tells the list whole.
    """

    value: object
    whole: bool = True
    note: Note | None = None
    settled: Note | None = None


@dataclass(frozen=True)
class ScopeCells:
    """A column of activities as profiles would state it, with the notes on its rows.

    `part` are the lists that are known in part only, of a column that tells the list whole, None if there are none;
    `untold` are the rows of which nothing is read. `settled` are what is left of the notes' words where another column
    tells the list whole, in their order.
    """

    column: Coded
    notes: Notes = NO_NOTES
    part: Coded | None = None
    untold: NDArray[np.int64] = NO_NOTES.rows
    settled: Sequence[Note | None] = ()

    def beside_whole(self, told: NDArray[np.bool_]) -> Notes:
        """The notes; `told` says of each whether another column tells the whole list in its row (bool)."""
        rows, which = self.notes.rows, self.notes.which
        if not told.any():
            return self.notes
        left = np.array([one is not None for one in self.settled], np.bool_)
        kept = ~told | left[which]
        words = [*self.notes.words, *(one or own for own, one in zip(self.notes.words, self.settled, strict=True))]
        moved = np.where(told, which + len(self.notes.words), which).astype(np.int32)
        return Notes(rows[kept], moved[kept], words)


class ScopeColumn:
    """Reads columns of activities that hold words, or scopes as licences print them."""

    def __init__(
        self, rulebook: Rulebook, plan: ColumnPlan, heading: str, reader: CellReader, lang: Lang, surface: Surface
    ) -> None:
        self._heading, self._reader, self._lang = heading, reader, lang
        self._fact, part = whole_name(plan.holds[heading])
        self._whole, self._some = not part, part == YES
        self._sectors = rulebook.sectors
        # What is called a scope is one, however it is written.
        self._is_scope = plain(heading) in rulebook.headings.may_be
        names = (name for one in rulebook.sectors.activities.values() for name in one.names)
        self._names = [name for name in names if len(name) >= _SHORTEST]
        self._hint = str(mistakes.unknown_word("activities", "", None).mend.on(surface).of(lang))
        self._licences = rulebook.facts.get("licences")
        self._label = rulebook.facts[self._fact].label
        self._all, self._where = plan.heading(self._fact), where_all(plan, self._fact, self._label)
        self._in_part = in_part(rulebook.facts[self._fact])
        self._known: BoundedCache[str, _ScopeCell] = BoundedCache(_REMEMBERED)
        # A register says the same few words in ever other combinations.
        self._of_licences: BoundedCache[str, bool] = BoundedCache(_REMEMBERED)
        self._nones: BoundedCache[str, bool] = BoundedCache(_REMEMBERED)

    def read(self, column: Any) -> ScopeCells:
        """The cells of a column."""
        found = different(column)
        cells = [self._of(value) for value in found.values]
        every = np.array([*range(len(cells)), NONE], np.int32)
        missing = np.array([*(one.value is None for one in cells), True], np.bool_)
        values = [one.value for one in cells]
        noted = np.array([*(one.note is not None for one in cells), False], np.bool_)
        if not noted.any():
            return ScopeCells(Coded(values, np.where(missing, NONE, every)[found.places].astype(np.int32)))
        in_part = np.array([*(not one.whole for one in cells), False], np.bool_) & ~missing
        whole = np.where(missing | in_part, NONE, every).astype(np.int32)
        words = [one.note for one in cells if one.note is not None]
        numbers = np.where(noted, np.cumsum(noted) - 1, NONE).astype(np.int32)
        which = numbers[found.places]
        rows = np.flatnonzero(which != NONE)
        part = np.where(in_part, every, NONE).astype(np.int32)[found.places]
        return ScopeCells(
            Coded(values, whole[found.places]),
            Notes(rows, which[rows], words),
            Coded(values, part) if in_part.any() else None,
            np.flatnonzero((missing & noted)[found.places]),
            [one.settled for one in cells if one.note is not None],
        )

    def _of(self, cell: object) -> _ScopeCell:
        if not isinstance(cell, str):
            return _ScopeCell(self._reader.read(cell))
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def _read(self, cell: str) -> _ScopeCell:
        if _PRINTED.fullmatch(cell.strip()):
            said = Text(*(one.format(cell=cut(cell.strip(), _ITEM)) for one in (_NO_ACTIVITY.zh, _NO_ACTIVITY.en)))
            return _ScopeCell(None, not self._whole, self._noted(said))
        words = self._reader.read(cell)
        if not isinstance(words, list):
            return _ScopeCell(words)
        known = self._sectors.activity_of
        unread = [str(one) for one in words if known(str(one)) is None]
        if not unread or any(self._says_none(one) for one in unread):
            return _ScopeCell(words)  # beside “none” nothing is read
        licences = any(self._is_licence(one) for one in unread)
        if not (self._is_scope or is_scope(cell) or licences or len(unread) > _SHOWN):
            return _ScopeCell(words)  # the reader of profiles says which words it does not know …
        scope = read_scope(
            cell, known, lambda phrase: any(name in phrase for name in self._names if len(name) >= _SHORTEST)
        )
        if len(words) == 1 and not scope.activities and not licences:
            # … and of one word, without the heading of its part, what it knows instead
            return _ScopeCell([*scope.unread] if len(scope.unread) == 1 and not scope.excludes else words)
        value = list(scope.activities) or None
        if not scope.unread:
            return _ScopeCell(value)
        return _ScopeCell(value, not self._whole, *self._notes(scope))

    def _notes(self, scope: BusinessScope) -> tuple[Note, Note | None]:
        """The note on a scope, and what is left of it beside a column that tells the list whole."""
        said = _SOME if scope.activities else _NONE
        more = ["…"] if len(scope.unread) > _SHOWN else []
        shown = listed([*(f"`{cut(one, _ITEM)}`" for one in scope.unread[:_SHOWN]), *more])
        slots = {"read": len(scope.activities), "unread": len(scope.unread), "zh": shown.zh, "en": shown.en}
        items = Text(said.zh.format(**slots), said.en.format(**slots))
        items = _told(_EXCLUDED, items) if scope.excludes else items
        told = _told(_IN_PART if scope.activities else _MISSING, items)
        held = [*self._held(scope)]
        asked = [*held, *self._meant(scope)]
        zh, en = "；".join(one.zh for one in asked), "; ".join(one.en for one in asked)
        if not self._some and asked:
            return self._noted(Text(f"{told.zh}；{zh}", f"{told.en}; {en}")), None
        note = self._noted(told, Text(zh, en).of(self._lang))
        if not self._some or self._all is None:
            return note, None
        # What is a licence is asked for whatever the list of activities says.
        hint = ("；" if self._lang == "zh" else "; ").join(one.of(self._lang) for one in held)
        whole = _told(_SETTLED, items, column=clean(self._all))
        return note, bounded_note(self._heading, self._fact, whole, self._lang, hint=hint)

    def _held(self, scope: BusinessScope) -> Iterator[Text]:
        """What is said of items that are licences."""
        held = [one for one in dict.fromkeys(scope.unread) if self._is_licence(one)][:_SHOWN]
        if held and self._licences is not None:
            names, label = listed([f"`{cut(one, _ITEM)}`" for one in held]), self._licences.label
            yield Text(_HELD.zh.format(zh=names.zh, label=label.zh), _HELD.en.format(en=names.en, label=label.en))

    def _meant(self, scope: BusinessScope) -> Iterator[Text]:
        """What is said of items that may be activities: which ones, and where those go."""
        told = []
        for item in dict.fromkeys(scope.unread):
            if found := self._sectors.instead_of(item):
                shown, more = [one.label for one in found[:_CANDIDATES]], len(found) > _CANDIDATES
                zh = listed([*(f"`{one.zh}`" for one in shown), *(["…"] if more else [])]).zh
                en = " or ".join([*(f"`{one.en}`" for one in shown), *(["…"] if more else [])])
                name = f"`{cut(item, _ITEM)}`"
                told.append(Text(_MEANS.zh.format(item=name, words=zh), _MEANS.en.format(item=name, words=en)))
        if told:
            zh, en = "；".join(one.zh for one in told[:_SHOWN]), "; ".join(one.en for one in told[:_SHOWN])
            said = _ADD_WORD if self._is_scope and self._some else _REWRITE
            label = self._in_part or self._label
            yield Text(said.zh.format(zh=zh, label=label.zh), said.en.format(en=en, label=label.en))

    def _noted(self, told: Text, asked: str = "") -> Note:
        """The note on a cell: what was not read, or of a column of some activities only how it was read; `asked` is
        what to fill in for it.
        """
        if not self._some:
            return bounded_note(self._heading, self._fact, told, self._lang, "P107", self._hint)
        said = Text(*(nothing_to_correct(told.of(one), self._where.of(one), one) for one in ("zh", "en")))
        return bounded_note(self._heading, self._fact, said, self._lang, hint=asked)

    def _says_none(self, item: str) -> bool:
        if item not in self._nones:
            self._nones[item] = says_none(item)
        return self._nones[item]

    def _is_licence(self, item: str) -> bool:
        """Whether an item is what a licence is called, or the business of such a company: 商业保理."""
        licences = self._licences
        if licences is None:
            return False
        if item not in self._of_licences:
            name = item.removesuffix("业务")
            # 租赁公司 may be several, and leasing is no licence.
            found = licences.value_of(name) or licences.instead_of(name) or licences.value_of(f"{name}公司")
            self._of_licences[item] = bool(found)
        return self._of_licences[item]


def nothing_to_correct(told: str, where: str, lang: Lang) -> str:
    """What is told of words that are no activity, where a column has only some; all are told in the column `where`."""
    return _NOTHING_TO_CORRECT.of(lang).format(told=told, where=where)


def where_all(plan: ColumnPlan, fact: str, label: Text) -> Text:
    """Where all words of a list are to be told: in its column, or in a new one of its `label`."""
    if (column := plan.heading(fact)) is None:
        return Text(_ADD_IT.zh.format(label=label.zh), _ADD_IT.en.format(label=label.en))
    return Text(_FILL_IN.zh.format(column=clean(column)), _FILL_IN.en.format(column=clean(column)))


def _told(said: Text, told: Text, **slots: str) -> Text:
    return Text(said.zh.format(told=told.zh, **slots), said.en.format(told=told.en, **slots))


def scope_columns(
    rulebook: Rulebook, plan: ColumnPlan, readers: Mapping[str, CellReader], lang: Lang, surface: Surface
) -> dict[str, ScopeColumn]:
    """The columns of activities of a register, by heading."""
    return {
        heading: ScopeColumn(rulebook, plan, heading, readers[held], lang, surface)
        for heading, held in plan.holds.items()
        if held in readers and readers[held].declaration.type == "activities"
    }


def some_activities(rulebook: Rulebook, plan: ColumnPlan) -> dict[str, Text]:
    """The columns that tell only some of the activities, as business scopes do, each with where all are to be told."""
    facts = {heading: rulebook.facts.get(whole_name(held)[0]) for heading, held in plan.holds.items() if _is_some(held)}
    activities = {own: one for own, one in facts.items() if one is not None and one.type == "activities"}
    return {heading: where_all(plan, one.name, one.label) for heading, one in activities.items()}


def _is_some(held: str) -> bool:
    return whole_name(held)[1] == YES


def with_parts(columns: dict[str, Any], parts: Mapping[str, Coded], rows: int) -> None:
    """Adds lists that are known in part, by fact, to the columns of such lists, whose own words stay."""
    for fact, part in parts.items():
        name = f"{fact}.{YES}"
        column = columns.get(name, nothing(rows))
        own = different(column)
        both = np.flatnonzero((own.places != NONE) & (part.places != NONE))
        values = [*part.values]
        places = part.places.copy()
        for row in both.tolist():
            held, more = own.values[own.places[row]], values[part.places[row]]
            places[row] = len(values)
            values.append([*(held if isinstance(held, list) else [held]), *(more if isinstance(more, list) else [])])
        columns[name] = filled(column, values, places)
