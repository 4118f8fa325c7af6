"""Strategies for profiles and conditions, drawn from a rulebook's vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from applicability import Profile, Rulebook

DAYS = ("2025-04-11", "2025-09-14", "2025-09-15", "2025-12-17", "2025-12-18", "2026-01-09", "2026-11-01")


def facts_of(rulebook: Rulebook) -> dict[str, st.SearchStrategy[Any]]:
    """A strategy for each fact except places, which must not contradict each other."""
    found: dict[str, st.SearchStrategy[Any]] = {
        "sector": st.sampled_from(sorted(rulebook.sectors.codes)),
        "activities": st.lists(st.sampled_from(sorted(rulebook.sectors.activities)), max_size=4),
    }
    for name, declaration in rulebook.facts.items():
        keys = sorted(declaration.values)
        match declaration.type:
            case "percent":
                shares = st.sampled_from(["0", "0.01", "49.99", "50", "50.01", "100"])
                found[name] = st.one_of(shares, st.decimals(0, 100, places=2).map(lambda d: format(d, "f")))
            case "boolean":
                found[name] = st.sampled_from(["true", "false"])
            case "choice":
                found[name] = st.sampled_from(keys)
            case "choices" if name != "investor_origins":
                found[name] = st.lists(st.sampled_from(keys), max_size=3)
            case "number":
                found[name] = st.integers(0, 100)
    return found


def standings(rulebook: Rulebook) -> st.SearchStrategy[dict[str, Any]]:
    """Whereabouts: none, a city or county, or a zone with or without its city."""
    gazetteer = rulebook.gazetteer
    pilots = [code for group in rulebook.groups.values() for code in group if code in gazetteer.divisions]
    inside = [code for code in gazetteer.divisions if any(gazetteer.lies_in(code, pilot) for pilot in pilots[:20])]
    cities = st.sampled_from(sorted({*pilots, "430100", "441900", "210300", "320000", *inside[::9]}))
    zone = st.sampled_from(sorted(gazetteer.zones))
    return st.one_of(
        st.just({}),
        cities.map(lambda code: {"city": code}),
        cities.map(lambda code: {"city": code, "zones": []}),
        st.tuples(cities, st.lists(st.sampled_from(sorted(gazetteer.zone_types)), max_size=2)).map(
            lambda pair: {"city": pair[0], "zone_types": pair[1]}
        ),
        zone.map(lambda id: {"zones": [id]}),
        zone.map(lambda id: {"city": gazetteer.path(gazetteer.zones[id].divisions[0])[-1], "zones": [id]}),
    )


def profiles(rulebook: Rulebook) -> st.SearchStrategy[Profile]:
    """Profiles with any subset of facts, without contradictions."""
    facts = st.fixed_dictionaries({}, optional=facts_of(rulebook))
    determinations = _yes_or_no(rulebook.judgements)
    return st.builds(
        lambda place, own, judged, kept, day: Profile(
            **place, **own, determinations=judged, limits=kept or None, as_of=day
        ),
        standings(rulebook), facts, determinations, limits(rulebook), st.sampled_from(DAYS),
    )  # fmt: skip


def limits(rulebook: Rulebook) -> st.SearchStrategy[dict[str, bool]]:
    """A profile's statements on limits, mostly missing."""
    return _yes_or_no(rulebook.limits)


def _yes_or_no(keys: Iterable[str]) -> st.SearchStrategy[dict[str, bool]]:
    found = sorted(keys)
    return st.dictionaries(st.sampled_from(found), st.booleans(), max_size=6) if found else st.just({})
