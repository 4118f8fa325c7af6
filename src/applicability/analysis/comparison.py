"""Several alternatives side by side: other places, other values of a fact, other profiles, other days.

Each alternative is a separate assessment; a comparison only arranges their verdicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from applicability.analysis.plausibility import Plausibility
from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding
from applicability.model.measure import FORCES, Force, Measure, MeasureKey
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.published import Published
from applicability.text import Text

OPEN_BUCKETS: tuple[Bucket, ...] = ("eligible", "conditional")


@dataclass(frozen=True)
class Alternative:
    """One column: its label and its assessment."""

    label: Text
    assessment: Assessment = field(repr=False)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The open findings."""
        return self.assessment.open

    @cached_property
    def open_keys(self) -> frozenset[MeasureKey]:
        """The keys of the open measures."""
        return frozenset(finding.measure.key for finding in self.open)


@dataclass(frozen=True)
class Row:
    """One measure across all alternatives."""

    measure: Measure
    findings: tuple[Finding, ...] = field(repr=False)
    plausible: bool = True  # whether some alternative could come to it without what is implausible for the entity

    @cached_property
    def buckets(self) -> tuple[Bucket, ...]:
        """Its bucket in each alternative."""
        return tuple(finding.bucket for finding in self.findings)

    @property
    def best(self) -> int:
        """The place among the buckets of where it is most open."""
        return min(BUCKETS.index(bucket) for bucket in self.buckets)

    @property
    def differs(self) -> bool:
        """Whether its bucket differs between alternatives."""
        return len(set(self.buckets)) > 1


@dataclass(frozen=True)
class Rank:
    """The rank of an alternative, from 1; ties share a rank.

    `gains` are measures open here and not in the first alternative, `losses` the reverse.
    """

    place: int
    index: int
    alternative: Alternative
    open: int
    gains: tuple[Measure, ...]
    losses: tuple[Measure, ...]


@dataclass(frozen=True)
class Comparison(Published):
    """All alternatives; the first is the baseline."""

    rulebook: Rulebook = field(repr=False)
    alternatives: tuple[Alternative, ...]
    measures: tuple[Measure, ...] = field(repr=False)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every measure chosen: those that differ first, and among these the plausible and most open ones."""
        found = [{finding.measure.key: finding for finding in one.assessment.findings} for one in self.alternatives]
        rows = [Row(measure, tuple(one[measure.key] for one in found)) for measure in self.measures]
        known = [Plausibility(one.assessment.facts, self.rulebook) for one in self.alternatives]
        told = [replace(row, plausible=_plausible(row, known)) if row.differs else row for row in rows]
        return tuple(sorted(told, key=lambda row: (not row.differs, not row.plausible, row.differs and row.best)))

    @cached_property
    def totals(self) -> tuple[Mapping[Bucket, int], ...]:
        """For each alternative the number of selected measures in each bucket."""
        every = [Counter(row.buckets[index] for row in self.rows) for index in range(len(self.alternatives))]
        return tuple({bucket: count[bucket] for bucket in BUCKETS} for count in every)

    @cached_property
    def forces(self) -> tuple[Mapping[Force, int], ...]:
        """For each alternative the number of its open measures of each force."""
        found = []
        for index in range(len(self.alternatives)):
            count = Counter(
                row.findings[index].force for row in self.rows if row.findings[index].bucket in OPEN_BUCKETS
            )
            found.append({force: count[force] for force in FORCES})
        return tuple(found)

    @cached_property
    def ranking(self) -> tuple[Rank, ...]:
        """The alternatives by open measures, then by eligible ones, most first."""
        chosen = {measure.key: measure for measure in self.measures}
        own = [{key for key in one.open_keys if key in chosen} for one in self.alternatives]
        certain = [total["eligible"] for total in self.totals]
        order = sorted(range(len(own)), key=lambda index: (-len(own[index]), -certain[index], index))
        ranks: list[Rank] = []
        for place, index in enumerate(order, 1):
            score = (len(own[index]), certain[index])
            shared = ranks and (len(own[ranks[-1].index]), certain[ranks[-1].index]) == score
            ranks.append(
                Rank(
                    ranks[-1].place if shared else place,
                    index,
                    self.alternatives[index],
                    len(own[index]),
                    tuple(one for key, one in chosen.items() if key in own[index] - own[0]),
                    tuple(one for key, one in chosen.items() if key in own[0] - own[index]),
                )
            )
        return tuple(ranks)


def _plausible(row: Row, known: Sequence[Plausibility]) -> bool:
    """Whether a measure is not shut to every alternative, supposing that nothing implausible is so."""
    condition = row.measure.condition
    if condition is None or any(one.open for one in known):
        return True
    if not any(one.concerns(row.measure) for one in known):
        return False
    verdicts = [finding.verdict for finding in row.findings]
    if any(verdict is not None and verdict >= Verdict.CONDITIONAL for verdict in verdicts):
        return True
    left = (one for one, verdict in zip(known, verdicts, strict=True) if verdict is not Verdict.INELIGIBLE)
    return any(one.supposing(condition) is not Verdict.INELIGIBLE for one in left)
