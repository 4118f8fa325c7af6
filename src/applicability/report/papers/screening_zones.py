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

_WORDS: Mapping[str, Text] = {
    "name": Text("{name}（先核实功能区）", "{name} (confirm the zone first)"),
    "count": Text("{count}（先核实功能区）", "{count} (confirm the zone first)"),
    "to_confirm": Text(
        "就{rows}，先向{who}核实：{whether}；只因位于{zone}而在内的企业，答复为仍计入的，才照下文办理",
        "for {rows}, first confirm with {who} {whether}: with companies that are included by {zone} alone, go on only "
        "if it does",
    ),
    "then": Text("{first}。{do}", "{first}. Then: {do}"),
    "listed": Text(
        "{rows}：先核实{whether}，见“{part}”。", "To be confirmed first for {rows}: {whether}, see “{part}”."
    ),
}


@dataclass(frozen=True)
class ZonesInDoubt:
    """The zones in doubt that companies of a register name, or that lie around those."""

    rulebook: Rulebook
    day: datetime.date
    named: tuple[NamedPlaceModel, ...]

    @cached_property
    def zones(self) -> tuple[str, ...]:
        gazetteer = self.rulebook.gazetteer
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
        return [body_of(one, self.rulebook) for one in self.of(measure)]

    def first(self, measures: Sequence[Measure], do: Text) -> Text:
        """What to do for the companies of some measures, after what is to be confirmed."""
        every = dict.fromkeys(zone for one in measures for zone in self.of(one))
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
        return [
            s.say(
                _WORDS["listed"], rows=self._rows(measures, zone), part=part,
                whether=whether_it_counts(zone, self.rulebook),
            )
            for zone in every
        ]  # fmt: skip

    def _rows(self, measures: Sequence[Measure], zone: Zone) -> Text:
        own = dict.fromkeys(marked_number(one) for one in measures if zone in self.of(one))
        return items_text(own)
