"""Evaluates place leaves, cached for whereabouts that those leaves do not distinguish."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from applicability.analysis.place_classes import PlaceLeaves
from applicability.bulk.engine.column_encoders import VerdictBytes
from applicability.bulk.engine.combined_encoders import Alike
from applicability.lazy_dataclass import dataclass, field
from applicability.model.conditions import Leaf
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import Facts
from applicability.model.place_spellings import names_no_place
from applicability.model.places import Gazetteer, Whereabouts
from applicability.model.rulebook import Rulebook

# Of a division: the divisions asked about that contain it, and those that it contains.
Relation = tuple[frozenset[str], frozenset[str]]
# Of a zone: the relations of its divisions, and which of the zones around it and of their types are asked about.
ZoneRelation = tuple[frozenset[Relation], frozenset[str], frozenset[str]]
# Of whereabouts: the relations of the divisions, of the zones, and what rules ask about the types of zone told; of what
# it says it is not in, the zones and the types that this rules out.
WhereaboutsRelation = tuple[
    frozenset[Relation],
    frozenset[ZoneRelation] | None,
    frozenset[str] | None,
    frozenset[str] | None,
    frozenset[str] | None,
]


def place_names(gazetteer: Gazetteer, type_: str) -> Alike:
    """The merge key of names in a fact of type `place`, `zones` or `zone_types`: the places a name may stand for.

    Names that match no place share a key, since none of them can be read.
    """

    def alike(value: object) -> Hashable:
        if isinstance(value, str):
            if type_ == "zone_types":
                return gazetteer.zone_type_of(value)
            if type_ == "place" and names_no_place(value):
                return None
            return gazetteer.name_matches(value, "zone" if type_ == "zones" else "place")
        return type(value), repr(value)

    return alike


@dataclass
class PlaceReadings:
    """Evaluates place leaves.

    A division matters only by what contains it, what it contains and what it excludes; a zone by its divisions, the
    zones around it and their types (`analysis.place_classes`). Whereabouts that agree in this, as far as a leaf asks,
    share an entry. For a leaf that asks about divisions only, a zone matters by its divisions only.
    """

    rulebook: Rulebook
    leaves: Sequence[Leaf]
    _known: dict[object, VerdictBytes] = field(default_factory=dict)
    _known_by_divisions: dict[object, VerdictBytes] = field(default_factory=dict)
    _relations: dict[str, Relation] = field(default_factory=dict)
    _zones: dict[str, ZoneRelation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        gazetteer = self.rulebook.gazetteer
        reading = PlaceLeaves(self.rulebook, tuple(self.leaves))
        whole = (id for id, zone in gazetteer.zones.items() if zone.whole)  # zone types cover these unnamed
        self._asked = frozenset(area for place in (*reading.named, *whole) for area in gazetteer.areas(place))
        self._inside: dict[str, set[str]] = {}
        for code in self._asked:
            for around in gazetteer.path(code):
                self._inside.setdefault(around, set()).add(code)
        self._plain = [self._asks_divisions(leaf) for leaf in self.leaves]
        self._of_divisions = [leaf for leaf, plain in zip(self.leaves, self._plain, strict=True) if plain]
        self._of_zones = [leaf for leaf, plain in zip(self.leaves, self._plain, strict=True) if not plain]
        self._asked_zones = frozenset(place for place in reading.named if place in gazetteer.zones)
        types = (*reading.types, *(gazetteer.zones[zone].types for zone in self._asked_zones))
        self._asked_kinds = frozenset(kind for own in types for each in own for kind in gazetteer.kinds(each))

    def _asks_divisions(self, leaf: Leaf) -> bool:
        """Whether a leaf asks about divisions only."""
        own = PlaceLeaves(self.rulebook, (leaf,))
        return not own.types and not any(place in self.rulebook.gazetteer.zones for place in own.named)

    def __call__(self, facts: Facts) -> VerdictBytes:
        """The verdict of each leaf."""
        key = self._key(facts.whereabouts, self.rulebook.gazetteer)
        divisions, zones = key[:2]
        found = self._known.get(key)
        if found is None:
            around = (divisions, frozenset(areas for areas, _, _ in zones or ()))
            if around not in self._known_by_divisions:
                self._known_by_divisions[around] = self._read(self._of_divisions, facts)
            known = iter(self._known_by_divisions[around])
            others = iter(self._read(self._of_zones, facts))
            found = self._known[key] = bytes(next(known if plain else others) for plain in self._plain)
        return found

    def _read(self, leaves: Sequence[Leaf], facts: Facts) -> VerdictBytes:
        return bytes(leaf_verdict(leaf, facts, self.rulebook) for leaf in leaves)

    def _key(self, whereabouts: Whereabouts, gazetteer: Gazetteer) -> WhereaboutsRelation:
        divisions = dict.fromkeys(whereabouts.divisions)
        if len(divisions) > 1:  # a district implies its city: naming the city as well adds nothing
            paths = {code: gazetteer.path(code) for code in divisions}
            coarser = {around for path in paths.values() for around in path[1:]}
            divisions = dict.fromkeys(code for code in divisions if code not in coarser)
        zones = whereabouts.zones
        types = whereabouts.zone_types
        no_zones, no_types = whereabouts.no_zones, whereabouts.no_zone_types
        return (
            frozenset([self._relation(code, gazetteer) for code in divisions]),
            None if zones is None else frozenset([self._zone(zone, gazetteer) for zone in zones]),
            None if types is None else self._kinds(types, gazetteer),
            None
            if no_zones is None
            else frozenset(z for z in self._asked_zones if not no_zones.isdisjoint(gazetteer.around(z))),
            None
            if no_types is None
            else frozenset(k for k in self._asked_kinds if not no_types.isdisjoint(gazetteer.kinds(k))),
        )

    def _relation(self, code: str, gazetteer: Gazetteer) -> Relation:
        if code not in self._relations:
            around = self._asked.intersection(gazetteer.path(code))
            self._relations[code] = (around, frozenset(self._inside.get(code, ())))
        return self._relations[code]

    def _zone(self, zone: str, gazetteer: Gazetteer) -> ZoneRelation:
        if zone not in self._zones:
            around = gazetteer.around(zone)
            types = frozenset(each for one in around for each in gazetteer.zones[one].types)
            areas = frozenset(self._relation(code, gazetteer) for code in gazetteer.areas(zone))
            self._zones[zone] = (areas, around & self._asked_zones, self._kinds(types, gazetteer))
        return self._zones[zone]

    def _kinds(self, types: frozenset[str], gazetteer: Gazetteer) -> frozenset[str]:
        """Which of the types asked about these types are or descend from."""
        return self._asked_kinds & {kind for each in types for kind in gazetteer.kinds(each)}
