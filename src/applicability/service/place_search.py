"""The search over places and zones, and what it shows of each."""

from __future__ import annotations

import unicodedata
from typing import Literal

from pydantic import Field

from applicability.model.place_names import latin_name
from applicability.model.place_notes import read_as
from applicability.model.places import fold
from applicability.model.rulebook import Rulebook
from applicability.report.contract import Model, TextModel, text_model

PlaceKind = Literal["division", "zone", "former"]


class PlaceHitModel(Model):
    """A place that a search found: its code or id as a profile takes it, its names, and what it lies in."""

    kind: PlaceKind
    code: str
    name: TextModel
    within: list[TextModel]
    pilot: bool = Field(description="whether it is a pilot, or lies in one")
    read_as: TextModel | None = Field(description="of a former division: what it is read as")
    city: str | None = Field(
        description="of a zone: the code of the division in which the whole of it lies, to be given as `city` with it"
    )


def find_places(rulebook: Rulebook, words: str, most: int) -> list[PlaceHitModel]:
    """The places and zones whose name or code holds the words, pilots first; former divisions last."""
    words = unicodedata.normalize("NFKC", words)
    gazetteer, wanted = rulebook.gazetteer, fold(words)
    exact = set(gazetteer.candidates(words, "division")) | set(gazetteer.candidates(words, "zone"))
    found = sorted(
        dict.fromkeys((*exact, *gazetteer.search(words))),
        key=lambda one: _rank(is_pilot(rulebook, one), one in exact, _begins(rulebook, one, wanted)),
    )
    hits = [place_hit(rulebook, one) for one in found[:most]]
    for former in gazetteer.search_former(words)[: max(0, most - len(hits))]:
        read = read_as(gazetteer, former)
        hits.append(
            PlaceHitModel(
                kind="former", code=former.code, name=TextModel(zh=former.zh, en=former.zh), within=[], pilot=False,
                read_as=text_model(read), city=None,
            )
        )  # fmt: skip
    return hits


def _rank(pilot: bool, exact: bool, begins: bool) -> int:
    """A pilot of that name, a pilot whose name begins so, another place of that name, and then the rest."""
    if pilot:
        return 0 if exact else 1 if begins else 3
    return 2 if exact else 4 if begins else 5


def _begins(rulebook: Rulebook, place: str, wanted: str) -> bool:
    gazetteer = rulebook.gazetteer
    return any(fold(name).startswith(wanted) for name in (gazetteer.name(place), gazetteer.name(place, "en")))


def is_pilot(rulebook: Rulebook, place: str) -> bool:
    """Whether a place is one of the rulebook's pilots, or lies in one."""
    gazetteer = rulebook.gazetteer
    return all(any(gazetteer.lies_in(area, one) for one in rulebook.pilots) for area in gazetteer.areas(place))


def place_hit(rulebook: Rulebook, place: str) -> PlaceHitModel:
    """A division or zone, as a search shows it."""
    gazetteer = rulebook.gazetteer
    zone = gazetteer.zones.get(place)
    around = [*zone.part_of, *zone.divisions] if zone is not None else gazetteer.path(place)[1:]
    return PlaceHitModel(
        kind="division" if zone is None else "zone",
        code=place,
        name=_place_name(rulebook, place),
        within=[_place_name(rulebook, one) for one in around],
        pilot=is_pilot(rulebook, place),
        read_as=None,
        city=None if zone is None else gazetteer.division_of(place),
    )


def _place_name(rulebook: Rulebook, place: str) -> TextModel:
    """The names of a place; where there is no English one, what its pinyin makes of it, beside the Chinese."""
    gazetteer = rulebook.gazetteer
    division, zh, en = gazetteer.divisions.get(place), gazetteer.name(place), gazetteer.name(place, "en")
    return TextModel(zh=zh, en=f"{latin_name(division)} ({zh})" if division is not None and en == zh else en)


def zones_in(rulebook: Rulebook, place: str) -> list[PlaceHitModel]:
    """The zones of a place, given by any of its names that is not ambiguous; a zone is given for where it lies."""
    gazetteer = rulebook.gazetteer
    found = gazetteer.candidates(place, "division") or gazetteer.candidates(place, "place")
    if len(found) != 1:
        return []
    return [place_hit(rulebook, zone) for zone in gazetteer.zones if gazetteer.overlap(zone, found[0])]


def zone_named(rulebook: Rulebook, place: object) -> PlaceHitModel | None:
    """The zone that was given where a city is asked for; None where a division has the name, or several zones."""
    gazetteer = rulebook.gazetteer
    if not isinstance(place, str) or gazetteer.candidates(place, "division"):
        return None
    found = gazetteer.candidates(place, "zone")
    return place_hit(rulebook, found[0]) if len(found) == 1 else None
