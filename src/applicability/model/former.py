"""Former divisions: codes and names no longer in use, and the current division that each is read as.

Either one division succeeded it, or its area was divided: it is then read as the city (or province) that contains all
the parts, which is certain, and never as one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from applicability.lazy_dataclass import dataclass
from applicability.model.place_names import last_word
from applicability.text import Text


class Former(NamedTuple):
    """A code and a name that went out of use together.

    `ended` is the year or the day; `place` is the current division it is read as; `succeeded` says whether that is its
    successor, else it is the division around all its parts; `parts` are the current divisions that took parts of its
    area.
    """

    code: str
    zh: str
    ended: str
    place: str
    succeeded: bool
    parts: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Former:
        """Parses a line of `FormerDivisions.table`."""
        code, zh, ended, successor, city, parts = line.split(",")
        taken = tuple(parts.split("|")) if parts else ()
        return cls(code, zh, ended, successor or city, bool(successor), taken)


class FactNote(NamedTuple):
    """A note on how a fact of a profile was interpreted; not an error."""

    fact: str
    message: Text


@dataclass(frozen=True)
class FormerDivisions:
    """All former divisions of a rulebook. `table` has one line each: code, name, end, successor, city, parts.

    Few profiles name one, so the table is parsed on demand, at no cost on start-up.
    """

    table: str = ""

    def __getstate__(self) -> dict[str, str]:
        return {"table": self.table}  # without the indexes, which are faster to build than to unpickle

    @cached_property
    def all(self) -> tuple[Former, ...]:
        """All of them, by code and then by time."""
        return tuple(Former.of(line) for line in self.table.splitlines())

    def named(self, name: str) -> tuple[tuple[Former, ...], ...]:
        """The former divisions with a code or a folded name: full names first, then short ones."""
        full, short = self._names
        return tuple(found for found in (full.get(name, ()), short.get(name, ())) if found)

    @cached_property
    def _names(self) -> tuple[Mapping[str, tuple[Former, ...]], Mapping[str, tuple[Former, ...]]]:
        full: dict[str, tuple[Former, ...]] = {}
        short: dict[str, tuple[Former, ...]] = {}
        for one in self.all:
            full[one.code] = (*full.get(one.code, ()), one)
            full[one.zh] = (*full.get(one.zh, ()), one)
            cut = _ANY_KIND.sub("", one.zh)  # 郊区 and 城区 have no name of their own without it
            if len(cut) > 1 and cut != one.zh:
                short[cut] = (*short.get(cut, ()), one)
        return full, short


_ANY_KIND = last_word()
