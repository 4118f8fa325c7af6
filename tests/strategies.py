"""Strategies for profiles and conditions, drawn from a rulebook's vocabulary."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from applicability import Profile, Rulebook
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import FactDeclaration
from applicability.model.partial import interval_of

DAYS = ("2025-04-11", "2025-09-14", "2025-09-15", "2025-12-17", "2025-12-18", "2026-01-09", "2026-11-01")


@functools.cache
def facts_of(rulebook: Rulebook) -> Mapping[str, st.SearchStrategy[Any]]:
    """A strategy for each fact except places, which must not contradict each other."""
    found: dict[str, st.SearchStrategy[Any]] = {
        "sector": st.sampled_from(sorted(rulebook.sectors.codes)),
        "activities": _lists(rulebook.sectors.activities, 4).map(functools.partial(_consistent, rulebook)),
    }
    for name, declaration in rulebook.facts.items():
        keys = sorted(declaration.values)
        match declaration.type:
            case "percent":
                shares = st.sampled_from(["0", "0.01", "49.99", "50", "50.01", "100"])
                shares = st.one_of(shares, st.decimals(0, 100, places=2).map(lambda d: format(d, "f")))
                found[name] = st.one_of(shares, _bounds(shares))
            case "boolean":
                found[name] = st.sampled_from(["true", "false"])
            case "choice":
                found[name] = st.sampled_from(keys)
            case "choices" if name != "investor_origins":
                found[name] = _lists(keys, 3)
            case "number":
                found[name] = st.integers(0, 100)
            case "registration":
                found[name] = st.sampled_from(["310000", "320500", "320000", "120116", "430100"])
    return found


def _consistent(rulebook: Rulebook, held: Any) -> Any:
    """The list without activities ruled out of which it has a part: whoever carries on a part carries on the whole."""
    if not isinstance(held, dict):
        return held
    yes = set(held["yes"])
    return {"yes": held["yes"], "no": [one for one in held["no"] if not yes & rulebook.sectors.closed_down((one,))]}


def _lists(words: Iterable[str], most: int) -> st.SearchStrategy[Any]:
    """A whole list, or one of which only a part is known."""
    known = sorted(words)
    some = st.lists(st.sampled_from(known), max_size=most)
    return st.one_of(some, parts(known, most))


def parts(words: Iterable[str], most: int) -> st.SearchStrategy[dict[str, list[str]]]:
    """What is known of a list in part: words that are in it, and others that are not."""
    some = st.lists(st.sampled_from(sorted(words)), min_size=1, max_size=2 * most, unique=True)
    return st.tuples(some, st.integers(0, 2 * most)).map(
        lambda pair: {"yes": pair[0][: pair[1]], "no": pair[0][pair[1] :]}
    )


def _bounds(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    """Bounds that some number keeps to."""
    ends = st.tuples(numbers, numbers).map(lambda pair: sorted(pair, key=Decimal))
    lows, highs = st.sampled_from(["above", "at_least", None]), st.sampled_from(["below", "at_most", None])

    def named(made: tuple[list[str], str | None, str | None]) -> dict[str, str]:
        (low, high), below, above = made
        if below is None and above is None:
            return {"equals": low}
        return {key: end for key, end in ((below, low), (above, high)) if key is not None}

    bounds = st.tuples(ends, lows, highs).map(named)
    return bounds.filter(lambda said: not interval_of((key, Decimal(one)) for key, one in _within(said)).empty)


def _within(bounds: dict[str, str]) -> Iterable[tuple[str, str]]:
    return ("at_least", "0"), ("at_most", "100"), *bounds.items()


def investors(rulebook: Rulebook) -> st.SearchStrategy[list[dict[str, str]]]:
    """Lists of investors, whose shares may be left out or leave something to others."""
    (declaration,) = (one for one in rulebook.facts.values() if one.type == "investors")
    one = st.fixed_dictionaries(
        {"origin": st.sampled_from(sorted(declaration.values))},
        optional={"share": st.sampled_from(["0.5", "15", "50"])},
    )
    whole = st.lists(one, max_size=3)
    return whole.filter(lambda held: sum(Decimal(each.get("share", 1)) for each in held) <= 100)


def completed(rulebook: Rulebook, name: str, value: object) -> st.SearchStrategy[Any]:
    """Something whole that a value known in part could be; None for a value that is whole already."""
    declaration = rulebook.facts.get(name)
    if declaration is None:
        return st.none()
    if declaration.type == "investors" and isinstance(value, list):
        return _rest_held(declaration, value)
    if not isinstance(value, dict):
        return st.none()
    if declaration.type == "percent":
        bounds = interval_of((key, Decimal(one)) for key, one in _within(value))
        assert bounds.low is not None
        assert bounds.high is not None
        inside = st.decimals(bounds.low, bounds.high, places=3).filter(bounds.holds)
        return inside.map(lambda number: format(number, "f"))
    known = {"activities": rulebook.sectors.activities, "zones": rulebook.gazetteer.zones,
             "zone_types": rulebook.gazetteer.zone_types}.get(declaration.type, declaration.values)  # fmt: skip
    yes, no = value.get("yes", []), value.get("no", [])
    if declaration.type == "activities":
        no = sorted(rulebook.sectors.closed_down(no))
    left = sorted(set(known) - set(no) - set(yes))
    others = st.lists(st.sampled_from(left), max_size=2) if left else st.just([])
    return others.map(lambda more: [*yes, *more] if declaration.type != "zones" else [*yes, *more[:1]])


def _rest_held(declaration: FactDeclaration, held: list[dict[str, str]]) -> st.SearchStrategy[Any]:
    """The investors with shares for all of them, and others who hold the rest."""
    if not held:
        return st.none()
    told = [{**one, "share": one.get("share", "1")} for one in held]
    left = 100 - sum(Decimal(one["share"]) for one in told)
    plain = sorted(key for key, one in declaration.values.items() if not one.may_be)
    origins = [st.sampled_from(sorted(declaration.values[one["origin"]].may_be) or [one["origin"]]) for one in told]
    return st.tuples(st.tuples(*origins), st.sampled_from(plain)).map(
        lambda made: [
            *({**one, "origin": origin} for one, origin in zip(told, made[0], strict=True)),
            *([{"origin": made[1], "share": format(left, "f")}] if left else []),
        ]
    )


@functools.cache
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
        st.tuples(cities, _lists(gazetteer.zone_types, 2), parts(gazetteer.zones, 2)).map(
            lambda made: {"city": made[0], "zone_types": made[1], "zones": {"no": made[2]["no"]}}
        ),
        st.tuples(zone, parts(gazetteer.zones, 2), parts(gazetteer.zone_types, 1)).map(
            lambda made: {"zones": {"yes": [made[0]], "no": made[1]["no"]}, "zone_types": {"no": made[2]["no"]}}
        ),
        zone.map(lambda id: {"zones": {"yes": [id]}}),
        zone.map(lambda id: {"city": gazetteer.path(gazetteer.zones[id].divisions[0])[-1], "zones": [id]}),
    )


@functools.cache
def profiles(rulebook: Rulebook) -> st.SearchStrategy[Profile]:
    """Profiles that say anything from nothing to everything, without contradictions."""
    facts = st.fixed_dictionaries({}, optional={**facts_of(rulebook), **_held(rulebook)}).map(without_contradictions)
    determinations = _yes_or_no(rulebook.judgements)
    made = st.builds(
        lambda place, own, judged, kept, day: Profile(
            **place, **own, determinations=judged, limits=kept or None, as_of=day
        ),
        standings(rulebook), facts, determinations, limits(rulebook), st.sampled_from(DAYS),
    )  # fmt: skip
    return made.filter(lambda profile: _readable(profile, rulebook))


def whole_profiles(rulebook: Rulebook) -> st.SearchStrategy[Profile]:
    """Profiles that say of each fact all or nothing: what spaces go over (docs/decisions/0030)."""

    def whole(profile: Profile) -> Profile:
        keyed = ("determinations", "limits")
        in_part = [name for name, one in profile.facts.items() if isinstance(one, dict) and name not in keyed]
        return profile.but(**dict.fromkeys((*in_part, *_held(rulebook))))

    return profiles(rulebook).map(whole)


def _readable(profile: Profile, rulebook: Rulebook) -> bool:
    """Whether the places do not contradict each other; the other facts cannot."""
    names = {name: one for name, one in profile.facts.items() if name in ("city", "zones", "zone_types")}
    if not any(isinstance(one, dict) for one in names.values()):
        return True
    try:
        read_facts(Profile(**names), rulebook, suggestions=False)
    except ProfileError:
        return False
    return True


def _held(rulebook: Rulebook) -> dict[str, st.SearchStrategy[Any]]:
    has = any(one.type == "investors" for one in rulebook.facts.values())
    return {"investors": investors(rulebook)} if has else {}


def without_contradictions(own: dict[str, Any]) -> dict[str, Any]:
    """Facts without a share that could contradict the investors', or a word on registration that could its place."""
    gone = {"foreign_share"} if "investors" in own else set()
    gone |= {"registered_here"} if "registered_in" in own else set()
    return {name: value for name, value in own.items() if name not in gone}


def limits(rulebook: Rulebook) -> st.SearchStrategy[dict[str, bool]]:
    """A profile's statements on limits, mostly missing."""
    return _yes_or_no(rulebook.limits)


def _yes_or_no(keys: Iterable[str]) -> st.SearchStrategy[dict[str, bool]]:
    found = sorted(keys)
    return st.dictionaries(st.sampled_from(found), st.booleans(), max_size=6) if found else st.just({})
