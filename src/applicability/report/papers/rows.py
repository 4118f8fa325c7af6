"""One measure in a paper: on what terms, what an authority has to find, whom to ask, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding
from applicability.model.conditions import Limit
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.rulebook import Entry, Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.translated import beside_row, scan_note
from applicability.report.layout.paper import Block, Heading, Pairs, Quote
from applicability.report.papers.force import force_of
from applicability.report.papers.instruments import opened_by
from applicability.report.papers.met import evidence, met_reasons
from applicability.report.papers.parts import Item, Pair, RowParts
from applicability.report.papers.readings import reading_of
from applicability.report.papers.texts import joined, say
from applicability.report.papers.whom import Whom
from applicability.text import Text

_WORDS = {
    "whose": Text("{limit}（对象：{whose}）", "{limit} (for {whose})"),
    "reading": Text("此项结果依本报告的读法，见“{part}”", "this result rests on how the text was read: see “{part}”"),
    "narrower": Text(
        "此项结果依本报告的读法，可以读得更窄：依更窄的读法，该项或其一部分须等待官方步骤或不可用，见“{part}”",
        "this result rests on how the text was read; it could be read more narrowly: it, or a part of it, would then "
        "wait for an official step or not be open, see “{part}”",
    ),
}
_NARROWER = "†"  # at the number of a row that another reader could read more narrowly


@dataclass(frozen=True)
class RowWriter:
    """Writes the measures of one assessment; `readings` tells that the paper has a part with their readings."""

    rulebook: Rulebook
    facts: Facts
    readings: bool = False

    @cached_property
    def renderer(self) -> ConditionRenderer:
        """The words for facts and conditions."""
        return ConditionRenderer(self.rulebook, self.facts)

    def beside(self, finding: Finding) -> Callable[[Text], Text]:
        """What puts the English of quoted words beside them, in the English of a text."""
        put = beside_row(self.rulebook, finding.measure, "en")
        return lambda text: Text(text.zh, put(text.en))

    def first(self, finding: Finding) -> Text:
        """Its first reason."""
        why = FindingText(finding).reasons
        return self.beside(finding)(why[0].message) if why else w.MEANINGS[finding.bucket]

    def quote(self, measure: Measure, words: str, where: Text) -> Quote:
        """Words of a row or of its scope column, with their English."""
        translation = self.rulebook.translation(measure.document)
        english = None
        if translation is not None:
            english = translation.row(measure.row) if words == measure.text else translation.quote(words, measure.row)
        return Quote(words, english, where)

    def text(self, measure: Measure) -> Quote:
        """The words of the row."""
        return self.quote(measure, measure.text, where_of(self.rulebook, measure))

    def full(self, finding: Finding, first: Sequence[Pair] = ()) -> Iterator[Block]:
        """A row in full: heading and pairs, those that stand `first` before the others."""
        measure = finding.measure
        yield Heading(title_of(self.rulebook, measure), 3, finding.bucket)
        rows = [*first, *((label, tuple(items)) for label, items in self._pairs(finding))]
        yield Pairs(tuple((label, items) for label, items in rows if items))

    def _pairs(self, finding: Finding) -> Iterator[tuple[Text, Iterable[Item]]]:
        measure, told, put = finding.measure, FindingText(finding), self.beside(finding)
        force = force_of(finding)
        yield say("standing"), [w.BUCKETS[finding.bucket]]
        yield say("force"), [force] if force is not None else []
        yield say("why"), [put(joined([one.message for one in told.why]))] if told.why else []
        if finding.bucket != "eligible":  # of what is open for certain, the reasons are what is met
            yield say("met"), [put(one) for one in met_reasons(finding, self.renderer)]
        yield from RowParts(self.rulebook, finding).pairs()
        yield say("limits"), self._limits(finding)
        # Of what is open for certain no finding is asked any more; it may be of another part, or of another entity.
        yield say("find_else" if finding.bucket == "eligible" else "find"), self._findings(finding)
        yield say("ask"), Whom(self.rulebook, finding).items()
        yield say("have"), evidence(finding, self.renderer)
        yield say("words"), [self.text(measure)] if measure.text else []
        note = scan_note(self.rulebook, measure)
        written = any(one.writing for one in measure.doubts)  # then the note is of a character's form alone
        yield say("scan"), [note] if note is not None and not written else []
        if measure.cell:
            yield (
                say("scope"),
                [
                    self.quote(
                        measure,
                        measure.cell,
                        say("cell_where", item=self.rulebook.documents[measure.document].item(measure.row)),
                    )
                ],
            )
        yield say("doubt"), [put(one) for one in told.doubts_here]
        yield say("reading"), self._reading(finding)
        yield say("register"), [*opened_by(finding), *(put(entry_line(one)) for one in told.register)]

    def _reading(self, finding: Finding) -> list[Text]:
        """The reading that it rests on, or where in the paper it stands."""
        measure = finding.measure
        reading = reading_of(measure)
        if reading is None:
            return []
        if not self.readings:
            return [self.beside(finding)(reading)]
        return [s.say(_WORDS["narrower" if measure.narrower_reading else "reading"], part=say("doubts"))]

    def _limits(self, finding: Finding) -> Iterator[Item]:
        told, measure = FindingText(finding), finding.measure
        where = where_of(self.rulebook, measure)
        for one in told.to_keep:
            state, label = w.LABELS[f"limit_{one.state}"], limit_label(one.limit)
            said = one.state != "unsaid"
            yield Text(f"{label.zh}（{state.zh}）", f"{label.en} ({state.en.lower()})") if said else label
            yield self.quote(measure, one.limit.ground.quote, where)
        for span in told.limits:
            if span.note is not None:
                yield span.note
            yield self.quote(measure, span.words, where)

    def _findings(self, finding: Finding) -> list[Item]:
        judged = finding.judgements if finding.bucket in ("conditional", "needs_info", "pending", "eligible") else ()
        elsewhere = RowParts(self.rulebook, finding).judgements
        found: list[Item] = []
        for one in judged:
            if one in elsewhere:
                continue
            # That the row names an authority does not say that it is the one to find this.
            named = one.ground.cites == "text" and one.authority.zh in one.ground.quote
            found.append(say("find_line_named" if named else "find_line", about=one.about, authority=one.authority))
            if one.ground.quote and one.ground.cites == "text":
                where = where_of(self.rulebook, finding.measure)
                found.append(self.quote(finding.measure, one.ground.quote, where))
        return [*found, say("find_record")] if found and finding.bucket != "eligible" else found


def limit_label(limit: Limit) -> Text:
    """A limit by its label, and whose use it limits, where that is told."""
    return limit.label if limit.whose is None else s.say(_WORDS["whose"], limit=limit.label, whose=limit.whose)


def entry_line(entry: Entry) -> Text:
    """An entry of the register."""
    told = say(
        "entry_line",
        date=entry.date.isoformat(), title=entry.title, origin=s.origin(entry.source, entry.weight),
    )  # fmt: skip
    return told if entry.note is None else Text(f"{told.zh}：{entry.note.zh}", f"{told.en}: {entry.note.en}")


def where_of(rulebook: Rulebook, measure: Measure) -> Text:
    """Where the words of a row stand."""
    document = rulebook.documents[measure.document]
    return say("row_where", number=document.cited, item=document.item(measure.row))


def title_of(rulebook: Rulebook, measure: Measure) -> Text:
    """A row by what cites it and by its title."""
    item = rulebook.documents[measure.document].item(measure.row)
    return say("row_title", item=Text(item.zh, item.en[:1].upper() + item.en[1:]), title=measure.title)


def row_list(findings: Iterable[Finding]) -> Text:
    """Rows by number and title."""
    return measure_list(one.measure for one in findings)


def measure_list(measures: Iterable[Measure]) -> Text:
    """The same of measures, those with the same title, such as lost ones, together."""
    found: dict[Text, list[str]] = {}
    for one in measures:
        found.setdefault(one.title, []).append(str(one.row))
    return Text(
        "；".join(f"{'、'.join(rows)} {title.zh}" for title, rows in found.items()),
        "; ".join(f"{', '.join(rows)} {title.en}" for title, rows in found.items()),
    )


def marked_list(measures: Iterable[Measure]) -> Text:
    """The same, each marked where a narrower reading would open it to fewer or to nobody."""
    shown = list(measures)
    return Text(
        "；".join(f"{marked_number(one)} {one.title.zh}" for one in shown),
        "; ".join(f"{marked_number(one)} {one.title.en}" for one in shown),
    )


def marked_number(measure: Measure) -> str:
    """Its number, marked where a narrower reading would open it to fewer or to nobody; the legend is the caller's."""
    return f"{measure.row}{_NARROWER}" if measure.narrower_reading else str(measure.row)


def items_text(rows: Iterable[int | str]) -> Text:
    """Rows by number, marked or not, as items of the document."""
    shown = list(rows)
    told = rows_text(shown)
    return Text(f"第{told.zh}项", f"item{'' if len(shown) == 1 else 's'} {told.en}")


def rows_text(rows: Iterable[int | str]) -> Text:
    """Row numbers alone."""
    shown = [str(row) for row in rows]
    return Text("、".join(shown), ", ".join(shown))
