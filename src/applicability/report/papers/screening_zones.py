"""The zones of a register whose lying in others is in doubt: which open measures can rest on them, and what to confirm.

A summary counts companies by zone and by measure, and not by both: so whether the companies of a measure are in such a
zone, and by it alone, whoever runs the register has to look up.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.measure import Measure, MeasureKey
from applicability.model.place_relations import Whereabouts, Zone
from applicability.model.rulebook import Rulebook
from applicability.model.zone_doubts import can_rest_on
from applicability.report.language import sentences as s
from applicability.report.papers.rows import items_text, marked_number
from applicability.report.papers.texts import joined
from applicability.report.papers.zone_doubts import body_of, whether_it_counts
from applicability.report.screening.json import NamedPlaceModel
from applicability.text import Text

_FEW = 2  # zones that are asked about one by one
_WORDS: Mapping[str, Text] = {
    "name": Text("{name}（先核实功能区）", "{name} (confirm the zone first)"),
    "count": Text("{count}（先核实功能区）", "{count} (confirm the zone first)"),
    "to_confirm": Text(
        "就{rows}，先向{who}核实：{whether}；只因位于{zone}而在内的企业，答复为仍计入的，才照下文办理",
        "for {rows}, first confirm with {who} {whether}: with companies that are included by {zone} alone, go on only "
        "if it does",
    ),
    "to_confirm_any": Text(
        "就{rows}，先向{who}核实下列功能区是否仍计入其所属功能区：{zones}；只因位于其中之一而在内的企业，答复为仍计入的，"
        "才照下文办理",
        "for {rows}, first confirm with {who} whether each of these zones still counts in that zone: {zones}; with "
        "companies that are included by one of them alone, go on only if it does",
    ),
    "who_any": Text(
        "各该功能区所属功能区的管理机构（推断）", "the administrative body of the zone around each (inferred)"
    ),
    "listed_any": Text(
        "{rows}：先核实有存疑的功能区是否仍计入其所属功能区，见“{part}”。",
        "To be confirmed first for {rows}: whether zones in doubt still count in those around them, see “{part}”.",
    ),
    "then": Text("{first}。{do}", "{first}. Then: {do}"),
    "listed": Text(
        "{rows}：先核实{whether}，见“{part}”。", "To be confirmed first for {rows}: {whether}, see “{part}”."
    ),
}


@dataclass(frozen=True)
class ZonesInDoubt:
    """The zones in doubt that companies of a register name, or that lie around those; all where a summary counts no
    places.
    """

    rulebook: Rulebook
    day: datetime.date
    named: tuple[NamedPlaceModel, ...]

    @cached_property
    def zones(self) -> tuple[str, ...]:
        gazetteer = self.rulebook.gazetteer
        if not self.named:
            return tuple(id for id, zone in gazetteer.zones.items() if zone.doubt is not None)
        named = frozenset(one.code for one in self.named if one.code in gazetteer.zones)
        return tuple(sorted(gazetteer.in_doubt(Whereabouts(zones=named))))

    def of(self, measure: Measure) -> tuple[Zone, ...]:
        """Those that the verdict of some company on a measure can rest on."""
        if measure.key not in self._known:
            every = (one for one in self.zones if can_rest_on(measure, one, self.day, self.rulebook))
            self._known[measure.key] = tuple(self.rulebook.gazetteer.zones[one] for one in every)
        return self._known[measure.key]

    @cached_property
    def _known(self) -> dict[MeasureKey, tuple[Zone, ...]]:
        """Cache; bounded by the measures."""
        return {}

    def doubts(self, measure: Measure) -> list[Text]:
        """The doubts about those."""
        return [one.doubt for one in self.of(measure) if one.doubt is not None]

    def marked(self, measure: Measure, told: Text, key: str = "name") -> Text:
        """A measure, or how many companies it is open to, marked where a zone is to be confirmed first."""
        return s.say(_WORDS[key], **{key: told}) if self.of(measure) else told

    def whom(self, measure: Measure) -> list[Text]:
        """With whom to confirm it."""
        zones = self.of(measure)
        return [_WORDS["who_any"]] if len(zones) > _FEW else [body_of(one, self.rulebook) for one in zones]

    def first(self, measures: Sequence[Measure], do: Text) -> Text:
        """What to do for the companies of some measures, after what is to be confirmed."""
        every = dict.fromkeys(zone for one in measures for zone in self.of(one))
        if len(every) > _FEW:
            zones = s.listed([Text(one.zh, one.en) for one in every], s.AND)
            rows, who = self._rows(measures, *every), _WORDS["who_any"]
            return s.say(_WORDS["then"], first=s.say(_WORDS["to_confirm_any"], rows=rows, who=who, zones=zones), do=do)
        told = [
            s.say(
                _WORDS["to_confirm"], rows=self._rows(measures, zone), who=body_of(zone, self.rulebook),
                whether=whether_it_counts(zone, self.rulebook), zone=Text(zone.zh, zone.en),
            )
            for zone in every
        ]  # fmt: skip
        return s.say(_WORDS["then"], first=joined(told), do=do) if told else do

    def listed(self, measures: Sequence[Measure], part: Text) -> list[Text]:
        """What is to be confirmed of the measures of a list, and where it is told."""
        every = dict.fromkeys(zone for one in measures for zone in self.of(one))
        if len(every) > _FEW:
            return [s.say(_WORDS["listed_any"], rows=self._rows(measures, *every), part=part)]
        return [
            s.say(
                _WORDS["listed"], rows=self._rows(measures, zone), part=part,
                whether=whether_it_counts(zone, self.rulebook),
            )
            for zone in every
        ]  # fmt: skip

    def _rows(self, measures: Sequence[Measure], *zones: Zone) -> Text:
        return items_text(dict.fromkeys(marked_number(one) for one in measures if set(zones) & set(self.of(one))))
