"""`--across`: the alternatives of a comparison, from a profile and what is to vary."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from applicability.alternatives import Alternatives, in_places, in_zones, with_values
from applicability.cli.language import bad
from applicability.cli.options import as_day
from applicability.cli.overrides import overridden
from applicability.decisions import Candidate
from applicability.files import shown_name
from applicability.loading.profile.reader import read_facts
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_AT = "--across"


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
    read_facts(profile, rulebook, day)  # what is wrong with the profile comes before what is wrong with its changes
    if fact == "city":
        return in_places(values, profile, rulebook, day, _AT, own_first=True)
    if fact == "zones":
        return in_zones(values, profile, rulebook, day, _AT)
    if not values:
        raise bad("--across", Text(f"请列出值，如 {fact}=a,b", f"name the values, as in {fact}=a,b"))
    return with_values(fact, [overridden(profile, {fact: value}, rulebook) for value in values], rulebook, day, profile)


def of_profiles(profiles: Sequence[tuple[str, Profile]], day: datetime.date | None) -> Alternatives:
    """Profiles as alternatives, labelled by name, or by file if they have none."""
    return [Candidate(str(profile.facts.get("name") or shown_name(file)), profile, day) for file, profile in profiles]
