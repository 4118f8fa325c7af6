"""Companies as an Arrow table, and the verdicts of a check of each, for tests of agreement."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from applicability import Profile, Rulebook, check
from applicability.api import screener
from applicability.bulk.engine.screener import Screened
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts

DAY = datetime.date(2026, 11, 1)
KEYED = ("determinations", "limits")
PLACE = ("city", "district", "zones", "zone_types")
LISTS = ("zones", "zone_types", "activities", "choices")


def table_of(companies: Sequence[Mapping[str, Any]], book: Rulebook) -> pa.RecordBatch:
    """A column for each fact that a company gives, for each judgement and for each limit; strings and lists as such."""
    rows = [_flat(_registered(company, book)) for company in companies]
    names = sorted({name for row in rows for name in row})
    numbers = pa.array(range(len(rows)))
    return pa.RecordBatch.from_arrays([numbers, *(_column(name, rows, book) for name in names)], names=["no", *names])


def _registered(company: Mapping[str, Any], book: Rulebook) -> dict[str, Any]:
    """A company with what follows from its place of registration, as the columns of a register are read before."""
    place = {name: one for name, one in company.items() if name in (*PLACE, "registered_in")}
    found = {name: one for name, one in company.items() if name != "registered_in"}
    if "registered_in" in place:
        with contextlib.suppress(ProfileError):  # its place cannot be read either
            here = read_facts(Profile.of(place), book).values.get("registered_here")
            found |= {"registered_here": here} if here is not None else {}
    return found


def _flat(company: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in company.items() if name not in (*KEYED, "as_of") and value is not None}
    found = parts_as_columns(found)
    return found | {f"{name}.{key}": value for name in KEYED for key, value in (company.get(name) or {}).items()}


def parts_as_columns(company: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of facts in part as columns of its own."""
    found: dict[str, Any] = {}
    for name, value in company.items():
        found |= {f"{name}.{part}": held for part, held in value.items()} if isinstance(value, dict) else {name: value}
    return found


def _column(name: str, rows: Sequence[Mapping[str, Any]], book: Rulebook) -> pa.Array:
    values = [row.get(name) for row in rows]
    if name.startswith(tuple(f"{one}." for one in KEYED)):
        return pa.array(values, pa.bool_())
    kind = book.facts[name.partition(".")[0]].type
    if kind == "investors":
        told = [
            None if held is None else [{**one, "share": _text(one.get("share"))} for one in held] for held in values
        ]
        return pa.array(told, pa.list_(pa.struct({"origin": pa.string(), "share": pa.string()})))
    if kind in LISTS:
        return pa.array(values, pa.list_(pa.string()))
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _text(share: object) -> str | None:
    return None if share is None else str(share)


def screened(batch: pa.RecordBatch, book: Rulebook, threads: int = 1) -> Screened:
    """Screens a batch of companies."""
    found = screener(batch.schema.names, book, as_of=DAY, beside=["no", "company"])
    found.threads = threads
    return found.screen(batch)


def verdicts(found: Screened) -> list[list[int] | None]:
    """The verdict of each company on every measure that has one; None where a company cannot be read."""
    columns = [found.decided.verdicts(index).tolist() for index in range(len(found.decided.measures))]
    unreadable = found.decided.unreadable.tolist()
    return [None if unreadable[row] else [column[row] for column in columns] for row in range(len(found))]


def checked(company: Mapping[str, Any], book: Rulebook) -> list[int] | None:
    """The same, by a check."""
    try:
        assessment = check(Profile.of(company), book, as_of=DAY, engine="reference")
    except ProfileError:
        return None
    return [int(finding.verdict) for finding in assessment if finding.verdict is not None]
