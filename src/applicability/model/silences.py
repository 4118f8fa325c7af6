"""What the words of a document leave open: of every row, and of single rows."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.lazy_dataclass import dataclass, field
from applicability.model.authorities import Reminder
from applicability.model.frozen import FrozenDict, freeze
from applicability.text import Text


@dataclass(frozen=True)
class Silence:
    """What the words of one row leave open.

    `named` are words for something whose content no words tell, `which` words for several things that none names,
    `amounts` words for a number that none gives, `where` words for an application of which none says where it is made;
    `obtained` are those that say how the measure is obtained, or that a formality falls away. Each with its English,
    which is unofficial.
    """

    named: tuple[Text, ...] = ()
    amounts: tuple[Text, ...] = ()
    obtained: tuple[Text, ...] = ()
    which: tuple[Text, ...] = ()
    where: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Silences:
    """The same of a document; `every` is what no row of it says, with the words that bear on it."""

    document: str
    rows: Mapping[int, Silence] = field(default_factory=FrozenDict)
    every: Reminder | None = None

    def __post_init__(self) -> None:
        freeze(self, "rows")

    def of(self, row: int) -> Silence:
        """What the words of a row leave open."""
        return self.rows.get(row, Silence())
