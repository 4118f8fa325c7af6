"""`--across`: the alternatives of a comparison, from a profile and what is to vary."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from applicability.analysis.edits import not_confirmed, not_granted
from applicability.cli.language import bad
from applicability.cli.options import as_day
from applicability.cli.overrides import overridden
from applicability.decisions import Candidate
from applicability.errors import Location, Problem, ProfileError
from applicability.files import shown_name
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import LIMITS
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text

Alternatives = list[Candidate]
_OWN = Text("现状", "as it is")
_NO_ZONE = Text("不在功能区", "in no zone")


def across(spec: str, profile: Profile, rulebook: Rulebook, day: datetime.date | None) -> Alternatives:
    """The alternatives of `fact` or `fact=a,b,c`. Raises ProfileError with every invalid value."""
    fact, equals, written = (part.strip() for part in spec.partition("="))
    values = [value.strip() for value in re.split("[,，]", written) if value.strip()]
    if equals and not values:
        raise bad("--across", Text(f"`{spec}` 没有列出值", f"`{spec}` names no values"))
    if fact == "as_of":
        return [Candidate(v, profile, as_day(None, None, v)) for v in values]
    if fact not in rulebook.facts:
        what = Text(
            f"`{fact}` 不是事实：见 `applicability facts`", f"`{fact}` is not a fact: see `applicability facts`"
        )
        raise bad("--across", what)
    facts = read_facts(profile, rulebook, day)
    if fact == "city":
        return _cities(values, profile, facts, rulebook, day)
    if fact == "zones":
        return _zones(values, profile, facts, rulebook, day)
    if not values:
        raise bad("--across", Text(f"请列出值，如 {fact}=a,b", f"name the values, as in {fact}=a,b"))
    made = [overridden(profile, {fact: value}, rulebook) for value in values]
    _readable(made, rulebook, day)
    return [Candidate(_label(fact, one, rulebook, day), one, day) for one in made]


def _cities(
    values: Sequence[str], profile: Profile, facts: Facts, rulebook: Rulebook, day: datetime.date | None
) -> Alternatives:
    """The profile unchanged, if it has a place, and in every pilot, or in the places named."""
    gazetteer = rulebook.gazetteer
    own = ConditionRenderer(rulebook, facts).here
    found: Alternatives = []
    if own is not None and not values:
        found.append(Candidate(Text(f"{_OWN.zh}：{own.zh}", f"{_OWN.en}: {own.en}"), profile, day))
    places = list(values or rulebook.pilots)
    if not places:
        raise bad(
            "--across",
            Text(
                "规则库没有列出试点：请列出地方，如 city=天津,上海",
                "the rulebook lists no pilots: name the places, as in city=天津,上海",
            ),
        )
    moved = [_moved(profile, place) for place in places]
    for one, made in zip(_readable(moved, rulebook, day), moved, strict=True):
        code = one.whereabouts.divisions[0]
        away = not any(gazetteer.overlap(code, here) for here in facts.whereabouts.divisions)
        there = _not_granted(made, one) if away else made
        found.append(Candidate(Text(gazetteer.name(code), gazetteer.name(code, "en")), there, day))
    return found


def _not_granted(profile: Profile, facts: Facts) -> Profile:
    """The profile without findings granted and limits confirmed, which apply to its old place only."""
    kept = {"determinations": not_granted(facts.determinations), LIMITS: not_confirmed(facts.limits)}
    for name, own in kept.items():
        told = profile.facts.get(name)
        if isinstance(told, Mapping) and told:
            profile = profile.but(**{name: {key: value for key, value in told.items() if str(key) in own} or None})
    return profile


def _moved(profile: Profile, place: str) -> Profile:
    """The profile in another place: its district and zones are dropped; an empty list of zones is kept."""
    gone = {name: None for name in ("district", "zone_types") if profile.facts.get(name) is not None}
    if profile.facts.get("zones"):
        gone["zones"] = None
    return profile.but(**gone).with_fact("city", place, Location(f"--across city={place}"))


def _zones(
    values: Sequence[str], profile: Profile, facts: Facts, rulebook: Rulebook, day: datetime.date | None
) -> Alternatives:
    """The profile in no zone, and in each zone of its city, or in each of those named."""
    gazetteer = rulebook.gazetteer
    near = [z for z in gazetteer.zones if all(gazetteer.overlap(z, one) for one in facts.whereabouts.divisions)]
    bare = profile.but(zone_types=None, district=None) if values or near else profile
    found: Alternatives = []
    if not values:
        found.append(Candidate(_NO_ZONE, bare.with_fact("zones", [], Location("--across zones")), day))
    made = [bare.with_fact("zones", [zone], Location(f"--across zones={zone}")) for zone in values or near]
    for one, profile_ in zip(_readable(made, rulebook, day), made, strict=True):
        (zone,) = one.whereabouts.zones or ("",)
        found.append(Candidate(Text(gazetteer.name(zone), gazetteer.name(zone, "en")), profile_, day))
    return found


def _readable(profiles: Sequence[Profile], rulebook: Rulebook, day: datetime.date | None) -> list[Facts]:
    """The facts of all profiles; raises ProfileError with the problems of all that are invalid."""
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


def of_profiles(profiles: Sequence[tuple[str, Profile]], day: datetime.date | None) -> Alternatives:
    """Profiles as alternatives, labelled by name, or by file if they have none."""
    return [Candidate(str(profile.facts.get("name") or shown_name(file)), profile, day) for file, profile in profiles]
