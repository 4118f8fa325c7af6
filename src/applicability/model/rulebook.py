"""A rulebook: the parsed and validated content of one set of rule files, immutable."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from applicability.bounded import BoundedCache
from applicability.errors import Location
from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.authorities import Authorities
from applicability.model.conditions import Condition, Judgement, Leaf, Limit, leaves
from applicability.model.facts import LISTS_IN_PART, FactDeclaration, Value
from applicability.model.frozen import FrozenDict, freeze, frozen
from applicability.model.headings import Headings, fact_of, in_part, plain
from applicability.model.leaf_kinds import kind_of, limit_key
from applicability.model.measure import Measure, MeasureKey
from applicability.model.places import Gazetteer, fold
from applicability.model.sectors import Sectors
from applicability.model.silences import Silences
from applicability.model.translation import Translation, Translations
from applicability.text import Text

Weight = Literal["official", "press", "third_party", "user"]
EntryKind = Literal["records", "overtakes", "announces", "notes"]

_LIMIT_HELP = Text(
    "只看这项用途，不看主体；不遵守时，本行仅对这项用途不适用",
    "this is about the use, not the entity; where it is not kept, the row is shut to this use alone",
)
_APART = 64  # sets of zones without which the rules are kept
# Document, scope rule, the register entries that can open the row, and the row if its scope has a judgement (else 0).
ScopeKey = tuple[str, str, tuple[str, ...], int]


@dataclass(frozen=True)
class Document:
    """A policy document: its metadata, its notes and chapters by number, and its number of rows, if stated.

    `number_en` is its number in Latin letters, `annex` what its rows are part of.
    """

    id: str
    title: Text
    number: str
    dates: Mapping[str, datetime.date]
    checked_on: datetime.date
    notes: Mapping[int, str]
    chapters: Mapping[int, Text]
    rows: int | None = None
    number_en: str | None = None
    annex: Text | None = None

    def __post_init__(self) -> None:
        freeze(self, "dates", "notes", "chapters")

    @property
    def cited(self) -> Text:
        """Its number, in each language."""
        return Text(self.number, self.number_en or self.number)

    def item(self, row: int | str) -> Text:
        """A row, by the words that cite it; `row` is its number, marked or not."""
        if self.annex is None:
            return Text(f"第{row}项", f"item {row}")
        return Text(f"{self.annex.zh}第{row}项", f"item {row} of {self.annex.en}")


@dataclass(frozen=True)
class Derivation:
    """A fact derived from others, given if its condition is met.

    `total` and `origins` sum and collect over the investors given, leaving out the origins named.
    """

    id: str
    kind: Literal["when", "total", "origins"]
    gives: str
    reason: Text
    when: Condition | None = None
    value: Value | None = None
    leave_out: frozenset[str] = frozenset()
    location: Location = Location("")


@dataclass(frozen=True)
class StepKind:
    """An official step that rows wait for; `pending` is the text shown while the register does not record it.

    `by_place` is what the place itself has to do first, where it has to; `already` that it may have been taken, though
    the rules do not hold it.
    """

    id: str
    label: Text
    pending: Text
    recorded: Text
    by_place: Text | None = None
    already: Text | None = None


@dataclass(frozen=True)
class Scope:
    """A named place rule. Its steps are bound to a row when a measure uses it."""

    id: str
    title: Text
    outside: Text
    when: Condition


@dataclass(frozen=True)
class Entry:
    """A dated official step on the register.

    `kind`: `records` (the step is taken for the rows), `overtakes` (the rows are open there whatever their scope says),
    `announces` (something was published, but which rows it affects is not known), `notes` (shown beside the rows,
    without effect). `rows` None: every row of the document.
    """

    id: str
    kind: EntryKind
    date: datetime.date
    title: Text
    source: Text
    weight: Weight
    places: tuple[str, ...]  # empty: everywhere
    rows: frozenset[int] | None
    document: str
    step: str | None = None  # None: any step
    note: Text | None = None
    accepted: Text | None = None  # why an entry that is only reported is acted on
    expires: datetime.date | None = None  # the last day on which it applies
    location: Location = Location("")

    def in_force(self, day: datetime.date) -> bool:
        """Whether it has begun and not expired on that day."""
        return self.date <= day and (self.expires is None or day <= self.expires)

    def covers(self, document: str, row: int) -> bool:
        """Whether the entry applies to that row."""
        return document == self.document and (self.rows is None or row in self.rows)


@dataclass(frozen=True)
class Provision:
    """A passage of a document's body that applies to a whole answer, for those who meet its condition.

    `section` says where in the body the `words` are. `open_origins` are origins of investors that leave open whether
    they meet it: who lists one is told `open_note` instead.
    """

    id: str
    document: str
    section: Text
    title: Text
    words: str
    note: Text
    when: Condition
    location: Location = Location("")
    open_origins: frozenset[str] = frozenset()
    open_note: Text | None = None


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules, immutable and safe to share between threads. `digest` is the SHA-256 of the files it was read from."""

    id: str
    version: str
    digest: str
    title: Text
    documents: Mapping[str, Document]
    facts: Mapping[str, FactDeclaration]
    gazetteer: Gazetteer
    sectors: Sectors
    derivations: tuple[Derivation, ...]
    steps: Mapping[str, StepKind]
    scopes: Mapping[str, Scope]
    register: tuple[Entry, ...]
    measures: tuple[Measure, ...]
    glossary: Mapping[str, Text] = field(default_factory=FrozenDict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    pilot_groups: tuple[tuple[str, ...], ...] = ()  # the divisions that are compared by default, as they are grouped
    headings: Headings = Headings()  # how company registers name their columns
    provisions: tuple[Provision, ...] = ()
    translations: Translations = Translations()
    authorities: Authorities | None = None
    silences: Silences | None = None
    # What engines build from this rulebook, by their names: kept, cached and gone with it.
    engines: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        freeze(self, "documents", "facts", "steps", "scopes", "glossary", "groups")

    def __copy__(self) -> Rulebook:
        return self

    def __deepcopy__(self, memo: object) -> Rulebook:
        return self  # immutable, so copies can share it

    @cached_property
    def pilots(self) -> tuple[str, ...]:
        """The divisions that are compared by default, in order."""
        return tuple(place for group in self.pilot_groups for place in group)

    def facts_of(self, type_: str) -> tuple[FactDeclaration, ...]:
        """The facts of a type, in order."""
        return self._facts_by_type.get(type_, ())

    @cached_property
    def _facts_by_type(self) -> Mapping[str, tuple[FactDeclaration, ...]]:
        every = self.facts.values()
        return {type_: tuple(one for one in every if one.type == type_) for type_ in {one.type for one in every}}

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """What a heading of a register holds, a role or a fact, by the heading as `plain` has it."""
        whole = self._whole_headings
        lists = {held for held in set(whole.values()) if self._is_list(fact_of(held))}
        return {**in_part({word: held for word, held in whole.items() if held in lists}), **whole}

    @cached_property
    def _whole_headings(self) -> Mapping[str, str]:
        """What a heading holds without words behind it that say that its list is not complete."""
        every = self.facts.items()
        labels = {plain(name): fact for fact, one in every for name in (fact, one.label.zh, one.label.en)}
        return {**self.headings.by_heading, **labels}

    def _is_list(self, fact: str) -> bool:
        """Whether a fact is a list that can be known in part."""
        return fact in self.facts and self.facts[fact].type in LISTS_IN_PART

    @cached_property
    def meaning_of_key(self) -> Mapping[str, str]:
        """What a key of a profile says: what a heading of a register would, and a profile's own keys."""
        own = {plain(name): key for key, names in self.headings.profile.items() for name in (key, *names)}
        return {**own, **{word: fact_of(held) for word, held in self._whole_headings.items()}}

    @cached_property
    def meaning_of_investor_key(self) -> Mapping[str, str]:
        """What a key of an investor says: what one of a profile would, unless it has a meaning of its own there."""
        own = {plain(name): key for key, names in self.headings.investor.items() for name in names}
        return {**self.meaning_of_key, **own}

    @cached_property
    def _measures_by_key(self) -> dict[MeasureKey, Measure]:
        return {(measure.document, measure.row): measure for measure in self.measures}

    @cached_property
    def _entries(self) -> dict[tuple[str, str, int], tuple[Entry, ...]]:
        rows = [(measure.document, measure.row) for measure in self.measures]
        kinds = {entry.kind for entry in self.register}
        found = {
            (kind, *key): tuple(e for e in self.register if e.kind == kind and e.covers(*key))
            for kind in kinds
            for key in rows
        }
        return {key: entries for key, entries in found.items() if entries}

    @cached_property
    def _scope_keys(self) -> dict[MeasureKey, ScopeKey]:
        keys = {}
        for measure in self.measures:
            own = (*self.entries("records", *measure.key), *self.entries("overtakes", *measure.key))
            judged = any(isinstance(leaf, Judgement) for leaf in leaves(measure.scope)) if measure.scope else False
            opened = tuple(entry.id for entry in own)
            keys[measure.key] = (measure.document, measure.scope_rule, opened, measure.row if judged else 0)
        return keys

    @cached_property
    def parts(self) -> tuple[tuple[Measure, tuple[str, int, str], tuple[str, int, str]], ...]:
        """Every measure with an engine's keys for its verdict and for that of its scope."""
        return tuple((one, (*one.key, "measure"), (*one.key, "scope")) for one in self.measures)

    def scope_key(self, measure: Measure) -> ScopeKey:
        """What its scope depends on: measures with equal keys have the same scope verdict for everyone."""
        return self._scope_keys[measure.key]

    def warm(self) -> None:
        """Computes what every check needs, so that a cached rulebook contains it."""
        for measure in self.measures:
            _ = measure.condition, self.scope_key(measure)
        _ = self.judgements, self.limits, self._measures_by_key

    def entries(self, kind: str, document: str, row: int) -> tuple[Entry, ...]:
        """The entries of that kind that cover the row, in register order."""
        return self._entries.get((kind, document, row), ())

    def every_entry(self, measure: Measure) -> tuple[Entry, ...]:
        """The entries of every kind that cover a row: steps on record, instruments, announcements, notes."""
        return self._entries_of_rows.get(measure.key, ())

    @cached_property
    def _entries_of_rows(self) -> dict[MeasureKey, tuple[Entry, ...]]:
        kinds: tuple[EntryKind, ...] = ("records", "overtakes", "announces", "notes")
        return {
            one.key: tuple(entry for kind in kinds for entry in self.entries(kind, *one.key)) for one in self.measures
        }

    def but_for(self, zones: frozenset[str]) -> Rulebook:
        """The same rules, if these zones lay in no others; made once for the same zones."""
        if zones not in self._but_for:
            self._but_for[zones] = replace(self, gazetteer=self.gazetteer.but_for(zones))
        return self._but_for[zones]

    @cached_property
    def _but_for(self) -> dict[frozenset[str], Rulebook]:
        """Cache."""
        return BoundedCache(_APART)

    def settling(self, leaf: Leaf) -> tuple[Entry, ...]:
        """The entries that can settle a leaf, whatever step they record; none if it is not an official step."""
        kind = kind_of(leaf).entries
        return () if kind is None else self.entries(kind, leaf.document, leaf.row)  # type: ignore[union-attr]

    @cached_property
    def begins(self) -> datetime.date | None:
        """The day on which the first of its documents came into force; None if none says."""
        return min((one.dates["in_force"] for one in self.documents.values() if "in_force" in one.dates), default=None)

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        """Every judgement the rows leave to an authority, by the profile's key for it."""
        conditions = [one for measure in self.measures for one in measure.conditions]
        found = (leaf for condition in conditions for leaf in leaves(condition))
        return frozen({leaf.key: leaf for leaf in found if isinstance(leaf, Judgement)})

    @cached_property
    def limits(self) -> Mapping[str, Limit]:
        """Every limit on a use of a row, by the profile's key for it."""
        found = (leaf for measure in self.measures for limb in measure.usable for leaf in limb.limits)
        return frozen({leaf.key: leaf for leaf in found})

    def limits_instead_of(self, word: str) -> tuple[Limit, ...]:
        """The limits to suggest for a word that was an activity."""
        return self._limits_instead.get(fold(word), ())

    @cached_property
    def _limits_instead(self) -> Mapping[str, tuple[Limit, ...]]:
        """The limits that stand for words which were activities, by the word: a register asks for each unread one."""
        words = dict.fromkeys(fold(word) for one in self.limits.values() for word in one.instead_of)
        named = {word: [one for one in self.limits.values() if word in map(fold, one.instead_of)] for word in words}
        return frozen({word: tuple(limits) for word, limits in named.items()})

    def declaration(self, name: str) -> FactDeclaration:
        """The declaration of a fact, or of whether a limit is kept (`limits.57.taiwan`)."""
        key = limit_key(name)
        if key is None:
            return self.facts[name]
        limit = self.limits[key]
        return FactDeclaration(name, "boolean", limit.label, limit.question, _LIMIT_HELP, "cost")

    def translation(self, document: str) -> Translation | None:
        """A document in English, where the rulebook has an unofficial translation of it."""
        return self.translations.get(document)

    def measure(self, row: int, document: str | None = None) -> Measure:
        """The measure with that row number, in the first document that has it if none is named. Raises KeyError if
        none.
        """
        for name in [document] if document else self.documents:
            if (name, row) in self._measures_by_key:
                return self._measures_by_key[name, row]
        raise KeyError(row)
