"""Facts: their declarations in a rulebook, and the facts of one entity.

A fact left out is missing, which is never false. An empty list that was given is a fact.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Literal

from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.bilingual import in_both, meanings
from applicability.model.former import FactNote
from applicability.model.frozen import FrozenDict, freeze
from applicability.model.label_heads import heads
from applicability.model.partial import Interval, PartialSet
from applicability.model.places import Whereabouts, fold
from applicability.model.verdict import Verdict
from applicability.text import Text

FactType = Literal[
    "place", "zones", "zone_types", "sector", "activities", "investors",
    "percent", "number", "date", "boolean", "choice", "choices", "registration",
]  # fmt: skip
# Facts that may be known in part: lists of which the rest is unknown, numbers within bounds.
LISTS_IN_PART = ("zones", "zone_types", "activities", "choices")
NUMBERS = ("percent", "number")
# Values of facts, any of which describes an entity.
Traits = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """One of the values of a choice fact; `instead_of` are words that are not taken, for which the error names it.

    Of an origin of investors, `may_be` are the origins that it leaves open; none where it is one itself. `sectors` are
    those that an entity with this value is in, and `plausible_for` is of whom it makes sense to ask it (None: of all).
    Whoever has one of the values of `set_up_by` may set up another entity with this value (None: not told);
    `for_limits` are limits that only whoever has set one up can keep, and `of_founder` the findings on that other
    entity which are a true-or-false fact of the one that sets it up. `place_meant` is as of a fact, and `addressed_as`
    are the addressees of rows that an entity of this kind is among (None: not told). `counts` says of a kind of person
    whom the words count in it, and of whom they leave that open.
    """

    key: str
    label: Text
    aliases: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    may_be: tuple[str, ...] = ()
    sectors: tuple[str, ...] | None = None
    plausible_for: Traits | None = None
    set_up_by: Traits | None = None
    for_limits: tuple[str, ...] = ()
    of_founder: Mapping[str, str] = field(default_factory=FrozenDict)
    place_meant: Text | None = None
    addressed_as: tuple[str, ...] | None = None
    counts: Text | None = None

    def __post_init__(self) -> None:
        freeze(
            self, "of_founder", *(name for name in ("plausible_for", "set_up_by") if getattr(self, name) is not None)
        )


@dataclass(frozen=True)
class FactDeclaration:
    """A fact of the rulebook: its type, its words, and who can change it.

    That is the entity at a `cost`, its `owners`, or nobody (`fixed`).

    A place of registration `settles` another fact: whether it lies in the place given. `plausible_for` is of whom it
    makes sense to ask it (None: of all). `place_meant` says which place is to be given for rows that read it, where
    that is another than for most. `entity_question` is the question as it is put to an entity that is no person,
    `value_question` as it asks for one `{value}` alone, `planned_question` the same of one that is still to be set up.
    `from_none` is what to do to have more than none.
    """

    name: str
    type: FactType
    label: Text
    question: Text
    help: Text
    movable: Literal["cost", "owners", "fixed"]
    unit: Text | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    values: Mapping[str, Choice] = field(default_factory=FrozenDict)
    settles: str = ""
    plausible_for: Traits | None = None
    place_meant: Text | None = None
    entity_question: Text | None = None
    value_question: Text | None = None
    from_none: Text | None = None
    planned_question: Text | None = None

    def __post_init__(self) -> None:
        freeze(self, "values", *(("plausible_for",) if self.plausible_for is not None else ()))

    @property
    def ends(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number that it can be; None where there is no end."""
        percent = self.type == "percent"
        low = Decimal(0) if percent and self.minimum is None else self.minimum
        return low, Decimal(100) if percent and self.maximum is None else self.maximum

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The values of a choice fact by each of their names, folded with `fold`: the label without its explanation in
        brackets is one, where it is no other value's name and no word that is not taken.

        A key that reads like a word which is not taken is none: `financial_leasing`, but not "financial leasing".
        """
        every = self.values.items()
        names = {fold(name): key for key, one in every for name in (key, one.label.zh, one.label.en, *one.aliases)}
        not_taken = {fold(word) for one in self.values.values() for word in one.instead_of}
        found = {**names, **heads(((key, one.label) for key, one in every), not_taken | set(names))}
        return {name: key for name, key in found.items() if name not in not_taken}

    @cached_property
    def _rejected(self) -> Mapping[str, tuple[Choice, ...]]:
        """The values to suggest for each word that is not taken, folded with `fold`."""
        found: dict[str, tuple[Choice, ...]] = {}
        for value in self.values.values():
            for word in dict.fromkeys(map(fold, value.instead_of)):
                found[word] = (*found.get(word, ()), value)
        return found

    def value_of(self, word: str) -> str | None:
        """The value of a choice fact that a word means: its key, any of its names, or one in each of two languages."""
        if (key := word.strip().casefold()) in self.values:
            return key
        return self.by_name.get(fold(word)) or in_both(word, lambda half: self.by_name.get(fold(half)))

    def instead_of(self, word: str) -> tuple[Choice, ...]:
        """The values to suggest for a rejected word, such as an outdated or ambiguous one, or two in one."""
        found = self._rejected.get(fold(word), ())
        said = None if found else meanings(word, lambda half: self.by_name.get(fold(half)))
        return found if said is None else tuple(self.values[one] for one in dict.fromkeys(said))


@dataclass(frozen=True)
class Investor:
    """One shareholder: its origin, and its share in percent (None if not given)."""

    origin: str
    share: Decimal | None = None


class NotRead(Enum):
    """A finding or limit of which something is said that is neither yes nor no; a profile writes `unknown`."""

    UNKNOWN = "unknown"

    def __str__(self) -> str:
        return self.value


Value = Decimal | Interval | datetime.date | str | frozenset[str] | PartialSet | tuple[str, ...] | tuple[Investor, ...]


@dataclass(frozen=True)
class Facts:
    """The facts of one entity, given and derived, keyed by declaration.

    `values` holds numbers as Decimal, dates, choices as their key, booleans as `true` and `false`, list facts as
    frozensets, sectors as a tuple of codes; numbers within bounds as Interval, lists known in part as PartialSet.
    Places are in `whereabouts`. `determinations` are the findings of authorities by `row.judgement`, `limits` whether
    uses keep a limit, by its key (None in either: something is said of it that cannot be read). `told` is what was
    given of facts that are known in part, where more of them follows.
    """

    values: Mapping[str, Value]
    whereabouts: Whereabouts
    as_of: datetime.date
    determinations: Mapping[str, bool | None] = field(default_factory=FrozenDict)
    derived: Mapping[str, str] = field(default_factory=FrozenDict)  # fact -> id of the derivation that gave it
    limits: Mapping[str, bool | None] = field(default_factory=FrozenDict)
    told: Mapping[str, Value] = field(default_factory=FrozenDict)
    notes: tuple[FactNote, ...] = field(default=(), compare=False)  # how facts were read, where that is not plain

    # Cache of `stands_in`, since most rows test the same few places. Only `model.evaluate` writes it.
    stands: dict[tuple[str, ...], Verdict] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        freeze(self, "values", "determinations", "derived", "limits", "told")

    def on(self, day: datetime.date) -> Facts:
        """The same facts on another day, which moves no place."""
        found = replace(self, as_of=day)
        found.stands.update(self.stands)
        return found

    @property
    def given(self) -> Facts:
        """The facts without derived ones."""
        if not self.derived:
            return self
        kept = {name: value for name, value in self.values.items() if name not in self.derived}
        return replace(self, values={**kept, **self.told}, derived={}, told={})
