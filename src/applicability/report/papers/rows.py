"""One measure in a paper: on what terms, what an authority has to find, whom to ask, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding
from applicability.model.conditions import Limit
from applicability.model.facts import Facts
from applicability.model.measure import Measure, MeasureKey
from applicability.model.rulebook import Entry, Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.translated import beside_row, scan_note
from applicability.report.layout.paper import NARROWER, Block, Heading, Pairs, Quote, nested
from applicability.report.papers.force import force_of
from applicability.report.papers.in_part import open_in_part
from applicability.report.papers.instruments import opened_by, without_instruments
from applicability.report.papers.met import evidence, met_reasons, unsaid_uses
from applicability.report.papers.parts import Item, Pair, RowParts
from applicability.report.papers.readings import reading_of
from applicability.report.papers.silent import silent_of
from applicability.report.papers.texts import joined, say
from applicability.report.papers.whom import Whom
from applicability.report.papers.zone_doubts import asked_of, on_what
from applicability.text import Text

_WORDS = {
    "whose": Text("{limit}（对象：{whose}）", "{limit} (for {whose})"),
    "with": Text("{name}（{told}）", "{name} ({told})"),
    "another": Text(
        "{limit}：对象是{whose}；本主体自身不是该公司的，不由其使用；本报告没有审查其是否符合条件",
        "{limit}: for {whose}, and not for the entity itself unless it is one; this report does not examine whether "
        "these qualify",
    ),
    "never": Text(
        "{limit}：对象是{whose}；本主体不是该公司，不由其使用；本报告没有审查该公司是否符合条件",
        "{limit}: for {whose}, and not for the entity itself, which is none; this report does not examine whether "
        "these qualify",
    ),
    "in_line": Text("{told}：“{words}”", "{told}: “{words}”"),
    "in_line_english": Text("{told}：“{words}”", "{told}: “{words}” [unofficial: “{english}”]"),
}


@dataclass(frozen=True)
class RowWriter:
    """Writes the measures of one assessment; `readings` tells that the paper has a part with their readings, `needed`
    which measures are of use only to an entity with another one of its own, and `own` what is so of the parts for it.

    What is the same for all measures stands before them: `leads.py`.
    """

    rulebook: Rulebook
    facts: Facts
    readings: bool = False
    needed: tuple[tuple[MeasureKey, Text], ...] = ()
    own: tuple[tuple[MeasureKey, str, Text], ...] = ()

    @cached_property
    def renderer(self) -> ConditionRenderer:
        """The words for facts and conditions."""
        return ConditionRenderer(self.rulebook, self.facts)

    @cached_property
    def _explained(self) -> dict[tuple[Text, Text | None], Text]:
        """The inferences of whom to ask that are told, with the item under which they are."""
        return {}

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

    def in_line(self, measure: Measure, told: Text, words: str) -> Text:
        """What is told of a row, with the words of the row that say so behind it; where they stand is told above."""
        english = self.quote(measure, words, Text("", "")).english
        slots: dict[str, Text | str] = {"told": told, "words": nested(words)}
        if english is None:
            return s.say(_WORDS["in_line"], **slots)
        return s.say(_WORDS["in_line_english"], english=nested(english), **slots)

    def text(self, measure: Measure) -> Quote:
        """The words of the row."""
        return self.quote(measure, measure.text, where_of(self.rulebook, measure))

    def full(self, finding: Finding, first: Sequence[Pair] = ()) -> Iterator[Block]:
        """A row in full: heading and pairs, those that stand `first` before the others."""
        measure = finding.measure
        yield Heading(title_of(self.rulebook, measure), 3, finding.bucket)
        told = [(label, tuple(items)) for label, items in self._pairs(finding)]
        # What stands first tells the result of each alternative.
        rows = [*first, *(told[1:] if first else told)]
        yield Pairs(tuple((label, items) for label, items in rows if items))

    def _pairs(self, finding: Finding) -> Iterator[tuple[Text, Iterable[Item]]]:
        measure, told, put = finding.measure, FindingText(finding), self.beside(finding)
        force = force_of(finding, say("doubts") if self.readings else None)
        yield say("standing"), [self._standing(finding)]
        whom = Whom(self.rulebook, finding)
        yield say("force"), [force, *_not_granted(whom)] if force is not None else []
        why = told.told(without_instruments(finding))
        yield say("why"), [put(joined([one.message for one in why]))] if why else []
        if finding.bucket != "eligible":  # of what is open for certain, the reasons are what is met
            yield say("met"), [put(one) for one in met_reasons(finding, self.renderer)]
        own = {limb: told for key, limb, told in self.own if key == measure.key}
        yield from RowParts(self.rulebook, finding, own).pairs(inside=True)
        yield say("limits"), [*self._limits(finding)] or [say("limits_none")]
        yield say("another_use"), self._of_others(finding)
        # Of what is open for certain no finding is asked any more: those that other cases need are not for this reader.
        yield say("find"), self._findings(finding)
        yield say("ask"), [*asked_of(finding), *whom.items(self._explained, below=bool(opened_by(finding)))]
        have = evidence(finding, self.renderer)
        have += [say("have_one", value=value) for key, value in self.needed if key == finding.measure.key]
        have += [say("have_use", limit=one.label) for one in unsaid_uses(finding)]
        yield say("have"), [joined(have)] if have else []
        yield say("silent_on"), [joined(unsaid)] if (unsaid := silent_of(finding)) else []
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
        """The reading that it rests on, unless the paper has a part for it."""
        reading = None if self.readings else reading_of(finding.measure)
        return [] if reading is None else [self.beside(finding)(reading)]

    def _standing(self, finding: Finding) -> Text:
        """Its result; and with which entity, for which use or while which zone counts in another it is of use only."""
        needed = [say("only_with", value=value) for key, value in self.needed if key == finding.measure.key]
        needed += [say("only_for", limit=one.label) for one in unsaid_uses(finding)]
        needed += filter(None, (open_in_part(finding),))
        return with_terms(w.BUCKETS[finding.bucket], [*needed, *on_what(finding)])

    def _of_others(self, finding: Finding) -> Iterator[Item]:
        """The uses that are another entity's, as a part for others is told."""
        for one in (each.limit for each in FindingText(finding).to_keep):
            if one.of_another:
                key = "never" if is_not_itself(one, finding.facts) else "another"
                told = s.say(_WORDS[key], limit=one.label, whose=one.whose or "")
                yield self.in_line(finding.measure, told, one.ground.quote)

    def _limits(self, finding: Finding) -> Iterator[Item]:
        told, measure = FindingText(finding), finding.measure
        for one in told.to_keep:
            if one.limit.of_another:
                continue
            state, label = w.LABELS[f"limit_{one.state}"], limit_label(one.limit)
            if one.state != "unsaid":
                label = Text(f"{label.zh}（{state.zh}）", f"{label.en} ({state.en.lower()})")
            yield self.in_line(measure, label, one.limit.ground.quote)
        for span in told.limits:
            if span.note is not None:
                yield self.in_line(measure, span.note, span.words)
            else:
                yield self.quote(measure, span.words, where_of(self.rulebook, measure))

    def _findings(self, finding: Finding) -> list[Item]:
        judged = finding.judgements if finding.bucket in ("conditional", "needs_info", "pending") else ()
        elsewhere = RowParts(self.rulebook, finding).judgements
        found: list[Item] = []
        for one in judged:
            if one in elsewhere:
                continue
            # That the row names an authority does not say that it is the one to find this.
            named = one.ground.cites == "text" and one.authority.zh in one.ground.quote
            told = say("find_line_named" if named else "find_line", about=one.about, authority=one.authority)
            quoted = one.ground.quote if one.ground.cites == "text" else ""
            found.append(self.in_line(finding.measure, told, quoted) if quoted else told)
        return [*found, say("find_record")] if found else found


def _not_granted(whom: Whom) -> Iterator[Text]:
    """That there is nothing to apply for, with the words of the reading that says so."""
    one = whom.not_granted
    if one is not None:
        yield say("force_not_granted", reading=one.reading, do=one.do)


def with_terms(name: Text, told: Iterable[Text]) -> Text:
    """A measure or a result, and in brackets what is told of it."""
    every = list(told)
    return s.say(_WORDS["with"], name=name, told=joined(every)) if every else name


def is_not_itself(limit: Limit, facts: Facts) -> bool:
    """Whether the facts settle that an entity is not the other one whose use a limit is about."""
    held = ((facts.values.get(fact), values) for fact, values in limit.not_itself)
    return any((isinstance(own, frozenset) and not own.isdisjoint(values)) or own in values for own, values in held)


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
    """A row by what cites it, marked where it could be read more narrowly, and by its title."""
    item = rulebook.documents[measure.document].item(marked_number(measure))
    return say("row_title", item=Text(item.zh, item.en[:1].upper() + item.en[1:]), title=measure.title)


def row_list(findings: Iterable[Finding]) -> Text:
    """Rows by number and title."""
    return measure_list(one.measure for one in findings)


def measure_list(measures: Iterable[Measure]) -> Text:
    """The same of measures, those with the same title, such as lost ones, together; each marked where a narrower
    reading would open it to fewer or to nobody.
    """
    found: dict[Text, list[str]] = {}
    for one in measures:
        found.setdefault(one.title, []).append(marked_number(one))
    return Text(
        "；".join(f"{'、'.join(rows)} {title.zh}" for title, rows in found.items()),
        "; ".join(f"{', '.join(rows)} {title.en}" for title, rows in found.items()),
    )


def marked_number(measure: Measure) -> str:
    """Its number, marked where a narrower reading would open it to fewer or to nobody; the legend is the caller's."""
    return f"{measure.row}{NARROWER}" if measure.narrower_reading else str(measure.row)


def items_text(rows: Iterable[int | str]) -> Text:
    """Rows by number, marked or not, as items of the document."""
    shown = list(rows)
    told = rows_text(shown)
    return Text(f"第{told.zh}项", f"item{'' if len(shown) == 1 else 's'} {told.en}")


def rows_text(rows: Iterable[int | str]) -> Text:
    """Row numbers alone."""
    shown = [str(row) for row in rows]
    return Text("、".join(shown), ", ".join(shown))
