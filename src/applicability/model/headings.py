"""Headings of company registers, and the wordings of company types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property

from applicability.lazy_dataclass import dataclass, field
from applicability.model.frozen import FrozenDict, freeze
from applicability.text import Text

# Columns of a register that are not facts themselves, but imply some.
CREDIT_CODE, NAME, COMPANY_TYPE, ADDRESS = "credit_code", "name", "company_type", "address"
ROLES = (CREDIT_CODE, NAME, COMPANY_TYPE, ADDRESS)
# Keys that profiles have and registers do not: the day, what authorities found, limits, and those of an investor.
PROFILE_KEYS = ("as_of", "determinations", "limits", "origin", "share")


@dataclass(frozen=True)
class CompanyTypeWording:
    """A wording of company types: words of which one must occur, and what it implies.

    `gives` are facts as a profile would state them; `excludes` are values that it contradicts; `settles` are facts that
    later wordings no longer decide; `note` is a note on companies of that type.
    """

    holds: tuple[str, ...]
    gives: Mapping[str, str] = field(default_factory=FrozenDict)
    excludes: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    settles: tuple[str, ...] = ()
    note: Text | None = None

    def __post_init__(self) -> None:
        freeze(self, "gives", "excludes")


@dataclass(frozen=True)
class Headings:
    """The headings of registers, by what their column holds: a role or a fact; and the wordings of company types.

    `profile` are further words for keys of profiles, by the key.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    types: tuple[CompanyTypeWording, ...] = ()
    profile: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        freeze(self, "columns", "profile")

    @property
    def words(self) -> tuple[str, ...]:
        """Every heading and key, as it is listed."""
        return tuple(word for names in (*self.columns.values(), *self.profile.values()) for word in names)

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """The role or fact of each heading, normalised by `plain`."""
        return {plain(one): role for role, names in self.columns.items() for one in names}


def plain(text: str) -> str:
    """Normalises a heading: no full-width forms, spaces or case, and no unit in brackets at its end."""
    found = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold().strip(":*")
    return re.sub(r"\((%|percent|百分比|单位:%)\)$", "", found).rstrip("%")
