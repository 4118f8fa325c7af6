"""Whom to ask in a screening's paper, without authorities whose own pilot reaches none of the companies."""

from __future__ import annotations

from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.measure import Measure
from applicability.model.rulebook import Entry
from applicability.report.papers.measure_terms import MeasureTerms
from applicability.report.screening.json import NamedPlaceModel
from applicability.text import Text


@dataclass(frozen=True)
class TermsHere(MeasureTerms):
    """Writes measures for the companies of a register, of which it is known which places they name."""

    named_places: tuple[NamedPlaceModel, ...] = ()

    def asked(self, measure: Measure) -> list[Text]:
        """Whom to ask, without those that only an instrument names which reaches no place that a company names."""
        first = self.begun_with(measure)
        entries = {one.id: one for one in self.rulebook.register}
        far = {
            one.who
            for one in self._named(measure)
            if one.source.entry is not None and not self._reaches(entries[one.source.entry])
        }
        return [one for one in super().asked(measure) if one in first or one not in far]

    def _reaches(self, entry: Entry) -> bool:
        """Whether a company may lie where an instrument reaches; also where only the city around is named."""
        if not entry.places or not self._codes:
            return True
        places = set(entry.places)
        return any(places & self._around(code) for code in self._codes) or any(
            self._codes & self._around(place) for place in places
        )

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(one.code for one in self.named_places)

    def _around(self, code: str) -> set[str]:
        """A place with all divisions and zones that contain it."""
        gazetteer = self.rulebook.gazetteer
        if code in gazetteer.zones:
            found = set(gazetteer.around(code))
            divisions = [division for one in found for division in gazetteer.zones[one].divisions]
        else:
            found, divisions = set(), [code]
        for one in divisions:
            around: str | None = one
            while around is not None:
                found.add(around)
                around = gazetteer.parent(around)
        return found
