"""The result of a check: one finding for every measure, with the leaves that decided it.

The verdicts come from an engine; the reasons come from the trace of `model.evaluate`, so that all engines give the
same.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.conditions import All, Any_, Condition, Judgement, Limit, Not
from applicability.model.evaluate import Trace, stands_in, trace, verdict
from applicability.model.facts import Facts, Investor
from applicability.model.leaf_kinds import fact_of, kind_of
from applicability.model.measure import Force, Limb, Measure, strongest
from applicability.model.missing import missing_facts
from applicability.model.profile import Profile
from applicability.model.rulebook import Entry, Provision, Rulebook
from applicability.model.verdict import Verdict
from applicability.published import Published

ReasonKind = Literal["scope", "fact", "step", "judgement", "limit"]
LimitState = Literal["kept", "not_kept", "unsaid", "unknown"]
_STATES: dict[bool | None, LimitState] = {True: "kept", False: "not_kept", None: "unknown"}
Bucket = Literal[
    "eligible", "conditional", "needs_info", "pending", "ineligible", "authorities_only", "text_lost", "not_encoded"
]
BUCKETS: tuple[Bucket, ...] = (
    "eligible", "conditional", "needs_info", "pending", "ineligible", "authorities_only", "text_lost", "not_encoded",
)  # fmt: skip
_OF_VERDICT = BUCKETS[4::-1]  # from ineligible to eligible, as verdicts are numbered


def bucket_of(verdict: Verdict) -> Bucket:
    """The bucket of a verdict, which has its word."""
    return _OF_VERDICT[verdict]


@dataclass(frozen=True)
class Reason:
    """A leaf that decides a finding's verdict. `fact` is the fact it reads, if any."""

    kind: ReasonKind
    verdict: Verdict
    condition: Condition
    fact: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Fired:
    """One step of a derivation, by the names that rules have: the rule that fired, its premises, its conclusions."""

    rule: str
    because: tuple[str, ...]
    concluded: tuple[str, ...]


@dataclass(frozen=True)
class LimitFinding:
    """A limit, and whether the profile says that it is kept."""

    limit: Limit
    state: LimitState


@dataclass(frozen=True)
class LimbFinding:
    """One limb of a row: its verdict without the row's scope, and its trace."""

    limb: Limb
    verdict: Verdict
    trace: Trace


@dataclass(frozen=True, init=False)
class Finding:
    """One measure's part of an assessment.

    `verdict` is None if the row binds authorities only, its text is lost, or it is not yet encoded. `scope_verdict` is
    that of the place condition alone, None only where the scope was lost.
    """

    measure: Measure
    verdict: Verdict | None
    scope_verdict: Verdict | None
    facts: Facts = field(repr=False)
    rulebook: Rulebook = field(repr=False)

    def __init__(
        self, measure: Measure, verdict: Verdict | None, scope_verdict: Verdict | None, facts: Facts, rulebook: Rulebook
    ) -> None:
        # A check makes one per row: setting fields one by one, as a frozen dataclass does, takes a tenth of its time.
        self.__dict__.update(
            measure=measure, verdict=verdict, scope_verdict=scope_verdict, facts=facts, rulebook=rulebook
        )

    @cached_property
    def bucket(self) -> Bucket:
        """The part of the summary that counts it."""
        if self.measure.lost:
            return "text_lost"
        if not self.measure.encoded:
            return "not_encoded"
        if self.measure.binds_authorities_only or self.verdict is None:
            return "authorities_only"
        return bucket_of(self.verdict)

    @property
    def force(self) -> Force | None:
        """The strongest force of the limbs that decide the verdict, that is, what `eligible` means here at most.

        Of a row for authorities, or one whose text is lost, the row's.
        """
        return strongest(one.limb.force for one in self.best_limbs) or self.measure.force

    @cached_property
    def scope_trace(self) -> Trace | None:
        """The trace of the place condition; None if it was lost."""
        return None if self.measure.scope is None else trace(self.measure.scope, self.facts, self.rulebook)

    @cached_property
    def limbs(self) -> tuple[LimbFinding, ...]:
        """The limbs that somebody can apply for."""
        return tuple(
            LimbFinding(limb, found.verdict, found)
            for limb in self.measure.usable
            for found in (trace(limb.when, self.facts, self.rulebook),)
        )

    @cached_property
    def best_limbs(self) -> tuple[LimbFinding, ...]:
        """The limbs with the highest verdict."""
        best = max((one.verdict for one in self.limbs), default=Verdict.INELIGIBLE)
        return tuple(one for one in self.limbs if one.verdict is best)

    @cached_property
    def why(self) -> tuple[Reason, ...]:
        """The leaves that decide the verdict: the scope's, if it is as low, then the best limbs'."""
        if self.verdict is None:
            return ()
        own = self._deciding_scope(self.verdict)
        limbs = [each for one in self.best_limbs if one.verdict is self.verdict for each in _telling(one.trace)]
        if len(own) + len(limbs) == 1:
            return (self._reason(own[0], "scope") if own else self._reason(limbs[0], "fact"),)
        found: dict[Condition, Reason] = {}
        for each in own:
            found.setdefault(each.condition, self._reason(each, "scope"))
        for each in limbs:
            found.setdefault(each.condition, self._reason(each, "fact"))
        return tuple(found.values())

    @cached_property
    def place(self) -> tuple[Reason, ...]:
        """The leaves that decide the place condition of a row without a verdict; empty for every other row."""
        if self.verdict is not None or self.scope_trace is None:
            return ()
        scope = self.scope_trace
        return tuple({each.condition: self._reason(each, "scope") for each in scope.deciding()}.values())

    def verdict_of(self, limb: LimbFinding) -> Verdict:
        """The verdict of one limb within the row's scope."""
        return limb.verdict if self.scope_verdict is None else min(limb.verdict, self.scope_verdict)

    def why_of(self, limb: LimbFinding) -> tuple[Reason, ...]:
        """The leaves that decide the verdict of one limb: the scope's, if they keep it from more, then its own."""
        held = self.verdict_of(limb)
        found: dict[Condition, Reason] = {}
        if held is not Verdict.ELIGIBLE:
            found |= {each.condition: self._reason(each, "scope") for each in self._deciding_scope(held)}
        for each in _telling(limb.trace) if limb.verdict is held else ():
            found.setdefault(each.condition, self._reason(each, "fact"))
        return tuple(found.values())

    def _deciding_scope(self, held: Verdict) -> tuple[Trace, ...]:
        """The leaves that decide the place condition, if it comes to that verdict; it is traced only then."""
        if self.scope_verdict is not held or self.scope_trace is None:
            return ()
        return self.scope_trace.deciding()

    def _reason(self, found: Trace, kind: ReasonKind) -> Reason:
        """The reason that a leaf gives, made once: parts of a row share most of theirs."""
        known = self._reasons.get((id(found.condition), kind))
        if known is None:  # a reason keeps its condition, so that the identity cannot become another's
            known = self._reasons[id(found.condition), kind] = self._new_reason(found, kind)
        return known

    @cached_property
    def _reasons(self) -> dict[tuple[int, ReasonKind], Reason]:
        return {}

    def _new_reason(self, found: Trace, kind: ReasonKind) -> Reason:
        leaf = found.condition
        nature = "comparison" if isinstance(leaf, (All, Any_, Not)) else kind_of(leaf).nature
        if nature != "comparison":
            kind = nature
        missing = missing_facts(leaf, self.facts, self.rulebook) if found.verdict is Verdict.NEEDS_INFO else ()
        return Reason(kind, found.verdict, leaf, missing[0] if missing else fact_of(leaf), missing)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts whose absence keeps the verdict at `needs_info`; empty for every other verdict."""
        if self.verdict is not Verdict.NEEDS_INFO:
            return ()
        return tuple(dict.fromkeys(fact for reason in self.why for fact in reason.missing))

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """The judgements left to an authority without a recorded finding: the best limbs' first, the scope's last."""
        if not self.limbs:
            return ()
        every = [leaf for one in (*self.best_limbs, *self.limbs) for leaf in one.limb.judgements]
        every += self.measure.scope_judgements
        by_key: dict[str, Judgement] = {}
        for leaf in every:
            if leaf.key not in self.facts.determinations:
                by_key.setdefault(leaf.key, leaf)
        return tuple(by_key.values())

    @cached_property
    def limits(self) -> tuple[LimitFinding, ...]:
        """The limits on a use, from the limbs that decide the verdict, each once."""
        own = {limit.key: limit for one in self.best_limbs for limit in one.limb.limits}
        return tuple([LimitFinding(limit, self.state(limit)) for limit in own.values()])

    @property
    def open_limits(self) -> tuple[Limit, ...]:
        """The limits to confirm; empty where the measure is not open."""
        if self.verdict is None or self.verdict < Verdict.CONDITIONAL:
            return ()
        return tuple([one.limit for one in self.limits if one.state == "unsaid"])

    def state(self, limit: Limit) -> LimitState:
        """What the profile says about a limit."""
        return _STATES[self.facts.limits[limit.key]] if limit.key in self.facts.limits else "unsaid"

    @property
    def to_confirm(self) -> bool:
        """Whether every limb that decides the verdict has a limit that the profile does not mention."""
        return bool(self.best_limbs) and all(
            any(self.state(limit) == "unsaid" for limit in one.limb.limits) for one in self.best_limbs
        )

    @cached_property
    def notes(self) -> tuple[Entry, ...]:
        """The register entries on this row that apply at this place and day."""
        return tuple(entry for entry in self.rulebook.every_entry(self.measure) if self.reaches(entry))

    def reaches(self, entry: Entry) -> bool:
        """Whether an entry is in force on the day asked about and applies at the entity's place."""
        here = not entry.places or stands_in(entry.places, self.facts, self.rulebook) is Verdict.ELIGIBLE
        return entry.in_force(self.facts.as_of) and here


def _telling(limb: Trace) -> tuple[Trace, ...]:
    """The leaves that decide a limb's verdict, without limits that are kept: these are reported separately."""
    told = tuple(
        one for one in limb.deciding() if one.verdict is not Verdict.ELIGIBLE or not isinstance(one.condition, Limit)
    )
    return told or (Trace(All(()), limb.verdict),)


def provisions_for(facts: Facts, rulebook: Rulebook) -> tuple[Provision, ...]:
    """The provisions that apply to an entity; where an investor's origin leaves that open, with the note for that."""
    found = []
    for one in rulebook.provisions:
        if verdict(one.when, facts, rulebook) is Verdict.ELIGIBLE:
            found.append(one)
        elif one.open_note is not None and one.open_origins & _listed_origins(facts):
            found.append(replace(one, note=one.open_note))
    return tuple(found)


def _listed_origins(facts: Facts) -> frozenset[str]:
    """The origins of the investors as they are listed."""
    held = facts.values.get("investors")
    investors = held if isinstance(held, tuple) else ()
    return frozenset(one.origin for one in investors if isinstance(one, Investor))


@dataclass(frozen=True)
class Assessment(Published):
    """The result of a check for one profile: a finding for every measure of the rulebook, in order."""

    rulebook: Rulebook = field(repr=False)
    engine: str
    profile: Profile
    facts: Facts = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    derivation: tuple[Fired, ...] = field(default=(), repr=False)

    @property
    def as_of(self) -> datetime.date:
        """The day asked about."""
        return self.facts.as_of

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def finding(self, row: int, document: str | None = None) -> Finding:
        """The finding of that row. Raises KeyError if there is none."""
        measure = self.rulebook.measure(row, document)
        return next(one for one in self.findings if one.measure.key == measure.key)

    @property
    def counts(self) -> Mapping[Bucket, int]:
        """The number of findings in each bucket; they add up to the number of measures."""
        found = Counter(finding.bucket for finding in self.findings)
        return {bucket: found[bucket] for bucket in BUCKETS}

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """The provisions of the documents' bodies that apply to the whole answer for this entity."""
        return provisions_for(self.facts, self.rulebook)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that the entity can use now, or once an authority agrees."""
        return tuple(f for f in self.findings if f.verdict in (Verdict.ELIGIBLE, Verdict.CONDITIONAL))

    @property
    def to_confirm(self) -> tuple[Finding, ...]:
        """The open findings with limits of which the profile does not say whether they are kept."""
        return tuple(finding for finding in self.open if finding.to_confirm)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The findings that a missing fact keeps undecided."""
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.NEEDS_INFO)
