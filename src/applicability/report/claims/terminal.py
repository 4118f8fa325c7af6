"""How much of the documents the rules claim, as a table or as data: `applicability coverage`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from applicability.analysis.claims import CLAIM_KINDS, ClaimKind, Passage, passages
from applicability.lazy_dataclass import dataclass
from applicability.model.rulebook import Document, Rulebook
from applicability.report import Options
from applicability.report.claims.protection import GUARD_LABELS, Protection
from applicability.report.language.sentences import say
from applicability.report.layout.wrap import pad, printable, wrap
from applicability.text import Lang, Text

ClaimsFormat = Literal["text", "html", "json"]

KINDS: dict[ClaimKind | None, Text] = {
    "condition": Text("条件", "condition"),
    "judgement": Text("认定", "judgement"),
    "step": Text("官方步骤", "step"),
    "effect": Text("内容", "effect"),
    "limit": Text("限制", "limit"),
    "duty": Text("职责", "duty"),
    "background": Text("背景", "background"),
    None: Text("无规则", "unclaimed"),
}
CHAPTER = Text("第{number}章 {title}", "{number}  {title}")
NOTES = Text("注", "Notes")
_TOTAL = Text("合计", "Total")
_LEFT = Text("未对应的文字", "Unclaimed words")
_WEAK = Text(
    "没有条件守住的文字，按行：无保护/仅由分项守住/全部，及无保护的文字",
    "Words that no condition holds, by row: unprotected/held by the limb alone/all, and the unprotected words",
)
_ROW, _NOTE = Text("第{row}行 {where}", "row {row}, {where}"), Text("注{number}", "note {number}")
WHERE = {"text": Text("正文", "text"), "cell": Text("适用范围", "scope")}


@dataclass(frozen=True)
class ChapterClaims:
    """The passages of a chapter, or of the notes (`number` None), of a document."""

    document: Document
    number: int | None
    passages: tuple[Passage, ...]

    @property
    def label(self) -> Text:
        """Its label."""
        return NOTES if self.number is None else self.document.chapters[self.number]

    @property
    def title(self) -> Text:
        """Its label with its number."""
        return NOTES if self.number is None else say(CHAPTER, number=str(self.number), title=self.label)


@dataclass(frozen=True)
class Count:
    """The number of characters that need a claim, and of those that have one, in total and by kind."""

    total: int
    claimed: int
    kinds: dict[ClaimKind, int]

    @property
    def percent(self) -> str:
        """The share claimed, rounded down, so that only the whole is 100%."""
        return f"{self.claimed * 1000 // self.total / 10:g}%" if self.total else "100%"


def parts(rulebook: Rulebook) -> tuple[ChapterClaims, ...]:
    """Every chapter of every document, and its notes, in order."""
    chapters = {measure.key: measure.chapter for measure in rulebook.measures}
    found: list[ChapterClaims] = []
    for document in rulebook.documents.values():
        own = [passage for passage in passages(rulebook) if passage.document == document.id]
        for number in (*document.chapters, None):
            held = tuple(p for p in own if number == (None if p.row is None else chapters[p.document, p.row]))
            if held:
                found.append(ChapterClaims(document, number, held))
    return tuple(found)


def count(held: Iterable[Passage]) -> Count:
    """The counts of several passages, added up."""
    every = list(held)
    kinds = {kind: sum(passage.by_kind.get(kind, 0) for passage in every) for kind in CLAIM_KINDS}
    return Count(sum(p.total for p in every), sum(p.claimed for p in every), kinds)


def name(passage: Passage) -> Text:
    """A label for a passage."""
    if passage.row is None:
        number = passage.where.removeprefix("note-")
        return say(_NOTE, number=number)
    return say(_ROW, row=str(passage.row), where=WHERE[passage.where])


def text(rulebook: Rulebook, options: Options, protection: Protection | None = None) -> str:
    """The table: a line for each chapter, with the kinds under it; with `protection`, what holds its words too, and a
    line for each passage that no condition or reading holds whole.
    """
    return "\n".join(_lines(rulebook, options, protection)) + "\n"


def _lines(rulebook: Rulebook, options: Options, protection: Protection | None) -> Iterator[str]:
    lang = options.lang
    every = parts(rulebook)
    for document in rulebook.documents.values():
        yield from wrap(document.title.of(lang), options.width)
        own = [part for part in every if part.document is document]
        for part in own:
            yield from _line(part.title.of(lang), part.passages, options, protection)
        yield from _line(_TOTAL.of(lang), [p for part in own for p in part.passages], options, protection)
        yield ""
    open_ = [passage for part in every for passage in part.passages if passage.unclaimed]
    if open_:
        yield _LEFT.of(lang)
    for passage in open_:
        words = "  ".join(passage.words[start:end] for start, end in passage.unclaimed)
        yield from (f"  {line}" for line in wrap(printable(f"{name(passage).of(lang)}: {words}"), options.width - 2))
    if protection is not None:
        yield from _weak(every, options, protection)


def _weak(every: Iterable[ChapterClaims], options: Options, protection: Protection) -> Iterator[str]:
    """The passages that neither conditions nor readings hold whole."""
    yield from wrap(_WEAK.of(options.lang), options.width)
    for passage in (passage for part in every for passage in part.passages):
        own = protection.passage(passage)
        limb = own.by_guard.get("limb", 0)
        if own.open or limb:
            words = "  ".join(passage.words[start:end] for start, end in own.marked("unprotected"))
            told = f"{name(passage).of(options.lang)}: {own.open}/{limb}/{passage.total}  {words}".rstrip()
            yield from (f"  {line}" for line in wrap(printable(told), options.width - 2))


def _line(title: str, held: Iterable[Passage], options: Options, protection: Protection | None) -> Iterator[str]:
    lang: Lang = options.lang
    every = list(held)
    found = count(every)
    first, *rest = wrap(title, options.width - 24)
    figures = f"{found.claimed:>6}/{found.total:<6}{found.percent:>6}"
    yield f"  {pad(first, options.width - 22)}{figures}"
    yield from (f"  {line}" for line in rest)
    kinds = ", ".join(f"{KINDS[kind].of(lang)} {number}" for kind, number in found.kinds.items() if number)
    yield from (f"    {line}" for line in wrap(kinds, options.width - 4))
    if protection is not None:
        guards = ", ".join(f"{GUARD_LABELS[one].of(lang)} {number}" for one, number in protection.count(every).items())
        yield from (f"    {line}" for line in wrap(guards, options.width - 4))


def data(rulebook: Rulebook, protection: Protection | None = None) -> str:
    """Everything as JSON: documents, their chapters, and every passage with its claims; with `protection`, what holds
    their words too.
    """
    made = []
    for document in rulebook.documents.values():
        own = [part for part in parts(rulebook) if part.document is document]
        chapters = [
            {
                "chapter": part.number,
                "title": {"zh": part.label.zh, "en": part.label.en},
                **_figures(part.passages, protection),
                "passages": [_passage(passage, protection) for passage in part.passages],
            }
            for part in own
        ]
        total = _figures([p for part in own for p in part.passages], protection)
        made.append({"document": document.id, **total, "chapters": chapters})
    return json.dumps({"rulebook": rulebook.id, "documents": made}, ensure_ascii=False, indent=2) + "\n"


def _figures(held: Sequence[Passage], protection: Protection | None) -> dict[str, object]:
    found = count(held)
    figures: dict[str, object] = {"claimed": found.claimed, "total": found.total, "kinds": found.kinds}
    return figures if protection is None else {**figures, "protection": protection.figures(held)}


def _passage(passage: Passage, protection: Protection | None) -> dict[str, object]:
    return {
        "row": passage.row,
        "where": passage.where,
        "words": passage.words,
        "claims": [{"start": c.start, "end": c.end, "kind": c.kind, "rule": c.rule} for c in passage.claims],
        "unclaimed": [{"start": start, "end": end} for start, end in passage.unclaimed],
        **({} if protection is None else protection.data(passage)),
    }
