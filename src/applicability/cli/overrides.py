"""`--set city=天津`: facts that stand in place of the profile's. An error in one names the option as its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from applicability import api
from applicability.cli.language import bad
from applicability.errors import Location
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_LISTS = ("zones", "zone_types", "sector", "activities", "choices")
_BY_KEY = ("determinations", "limits")


def pairs_of(sets: tuple[str, ...]) -> dict[str, str]:
    """Names and values of every `--set`. Raises a usage error for what is no `name=value`."""
    pairs: dict[str, str] = {}
    for written in sets:
        name, equals, value = (part.strip() for part in written.partition("="))
        if not equals or not name:
            raise bad("--set", Text(f"`{written}` 应写作 name=value", f"`{written}` is not of the form name=value"))
        if name in pairs:
            raise bad("--set", Text(f"`{name}` 设了两次", f"`{name}` is set twice"))
        pairs[name] = value
    return pairs


def overridden(profile: Profile, pairs: dict[str, str], rulebook: Rulebook) -> Profile:
    """The profile with those facts in place of its own. Raises ProfileError for a value that cannot be read."""
    for name, value in pairs.items():
        profile = _set(profile, name, value, rulebook)
    return profile


def _set(profile: Profile, name: str, value: str, rulebook: Rulebook) -> Profile:
    place = Location(f"--set {name}={value}")
    whole, _, key = name.partition(".")
    if whole in _BY_KEY and key:
        held = profile.facts.get(whole)
        return profile.with_fact(whole, {**(held if isinstance(held, Mapping) else {}), key: value}, place)
    return profile.with_fact(name, _value(name, value, rulebook), place)


def _value(name: str, value: str, rulebook: Rulebook) -> object:
    """Nothing takes the fact out; `[…]` is read as YAML; a list fact is split at its commas."""
    if not value:
        return None
    if value[0] in "[{":
        return api.read_profile(f"{json.dumps(name)}: {value}".encode(), f"--set {name}").facts[name]
    declaration = rulebook.facts.get(name)
    if declaration is not None and declaration.type in _LISTS:
        return [part.strip() for part in re.split("[,，]", value) if part.strip()]
    return value
