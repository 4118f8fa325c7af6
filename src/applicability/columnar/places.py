"""What place leaves read of where a company stands, worked out once for all standings that are alike to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from applicability.columnar.members import Vector
from applicability.model.conditions import Leaf
from applicability.model.facts import Facts
from applicability.model.meaning import leaf_verdict
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook
from applicability.model.standings import Reading

# Of a division: which of the divisions that rules ask about it lies in, and which of them lie in it.
Relation = tuple[frozenset[str], frozenset[str]]


@dataclass
class PlaceReadings:
    """The verdicts of place leaves.

    A division matters only by what it lies in, holds or keeps clear of (`model.standings`), so standings whose
    divisions relate alike to every place that a leaf asks about, and that name the same zones and types, are one.
    """

    rulebook: Rulebook
    leaves: Sequence[Leaf]
    _known: dict[object, Vector] = field(default_factory=dict)
    _relations: dict[str, Relation] = field(default_factory=dict)
    _asked: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        gazetteer = self.rulebook.gazetteer
        whole = (id for id, zone in gazetteer.zones.items() if zone.whole)  # a zone type is asked of these unnamed
        named = Reading(self.rulebook, tuple(self.leaves)).named
        self._asked = frozenset(area for place in (*named, *whole) for area in gazetteer.areas(place))
        self._inside: dict[str, set[str]] = {}
        for code in self._asked:
            for around in gazetteer.path(code):
                self._inside.setdefault(around, set()).add(code)

    def __call__(self, facts: Facts) -> Vector:
        """The verdict of each leaf."""
        standing = facts.standing
        gazetteer = self.rulebook.gazetteer
        finest = [
            code
            for code in dict.fromkeys(standing.divisions)
            # Who stands in a district stands in its city: to say so as well tells no more.
            if not any(other != code and gazetteer.lies_in(other, code) for other in standing.divisions)
        ]
        relations = frozenset(self._relation(code, gazetteer) for code in finest)
        key = (relations, standing.zones, standing.zone_types)
        if key not in self._known:
            self._known[key] = bytes(leaf_verdict(leaf, facts, self.rulebook) for leaf in self.leaves)
        return self._known[key]

    def _relation(self, code: str, gazetteer: Gazetteer) -> Relation:
        if code not in self._relations:
            around = self._asked.intersection(gazetteer.path(code))
            self._relations[code] = (around, frozenset(self._inside.get(code, ())))
        return self._relations[code]
