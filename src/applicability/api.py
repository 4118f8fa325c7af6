"""Checks a profile, and loads what every use case starts with: a rulebook, a profile, a day."""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from applicability.days import today
from applicability.errors import EngineError, Location, Problem, ProfileError, RulebookError
from applicability.loading import cache
from applicability.loading.profile.keys import as_told
from applicability.loading.profile.reader import load_profile, profile_of_bytes, read_facts
from applicability.loading.source import read_packaged, read_source
from applicability.messages import install, listed, not_installed
from applicability.model.assessment import Assessment, Finding
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.published import Plain, publish_with
from applicability.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from applicability.bulk.engine.screener import Screener
    from applicability.engines import EngineName
    from applicability.engines.protocol import RecentDecisions
    from applicability.loading.lint.report import LintReport

# A profile, a mapping, or the path of a YAML or JSON file.
ProfileLike = Profile | Mapping[str, object] | str | os.PathLike[str]


def _published(result: object) -> Plain:
    """Serialises a result by its contract; imported on first use."""
    from applicability.report.serialize import serialize

    return serialize(result)


def _written(plain: Plain) -> str:
    """Writes plain data as JSON text; imported on first use."""
    from applicability.report.contract import as_json

    return as_json(plain)


publish_with(_published, _written)


def load_rulebook(
    folder: str | Path | None = None, register: str | Path | Iterable[str | Path] | None = None
) -> Rulebook:
    """The rulebook of a folder, by default the packaged one.

    `register` is one or several files of further official steps, such as a city's approved task list. Raises
    RulebookError for an invalid rulebook, and ProfileError for an invalid register file or for two that contradict each
    other.
    """
    rulebook = _packaged() if folder is None else cache.load(read_source(folder), _prepare)
    files = () if register is None else (register,) if isinstance(register, (str, os.PathLike)) else tuple(register)
    if not files:
        return rulebook
    from pathlib import Path

    from applicability.loading.step_register import with_registers  # pydantic's shapes are half of a cold start

    return with_registers(map(Path, files), rulebook)


@functools.cache
def _packaged() -> Rulebook:
    return cache.load(read_packaged(), _prepare)


def lint(folder: str | Path | None = None) -> LintReport:
    """Every problem of a rulebook, ordered by location: loading errors, or else lint problems."""
    from applicability.loading.lint.report import LintReport
    from applicability.loading.lint.rulebook import (
        lint as problems_of,  # only rule authors need it
    )

    try:
        source = read_packaged() if folder is None else read_source(folder)
        return LintReport(problems_of(load_rulebook(folder), source))
    except RulebookError as error:
        return LintReport(error.problems)


def _prepare(rulebook: Rulebook) -> None:
    """Computes what every check needs, so that it is cached with the rulebook."""
    from applicability.engines.select import engine_of

    rulebook.warm()
    with contextlib.suppress(EngineError):  # reported by the check that uses the engine
        engine_of(rulebook)


def read_profile(source: ProfileLike | bytes, shown: str = "profile") -> Profile:
    """A profile from a mapping, from a file, or from the bytes of one, which errors then call `shown`.

    Raises ProfileError.
    """
    match source:
        case Profile():
            return source
        case bytes():
            return profile_of_bytes(source, shown)
        case Mapping():
            return Profile.of(source)
        case _:
            return load_profile(source)


def check(
    profile: ProfileLike,
    rulebook: Rulebook | None = None,
    *,
    as_of: datetime.date | None = None,
    engine: EngineName = "auto",
) -> Assessment:
    """Checks a profile: which measures are open to its entity on a day (default: its `as_of`, else today in Beijing).

    The profile may be a mapping or the path of a file. Every measure has a finding, in order. Thread-safe for a shared
    rulebook. Raises ProfileError with every problem of the profile, EngineError, and DisagreementError if two engines
    differ.
    """
    profile = read_profile(profile)
    return assessed(profile, rulebook if rulebook is not None else load_rulebook(), as_of, engine)


def assessed(
    profile: Profile,
    rulebook: Rulebook,
    as_of: datetime.date | None = None,
    engine: EngineName = "auto",
    recent: RecentDecisions | None = None,
) -> Assessment:
    """Checks a profile (see `check`); the engine's decision is taken from `recent`, or put there."""
    from applicability.engines.select import decide  # a screening does not need the engines

    facts = read_facts(profile, rulebook, as_of)
    profile = as_told(profile, rulebook)
    day_of(rulebook, facts.as_of, profile.at("as_of"))
    name, decision = decide(rulebook, facts, engine, recent)
    told = decision.verdicts.get
    findings = tuple(
        Finding(measure, told(whole), told(scope), facts, rulebook) for measure, whole, scope in rulebook.parts
    )
    return Assessment(rulebook, name, profile, facts, findings, decision.derivation)


def day_of(rulebook: Rulebook, as_of: datetime.date | None, place: Location | None = None) -> datetime.date:
    """The day asked about, or today in Beijing. Raises ProfileError if it is before any document is in force."""
    day = as_of or today()
    if rulebook.begins is not None and day < rulebook.begins:
        numbers, begins = listed(one.number for one in rulebook.documents.values()), rulebook.begins
        message = Text(
            f"{day}尚无可适用的文件：{numbers.zh}自{begins}起施行",
            f"on {day} nothing was in force yet: {numbers.en} begins on {begins}",
        )
        hint = Text("改问该日或其后的日期", "ask about that day or a later one")
        raise ProfileError([Problem("P110", place or Location("--as-of"), message, hint)])
    return day


def screener(
    columns: Sequence[str],
    rulebook: Rulebook | None = None,
    *,
    as_of: datetime.date | None = None,
    beside: Sequence[str] = (),
) -> Screener:
    """A screener for tables of companies with those columns, on a day (default: today in Beijing).

    A column is named after the fact it holds, `determinations.KEY` for an authority's finding, or `limits.KEY` for
    whether uses keep a limit; `beside` are columns that hold no facts. An empty cell is a missing fact, an empty list
    is a fact. Raises ProfileError for an unknown column, and EngineError if the libraries for tables are not installed.
    """
    try:
        from applicability.bulk.engine.screener_for import screener_for
    except ModuleNotFoundError as error:
        what = not_installed(str(error.name))
        raise EngineError([Problem("E004", Location("screen"), what, install("bulk"))]) from error
    rulebook = rulebook if rulebook is not None else load_rulebook()
    return screener_for(columns, rulebook, day_of(rulebook, as_of), beside)
