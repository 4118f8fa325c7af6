"""Why a finding is as it is, in whole sentences: the one place that turns leaves into what a user reads.

Every format shows these. The place condition gives one reason however many leaves it has, except that each public
step is told by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from applicability.model.assessment import Finding, LimbFinding, Reason, ReasonKind
from applicability.model.conditions import Ground, Overtaken, Step, leaves
from applicability.model.rulebook import Entry, Measure, Span
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer, cited, ground_of
from applicability.text import Text


@dataclass(frozen=True)
class ReasonText:
    """One reason: its sentence, the fact it reads, the words it rests on and where they stand."""

    kind: ReasonKind
    verdict: Verdict
    message: Text
    fact: str | None
    ground: Ground
    facts: tuple[str, ...] = ()  # the missing ones


@dataclass(frozen=True)
class FindingText:
    """A finding, with everything said about it."""

    finding: Finding

    @cached_property
    def wording(self) -> ConditionRenderer:
        """The words for it."""
        return ConditionRenderer(self.finding.rulebook, self.finding.facts)

    @cached_property
    def why(self) -> tuple[ReasonText, ...]:
        """The reasons, the place first."""
        scope = [reason for reason in self.finding.why if self._of_scope(reason)]
        rest = [reason for reason in self.finding.why if not self._of_scope(reason)]
        told = (*self._scope(scope), *(self._leaf(reason) for reason in rest))
        # Two leaves can come to one sentence; it is said once.
        return tuple({one.message: one for one in reversed(told)}.values())[::-1]

    def _of_scope(self, reason: Reason) -> bool:
        if reason.kind == "scope":
            return True
        # A step of the scope only waits or opens by itself; under a failing scope it is part of the one reason.
        own = isinstance(reason.condition, Overtaken) or reason.condition in self._scope_leaves
        return own and reason.verdict in (Verdict.INELIGIBLE, Verdict.NEEDS_INFO)

    @cached_property
    def _scope_leaves(self) -> frozenset[object]:
        scope = self.finding.measure.scope
        return frozenset(leaves(scope)) if scope is not None else frozenset()

    def _scope(self, reasons: list[Reason]) -> Iterator[ReasonText]:
        """The one reason of the place condition."""
        if not reasons:
            return
        first, verdict, words = reasons[0], reasons[0].verdict, self.wording
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
            verdict = Verdict.ELIGIBLE  # a place condition is met or not; what waits is told as a step
        if here is None and verdict is not Verdict.NEEDS_INFO:
            kind = "ScopeBare"
        else:
            slots["here"] = here or ""
        fact = missing[0] if missing else first.fact
        ground = ground_of(first.condition)
        yield ReasonText("scope", verdict, s.say(s.SCOPE[kind, verdict], **slots), fact, ground, missing)

    def _later(self, reasons: list[Reason]) -> Entry | None:
        """An instrument with a later date that will open the row where the entity stands."""
        overtaken = (reason.condition for reason in reasons if isinstance(reason.condition, Overtaken))
        return next((entry for leaf in overtaken if (entry := self.wording.coming(leaf))), None)

    def _leaf(self, reason: Reason) -> ReasonText:
        message = self.wording.says(reason.condition, reason.verdict)
        return ReasonText(
            reason.kind, reason.verdict, message, reason.fact, ground_of(reason.condition), reason.missing
        )

    @property
    def doubts(self) -> tuple[Text, ...]:
        """Where the source is unclear, and where something only reported is acted on."""
        acted = (e.accepted for e in self.finding.notes if e.accepted and e.kind in ("records", "overtakes"))
        capture = self.finding.measure.capture
        unseen = () if capture in ("captured", "lost") else (w.CAPTURE_DOUBTS[capture],)
        return (*unseen, *self.finding.measure.doubts, *acted)

    @property
    def limits(self) -> tuple[Span, ...]:
        """Where the grant ends: the row's limits and those of the limbs somebody can use."""
        measure = self.finding.measure
        spans = (*measure.spans, *(span for limb in measure.usable for span in limb.spans))
        return tuple(dict.fromkeys(span for span in spans if span.kind == "limit"))

    @property
    def register(self) -> tuple[Entry, ...]:
        """What the register has to say of the row, beyond what a reason has already told."""
        return tuple(entry for entry in self.finding.notes if not self._is_told(entry))

    def _is_told(self, entry: Entry) -> bool:
        if entry.kind == "notes":
            return False
        if entry.kind == "announces" and self.finding.verdict is not Verdict.PENDING:
            return True  # it is about a step that this row does not wait on, or not yet
        said = entry.note or entry.title
        return any((said.zh in why.message.zh) or (entry.title.zh in why.message.zh) for why in self.why)

    @property
    def limbs(self) -> tuple[LimbFinding, ...]:
        """The usable limbs, where the row has several limbs in all."""
        return self.finding.limbs if len(self.finding.measure.limbs) > 1 else ()

    @property
    def quotes(self) -> tuple[Ground, ...]:
        """The words that the reasons rest on."""
        grounds = (one.ground for one in self.why if one.ground.quote)
        return tuple({(ground.cites, ground.quote): ground for ground in grounds}.values())


def concerns(entry: Entry, measure: Measure) -> bool:
    """Whether an entry speaks of the row, and, if it is about one step, whether the row waits on that step."""
    if not entry.covers(measure.document, measure.row):
        return False
    conditions = [limb.when for limb in measure.limbs] + ([measure.scope] if measure.scope is not None else [])
    steps = {leaf.step for condition in conditions for leaf in leaves(condition) if isinstance(leaf, Step)}
    return entry.kind == "notes" or entry.step is None or entry.step in steps
