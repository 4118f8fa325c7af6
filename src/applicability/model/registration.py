"""Whether an entity is registered where it does business, by the place of its registration."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.model.facts import FactDeclaration, Value
from applicability.model.headings import REGISTERED_IN
from applicability.model.places import Gazetteer, Whereabouts
from applicability.model.rulebook import Rulebook

_CITY = "city"


def registrations(rulebook: Rulebook) -> tuple[FactDeclaration, ...]:
    """The facts that give a place of registration."""
    return tuple(one for one in rulebook.facts.values() if one.type == "registration")


def where_registered(name: str, value: object) -> bool:
    """Whether a default says that companies do business where they are registered: `city: registered_in`."""
    return name == _CITY and value == REGISTERED_IN


def registered_here(gazetteer: Gazetteer, place: str, whereabouts: Whereabouts) -> str | None:
    """Whether a place of registration lies in the place given, `true` or `false`; None where that is left open.

    Of a city and its district, the city is the place: whoever is registered elsewhere in it is registered there.
    """
    around = min(whereabouts.divisions, key=lambda code: len(gazetteer.path(code)), default=None)
    here = (around,) if around is not None else tuple(sorted(whereabouts.zones or ()))
    if not here:
        return None
    if any(not gazetteer.overlap(place, one) for one in here):
        return "false"
    return "true" if all(gazetteer.inside(place, one) for one in here) else None


def with_registration(values: Mapping[str, Value], whereabouts: Whereabouts, rulebook: Rulebook) -> dict[str, Value]:
    """The values with what follows from the place of registration, for somebody who stands there."""
    found = dict(values)
    for one in registrations(rulebook):
        place = values.get(one.name)
        if isinstance(place, str):
            found.pop(one.settles, None)
            follows = registered_here(rulebook.gazetteer, place, whereabouts)
            if follows is not None:
                found[one.settles] = follows
    return found
