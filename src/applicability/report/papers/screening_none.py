"""What is open to no company, in a screening's paper: by what it would take, then what has no verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Bucket
from applicability.model.measure import Measure
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.paper import Block, Heading, Paragraph, same
from applicability.report.papers.rows import items_text, marked_number, measure_list
from applicability.report.papers.screening_open import OpenMeasures, open_to
from applicability.report.papers.screening_steps import TITLE as STEPS
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.side_by_side import side_by_side
from applicability.report.papers.texts import appendix, joined, say, sentence
from applicability.report.screening.json import TallyModel
from applicability.text import Text

_LEFT: tuple[Bucket, ...] = ("needs_info", "pending", "ineligible")


@dataclass(frozen=True)
class OpenToNone:
    """The measures that no company can use yet, and those on which there are no verdicts."""

    open: OpenMeasures

    @cached_property
    def apart(self) -> list[Measure]:
        """The measures on which no company has a verdict: duties of authorities, and those whose text is lost."""
        keys = map(_parted, self.open.summary.without_verdicts)
        return [self.open.rulebook.measure(int(row), document) for document, row in keys]

    @property
    def lost(self) -> list[Measure]:
        """Those of them whose text is lost."""
        return [one for one in self.apart if one.lost]

    @cached_property
    def _groups(self) -> dict[Bucket, list[TallyModel]]:
        """The measures by the best that can be said of any company, what is unsettled most often first; those that wait
        for a step stand beside those that miss facts as well.
        """
        groups: dict[Bucket, list[TallyModel]] = {bucket: [] for bucket in _LEFT}
        for one in self.open.summary.measures:
            if open_to(one):
                continue
            if one.needs_info or not one.pending:
                groups["needs_info" if one.needs_info else "ineligible"].append(one)
            if one.pending:
                groups["pending"].append(one)
        return {
            bucket: sorted(
                group,
                key=lambda one: (-(one.worth_asking or 0) if bucket == "needs_info" else 0, -getattr(one, bucket)),
            )
            for bucket, group in groups.items()
            if group
        }

    def blocks(self) -> Iterator[Block]:
        """A part on all of them, or nothing."""
        groups, measure = self._groups, self.open.measure
        if not groups and not self.apart:
            return
        yield Heading(appendix(WORDS["none_open"]))
        if groups:
            yield Paragraph(sentence(self._lead()), "soft")
        for bucket, own in groups.items():
            yield Heading(_count(f"none_{bucket}", len(own)), 2)
            if bucket == "pending":  # how many verdicts of each, and why, stands with the steps
                yield Paragraph(
                    s.say(
                        WORDS["pending_see"],
                        rows=items_text(map(self._marked, sorted(own, key=lambda one: one.row))),
                        part=STEPS,
                    )
                )
            elif bucket == "ineligible":
                yield Paragraph(measure_list(map(measure, own)))
            else:
                yield from self._missing(own)
        for key, apart in (
            ("none_duty", [one for one in self.apart if one.binds_authorities_only]),
            ("none_lost", self.lost),
        ):
            if apart:
                yield Heading(_count(key, len(apart)), 2)
                yield Paragraph(WORDS[f"{key}_lead"], "soft")
                if key == "none_duty":
                    yield side_by_side((say("rows"),), [(measure_list([one]),) for one in apart], (50,))
                else:
                    yield Paragraph(measure_list(apart))

    def _missing(self, own: list[TallyModel]) -> Iterator[Block]:
        """The measures for which facts are missing, each by title with how many companies it seems sensible to ask;
        last those for which it seems sensible to ask nobody.
        """
        asked = {(one.document, one.row): one.worth_asking for one in own}
        told = [one for one in own if asked[one.document, one.row] != 0]
        counts = [one.needs_info if one.worth_asking is None else one.worth_asking for one in told]
        rows = [
            (measure_list([self.open.measure(one)]), same(f"{count:,}"))
            for one, count in zip(told, counts, strict=True)
        ]
        counted = any(one.worth_asking is not None for one in own)
        yield side_by_side(
            (say("rows"), WORDS["to_ask"] if counted else w.BUCKETS["needs_info"]), rows, (37, 13), right=(1,)
        )
        if rest := [one for one in own if one not in told]:
            named = measure_list(map(self.open.measure, sorted(rest, key=lambda one: one.row)))
            yield Paragraph(s.say(WORDS["none_left"], rows=named, count=str(len(rest))))

    def _marked(self, one: TallyModel) -> str:
        return marked_number(self.open.measure(one))

    def _lead(self) -> Iterator[Text]:
        """How the measures are told apart, with those that stand in two groups, so that the figures add up."""
        groups = self._groups
        every = {(one.document, one.row) for own in groups.values() for one in own}
        counts = [s.say(WORDS[f"none_counted_{bucket}"], count=str(len(own))) for bucket, own in groups.items()]
        yield s.say(WORDS["none_sum"], count=str(len(every)), groups=joined(counts))
        twice = [one for one in groups.get("pending", ()) if one in groups.get("needs_info", ())]
        if twice:
            rows = items_text(map(self._marked, sorted(twice, key=lambda one: one.row)))
            whole = sum(map(len, groups.values()))
            yield s.say(WORDS["none_twice"], rows=rows, count=str(len(twice)), sum=str(whole))
        if "needs_info" in groups and self.open.summary.asks:
            yield s.say(WORDS["none_asked"], part=WORDS["asks"])
        if any(self.open.measure(one).narrower_reading for own in groups.values() for one in own):
            yield WORDS["marked_list"]


def _parted(key: str) -> tuple[str, str]:
    document, _, row = key.rpartition(":")
    return document, row


def _count(key: str, count: int) -> Text:
    return s.say(WORDS[key], count=str(count))
