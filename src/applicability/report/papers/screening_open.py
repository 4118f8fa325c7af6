"""What is open in a screening's paper: to how many companies, on what terms, whom to ask, and on which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Bucket
from applicability.model.measure import FORCES, Measure, strongest
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
    TableCell,
    nested,
    same,
)
from applicability.report.papers.instruments import reach_of
from applicability.report.papers.measure_terms import for_companies, own_parts
from applicability.report.papers.readings import reading_of
from applicability.report.papers.rows import marked_number, measure_list
from applicability.report.papers.screening_findings import WithoutFinding, finders_told
from applicability.report.papers.screening_reach import TermsHere
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.texts import appendix, joined, say, sentence
from applicability.report.screening.json import SummaryModel, TallyModel
from applicability.text import Text

FRONT = 4  # measures on the first page, for whoever decides
_COUNTED: tuple[Bucket, ...] = ("eligible", "conditional", "needs_info", "pending")


@dataclass(frozen=True)
class OpenMeasures:
    """The measures that are open to some company of a register, those open to most by the plan's own scope first."""

    summary: SummaryModel
    rulebook: Rulebook

    @cached_property
    def found(self) -> tuple[TallyModel, ...]:
        """How many companies each is open to, now or once found."""
        every = (one for one in self.summary.measures if open_to(one))
        return tuple(sorted(every, key=lambda one: (-by_scope(one), one.by_entries or 0, -one.eligible, one.row)))

    @cached_property
    def _usual(self) -> str:
        """The scope that most of them have."""
        scopes = Counter(self.measure(one).scope_rule for one in self.found)
        return scopes.most_common(1)[0][0] if scopes else ""

    @cached_property
    def _terms(self) -> TermsHere:
        return TermsHere(self.rulebook, self.summary.as_of, tuple(self.summary.named_places))

    @cached_property
    def _without_finding(self) -> WithoutFinding:
        return WithoutFinding(self.summary, self.rulebook)

    def measure(self, one: TallyModel) -> Measure:
        """The measure that is counted."""
        return self.rulebook.measure(one.row, one.document)

    def entries(self, one: TallyModel) -> list[Entry]:
        """The instruments that open a measure beyond its own scope to some company of the register."""
        every = self.rulebook.entries("overtakes", one.document, one.row) if one.by_entries else ()
        return [entry for entry in every if entry.in_force(self.summary.as_of)]

    def instruments(self, one: TallyModel) -> list[Entry]:
        """Every instrument that is told of a measure."""
        return self._terms.instruments(self.measure(one))

    def figure(self, one: TallyModel) -> Text:
        """How many companies are eligible: by the plan, and besides these by a later instrument alone."""
        if not one.by_entries:
            return same(f"{one.eligible:,}")
        count = f"{max(one.eligible - one.by_entries, 0):,}"
        return s.say(WORDS["and_beyond"], count=count, beyond=f"{one.by_entries:,}")

    def marks(self) -> Iterator[Text]:
        """What the marks beside authorities and numbers mean."""
        measures = list(map(self.measure, self.found))
        if any(self._terms.infers(one) for one in measures):
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
        gazetteer = self.rulebook.gazetteer
        provinces = {code for code in gazetteer.divisions if gazetteer.parent(code) is None}
        for one in self.found:
            for entry in self.rulebook.entries("overtakes", one.document, one.row):
                whole = not entry.places or 2 * len(provinces.intersection(entry.places)) > len(provinces)
                if whole and entry.in_force(self.summary.as_of):
                    yield s.say(WORDS["front_nationwide"], row=self.number(one), date=entry.date.isoformat())

    @cached_property
    def _alike(self) -> dict[tuple[str, bool, Text | None], list[TallyModel]]:
        """The open measures by what to do for their companies: by force, by whether an authority has to find something
        first, and by what to do where nobody grants anything. One that is conditional for some companies only has two
        lines: those that are eligible are told now.
        """
        lines: dict[tuple[str, bool, Text | None], list[TallyModel]] = {}
        for one in (each for whole in self.found for each in _by_finding(whole)):
            measure = self.measure(one)
            force = strongest(limb.force for limb in for_companies(measure))
            do = self._not_granted(measure) if force == "support" and not one.conditional else None
            key: str = "not_granted" if do is not None else "find" if one.conditional else force or FORCES[-1]
            lines.setdefault((key, bool(one.by_entries), do), []).append(one)
        return lines

    def to_tell(self) -> Iterator[tuple[Text, TableCell, Text]]:
        """What to do for the companies of every open measure, those alike on one line; then what the zone or the
        authorities themselves can act on.
        """
        titled = {(one.document, one.row) for one in self.found[:FRONT]}  # told by title already
        for number, ((key, beyond, ungranted), own) in enumerate(self._alike.items()):
            told = self._told(key, own) if ungranted is None else s.say(WORDS["tell_not_granted"], do=ungranted)
            told = joined([told, WORDS["tell_look_up"]]) if beyond else told
            do = s.say(WORDS["tell"], do=told, part=WORDS["who_each"]) if not number else told
            measures = list(map(self.measure, own))
            named = joined([self.counted(one, title=(one.document, one.row) not in titled) for one in own])
            needless = list(self._without_finding.lines(measures)) if key == "find" else []
            yield (
                do,
                CellLines((named, *needless)) if needless else named,
                self._asked_of(measures, findings=key == "find"),
            )
        own_to_use = [one for one in map(self.measure, self.found) if own_parts(one)]
        if own_to_use:
            parts = [
                s.say(WORDS["own_part"], row=marked_number(one), title=Text(nested(limb.title.zh), limb.title.en))
                for one in own_to_use
                for limb in own_parts(one)
            ]
            yield WORDS["own_use"], joined(parts), self._asked_of(own_to_use)

    def first_steps(self, most: int, named: int) -> Iterator[tuple[Text, Text]]:
        """The first of what to do, in a few words, each with the measures open to most companies and whom to begin with
        about each of them.
        """
        for (key, beyond, _), own in [*self._alike.items()][:most]:
            do = WORDS[f"brief_{key}"]
            shown = [
                s.say(
                    WORDS["brief_measure"],
                    row=self.counted(one, title=False),
                    who=self._briefly(self.measure(one)),
                )
                for one in own[:named]
            ]
            if len(own) > named:
                shown.append(s.say(WORDS["brief_more"], count=str(len(own) - named)))
            yield joined([do, WORDS["tell_look_up"]]) if beyond else do, joined(shown)

    def _briefly(self, measure: Measure) -> Text:
        """Whom to begin with about a measure, in a few words: several as one list, as other measures follow."""
        asked = self._terms.begun_with(measure)
        return Text("、".join(one.zh for one in asked), s.listed(asked, s.AND).en) if asked else same("–")

    def _not_granted(self, measure: Measure) -> Text | None:
        """What to do about a measure of which no authority grants anything."""
        authorities = self.rulebook.authorities
        if authorities is None or authorities.document != measure.document:
            return None
        found = authorities.ungranted(measure.row)
        return None if found is None else found.do

    def _told(self, key: str, own: Sequence[TallyModel]) -> Text:
        """What to tell the companies; of what may be done, which of it is so by a reading that could be narrower."""
        read = [self.number(one) for one in own if self.measure(one).narrower_reading]
        if key != "permit" or not read:
            return WORDS[f"tell_{key}"]
        rows = Text("、".join(one.zh for one in read), s.listed(read, s.AND).en)
        return s.say(WORDS["tell_permit_read"], rows=rows)

    def counted(self, one: TallyModel, *, title: bool) -> Text:
        """A measure with how many companies it is open to."""
        name = self._name(one) if title else self.number(one)
        return Text(f"{name.zh}（{open_to(one):,}家）", f"{name.en} ({open_to(one):,})")

    def _asked_of(self, measures: Sequence[Measure], *, findings: bool = False) -> Text:
        """Whom to begin with about some measures: each with the numbers of those that it is asked about."""
        found: dict[Text, list[str]] = {}
        for one in measures:
            asked = self._terms.begun_with(one)
            own = [joined(finders_told(one, asked))] if findings and len(asked) > 1 else asked
            for who in own:  # of several for one measure its number stands once
                found.setdefault(who, []).append(marked_number(one))
        if len(measures) == 1:
            return joined(list(found)) or same("–")
        told = [Text(f"{'、'.join(rows)}：{who.zh}", f"{', '.join(rows)}: {who.en}") for who, rows in found.items()]
        return joined(told) or same("–")

    def number(self, one: TallyModel) -> Text:
        """Its number, marked where a narrower reading would open it to fewer or to nobody."""
        return same(marked_number(self.measure(one)))

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
        if any(map(_doubts, measures)):
            lead.append(s.say(WORDS["top_doubts"], part=WORDS["doubts"]))
        if rule is not None:
            lead.append(s.say(WORDS["top_scope"], scope=rule.title))
        yield Bullets(tuple(lead))
        yield from self._terms.inferred(measures)
        for one in self.found:
            yield from self._beyond(one)
        rows = tuple(
            (
                CellLines((self._name(one), self._counts(one), self._terms.words(measure)), named=True),
                self._terms.terms(measure, usual),
            )
            for one, measure in zip(self.found, measures, strict=True)
        )
        yield Table((WORDS["measure_words"], WORDS["on_terms"]), rows, (38, 62), parted=True)

    def _counts(self, one: TallyModel) -> Text:
        """How many companies have which result, each by its sign; none is not told."""
        counts = ((PAPER_MARKS[bucket], getattr(one, bucket)) for bucket in _COUNTED)
        return same(", ".join(f"{mark} {count:,}" for mark, count in counts if count))

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
        """The doubts on the text and the scope of what is counted as open, each with the measures that have it."""
        found: dict[Text, list[Measure]] = {}
        for one in sorted(map(self.measure, self.found), key=lambda each: each.row):
            for doubt in _doubts(one):
                found.setdefault(doubt, []).append(one)
        if found:
            yield Heading(appendix(WORDS["doubts"]))
            yield Paragraph(WORDS["doubts_lead"], "soft")
            rows = tuple((measure_list(own), doubt) for doubt, own in found.items())
            yield Table((say("rows"), say("doubt")), rows, (45, 55))


def _doubts(measure: Measure) -> list[Text]:
    """Where its text or its scope column is unclear; not of the form of a character alone."""
    unseen = [w.CAPTURE_DOUBTS[measure.capture]] if measure.capture in w.CAPTURE_DOUBTS else []
    return [*unseen, *(one.text for one in measure.doubts if not one.writing)]


def _by_finding(one: TallyModel) -> Iterator[TallyModel]:
    """A measure with the companies that are eligible, and with those that need a finding, as far as there are such."""
    if one.eligible:
        yield one.model_copy(update={"conditional": 0})
    if one.conditional:
        yield one.model_copy(update={"eligible": 0})


def open_to(one: TallyModel) -> int:
    """How many companies can use a measure, now or once an authority agrees."""
    return one.eligible + one.conditional


def by_scope(one: TallyModel) -> int:
    """How many of them by the plan's own scope."""
    return open_to(one) - (one.by_entries or 0)


def title_of(one: TallyModel) -> Text:
    """The title of a measure that is counted."""
    return Text(one.title.zh, one.title.en)
