"""Former divisions: codes and names that are no longer in use, and the current division that each is read as.

Either one division succeeded it, or its area was divided: it is then read as the city (or province) that holds all the
parts, which is certain, and never as one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.text import Text


class Former(NamedTuple):
    """A code and a name that went out of use together.

    `ended` is the year or the day; `place` the current division that it is read as; `succeeded` whether that is its
    successor, else the division around all its parts; `parts` are the current divisions that took parts of its area.
    """

    code: str
    zh: str
    ended: str
    place: str
    succeeded: bool
    parts: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Former:
        """A former division of a line of `FormerDivisions.table`."""
        code, zh, ended, successor, city, parts = line.split(",")
        taken = tuple(parts.split("|")) if parts else ()
        return cls(code, zh, ended, successor or city, bool(successor), taken)


class FactNote(NamedTuple):
    """What to know of how a fact of a profile was read; it is no mistake."""

    fact: str
    message: Text


@dataclass(frozen=True)
class FormerDivisions:
    """All former divisions of a rulebook. `table` has a line for each: code, name, end, successor, city, parts.

    Few profiles name one, so the table stays text until one is asked for: that costs a start nothing.
    """

    table: str = ""

    def __getstate__(self) -> dict[str, str]:
        return {"table": self.table}  # without the indexes: they are made faster than they are unpickled

    @cached_property
    def all(self) -> tuple[Former, ...]:
        """Every one, in order of code and then of time."""
        return tuple(Former.of(line) for line in self.table.splitlines())

    def named(self, name: str) -> tuple[tuple[Former, ...], ...]:
        """The former divisions of a code or a folded name: those called so in full, then those called so for short."""
        full, short = self._names
        return tuple(found for found in (full.get(name, ()), short.get(name, ())) if found)

    @cached_property
    def _names(self) -> tuple[Mapping[str, tuple[Former, ...]], Mapping[str, tuple[Former, ...]]]:
        full: dict[str, tuple[Former, ...]] = {}
        short: dict[str, tuple[Former, ...]] = {}
        for one in self.all:
            full[one.code] = (*full.get(one.code, ()), one)
            full[one.zh] = (*full.get(one.zh, ()), one)
            cut = _LAST_WORD.sub("", one.zh)
            if len(cut) > 1 and cut != one.zh:
                short[cut] = (*short.get(cut, ()), one)
        return full, short


# 郊区 and 城区 have no name of their own without the last word.
_LAST_WORD = lazy_pattern(r"(?:自治县|自治旗|地区|矿区|新区|市|盟|区|县|旗)$")
