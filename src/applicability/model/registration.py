"""Whether an entity is registered where it does business, by the place of its registration."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.model.facts import FactDeclaration, Value
from applicability.model.headings import REGISTERED_IN
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook

_CITY = "city"


def registrations(rulebook: Rulebook) -> tuple[FactDeclaration, ...]:
    """The facts that give a place of registration."""
    return rulebook.facts_of("registration")


def where_registered(name: str, value: object) -> bool:
    """Whether a default says that companies do business where they are registered: `city: registered_in`."""
    return name == _CITY and value == REGISTERED_IN


def registered_here(rulebook: Rulebook, place: str, whereabouts: Whereabouts) -> str | None:
    """Whether a place of registration lies in the province or city given, `true` or `false`; None where that is left
    open.

    The rows speak of the place that has the pilot: whoever is registered in another district of it is registered there.
    """
    gazetteer = rulebook.gazetteer
    around = min(whereabouts.divisions, key=lambda code: len(gazetteer.path(code)), default=None)
    named = (around,) if around is not None else tuple(sorted(whereabouts.zones or ()))
    if not named:
        return None
    here = [pilot_or_city(rulebook, one) for one in named]
    if any(not gazetteer.overlap(place, one) for one in here):
        return "false"
    return "true" if all(gazetteer.inside(place, one) for one in here) else None


def pilot_or_city(rulebook: Rulebook, place: str) -> str:
    """The pilot around a place, else its city; a place that lies in several, as a province may, is itself."""
    gazetteer = rulebook.gazetteer
    around = {
        next((one for one in gazetteer.path(area) if one in rulebook.pilots), None) or gazetteer.city_of(area)
        for area in gazetteer.areas(place)
    }
    return around.pop() if len(around) == 1 else place


def with_registration(values: Mapping[str, Value], whereabouts: Whereabouts, rulebook: Rulebook) -> dict[str, Value]:
    """The values with what follows from the place of registration, for somebody who stands there."""
    found = dict(values)
    for one in registrations(rulebook):
        place = values.get(one.name)
        if isinstance(place, str):
            found.pop(one.settles, None)
            follows = registered_here(rulebook, place, whereabouts)
            if follows is not None:
                found[one.settles] = follows
    return found
