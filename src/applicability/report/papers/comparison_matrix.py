"""The rows of a comparison that differ, each with its result in every alternative, and why where it is not open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from applicability.analysis.comparison import OPEN_BUCKETS, Alternative, Comparison, Row
from applicability.analysis.minimal_changes import Changes
from applicability.lazy_dataclass import dataclass, field
from applicability.model.assessment import Bucket, Finding, Reason
from applicability.model.conditions import Ground, Step
from applicability.model.evaluate import Trace
from applicability.model.measure import Measure, MeasureKey
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.edits import is_near, option
from applicability.report.language.render_condition import ConditionRenderer, ground_of
from applicability.report.layout.buckets import FILLS, PAPER_MARKS
from applicability.report.layout.paper import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Quote,
    Table,
    TableCell,
    same,
    with_words,
)
from applicability.report.papers.brief_words import each_in_short
from applicability.report.papers.comparison_labels import at
from applicability.report.papers.rows import RowWriter, marked_number
from applicability.report.papers.shut import Shut
from applicability.report.papers.texts import joined, say
from applicability.report.papers.wide_tables import parted
from applicability.text import Text

_NAMED = 3  # zones that are named
_QUOTES = 2  # passages quoted for one reason
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = {
    "measure": Text("措施", "Measure"),
    "marked": Text("{cell}（{mark}）", "{cell} ({mark})"),
    "nearby": Text("{cell}；设在当地功能区的可用，见表后", "{cell}; open in a zone there, see below the table"),
    "also_in": Text("第{row}项{where}也可用，须设在：{zones}", "Item {row} is open {where} too, within: {zones}"),
    "also_in_each": Text(
        "第{row}项在下列各处也可用，须设在所列之处：{zones}", "Item {row} is open in each of these too, within: {zones}"
    ),
    "zones_of": Text("{label}：{zones}", "{label}: {zones}"),
    "only_within": Text("{where}只限设在{zones}", "{where} only within {zones}"),
    "and_more": Text("{shown}等{count}处", "{shown} ({count} places in all)"),
    "mark": Text("标记", "Mark"),
    "reasons": Text("字母所指的原因", "The reasons that the letters stand for"),
    "why": Text(
        "为何不可用或尚不可用；引号内为所依原文",
        "Why it is not open, or not yet; the words it rests on (their English is unofficial)",
    ),
    "lead": Text(
        "括号内的字母指“{part}”所列的原因。",
        "The letters in brackets stand for the reasons under “{part}”.",
    ),
    "waits": Text("取决于{steps}；本报告不能判断", "depends on {steps}; this report cannot say whether it is open"),
    "waits_see": Text(
        "取决于{steps}；本报告不能判断，见“{part}”",
        "depends on {steps}; this report cannot say whether it is open: see “{part}”",
    ),
    "besides": Text("{told}；具备之后仍取决于{steps}", "{told}; even then it would depend on {steps}"),
    "same_words": Text("{told}（所依原文同{mark}）", "{told} (on the same words as {mark})"),
    "missing": Text("尚缺事实：{facts}", "a fact is missing: {facts}"),
}


@dataclass(frozen=True)
class _CellReason:
    """A reason, with the measures and grounds that it was told for."""

    mark: str
    told: Text
    grounds: list[tuple[Measure, Ground]] = field(default_factory=list)


class CellReasons:
    """The reasons of a comparison for which a measure is not open, each with a letter that it keeps.

    `steps` is the part of the paper, if any, that tells of the official steps.
    """

    def __init__(self, comparison: Comparison, steps: Text | None = None) -> None:
        self.comparison, self.steps = comparison, steps
        self._found: dict[Text, _CellReason] = {}

    @cached_property
    def _shut(self) -> tuple[Shut, ...]:
        every = (one.assessment for one in self.comparison.alternatives)
        return tuple(Shut(RowWriter(one.rulebook, one.facts)) for one in every)

    def of(self, row: Row, place: int) -> _CellReason | None:
        """Why a measure is not open in one alternative; None if it is, or nobody can apply for it."""
        finding = row.findings[place]
        reason = self._reason(finding, self._shut[place])
        if reason is None:
            return None
        told, grounds = reason
        found = self._found.setdefault(told, _CellReason(_letter(len(self._found)), told))
        found.grounds.extend((row.measure, ground) for ground in grounds)
        return found

    def _reason(self, finding: Finding, shut: Shut) -> tuple[Text, list[Ground]] | None:
        waits = [one.condition for one in _scope_or_why(finding) if isinstance(one.condition, Step)]
        steps = [self.comparison.rulebook.steps[one.step].label for one in waits]
        named = s.listed(list(dict.fromkeys(steps)), s.AND) if steps else None
        grounds = [ground_of(one) for one in waits]
        match finding.bucket:
            case "pending":
                if named is None:
                    return w.MEANINGS["pending"], []
                if self.steps is not None:  # the words that it rests on stand there
                    return s.say(_WORDS["waits_see"], steps=named, part=self.steps), []
                return s.say(_WORDS["waits"], steps=named), grounds
            case "needs_info":
                return s.say(_WORDS["missing"], facts=shut.rows.renderer.labels(finding.missing)), []
            case "ineligible":
                told = shut.asked(finding, here=False)
                if named is not None:  # the step's own words stand where it alone is awaited, or where it is told
                    told = s.say(_WORDS["besides"], told=told, steps=named)
                return told, shut.grounds(finding)
            case _:
                return None

    def blocks(self, level: int) -> Iterator[Block]:
        """All reasons that were told, once for all tables."""
        if self._found:
            yield Heading(_WORDS["reasons"], level)
            yield self._table(list(self._found.values()))

    def _table(self, shown: Sequence[_CellReason]) -> Table:
        """The reasons, each with the words that it rests on."""
        book = self.comparison.rulebook
        rows, before = list[tuple[TableCell, ...]](), dict[tuple[Quote, ...], str]()
        for one in sorted(shown, key=lambda one: (len(one.mark), one.mark)):
            words = tuple(each_in_short(book, one.grounds, _QUOTES, item=True))
            first = before.setdefault(words, one.mark)
            if words and first != one.mark:  # their words are told already
                rows.append((same(one.mark), s.say(_WORDS["same_words"], told=one.told, mark=first)))
            else:
                rows.append((same(one.mark), with_words(one.told, words)))
        return Table((_WORDS["mark"], _WORDS["why"]), tuple(rows), (8, 92))


def matrix(comparison: Comparison, rows: Sequence[Row], reasons: CellReasons) -> Iterator[Block]:
    """The rows, each with its result in every alternative; then why, and where what is shut in one would be open."""
    labels = [one.label for one in comparison.alternatives]
    near = [zones_near(one, _shut_here(place, rows), comparison) for place, one in enumerate(comparison.alternatives)]
    lines, fills, told = list[tuple[list[Text], list[Text]]](), [], list[_CellReason]()
    for row in rows:
        cells = []
        for place, bucket in enumerate(row.buckets):
            cell, reason = cell_of(bucket), reasons.of(row, place)
            if reason is not None:
                cell = s.say(_WORDS["marked"], cell=cell, mark=reason.mark)
                told += [] if reason in told else [reason]
            cells.append(s.say(_WORDS["nearby"], cell=cell) if row.measure.key in near[place] else cell)
        lines.append(([same(marked_number(row.measure)), row.measure.title], cells))
        fills.append([FILLS[bucket] for bucket in row.buckets])
    if told:
        yield Paragraph(s.say(_WORDS["lead"], part=_WORDS["reasons"]), "soft")
    yield from parted((say("row"), _WORDS["measure"]), labels, lines, (9, 33), fills)
    zones = tuple(_near_each(near, comparison))
    if zones:
        yield Bullets(zones)


def _near_each(near: Sequence[Mapping[MeasureKey, Text]], comparison: Comparison) -> Iterator[Text]:
    """The measures that are open in a zone, a line each, with the alternatives in which they are and the zones."""
    for measure in comparison.measures:
        own = [(one, zones) for one, zones in zip(comparison.alternatives, near, strict=True) if measure.key in zones]
        if len(own) == 1:
            yield from nearby(own[0][0], {measure.key}, comparison).values()
        elif own:
            told = joined([s.say(_WORDS["zones_of"], label=one.label, zones=zones[measure.key]) for one, zones in own])
            yield s.say(_WORDS["also_in_each"], row=marked_number(measure), zones=told)


def nearby(there: Alternative, keys: Collection[MeasureKey], comparison: Comparison) -> dict[MeasureKey, Text]:
    """Which of some measures would be open in a zone of an alternative's own city, and in which."""
    rows = {one.key: marked_number(one) for one in comparison.measures}
    return {
        key: s.say(_WORDS["also_in"], row=rows[key], where=at([there.label], comparison), zones=zones)
        for key, zones in zones_near(there, keys, comparison).items()
    }


def only_within(there: Alternative, keys: Collection[MeasureKey], comparison: Comparison) -> dict[MeasureKey, Text]:
    """The same, to stand behind the name of a measure that is not open for the alternative as it is given."""
    zones = zones_near(there, keys, comparison)
    where = at([there.label], comparison)
    return {key: s.say(_WORDS["only_within"], where=where, zones=one) for key, one in zones.items()}


def zones_near(there: Alternative, keys: Collection[MeasureKey], comparison: Comparison) -> dict[MeasureKey, Text]:
    """The zones of an alternative's own city in which some measures would be open."""
    facts, book, told = there.assessment.facts, comparison.rulebook, dict[MeasureKey, Text]()
    words, changes = ConditionRenderer(book, facts), Changes(facts, book)
    for measure in comparison.measures:
        if measure.key not in keys or measure.condition is None:
            continue
        found = changes.to(measure.condition, Verdict.CONDITIONAL, size=1)
        moves = [edit for change in found for edit in change.edits if edit.fact == "city"]
        near = [option(edit, one, words) for edit in moves for one in edit.options if is_near(one, facts, book)]
        if near:
            named = s.listed(near[:_NAMED], s.OR)
            more = len(near) > _NAMED
            told[measure.key] = s.say(_WORDS["and_more"], shown=named, count=str(len(near))) if more else named
    return told


def cell_of(bucket: Bucket) -> Text:
    """A result with its sign."""
    return Text(f"{PAPER_MARKS[bucket]} {w.BUCKETS[bucket].zh}", f"{PAPER_MARKS[bucket]} {w.BUCKETS[bucket].en}")


def _shut_here(place: int, rows: Sequence[Row]) -> set[MeasureKey]:
    """What is shut in one alternative and open in another."""
    return {
        row.measure.key
        for row in rows
        if row.buckets[place] == "ineligible" and any(one in OPEN_BUCKETS for one in row.buckets)
    }


def _scope_or_why(finding: Finding) -> Sequence[Trace | Reason]:
    """The leaves that hold a pending verdict; of a measure that is shut otherwise, those that hold its place back."""
    if finding.bucket == "ineligible" and finding.scope_verdict is Verdict.PENDING:
        return finding.scope_trace.deciding() if finding.scope_trace is not None else ()
    return finding.why


def _letter(number: int) -> str:
    """A letter, or two after z.

    >>> [_letter(number) for number in (0, 25, 26)]
    ['a', 'z', 'aa']
    """
    before, own = divmod(number, len(_LETTERS))
    return (_letter(before - 1) if before else "") + _LETTERS[own]
