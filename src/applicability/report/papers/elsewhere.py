"""What is open elsewhere than for the entity itself: each measure in full, as it stands in what is compared with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from applicability.analysis.comparison import OPEN_BUCKETS, Alternative, Comparison
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Assessment, Bucket, Finding
from applicability.model.measure import FORCES, MeasureKey
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.paper import Block, Heading, Paragraph, Table, same
from applicability.report.papers.awaited import Waiting, steps_of
from applicability.report.papers.comparison_labels import at
from applicability.report.papers.comparison_matrix import nearby
from applicability.report.papers.instruments import opened_by, rests_on_one
from applicability.report.papers.leads import before_rows, before_rows_compared
from applicability.report.papers.rows import RowWriter, marked_number
from applicability.report.papers.texts import counted, joined, say
from applicability.report.papers.texts_of_rows import OPEN as OPEN_BY_FORCE, OPEN_MEANS
from applicability.text import Text

_FEW = 3  # places that are told each on a line
# What is said of measures in a paper, from what says most to what says least.
_TOLD: tuple[Bucket, ...] = ("eligible", "conditional", "needs_info")


def by_result(found: Iterable[tuple[Text, Bucket]], comparison: Comparison) -> Text:
    """Which alternatives have which result, on one line."""
    by_bucket: dict[Bucket, list[Text]] = {}
    for label, bucket in found:
        by_bucket.setdefault(bucket, []).append(label)
    told = []
    for bucket, labels in by_bucket.items():
        result, names, where = w.BUCKETS[bucket], s.listed(labels, s.AND), at(labels, comparison)
        told.append(Text(f"{result.zh}：{names.zh}", f"{result.en.lower()} {where.en}"))
    return joined(told)


def _terms(finding: Finding) -> tuple[object, ...]:
    """What a result rests on but for the place: the parts that decide, and what is left to an authority."""
    return finding.bucket, [one.limb.id for one in finding.best_limbs], finding.judgements, rests_on_one(finding)


@dataclass(frozen=True)
class Elsewhere:
    """The alternatives of a comparison beside the assessment that a paper is of.

    Without an assessment every alternative counts, and only measures that differ among them are told.
    """

    comparison: Comparison
    assessment: Assessment | None = None

    @cached_property
    def others(self) -> tuple[Alternative, ...]:
        """The alternatives that are not the assessment itself over again."""
        own = self.assessment
        return tuple(one for one in self.comparison.alternatives if own is None or one.assessment.facts != own.facts)

    @cached_property
    def own(self) -> Text:
        """What to call the assessment itself."""
        every = (one for one in self.comparison.alternatives if one not in self.others)
        return next((one.label for one in every), say("as_given"))

    @property
    def is_named(self) -> bool:
        """Whether one of those compared is the assessment itself, by the name of its place."""
        if self.assessment is None or len(self.others) == len(self.comparison.alternatives):
            return False
        here, gazetteer = self.assessment.facts.whereabouts, self.comparison.rulebook.gazetteer
        return self.own.zh in {gazetteer.name(one) for one in (*here.divisions, *(here.zones or ()))}

    @cached_property
    def _writers(self) -> tuple[RowWriter, ...]:
        told = self.assessment is not None  # then its paper has a part with the readings
        return tuple(RowWriter(one.assessment.rulebook, one.assessment.facts, told) for one in self.others)

    @property
    def rows(self) -> RowWriter:
        """What writes the rows of the first of them."""
        return self._writers[0]

    @cached_property
    def _compared(self) -> frozenset[MeasureKey]:
        """The measures to tell of."""
        rows = (row for row in self.comparison.rows if row.differs or self.assessment is not None)
        return frozenset(row.measure.key for row in rows)

    def _found(self, *buckets: Bucket) -> dict[MeasureKey, list[tuple[int, Finding]]]:
        """The findings in some buckets, with the place of their alternative, by measure."""
        told = {one.measure.key for one in self.assessment.open} if self.assessment is not None else set()
        chosen = self._compared if buckets == ("pending",) else self._compared - told
        found: dict[MeasureKey, list[tuple[int, Finding]]] = {}
        for index, one in enumerate(self.others):
            for finding in one.assessment.findings:
                if finding.measure.key in chosen and finding.bucket in buckets:
                    found.setdefault(finding.measure.key, []).append((index, finding))
        return found

    @cached_property
    def open(self) -> tuple[tuple[tuple[int, Finding], ...], ...]:
        """For each measure that is open elsewhere its findings there, the most open first."""
        found = self._found(*OPEN_BUCKETS).values()
        return tuple(tuple(sorted(one, key=lambda each: BUCKETS.index(each[1].bucket))) for one in found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that the blocks tell of."""
        told = [finding for bucket in _TOLD for finding in self._all(bucket)]
        return (*told, *(finding for one in self.waiting() for finding in one.likely))

    def _all(self, bucket: Bucket) -> Iterator[Finding]:
        for one in self._found(bucket).values():
            yield from (finding for _, finding in one)

    def waiting(self) -> Iterator[Waiting]:
        """What waits, for each alternative."""
        every = self._found("pending").values()
        for index, one in enumerate(self.others):
            own = [finding for found in every for place, finding in found if place == index]
            yield Waiting(self._writers[index], own, one.label)

    def tells_each_step(self) -> bool:
        """Whether all that waits for an official step does so for one that the part on these steps tells of."""
        every = [one for each in self.waiting() for one in each.findings]
        told = {step for each in self.waiting() for one in each.likely for step in steps_of(one)}
        return bool(every) and all(steps_of(one) and told.issuperset(steps_of(one)) for one in every)

    def blocks(self, level: int = 1) -> Iterator[Block]:
        """The measures that are open elsewhere in full, and what could not be settled there."""
        if self.open:
            yield Heading(say("elsewhere" if self.assessment is not None else "elsewhere_alone"), level)
            yield Paragraph(say("elsewhere_lead" if self.assessment is not None else "elsewhere_alone_lead"), "soft")
            first = [found[0][1] for found in self.open]
            told = {one.force for one in self.assessment.open} if self.assessment is not None else set()
            if self.assessment is None:
                yield from before_rows_compared(self.comparison.rulebook, first)
            elif not self.assessment.open:  # else the paper has told it already
                yield from before_rows(self.comparison.rulebook, first)
            for force in FORCES:
                own = [found for found in self.open if found[0][1].force == force]
                if own:
                    yield Heading(counted(OPEN_BY_FORCE[force], len(own)), level + 1)
                    if force not in told:
                        yield Paragraph(OPEN_MEANS[force], "soft")
                for found in own:
                    yield from self._full(found)
        yield from self._unsettled(level)

    @cached_property
    def _near(self) -> dict[MeasureKey, Text]:
        if self.assessment is None:
            return {}
        keys = {found[0][1].measure.key for found in self.open}
        return nearby(Alternative(self.own, self.assessment), keys, self.comparison)

    def in_zones(self) -> Iterator[Text]:
        """Which of what is open elsewhere would be open for the entity itself, too, in a zone of its own city."""
        yield from self._near.values()

    def _full(self, found: Sequence[tuple[int, Finding]]) -> Iterator[Block]:
        index, finding = found[0]
        if len(found) > _FEW:
            where = [by_result([(self.others[index].label, one.bucket) for index, one in found], self.comparison)]
        else:
            where = [self._where(index, one) for index, one in found]
        where += [zones for key, zones in self._near.items() if key == finding.measure.key]
        yield from self._writers[index].full(finding, [(say("elsewhere_where"), tuple(where))])

    def beside(self, finding: Finding) -> list[Text]:
        """How a measure that is open for the entity itself stands with the others, and whether on the same terms."""
        if not self.others:
            return []
        found = [(index, one) for index, other in enumerate(self.others) for one in other.assessment.findings]
        alike = [(index, one) for index, one in found if one.measure.key == finding.measure.key]
        others = ((self.others[index].label, one.bucket) for index, one in alike)
        told = [by_result([(self.own, finding.bucket), *others], self.comparison)]
        same_terms = self.on_same_terms(finding)
        if same_terms:
            told = [joined([*told, say("same_terms", where=at(same_terms, self.comparison))])]
        by_instrument = [
            self.others[index].label for index, one in alike if rests_on_one(one) and not rests_on_one(finding)
        ]
        if by_instrument:
            where = at(by_instrument, self.comparison)
            seen = any(opened_by(finding))  # then the instrument stands under the same item
            told.append(
                say("other_terms_see", where=where, part=say("register")) if seen else say("other_terms", where=where)
            )
        return told

    def on_same_terms(self, finding: Finding) -> list[Text]:
        """The others in which a measure that is open for the entity itself is open on the same terms."""
        return [
            other.label
            for other in self.others
            for one in other.assessment.findings
            if one.measure.key == finding.measure.key and _terms(one) == _terms(finding)
        ]

    def _where(self, index: int, finding: Finding) -> Text:
        label, verdict = self.others[index].label, w.BUCKETS[finding.bucket]
        return Text(f"{label.zh}：{verdict.zh}", f"{label.en}: {verdict.en}")

    def _unsettled(self, level: int) -> Iterator[Block]:
        """What misses a fact elsewhere, and is settled for the entity itself."""
        own = {one.measure.key for one in self.assessment.undecided} if self.assessment is not None else set()
        found = [one for key, one in self._found("needs_info").items() if key not in own]
        if not found:
            return
        yield Heading(say("elsewhere_needs"), level)
        heads = (say("row"), say("rows"), say("elsewhere_where"), say("missing"))
        yield Table(heads, tuple(self._line(one) for one in found), (9, 41, 20, 30))

    def _line(self, found: Sequence[tuple[int, Finding]]) -> tuple[Text, ...]:
        measure, labels = found[0][1].measure, [self.others[index].label for index, _ in found]
        facts = dict.fromkeys(fact for _, finding in found for fact in finding.missing)
        names = Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
        return same(marked_number(measure)), measure.title, names, self._writers[0].renderer.labels(facts)
