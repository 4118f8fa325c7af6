"""What the notes of a workbook say for who fills in registers: the words of cells, and the sheet that lists them.

A file of notes stands alone, and is read beside a command line: it names commands and the words of profiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from applicability.bounded import BoundedCache
from applicability.bulk.job import Job
from applicability.bulk.output.labels import say
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.profile.mistakes import LIST, NOT_FOUND_YET, ONE_OF, TRUTH, WORDS_LISTED
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.sector_mistakes import SEARCH
from applicability.messages import type_of_zone
from applicability.model.leaf_kinds import LIMITS
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_REMEMBERED = 1 << 12
_AS_CELLS = {
    TRUTH: Text("写“是”或“否”", "write yes or no"),
    NOT_FOUND_YET: Text("主管部门尚未答复的，此格留空", "leave the cell empty while the authority has not answered"),
    LIST: Text("几项用“；”分开，没有则填“无”", "separate several with “;”, or write “none”"),
    SEARCH: Text(
        "填国民经济行业代码（GB/T 4754-2017），如 7291 旅行社及相关服务",
        "give the code of the sector (GB/T 4754-2017), such as 7291 travel agency and related services",
    ),
}


# Where hints have a word of profiles and what it means: its value and the fact, or the key of a limit.
_TOLD = {"zh": "`{key}` {told}", "en": "`{key}` ({told})"}
_CUT = {"zh": "`{key}` ", "en": "`{key}` ("}
_OF_OTHER = {
    "zh": lazy_pattern(r"写在 `(?P<fact>\w+)`（(?P<label>[^；]*?)）之下：`(?P<key>\w+)`"),
    "en": lazy_pattern(r"write `(?P<key>\w+)` under `(?P<fact>\w+)` \((?P<label>[^;]*?)\)"),
}
_FILL_IN = Text("填在“{label}”列：`{word}`", "write `{word}` in the column “{label}”")
_LIMIT = lazy_pattern(r"`(?P<key>[\w.-]+): true`")
# The type of a zone that is not in the list is chosen among words that a sheet has.
_CHOSEN = Text(
    "另加一列“{types}”（已有的填在该列），从“{sheet}”表中选",
    "add a column “{types}”, where there is none, and choose its type for it on the sheet “{sheet}”",
)
_UNDER_LIMITS = (
    Text("写在 `limits` 之下：", "write under `limits`: "),
    Text("各加一列，写“是”：", "add a column for each, with yes in it: "),
)


def with_types_listed(said: str, rulebook: Rulebook, lang: Lang) -> str:
    """What is said of zones, with the sheet that has the types of those that are not in the list."""
    for one in _zone_types(rulebook).values():
        chosen = _CHOSEN.of(lang).format(types=one.of(lang), sheet=say("sheet_words", lang))
        said = said.replace(type_of_zone(one).of(lang), chosen)
    return said


def _zone_types(rulebook: Rulebook) -> dict[str, Text]:
    """The facts that are types of zones, with their labels."""
    return {name: one.label for name, one in rulebook.facts.items() if one.type == "zone_types"}


class ClerkHints:
    """Hints as a workbook tells them."""

    def __init__(self, job: Job) -> None:
        self._facts, self._lang = job.rulebook.facts, job.lang
        self._rulebook = job.rulebook
        self._known: BoundedCache[tuple[str, str], str] = BoundedCache(_REMEMBERED)
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
        told = [(one["fact"], one["hint"] or "") for one in pairs]
        types = {
            name
            for name, one in _zone_types(self._rulebook).items()
            if any(type_of_zone(one).of(self._lang) in hint for _, hint in told)
        }
        return frozenset(types.union(fact for fact, hint in told if self.looks_up(hint)))

    def told(self, fact: str, hint: str, listed: Mapping[str, str]) -> str:
        """A hint on a fact; `listed` are the facts that the sheet of words has, with what it says of each."""
        if fact in listed and self.looks_up(hint):
            return listed[fact]
        own = whole_name(fact)[0], hint
        if own not in self._known:
            self._known[own] = self._in_cells(*own)
        return self._known[own]

    def _in_cells(self, fact: str, hint: str) -> str:
        """A hint in the words of cells: a value is told by its label, without its key."""
        hint = with_types_listed(hint, self._rulebook, self._lang)
        for written, cell in self._as_cells:
            hint = hint.replace(written, cell)
        hint = _OF_OTHER[self._lang].sub(self._of_other, hint)
        before, instead = (one.of(self._lang) for one in _UNDER_LIMITS)
        if before in hint:
            hint = _LIMIT.sub(rf"`{LIMITS}.\g<key>`", hint.replace(before, instead))
        for key, label in self._labels_of(fact).items():
            told = label.of(self._lang)
            # Of a hint that is cut the label may be cut too.
            hint = hint.replace(_TOLD[self._lang].format(key=key, told=told), f"`{told}`")
            hint = hint.replace(_CUT[self._lang].format(key=key), "")
        return hint

    def _labels_of(self, fact: str) -> Mapping[str, Text]:
        """The words of a fact by the keys that profiles have for them."""
        declared, book = self._facts.get(fact), self._rulebook
        if declared is None:
            return {}
        match declared.type:
            case "activities":
                return {key: one.label for key, one in book.sectors.activities.items()}
            case "zone_types":
                return {key: Text(one.zh, one.en) for key, one in book.gazetteer.zone_types.items()}
            case _:
                return {key: one.label for key, one in declared.values.items()}

    def _of_other(self, found: re.Match[str]) -> str:
        fact = self._facts.get(found["fact"])
        value = None if fact is None else fact.values.get(found["key"])
        if value is None:
            return found[0]
        return _FILL_IN.of(self._lang).format(label=found["label"], word=value.label.of(self._lang))
