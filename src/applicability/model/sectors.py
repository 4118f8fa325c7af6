"""Sectors by GB/T 4754-2017 and the finer activities that hang under them.

A code is a section letter, or two, three or four digits. A sector that cannot carry an activity settles it; one that
could leaves it to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from applicability.model.frozen import freeze
from applicability.model.places import fold
from applicability.text import Text


@dataclass(frozen=True)
class Sector:
    """A section, division, group or class; `section` is the letter of the section it stands in."""

    code: str
    zh: str
    en: str
    section: str


@dataclass(frozen=True)
class Activity:
    """Something the measures speak of, finer than a class; `under` are the codes that can carry it."""

    id: str
    label: Text
    under: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    help: Text | None = None


@dataclass(frozen=True)
class Sectors:
    """The classification and the activities of a rulebook."""

    codes: Mapping[str, Sector]
    activities: Mapping[str, Activity]

    def __post_init__(self) -> None:
        freeze(self, "codes", "activities")

    def section(self, code: str) -> str:
        """The section of a code; finer codes than the table lists stand in the section of their division."""
        return code if code.isalpha() else self.codes[code[:2]].section

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether one code is the other or lies under it.

        Digits nest by prefix; a section holds the divisions listed after it.
        """
        return inner.startswith(outer) or self.section(inner) == outer

    def related(self, one: str, other: str) -> bool:
        """Whether one code lies under the other, either way round."""
        return self.lies_in(one, other) or self.lies_in(other, one)

    def can_carry(self, code: str, activity: str) -> bool:
        """Whether an entity of that sector could carry on the activity."""
        return activity in self.carried_by(code)

    def carried_by(self, code: str) -> frozenset[str]:
        """The activities that an entity of that sector could carry on."""
        if code not in self._carried:
            around = (self._under.get(one, frozenset()) for one in self.path(code))
            self._carried[code] = self._below.get(code, frozenset()).union(*around)
        return self._carried[code]

    def path(self, code: str) -> tuple[str, ...]:
        """The code and all that it lies under, the finest first."""
        if code.isalpha():
            return (code,)
        return (*(code[:length] for length in range(len(code), 1, -1)), self.section(code))

    @cached_property
    def _under(self) -> dict[str, frozenset[str]]:
        """The activities that name a code."""
        found: dict[str, set[str]] = {}
        for id, activity in self.activities.items():
            for code in activity.under:
                found.setdefault(code, set()).add(id)
        return {code: frozenset(ids) for code, ids in found.items()}

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        """The activities that name a code or one under it."""
        found: dict[str, set[str]] = {}
        for code, ids in self._under.items():
            for one in self.path(code):
                found.setdefault(one, set()).update(ids)
        return {code: frozenset(ids) for code, ids in found.items()}

    @cached_property
    def _carried(self) -> dict[str, frozenset[str]]:
        """Filled as codes are met; it cannot outgrow the classification."""
        return {}

    @cached_property
    def _sector_names(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, list[str]] = {}
        for code, sector in self.codes.items():
            for name in (code, sector.zh, sector.en):
                # A group with one class of the same name: the coarser code is the one the name settles.
                if name and not any(self.lies_in(code, known) for known in names.get(fold(name), ())):
                    names.setdefault(fold(name), []).append(code)
        return {name: tuple(codes) for name, codes in names.items()}

    @cached_property
    def _activity_names(self) -> dict[str, str]:
        return {
            fold(name): id
            for id, activity in self.activities.items()
            for name in (*activity.aliases, activity.label.zh, activity.label.en, id)
        }

    def sectors_of(self, name: str) -> tuple[str, ...]:
        """The codes that a code or name stands for: none if unknown, several if ambiguous.

        `I65` reads as `65`; `A65` contradicts itself and reads as nothing.
        """
        if re.search(r"\d[^\w\s]\d", name):
            return ()  # 72.9 is no code, though without its point it would be one
        wanted = fold(name)
        if len(wanted) > 2 and wanted[0].isalpha() and wanted[1:].isdigit():
            letter, wanted = wanted[0], wanted[1:]
            if wanted[:2] in self.codes and fold(self.section(wanted)) != letter:
                return ()
        if wanted.isdigit() and len(wanted) in (3, 4) and wanted not in self.codes and wanted[:2] in self.codes:
            return (wanted,)  # finer than the table lists; its division settles what it can carry
        return self._sector_names.get(wanted, ())

    def activity_of(self, name: str) -> str | None:
        """The activity of that id, name or alias."""
        return self._activity_names.get(fold(name))
