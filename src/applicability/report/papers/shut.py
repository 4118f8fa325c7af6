"""What is shut in a paper, by reason: for a row that a change would open, by the reasons that this change removes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from applicability.analysis.edited import edited
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding, Reason
from applicability.model.conditions import All, Any_, Condition, bare
from applicability.model.derive import derive
from applicability.model.evaluate import verdict
from applicability.model.rulebook import MeasureKey
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText, ReasonText
from applicability.report.papers.changes import nearest_change
from applicability.report.papers.rows import RowWriter
from applicability.report.papers.texts import joined, say
from applicability.text import Text


@dataclass(frozen=True)
class Shut:
    """The reasons of shut measures, beside the changes that the paper tells of."""

    rows: RowWriter
    prospects: Sequence[Prospect] = ()

    def by_reason(self, found: Sequence[Finding]) -> list[tuple[Text, list[Finding]]]:
        """Measures by reason where several share it, and the others by what they ask about; the largest group first."""
        exact: dict[Text, list[Finding]] = {}
        for one in found:
            exact.setdefault(self._exact(one), []).append(one)
        merged: dict[Text, list[Finding]] = {}
        for reason, own in exact.items():
            merged.setdefault(self._alike(own[0]) if len(own) == 1 else reason, []).extend(own)
        told = [(self._exact(own[0]) if len(own) == 1 else label, own) for label, own in merged.items()]
        return sorted(told, key=lambda item: -len(item[1]))

    def reasons(self, finding: Finding) -> tuple[ReasonText, ...]:
        """The reasons that the change which the paper names would remove; without a change, the first."""
        told, change = FindingText(finding), self._changes.get(finding.measure.key)
        removed = self._removed(finding, change) if change is not None else []
        return told.told(removed) or told.why[:1]

    @cached_property
    def _changes(self) -> Mapping[MeasureKey, Change]:
        plausibility = Plausibility(self.rows.facts, self.rows.rulebook)
        found = {one.finding.measure.key: nearest_change(one, plausibility) for one in self.prospects}
        return {key: change for key, change in found.items() if change is not None}

    def _removed(self, finding: Finding, change: Change) -> list[Reason]:
        """The reasons that no longer hold once the change is made."""
        book = self.rows.rulebook
        after, _ = derive(edited(finding.facts, change.edits, book).given, book)
        return [one for one in finding.why if verdict(one.condition, after, book) > one.verdict]

    def _exact(self, finding: Finding) -> Text:
        messages = [one.message for one in self.reasons(finding)]
        if not messages:
            return w.MEANINGS[finding.bucket]
        told = self.rows.beside(finding)(joined(messages))
        return say("one_way", reason=told) if self._is_one_way(finding, messages) else told

    def _is_one_way(self, finding: Finding, messages: Sequence[Text]) -> bool:
        """Whether a reason told is of one way among several, each of which opens the measure."""
        told = FindingText(finding)
        own = [
            bare(one.condition)
            for one in finding.why
            if one.kind == "fact" and any(each.message in messages for each in told.told([one]))
        ]
        ways = [bare(limb.when) for limb in finding.measure.usable]
        return any(not all(_asks(way, leaf) for way in ways) for leaf in own)

    def _alike(self, finding: Finding) -> Text:
        """What it shares with other rows that ask for something of their own: the place, and what they ask about."""
        reasons = self.reasons(finding)
        place = [one.message for one in reasons if one.kind == "scope"]
        facts = dict.fromkeys(one.fact for one in reasons if one.kind != "scope" and one.fact is not None)
        if not facts:
            return self._exact(finding)
        labels = s.listed([self.rows.renderer.label(fact) for fact in facts], s.AND)
        if place:
            return joined([*place, say("own_also", label=labels)])
        return say("own", label=Text(labels.zh, f"{labels.en[:1].upper()}{labels.en[1:]}"))


def _asks(condition: Condition, leaf: Condition) -> bool:
    """Whether a condition cannot be met without the leaf; both without their grounds."""
    match condition:
        case All(parts):
            return any(_asks(part, leaf) for part in parts)
        case Any_(parts):
            return bool(parts) and all(_asks(part, leaf) for part in parts)
        case _:
            return condition == leaf
