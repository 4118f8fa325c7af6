"""Names of zones in short that lie elsewhere than the other places of a profile: any city may have one called so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from applicability.lazy_dataclass import dataclass
from applicability.loading.company.zone_names import short_for
from applicability.loading.profile.written import words_of
from applicability.model.partial import YES
from applicability.model.rulebook import Rulebook


@dataclass(frozen=True)
class ShortName:
    """A name of a zone in short: its fact, the part of a list and the place in it where it stands, or the whole fact;
    the zone that it stands for, and a place of the profile that this cannot lie in.
    """

    fact: str
    part: str
    index: int | None
    name: str
    zone: str
    place: str


def short_elsewhere(given: Mapping[str, object], rulebook: Rulebook) -> list[ShortName]:
    """The names of zones in short that lie apart from a place that the profile tells otherwise."""
    gazetteer = rulebook.gazetteer
    firm: list[str] = []
    short: list[tuple[str, str, int | None, str, str]] = []
    for fact, part, index, name in _names(given, rulebook):
        kind = "place" if index is None else "zone"
        if (zone := short_for(gazetteer, name)) is not None:
            short.append((fact, part, index, name, zone))
        elif len(found := gazetteer.candidates(name, kind, firm)) == 1:
            firm += found
    apart = ((one, next((own for own in firm if not gazetteer.overlap(one[-1], own)), None)) for one in short)
    return [ShortName(*one, gazetteer.areas(place)[0]) for one, place in apart if place is not None]


def _names(given: Mapping[str, object], rulebook: Rulebook) -> Iterator[tuple[str, str, int | None, str]]:
    """The names of places in a profile: each with its fact, the part of a list, and the place in it if it is one."""
    for fact, declaration in rulebook.facts.items():
        held = given.get(fact)
        if declaration.type == "place" and isinstance(held, str):
            yield fact, "", None, held.strip()
        elif declaration.type == "zones" and held is not None:
            part, listed = (YES, held.get(YES)) if isinstance(held, Mapping) else ("", held)
            words = words_of(rulebook, declaration, listed.strip()) if isinstance(listed, str) else listed
            for index, word in enumerate(words if isinstance(words, (list, tuple)) else ()):
                yield fact, part, index, str(word).strip()
