"""Keys of a profile that registers have and that are no facts: what a company type and an address say."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.errors import Location, Problem
from applicability.loading.company.bare_names import address_of
from applicability.loading.company.company_types import CompanyTypes
from applicability.loading.company.dittos import is_ditto
from applicability.loading.company.location import IN_ZONES, PlaceClues, PlaceReader
from applicability.loading.profile import mistakes
from applicability.loading.profile.in_facts import ProfileInFacts
from applicability.loading.profile.parts import parts_given
from applicability.loading.profile.written import narrow
from applicability.model.former import FactNote
from applicability.model.headings import ADDRESS, COMPANY_TYPE, REGISTERED_ADDRESS, REGISTERED_IN
from applicability.model.partial import YES
from applicability.model.rulebook import Rulebook
from applicability.text import Text


def read(found: ProfileInFacts, rulebook: Rulebook) -> None:
    """Give the profile the facts that follow, and tell what contradicts them."""
    if COMPANY_TYPE in found.profile.facts:
        company_type(found, rulebook)
    if ADDRESS in found.profile.facts:
        address(found, rulebook)
    if found.profile.facts.get(REGISTERED_ADDRESS) is not None:
        registered_address(found, rulebook)


def company_type(found: ProfileInFacts, rulebook: Rulebook) -> None:
    """The facts that the wording of a company type gives: a kind of entity by its own name, or as a licence has it."""
    profile, here = found.profile, found.profile.at(COMPANY_TYPE)
    written = profile.facts[COMPANY_TYPE]
    if written is None:
        return
    text = str(written).strip()
    types = CompanyTypes(rulebook, rulebook.facts)
    wordings = types.wordings(text)
    if not wordings:
        kind = next((one for one in types.facts if rulebook.facts[one].values), "")
        wrong = mistakes.unknown_company_type(text, kind)
        found.problems.append(Problem(wrong.code, here, wrong.what, wrong.mend))
        return
    own = {fact: profile.facts[fact] for fact in types.facts if profile.facts.get(fact) is not None}
    columns: dict[str, object] = {}
    for fact, held in own.items():
        columns |= {f"{fact}.{key}": one for key, one in held.items()} if isinstance(held, Mapping) else {fact: held}
    told: dict[str, float | None] = {}
    for name, value in columns.items():
        told |= types.told(name, _bare(value))
    said = types.said(wordings, told)
    for fact, value in parts_given(said.gives).items():
        _give(found, fact, value, here)
    found.notes += [FactNote(fact, note) for fact, note in said.notes]
    for fact, earlier in said.against:
        wrong = mistakes.against_company_type(text, fact, str(earlier or own.get(fact)))
        found.problems.append(Problem(wrong.code, here, wrong.what, wrong.mend))


def address(found: ProfileInFacts, rulebook: Rulebook) -> None:
    """The divisions that an address names, where the profile does not name them itself."""
    profile, here = found.profile, found.profile.at(ADDRESS)
    written = profile.facts[ADDRESS]
    if written is None:
        return
    text = str(written).strip()
    match = address_of(rulebook.gazetteer, text)
    if match.division is None:
        wrong = mistakes.ditto(text) if is_ditto(text) else mistakes.no_place_in_address(text)
        found.problems.append(Problem(wrong.code, here, wrong.what, wrong.mend))
        return
    names = [name for name, one in rulebook.facts.items() if one.type == "place"]
    city, district = (_text(profile.facts, name) for name in (*names, "", "")[:2])
    zones = profile.facts.get("zones")
    listed = tuple(map(str, zones)) if isinstance(zones, list) else () if zones is None else (str(zones),)
    zh, en = (PlaceReader(rulebook, {*rulebook.facts, IN_ZONES}, lang) for lang in ("zh", "en"))
    several = zh.several(city, listed)
    clues = PlaceClues(zh.certain(city, district, listed), city, district, several, zones=zones is not None)
    told, notes = zh.by_address(clues, match), en.by_address(clues, match).notes
    if told.apart is not None:
        gazetteer = rulebook.gazetteer
        around = [gazetteer.name(one) for one in reversed(gazetteer.path(match.division))]
        wrong = mistakes.outside(text, told.apart, [around])
        found.problems.append(Problem(wrong.code, here, wrong.what, wrong.mend))
    for fact, value in told.gives:
        if fact == IN_ZONES:
            _give(found, "zones", {YES: list(value)}, here)
        elif any(rulebook.gazetteer.lies_in(str(value), one) for one in several):
            found.profile = found.profile.with_fact(fact, value, here)  # the city names several, and this is which
        else:
            _give(found, fact, value, here)
    found.notes += [FactNote(fact, Text(a, b)) for (fact, a), (_, b) in zip(told.notes, notes, strict=True)]


def registered_address(found: ProfileInFacts, rulebook: Rulebook) -> None:
    """The place of registration that an address names, where the profile does not name it itself."""
    here = found.profile.at(REGISTERED_ADDRESS)
    text = str(found.profile.facts[REGISTERED_ADDRESS]).strip()
    match = address_of(rulebook.gazetteer, text)
    place = match.division or next(iter(match.zones), None)
    if place is None:
        wrong = mistakes.no_place_in_address(text)
        found.problems.append(Problem(wrong.code, here, wrong.what, wrong.mend))
    elif REGISTERED_IN in rulebook.facts:
        _give(found, REGISTERED_IN, place, here)


def _give(found: ProfileInFacts, fact: str, value: object, here: Location) -> None:
    if found.profile.facts.get(fact) is None:
        found.profile = found.profile.with_fact(fact, value, here)


def _bare(value: object) -> object:
    return narrow(value).strip().rstrip("% ") if isinstance(value, str) else value


def _text(facts: Mapping[str, object], name: str) -> str | None:
    value = facts.get(name)
    return None if value is None else str(value)
