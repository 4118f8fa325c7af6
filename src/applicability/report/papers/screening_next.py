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
from applicability.report.language.silences import silent_on
from applicability.report.layout.paper import nested
from applicability.report.papers.measure_terms import for_companies, own_parts
from applicability.report.papers.rows import items_text
from applicability.report.papers.screening_asked import ASKING, AskedAbove, StepAsks
from applicability.report.papers.screening_fill import RegisterToFill
from applicability.report.papers.screening_findings import (
    PlaceFinding,
    WithoutFinding,
    findings_of_the_place,
    zones_to_ask,
)
from applicability.report.papers.screening_next_texts import NEXT
from applicability.report.papers.screening_open import OpenMeasures, by_finding, open_to
from applicability.report.papers.screening_step_lines import (
    StepLine,
    ZoneStep,
    line_step,
    paired,
    sign_of,
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
# What to do for the companies of a measure, the instruments that open it, and what to do where nobody grants anything.
_SameSteps = tuple[str, tuple[str, ...], Text | None]


@dataclass(frozen=True)
class ZoneSteps:
    """The next steps of one summary."""

    open: OpenMeasures
    awaited: AwaitedSteps

    @cached_property
    def _asked(self) -> StepAsks:
        return StepAsks(self.open)

    @property
    def _rulebook(self) -> Rulebook:
        return self.open.rulebook

    @cached_property
    def steps(self) -> tuple[ZoneStep, ...]:
        """All of them, in order."""
        told, above = list(RegisterToFill(self.open.summary, self._rulebook).steps()), AskedAbove()
        for key, own in self._alike.items():
            if key[0] != "find":
                told.append(self._for_companies(key, own))
                above.add(key[0], str(len(told)), self._asked.of_all(own))
        told += self._of_the_zone()
        self._of_the_place(told, above, marked=False)
        for key, own in self._alike.items():
            if key[0] == "find":
                self._each_finding(key[1], own, told, above)
        self._of_the_place(told, above, marked=True)
        return (*told, *(line_step(*line, "watch") for line in self.awaited.to_watch()))

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
            part = s.say(NEXT["own_part"], row=self.open.item(one), title=title)
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

    def _of_the_place(self, told: list[ZoneStep], above: AskedAbove, *, marked: bool) -> None:
        """Add a step for each measure with findings that are of the place, from asking to telling the companies: what
        is the same for every company there is asked once. Those that could be read more narrowly are apart.
        """
        for one, found in self._place_order:
            if self._is_marked(one) is not marked:
                continue
            lines = list(self._parts_of(one, found))
            sign = f"{len(told) + 1}{sign_of(len(lines))}"
            lines.append(self._then(one, NEXT["place_then"], sign, above, confirm=True))
            first = list(dict.fromkeys(each.first for each in found))
            asked = Text("、".join(each.zh for each in first), s.listed(first, s.AND).en)
            brief = s.say(NEXT["brief_measure"], row=self.open.counted(one, title=False), who=asked)
            told.append(ZoneStep(tuple(lines), (NEXT["brief_place"], brief), (_row_of(one),)))

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
            zones = zones_to_ask(finding, measure, self.open.summary.named_places, self._rulebook)
            if zones:
                asks.append(s.say(NEXT["place_zones"], zones=s.listed(zones, s.AND)))
        who = list(dict.fromkeys(each.who for each in found))
        order = [each for each, _ in self._place_order]
        before = order[: order.index(one)]
        place = NEXT["place_as" if before else "place"]
        later, read = _is_found_later(one, found), list(self._asked.reading_too(one))
        concerns = joined([self._counted(one), *asks])
        yield StepLine(place, concerns if later else paired([concerns, *read]), joined(who))
        if later:
            needless = WithoutFinding(self.open.summary, self._rulebook)
            told = [*read, *([NEXT["find_all"]] if self._all_found(one) else []), *needless.lines(measure)]
            finders = joined(self.open.terms.finders(measure, {each.key for each in found}))
            repeated = any(each in before and _is_found_later(each, own) for each, own in self._place_order)
            do = NEXT["place_find_as" if repeated else "place_find"]
            yield StepLine(do, paired([self.open.item(one), *told]), finders, "register")

    def _then(self, one: TallyModel, lead: Text, sign: str, above: AskedAbove, *, confirm: bool = False) -> StepLine:
        """What is done for the companies of a measure that are included by the findings: what is asked of it before
        they are told, as of any measure that needs none; by the number of a step above where that asks the same.
        """
        measure = self.open.measure(one)
        as_eligible = one.model_copy(update={"eligible": open_to(one), "conditional": 0})
        key, entries, ungranted = self._key(as_eligible)
        asked = self._asked.of(as_eligible)
        where = above.find(key, asked)
        if where is None:
            do = self._do(key, [as_eligible], entries, ungranted, read=False)
            above.add(key, sign, asked)
            common = asked
        else:
            do = self._look_up(s.say(NEXT[f"{key}_as"], step=where.step), key, entries)
            common = list(where.asks)
        if confirm:
            do = self.open.zones.first([measure], do)
        concerns = paired([*self._asked.concerns(key, [(as_eligible, self.open.item(one))], common)])
        return StepLine(s.say(lead, do=do), concerns, self._first(one), "next")

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
    def _alike(self) -> dict[_SameSteps, list[TallyModel]]:
        """The open measures by what to do for their companies: by force, by whether something has to be found or asked
        first, by the instruments that open them, and by what to do where nobody grants anything. One that is
        conditional for some companies only stands in two lines: those that are eligible are told now.
        """
        lines: dict[_SameSteps, list[TallyModel]] = {}
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

    def _key(self, one: TallyModel) -> _SameSteps:
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

    def _for_companies(self, alike: _SameSteps, own: Sequence[TallyModel]) -> ZoneStep:
        """The step for measures that need no finding: of what companies are told, and what is asked before."""
        key, entries, ungranted = alike
        measures = list(map(self.open.measure, own))
        do = self.open.zones.first(measures, self._do(key, own, entries, ungranted))
        who = [
            (self.open.number(one), who)
            for one, measure in zip(own, measures, strict=True)
            for who in (*self.open.zones.whom(measure), *self.open.terms.begun_with(measure))
        ]
        concerns = self._asked.concerns(key, [(one, self._counted(one)) for one in own], self._asked.of_all(own))
        brief = self._look_up(NEXT[f"brief_{key}"], key, entries), self._briefly(own)
        line = StepLine(do, paired(list(concerns)), _asked(who, len(own)))
        return ZoneStep((line,), brief, tuple(map(_row_of, own)))

    def _do(
        self,
        key: str,
        own: Sequence[TallyModel],
        entries: tuple[str, ...],
        ungranted: Text | None,
        *,
        read: bool = True,
    ) -> Text:
        """What is done for the companies of some measures; `read`, with what is asked of how this report reads them."""
        if ungranted is not None:
            do = s.say(NEXT["not_granted"], do=ungranted)
        elif key == "nationwide":
            told = [one for one in self._rulebook.register if one.id in entries]
            titles = s.listed([one.title for one in told], s.AND)
            do = s.say(NEXT["nationwide"], title=titles, date=min(one.date for one in told).isoformat())
        elif key in ASKING:
            asks = joined([*self._asked.of_all(own), *(self._asked.reading(own) if read else ())])
            do = s.say(NEXT[key], asks=asks)
        else:
            do = NEXT[key]
        asked = list(self._asked.reading(own)) if read and key not in (*ASKING, "find") else []
        told_do = s.say(NEXT["read_first"], asks=joined(asked), do=do) if asked else do
        return self._look_up(told_do, key, entries)

    @staticmethod
    def _look_up(do: Text, key: str, entries: tuple[str, ...]) -> Text:
        return joined([do, NEXT["look_up"]]) if entries and key != "nationwide" else do

    def _each_finding(
        self, entries: tuple[str, ...], own: Sequence[TallyModel], told: list[ZoneStep], above: AskedAbove
    ) -> None:
        """Add a step for each measure that findings are asked for: whom for what, and who needs none; and what is done
        for those that are included then.
        """
        needless = WithoutFinding(self.open.summary, self._rulebook)
        whole = {self.open.measure(one).key: one for one in self.open.found}
        for number, one in enumerate(own):
            measure = self.open.measure(one)
            without = list(needless.lines(measure))
            all_found = [NEXT["find_all"]] if self._all_found(whole[measure.key]) else []
            concerns = [self._counted(one), *self._asked.reading_too(one), *all_found, *without]
            who = self.open.terms.finders(measure, ()) or self.open.terms.begun_with(measure)
            do = NEXT["find_as"] if number else self._do("find", own, entries, None)
            line = StepLine(
                self.open.zones.first([measure], do), paired(concerns),
                joined([*self.open.zones.whom(measure), *who]), "register",
            )  # fmt: skip
            lead = NEXT["find_then_or" if without else "find_then"]
            then = self._then(one, lead, f"{len(told) + 1}{sign_of(1)}", above)
            brief = None if number else (self._look_up(NEXT["brief_find"], "find", entries), self._briefly(own))
            told.append(ZoneStep((line, then), brief, (_row_of(one),)))

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
    lines = [s.say(NEXT["brief_measure"], row=items_text(rows), who=who) for who, rows in found.items()]
    return joined(lines) if lines else Text("–", "–")
