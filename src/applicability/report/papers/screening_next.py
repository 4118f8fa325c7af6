"""What whoever runs a zone does next with a screening, in order: for which companies, and with whom.

First the register is completed, as more may be open by it. Beside that comes what needs no finding, rights first; then
what concerns the zone itself, and last what an authority has to find something about. What could be read more narrowly
comes after what could not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.authorities import Contact
from applicability.model.measure import FORCES, Limb, Measure, strongest
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.silences import PROCEDURE, asked_first, silent_on
from applicability.report.layout.paper import TableCell, nested
from applicability.report.papers.measure_terms import for_companies, own_parts
from applicability.report.papers.screening_fill import RegisterToFill
from applicability.report.papers.screening_findings import PlaceFinding, WithoutFinding, findings_of_the_place
from applicability.report.papers.screening_next_texts import NEXT
from applicability.report.papers.screening_open import OpenMeasures, by_finding, open_to
from applicability.report.papers.screening_step_lines import (
    StepLine,
    ZoneStep,
    line_step,
    paired,
    steps_that_tell,
)
from applicability.report.papers.screening_steps import AwaitedSteps, text_of
from applicability.report.papers.texts import joined, say
from applicability.report.screening.json import TallyModel
from applicability.text import Text

_NAMED = 2  # measures of a step that are named on the first page
_REMARK = lazy_pattern(r"（[^（）]*）(?=（)| \([^()]*\)(?= \()")  # before how it is known
_APPLY = "申请"  # in words by which something can be applied for
# In which order the steps stand, by what is to be done for the companies.
_ORDER = ("permit", "nationwide", "permit_ask", "clarify", "support", "explore", "study", "not_granted", "find")


@dataclass(frozen=True)
class ZoneSteps:
    """The next steps of one summary."""

    open: OpenMeasures
    awaited: AwaitedSteps

    @property
    def _rulebook(self) -> Rulebook:
        return self.open.rulebook

    @cached_property
    def steps(self) -> tuple[ZoneStep, ...]:
        """All of them, in order."""
        plain, found = list[ZoneStep](), list[ZoneStep]()
        for key, step in self._for_companies():
            (found if key == "find" else plain).append(step)
        place = {marked: list(self._of_the_place(marked=marked)) for marked in (False, True)}
        return (
            *RegisterToFill(self.open.summary, self._rulebook).steps(),
            *plain,
            *self._of_the_zone(),
            *place[False],
            *found,
            *place[True],
            *(line_step(*line, "watch") for line in self.awaited.to_watch()),
        )

    @cached_property
    def tell(self) -> Mapping[tuple[str, int], tuple[int, ...]]:
        """By measure, the numbers of the steps after which companies are told of it."""
        return steps_that_tell(self.steps)

    def first(self, most: int) -> list[tuple[int, tuple[Text, Text]]]:
        """The first of them in a few words, with their numbers: what to do, and for what, with whom."""
        return [(number, one.brief) for number, one in enumerate(self.steps, 1) if one.brief is not None][:most]

    # The register and the zone -----------------------------------------------------------------------------------

    def _of_the_zone(self) -> Iterator[ZoneStep]:
        """What the zone or the authorities can act on themselves, and which zones of the register the words name."""
        with_findings = {one.row for one, _ in self._place_findings}
        for one in self.open.found:
            if one.row not in with_findings:  # else it is told with these
                for do, concerns, whom, brief in self._own_parts(one):
                    yield ZoneStep((StepLine(do, concerns, whom),), (NEXT["brief_own_use"], brief))

    def _own_parts(self, one: TallyModel) -> Iterator[tuple[Text, Text, Text, Text]]:
        """What to do of each part of a measure for the zone or the authorities, what it concerns, with whom, and both
        in brief.
        """
        measure = self.open.measure(one)
        for limb in own_parts(measure):
            title = Text(nested(limb.title.zh), limb.title.en)
            part = s.say(NEXT["own_part"], row=self.open.number(one), title=title)
            contacts = self._for_zone(measure, limb)
            who = [say("mark_inferred", who=each.who) for each in contacts]
            why = [s.say(NEXT["inferred"], who=each.who, why=each.why or "") for each in contacts]
            asked = self.open.terms.begun_with(measure)
            brief = s.say(NEXT["brief_measure"], row=part, who=joined(who or asked))
            yield NEXT["own_use"], joined([part, *self._zones_named(limb)]), joined(why or asked), brief

    def _for_zone(self, measure: Measure, limb: Limb) -> list[Contact]:
        authorities = self._rulebook.authorities
        if authorities is None or authorities.document != measure.document:
            return []
        return [one for one in authorities.for_the_zone if measure.row in one.rows and one.is_for((limb.id,))]

    def _zones_named(self, limb: Limb) -> Iterator[Text]:
        """The kinds of zones that the words of a part name, and which zones of the register are of these."""
        gazetteer = self._rulebook.gazetteer
        words = "".join(span.words for span in limb.spans)
        kinds = [kind for kind in gazetteer.zone_types.values() if kind.zh in words]
        if not kinds:
            return
        ids = {one.id for one in kinds}
        zones = [one for one in self.open.summary.named_places if one.code in gazetteer.zones]
        own = [text_of(one.label) for one in zones if ids.intersection(gazetteer.zones[one.code].types)]
        names = s.listed([Text(one.zh, one.en) for one in kinds], s.AND)
        if own:
            yield s.say(NEXT["zones_named"], kinds=names, zones=s.listed(own, s.AND))
        else:
            yield s.say(NEXT["zones_none"], kinds=names)

    @cached_property
    def _place_findings(self) -> list[tuple[TallyModel, list[PlaceFinding]]]:
        """By measure the findings that are of the place, which some company waits for."""
        every = ((one, findings_of_the_place(one, self.open.measure(one), self._rulebook)) for one in self.open.found)
        return [(one, found) for one, found in every if found]

    @property
    def _place_order(self) -> list[tuple[TallyModel, list[PlaceFinding]]]:
        """The same in the order of their steps."""
        return sorted(self._place_findings, key=lambda one: (self._is_marked(one[0]), -open_to(one[0])))

    def _of_the_place(self, *, marked: bool) -> Iterator[ZoneStep]:
        """A step for each measure with findings that are of the place, from asking to telling the companies: what is
        the same for every company there is asked once. Those that could be read more narrowly are apart.
        """
        for one, found in self._place_order:
            if self._is_marked(one) is not marked:
                continue
            lines = list(self._parts_of(one, found))
            first = list(dict.fromkeys(each.first for each in found))
            asked = Text("、".join(each.zh for each in first), s.listed(first, s.AND).en)
            brief = s.say(NEXT["brief_measure"], row=self.open.counted(one, title=False), who=asked)
            yield ZoneStep(tuple(lines), (NEXT["brief_place"], brief), (_row_of(one),))

    def _parts_of(self, one: TallyModel, found: Sequence[PlaceFinding]) -> Iterator[StepLine]:
        """What is done of such a measure one after the other, what it concerns, with whom, and when."""
        measure = self.open.measure(one)
        for do, part, whom, _ in self._own_parts(one):
            yield StepLine(do, part, whom)
        asks = []
        for finding in found:
            left = one.conditional - finding.companies
            slots: dict[str, Text | str] = {"companies": f"{finding.companies:,}", "left": f"{left:,}"}
            asks.append(s.say(NEXT["place_some" if left else "place_all"], about=finding.about, **slots))
        who = list(dict.fromkeys(each.who for each in found))
        order = [each for each, _ in self._place_order]
        before = order[: order.index(one)]
        place = NEXT["place_as" if before else "place"]
        yield StepLine(place, joined([self._counted(one), *asks]), joined(who))
        of_place = {each.key for each in found}
        if _is_found_later(one, found):
            needless = WithoutFinding(self.open.summary, self._rulebook)
            told = [*([NEXT["find_all"]] if self._all_found(one) else []), *needless.lines(measure)]
            finders = joined(self.open.terms.finders(measure, of_place))
            repeated = any(each in before and _is_found_later(each, own) for each, own in self._place_order)
            concerns = paired([self.open.number(one), *told])
            yield StepLine(NEXT["place_find_as" if repeated else "place_find"], concerns, finders, "register")
        as_eligible = one.model_copy(update={"eligible": one.conditional, "conditional": 0})
        key, entries, ungranted = self._key(as_eligible)
        told_so = key == "clarify" and any(each == key for each, *_ in self._alike)  # by a step above
        own = NEXT["then_as"] if told_so else self._do(key, [as_eligible], entries, ungranted)
        do = s.say(NEXT["place_then"], do=self.open.zones.first([measure], own))
        yield StepLine(do, self._concerns(key, [as_eligible], named=False), self._first(one), "next")

    def _first(self, one: TallyModel) -> Text:
        """With whom to begin about a measure."""
        measure = self.open.measure(one)
        asked = [*self.open.zones.whom(measure), *self.open.terms.begun_with(measure)]
        return joined(asked) if asked else Text("–", "–")

    def _is_marked(self, one: TallyModel) -> bool:
        """Whether it could be read more narrowly, so that fewer or none could use it."""
        return bool(self.open.measure(one).narrower_reading)

    def _all_found(self, one: TallyModel) -> bool:
        """Whether no company can use a measure without a finding that all of them wait for."""
        return not one.eligible and any(each.companies == one.conditional for each in one.findings)

    # The companies -----------------------------------------------------------------------------------------------

    @cached_property
    def _alike(self) -> dict[tuple[str, tuple[str, ...], Text | None], list[TallyModel]]:
        """The open measures by what to do for their companies: by force, by whether something has to be found or asked
        first, by the instruments that open them, and by what to do where nobody grants anything. One that is
        conditional for some companies only stands in two lines: those that are eligible are told now.
        """
        lines: dict[tuple[str, tuple[str, ...], Text | None], list[TallyModel]] = {}
        of_place = {one.row for one, _ in self._place_findings}
        for one in (part for whole in self.open.found for part in by_finding(whole)):
            if one.conditional and one.row in of_place:
                continue  # which has a step of its own, with what is of the place
            key, entries, do = self._key(one)
            lines.setdefault((key, entries, do), []).append(one)
        return {
            key: sorted(own, key=lambda one: (self._is_marked(one), -open_to(one)))
            for key, own in sorted(lines.items(), key=lambda item: _ORDER.index(item[0][0]))
        }

    def _key(self, one: TallyModel) -> tuple[str, tuple[str, ...], Text | None]:
        measure = self.open.measure(one)
        if entries := self.open.opened_nationwide(one):
            return "nationwide", tuple(entry.id for entry in entries), None
        beyond = tuple(entry.id for entry in self.open.entries(one))
        if one.conditional:
            return "find", beyond, None
        force = strongest(limb.force for limb in for_companies(measure)) or FORCES[-1]
        authorities = self._rulebook.authorities
        known = authorities is not None and authorities.document == measure.document
        granted = authorities.ungranted(measure.row) if authorities is not None and known else None
        if force == "support" and granted is not None:
            return "not_granted", beyond, granted.do
        if force == "permit" and silent_on(self._rulebook, measure):
            return "permit_ask", beyond, None
        if force in ("support", "explore") and _APPLY not in measure.text:
            return "clarify", beyond, None
        return force, beyond, None

    def _for_companies(self) -> Iterator[tuple[str, ZoneStep]]:
        """The steps for what companies are told of, each with what is to be done."""
        for (key, entries, ungranted), own in self._alike.items():
            measures = list(map(self.open.measure, own))
            first = measures[:1] if key == "find" else measures  # each of the others has a line of its own
            do = self.open.zones.first(first, self._do(key, own, entries, ungranted))
            brief = self._look_up(NEXT[f"brief_{key}"], key, entries), self._briefly(own)
            if key == "find":
                yield from (("find", step) for step in self._each_finding(do, own, brief))
                continue
            who = [
                (self.open.number(one), who)
                for one, measure in zip(own, measures, strict=True)
                for who in (*self.open.zones.whom(measure), *self.open.terms.begun_with(measure))
            ]
            line = StepLine(do, self._concerns(key, own), _asked(who, len(own)))
            yield key, ZoneStep((line,), brief, tuple(map(_row_of, own)))

    def _do(self, key: str, own: Sequence[TallyModel], entries: tuple[str, ...], ungranted: Text | None) -> Text:
        if ungranted is not None:
            return self._look_up(s.say(NEXT["not_granted"], do=ungranted), key, entries)
        if key == "nationwide":
            told = [one for one in self._rulebook.register if one.id in entries]
            titles = s.listed([one.title for one in told], s.AND)
            return s.say(NEXT["nationwide"], title=titles, date=min(one.date for one in told).isoformat())
        if key not in ("permit", "permit_ask"):
            return self._look_up(NEXT[key], key, entries)
        slots: dict[str, Text | str] = {"asks": joined(self._asks_of_all(own))}
        read = [self.open.number(one) for one in own if self.open.measure(one).narrower_reading]
        if read:
            slots["rows"] = Text("、".join(one.zh for one in read), s.listed(read, s.AND).en)
        return self._look_up(s.say(NEXT[f"{key}_read" if read else key], **slots), key, entries)

    def _asks(self, one: TallyModel) -> list[Text]:
        """What is to be asked before a measure is used: of a right also from when, and of other law."""
        measure = self.open.measure(one)
        force = strongest(limb.force for limb in for_companies(measure))
        return asked_first(self._rulebook, measure)[0] if force == "permit" else silent_on(self._rulebook, measure)

    def _asks_of_all(self, own: Sequence[TallyModel]) -> list[Text]:
        """What of that is the same for some measures."""
        first, *others = map(self._asks, own)
        return [each for each in first if all(each in other for other in others)]

    def _concerns(self, key: str, own: Sequence[TallyModel], *, named: bool = True) -> TableCell:
        """The measures of a step, each with what is to be asked about it alone; not `named`, by number."""
        counted = [self._counted(one) if named else self.open.number(one) for one in own]
        if key not in ("permit_ask", "clarify"):
            return paired(counted)
        common, lines = self._asks_of_all(own) if key == "permit_ask" else [PROCEDURE], []
        for one, told in zip(own, counted, strict=True):
            left = [each for each in self._asks(one) if each not in common]
            lines.append(s.say(NEXT["asks_besides"], row=told, asks=joined(left)) if left else told)
        return paired(lines)

    @staticmethod
    def _look_up(do: Text, key: str, entries: tuple[str, ...]) -> Text:
        return joined([do, NEXT["look_up"]]) if entries and key != "nationwide" else do

    def _each_finding(self, do: Text, own: Sequence[TallyModel], brief: tuple[Text, Text] | None) -> Iterator[ZoneStep]:
        """A step for each measure that findings are asked for: whom for what, and who needs none."""
        needless = WithoutFinding(self.open.summary, self._rulebook)
        whole = {self.open.measure(one).key: one for one in self.open.found}
        for number, one in enumerate(own):
            measure = self.open.measure(one)
            told = [self._counted(one), *needless.lines(measure)]
            if self._all_found(whole[measure.key]):
                told.insert(1, NEXT["find_all"])
            who = self.open.terms.finders(measure, ()) or self.open.terms.begun_with(measure)
            told_do = do if not number else self.open.zones.first([measure], NEXT["find_as"])
            line = StepLine(told_do, paired(told), joined([*self.open.zones.whom(measure), *who]), "register")
            yield ZoneStep((line,), None if number else brief, (_row_of(one),))

    def _counted(self, one: TallyModel) -> Text:
        titled = {(each.document, each.row) for each in self.open.front}  # told by title already
        return self.open.counted(one, title=(one.document, one.row) not in titled)

    def _briefly(self, own: Sequence[TallyModel]) -> Text:
        shown = []
        for one in own[:_NAMED]:
            asked = [without_remark(each) for each in self.open.terms.begun_with(self.open.measure(one))]
            who = Text("、".join(each.zh for each in asked), s.listed(asked, s.AND).en) if asked else Text("–", "–")
            shown.append(s.say(NEXT["brief_measure"], row=self.open.counted(one, title=False), who=who))
        if len(own) > _NAMED:
            shown.append(s.say(NEXT["brief_more"], count=str(len(own) - _NAMED)))
        return joined(shown)


def _is_found_later(one: TallyModel, of_place: Sequence[PlaceFinding]) -> bool:
    """Whether some company waits for a finding that is not of the place."""
    keys = {each.key for each in of_place}
    return any(each.companies and each.key not in keys for each in one.findings)


def _row_of(one: TallyModel) -> tuple[str, int]:
    """What names a measure."""
    return one.document, one.row


def without_remark(who: Text) -> Text:
    """An authority without what is said of it in brackets, but for how it is known.

    >>> without_remark(Text("甲（乙及丙）（推断）", "A (B and C) (inferred)"))
    Text(zh='甲（推断）', en='A (inferred)')
    """
    return Text(_REMARK.sub("", who.zh), _REMARK.sub("", who.en))


def _asked(told: Sequence[tuple[Text, Text]], measures: int = 2) -> Text:
    """With whom to begin, each with the numbers of the measures that it is asked about, if these are several."""
    found: dict[Text, list[str]] = {}
    for row, who in told:
        if row.zh not in found.setdefault(who, []):
            found[who].append(row.zh)
    if measures == 1:
        return joined(list(found)) if found else Text("–", "–")
    lines = [Text(f"{'、'.join(rows)}：{who.zh}", f"{', '.join(rows)}: {who.en}") for who, rows in found.items()]
    return joined(lines) if lines else Text("–", "–")
