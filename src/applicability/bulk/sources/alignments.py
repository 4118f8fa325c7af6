"""Under which headings the cells of a row may stand that has a separator too many or too few.

An alignment says which cell stands under which heading. It is plausible if the cells are read no worse under its
headings than they are otherwise. A cell counts only if no plausible alignment puts another content under its heading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

# Whether a content reads in a column, by its index from 0; a column of which nothing is read takes anything.
ColumnReads = Callable[[int, str], bool]

# Cells under headings that are tried for one row; of longer rows nothing is certain.
_MOST = 20_000
# Separators that are taken for stray ones in a row that ends in empty cells.
_STRAY = 8
# Characters at the end of a cell that may be those of the next one, whose separator was lost.
_SPLIT = 40
_NEVER = 1 << 30
# Stands for a part of a cell, which is none of the contents of a row.
_PART = "\0"


class Strays:
    """The alignments of a row with more cells than columns: in each the cells around a stray separator are one.

    A row whose cells beyond the columns are `blank` may as well end in separators that mean nothing, and be read as it
    stands: then an alignment that reads worse is not plausible. In another some separator is a stray one, so that the
    cell that it split need not read; of these alignments those that read best are plausible.
    """

    def __init__(self, cells: Sequence[str], width: int, reads: ColumnReads, separator: str, *, blank: bool) -> None:
        self._cells = [cell.strip() for cell in (cells[: width + _STRAY] if blank else cells)]
        self._width, self._reads, self._separator, self._blank = width, reads, separator, blank
        self._stray = len(self._cells) - width
        self._known: dict[tuple[int, int, int], tuple[str | None, int]] = {}
        self._possible = width * (self._stray + 1) * (self._stray + 2) <= 2 * _MOST

    def certain(self) -> list[str | None]:
        """What stands under each heading for certain; None where that is in doubt."""
        if not self._possible:
            return [None] * self._width
        limit = self._as_it_stands() if self._blank else _NEVER
        before, after = self._costs(limit)
        most = limit if self._blank else after[0][0]
        found: list[str | None] = []
        for column in range(self._width):
            contents: set[str | None] = set()
            for shift in range(self._stray + 1):
                if before[column][shift] > most:
                    continue
                for more in range(self._stray - shift + 1):
                    rest = before[column][shift] + after[column + 1][shift + more]
                    if rest <= most and rest + (told := self._under(column, column + shift, more))[1] <= most:
                        contents.add(told[0])
            found.append(contents.pop() if len(contents) == 1 else None)
        return found

    def reads_better(self) -> bool:
        """Whether some alignment reads better than the row as it stands."""
        most = self._as_it_stands()
        return self._possible and self._costs(most)[1][0][0] < most

    def _as_it_stands(self) -> int:
        return sum(not self._reads(column, self._cells[column]) for column in range(self._width))

    def _costs(self, most: int) -> tuple[list[list[int]], list[list[int]]]:
        """How many cells do not read, at best: of those before each column, and of those from it on; by the number of
        stray separators before it. Beyond `most` it does not matter: what need not be read is not.
        """
        before = [[_NEVER] * (self._stray + 1) for _ in range(self._width + 1)]
        after = [[_NEVER] * (self._stray + 1) for _ in range(self._width + 1)]
        before[0][0] = after[self._width][self._stray] = 0
        steps = [(shift, more) for shift in range(self._stray + 1) for more in range(self._stray - shift + 1)]
        for column in reversed(range(self._width)):
            for shift, more in steps:
                if (rest := after[column + 1][shift + more]) <= min(most, after[column][shift] - 1):
                    cost = self._under(column, column + shift, more)[1]
                    after[column][shift] = min(after[column][shift], rest + cost)
        for column in range(self._width):
            for shift, more in steps:
                if before[column][shift] + after[column + 1][shift + more] <= min(most, _NEVER - 1):
                    cost = before[column][shift] + self._under(column, column + shift, more)[1]
                    before[column + 1][shift + more] = min(before[column + 1][shift + more], cost)
        return before, after

    def _under(self, column: int, first: int, more: int) -> tuple[str | None, int]:
        """The content of a column that takes a cell and some after it, and 1 if it should read there and does not; None
        for the content of one that a stray separator split, if it does not read.
        """
        key = column, first, more
        if key not in self._known:
            parts = [cell for cell in self._cells[first : first + more + 1] if cell]
            content = self._separator.join(parts)
            bad = not self._reads(column, content)
            if bad and len(parts) > 1:
                # Without the separator it may be a code or a number that has been divided.
                free = not self._blank or self._reads(column, "".join(parts))
                self._known[key] = None, int(not free)
            else:
                self._known[key] = content, int(bad)
        return self._known[key]


class Losses:
    """The alignments of a row with fewer cells than columns: in each some columns are empty whose separator was lost.

    Columns from `width` on hold nothing in any row. An alignment that reads worse than the row as it stands, whose
    last cells were left out, is not plausible. A cell may also hold the contents of two columns.
    """

    def __init__(self, cells: Sequence[str], columns: int, width: int, reads: ColumnReads) -> None:
        self._cells = [cell.strip() for cell in cells]
        self._width, self._reads = width, reads
        self._many, self._lost = len(cells), columns - len(cells)

    def certain(self) -> list[str | None]:
        """What stands for certain under each heading that the row has cells for; None where that is in doubt."""
        if (self._many + 1) * (self._lost + 1) > _MOST:
            return [None] * self._many
        most = sum(self._cost(place, place) for place in range(self._many))
        before, after = self._costs(most)
        contents: list[set[str]] = [set() for _ in range(self._many)]
        for place in range(self._many + 1):
            for lost in range(self._lost + 1):
                column, cost = place + lost, before[place][lost]
                if column >= self._many or cost > most:
                    continue
                if (rest := cost + after[place + 1][lost]) <= most and rest + self._cost(column, place) <= most:
                    contents[column].add(self._cells[place])
                if lost < self._lost and cost + after[place][lost + 1] <= most:
                    contents[column].add("")
        for place in range(self._many):
            for lost in range(self._lost):
                column = place + lost
                both = contents[column : column + 2]
                if (
                    any(len(one) == 1 for one in both)
                    and before[place][lost] + after[place + 1][lost + 1] <= most
                    and self._is_two(column, self._cells[place])
                ):
                    for one in both:
                        one.add(_PART)
        return [one.pop() if len(one) == 1 else None for one in contents]

    def _costs(self, most: int) -> tuple[list[list[int]], list[list[int]]]:
        """How many cells do not read, at best: of those before each cell, and of those from it on; by the number of
        columns before it that are empty. Beyond `most` it does not matter: what need not be read is not.
        """
        before = [[_NEVER] * (self._lost + 1) for _ in range(self._many + 1)]
        after = [[_NEVER] * (self._lost + 1) for _ in range(self._many + 1)]
        for place in reversed(range(self._many + 1)):
            for lost in reversed(range(self._lost + 1)):
                here = 0 if place == self._many else _NEVER
                if lost < self._lost:
                    here = min(here, after[place][lost + 1])
                if place < self._many and after[place + 1][lost] <= most:
                    here = min(here, after[place + 1][lost] + self._cost(place + lost, place))
                after[place][lost] = here
        for place in range(self._many + 1):
            for lost in range(self._lost + 1):
                here = 0 if place == lost == 0 else _NEVER
                if lost:
                    here = min(here, before[place][lost - 1])
                if place and before[place - 1][lost] + after[place][lost] <= most:
                    here = min(here, before[place - 1][lost] + self._cost(place - 1 + lost, place - 1))
                before[place][lost] = here
        return before, after

    def _cost(self, column: int, place: int) -> int:
        cell = self._cells[place]
        if column >= self._width:
            return _NEVER if cell else 0
        return int(not self._reads(column, cell))

    def _is_two(self, column: int, cell: str) -> bool:
        """Whether a cell may hold the contents of a column and of the next one."""
        return any(
            self._reads(column, cell[:at].strip()) and self._reads(column + 1, cell[at:].strip())
            for at in range(max(1, len(cell) - _SPLIT), len(cell))
            if column + 1 < self._width
        )
