"""A profile in the keys of the rulebook: keys may be written in either language, as headings of registers are.

What registers tell in columns that are no facts, a company type or an address, a profile may tell as well; it is read
by the same tables and stands for the facts that follow from it.
"""

from __future__ import annotations

from applicability.errors import Problem
from applicability.loading.profile.in_facts import ProfileInFacts
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.model.headings import ADDRESS, COMPANY_TYPE, CREDIT_CODE, REGISTERED_ADDRESS, plain
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook

BUILT_IN = ("name", "planned", "as_of", "determinations", "limits")
_READ = (COMPANY_TYPE, ADDRESS, REGISTERED_ADDRESS, CREDIT_CODE)


def in_facts(profile: Profile, rulebook: Rulebook) -> ProfileInFacts:
    """The profile in the keys of the rulebook. Unknown keys stay as they are."""
    given = profile.facts
    if all(key in rulebook.facts or key in BUILT_IN for key in given):
        return ProfileInFacts(profile)
    found = ProfileInFacts(profile)
    names: dict[str, str | None] = {}
    first: dict[str, str] = {}
    for key in given:
        if (name := key_of(key, rulebook)) is None:
            continue
        if (other := first.setdefault(name, key)) != key:
            wrong = mistakes.key_twice(other, key)
            found.problems.append(Problem(wrong.code, profile.key_at(key), wrong.what, wrong.mend))
            names[key] = None
        elif name != key:
            names[key] = name
    found.profile = profile.renamed(names)
    if any(role in found.profile.facts for role in _READ):
        # Few profiles have such keys, and a start need not load what reads them.
        from applicability.loading.profile import register_keys

        register_keys.read(found, rulebook)
        found.profile = found.profile.renamed(dict.fromkeys(_READ))
    return found


def key_of(key: object, rulebook: Rulebook) -> str | None:
    """The fact, or the built-in or register's key, that a key of a profile says; None for one that nobody knows."""
    if not isinstance(key, str):
        return None
    if key in rulebook.facts or key in BUILT_IN:
        return key
    name = rulebook.meaning_of_key.get(plain(key))
    return name if name in rulebook.facts or name in BUILT_IN or name in _READ else None


def as_told(profile: Profile, rulebook: Rulebook) -> Profile:
    """The profile in the keys of the rulebook; as it is where that is wrong, which its reader tells."""
    found = in_facts(profile, rulebook)
    return profile if found.problems else found.profile
