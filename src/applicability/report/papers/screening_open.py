"""What is open in a screening's paper: to how many companies, on what terms, whom to ask, and on which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.assessment import Bucket
from applicability.model.frozen import FrozenDict
from applicability.model.measure import Measure
from applicability.model.rulebook import Entry, Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.layout.buckets import PAPER_MARKS
from applicability.report.layout.paper import (
    Block,
    Bullets,
    CellLines,
    Heading,
    Paragraph,
    Table,
    same,
)
from applicability.report.papers.instruments import reach_of
from applicability.report.papers.readings import reading_of
from applicability.report.papers.rows import items_text, marked_number, measure_list
from applicability.report.papers.screening_reach import TermsHere
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.screening_zones import ZonesInDoubt
from applicability.report.papers.texts import appendix, joined, say, sentence
from applicability.report.screening.json import SummaryModel, TallyModel
from applicability.text import Text

FRONT = 3  # measures on the first page, for whoever decides
_ITEM = lazy_pattern(r"第\d+项")
_COUNTED: tuple[Bucket, ...] = ("eligible", "conditional", "needs_info", "pending")


@dataclass(frozen=True)
class OpenMeasures:
    """The measures that are open to some company of a register, those first that most are eligible for by the plan's
    own scope, and last those that a nationwide instrument opens whatever the plan says.
    """

    summary: SummaryModel
    rulebook: Rulebook

    @cached_property
    def found(self) -> tuple[TallyModel, ...]:
        """How many companies each is open to, now or once found."""
        every = (one for one in self.summary.measures if open_to(one))

        def key(one: TallyModel) -> tuple[bool, int, int, int, int]:
            return bool(self.opened_nationwide(one)), -certain(one), -by_scope(one), one.by_entries or 0, one.row

        return tuple(sorted(every, key=key))

    @cached_property
    def front(self) -> tuple[TallyModel, ...]:
        """Those that most companies are eligible for by the plan's own scope; where there are none, what is open."""
        some = sorted(filter(certain, self.found), key=lambda one: -certain(one))  # what is nationwide after its equals
        return tuple(some or self.found)[:FRONT]

    @cached_property
    def _usual(self) -> str:
        """The scope that most of them have."""
        scopes = Counter(self.measure(one).scope_rule for one in self.found)
        return scopes.most_common(1)[0][0] if scopes else ""

    @cached_property
    def terms(self) -> TermsHere:
        """What writes a measure's terms, and whom to ask about it."""
        needed = {each.key: each.companies for one in self.found for each in one.findings}
        return TermsHere(self.rulebook, self.summary.as_of, tuple(self.summary.named_places), FrozenDict(needed))

    @cached_property
    def zones(self) -> ZonesInDoubt:
        """The zones of the register of which it is in doubt what they count as."""
        return ZonesInDoubt(self.rulebook, self.summary.as_of, tuple(self.summary.named_places))

    def measure(self, one: TallyModel) -> Measure:
        """The measure that is counted."""
        return self.rulebook.measure(one.row, one.document)

    def entries(self, one: TallyModel) -> list[Entry]:
        """The instruments that open a measure beyond its own scope to some company of the register."""
        every = self.rulebook.entries("overtakes", one.document, one.row) if one.by_entries else ()
        return [entry for entry in every if entry.in_force(self.summary.as_of)]

    def instruments(self, one: TallyModel) -> list[Entry]:
        """Every instrument that is told of a measure."""
        return self.terms.instruments(self.measure(one))

    def figure(self, one: TallyModel) -> Text:
        """How many companies are eligible: by the plan, and besides these by a later instrument alone."""
        if not one.by_entries:
            return same(f"{one.eligible:,}")
        count = f"{max(one.eligible - one.by_entries, 0):,}"
        return s.say(WORDS["and_beyond"], count=count, beyond=f"{one.by_entries:,}")

    def marks(self) -> Iterator[Text]:
        """What the marks beside authorities and numbers mean."""
        measures = list(map(self.measure, self.found))
        if any(self.terms.infers(one) for one in measures):
            yield WORDS["mark_whom"]
        if any(one.narrower_reading for one in measures):
            yield s.say(WORDS["mark_narrower"], part=WORDS["readings"])

    def by_instruments(self, companies: int) -> Text:
        """What is open to the companies that have something by later instruments alone, and by which."""
        beyond = [one for one in self.found if one.by_entries]
        entries = list(dict.fromkeys(entry.title for one in beyond for entry in self.entries(one)))
        slots: dict[str, Text | str] = {
            "beyond": f"{companies:,}",
            "measures": measure_list(map(self.measure, beyond)),
            "instruments": s.listed(entries, s.AND),
        }
        return s.say(WORDS["served_beyond" if len(beyond) == 1 else "served_beyond_several"], **slots)

    def nationwide(self) -> Iterator[Text]:
        """Which open measures a later instrument opens in nearly the whole country, whatever the plan's scope."""
        for one in self.found:
            for entry in self.opened_nationwide(one):
                yield s.say(WORDS["front_nationwide"], row=self.number(one), date=entry.date.isoformat())

    def opened_nationwide(self, one: TallyModel) -> list[Entry]:
        """The instruments that open a measure in nearly the whole country, whatever the plan's scope."""
        every = self.rulebook.entries("overtakes", one.document, one.row)
        return [entry for entry in every if self._is_nationwide(entry) and entry.in_force(self.summary.as_of)]

    def _is_nationwide(self, entry: Entry) -> bool:
        gazetteer = self.rulebook.gazetteer
        provinces = {code for code in gazetteer.divisions if gazetteer.parent(code) is None}
        return not entry.places or 2 * len(provinces.intersection(entry.places)) > len(provinces)

    def counted(self, one: TallyModel, *, title: bool) -> Text:
        """A measure with how many companies it is open to, marked where a zone is to be confirmed first."""
        name = self.item(one)
        if title:
            name = Text(f"{name.zh} {title_of(one).zh}", f"{name.en}: {title_of(one).en}")
        told = s.say(WORDS["item_counted"], item=name, count=f"{open_to(one):,}")
        return self.zones.marked(self.measure(one), told, "count")

    def number(self, one: TallyModel) -> Text:
        """Its number, marked where a narrower reading would open it to fewer or to nobody."""
        return same(marked_number(self.measure(one)))

    def item(self, one: TallyModel) -> Text:
        """The same as an item of the document."""
        return items_text([marked_number(self.measure(one))])

    # For whoever acts on it --------------------------------------------------------------------------------------

    def blocks(self) -> Iterator[Block]:
        """Every open measure in a line of a table, and by what it is open beyond its own scope."""
        if not self.found:
            return
        yield Heading(appendix(WORDS["top"]))
        measures = [self.measure(one) for one in self.found]
        usual = self._usual
        rule = self.rulebook.scopes.get(usual)
        signs = [
            Text(f"{PAPER_MARKS[one]} {w.BUCKETS[one].zh}", f"{PAPER_MARKS[one]} {w.BUCKETS[one].en}")
            for one in _COUNTED
        ]
        lead = [
            WORDS["top_lead"],
            say("as_scanned"),
            s.say(WORDS["top_signs"], signs=joined(signs)),
            WORDS["top_force"],
        ]
        if any(not _is_in_reading(one, doubt) for one in measures for doubt in self._doubts(one)):
            lead.append(s.say(WORDS["top_doubts"], part=WORDS["doubts"]))
        if rule is not None:
            lead.append(s.say(WORDS["top_scope"], scope=rule.title))
        yield Bullets(tuple(lead))
        yield from self.terms.inferred(measures)
        for one in self.found:
            yield from self._beyond(one)
        rows = tuple(
            (
                CellLines((self._name(one), self._counts(one), self.terms.words(measure)), named=True),
                self.terms.terms(measure, usual),
            )
            for one, measure in zip(self.found, measures, strict=True)
        )
        yield Table((WORDS["measure_words"], WORDS["on_terms"]), rows, (38, 62), parted=True)

    def _counts(self, one: TallyModel) -> Text:
        """How many companies have which result, each by its sign; none is not told."""
        counts = ((PAPER_MARKS[bucket], getattr(one, bucket)) for bucket in _COUNTED)
        told = same(", ".join(f"{mark} {count:,}" for mark, count in counts if count))
        return self.zones.marked(self.measure(one), told, "count")

    def _name(self, one: TallyModel) -> Text:
        number, title = self.number(one).zh, title_of(one)
        return Text(f"{number} {title.zh}", f"{number} {title.en}")

    def _beyond(self, one: TallyModel) -> Iterator[Block]:
        """By what a measure is open to how many, where an instrument opens it beyond its own scope."""
        entries = self.entries(one)
        if not entries or not one.by_entries:
            return
        item, inside = self.rulebook.documents[one.document].item(one.row), open_to(one) - one.by_entries
        told = s.say(
            WORDS["by_entries" if inside else "by_entries_alone"], open=f"{open_to(one):,}", inside=f"{inside:,}",
            item=Text(item.zh, item.en[:1].upper() + item.en[1:]), beyond=f"{one.by_entries:,}",
        )  # fmt: skip
        instruments = [
            s.say(
                WORDS["instrument"],
                title=entry.title,
                date=entry.date.isoformat(),
                reach=reach_of(entry, self.rulebook),
                origin=s.origin(entry.source, entry.weight),
            )
            for entry in entries
        ]
        cautions = [
            s.say(WORDS["reported"], weight=s.WEIGHTS[entry.weight], caution=entry.accepted)
            for entry in entries
            if entry.accepted is not None
        ]
        yield Paragraph(sentence([told, *instruments, *cautions]))

    def readings(self) -> Iterator[Block]:
        """The readings that what is counted as open rests on, where another would open less."""
        measures = sorted(map(self.measure, self.found), key=lambda one: one.row)
        rows = tuple(
            (say("row_title", item=same(marked_number(one)), title=one.title), reading)
            for one in measures
            if one.narrower_reading and (reading := reading_of(one)) is not None
        )
        if rows:
            yield Heading(appendix(WORDS["readings"]))
            yield Paragraph(WORDS["readings_lead"], "soft")
            yield Table((say("rows"), say("reading")), rows, (25, 75))

    def doubts(self) -> Iterator[Block]:
        """The doubts on the text, the scope and the zones of what is counted as open, each with its measures."""
        found: dict[Text, list[Measure]] = {}
        for one in sorted(map(self.measure, self.found), key=lambda each: each.row):
            for doubt in self._doubts(one):
                if _is_in_reading(one, doubt):
                    continue  # told once, with the reading
                found.setdefault(doubt, []).append(one)
        if found:
            yield Heading(appendix(WORDS["doubts"]))
            yield Paragraph(WORDS["doubts_lead"], "soft")
            rows = tuple((measure_list(own), doubt) for doubt, own in found.items())
            yield Table((say("rows"), say("doubt")), rows, (45, 55))

    def _doubts(self, measure: Measure) -> list[Text]:
        """Where its text or its scope column is unclear, or what a zone of the register counts as; not of the form of a
        character alone, nor of places in which no company lies.
        """
        unseen = [w.CAPTURE_DOUBTS[measure.capture]] if measure.capture in w.CAPTURE_DOUBTS else []
        own = [one.text for one in measure.doubts if not one.writing and self.terms.may_lie_in(one.places)]
        return [*unseen, *own, *self.zones.doubts(measure)]


def by_finding(one: TallyModel) -> Iterator[TallyModel]:
    """A measure with the companies that are eligible, and with those that need a finding, as far as there are such."""
    if one.eligible:
        yield one.model_copy(update={"conditional": 0})
    if one.conditional:
        yield one.model_copy(update={"eligible": 0})


def _is_in_reading(measure: Measure, doubt: Text) -> bool:
    """Whether a doubt is on another item, of which the narrower reading of a measure tells as well."""
    items = _ITEM.findall(doubt.zh)
    reading = reading_of(measure) if measure.narrower_reading else None
    return bool(items) and reading is not None and all(one in reading.zh for one in items)


def open_to(one: TallyModel) -> int:
    """How many companies can use a measure, now or once an authority agrees."""
    return one.eligible + one.conditional


def by_scope(one: TallyModel) -> int:
    """How many of them by the plan's own scope."""
    return open_to(one) - (one.by_entries or 0)


def certain(one: TallyModel) -> int:
    """How many are eligible by the plan's own scope, without an authority's finding."""
    return max(one.eligible - (one.by_entries or 0), 0)


def title_of(one: TallyModel) -> Text:
    """The title of a measure that is counted."""
    return Text(one.title.zh, one.title.en)
