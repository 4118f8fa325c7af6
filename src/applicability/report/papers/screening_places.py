"""Where the companies of a register lie, in a screening's paper, and how many there have something open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Block, Heading, Paragraph, Table, same
from applicability.report.papers.screening_steps import AwaitedSteps, text_of
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.screening_words import SHEETS
from applicability.report.papers.texts import joined, sentence
from applicability.report.screening.json import NamedPlaceModel, PlaceTallyModel, SummaryModel
from applicability.text import Text

_PLACES = 12  # places that are named
_NEARLY = 0.8  # of the companies in one city, from which they are told by district


@dataclass(frozen=True)
class Places:
    """The places of one summary."""

    summary: SummaryModel
    rulebook: Rulebook
    steps: AwaitedSteps

    def blocks(self) -> Iterator[Block]:
        """The companies by where they lie: as the rules tell it apart, then by the places that the register names."""
        tallies = [one for one in self.summary.by_place if one.companies]
        if not tallies:
            return
        yield Heading(WORDS["places"])
        split = any(one.served_by_scope not in (None, one.served) for one in tallies)
        rows = tuple((self._place_of(one), *_served(one, split=split), self._under(one)) for one in tallies)
        heads = (WORDS["where"], WORDS["companies"], *_heads(split=split), WORDS["plan"])
        widths = (36, 12, 14, 14, 24) if split else (44, 13, 15, 28)
        yield Table(heads, rows, widths, right=(1, 2, 3) if split else (1, 2))
        yield from self._named(split=split)

    def _place_of(self, tally: PlaceTallyModel) -> Text:
        """The places of a group: of many, the cities of these that the register names, with how many companies."""
        cities = [one for one in self.summary.named_places if one.kind == "city" and one.code in tally.codes]
        short = self.steps.name_of(tally)
        if short == text_of(tally.label) or not cities:
            return self.steps.names_of(tally)
        told = [Text(f"{one.label.zh}{one.companies:,}家", f"{one.label.en} {one.companies:,}") for one in cities]
        return s.say(WORDS["where_named"], places=short, cities=joined(told))

    def _named(self, *, split: bool) -> Iterator[Block]:
        """By district where nearly all companies lie in one city, else by city; then by zone."""
        named = self.summary.named_places
        cities = [one for one in named if one.kind == "city"]
        districts = [one for one in named if one.kind == "district"]
        most = sum(one.companies for one in cities)
        alone = bool(cities and districts) and cities[0].companies >= most * _NEARLY
        for key, found in (
            ("district" if alone else "city", districts if alone else cities),
            ("zone", [one for one in named if one.kind == "zone"]),
        ):
            if not found:
                continue
            yield Heading(WORDS[f"by_{key}"], 2)
            left = max(self.summary.companies - sum(one.companies for one in found), 0)
            lead = [WORDS["by_zone_lead"] if key == "zone" else s.say(WORDS[f"by_{key}_lead"], left=f"{left:,}")]
            if key == "zone":
                lead += self._overlaps(found[:_PLACES])
            elif alone:
                lead += self._elsewhere(found[:_PLACES], cities[0])
            if len(found) > _PLACES:
                lead.append(s.say(WORDS["places_first"], shown=str(_PLACES), all=str(len(found))))
            yield Paragraph(sentence(lead), "soft")
            rows = tuple((text_of(one.label), *_served(one, split=split)) for one in found[:_PLACES])
            heads = (WORDS["place"], WORDS["companies"], *_heads(split=split))
            yield Table(heads, rows, (52, 16, 16, 16) if split else (60, 20, 20), right=(1, 2, 3) if split else (1, 2))

    def _elsewhere(self, districts: Sequence[NamedPlaceModel], city: NamedPlaceModel) -> Iterator[Text]:
        """Which districts do not lie in the city that nearly all companies name."""
        far = [one for one in districts if city.code not in self._divisions_around(one.code)]
        if far:
            told = [
                Text(f"{one.label.zh}（{one.companies:,}家）", f"{one.label.en} ({one.companies:,})") for one in far
            ]
            yield s.say(WORDS["district_far"], districts=s.listed(told, s.AND), city=text_of(city.label))

    def _divisions_around(self, code: str) -> Iterator[str]:
        around: str | None = code
        while around is not None:
            yield around
            around = self.rulebook.gazetteer.parent(around)

    def _overlaps(self, zones: Sequence[NamedPlaceModel]) -> Iterator[Text]:
        """Which of some zones lie in which others of them, whose companies are counted in both."""
        known, shown = self.rulebook.gazetteer, {one.code: one for one in zones}
        for code, inner in shown.items():
            around = [] if code not in known.zones else [one for one in shown if one in known.around(code) - {code}]
            if around:
                outer = s.listed([text_of(shown[one].label) for one in around], s.AND)
                same_ones = all(shown[one].companies == inner.companies for one in around)
                key = "zones_same" if same_ones else "zones_overlap"
                yield s.say(WORDS[key], inner=text_of(inner.label), outer=outer)

    def _under(self, tally: PlaceTallyModel) -> Text:
        if tally.kind == "unknown":
            return s.say(WORDS["unknown"], asks=SHEETS["asks"])
        if tally.kind == "elsewhere":
            return WORDS["outside"]
        return self.steps.under(tally) or same("–")


def _served(one: PlaceTallyModel | NamedPlaceModel, *, split: bool) -> tuple[Text, ...]:
    """How many companies, and how many with something open; `split` into those by the plan's scope and the others."""
    inside = one.served if one.served_by_scope is None else one.served_by_scope
    told = (one.companies, inside, one.served - inside) if split else (one.companies, one.served)
    return tuple(same(f"{count:,}") for count in told)


def _heads(*, split: bool) -> tuple[Text, ...]:
    return (WORDS["by_the_plan"], WORDS["by_others"]) if split else (WORDS["open_there"],)
