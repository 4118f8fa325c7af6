"""What the notes of a workbook say for who fills in registers: the words of cells, and the sheet that lists them.

A file of notes stands alone, and is read beside a command line: it names commands and the words of profiles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from applicability.bulk.job import Job
from applicability.loading.profile.mistakes import LIST, ONE_OF, TRUTH, WORDS_LISTED
from applicability.loading.profile.sector_mistakes import SEARCH
from applicability.text import Text

_AS_CELLS = {
    TRUTH: Text("写“是”或“否”", "write yes or no"),
    LIST: Text("几项用“；”分开，没有则填“无”", "separate several with “;”, or write “none”"),
    SEARCH: Text(
        "填国民经济行业代码（GB/T 4754-2017），如 7291 旅行社及相关服务",
        "give the code of the sector (GB/T 4754-2017), such as 7291 travel agency and related services",
    ),
}


class ClerkHints:
    """Hints as a workbook tells them."""

    def __init__(self, job: Job) -> None:
        self._elsewhere = {one.on(job.surface).of(job.lang) for one in WORDS_LISTED.values()}
        self._one_of = ONE_OF.of(job.lang)
        self._as_cells = [(one.on(job.surface).of(job.lang), cell.of(job.lang)) for one, cell in _AS_CELLS.items()]

    def looks_up(self, hint: str) -> bool:
        """Whether a hint says where the words of a fact are, or which they are."""
        return hint in self._elsewhere or hint.startswith(self._one_of)

    def looked_up(self, notes: Iterable[Any]) -> frozenset[str]:
        """The facts whose notes say where their words are to be found."""
        pairs = (
            pair
            for table in notes
            for pair in table.select(["fact", "hint"]).group_by(["fact", "hint"]).aggregate([]).to_pylist()
        )
        return frozenset(one["fact"] for one in pairs if self.looks_up(one["hint"] or ""))

    def told(self, fact: str, hint: str, listed: Mapping[str, str]) -> str:
        """A hint on a fact; `listed` are the facts that the sheet of words has, with what it says of each."""
        if fact in listed and self.looks_up(hint):
            return listed[fact]
        for written, cell in self._as_cells:
            hint = hint.replace(written, cell)
        return hint
