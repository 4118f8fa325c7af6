"""Notes on how the name of a division was interpreted, where that is not obvious."""

from __future__ import annotations

from collections.abc import Iterable

from applicability.model.former import Former
from applicability.model.places import Gazetteer, fold
from applicability.text import Text

# What some notes ask for beside a check of what was read.
_THE_ZONE = Text("要按功能区判断，在“所在功能区”一项中另填", "to stand in the zone, give zones as well")
_TODAY = Text("请填现在的区县", "give the district of today")
_OF_A_PART = Text("在其内的请改填", "give that if it lies there")


def asked_for(note: str) -> str:
    """What a note on a place asks for, in either language; empty if it is only to be checked."""
    every = (_THE_ZONE, _TODAY, _OF_A_PART)
    return next((told for one in every for told in (one.zh, one.en) if note.endswith(told)), "")


def place_note(
    gazetteer: Gazetteer, written: str, place: str, near: Iterable[str], *, listed: bool = False
) -> Text | None:
    """The note on a name that was read as a division; `near` are the places that it was read near, no others, and
    `listed` is whether the zones are filled in elsewhere.
    """
    if not _is_called(gazetteer, written, place) and place not in gazetteer.candidates(written, "division", near):
        zones = gazetteer.candidates(written, "zone", near)
        told = any(gazetteer.lies_in(one, zone) for one in near for zone in zones)
        return zone_note(gazetteer, written, place, told=told, listed=listed)
    former = gazetteer.former_of(written, place)
    if former is not None:
        return read_as(gazetteer, former, by_code=fold(gazetteer.spelt(written)) == former.code)
    return None


def _is_called(gazetteer: Gazetteer, written: str, place: str) -> bool:
    """Whether a division has, or had, a name by itself."""
    return any(place in tier for tier in gazetteer.name_matches(written, "division"))


def city_around(gazetteer: Gazetteer, place: str) -> Text | None:
    """The city that a division lies in; None for a city, a province, a zone, or a county directly in a province."""
    if place not in gazetteer.divisions or (city := gazetteer.city_of(place)) == place:
        return None
    return Text(gazetteer.name(city), gazetteer.name(city, "en"))


def no_place_note(written: str) -> Text:
    """That a name says only that a level is left out."""
    return Text(f"`{written}` 不指具体地方，未据此判断", f"`{written}` names no place and is left out")


def zone_note(gazetteer: Gazetteer, written: str, place: str, *, told: bool = False, listed: bool = False) -> Text:
    """That the name of a zone was read as the division in which it lies; or is `told` elsewhere too, or the zones
    that are `listed` elsewhere count.
    """
    around = _full(gazetteer, place)
    if told:
        return Text(
            f"`{written}` 是功能区，按其所在的{around.zh}判断；该功能区另有写明，已读作所在功能区，不必另填",
            f"`{written}` is a zone and is read as {around.en}, where it lies; the zone is told elsewhere too and was "
            "read there, so that nothing is to be filled in",
        )
    if listed:
        return Text(
            f"`{written}` 是功能区，按其所在的{around.zh}判断；在哪个功能区内，以“所在功能区”一项所填为准",
            f"`{written}` is a zone and is read as {around.en}, where it lies; in which zones it stands is what the "
            "zones given say",
        )
    return Text(
        f"`{written}` 是功能区，按其所在的{around.zh}判断；{_THE_ZONE.zh}",
        f"`{written}` is a zone and is read as {around.en}, where it lies; {_THE_ZONE.en}",
    )


def read_as(gazetteer: Gazetteer, former: Former, *, by_code: bool = False) -> Text:
    """The note that a former division is read as a current one, and since when."""
    shown = Text(former.zh, former.zh)
    if by_code:
        shown = Text(f"{former.code}（{former.zh}）", f"{former.code} ({former.zh})")
    place, ended, parts = _full(gazetteer, former.place), _when(former.ended), _all(gazetteer, former.parts)
    if not former.succeeded:
        return Text(
            f"{shown.zh}自{ended.zh}起不再使用，其区域分属{parts.zh}，按{place.zh}判断；{_TODAY.zh}",
            f"{shown.en} has been out of use since {ended.en} and was divided among {parts.en}: "
            f"it is read as {place.en}; {_TODAY.en}",
        )
    if former.parts:
        return Text(
            f"{shown.zh}自{ended.zh}起不再使用，按{place.zh}判断；其部分区域划入{parts.zh}，{_OF_A_PART.zh}",
            f"{shown.en} has been out of use since {ended.en} and is read as {place.en}; "
            f"parts of it went to {parts.en}: {_OF_A_PART.en}",
        )
    return Text(
        f"{shown.zh}自{ended.zh}起不再使用，按{place.zh}判断",
        f"{shown.en} has been out of use since {ended.en} and is read as {place.en}",
    )


def _full(gazetteer: Gazetteer, place: str) -> Text:
    return Text(gazetteer.full_name(place), gazetteer.full_name(place, "en"))


def _all(gazetteer: Gazetteer, places: Iterable[str]) -> Text:
    """Joins the full names of places."""
    names = [_full(gazetteer, place) for place in places]
    return Text("、".join(name.zh for name in names), "; ".join(name.en for name in names))


def _when(ended: str) -> Text:
    """The year or the day on which something went out of use."""
    year, *rest = ended.split("-")
    if not rest:
        return Text(f"{year}年", year)
    month, day = (int(part) for part in rest)
    return Text(f"{year}年{month}月{day}日", ended)
