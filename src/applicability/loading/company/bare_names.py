"""Names of places that stand alone in a cell: which of them are certain, and which only beside their city."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.addresses import AddressDoubt, AddressMatch, addresses_of
from applicability.loading.company.english_addresses import english_place
from applicability.loading.company.zone_names import short_for
from applicability.model.place_names import DISTRICT
from applicability.model.places import Gazetteer, fold

# A text in one script, and behind it one in the other.
_TWICE = lazy_pattern(
    r"([\x00-\x7f]*[A-Za-z])[\s(（/]*([^\x00-\x7f]+?)[)）]?|([^\x00-\x7f]+?)[\s(（/]*([A-Za-z][\x00-\x7f]*?)[)）]?"
)
_NOTHING = AddressMatch(None, ())


def is_several(gazetteer: Gazetteer, cell: object) -> bool:
    """Whether a cell is a name of several places."""
    return isinstance(cell, str) and len(gazetteer.candidates(cell.strip(), "place")) > 1


def needs_city(gazetteer: Gazetteer, cell: object) -> bool:
    """Whether a place is a district by its bare name, which only its city makes certain."""
    if not isinstance(cell, str):
        return False
    name = cell.strip()
    found: Sequence[str] = gazetteer.candidates(name, "place")
    if len(found) > 1:  # of a former one elsewhere nothing is known but its name
        found = [one for one in found if gazetteer.former_of(name, one) is None]
    if len(found) != 1 or fold(name).isdecimal() or "," in name:
        return False
    if not gazetteer.candidates(name, "division"):
        return False  # a zone by its name, read as where it lies
    former = gazetteer.former_of(name, found[0])
    official = gazetteer.divisions[found[0]].zh if former is None else former.zh
    longer = not name.isascii() and len(fold(name)) > len(official)
    district = gazetteer.level(found[0]) == "county" and DISTRICT.search(official) is not None
    return not longer and (district or DISTRICT.search(name) is not None)


def address_of(gazetteer: Gazetteer, text: str) -> AddressMatch:
    """Parses an address; one that is no more than the name of a place, such as 安徽合肥, is read as that."""
    found = addresses_of(gazetteer).read(text)
    return place_named(gazetteer, text) if found == _NOTHING else found


def place_named(gazetteer: Gazetteer, text: str) -> AddressMatch:
    """The division that a text as a whole is the name of, if that is certain without a city beside it; of one in Latin
    letters that which it begins or ends with.
    """
    name = text.strip()
    latin = unicodedata.normalize("NFKC", name)
    if latin.isascii():
        read = english_place(gazetteer, latin)
        doubts = tuple(
            doubt for doubt, is_so in ((AddressDoubt.ZONE, read.zone), (AddressDoubt.SHORT, read.cut)) if is_so
        )
        return _NOTHING if read.division is None else AddressMatch(read.division, read.zones, doubts=doubts)
    found = gazetteer.candidates(name, "division")
    if not found:
        return _zone_named(gazetteer, name) or _twice_named(gazetteer, name) or _NOTHING
    if len(found) != 1 or fold(name).isdecimal() or needs_city(gazetteer, name):
        return _NOTHING
    former = gazetteer.former_of(name, found[0])
    return AddressMatch(found[0], (), () if former is None else (former,))


def _zone_named(gazetteer: Gazetteer, name: str) -> AddressMatch | None:
    """The place of a zone of this name, if it says which zone it is."""
    found = gazetteer.candidates(name, "zone")
    if len(found) != 1 or short_for(gazetteer, name) is not None:
        return None
    return AddressMatch(gazetteer.division_of(found[0]), found)


def _twice_named(gazetteer: Gazetteer, name: str) -> AddressMatch | None:
    """The place whose name stands in Chinese and in Latin letters: 杭州 Hangzhou."""
    parts = _TWICE.fullmatch(name)
    if parts is None:
        return None
    first, second = (part.strip() for part in parts.groups() if part)
    chinese, latin = (second, first) if first.isascii() else (first, second)
    found = place_named(gazetteer, chinese)
    same = found.division is not None and found.division in gazetteer.candidates(latin, "division", (found.division,))
    return found if same else None
