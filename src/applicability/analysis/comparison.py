"""Several alternatives side by side: other places, other values of a fact, other profiles, other days.

Each alternative is an assessment of its own; a comparison adds nothing to the verdicts, it only lays them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from applicability.lazy_dataclass import dataclass, field
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding
from applicability.model.rulebook import FORCES, Force, Measure, MeasureKey, Rulebook
from applicability.published import Published
from applicability.text import Text

OPEN: tuple[Bucket, ...] = ("eligible", "conditional")


@dataclass(frozen=True)
class Alternative:
    """One column: what it is called, and its assessment."""

    label: Text
    assessment: Assessment = field(repr=False)

    @property
    def open(self) -> tuple[Finding, ...]:
        """What is open in it."""
        return self.assessment.open

    @cached_property
    def open_keys(self) -> frozenset[MeasureKey]:
        """The rows that are open in it."""
        return frozenset(finding.measure.key for finding in self.open)


@dataclass(frozen=True)
class Row:
    """One measure across all alternatives."""

    measure: Measure
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """How it stands in each alternative."""
        return tuple(finding.bucket for finding in self.findings)

    @property
    def best(self) -> int:
        """The place among the buckets of where it is most open."""
        return min(BUCKETS.index(bucket) for bucket in self.buckets)

    @property
    def differs(self) -> bool:
        """Whether the alternatives are not all alike in it."""
        return len(set(self.buckets)) > 1


@dataclass(frozen=True)
class Rank:
    """The place of an alternative among all, from 1; those with as much open share one.

    `gains` are rows open here and not in the first alternative, `losses` the other way round.
    """

    place: int
    index: int
    alternative: Alternative
    open: int
    gains: tuple[Measure, ...]
    losses: tuple[Measure, ...]


@dataclass(frozen=True)
class Comparison(Published):
    """All alternatives, the first of which is what the others are held against."""

    rulebook: Rulebook = field(repr=False)
    alternatives: tuple[Alternative, ...]
    measures: tuple[Measure, ...] = field(repr=False)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every measure chosen: those that differ first, and among these the ones that are most open somewhere."""
        found = [{finding.measure.key: finding for finding in one.assessment.findings} for one in self.alternatives]
        rows = [Row(measure, tuple(one[measure.key] for one in found)) for measure in self.measures]
        return tuple(sorted(rows, key=lambda row: (not row.differs, row.differs and row.best)))

    @cached_property
    def totals(self) -> tuple[Mapping[Bucket, int], ...]:
        """For each alternative how many of the measures chosen stand in each part."""
        every = [Counter(row.buckets[index] for row in self.rows) for index in range(len(self.alternatives))]
        return tuple({bucket: count[bucket] for bucket in BUCKETS} for count in every)

    @cached_property
    def forces(self) -> tuple[Mapping[Force, int], ...]:
        """For each alternative how many of its open measures are of each force."""
        found = []
        for index in range(len(self.alternatives)):
            count = Counter(row.findings[index].force for row in self.rows if row.findings[index].bucket in OPEN)
            found.append({force: count[force] for force in FORCES})
        return tuple(found)

    @cached_property
    def ranking(self) -> tuple[Rank, ...]:
        """The alternatives from the most open measures down; among as many, those with more eligible first."""
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
