"""The input and the counts of a screening."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Any, Literal

from applicability.bulk.measure_key import key_of
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, field
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.text import Lang, Surface, Text

Counts = dict[str, list[int]]
# Forms of output: a line for each verdict wanted, a column for each measure, and what to ask each company next.
LONG, WIDE, ASKS = "long", "wide", "asks"
# Companies that a summary names for each measure.
FIRST = 5
# Companies that are listed with all that is open to each.
LISTED = 500


@dataclass(frozen=True)
class Job:
    """What to screen: the rulebook and day, the measures and verdicts wanted, the output forms, the columns to keep.

    `keep` are columns of the source to repeat in every line; None for those that identify a company. `mapping` assigns
    headings to facts; `units` says what the bare numbers of columns of shares are (`percent` or `fraction`), and
    `settled` is what was found of the others; `joined` are headings of several rows, with where they stand; `defaults`
    are facts, as in a profile, of the companies that do not say otherwise; `facts` also outputs the facts read of each
    company, `asks` counts what undecided measures wait for, and `limits` adds the keys of limits to confirm to each
    line of long form. `listed` are the kinds of files, notes and rejects, that are written even if they have no line.
    `surface` says where notes are read, and so whether they may name options.
    """

    rulebook: Rulebook
    day: datetime.date
    lang: Lang = "en"
    measures: tuple[Measure, ...] = ()
    only: frozenset[Verdict] = frozenset((Verdict.ELIGIBLE, Verdict.CONDITIONAL))
    forms: frozenset[str] = frozenset((LONG,))
    keep: tuple[str, ...] | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, Text] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    strict: bool = False
    facts: bool = False
    asks: bool = False
    listed: frozenset[str] = frozenset()
    surface: Surface = "terminal"
    limits: bool = False

    @property
    def is_workbook(self) -> bool:
        """Whether the result is a workbook, which alone has both forms of lines."""
        return self.forms >= {LONG, WIDE}

    @property
    def limit_style(self) -> Literal["words", "keys"] | None:
        """How lines tell the limits of what is open: a workbook in words, other results by key, if at all."""
        return "words" if self.is_workbook else "keys" if self.limits else None

    def fingerprint(self, source: Mapping[str, object], form: str) -> str:
        """Hash of everything that determines the content of a piece; a run resumes only pieces with the same hash."""
        said = {
            "program": _version(),
            "source": source,
            "form": form,
            "rulebook": self.rulebook.digest,
            "register": [f"{entry.id} {entry.date} {entry.kind} {entry.places}" for entry in self.rulebook.register],
            "day": self.day.isoformat(),
            "lang": self.lang,
            "measures": [list(measure.key) for measure in self.measures],
            "only": sorted(self.only),
            "forms": sorted(self.forms),
            "keep": self.keep,
            "mapping": dict(self.mapping),
            "units": dict(self.units),
            "settled": dict(self.settled),
            "joined": {heading: where.zh for heading, where in self.joined.items()},
            "defaults": repr(self.defaults),
            "facts": self.facts,
            "asks": self.asks,
            "limits": self.limit_style,
            "listed": sorted(self.listed),
            "strict": self.strict,
            "surface": self.surface,
            "counts": sorted(one.name for one in dataclasses.fields(Summary)),  # a piece of before lacks a newer one
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _version() -> str:
    try:
        return metadata.version("applicability")
    except metadata.PackageNotFoundError:  # not installed: run from a source tree
        return ""


@dataclass(frozen=True)
class RepeatedCodes:
    """How many credit codes stand in several rows, how many rows, and the first of them with the next of its code."""

    codes: int
    rows: int
    first: tuple[int, int]


@dataclass
class Summary:
    """The counts of a screening: companies screened, rows that are no company, notes, and verdicts.

    `counts` has five numbers for each measure, from ineligible to eligible, keyed by `document:row`. `kinds` has for
    each kind of note how many there are, of how many companies, one as an example and its hint, keyed by the code of
    what was not read (`TO_DO` for a note on how something was read that says what to do, empty for any other) and the
    column, a tab between them; `noted` companies have a note of any kind, and `unread` of them one on what was not
    read.
    `notices` say what of the source was passed over; they belong to the source, not to a piece. `served` companies can
    use at least one measure, and `served_by_scope` of them one that its own scope opens, to `certain_by_scope` of these
    without a finding; `served_by_any_reading` of them have one that no narrower reading takes from some. `entries`
    counts, for a measure that an instrument of the register opens beyond its own scope, the companies that can use it
    by that instrument alone.
    `only_steps` counts, of those pending on a measure, whom steps alone keep from it; `findings` the companies that
    cannot use a measure without a finding, keyed by both, a tab between them; `worth_asking`, of those that miss facts
    for a measure, whom it makes sense to ask. These three are filled beside `asks`.
    `asks` has for each fact how many undecided verdicts wait for it, and of how many companies;
    `unasked` of how many companies it is not asked although some wait for it: because it makes no sense for them, and
    because others come first. It is filled for a workbook.
    `places` has for each key of `PilotTally` how many companies lie there, and how many of those are served;
    `places_by_scope` how many of them by the scope of a measure. `named` has for each city, district and zone that rows
    name the companies, those served and those served by a scope; it is filled beside `asks`, and for a workbook.
    `around` counts the companies that name a zone which is of a type only by a zone around it, by its code.
    `provisions` counts the companies that a provision of a document's body applies to, by its id.
    `codes` counts the valid credit codes by their column; `repeated` tells those that stand in several rows, which is
    known of a whole run alone.
    `lists` are the columns that hold a list as a whole, by heading and fact, a tab between them; `held` the facts and
    roles that some column holds.
    `derived` counts the companies of which a column tells a fact that is not its own, keyed by fact and column, a tab
    between them; `registered` those whose registration a column tells and whose place of business none does, by the
    column; `gone` those that a column says to operate no longer, by its heading and its word, a tab between them.
    `first` has for each measure the first `FIRST` companies that it is open to: row and name, None where
    the register names none; it is filled beside `asks`, as is `opened`: the first `LISTED` companies that have
    something open, each with its row, its name and the keys of the measures.
    """

    companies: int = 0
    rejected: int = 0
    notes: int = 0
    noted: int = 0
    unread: int = 0
    counts: Counts = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    kinds: dict[str, list[int | str]] = field(default_factory=dict)
    notices: tuple[Text, ...] = ()
    served: int = 0
    served_by_scope: int = 0
    certain_by_scope: int = 0
    served_by_any_reading: int = 0
    entries: dict[str, int] = field(default_factory=dict)
    only_steps: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    worth_asking: dict[str, int] = field(default_factory=dict)
    asks: dict[str, list[int]] = field(default_factory=dict)
    unasked: dict[str, list[int]] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)
    places_by_scope: dict[str, int] = field(default_factory=dict)
    named: dict[str, list[int]] = field(default_factory=dict)
    around: dict[str, int] = field(default_factory=dict)
    derived: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[list[int | str | None]]] = field(default_factory=dict)
    opened: list[list[Any]] = field(default_factory=list)
    registered: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    codes: dict[str, int] = field(default_factory=dict)
    provisions: dict[str, int] = field(default_factory=dict)
    repeated: RepeatedCodes | None = None

    def __post_init__(self) -> None:
        # A heading may be the number of an identity card, where the first company stands in the row of headings.
        self.ignored, self.lists = (tuple(dict.fromkeys(map(masked, told))) for told in (self.ignored, self.lists))
        self.kinds = {masked(kind): held for kind, held in self.kinds.items()}
        for name in ("derived", "registered", "gone", "codes"):
            setattr(self, name, {masked(told): count for told, count in getattr(self, name).items()})

    @property
    def read(self) -> int:
        """The number of rows read: companies and others."""
        return self.companies + self.rejected

    def add(self, other: Summary) -> None:
        """Adds the counts of another part."""
        self.companies += other.companies
        self.rejected += other.rejected
        self.notes += other.notes
        self.noted += other.noted
        self.unread += other.unread
        self.ignored = tuple(dict.fromkeys((*self.ignored, *other.ignored)))
        self.lists = tuple(dict.fromkeys((*self.lists, *other.lists)))
        self.held = tuple(dict.fromkeys((*self.held, *other.held)))
        for kind, (count, companies, *words) in other.kinds.items():
            seen = self.kinds.setdefault(kind, [0, 0, *words])
            # A company lies in one part, so its kinds of notes are counted in no other.
            seen[:2] = int(seen[0]) + int(count), int(seen[1]) + int(companies)
        self.served += other.served
        self.served_by_scope += other.served_by_scope
        self.certain_by_scope += other.certain_by_scope
        self.served_by_any_reading += other.served_by_any_reading
        for held_pairs, pairs in (
            (self.asks, other.asks), (self.unasked, other.unasked), (self.places, other.places)
        ):  # fmt: skip
            for name, pair in pairs.items():
                held_pairs[name] = [one + more for one, more in zip(held_pairs.get(name, (0, 0)), pair, strict=True)]
        for code, counts in other.named.items():
            self.named[code] = [one + more for one, more in zip(self.named.get(code, (0, 0, 0)), counts, strict=True)]
        for counted, found in (
            (self.derived, other.derived), (self.registered, other.registered), (self.codes, other.codes),
            (self.gone, other.gone), (self.places_by_scope, other.places_by_scope),
            (self.provisions, other.provisions), (self.entries, other.entries), (self.only_steps, other.only_steps),
            (self.around, other.around), (self.findings, other.findings), (self.worth_asking, other.worth_asking),
        ):  # fmt: skip
            for told, more in found.items():
                counted[told] = counted.get(told, 0) + more
        for key, first in other.first.items():  # in whatever order pieces are done, those of the first rows are kept
            held_first = [*self.first.get(key, ()), *first]
            self.first[key] = sorted(held_first, key=lambda one: (int(one[0] or 0), str(one[1])))[:FIRST]
        self.opened = sorted([*self.opened, *other.opened], key=lambda one: (int(one[0] or 0), str(one[1])))[:LISTED]
        for key, own in other.counts.items():
            held = self.counts.setdefault(key, [0] * 5)
            self.counts[key] = [one + more for one, more in zip(held, own, strict=True)]

    def of(self, measure: Measure) -> Sequence[int]:
        """How many companies have each verdict, 0 to 4, on a measure; empty for one without verdicts."""
        return self.counts.get(key_of(measure), ())
