"""What a cell says of whether a company is registered here, where that is read in part only."""

from __future__ import annotations

import datetime
import unicodedata

from applicability.lazy_dataclass import dataclass
from applicability.loading.company.cells import is_after, is_missing, truth_of, truths_in
from applicability.loading.yaml.scalars import read_truth
from applicability.model.headings import Headings


@dataclass(frozen=True)
class HereWords:
    """Reads cells of columns that tell the `fact`, or may; what is dated after the `day` is a plan."""

    headings: Headings
    fact: str
    day: datetime.date | None = None

    def says(self, cell: object) -> bool | None:
        """Whether a cell is a yes; a no is also what leaves the fact open, such as 外区 or 注册中. None for a cell that
        is missing, or of which neither can be told.
        """
        if is_missing(cell):
            return None
        words = self.headings.answers.get(self.fact, {})
        said = read_truth(truth_of(cell, words, self.day))
        if said is not None or not isinstance(cell, str):
            return said
        text = unicodedata.normalize("NFKC", cell).casefold()
        open_ = any(one in text for one in self.headings.leaves_open.get(self.fact, ()))
        return False if open_ or is_after(text, self.day) or False in truths_in(cell, words, self.day) else None

    def leaves_open(self, cell: object) -> bool:
        """Whether a cell tells by itself that it is no yes, and no more than that."""
        if not isinstance(cell, str) or self.says(cell) is not False:
            return False
        words = self.headings.answers.get(self.fact, {})
        alone = read_truth(truth_of(cell, words, self.day)) is None
        return alone and not any(one is not None for one in truths_in(cell, words, self.day))
