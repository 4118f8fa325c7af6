"""The parts of a row in a paper: which is open, to whom, why, and on which words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Finding, LimbFinding
from applicability.model.conditions import Judgement, OneOf, leaves
from applicability.model.rulebook import INDIVIDUAL, Limb, Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.limb_words import limb_english, limb_words
from applicability.report.language.reasons import FindingText
from applicability.report.language.translated import beside_row
from applicability.report.layout.paper import Quote
from applicability.report.papers.texts import joined, say
from applicability.text import Text

Item = Text | Quote
Pair = tuple[Text, tuple[Item, ...]]


@dataclass(frozen=True)
class RowParts:
    """The parts of one finding's row; a plain row has none."""

    rulebook: Rulebook
    finding: Finding

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

    def pairs(self) -> Iterator[Pair]:
        """One pair for each part."""
        by_id = {one.limb.id: one for one in self.finding.limbs}
        for number, limb in enumerate(self.limbs, 1):
            found = by_id.get(limb.id)
            told = (say("limb_duty", title=limb.title),) if found is None else self._told(found)
            yield say("limb", number=str(number)), (*told, self._words(limb))

    def _told(self, found: LimbFinding) -> tuple[Text, ...]:
        limb, verdict = found.limb, self._verdict(found)
        english = beside_row(self.rulebook, self.finding.measure, "en")
        who = s.listed([w.ADDRESSEES[one] for one in limb.addressee], s.OR)
        line = say("limb_line", title=limb.title, verdict=w.BUCKETS[BUCKETS[4 - verdict]], who=who)
        if self._is_of_others(found):
            line = say("limb_others", title=limb.title, who=who)
        reasons = joined([one.message for one in FindingText(self.finding).why_of(found)])
        told = [line, say("limb_why", reasons=Text(reasons.zh, english(reasons.en)))]
        decides = found in self.finding.best_limbs
        if limb.limits and not decides:
            told.append(say("limb_limits", limits=joined([one.label for one in limb.limits])))
        if not decides:
            key = "limb_find_then" if verdict < Verdict.CONDITIONAL else "limb_find"
            own = [leaf for leaf in leaves(limb.when) if leaf in self.judgements and isinstance(leaf, Judgement)]
            told += [say(key, authority=one.authority, about=one.about) for one in dict.fromkeys(own)]
        return tuple(told)

    def _is_of_others(self, found: LimbFinding) -> bool:
        """Whether a part is for persons other than the entity: for individuals alone, and the entity is none.

        What an entity is stands in a fact with one value that it cannot change.
        """
        if found.limb.addressee != (INDIVIDUAL,) or self.finding.scope_verdict is Verdict.INELIGIBLE:
            return False
        failing = (one.condition for one in found.trace.deciding() if one.verdict is Verdict.INELIGIBLE)
        asked = (self.rulebook.facts[leaf.fact] for leaf in failing if isinstance(leaf, OneOf))
        return any(fact.type == "choice" and fact.movable == "fixed" for fact in asked)

    def _verdict(self, found: LimbFinding) -> Verdict:
        """The verdict of a part within the row's scope."""
        scope = self.finding.scope_verdict
        return found.verdict if scope is None else min(found.verdict, scope)

    def _words(self, limb: Limb) -> Quote:
        measure = self.finding.measure
        document = self.rulebook.documents[measure.document]
        where = say("row_where", number=document.cited, item=document.item(measure.row))
        return Quote(limb_words(measure, limb), limb_english(self.rulebook, measure, limb), where)
