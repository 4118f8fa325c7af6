"""The alternatives that a comparison lays side by side: one profile in other places, zones or with other values.

The same for the command line and for the service; each says in its own way what it was asked for (`at`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from applicability.analysis.edited import not_confirmed, not_granted
from applicability.decisions import Candidate
from applicability.errors import ArgumentError, Location, Problem, ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import LIMITS
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.report.language.own_label import own_label
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text

Alternatives = list[Candidate]
_NO_ZONE = Text("不在功能区", "in no zone")


def in_places(
    values: Sequence[str],
    profile: Profile,
    rulebook: Rulebook,
    day: datetime.date | None,
    at: str = "across",
    *,
    with_own: bool = False,
    own_first: bool = False,
) -> Alternatives:
    """The profile as it stands, if it says where, and every pilot; or the places named.

    `with_own`: before the places named it also stands where it is, which then is none of them once more.
    `own_first`: of the places named, the one where it stands comes first, which the others are compared with.
    """
    gazetteer = rulebook.gazetteer
    facts = read_facts(profile, rulebook, day)
    own = ConditionRenderer(rulebook, facts).here
    found: Alternatives = []
    if own is not None and (with_own or not values):
        found.append(Candidate(own_label(own), profile, day))
    places = list(values or rulebook.pilots)
    if not places:
        what = Text(
            "规则库没有列出试点：请列出地方，如 city=天津,上海",
            "the rulebook lists no pilots: name the places, as in city=天津,上海",
        )
        raise ArgumentError([Problem("U004", Location("spec"), what)])
    moved = [_moved(profile, place, at) for place in places]
    for one, made in zip(readable(moved, rulebook, day), moved, strict=True):
        code = one.whereabouts.divisions[0]
        if found and not values and one.whereabouts == facts.whereabouts:
            continue  # it stands there as it is
        if with_own and own is not None and values and code in facts.whereabouts.divisions:
            continue
        away = not any(gazetteer.overlap(code, here) for here in facts.whereabouts.divisions)
        there = _not_granted(made, one) if away else made
        there_too = Candidate(Text(gazetteer.name(code), gazetteer.name(code, "en")), there, day)
        first = own_first and bool(values) and one.whereabouts == facts.whereabouts
        found.insert(0 if first else len(found), there_too)
    return found


def _not_granted(profile: Profile, facts: Facts) -> Profile:
    """The profile without what authorities granted and what was confirmed of limits: that was so in its place."""
    kept = {"determinations": not_granted(facts.determinations), LIMITS: not_confirmed(facts.limits)}
    for name, own in kept.items():
        told = profile.facts.get(name)
        if isinstance(told, Mapping) and told:
            profile = profile.but(**{name: {key: value for key, value in told.items() if str(key) in own} or None})
    return profile


def _moved(profile: Profile, place: str, at: str) -> Profile:
    """The profile in another place: its district and zones stay behind; being in no zone goes along."""
    gone = {name: None for name in ("district", "zone_types") if profile.facts.get(name) is not None}
    if profile.facts.get("zones"):
        gone["zones"] = None
    return profile.but(**gone).with_fact("city", place, Location(f"{at} city={place}"))


def in_zones(
    values: Sequence[str], profile: Profile, rulebook: Rulebook, day: datetime.date | None, at: str = "across"
) -> Alternatives:
    """In no zone, and in each zone of its city, or in each of those named."""
    gazetteer = rulebook.gazetteer
    facts = read_facts(profile, rulebook, day)
    near = [z for z in gazetteer.zones if all(gazetteer.overlap(z, one) for one in facts.whereabouts.divisions)]
    bare = profile.but(zone_types=None, district=None) if values or near else profile
    found: Alternatives = []
    if not values:
        found.append(Candidate(_NO_ZONE, bare.with_fact("zones", [], Location(f"{at} zones")), day))
    made = [bare.with_fact("zones", [zone], Location(f"{at} zones={zone}")) for zone in values or near]
    for one, profile_ in zip(readable(made, rulebook, day), made, strict=True):
        (zone,) = one.whereabouts.zones or ("",)
        found.append(Candidate(Text(gazetteer.name(zone), gazetteer.name(zone, "en")), profile_, day))
    return found


def with_values(
    fact: str, profiles: Sequence[Profile], rulebook: Rulebook, day: datetime.date | None, own: Profile | None = None
) -> Alternatives:
    """Profiles that differ in one fact, each under its value; that of the `own` profile, if one is given, comes first:
    the others are compared with it.
    """
    value = read_facts(own, rulebook, day).values.get(fact) if own is not None else None
    told = list(zip(readable(profiles, rulebook, day), profiles, strict=True))
    told.sort(key=lambda one: value is None or one[0].values.get(fact) != value)
    return [Candidate(_label(fact, one, rulebook, day), one, day) for _, one in told]


def readable(profiles: Sequence[Profile], rulebook: Rulebook, day: datetime.date | None) -> list[Facts]:
    """The facts of all; every one that cannot be read is told, not only the first."""
    found: list[Facts] = []
    problems: list[Problem] = []
    for profile in profiles:
        try:
            found.append(read_facts(profile, rulebook, day))
        except ProfileError as error:
            problems += error.problems
    if problems:
        raise ProfileError(tuple(dict.fromkeys(problems)))
    return found


def _label(fact: str, profile: Profile, rulebook: Rulebook, day: datetime.date | None) -> Text:
    facts = read_facts(profile, rulebook, day)
    words, value = ConditionRenderer(rulebook, facts), facts.values.get(fact)
    named = words.value(fact, value) if value is not None else Text("–", "–")
    label = words.label(fact)
    return Text(f"{label.zh} {named.zh}", f"{label.en} {named.en}")
