"""Whom to ask about a measure, and who takes an official step: as far as the words name them, and else as inferred."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from applicability.lazy_dataclass import dataclass, field
from applicability.model.frozen import FrozenDict, freeze
from applicability.text import Text


@dataclass(frozen=True)
class NamedBy:
    """The words that name an authority: `text` with its unofficial English, and where they stand.

    `cites` is `text`, `note-3` or `body`; `entry` is the entry of the register that names it instead.
    """

    text: Text | None = None
    cites: str = "text"
    entry: str | None = None


@dataclass(frozen=True)
class Contact:
    """Whom to ask. Without `source` words of its own it is inferred; `why` tells from what, and the entry of `source`
    is then one that it is inferred from.

    `section` is the part of the body that its words stand in; `limbs` are the parts of its rows that it is for, if it
    is not for all.
    """

    who: Text
    source: NamedBy
    rows: frozenset[int] = frozenset()
    why: Text | None = None
    section: Text | None = None
    limbs: frozenset[str] = frozenset()

    @property
    def inferred(self) -> bool:
        """Whether no words name it for the row."""
        return self.why is not None

    def is_for(self, limbs: Collection[str]) -> bool:
        """Whether it is for one of some parts of a row."""
        return not self.limbs or not self.limbs.isdisjoint(limbs)


@dataclass(frozen=True)
class PublicStep:
    """Who takes an official step, where the words say so, and where it would be seen, which is always inferred."""

    step: str
    where: Text
    who: Text | None = None
    source: NamedBy | None = None


@dataclass(frozen=True)
class Reminder:
    """What stands under everything that is open, and the words of the document that say so."""

    told: Text
    source: NamedBy
    section: Text


@dataclass(frozen=True)
class NotGranted:
    """What is supported in some rows without anything that an authority grants: what to `do` instead of applying, and
    the clause of the rows' reading that says so.
    """

    rows: frozenset[int]
    do: Text
    reading: Text


@dataclass(frozen=True)
class Supervisor:
    """Who supervises whoever holds one of some values of a fact; `instead_of` is the name for several authorities of a
    field, of which this one is meant for those that it supervises.
    """

    who: Text
    fact: str
    values: frozenset[str]
    instead_of: Text | None = None

    def is_of(self, facts: Mapping[str, object]) -> bool:
        """Whether it supervises an entity with some facts."""
        held = facts.get(self.fact)
        return isinstance(held, frozenset) and not self.values.isdisjoint(held)


@dataclass(frozen=True)
class Authorities:
    """Everything that a rulebook knows of whom to ask, for one document.

    `fields` are inferred for rows of a field, `unnamed` how rules call an authority that the text leaves open;
    `only_about` is what an authority is asked about where that is less than what other law asks of a business;
    `for_the_zone` are inferred for parts that zones and authorities act on themselves, which are told apart from those
    of companies; `of_the_place` are the keys of findings that are the same for every company of a place.
    """

    document: str
    otherwise: Contact
    named: tuple[Contact, ...] = ()
    fields: tuple[Contact, ...] = ()
    unnamed: frozenset[Text] = frozenset()
    steps: tuple[PublicStep, ...] = ()
    other_law: Reminder | None = None
    only_about: Mapping[Text, Text] = field(default_factory=FrozenDict)
    not_granted: tuple[NotGranted, ...] = ()
    supervisors: tuple[Supervisor, ...] = ()
    for_the_zone: tuple[Contact, ...] = ()
    of_the_place: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        freeze(self, "only_about")

    def ungranted(self, row: int) -> NotGranted | None:
        """What to do about a row of which nothing is granted; None where the rules do not say so."""
        return next((one for one in self.not_granted if row in one.rows), None)

    def supervisors_of(self, facts: Mapping[str, object]) -> list[Text]:
        """Who supervises an entity with some facts, as far as the rules know."""
        return [one.who for one in self.supervisors if one.is_of(facts)]

    def contacts(self, row: int) -> tuple[Contact, ...]:
        """Whom to ask about a row: those that words name, then those inferred of its field; where no words name any,
        the one for every row last.
        """
        named, fields = (tuple(one for one in own if row in one.rows) for own in (self.named, self.fields))
        return (*named, *fields) if named else (*fields, self.otherwise)

    def step(self, id: str) -> PublicStep | None:
        """What is known of an official step."""
        return next((one for one in self.steps if one.step == id), None)
