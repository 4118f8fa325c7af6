"""The documents as one HTML page, every character coloured by what claims it and linked to its rule.

Self-contained, without scripts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from applicability.analysis.claims import Claim, ClaimKind, Passage, Stretch
from applicability.analysis.protection import Guard, Mark
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Condition
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Document, Rulebook
from applicability.report.claims.protection import GUARD_LABELS, MARK_LABELS, Protection
from applicability.report.claims.terminal import KINDS, WHERE, ChapterClaims, Count, count, name, parts
from applicability.report.language import labels as w
from applicability.report.language.condition_tree import condition_tree
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout import html
from applicability.report.layout.lines import Node
from applicability.text import Lang, Text

_TITLE = Text("原文与规则对照", "What claims the words")
_ABOUT = Text(
    "原文的每个字由哪条规则承担；点按文字可到其规则。标点不计。",
    "Which rule claims each character of the text. Follow a word to its rule. Punctuation is not counted.",
)
_WITH_MUTANTS = Text("含变异", "with mutants")
_MUTANTS = Text(
    "带斜纹的字换成别的字（散列值和引文随之更改），案例和释读都不会发现；加点下划线的字，只有改变何人可用时才会发现。",
    "Striped words could be others (with hash and quotes to match), and no case and no reading would notice; dotted "
    "ones would be noticed only if they changed whether anybody can use the limb.",
)
_HEADS = (Text("部分", "Part"), Text("已对应", "Claimed"), Text("应对应", "Needed"))
_TOTAL, _SCOPES = Text("合计", "Total"), Text("适用范围规则", "Scope rules")
_ALWAYS = Text("原文未设条件", "the words set no condition")


@dataclass(frozen=True)
class _WordRun:
    """Some words of a passage: claimed and linked to their rule, unclaimed, or (no `title`) in no need of a claim."""

    text: str
    title: str = ""
    kind: ClaimKind | None = None
    target: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class _ClaimedText:
    """A passage under its title; the text of a row has none."""

    anchor: str
    title: str
    runs: tuple[_WordRun, ...]
    guards: tuple[str, ...] = ()  # what holds its words, with counts


@dataclass(frozen=True)
class _LimbRule:
    """The rule of a limb as a tree; empty if the words set no condition."""

    anchor: str
    title: str
    tree: tuple[Node, ...]


@dataclass(frozen=True)
class _ClaimedRow:
    """A row: its passages, and the rules that claim them."""

    anchor: str
    number: int
    title: str
    texts: tuple[_ClaimedText, ...]
    limbs: tuple[_LimbRule, ...]
    scope: str
    place: str


@dataclass(frozen=True)
class _Section:
    """A chapter, or the notes, of a document."""

    anchor: str
    title: str
    count: Count
    guards: dict[Guard | None, int]
    notes: tuple[_ClaimedText, ...]
    rows: tuple[_ClaimedRow, ...]


def page(rulebook: Rulebook, lang: Lang, protection: Protection | None = None) -> str:
    """Renders the page, ending in a newline; with `protection`, words that no condition holds are marked."""
    writer = _ClaimsPage(rulebook, lang, protection)
    heading, book = _TITLE.of(lang), f"{rulebook.title.of(lang)} ({rulebook.version})"
    return html.page(
        "claims",
        lang,
        f"{heading} – {book}" if protection is None else f"{heading} – {_WITH_MUTANTS.of(lang)} – {book}",
        heading=heading,
        about=_ABOUT.of(lang),
        mutants="" if protection is None else _MUTANTS.of(lang),
        marks={} if protection is None else {mark: label.of(lang) for mark, label in MARK_LABELS.items()},
        rulebook=book,
        kinds={kind: label.of(lang) for kind, label in KINDS.items()},
        heads=[head.of(lang) for head in (*_HEADS, *(label for kind, label in KINDS.items() if kind))],
        guard_heads=[] if protection is None else [head.of(lang) for head in (_HEADS[0], *GUARD_LABELS.values())],
        total=_TOTAL.of(lang),
        always=_ALWAYS.of(lang),
        documents=[writer.document(document) for document in rulebook.documents.values()],
        scopes_title=_SCOPES.of(lang),
        scopes=[
            {"id": scope.id, "title": scope.title.of(lang), "tree": writer.tree(scope.when)}
            for scope in rulebook.scopes.values()
        ],
    )


class _ClaimsPage:
    def __init__(self, rulebook: Rulebook, lang: Lang, protection: Protection | None) -> None:
        self.rulebook = rulebook
        self.protection = protection
        self.lang: Lang = lang
        self.parts = parts(rulebook)
        self.words = ConditionRenderer(rulebook, Facts({}, Whereabouts(), datetime.date.min))

    def document(self, document: Document) -> dict[str, object]:
        own = [part for part in self.parts if part.document is document]
        return {
            "title": document.title.of(self.lang),
            "number": document.number,
            "parts": [self._section(part) for part in own],
            "count": count(p for part in own for p in part.passages),
            "guards": self._guards([p for part in own for p in part.passages]),
        }

    def tree(self, condition: Condition) -> tuple[Node, ...]:
        return () if condition == All(()) else (condition_tree(condition, self.words, self.lang),)

    def _section(self, part: ChapterClaims) -> _Section:
        rows: dict[int, list[Passage]] = {}
        for passage in part.passages:
            if passage.row is not None:
                rows.setdefault(passage.row, []).append(passage)
        return _Section(
            f"{part.document.id}-{'notes' if part.number is None else f'chapter-{part.number}'}",
            part.title.of(self.lang),
            count(part.passages),
            self._guards(part.passages),
            tuple(self._text(passage, name(passage)) for passage in part.passages if passage.row is None),
            tuple(self._row(self.rulebook.measure(row, part.document.id), held) for row, held in rows.items()),
        )

    def _row(self, measure: Measure, held: list[Passage]) -> _ClaimedRow:
        texts = (self._text(one, WHERE["cell"] if one.where == "cell" else Text("", "")) for one in held)
        limbs = (
            _LimbRule(
                _rule_anchor(measure.document, f"row {measure.row}{limb.id}"),
                f"{limb.id} {limb.title.of(self.lang)}" if limb.id else w.FORCES[limb.force].of(self.lang),
                self.tree(limb.when),
            )
            for limb in measure.limbs
        )
        return _ClaimedRow(
            row_anchor(measure.document, measure.row),
            measure.row,
            measure.title.of(self.lang),
            tuple(texts),
            tuple(limbs),
            measure.scope_rule,
            str(measure.location),
        )

    def _text(self, passage: Passage, title: Text) -> _ClaimedText:
        runs = tuple(run for stretch in passage.stretches for run in self._runs(passage, stretch))
        counts = self._guards([passage]).items()
        told = tuple(f"{GUARD_LABELS[guard].of(self.lang)} {number}" for guard, number in counts if number)
        return _ClaimedText(f"{passage.document}-{passage.where}", title.of(self.lang), runs, told)

    def _guards(self, held: Sequence[Passage]) -> dict[Guard | None, int]:
        return {} if self.protection is None else self.protection.count(held)

    def _runs(self, passage: Passage, stretch: Stretch) -> Iterator[_WordRun]:
        if stretch.kind is None:
            yield from self._open(passage, stretch)
            return
        first = next(claim for claim in stretch.claims if claim.kind == stretch.kind)
        title = "; ".join(dict.fromkeys(self._says(claim) for claim in stretch.claims))
        target = self._target(passage.document, first)
        for start, end, mark in self._marked(passage, stretch):
            told = title if mark is None else f"{title}; {MARK_LABELS[mark].of(self.lang)}"
            yield _WordRun(passage.words[start:end], told, stretch.kind, target, mark)

    def _marked(self, passage: Passage, stretch: Stretch) -> Iterable[tuple[int, int, Mark | None]]:
        """The parts of a stretch that are marked alike."""
        if self.protection is None:
            return ((stretch.start, stretch.end, None),)
        return self.protection.passage(passage).runs(stretch.start, stretch.end)

    def _open(self, passage: Passage, stretch: Stretch) -> Iterator[_WordRun]:
        """An unclaimed stretch: words are marked, the punctuation between them is not."""
        done = stretch.start
        for start, end in passage.unclaimed:
            if stretch.start <= start and end <= stretch.end:
                yield _WordRun(passage.words[done:start])
                yield _WordRun(passage.words[start:end], KINDS[None].of(self.lang))
                done = end
        yield _WordRun(passage.words[done : stretch.end])

    def _says(self, claim: Claim) -> str:
        return f"{KINDS[claim.kind].of(self.lang)}: {claim.rule}"

    def _target(self, document: str, claim: Claim) -> str:
        """The anchor of the limb or scope of a claim; of the row, if a span of the row claims it."""
        kind, _, rest = claim.rule.partition(" ")
        if kind == "scope":
            return f"scope-{rest}"
        if rest.isdigit() and all(limb.id for limb in self.rulebook.measure(int(rest), document).limbs):
            return row_anchor(document, int(rest))
        return _rule_anchor(document, claim.rule)


def row_anchor(document: str, row: int) -> str:
    """The anchor of a row, unique across documents."""
    return f"{document}-row-{row}"


def _rule_anchor(document: str, rule: str) -> str:
    return f"{document}-rule-{rule.replace(' ', '-')}"
