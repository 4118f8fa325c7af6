"""The page of an assessment in one language, ready for layout by the formats.

The order is: the summary, open measures, those that can be decided, pending ones, and the rest in brief.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial

from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import QuestionPlan, plan_questions
from applicability.days import day_text
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Bucket, Finding
from applicability.model.conditions import Judgement, Limit
from applicability.model.measure import FORCES, Force, MeasureKey, Span
from applicability.model.rulebook import Entry, Provision
from applicability.model.verdict import Verdict
from applicability.report import Selection
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.contacts import contacts
from applicability.report.language.plausible import unasked, unlisted
from applicability.report.language.reasons import FindingText, PartText
from applicability.report.language.render_condition import ConditionRenderer, cited
from applicability.report.language.row_numbers import ranges
from applicability.report.language.silences import silent_on
from applicability.report.language.translated import WORDS, beside_row, english_text, scan_note, whole
from applicability.text import Lang, Text

_SHARED = 3  # pending rows with the same reason: with more than this, the reason is shown once
_SCOPE_ALONE: dict[Verdict, str] = {
    Verdict.ELIGIBLE: "scope_met",
    Verdict.CONDITIONAL: "scope_met",
    Verdict.NEEDS_INFO: "scope_needs",
    Verdict.PENDING: "scope_pending",
    Verdict.INELIGIBLE: "scope_outside",
}


@dataclass(frozen=True)
class Detail:
    """One labelled line of a row; `verbatim` if it quotes the source."""

    label: str
    text: str
    verbatim: bool = False


@dataclass(frozen=True)
class Card:
    """One row in full: why it has its verdict, the text, and everything else about it.

    `first` is the single reason shown for a row in brief. Most rows are shown in brief, so `details` are computed on
    demand.
    """

    row: int
    anchor: str
    title: str
    bucket: Bucket
    verdict: str
    why: str
    first: str
    make_details: Callable[[], Iterable[Detail]]

    @cached_property
    def details(self) -> tuple[Detail, ...]:
        """All labelled lines of the row."""
        return tuple(self.make_details())


@dataclass(frozen=True)
class Brief:
    """Rows shown in one line each, under their common reason."""

    reason: str
    rows: tuple[Card, ...]


@dataclass(frozen=True)
class QuestionText:
    """A missing fact, its question, and the rows it helps to decide."""

    fact: str
    question: str
    help: str
    helps: str


@dataclass(frozen=True)
class ProvisionText:
    """A provision of a document's body that applies to the whole answer, and its words."""

    title: str
    note: str
    words: str
    english: str | None = None


@dataclass(frozen=True)
class VerdictGroup:
    """The rows of one verdict and force, in full or in brief. The heading says how many."""

    anchor: str
    bucket: Bucket
    heading: str
    meaning: str
    cards: tuple[Card, ...] = ()
    briefs: tuple[Brief, ...] = ()
    lines: tuple[str, ...] = ()
    questions: tuple[QuestionText, ...] = ()
    unasked: str = ""


@dataclass(frozen=True)
class Page:
    """All content of the page, in one language."""

    lang: Lang
    title: str
    about: str
    made_by: str
    summary: tuple[tuple[Bucket, str, int, str], ...]
    total: tuple[str, int]
    groups: tuple[VerdictGroup, ...]
    notes: tuple[str, ...]
    asks: str
    provisions: tuple[ProvisionText, ...]
    cited: tuple[Detail, ...]
    warning: str


class Writer:
    """Builds the page in one language."""

    def __init__(self, selection: Selection, lang: Lang) -> None:
        self.selection = selection
        self.assessment = selection.assessment
        self.lang: Lang = lang
        self._words = ConditionRenderer(self.assessment.rulebook, self.assessment.facts)
        self._told: dict[MeasureKey, FindingText] = {}

    def told(self, finding: Finding) -> FindingText:
        """What is said about a finding; its reasons are put into words once."""
        key = finding.measure.key
        if key not in self._told:
            self._told[key] = FindingText(finding, self._words)
        return self._told[key]

    def text(self, key: str, /, **slots: Text | str) -> str:
        """A label or line in the page's language."""
        return s.say(w.LABELS[key], **slots).of(self.lang)

    # The page ----------------------------------------------------------------------------------------------------

    def page(self, *, brief: bool = False) -> Page:
        """The whole page; a `brief` one has no rows, and cites nothing."""
        assessment, book = self.assessment, self.assessment.rulebook
        documents = book.documents.values()
        here = self._words.here
        name = assessment.profile.facts.get("name")
        about = (
            str(name) if name is not None else "",
            here.of(self.lang) if here else "",
            self.text("as_of", date=day_text(assessment.as_of)),
        )
        made_by = (
            self.text("rulebook", id=book.id, version=book.version, digest=book.digest[:12]),
            self.text("engine", engine=assessment.engine),
        )
        counts = assessment.counts
        summary = tuple(
            (bucket, w.BUCKETS[bucket].of(self.lang), counts[bucket], w.MEANINGS[bucket].of(self.lang))
            for bucket in BUCKETS
            if counts[bucket] or bucket not in ("text_lost", "not_encoded")
        )
        found = self.selection.findings
        notes = [note.message.of(self.lang) for note in assessment.facts.notes]
        waiting = len(assessment.to_confirm)
        notes += [self.text("to_confirm", count=str(waiting))] if waiting else []
        notes += [] if len(found) == len(assessment.findings) else [self.text("shown", count=str(len(found)))]
        groups = () if brief else tuple(self.groups())
        return Page(
            self.lang,
            " / ".join(self.document(one.title, one.number) for one in documents) or book.title.of(self.lang),
            " · ".join(part for part in about if part),
            " · ".join(made_by),
            summary,
            (self.text("total"), sum(counts.values())),
            groups,
            (*notes, *(() if groups or brief else (self.text("nothing"),))),
            self.text("questions"),
            tuple(self.provisions()),
            () if brief else tuple(self.cited()),
            self.text("warning") + ("" if brief else self.notice()),
        )

    def notice(self) -> str:
        """That the English of the words is unofficial, where there is any."""
        shown = self.lang == "en" and bool(self.assessment.rulebook.translations)
        return f" {WORDS['notice'].en}" if shown else ""

    def provisions(self) -> Iterator[ProvisionText]:
        """The provisions of the documents' bodies that apply to the whole answer."""
        for one in self.assessment.provisions:
            number = self.assessment.rulebook.documents[one.document].number
            words = self.text("cited_body", words=one.words, document=number, section=one.section)
            yield ProvisionText(one.title.of(self.lang), one.note.of(self.lang), words, self._provision(one))

    def _provision(self, one: Provision) -> str | None:
        translation = None if self.lang == "zh" else self.assessment.rulebook.translation(one.document)
        return whole(translation.provision(one.id), self.lang) if translation is not None else None

    def cited(self) -> Iterator[Detail]:
        """The notes that the reasons cite, each once and in full."""
        cites = {
            (finding.measure.document, ground.cites.removeprefix("note-"))
            for finding in self.selection.findings
            for ground in self.told(finding).quotes
            if ground.cites.startswith("note-")
        }
        for document in self.assessment.rulebook.documents.values():
            for number, note in document.notes.items():
                if (document.id, str(number)) in cites:
                    words = self.text("quoted", words=note)
                    yield Detail(self.text("note", number=str(number)), words, verbatim=True)
                    translation = None if self.lang == "zh" else self.assessment.rulebook.translation(document.id)
                    english = translation.note(number) if translation is not None else None
                    if english is not None:
                        yield self.detail("english", whole(english, self.lang) or "", verbatim=True)

    def rows(self) -> str:
        """The numbers of the rows shown, if rows were selected."""
        found = self.selection.findings
        if len(found) == len(self.assessment.findings):
            return ""
        rows = {finding.measure.row for finding in found}
        return self.text("one_row" if len(rows) == 1 else "rows", rows=ranges(rows, self.lang))

    def document(self, title: Text, number: str) -> str:
        """A document by title and number."""
        return f"{title.zh}（{number}）" if self.lang == "zh" else f"{title.en} ({number})"

    def groups(self) -> Iterable[VerdictGroup]:
        """The groups that have rows, in order."""
        for bucket in BUCKETS:
            found = [finding for finding in self.selection.findings if finding.bucket == bucket]
            if not found:
                continue
            if self.selection.single:
                yield self._group(bucket, None, found, full=True)
            elif bucket in ("eligible", "conditional"):
                for force in FORCES:
                    of_force = [finding for finding in found if finding.force == force]
                    if of_force:
                        yield self._group(bucket, force, of_force, full=True)
            elif bucket == "pending":
                yield self._pending(found)
            else:
                yield self._group(bucket, None, found, full=bucket == "needs_info")

    def _group(self, bucket: Bucket, force: Force | None, found: Sequence[Finding], full: bool) -> VerdictGroup:
        heading = self.heading(bucket, len(found), force)
        cards = tuple(self.card(finding) for finding in found)
        meaning = w.MEANINGS[bucket].of(self.lang)
        anchor = bucket if force is None else f"{bucket}-{force}"
        if full:
            asked = bucket == "needs_info" and not self.selection.single
            questions, unasked_ = (self.questions(), self.unasked()) if asked else ((), "")
            return VerdictGroup(anchor, bucket, heading, meaning, cards, questions=questions, unasked=unasked_)
        return VerdictGroup(anchor, bucket, heading, meaning, briefs=self._briefs(cards))

    def _pending(self, found: Sequence[Finding]) -> VerdictGroup:
        """Rows that wait for the same step are listed under it; the others are shown in full."""
        briefs = self._briefs([self.card(finding) for finding in found])
        shared = tuple(brief for brief in briefs if len(brief.rows) > _SHARED)
        alone = tuple(card for brief in briefs if len(brief.rows) <= _SHARED for card in brief.rows)
        cards = tuple(sorted(alone, key=lambda card: [f.measure.row for f in found].index(card.row)))
        lines = (self.text("see_show"),) if shared else ()
        meaning = w.MEANINGS["pending"].of(self.lang)
        return VerdictGroup("pending", "pending", self.heading("pending", len(found)), meaning, cards, shared, lines)

    def heading(self, bucket: Bucket, count: int, force: Force | None = None) -> str:
        """The heading of a group."""
        if force is None:
            return self.text("heading", group=w.BUCKETS[bucket], count=str(count))
        return self.text("heading_force", group=w.BUCKETS[bucket], force=w.FORCES[force], count=str(count))

    def _briefs(self, cards: Sequence[Card]) -> tuple[Brief, ...]:
        """Rows grouped by their first reason, in the order of the reasons."""
        by_reason: dict[str, list[Card]] = {}
        for card in cards:
            by_reason.setdefault(card.first, []).append(card)
        briefs = [Brief(reason, tuple(rows)) for reason, rows in by_reason.items()]
        return tuple(sorted(briefs, key=lambda brief: len(brief.rows) == 1))  # reasons shared by many rows first

    def _first_reason(self, finding: Finding, why: Sequence[str]) -> str:
        """The one line of a row in brief; for a row not yet encoded, the verdict of its scope."""
        if finding.bucket == "not_encoded" and finding.scope_verdict is not None:
            return self.text(_SCOPE_ALONE[finding.scope_verdict])
        return self._joined(why)

    def questions(self) -> tuple[QuestionText, ...]:
        """The questions to ask, the most useful first."""
        shown = {finding.measure.row for finding in self.selection.findings}
        found = []
        for asked in self.plan.questions:
            fact, rows = asked.fact, [row for _, row in asked.rows if row in shown]
            declaration = self.assessment.rulebook.declaration(fact)
            if rows:
                helps = self.text("question_rows", fact=fact, count=str(len(rows)), rows=ranges(rows, self.lang))
                question, help_ = declaration.question.of(self.lang), declaration.help.of(self.lang)
                found.append(QuestionText(fact, question, help_, helps))
        return tuple(found)

    @cached_property
    def plan(self) -> QuestionPlan:
        """The questions that the assessment leaves, and what is not asked."""
        return plan_questions(self.assessment)

    @cached_property
    def plausibility(self) -> Plausibility:
        """What is plausible for the entity."""
        return Plausibility(self.assessment.facts, self.assessment.rulebook)

    def unasked(self) -> str:
        """What is not asked since it is implausible for the entity; empty if there is nothing."""
        shown = {finding.measure.key for finding in self.selection.findings}
        rows = [key for key in self.plan.unasked if key in shown]
        if not rows:
            return ""
        told = unasked(len(rows), self.plausibility, self._words).of(self.lang)
        return self.text("unasked_rows", told=told, rows=ranges([row for _, row in rows], self.lang))

    # A row -------------------------------------------------------------------------------------------------------

    def card(self, finding: Finding) -> Card:
        """A row in full."""
        told, measure = self.told(finding), finding.measure
        put = beside_row(finding.rulebook, measure, self.lang)
        why = [put(one.message.of(self.lang)) for one in told.reasons]
        joined = self._joined(why)
        anchor = f"row-{measure.row}" if len(finding.rulebook.documents) == 1 else f"{measure.document}-{measure.row}"
        verdict = w.BUCKETS[finding.bucket].of(self.lang)
        lacks = [one.of(self.lang) for one in unlisted(finding, self.plausibility, self._words)]
        first, details = self._first_reason(finding, (*why[:1], *lacks)), partial(self._details, told, joined, lacks)
        return Card(measure.row, anchor, measure.title.of(self.lang), finding.bucket, verdict, joined, first, details)

    def _details(self, told: FindingText, why: str, lacks: Sequence[str] = ()) -> Iterator[Detail]:
        finding, measure = told.finding, told.finding.measure
        put = beside_row(finding.rulebook, measure, self.lang)
        if why:
            yield self.detail("place" if told.place else "why", why)
        if told.place and finding.scope_verdict is Verdict.ELIGIBLE:
            yield from (self.detail("ask", one.of(self.lang)) for one in contacts(finding.rulebook, measure))
            yield from (self.detail("silent_on", one.of(self.lang)) for one in silent_on(finding.rulebook, measure))
        yield from (self.detail("unlisted", one) for one in lacks)
        if measure.text:
            number = finding.rulebook.documents[measure.document].number
            words = self.text("cited_text", words=measure.text, document=number, row=str(measure.row))
            yield self.detail("text", words, verbatim=True)
            if english := english_text(finding.rulebook, measure, self.lang):
                yield self.detail("english", english, verbatim=True)
                if note := scan_note(finding.rulebook, measure):
                    yield self.detail("scan", note.of(self.lang))
        if measure.cell:
            yield self.detail("cell", put(self.text("quoted", words=measure.cell)), verbatim=True)
        if finding.bucket not in ("ineligible", "not_encoded"):
            yield from (self.detail("limb", put(self._part(told, part))) for part in told.parts)
        yield from (self.detail("limit", put(self._limit(span))) for span in told.limits)
        yield from (self.detail(f"limit_{one.state}", put(self._to_keep(one.limit))) for one in told.to_keep)
        if finding.verdict is not None and finding.verdict is not Verdict.INELIGIBLE:
            yield from (self.detail("judgement", self._judgement(one)) for one in finding.judgements)
        yield from (self.detail("doubt", doubt.of(self.lang)) for doubt in told.doubts)
        if measure.interpretation is not None:
            yield self.detail("reading", measure.interpretation.of(self.lang))
        yield from (self.detail("register", self.entry(entry)) for entry in told.register)

    def detail(self, label: str, text: str, verbatim: bool = False) -> Detail:
        """A labelled line."""
        return Detail(self.text(label), text, verbatim)

    def _joined(self, every: Iterable[str]) -> str:
        return ("；" if self.lang == "zh" else "; ").join(every)

    def _part(self, told: FindingText, part: PartText) -> str:
        """A part of a row with its verdict, and why, where that does not stand above as the row's."""
        limb, verdict = part.limb, w.BUCKETS[part.bucket]
        why = self._joined(one.message.of(self.lang) for one in part.why)
        key = "limb_why" if told.is_told_apart(part) else "limb_line"
        return self.text(key, id=limb.id, title=limb.title, verdict=verdict, why=why)

    def _limit(self, span: Span) -> str:
        if span.note is None:
            return self.text("quoted", words=span.words)
        return self.text("limit_line", words=span.words, note=span.note)

    def _to_keep(self, limit: Limit) -> str:
        return self.text("limit_keyed", label=limit.label, cited=cited(limit.ground), key=limit.key)

    def _judgement(self, one: Judgement) -> str:
        return self.text("judgement_line", about=one.about, authority=one.authority, key=one.key)

    def entry(self, entry: Entry) -> str:
        """A register entry, with its weight."""
        slots: dict[str, Text | str] = {
            "date": entry.date.isoformat(), "title": entry.title, "source": entry.source,
            "weight": s.WEIGHTS[entry.weight],
        }  # fmt: skip
        if entry.note is None:
            return self.text("entry_line", **slots)
        return self.text("entry_note", note=entry.note, **slots)
