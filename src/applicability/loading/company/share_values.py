"""A share as a text states it: a number, or the ends of a range, and the unit that its bare numbers are in."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from applicability.lazy_dataclass import dataclass
from applicability.loading.company.cells import number_of
from applicability.model.partial import Interval, interval_of
from applicability.text import Text


class Unit(Enum):
    """What the bare numbers of a column of shares are: percentages, fractions of one, or either.

    ABOVE_ONE is a column in which one is above one and nobody says the unit: 49 is a percentage, 0.49 may be either.
    """

    PERCENT = "percent"
    FRACTION = "fraction"
    ABOVE_ONE = "above_one"
    IN_DOUBT = "doubt"


# How an end of a range is written.
_SIGNS = MappingProxyType({"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"})
_MIRRORED = MappingProxyType({"at_least": "at_most", "at_most": "at_least", "above": "below", "below": "above"})


@dataclass(frozen=True)
class Share:
    """A share as written: its number, and whether it says itself that this is a percentage.

    With a `bound` it is known within a range, of which the number is one end; `other` is the second, if it has two.
    """

    number: Decimal
    percent: bool
    bound: str = ""
    other: tuple[str, Decimal] | None = None

    @property
    def ends(self) -> tuple[tuple[str, Decimal], ...]:
        """The bounds of a range, as rules write them; none of a number."""
        first = ((self.bound, self.number),) if self.bound else ()
        return (*first, self.other) if self.other is not None else first

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The number, or the ends of the range."""
        return (self.number,) if self.other is None else (self.number, self.other[1])

    @property
    def interval(self) -> Interval:
        """The percentages that it may be."""
        return interval_of(self.ends or (("equals", self.number),))

    @property
    def small(self) -> bool:
        """Whether it may be a fraction as well as a percentage."""
        return not self.percent and 0 < max(self.numbers) <= 1

    @property
    def mirrored(self) -> Share:
        """What is left of the whole."""
        rest = [(_MIRRORED[bound], 100 - number) for bound, number in reversed(self.ends)]
        return ranged(rest) if rest else Share(100 - self.number, self.percent)

    def of(self, unit: Unit) -> Share | None:
        """The percentage that it states; None if it may be either."""
        if self.percent or not any(self.numbers):
            return self
        if unit is Unit.FRACTION:
            return self.times(100)
        fraction = any(0 < one < 1 for one in self.numbers)
        doubted = self.small and (unit is Unit.IN_DOUBT or (unit is Unit.ABOVE_ONE and fraction))
        return None if doubted else self

    def times(self, factor: int) -> Share:
        """The same with each of its numbers multiplied."""
        other = None if self.other is None else (self.other[0], self.other[1] * factor)
        return Share(self.number * factor, self.percent, self.bound, other)

    @property
    def written(self) -> str:
        """A percentage as a profile states it, with the bounds that it is within."""
        if not self.bound:
            return _shown(self.number)
        if self.other is not None and (self.bound, self.other[0]) == ("at_least", "at_most"):
            # With the word for "to": 40%-60% might be what two sides hold.
            return f"{_shown(self.number)}%~{_shown(self.other[1])}%"
        return ",".join(f"{_SIGNS[bound]}{_shown(number)}%" for bound, number in self.ends)

    @property
    def bare(self) -> str:
        """Its numbers without a sign for percent behind the last, for messages that say what the unit may be."""
        return "%~".join(map(_shown, self.numbers))


@dataclass(frozen=True)
class NoShare:
    """A text that states a share, and not that of all foreign investors; `why` says so.

    `rest` is what is left of the whole, where it says what the domestic side holds.
    """

    why: Text
    rest: Decimal | None = None


def ranged(ends: Iterable[tuple[str, Decimal]], *, percent: bool = True) -> Share:
    """A share within one or two ends, the lower first."""
    (bound, number), *more = ends
    return Share(number, percent, bound, more[0] if more else None)


def _shown(number: Decimal) -> str:
    return str(number_of(format(number, "f")))
