"""Which words of a document are protected: changing one, with its hash and quotes, makes a case or a reading fail.

A character is protected by what rests on it: a condition whose mutants the cases notice, or a reading of the row
(`interpretation`, `doubts`) that quotes the words. Words of a limb that set no condition are held by the limb alone:
the cases notice whether anybody can use it, and not what it opens or how strongly. Everything else is unprotected.
Which rules the cases hold is given (`HeldRules`); the rest follows from the rulebook.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from applicability.analysis.claims import Claim, Passage, silent
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Leaf
from applicability.model.measure import Measure, Span
from applicability.model.rulebook import Rulebook

# "limb" alone leaves open what the words say.
Guard = Literal["condition", "reading", "limb"]
# In order of precedence where several hold the same characters.
GUARDS: tuple[Guard, ...] = get_args(Guard)
# Punctuation and held words need no mark.
Mark = Literal["limb", "unprotected"]
_QUOTED, _LEFT_OUT = re.compile("“([^“”]+)”"), re.compile("…+")


@dataclass(frozen=True)
class RuleWords:
    """Words of a passage (`row` is None for notes) that a rule quotes, as a condition or as a span."""

    document: str
    row: int | None
    where: str
    rule: str
    words: str

    @staticmethod
    def of_leaf(measure: Measure, rule: str, leaf: Leaf) -> RuleWords:
        """What a leaf of a row's limb or scope quotes."""
        where = leaf.ground.cites
        row = None if where.startswith("note") else measure.row
        return RuleWords(measure.document, row, where, rule, leaf.ground.quote)

    @staticmethod
    def of_span(measure: Measure, limb: str, span: Span) -> RuleWords:
        """What a span of a limb, or of a row as a whole (""), quotes."""
        return RuleWords(measure.document, measure.row, "text", f"row {measure.row}{limb}", span.words)

    @staticmethod
    def of_claim(passage: Passage, claim: Claim) -> RuleWords:
        """What a claim on a passage rests on."""
        words = passage.words[claim.start : claim.end]
        return RuleWords(passage.document, passage.row, passage.where, claim.rule, words)


@dataclass(frozen=True)
class HeldRules:
    """What cases hold: the words of conditions that cannot be changed unnoticed, and of limbs whose use cannot."""

    conditions: frozenset[RuleWords]
    limbs: frozenset[RuleWords]


@dataclass(frozen=True)
class GuardedPassage:
    """A passage, and what holds each of its characters; punctuation and spaces are not counted."""

    passage: Passage
    guards: tuple[Guard | None, ...]

    @property
    def by_guard(self) -> Mapping[Guard, int]:
        """The number of characters that something holds, by the first that does."""
        found: Counter[Guard] = Counter()
        for char, guard in zip(self.passage.words, self.guards, strict=True):
            if guard is not None and not silent(char):
                found[guard] += 1
        return found

    @property
    def open(self) -> int:
        """The number of unprotected characters."""
        return self.passage.total - sum(self.by_guard.values())

    def marked(self, mark: Mark) -> tuple[tuple[int, int], ...]:
        """The ranges that nothing protects, or a limb alone, split at punctuation and spaces."""
        return tuple((start, end) for start, end, own in self.runs(0, len(self.guards)) if own == mark)

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, Mark | None]]:
        """The characters from `start` to `end`, split where their mark changes."""
        marks = [self._mark(index) for index in range(start, end)]
        done = 0
        for index in range(1, len(marks) + 1):
            if index == len(marks) or marks[index] != marks[done]:
                yield start + done, start + index, marks[done]
                done = index

    def _mark(self, index: int) -> Mark | None:
        if silent(self.passage.words[index]):
            return None
        guard = self.guards[index]
        return "unprotected" if guard is None else "limb" if guard == "limb" else None


def guarded(passage: Passage, rulebook: Rulebook, held: HeldRules) -> GuardedPassage:
    """What holds each character of a passage, given what the cases hold."""
    guards: list[Guard | None] = [None] * len(passage.words)

    def mark(start: int, end: int, guard: Guard) -> None:
        for index in range(start, end):
            known = guards[index]
            if known is None or GUARDS.index(guard) < GUARDS.index(known):
                guards[index] = guard

    # Of words that stand there twice, one could be changed, and whatever quotes them would still find the other.
    for claim in passage.claims:
        words = RuleWords.of_claim(passage, claim)
        if passage.words.count(words.words) > 1:
            continue
        if words in held.conditions:
            mark(claim.start, claim.end, "condition")
        elif words in held.limbs:
            mark(claim.start, claim.end, "limb")
    if passage.row is not None:
        measure = rulebook.measure(passage.row, passage.document)
        for quote in quoted_by_readings(measure):
            if (measure.text + "\n" + measure.cell).count(quote) == 1:
                start = passage.words.find(quote)
                if start >= 0:
                    mark(start, start + len(quote), "reading")
    return GuardedPassage(passage, tuple(guards))


def quoted_by_readings(measure: Measure) -> tuple[str, ...]:
    """What the interpretation and the doubts of a row put between quotation marks; an ellipsis splits it."""
    readings = [] if measure.interpretation is None else [measure.interpretation]
    quotes = (
        quote for reading in (*readings, *(one.text for one in measure.doubts)) for quote in _QUOTED.findall(reading.zh)
    )
    return tuple(dict.fromkeys(part for quote in quotes for part in _LEFT_OUT.split(quote) if part))
