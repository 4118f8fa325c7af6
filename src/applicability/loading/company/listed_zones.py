"""The zones that an address names, beside a list of all zones that a company is in, or of their types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from applicability.model.places import Gazetteer
from applicability.text import Text


def zones_named(gazetteer: Gazetteer, zones: Sequence[str]) -> Text:
    """The names of zones in one sentence."""
    return Text("、".join(map(gazetteer.name, zones)), "; ".join(gazetteer.name(one, "en") for one in zones))


def zones_together(gazetteer: Gazetteer, zones: Iterable[str], division: str | None) -> list[str]:
    """The zones that can be in one place, and in the division; the first named goes before others."""
    found: list[str] = []
    for zone in zones:
        near = (*found, *((division,) if division is not None else ()))
        if all(gazetteer.overlap(zone, one) for one in near):
            found.append(zone)
    return found


def list_without(gazetteer: Gazetteer, zones: Iterable[str], listed: Sequence[str] | None, typed: bool | None) -> str:
    """The list that says that a company is in no zone at all beside these, `zones` or `zone_types`; empty if none does.

    Types are of zones that no table has: a company may be in one of those as well, so that only no type denies a zone.
    """
    own = [gazetteer.zones[one].types for one in zones]
    if own and listed is not None and not listed:
        return "zones"
    return "zone_types" if typed is False and any(own) else ""


def zones_beside(gazetteer: Gazetteer, zones: Iterable[str], listed: Iterable[str]) -> list[str]:
    """The zones of these that are not listed; those around one that is listed need not be."""
    around = {zone for one in listed for zone in gazetteer.around(one)}
    return [one for one in zones if one not in around]
