"""What is known in part: a list of which some words are in it and some are not, a number within bounds.

Whatever is not said stays unknown, so that a leaf fails only where everything that could meet it is ruled out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from applicability.lazy_dataclass import dataclass

YES, NO = "yes", "no"


@dataclass(frozen=True)
class PartialSet:
    """A list of which only a part is known: words that are in it, and words that are not."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()

    def meets(self, wanted: frozenset[str]) -> bool | None:
        """Whether the list holds any of the words; None where what is known leaves that open.

        >>> PartialSet(frozenset("a"), frozenset("b")).meets(frozenset("b"))
        False
        """
        if wanted & self.yes:
            return True
        return False if wanted <= self.no else None

    def allows(self, whole: frozenset[str]) -> bool:
        """Whether that could be the whole list."""
        return self.yes <= whole and self.no.isdisjoint(whole)


@dataclass(frozen=True)
class Interval:
    """Numbers from `low` to `high`, either of which may be left out of it; None where there is no end."""

    low: Decimal | None = None
    low_open: bool = False
    high: Decimal | None = None
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def holds(self, number: Decimal) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        return above and (self.high is None or number < self.high or (number == self.high and not self.high_open))

    def within(self, other: Interval) -> bool:
        """Whether all its numbers lie in the other."""
        return self.meet(other) == self

    def meet(self, other: Interval) -> Interval:
        """The numbers that lie in both.

        >>> interval_of({"above": Decimal(0)}.items()).meet(interval_of({"at_most": Decimal(50)}.items())).bounds
        {'above': Decimal('0'), 'at_most': Decimal('50')}
        """
        lows = [(one.low, one.low_open) for one in (self, other) if one.low is not None]
        highs = [(one.high, not one.high_open) for one in (self, other) if one.high is not None]
        low, low_open = max(lows, default=(None, False))
        high, closed = min(highs, default=(None, True))
        return Interval(low, low_open, high, not closed)

    def meets(self, bounds: Iterable[tuple[str, Decimal]]) -> bool | None:
        """Whether its numbers keep to all bounds; None where some do and others don't."""
        common = self.meet(interval_of(bounds))
        return False if common.empty else True if common == self else None

    @property
    def value(self) -> Interval | Decimal:
        """The number alone where it holds only one."""
        return self.low if self.low is not None and self.low == self.high else self

    @property
    def bounds(self) -> dict[str, Decimal]:
        """Its ends by the words that rules and profiles have for them."""
        found: dict[str, Decimal] = {}
        if self.low is not None:
            found["above" if self.low_open else "at_least"] = self.low
        if self.high is not None:
            found["below" if self.high_open else "at_most"] = self.high
        return found


def interval_of(bounds: Iterable[tuple[str, Decimal]]) -> Interval:
    """The numbers that keep to all the bounds."""
    found = Interval()
    for bound, limit in bounds:
        found = found.meet(_SIDES[bound](limit))
    return found


_SIDES = {
    "above": lambda limit: Interval(low=limit, low_open=True),
    "at_least": lambda limit: Interval(low=limit),
    "equals": lambda limit: Interval(low=limit, high=limit),
    "at_most": lambda limit: Interval(high=limit),
    "below": lambda limit: Interval(high=limit, high_open=True),
}


def joined(held: object, follows: object) -> object | None:
    """What two statements about one fact say together; None where they contradict each other.

    Values that are known whole must be the same.
    """
    match held, follows:
        case Interval(), Interval():
            both = held.meet(follows)
            return None if both.empty else both.value
        case (Decimal() as number, Interval() as bounds) | (Interval() as bounds, Decimal() as number):
            return number if bounds.holds(number) else None
        case PartialSet(), PartialSet():
            if held.yes & follows.no or held.no & follows.yes:
                return None
            return PartialSet(held.yes | follows.yes, held.no | follows.no)
        case (frozenset() as whole, PartialSet() as part) | (PartialSet() as part, frozenset() as whole):
            return whole if part.allows(whole) else None
        case _:
            return held if held == follows else None


def as_written(value: object) -> object:
    """A value of a fact as a profile would write it."""
    match value:
        case PartialSet(yes, no):
            said: Mapping[str, frozenset[str]] = {YES: yes, NO: no}
            return {word: sorted(words) for word, words in said.items() if words} or {YES: []}
        case Interval():
            return {bound: format(limit, "f") for bound, limit in value.bounds.items()}
        case frozenset():
            return sorted(value)
        case Decimal():
            return format(value, "f")
        case _:
            return value
