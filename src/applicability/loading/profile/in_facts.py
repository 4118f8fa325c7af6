"""A profile in the keys of the rulebook, with what was found on the way."""

from __future__ import annotations

from applicability.errors import Problem
from applicability.lazy_dataclass import dataclass, field
from applicability.model.former import FactNote
from applicability.model.profile import Profile


@dataclass
class ProfileInFacts:
    """A profile whose keys are facts and the built-in ones, as far as they are known, and what is wrong or to know."""

    profile: Profile
    problems: list[Problem] = field(default_factory=list)
    notes: list[FactNote] = field(default_factory=list)
