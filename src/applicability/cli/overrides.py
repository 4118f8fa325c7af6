"""`--set city=天津`: facts that override the profile's. An error in one is located at the option."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from applicability import api
from applicability.cli.language import bad
from applicability.errors import Location, ProfileError
from applicability.loading.profile.keys import key_of
from applicability.loading.profile.reader import read_facts
from applicability.loading.profile.written import LISTS, words_of
from applicability.model.partial import as_written
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_BY_KEY = ("determinations", "limits")


def pairs_of(sets: tuple[str, ...]) -> dict[str, str]:
    """Parses every `--set`. Raises a usage error for anything but `name=value`."""
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
    pairs = {_key(name, rulebook): value for name, value in pairs.items()}
    for name, value in pairs.items():
        if value and not any(rulebook.facts[other].type == "investors" for other in pairs if other in rulebook.facts):
            profile = without_sources(profile, name, rulebook)
        profile = _set(profile, name, value, rulebook)
    return profile


def _key(name: str, rulebook: Rulebook) -> str:
    """A key as the rulebook has it, the words before a point as well: `限制.57.taiwan`."""
    whole, point, rest = name.partition(".")
    return f"{key_of(whole, rulebook) or whole}{point}{rest}"


def _set(profile: Profile, name: str, value: str, rulebook: Rulebook) -> Profile:
    place = Location(f"--set {name}={value}")
    whole, _, key = name.partition(".")
    if whole in _BY_KEY and key:
        held = profile.facts.get(whole)
        return profile.with_fact(whole, {**(held if isinstance(held, Mapping) else {}), key: value}, place)
    return profile.with_fact(name, _value(name, value, rulebook), place)


def _value(name: str, value: str, rulebook: Rulebook) -> object:
    """Parses a value: an empty one removes the fact; `[…]` is YAML; a list is split as in a profile."""
    if not value:
        return None
    if value[0] in "[{":
        import json  # few values are lists in brackets

        return api.read_profile(f"{json.dumps(name)}: {value}".encode(), f"--set {name}").facts[name]
    declaration = rulebook.facts.get(name)
    return words_of(rulebook, declaration, value) if declaration is not None and declaration.type in LISTS else value


def without_sources(profile: Profile, fact: str, rulebook: Rulebook) -> Profile:
    """The profile without the facts that one is derived from, which could contradict it; the rest stays given."""
    sources = [one for one in rulebook.derivations if one.when is None]
    lists = [name for name, one in rulebook.facts.items() if one.type == "investors" and profile.facts.get(name)]
    if not lists or fact not in {one.gives for one in sources}:
        return profile
    others = dict.fromkeys(one.gives for one in sources if one.gives != fact and one.gives not in profile.facts)
    with contextlib.suppress(ProfileError):  # reported when the profile is read
        values = read_facts(profile, rulebook, suggestions=False).values
        others = {name: as_written(values[name]) for name in others if name in values}
    return profile.but(**dict.fromkeys(lists), **others)
