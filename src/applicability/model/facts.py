"""Facts: their declarations in a rulebook, and the facts of one entity.

A fact left out is missing, which is never false. An empty list that was given is a fact.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Literal

from applicability.model.former import FactNote
from applicability.model.frozen import FrozenDict, freeze
from applicability.model.places import Whereabouts, fold
from applicability.model.verdict import Verdict
from applicability.text import Text

FactType = Literal[
    "place", "zones", "zone_types", "sector", "activities", "investors",
    "percent", "number", "date", "boolean", "choice", "choices",
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A value of a choice fact; `instead_of` are rejected words for which the error suggests it."""

    key: str
    label: Text
    aliases: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactDeclaration:
    """Declaration of a fact: its type, its texts, and whether the entity can change it (`cost` or `fixed`)."""

    name: str
    type: FactType
    label: Text
    question: Text
    help: Text
    movable: Literal["cost", "fixed"]
    unit: Text | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    values: Mapping[str, Choice] = field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        freeze(self, "values")

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The values of a choice fact by each of their names, folded with `fold`."""
        every = ((key, one) for key, one in self.values.items())
        return {fold(name): key for key, one in every for name in (key, one.label.zh, one.label.en, *one.aliases)}

    def instead_of(self, word: str) -> tuple[Choice, ...]:
        """The values to suggest for a rejected word, such as an outdated or ambiguous one."""
        return tuple(one for one in self.values.values() if fold(word) in map(fold, one.instead_of))


@dataclass(frozen=True)
class Investor:
    """One shareholder: its origin, and its share in percent (None if not given)."""

    origin: str
    share: Decimal | None = None


class NotRead(Enum):
    """A table cell from which neither yes nor no can be read for a limit; files cannot express it."""

    UNKNOWN = "unknown"

    def __str__(self) -> str:
        return self.value


Value = Decimal | datetime.date | str | frozenset[str] | tuple[str, ...] | tuple[Investor, ...]


@dataclass(frozen=True)
class Facts:
    """The facts of one entity, given and derived, keyed by declaration.

    `values` holds numbers as Decimal, dates, choices as their key, booleans as `true` and `false`, list facts as
    frozensets, sectors as a tuple of codes. Places are in `whereabouts`. `determinations` are the findings of
    authorities by `row.judgement`; `limits` says whether uses keep a limit, by its key (None: a table cell that could
    not be read).
    """

    values: Mapping[str, Value]
    whereabouts: Whereabouts
    as_of: datetime.date
    determinations: Mapping[str, bool] = field(default_factory=FrozenDict)
    derived: Mapping[str, str] = field(default_factory=FrozenDict)  # fact -> id of the derivation that gave it
    limits: Mapping[str, bool | None] = field(default_factory=FrozenDict)
    notes: tuple[FactNote, ...] = field(default=(), compare=False)  # on facts with a non-obvious reading

    # Cache of `stands_in`, since most rows test the same few places. Only `model.evaluate` writes it.
    stands: dict[tuple[str, ...], Verdict] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        freeze(self, "values", "determinations", "derived", "limits")

    @property
    def given(self) -> Facts:
        """The facts without derived ones."""
        if not self.derived:
            return self
        kept = {name: value for name, value in self.values.items() if name not in self.derived}
        return replace(self, values=kept, derived={})
