"""One measure in a paper: on what terms, what an authority has to find, whom to ask, and the words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding
from applicability.model.conditions import leaves
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import fact_of
from applicability.model.rulebook import Entry, Measure, Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.translated import beside_row, scan_note
from applicability.report.layout.paper import Block, Heading, Pairs, Paragraph, Quote
from applicability.report.papers.parts import Item, Pair, RowParts
from applicability.report.papers.texts import joined, say
from applicability.text import Text


@dataclass(frozen=True)
class RowWriter:
    """Writes the measures of one assessment."""

    rulebook: Rulebook
    facts: Facts

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
        why = FindingText(finding).why
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
        number = self.rulebook.documents[measure.document].number
        return self.quote(measure, measure.text, say("row_where", number=number, row=str(measure.row)))

    def full(self, finding: Finding, first: Sequence[Pair] = ()) -> Iterator[Block]:
        """A row in full: heading and pairs, those that stand `first` before the others."""
        measure = finding.measure
        yield Heading(say("row_title", row=str(measure.row), title=measure.title), 3, finding.bucket)
        rows = [*first, *((label, tuple(items)) for label, items in self._pairs(finding))]
        yield Pairs(tuple((label, items) for label, items in rows if items))

    def _pairs(self, finding: Finding) -> Iterator[tuple[Text, Iterable[Item]]]:
        measure, told, put = finding.measure, FindingText(finding), self.beside(finding)
        force = w.FORCES[finding.force] if finding.force else Text("", "")
        yield say("standing"), [say("verdict_line", verdict=w.BUCKETS[finding.bucket], force=force)]
        yield say("why"), [put(joined([one.message for one in told.why]))] if told.why else []
        yield from RowParts(self.rulebook, finding).pairs()
        yield say("limits"), self._limits(finding)
        # Of what is open for certain no finding is asked any more; it may be of another part, or of another entity.
        yield say("find_else" if finding.bucket == "eligible" else "find"), self._findings(finding)
        yield say("ask"), self.whom(finding)
        yield say("have"), self._evidence(finding)
        yield say("words"), [self.text(measure)] if measure.text else []
        note = scan_note(self.rulebook, measure)
        written = any(one.writing for one in measure.doubts)  # then the note is of a character's form alone
        yield say("scan"), [note] if note is not None and not written else []
        if measure.cell:
            yield say("scope"), [self.quote(measure, measure.cell, say("cell_where", row=str(measure.row)))]
        yield say("doubt"), [put(one) for one in told.doubts_here]
        yield say("register"), [put(self.entry(one)) for one in told.register]

    def _limits(self, finding: Finding) -> Iterator[Item]:
        told, measure = FindingText(finding), finding.measure
        where = say("row_where", number=self.rulebook.documents[measure.document].number, row=str(measure.row))
        for one in told.to_keep:
            state, label = w.LABELS[f"limit_{one.state}"], one.limit.label
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
            found.append(say("find_line", about=one.about, authority=one.authority))
            if one.ground.quote and one.ground.cites == "text":
                where = say(
                    "row_where",
                    number=self.rulebook.documents[finding.measure.document].number,
                    row=str(finding.measure.row),
                )
                found.append(self.quote(finding.measure, one.ground.quote, where))
        return [*found, say("find_record")] if found and finding.bucket != "eligible" else found

    def whom(self, finding: Finding) -> list[Item]:
        """Whom to ask for what: who makes a finding, then those that words name, or the one that is inferred."""
        authorities, measure = self.rulebook.authorities, finding.measure
        if authorities is None or authorities.document != measure.document:
            return []
        contacts = authorities.contacts(measure.row)
        found: list[Item] = [*self._finders(finding, {one.who for one in contacts})]
        for one in contacts:
            if one.why is not None:
                found.append(say("ask_rest" if found else "ask_inferred", who=one.who))
            elif one.source.entry is not None:
                entry = next(each for each in self.rulebook.register if each.id == one.source.entry)
                found.append(say("ask_entry", who=one.who, title=entry.title))
            else:
                found.append(one.who)
                if one.source.text is not None:
                    where = say(
                        "row_where", number=self.rulebook.documents[measure.document].number, row=str(measure.row)
                    )
                    found.append(Quote(one.source.text.zh, one.source.text.en, where))
        return found

    def _finders(self, finding: Finding, known: Collection[Text]) -> Iterator[Text]:
        """Each authority that a finding is left to, and for which; those `known` stand there already."""
        aside = finding.judgements if finding.bucket == "eligible" else RowParts(self.rulebook, finding).judgements
        for key, judged in (
            ("ask_find", [one for one in finding.judgements if one not in aside]),
            ("ask_find_else", list(aside)),
        ):
            for who in dict.fromkeys(one.authority for one in judged if one.authority not in known):
                about = dict.fromkeys(one.about for one in judged if one.authority == who)
                yield say(key, who=who, about=joined(list(about)))

    def inferred(self, findings: Iterable[Finding]) -> Iterator[Block]:
        """What an inferred contact rests on, told once for all rows that fall to it."""
        authorities = self.rulebook.authorities
        rows = {one.measure.row for one in findings if authorities and one.measure.document == authorities.document}
        if authorities is None or not any(authorities.contacts(row)[0].why for row in rows):
            return
        other, number = authorities.otherwise, self.rulebook.documents[authorities.document].number
        yield Paragraph(say("ask_why", who=other.who, why=other.why or ""), "soft")
        if other.source.text is not None:
            where = say("body_where", number=number, section=Text("正文", "body"))
            yield Quote(other.source.text.zh, other.source.text.en, where)

    def _evidence(self, finding: Finding) -> list[Item]:
        """The facts that the row reads and the profile gives: what papers will have to show."""
        facts = [fact_of(leaf) for one in finding.best_limbs for leaf in leaves(one.limb.when)]
        given = [fact for fact in dict.fromkeys(facts) if fact is not None and fact in self.facts.values]
        shown = [(self.renderer.label(fact), self.renderer.value(fact, self.facts.values[fact])) for fact in given]
        return [Text(f"{label.zh}：{value.zh}", f"{label.en}: {value.en}") for label, value in shown]

    def entry(self, entry: Entry) -> Text:
        """An entry of the register."""
        told = say(
            "entry_line",
            date=entry.date.isoformat(), title=entry.title, source=entry.source, weight=s.WEIGHTS[entry.weight],
        )  # fmt: skip
        return told if entry.note is None else Text(f"{told.zh}：{entry.note.zh}", f"{told.en}: {entry.note.en}")


def row_list(findings: Iterable[Finding]) -> Text:
    """Rows by number and title."""
    shown = [one.measure for one in findings]
    return Text(
        "；".join(f"{one.row} {one.title.zh}" for one in shown), "; ".join(f"{one.row} {one.title.en}" for one in shown)
    )


def rows_text(rows: Iterable[int]) -> Text:
    """Row numbers alone."""
    shown = [str(row) for row in rows]
    return Text("、".join(shown), ", ".join(shown))
