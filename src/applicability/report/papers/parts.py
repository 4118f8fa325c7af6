"""The parts of a row in a paper: which is open, to whom, why, and on which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from applicability.lazy_dataclass import dataclass, field
from applicability.model.assessment import Assessment, Finding, LimbFinding, bucket_of
from applicability.model.conditions import Does, InSector, Judgement, Number, OneOf, leaves
from applicability.model.evaluate import leaf_verdict
from applicability.model.measure import Limb
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.addressees import addressees
from applicability.report.language.for_others import for_others
from applicability.report.language.limb_words import limb_english, limb_words
from applicability.report.language.reasons import FindingText, ReasonText
from applicability.report.language.translated import beside_row
from applicability.report.layout.paper import Quote
from applicability.report.papers.force import force_in_short
from applicability.report.papers.texts import joined, say
from applicability.text import Text

_FORCE = Text("力度：{force}", "force: {force}")
Item = Text | Quote
Pair = tuple[Text, tuple[Item, ...]]


@dataclass(frozen=True)
class RowParts:
    """The parts of one finding's row; a plain row has none."""

    rulebook: Rulebook
    finding: Finding
    own: Mapping[str, Text] = field(default_factory=dict)  # of parts for another entity of its own, what is so of them

    @property
    def limbs(self) -> tuple[Limb, ...]:
        """The parts, if there are several."""
        return self.finding.measure.limbs if len(self.finding.measure.limbs) > 1 else ()

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """The findings to make that are asked by parts which do not decide the row: they are told with these."""
        if not self.limbs:
            return ()
        scope = self.finding.measure.scope
        deciding = [*(one.limb.when for one in self.finding.best_limbs), *((scope,) if scope is not None else ())]
        shared = {leaf for condition in deciding for leaf in leaves(condition)}
        return tuple(one for one in self.finding.judgements if one not in shared)

    @property
    def has_others(self) -> bool:
        """Whether a part is for somebody else than the entity."""
        return any(True for _ in self.for_others())

    def for_others(self) -> Iterator[tuple[int, Limb, Text]]:
        """The parts that are for somebody else than the entity: their number, and whom they are for."""
        by_id = {one.limb.id: one for one in self.finding.limbs}
        for number, limb in enumerate(self.limbs, 1):
            whom = self._others(by_id[limb.id]) if limb.id in by_id else None
            if whom is not None:
                yield number, limb, whom

    def pairs(self, *, inside: bool = False) -> Iterator[Pair]:
        """One pair for each part; `inside` what is told of the row, which has its reasons and says where words stand,
        with the words of the part.
        """
        by_id = {one.limb.id: one for one in self.finding.limbs}
        for number, limb in enumerate(self.limbs, 1):
            found = by_id.get(limb.id)
            told = (say("limb_duty", title=limb.title),) if found is None else self._told(found, inside=inside)
            yield say("limb", number=str(number)), (*told, *([self._words(limb)] if inside else ()))

    @cached_property
    def _reasons(self) -> Mapping[str, tuple[ReasonText, ...]]:
        return {one.limb.id: one.why for one in FindingText(self.finding).parts}

    def _told(self, found: LimbFinding, *, inside: bool) -> tuple[Text, ...]:
        limb, verdict = found.limb, self.finding.verdict_of(found)
        english = beside_row(self.rulebook, self.finding.measure, "en")
        who = addressees(self.rulebook, self.finding.measure, limb, s.OR)
        others = self._others(found)
        forces = {one.force for one in self.finding.measure.usable}
        force = [s.say(_FORCE, force=force_in_short(self.finding.measure, [limb]))] if len(forces) > 1 else []
        if others is not None:
            own = self.own.get(limb.id)
            key = "limb_others" if own is None else "limb_own"
            told = [joined([say(key, title=limb.title, who=others, told=own or ""), *force])]
        else:
            reasons = joined([one.message for one in self._reasons[limb.id]])
            told = [say("limb_line", title=limb.title, verdict=w.BUCKETS[bucket_of(verdict)], who=who)]
            told = [joined([*told, *force])]
            if not (inside and self.finding.best_limbs == (found,) and verdict is Verdict.ELIGIBLE):
                told.append(say("limb_why", reasons=Text(reasons.zh, english(reasons.en))))
        decides = found in self.finding.best_limbs
        if limb.limits and not decides:
            told.append(say("limb_limits", limits=joined([one.label for one in limb.limits])))
        if not decides and others is None:
            key = "limb_find_then" if verdict < Verdict.CONDITIONAL else "limb_find"
            left = [leaf for leaf in leaves(limb.when) if leaf in self.judgements and isinstance(leaf, Judgement)]
            told += [say(key, authority=one.authority, about=one.about) for one in dict.fromkeys(left)]
        return tuple(told)

    def _others(self, found: LimbFinding) -> Text | None:
        """Whom a part is for where it is for somebody else than the entity; None where it is for the entity."""
        return for_others(self.finding, found)

    def _words(self, limb: Limb) -> Quote:
        """The words of a part; that they are of the row above them, what stands before all rows tells."""
        measure = self.finding.measure
        return Quote(limb_words(measure, limb), limb_english(self.rulebook, measure, limb), None, marked=True)


def parts_before(assessment: Assessment) -> Iterator[tuple[Finding, tuple[int, ...]]]:
    """The measures with parts for people of whoever sets an entity up, where the place is met; with these parts, by
    number. A part that asks of the entity what the plan says of it is for when it is set up.
    """
    for one in assessment.findings:
        if one.scope_verdict is Verdict.ELIGIBLE and one.bucket in ("eligible", "conditional", "needs_info"):
            others = RowParts(assessment.rulebook, one).for_others()
            parts = tuple(number for number, limb, _ in others if not _asks_of_it(limb, assessment))
            if parts:
                yield one, parts


def _asks_of_it(limb: Limb, assessment: Assessment) -> bool:
    """Whether a part for others asks of the entity, too, what is so once it is set up: a share, an activity."""
    own = (one for one in leaves(limb.when) if isinstance(one, (OneOf, Number, Does, InSector)))
    return any(leaf_verdict(one, assessment.facts, assessment.rulebook) is Verdict.ELIGIBLE for one in own)
