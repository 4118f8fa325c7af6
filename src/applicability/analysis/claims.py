"""Coverage of the source text: which words of a document are claimed by which rule, and which by none.

A character of a text, a scope cell or a note is claimed by the quote of a condition or by a span (`effect`, `limit`,
`duty`, `background`). Punctuation and spaces need no claim. A quote claims every place where its words occur.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Literal, get_args

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Condition, leaves
from applicability.model.leaf_kinds import kind_of
from applicability.model.measure import Measure
from applicability.model.rulebook import Document, Rulebook

ClaimKind = Literal["condition", "judgement", "step", "effect", "limit", "duty", "background"]
# In order of precedence where several claim the same characters.
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)


@dataclass(frozen=True)
class Claim:
    """Characters `start` to `end` of a passage, and what claims them; `rule` names the limb or scope."""

    start: int
    end: int
    kind: ClaimKind
    rule: str


@dataclass(frozen=True)
class Stretch:
    """Characters `start` to `end` of a passage that the same claims cover; unclaimed if there are none."""

    start: int
    end: int
    claims: tuple[Claim, ...]

    @property
    def kind(self) -> ClaimKind | None:
        """The claim kind of highest precedence."""
        return min((claim.kind for claim in self.claims), key=CLAIM_KINDS.index, default=None)


@dataclass(frozen=True)
class Passage:
    """One text, scope cell (`cell`) or note (`note-2`), with all claims on it."""

    document: str
    row: int | None
    where: str
    words: str
    claims: tuple[Claim, ...]

    @property
    def unclaimed(self) -> tuple[tuple[int, int], ...]:
        """The unclaimed ranges, split at punctuation and spaces, which need no claim."""
        open_ = [not silent(char) for char in self.words]
        for claim in self.claims:
            open_[claim.start : claim.end] = [False] * (claim.end - claim.start)
        found: list[tuple[int, int]] = []
        for index, free in enumerate(open_):
            if free and found and found[-1][1] == index:
                found[-1] = (found[-1][0], index + 1)
            elif free:
                found.append((index, index + 1))
        return tuple(found)

    @property
    def claimed(self) -> int:
        """The number of characters that need a claim and have one."""
        return self.total - sum(end - start for start, end in self.unclaimed)

    @property
    def total(self) -> int:
        """The number of characters that need a claim."""
        return sum(not silent(char) for char in self.words)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The whole passage, split wherever a claim begins or ends."""
        cuts = {0, len(self.words), *(claim.start for claim in self.claims), *(claim.end for claim in self.claims)}
        order = sorted(cuts)
        return tuple(
            Stretch(start, end, tuple(c for c in self.claims if c.start <= start and end <= c.end))
            for start, end in pairwise(order)
        )

    @property
    def by_kind(self) -> Mapping[ClaimKind, int]:
        """The number of claimed characters by kind; they add up to `claimed`."""
        found: Counter[ClaimKind] = Counter()
        for stretch in self.stretches:
            if stretch.kind is not None:
                found[stretch.kind] += sum(not silent(char) for char in self.words[stretch.start : stretch.end])
        return found


def passages(rulebook: Rulebook) -> tuple[Passage, ...]:
    """Every text, cell and note of the rulebook's documents, in order; the text of an unencoded row has no claims."""
    found: list[Passage] = []
    for document in rulebook.documents.values():
        measures = [measure for measure in rulebook.measures if measure.document == document.id and not measure.lost]
        for measure in measures:
            where = (("text", measure.text), ("cell", measure.cell))
            found.extend(
                Passage(document.id, measure.row, place, words, tuple(_claims(measure, place, words)))
                for place, words in where
                if words
            )
        found.extend(_note(document, number, measures) for number in document.notes)
    return tuple(found)


def _note(document: Document, number: int, measures: list[Measure]) -> Passage:
    words, place = document.notes[number], f"note-{number}"
    claims = dict.fromkeys(claim for measure in measures for claim in _claims(measure, place, words))
    return Passage(document.id, None, place, words, tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))))


def _claims(measure: Measure, place: str, words: str) -> Iterator[Claim]:
    conditions = [(f"row {measure.row}{limb.id}", limb.when) for limb in measure.limbs]
    if measure.scope is not None:
        conditions.append((f"scope {measure.scope_rule}", measure.scope))
    for rule, condition in conditions:
        for quote, cites, kind in _quotes(condition):
            if cites == place:
                yield from _everywhere(words, quote, kind, rule)
    if place == "text":
        spans = [("", span) for span in measure.spans]
        spans += [(limb.id, span) for limb in measure.limbs for span in limb.spans]
        for limb_id, span in spans:
            yield from _everywhere(words, span.words, span.kind, f"row {measure.row}{limb_id}")


def _quotes(condition: Condition) -> Iterator[tuple[str, str, ClaimKind]]:
    for leaf in leaves(condition):
        nature = kind_of(leaf).nature
        if leaf.ground.quote:
            yield leaf.ground.quote, leaf.ground.cites, "condition" if nature == "comparison" else nature


def _everywhere(words: str, quote: str, kind: ClaimKind, rule: str) -> Iterator[Claim]:
    start = words.find(quote)
    while start >= 0:
        yield Claim(start, start + len(quote), kind, rule)
        start = words.find(quote, start + 1)


def silent(char: str) -> bool:
    """Whether a character is punctuation or a space, which needs no claim."""
    return unicodedata.category(char)[0] in "PZC"
