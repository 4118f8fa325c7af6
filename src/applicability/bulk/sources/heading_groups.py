"""Headings of several rows: which rows belong together, groups above the headings of their columns, and how they are
joined.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from applicability.bulk.sources.heading_units import is_unit, may_be_heading
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import is_missing
from applicability.model.headings import (
    ADDRESS,
    CREDIT_CODE,
    NAME,
    PLACE_LEVELS,
    REGISTERED_ADDRESS,
    REGISTERED_IN,
    REGISTERED_LEVELS,
)

# What a heading is known as (a fact or a role); None for an unknown one.
Known = Callable[[str], str | None]
# Whether a cell reads under a heading; anything reads under one that tells no fact.
CellReads = Callable[[str, str], bool]

# What columns of registration hold, and those of a place.
REGISTERED = (REGISTERED_IN, REGISTERED_ADDRESS, *REGISTERED_LEVELS)
PLACES = ("city", "district", ADDRESS, *PLACE_LEVELS)
NUMBER = lazy_pattern(r"[+-]?[0-9][0-9,.]*%?")
# What stands before the heading of a part of another column.
_OF_WHICH = lazy_pattern(r"^其中[:：]")


class HeadingRoles:
    """What headings are known as; each is looked up once."""

    def __init__(self, known: Known | None) -> None:
        self.told = known is not None
        self._known = known or (lambda heading: None)
        self._met: dict[str, str | None] = {}

    def of(self, heading: str) -> str | None:
        """What a heading is known as."""
        if not heading:
            return None
        if heading not in self._met:
            self._met[heading] = self._known(heading)
        return self._met[heading]

    def together(self, parent: str, child: str) -> str | None:
        """The two rows of a heading as one that is known; 外方 under 持股比例 is 外方持股比例."""
        if not parent or not child:
            return None
        turned = (child + parent,) if self.of(child) is None else ()
        return next((one for one in (parent + child, *turned) if self.of(one) is not None), None)

    def count(self, row: Sequence[str]) -> int:
        """How many different things the headings of a row are known as."""
        return len({role for cell in row if (role := self.of(cell)) is not None})


def _is_remark(cell: str) -> bool:
    """Whether a cell above headings belongs to a title or a remark: a number, or a label with its words."""
    return NUMBER.fullmatch(cell) is not None or re.search("[:：]", _OF_WHICH.sub("", cell)) is not None


def is_group(above: Sequence[str], names: Sequence[str], roles: HeadingRoles) -> bool:
    """Whether a row above known headings holds headings of groups of them, and not a title or a remark."""
    cells = [cell for cell in above if cell]
    if len(cells) < 2 or any(map(_is_remark, cells)):
        return False
    twice = {role for role, times in Counter(filter(None, map(roles.of, names))).items() if times > 1}
    under = zip(inherited(above, names), names, strict=False)
    joined = any(roles.of(name) is None and roles.together(parent, name) for parent, name in under)
    return bool(twice or joined or twice_in([name for name in names if name]) or any(map(roles.of, cells)))


def reaches_down(above: Sequence[str], names: Sequence[str]) -> bool:
    """Whether cells of a row above known headings are merged with those below them, which name their columns: a source
    repeats such a cell, or leaves the lower one blank.
    """
    cells = [cell for cell in above if cell]
    if len(cells) < 2 or any(map(_is_remark, cells)):
        return False
    pairs = [*itertools.zip_longest(above, names, fillvalue="")]
    blank = [upper for upper, lower in pairs if not lower]
    return any(upper == lower != "" for upper, lower in pairs) or bool(blank and all(blank))


def goes_on(names: Sequence[str], below: Sequence[str], roles: HeadingRoles) -> bool:
    """Whether a row continues the headings above it: it holds known ones, and nothing under those that it leaves."""
    found = False
    for place, (parent, child) in enumerate(zip(inherited(names, below), below, strict=False)):
        if not child:
            continue
        if NUMBER.fullmatch(child) or _is_odd(child):
            return False
        own = names[place] if place < len(names) else ""
        told = roles.together(parent, child) or roles.of(child)
        if roles.of(own) and not told and child != own:
            return False  # a cell of a company under a heading that is complete
        found = found or (told is not None and child != own)
    return found


def divides_groups(
    row: Sequence[str], names: Sequence[str], roles: HeadingRoles, reads: CellReads | None, *, numbers_below: bool
) -> bool:
    """Whether a row says what the columns under merged headings are, none of which need be known: it fills such columns
    alone, with words that may be headings. It also has no name or code where those are known, or the row below it
    numbers the columns.
    """
    cells = {at: cell for at, cell in enumerate(row) if cell and not (at < len(names) and cell == names[at])}
    groups = _groups(names, len(row))
    if not all(at in groups and may_be_heading(cell) for at, cell in cells.items()):
        return False
    # Two cells of a group at least: a lone one may be a remark on a company.
    if len(cells) < 2 or any(times < 2 for times in Counter(groups[at] for at in cells).values()):
        return False
    held = {at: role for at, name in enumerate(names) if (role := roles.of(name)) is not None}
    if any(at in held and (reads is None or reads(names[at], cell)) for at, cell in cells.items()):
        return False
    return numbers_below or any(held[at] in (NAME, CREDIT_CODE) and at not in groups for at in held)


def _groups(names: Sequence[str], width: int) -> dict[int, int]:
    """The columns under a heading that spans several, each with the first of them: those to its right are blank, or
    repeat it where the file does that for merged cells.
    """
    found: dict[int, int] = {}
    start = None
    for place in range(max(width, len(names))):
        own = names[place] if place < len(names) else ""
        if own and (start is None or own != names[start]):
            start = place
        elif start is not None:
            found |= {start: start, place: start}
    return found


def _is_odd(cell: str) -> bool:
    """Whether a cell holds signs only, such as `%%`, that are neither a unit nor stand where nothing is said."""
    return not any(map(str.isalnum, cell)) and not is_missing(cell) and not is_unit(cell)


def inherited(names: Sequence[str], below: Sequence[str]) -> list[str]:
    """The heading above each cell of a row: that of its own column, or one to its left that spans several."""
    found, last = [], ""
    for place in range(max(len(names), len(below))):
        own = names[place] if place < len(names) else ""
        child = below[place] if place < len(below) else ""
        last = own or (last if child else "")
        found.append(last)
    return found


def joined_rows(names: Sequence[str], below: Sequence[str], roles: HeadingRoles) -> list[str]:
    """The headings of two rows: a lower one that is not known by itself has the upper one before it."""
    parents = inherited(names, below)
    children = [*below, *[""] * (len(parents) - len(below))]
    found = [_one(parent, child, roles) for parent, child in zip(parents, children, strict=True)]
    qualified, same = [*found], dict[str, list[int]]()
    for place, name in enumerate(found):
        if (role := roles.of(name)) is not None:
            same.setdefault(role, []).append(place)
    for place, (parent, child) in enumerate(zip(parents, children, strict=True)):
        others = same.get(roles.of(found[place]) or "", ())
        # Beside 企业名称, 名称 in a group 投资方 is not the company's: its group is part of what it means.
        if parent and child == found[place] != parent and any(child in found[one] for one in others if one != place):
            qualified[place] = parent + child
    return qualified


def _one(parent: str, child: str, roles: HeadingRoles) -> str:
    if not child or not parent or child == parent:
        return child or parent
    known = roles.together(parent, child)
    whole = known or parent + child
    # The city under 注册地 is that of the registration, whether or not that is known as a heading of its own.
    registered = roles.of(parent) in REGISTERED and roles.of(child) in PLACES
    return whole if registered or known or not roles.of(child) else child


def twice_in(headings: Sequence[str]) -> list[str]:
    """The headings that occur more than once."""
    return sorted(heading for heading, times in Counter(headings).items() if times > 1)
