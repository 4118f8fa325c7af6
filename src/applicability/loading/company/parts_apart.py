"""A name or an address whose parts contradict each other: 广东省成都市. Neither is certain, and both sides are told."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.loading.company.address_names import NO_PLACE, begun_by, plain
from applicability.loading.company.addresses import addresses_of
from applicability.loading.profile.mistake import Mistake
from applicability.model.place_spellings import is_any_citys
from applicability.model.places import Gazetteer
from applicability.text import Text


def parts_apart(gazetteer: Gazetteer, cell: str) -> Mistake | None:
    """What is wrong with a cell that begins with a place and goes on with one that does not lie in it.

    Of a city's districts that cannot be told: 东城区 is no district of Dongguan, and is written there all the same.
    """
    names, text = addresses_of(gazetteer).names, plain(cell)
    for index in (names.full.get(None, {}), names.short.get(None, {})):
        for name, around in begun_by(index, text):
            rest = text[len(name) :]
            inner, found = _begun(gazetteer, rest)
            province = gazetteer.level(around) == "province" and not gazetteer.is_city(around)
            if not found or (inner.endswith("区") and not province) or is_any_citys(inner):
                continue
            part = gazetteer.moved.get(around)
            former = (around,) if part is None else (around, part.province)
            if any(gazetteer.overlap(one, own) for one in found for own in former):
                return None
            return _mistake(gazetteer, cell, (name, inner), found)
    return None


def _begun(gazetteer: Gazetteer, text: str) -> tuple[str, Sequence[str]]:
    """The official name that a text begins with, or the name that it is, and the places that have it."""
    named = addresses_of(gazetteer).names.official_anywhere.get(text[:2], ())
    for name, codes in named:
        if text.startswith(name) and not NO_PLACE.match(text, len(name)):
            return name, codes
    return text, gazetteer.candidates(text, "division") if len(text) > 1 else ()


def _mistake(gazetteer: Gazetteer, cell: str, names: tuple[str, str], found: Sequence[str]) -> Mistake:
    outer, inner = names
    paths = [[*reversed(gazetteer.path(one))] for one in found if len(gazetteer.path(one)) > 1]
    zh = "、".join("".join(map(gazetteer.name, path)) for path in paths)
    en = " or ".join(", ".join(gazetteer.name(one, "en") for one in reversed(path)) for path in paths)
    mend = Text("两处必有一误，请改正", "one of the two is wrong: correct it")
    if paths:
        mend = Text(f"`{inner}` 指{zh}：请改正写错的一处", f"`{inner}` is {en}: correct the one that is wrong")
    what = Text(
        f"`{cell}` 前后矛盾：`{inner}` 不在 `{outer}` 内",
        f"`{cell}` contradicts itself: `{inner}` does not lie in `{outer}`",
    )
    return Mistake("P103", what, mend)
