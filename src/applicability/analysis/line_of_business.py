"""Which measures speak of an entity's own line of business: its activities, or its sector in particular.

It orders what is shown, and decides nothing. What makes sense in whole sections of the economy, as green finance does,
is nobody's line in particular.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from applicability.analysis.plausibility import MOST, Plausibility
from applicability.bounded import BoundedCache
from applicability.model.conditions import Condition, Does, InSector, OneOf, leaves
from applicability.model.measure import MeasureKey
from applicability.model.partial import PartialSet
from applicability.model.rulebook import Rulebook

_LINES_KEPT = 64  # of so many lines of business the measures are remembered


class LinesOfBusiness:
    """The activities and the sectors that each measure of a rulebook speaks of in particular."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._lines: BoundedCache[object, tuple[MeasureKey, ...]] = BoundedCache(_LINES_KEPT)
        self._spoken_of = {
            one.key: (frozenset(self._activities(one.condition)), frozenset(self._codes(one.condition)))
            for one in rulebook.measures
            if one.condition is not None
        }
        self._every = sorted(frozenset().union(*(codes for _, codes in self._spoken_of.values())))

    def of(self, plausibility: Plausibility) -> tuple[MeasureKey, ...]:
        """The measures that speak of the line of business of an entity, those first that speak of what it does and of
        little else; none where nothing is known of it.
        """
        held = plausibility.facts.values.get("activities")
        given = held.yes if isinstance(held, PartialSet) else held if isinstance(held, frozenset) else frozenset()
        own = given | plausibility.likely
        sectors = plausibility.traits.sectors or ()
        line = self._lines.get((own, sectors))
        if line is None:
            line = self._lines[own, sectors] = self._line(own, sectors)
        return line

    def _line(self, own: frozenset[str], sectors: tuple[str, ...]) -> tuple[MeasureKey, ...]:
        related = self._rulebook.sectors.related
        near = frozenset(code for code in self._every if any(related(one, code) for one in sectors))
        found = [key for key, (activities, codes) in self._spoken_of.items() if activities & own or codes & near]
        return tuple(sorted(found, key=lambda key: (not self._spoken_of[key][0] & own, len(self._spoken_of[key][1]))))

    def speaking_of(self, codes: Collection[str], activities: Collection[str]) -> frozenset[MeasureKey]:
        """The measures that speak of some sectors or activities in particular."""
        related = self._rulebook.sectors.related
        near = frozenset(code for code in self._every if any(related(one, code) for one in codes))
        return frozenset(
            key for key, (own, spoken) in self._spoken_of.items() if own & frozenset(activities) or spoken & near
        )

    def _activities(self, condition: Condition) -> Iterator[str]:
        for leaf in leaves(condition):
            if isinstance(leaf, Does):
                yield from leaf.activities

    def _codes(self, condition: Condition) -> Iterator[str]:
        for leaf in leaves(condition):
            for codes in self._sectors(leaf):
                if len(codes) <= MOST and all(one[0].isdigit() for one in codes):  # a letter is a whole section
                    yield from codes

    def _sectors(self, leaf: object) -> Iterator[tuple[str, ...]]:
        """The sectors for whose sake a leaf's activities or values make sense, and those that it names."""
        match leaf:
            case Does(activities):
                known = self._rulebook.sectors.activities
                yield from ((known[one].plausible_for or {}).get("sector", ()) for one in activities if one in known)
            case OneOf(fact, values) if fact in self._rulebook.facts:
                choices = self._rulebook.facts[fact].values
                for one in (choices[value] for value in values if value in choices):
                    yield one.sectors or () if one.plausible_for is None else one.plausible_for.get("sector", ())
            case InSector(codes):
                yield codes
