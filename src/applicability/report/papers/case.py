"""A whole case as a paper: what was asked, on which facts, what is open on what terms, what waits, what is shut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from applicability.analysis.comparison import Comparison
from applicability.analysis.minimal_changes import Prospect
from applicability.analysis.questions import plan_questions
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding
from applicability.model.measure import FORCES, MeasureKey
from applicability.report import Selection
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.page_title import beside, day_part, entity_parts, selected_rows, title_text
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import (
    Block,
    Heading,
    Pairs,
    Paper,
    Paragraph,
    Table,
    same,
)
from applicability.report.papers.awaited import Waiting, pending
from applicability.report.papers.case_summary import CaseSummary
from applicability.report.papers.changes import changed_keys, changes_of
from applicability.report.papers.comparison import comparison_blocks, names_of
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.facts import facts_in_short, facts_of
from applicability.report.papers.force import force_of
from applicability.report.papers.in_order import in_order
from applicability.report.papers.leads import before_rows
from applicability.report.papers.next_steps import NextSteps
from applicability.report.papers.parts import Pair, RowParts
from applicability.report.papers.questions import question_of
from applicability.report.papers.readings import reading_of
from applicability.report.papers.results import results_of
from applicability.report.papers.rows import RowWriter, marked_number, rows_text, title_of
from applicability.report.papers.set_up import needing_one, parts_of_own
from applicability.report.papers.shut_list import shut_list
from applicability.report.papers.silent import silent_of
from applicability.report.papers.sources import sources_of
from applicability.report.papers.texts import (
    counted,
    day_of_paper,
    documents,
    is_planned,
    joined,
    of_entity,
    say,
    sentence,
)
from applicability.report.papers.texts_of_rows import OPEN, OPEN_MEANS
from applicability.report.papers.unlikely import unlikely_keys, unlikely_part
from applicability.report.papers.whom import Whom
from applicability.text import Text

_QUOTED = 6  # measures still to be answered whose words are printed


def case_paper(selection: Selection, prospects: Sequence[Prospect] = (), comparison: Comparison | None = None) -> Paper:
    """The paper of an assessment; `prospects` tell what would open more, and a comparison stands before the facts."""
    return _CasePaper(selection, prospects, comparison).paper()


def cover_of(assessment: Assessment) -> tuple[Text | None, tuple[tuple[Text, Text], ...]]:
    """Whose paper it is, None without a name, and what the cover says of it."""
    book, words = assessment.rulebook, ConditionRenderer(assessment.rulebook, assessment.facts)
    name = assessment.profile.facts.get("name")
    who = same(str(name)) if name is not None else None
    state = ((say("planned_state"), say("planned_cover")),) if is_planned(assessment) else ()
    return who, (
        (say("place"), words.here or say("not_said")),
        *state,
        (say("day"), day_of_paper(assessment.as_of)),
        *(((say("facts_short"), told),) if (told := facts_in_short(assessment)) else ()),
        (say("documents"), documents(book)),
    )


@dataclass(frozen=True)
class _CasePaper:
    selection: Selection
    prospects: Sequence[Prospect]
    comparison: Comparison | None

    @property
    def assessment(self) -> Assessment:
        return self.selection.assessment

    @cached_property
    def rows(self) -> RowWriter:
        needed = tuple((one.measure.key, value) for value, own in needing_one(self.assessment) for one in own)
        own = tuple(parts_of_own(self.assessment))
        return RowWriter(self.assessment.rulebook, self.assessment.facts, readings=True, needed=needed, own=own)

    def say(self, key: str, /, **slots: Text | str) -> Text:
        """A sentence on the entity, which may be only planned."""
        return of_entity(key, is_planned(self.assessment), **slots)

    def of(self, *buckets: Bucket) -> list[Finding]:
        return [one for one in self.selection.findings if one.bucket in buckets]

    @cached_property
    def elsewhere(self) -> Elsewhere | None:
        return Elsewhere(self.comparison, self.assessment) if self.comparison is not None else None

    def paper(self) -> Paper:
        who, cover = cover_of(self.assessment)
        next_steps = NextSteps(self.assessment, self.prospects, self.elsewhere)
        summary = CaseSummary(self.selection, self.comparison, self.elsewhere, self.waiting, next_steps)
        blocks: list[Block] = []
        if self.comparison is not None:
            cover = (cover[0], *self._compared(), *cover[1:])
            steps = say("waits") if self.elsewhere is not None and self.elsewhere.tells_each_step() else None
            blocks += comparison_blocks(self.comparison, inside=True, steps=steps)
        blocks += [*facts_of(self.assessment), *results_of(self.selection), *self.open()]
        if self.elsewhere is not None:
            blocks += self.elsewhere.blocks()
        blocks += [*self.needs(), *pending(self.waiting)]
        if self.prospects:
            blocks += changes_of(
                self.assessment, self.prospects, self.elsewhere.own if self.elsewhere is not None else None
            )
        blocks += [*self.doubts(), *self.shut()]
        unasked = [one for one in self.of("needs_info") if one.measure.key in self.unlikely]
        blocks += [*unlikely_part(self.rows, unasked, self.waiting), *self.sources()]
        return Paper(
            say("title"), who, cover, tuple(summary.blocks(who)), tuple(blocks), say("notice"),
            self.assessment.as_of, title_text(self._title_parts(), say("title")),
        )  # fmt: skip

    def _title_parts(self) -> Iterator[Text]:
        """What tells the paper apart from others of its kind."""
        yield from entity_parts(self.assessment)
        if self.comparison is not None:
            yield beside(names_of(self.comparison.alternatives))
        yield from selected_rows([one.measure for one in self.selection.findings], self.assessment.rulebook)
        yield day_part(self.assessment.as_of)

    def _compared(self) -> tuple[tuple[Text, Text], ...]:
        """What the entity is compared with; it is not compared with itself."""
        others = self.elsewhere.others if self.elsewhere is not None else ()
        return ((say("compared"), names_of(others)),) if others else ()

    # What is open ------------------------------------------------------------------------------------------------

    def open(self) -> Iterator[Block]:
        """Every open row in full, by force; within one, those of its own business first, what is certain before what
        an authority must find.
        """
        found = in_order(self.of("eligible", "conditional"))
        if not found:
            return
        yield Heading(self.say("open_judged" if any(one.bucket == "conditional" for one in found) else "open"))
        elsewhere = self.elsewhere.open if self.elsewhere is not None else ()
        yield from before_rows(self.assessment.rulebook, [*found, *(one[0][1] for one in elsewhere)])
        if self.elsewhere is not None and any(map(self.elsewhere.on_same_terms, found)):
            yield Paragraph(say("same_terms_lead", own=self.elsewhere.own), "soft")
        for force in FORCES:
            own = [one for one in found if one.force == force]
            if own:
                yield Heading(counted(OPEN[force], len(own)), 2)
                yield Paragraph(OPEN_MEANS[force], "soft")
                for one in own:
                    where = self.elsewhere.beside(one) if self.elsewhere is not None else ()
                    yield from self.rows.full(one, [(say("elsewhere_where"), tuple(where))] if where else ())

    # What is not -------------------------------------------------------------------------------------------------

    def needs(self) -> Iterator[Block]:
        """The questions, the most useful first, and what is not settled."""
        found = [one for one in self.of("needs_info") if one.measure.key not in self.unlikely]
        if not found:
            return
        yield Heading(say("needs"))
        shown = {one.measure.row for one in found}
        plan = plan_questions(self.assessment)
        asked = [(one.fact, [row for _, row in one.rows if row in shown]) for one in plan.questions]
        by_row = {one.measure.row: marked_number(one.measure) for one in found}
        lines = [(self.question(fact, rows), rows_text(map(by_row.__getitem__, rows))) for fact, rows in asked if rows]
        if lines:
            lead = [say("needs_lead")]
            if any(one.measure.narrower_reading for one in found):
                lead.append(say("marked_short", part=say("doubts")))
            yield Paragraph(sentence(lead), "soft")
            yield Table((say("question"), say("helps")), tuple(lines), (70, 30))
        asking = {row for one in plan.questions for _, row in one.rows}
        words = [one for one in found if one.measure.row in asking]
        if 0 < len(words) <= _QUOTED:  # of many the words would be most of the paper
            yield Heading(say("words_of"), 2)
            for one in words:
                yield Heading(title_of(self.assessment.rulebook, one.measure), 3, one.bucket)
                yield self.rows.text(one.measure)
                parts = RowParts(self.assessment.rulebook, one)
                force, whom = force_of(one), Whom(self.assessment.rulebook, one).items()
                pairs: list[Pair] = [(say("force"), (force,))] if force is not None else []
                silent = silent_of(one)
                pairs += [*parts.pairs(), *([(say("ask"), tuple(whom))] if whom else [])]
                yield Pairs((*pairs, *([(say("silent_on"), (joined(silent),))] if silent else [])))
                if is_planned(self.assessment) and parts.has_others:
                    yield Paragraph(say("planned_others"), "soft")
        yield Heading(counted(say("undecided"), len(found)), 2)
        renderer = self.rows.renderer
        yield Table(
            (say("row"), say("rows"), say("missing")),
            tuple((same(marked_number(one.measure)), one.measure.title, renderer.labels(one.missing)) for one in found),
            (9, 51, 40),
        )

    def question(self, fact: str, rows: Iterable[int] = ()) -> Text:
        """A question that stands by itself, with the answers that some rows tell apart."""
        told = set(rows)
        found = [one for one in self.selection.findings if one.measure.row in told]
        return question_of(self.assessment, fact, found)

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits; beside others compared, for whom."""
        label = None if self.elsewhere is None else self.elsewhere.own
        others = () if self.elsewhere is None else self.elsewhere.waiting()
        return (Waiting(self.rows, self.of("pending"), label), *others)

    @cached_property
    def unlikely(self) -> frozenset[MeasureKey]:
        """What is not settled and unlikely to concern the entity."""
        return unlikely_keys(self.assessment)

    def shut(self) -> Iterator[Block]:
        """What is shut, grouped by reason."""
        here = self.elsewhere.own if self.elsewhere is not None and self.elsewhere.is_named else None
        return shut_list(self.rows, self.selection.findings, self.prospects, here)

    def doubts(self) -> Iterator[Block]:
        """The doubts and readings of what is open, asked about or waiting; not of what is unlikely to concern it."""
        lines = []
        own = {
            one.measure.key: one
            for one in self.of("eligible", "conditional", "needs_info", "pending")
            if one.measure.key not in self.unlikely
        }
        for one in self.elsewhere.findings if self.elsewhere is not None else ():
            if one.measure.key not in self.unlikely:
                own.setdefault(one.measure.key, one)
        changed = self._changed
        more = [
            one
            for one in self.of("ineligible")
            if one.measure.narrower_reading and one.measure.key in changed and one.measure.key not in own
        ]
        own |= {one.measure.key: one for one in more}
        for one in sorted(own.values(), key=lambda each: each.measure.row):
            told = FindingText(one)
            put = self.rows.beside(one)
            reading = "narrower" if one.measure.narrower_reading else "reading"
            for label, texts in (("doubt", told.doubts_here), (reading, filter(None, (reading_of(one.measure),)))):
                lines += [(same(marked_number(one.measure)), say(label), put(text)) for text in texts]
        if lines:
            yield Heading(say("doubts"))
            used = [bucket for bucket in BUCKETS[:4] if any(one.bucket == bucket for one in own.values())]
            of = s.listed([Text(w.BUCKETS[one].zh, w.BUCKETS[one].en.lower()) for one in used], s.OR)
            yield Paragraph(say("doubts_lead_changes" if more else "doubts_lead", of=of), "soft")
            yield Table((say("row"), say("kind"), say("told")), tuple(lines), (9, 18, 73))

    def sources(self) -> Iterator[Block]:
        """What the paper rests on, and what it says of others compared."""
        changed = self._changed
        if self.elsewhere is None:
            return sources_of(self.selection, changed=changed)
        there = self.elsewhere
        return sources_of(self.selection, there.findings, there.others, there.own, changed)

    @cached_property
    def _changed(self) -> frozenset[MeasureKey]:
        """The measures that it tells a change to open."""
        return changed_keys(self.assessment, self.prospects) if self.prospects else frozenset()
