"""Builds a screener for the columns of a table."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence

from applicability.bulk.engine.screener import Screener
from applicability.errors import Location, Problem, ProfileError
from applicability.loading.profile.mistakes import no_fact
from applicability.loading.profile.parts import part_names
from applicability.loading.profile.reader import read_facts
from applicability.messages import did_you_mean
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import LIMITS, limit_name
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text


def screener_for(
    columns: Sequence[str], rulebook: Rulebook, day: datetime.date, beside: Sequence[str] = ()
) -> Screener:
    """The screener for tables with these columns, on a day. Raises ProfileError for a column that holds no fact.

    A column is named as the fact it holds, wholly or in part (`activities.yes`), `determinations.KEY` or `limits.KEY`;
    `beside` are columns that hold no facts.
    """
    findings = {f"determinations.{key}": ("determinations", key) for key in rulebook.judgements}
    limits = {limit_name(key): (LIMITS, key) for key in rulebook.limits}
    # Where an entity is registered is read with its place, before: `registered_here` follows.
    declared = [one for one in rulebook.facts.values() if one.type != "registration"]
    facts_ = {name: tuple(name.split(".")) for one in declared for name in (one.name, *part_names(one))}
    known: dict[str, tuple[str | int, ...]] = {**facts_, **findings, **limits}
    strange = [name for name in columns if name not in known and name not in beside]
    if strange:
        hint = Text("`applicability facts` 列出全部事实", "`applicability facts` lists the facts")
        raise ProfileError(
            Problem("P101", Location(name), no_fact(name), did_you_mean(name, known) or hint) for name in strange
        )
    places = {path: Location(name) for name, path in known.items()}

    nothing = read_facts(Profile.of({}, "company", places, places), rulebook, day).given

    def read(given: Mapping[str, object], suggestions: bool = False) -> Facts:
        if not given:
            return nothing  # what every group of facts begins with
        profile = Profile.of(given, "company", places, places)
        return read_facts(profile, rulebook, day, suggestions=suggestions).given

    facts = [name for name in columns if name not in beside]
    return Screener(rulebook, day, facts, read, functools.partial(read, suggestions=True))
