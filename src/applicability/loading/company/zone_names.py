"""Whether the name of a functional zone says which one it is: 临港 may be any city's, 临港新片区 is Shanghai's."""

from __future__ import annotations

from applicability.lazy_pattern import lazy_pattern
from applicability.loading.profile.mistake import Mistake
from applicability.loading.profile.place_mistakes import zone_elsewhere
from applicability.model.place_names import common_name
from applicability.model.places import Gazetteer, fold

# Functional zones, which registers write where a district is asked for.
_ZONE = lazy_pattern(
    r"(?:开发区|高新区|经开区|新区|园区|产业园|工业园|科技园|科技城|保税区|保税港区|综保区|示范区|试验区|自贸区|度假区|风景区"
    r"|名胜区|先行区|管理区|合作区|旅游区|示范园|管委会|片区|港区|新城|高新|经开|经济区|实验区|工业区|商务区|集聚区|物流加工区"
    r"|软件园|物流园|创业园|科学城|生物城|生态城|航空城|航空港)$"
)
_SCRIPTS = lazy_pattern(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z'’ .-]*")
_ZONE_IN_ENGLISH = lazy_pattern(r"(?:zone|area|park|port|ftz|cbz)$")


def is_functional_zone(name: str) -> bool:
    """Whether a name is that of a functional zone, which registers write where a district is asked for."""
    return _ZONE.search(name) is not None


def division_within(gazetteer: Gazetteer, name: str) -> str | None:
    """The name of a division that a cell has in one of two scripts: 滨海新区 of Binhai New Area 滨海新区."""
    parts = sorted((one.strip() for one in _SCRIPTS.findall(name)), key=str.isascii)
    named = (one for one in parts if gazetteer.candidates(one, "division"))
    return next(named, None) if [one.isascii() for one in parts] == [False, True] else None


def short_for(gazetteer: Gazetteer, name: str) -> str | None:
    """The zone that a name stands for in short, without its kind and without the place where it lies, as places
    elsewhere may be called too; None if it is no zone's, or a division's, or says which zone it is.
    """
    found = gazetteer.candidates(name, "zone")
    if len(found) != 1 or gazetteer.candidates(name, "division"):
        return None
    zone, folded = gazetteer.zones[found[0]], fold(name)
    if folded in map(fold, (found[0], zone.zh, zone.en)) or is_functional_zone(name) or _ZONE_IN_ENGLISH.search(folded):
        return None
    around = {one for area in gazetteer.areas(found[0]) for one in gazetteer.path(area)}
    names = {own for one in around for own in (common_name(gazetteer.divisions[one]), fold(gazetteer.name(one, "en")))}
    return None if any(own and own in folded for own in names) else found[0]


def elsewhere(gazetteer: Gazetteer, cell: object, place: str) -> Mistake | None:
    """What is wrong with a cell beside a place, if it is the name of a zone in short that lies elsewhere."""
    name = cell.strip() if isinstance(cell, str) else ""
    zone = short_for(gazetteer, name) if place in gazetteer.divisions else None
    return None if zone is None or gazetteer.overlap(zone, place) else zone_elsewhere(gazetteer, name, zone, place)
