"""The reasons of a finding as sentences.

All formats use it. The place condition gives one reason however many leaves it has, except that each official step has
its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.assessment import Bucket, Finding, LimbFinding, LimitFinding, Reason, ReasonKind, bucket_of
from applicability.model.conditions import Ground, Overtaken, Step, leaves
from applicability.model.evaluate import stands_in, verdict
from applicability.model.measure import Doubt, Limb, Measure, Span
from applicability.model.place_relations import Zone
from applicability.model.rulebook import Entry
from applicability.model.verdict import Verdict
from applicability.model.zone_doubts import zones_in_doubt
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.render_condition import ConditionRenderer, cited, ground_of
from applicability.text import Text


@dataclass(frozen=True)
class ReasonText:
    """One reason: its sentence, the fact it reads, and the quote it rests on."""

    kind: ReasonKind
    verdict: Verdict
    message: Text
    fact: str | None
    ground: Ground
    facts: tuple[str, ...] = ()  # the missing ones


@dataclass(frozen=True)
class PartText:
    """One part of a row at the entity's place. `verdict` is None if the part binds authorities only."""

    limb: Limb
    verdict: Verdict | None
    why: tuple[ReasonText, ...] = ()

    @property
    def bucket(self) -> Bucket:
        """What the part comes to, by the words of the summary."""
        return "authorities_only" if self.verdict is None else bucket_of(self.verdict)


@dataclass(frozen=True)
class FindingText:
    """A finding, with all its texts."""

    finding: Finding
    shared: ConditionRenderer | None = field(default=None, repr=False, compare=False)

    @cached_property
    def renderer(self) -> ConditionRenderer:
        """The words for it; those of one assessment can be `shared`."""
        return self.shared or ConditionRenderer(self.finding.rulebook, self.finding.facts)

    @cached_property
    def why(self) -> tuple[ReasonText, ...]:
        """The reasons, the place first."""
        return self.told(self.finding.why)

    @cached_property
    def place(self) -> tuple[ReasonText, ...]:
        """Whether a row without a verdict reaches the entity's place, and why; empty for every other row."""
        return self.told(self.finding.place)

    @property
    def reasons(self) -> tuple[ReasonText, ...]:
        """The reasons of the verdict; of a row without one, those of its place."""
        return self.why or self.place

    def told(self, every: Sequence[Reason]) -> tuple[ReasonText, ...]:
        """Some of the reasons, the place first."""
        if not every:
            return ()
        scope: list[Reason] = []
        rest: list[Reason] = []
        for reason in every:
            if not self._settled_by(reason):
                (scope if self._of_scope(reason) else rest).append(reason)
        texts = (*self._place(scope), *(self._leaf(reason) for reason in rest))
        if len(texts) < 2:
            return texts
        # Two leaves can give the same sentence, which is shown once.
        return tuple({one.message: one for one in reversed(texts)}.values())[::-1]

    @cached_property
    def parts(self) -> tuple[PartText, ...]:
        """The parts of a row that has several, each with its verdict and its own reasons."""
        limbs = self.finding.measure.limbs
        if len(limbs) < 2:
            return ()
        usable = {one.limb.id: one for one in self.finding.limbs}
        return tuple(self._part(limb, usable.get(limb.id)) for limb in limbs)

    def _part(self, limb: Limb, found: LimbFinding | None) -> PartText:
        if found is None:
            return PartText(limb, None)
        return PartText(limb, self.finding.verdict_of(found), self.told(self.finding.why_of(found)))

    def is_told_apart(self, part: PartText) -> bool:
        """Whether the reasons of a part are not simply those of the row, having one part that holds its verdict."""
        best = self.finding.best_limbs
        return bool(part.why) and not (len(best) == 1 and best[0].limb == part.limb)

    def _settled_by(self, reason: Reason) -> bool:
        """Whether a reason of a failing scope is redundant: the place if a finding refused it, or the reverse."""
        measure = self.finding.measure
        if reason.verdict is not Verdict.INELIGIBLE or not measure.scope_judgements:
            return False
        if reason.condition not in measure.scope_leaves:
            return False
        return (reason.kind == "judgement") is not self._refused

    @cached_property
    def _refused(self) -> bool:
        """Whether the scope fails only because of findings."""
        finding, scope = self.finding, self.finding.measure.scope
        judged = (leaf.key for leaf in finding.measure.scope_judgements)
        granted = {**finding.facts.determinations, **dict.fromkeys(judged, True)}
        facts = replace(finding.facts, determinations=granted)
        return scope is not None and verdict(scope, facts, finding.rulebook) is not Verdict.INELIGIBLE

    def _of_scope(self, reason: Reason) -> bool:
        if reason.kind == "scope":
            return True
        if reason.kind == "judgement" or reason.verdict not in (Verdict.INELIGIBLE, Verdict.NEEDS_INFO):
            return False
        # A step in the scope has a reason of its own only if pending or open; under a failing scope it is part of the
        # one reason.
        return isinstance(reason.condition, Overtaken) or reason.condition in self.finding.measure.scope_leaves

    @cached_property
    def _texts(self) -> dict[tuple[int, ...], tuple[tuple[Reason, ...], ReasonText]]:
        """Each reason's sentence by its identity, beside what it tells, which keeps the identity from being reused."""
        return {}

    def _place(self, reasons: list[Reason]) -> tuple[ReasonText, ...]:
        """The single reason of the place condition, worded once: every part of a row can rest on it."""
        if not reasons:
            return ()
        key = (0, *map(id, reasons))
        if key not in self._texts:
            self._texts[key] = (tuple(reasons), self._scope(reasons))
        return (self._texts[key][1],)

    def _scope(self, reasons: list[Reason]) -> ReasonText:
        first, verdict, words = reasons[0], reasons[0].verdict, self.renderer
        missing = tuple(dict.fromkeys(fact for reason in reasons for fact in reason.missing))
        here, kind = words.here, "Scope"
        slots: dict[str, Text | str] = {"cited": cited(ground_of(first.condition))}
        if verdict is Verdict.NEEDS_INFO:
            slots["facts"] = words.labels(missing)
        if verdict is Verdict.INELIGIBLE:
            rule = self.finding.rulebook.scopes[self.finding.measure.scope_rule]
            slots["outside"] = rule.outside
            later = self._later(reasons)
            if later is not None and here is not None:
                kind = "ScopeLater"
                slots |= {"date": later.date.isoformat(), "title": later.title}
        elif verdict is not Verdict.NEEDS_INFO:
            verdict = Verdict.ELIGIBLE  # a place condition is met or not; a pending step has its own reason
        if here is None and verdict is not Verdict.NEEDS_INFO:
            kind = "ScopeBare"
        else:
            slots["here"] = here or ""
        if verdict is Verdict.ELIGIBLE and self.finding.measure.binds_authorities_only:
            kind += "Duty"
        fact = missing[0] if missing else first.fact
        ground = ground_of(first.condition)
        return ReasonText("scope", verdict, s.say(s.SCOPE[kind, verdict], **slots), fact, ground, missing)

    def _later(self, reasons: list[Reason]) -> Entry | None:
        """An instrument with a later date that will open the row at the entity's place."""
        overtaken = (reason.condition for reason in reasons if isinstance(reason.condition, Overtaken))
        return next((entry for leaf in overtaken if (entry := self.renderer.coming(leaf))), None)

    def _leaf(self, reason: Reason) -> ReasonText:
        key = (id(reason),)
        if key not in self._texts:
            message = self.renderer.says(reason.condition, reason.verdict)
            text = ReasonText(
                reason.kind, reason.verdict, message, reason.fact, ground_of(reason.condition), reason.missing
            )
            self._texts[key] = ((reason,), text)
        return self._texts[key][1]

    @property
    def doubts(self) -> tuple[Text, ...]:
        """Where the source or what a zone counts as is unclear, and where an unofficial report is acted on."""
        return self._doubts(self.finding.measure.doubts)

    @property
    def doubts_here(self) -> tuple[Text, ...]:
        """The same without what does not concern the entity: doubts of other places, and of writing alone."""
        facts, book = self.finding.facts, self.finding.rulebook
        return self._doubts(
            one
            for one in self.finding.measure.doubts
            if not one.writing and (not one.places or stands_in(one.places, facts, book) is not Verdict.INELIGIBLE)
        )

    @cached_property
    def zones_in_doubt(self) -> tuple[Zone, ...]:
        """The zones that the verdict, or that of a part, rests on, of which it is not certain that they count."""
        return zones_in_doubt(self.finding.measure, self.finding.facts, self.finding.rulebook, parts=True)

    def _doubts(self, own: Iterable[Doubt]) -> tuple[Text, ...]:
        acted = (e.accepted for e in self.finding.notes if e.accepted and e.kind in ("records", "overtakes"))
        capture = self.finding.measure.capture
        unseen = () if capture in ("captured", "lost") else (w.CAPTURE_DOUBTS[capture],)
        zones = (one.doubt for one in self.zones_in_doubt if one.doubt is not None)
        return (*unseen, *(one.text for one in own), *zones, *acted)

    @property
    def limits(self) -> tuple[Span, ...]:
        """Limits in the text that are not asked about: the row's, and those of usable limbs."""
        return limiting_words(self.finding.measure)

    @property
    def to_keep(self) -> tuple[LimitFinding, ...]:
        """The limits that a use must keep, with their state; for an ineligible row, only those not kept."""
        own = self.finding.limits
        shut = self.finding.verdict is None or self.finding.verdict is Verdict.INELIGIBLE
        return tuple(one for one in own if one.state == "not_kept") if shut else own

    @property
    def register(self) -> tuple[Entry, ...]:
        """The register entries on the row that no reason mentions."""
        return tuple(entry for entry in self.finding.notes if not self._is_told(entry))

    def _is_told(self, entry: Entry) -> bool:
        if entry.kind == "notes":
            return False
        verdict = self.finding.scope_verdict if self.finding.verdict is None else self.finding.verdict
        if entry.kind == "announces" and verdict is not Verdict.PENDING:
            return True  # it is about a step that this row does not wait for
        said = entry.note or entry.title
        return any((said.zh in why.message.zh) or (entry.title.zh in why.message.zh) for why in self.reasons)

    @property
    def quotes(self) -> tuple[Ground, ...]:
        """The quotes that the reasons rest on."""
        grounds = (one.ground for one in self.reasons if one.ground.quote)
        return tuple({(ground.cites, ground.quote): ground for ground in grounds}.values())


def alike(findings: Iterable[Finding]) -> tuple[tuple[Bucket, tuple[Text, ...], tuple[Finding, ...]], ...]:
    """Findings by where they stand and why, each reason once: many rows wait for one step."""
    found: dict[tuple[Bucket, tuple[Text, ...]], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.bucket, tuple(reason.message for reason in FindingText(one).reasons)), []).append(one)
    return tuple((bucket, why, tuple(own)) for (bucket, why), own in found.items())


def limiting_words(measure: Measure) -> tuple[Span, ...]:
    """Words that limit a measure and are not asked about: the row's, and those of usable limbs."""
    spans = (*measure.spans, *(span for limb in measure.usable for span in limb.spans))
    return tuple(dict.fromkeys(span for span in spans if span.kind == "limit"))


def concerns(entry: Entry, measure: Measure) -> bool:
    """Whether an entry covers the row, and, if it is about one step, whether the row has that step."""
    if not entry.covers(measure.document, measure.row):
        return False
    steps = {leaf.step for one in measure.conditions for leaf in leaves(one) if isinstance(leaf, Step)}
    return entry.kind == "notes" or entry.step is None or entry.step in steps
