"""The columns that compiled rules read: facts with every name resolved to its code, and with derived facts.

`division` is the finest division told (GB/T 2260), `division_path` it and all around it; `sector` the codes told (GB/T
4754-2017), `sector_path` they and all around them. Lists are lists of ids; null is not told, and an empty list is none.
Of a list `F` that is known in part, `F.yes` is in it and `F.no` is not, and `F` is null; of a number, `F.above` and the
like are its ends.
A finding or a limit is `yes` (met, kept), `no`, `unknown`, or null where nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from applicability.export.leaves import (
    ACTIVITIES,
    DIVISION,
    PATH,
    SAID_NO,
    SAID_YES,
    SECTOR,
    SECTOR_PATH,
    UNKNOWN,
    ZONE_TYPES,
    ZONES,
)
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import FINDING, limit_name
from applicability.model.partial import NO, YES, Interval, PartialSet
from applicability.model.rulebook import Rulebook

_SAID = {True: SAID_YES, False: SAID_NO, None: UNKNOWN}
ENDS = ("above", "at_least", "at_most", "below")
ColumnKind = str  # "text", "list" or "number"


def columns_of(rulebook: Rulebook) -> Mapping[str, ColumnKind]:
    """Every column with its type."""
    found: dict[str, ColumnKind] = {DIVISION: "text", PATH: "list", ZONES: "list", ZONE_TYPES: "list",
                              SECTOR: "list", SECTOR_PATH: "list", ACTIVITIES: "list"}  # fmt: skip
    kinds = {"percent": "number", "number": "number", "choice": "text", "boolean": "text", "choices": "list"}
    found |= {name: kinds[one.type] for name, one in rulebook.facts.items() if one.type in kinds}
    found |= {f"{FINDING}{key}": "text" for key in rulebook.judgements}
    found |= {f"{name}.{key}": "list" for name in _lists(rulebook) for key in (YES, NO)}
    numbers = [name for name, kind in found.items() if kind == "number"]
    found |= {f"{name}.{key}": "number" for name in numbers for key in ENDS}
    return found | {limit_name(key): "text" for key in rulebook.limits}


def _lists(rulebook: Rulebook) -> tuple[str, ...]:
    choices = (name for name, one in rulebook.facts.items() if one.type == "choices")
    return (ZONES, ZONE_TYPES, ACTIVITIES, *choices)


def _in_part(column: str, value: PartialSet | Interval) -> dict[str, object]:
    """The columns of what is known in part."""
    if isinstance(value, Interval):
        return {f"{column}.{bound}": float(limit) for bound, limit in value.bounds.items()}
    return {f"{column}.{YES}": sorted(value.yes), f"{column}.{NO}": sorted(value.no)}


def row_of(facts: Facts, rulebook: Rulebook) -> dict[str, object]:
    """The row of one company, from the facts that `read_facts` returns."""
    gazetteer, sectors = rulebook.gazetteer, rulebook.sectors
    found: dict[str, object] = dict.fromkeys(columns_of(rulebook))
    whereabouts = facts.whereabouts
    if whereabouts.divisions:
        finest = max(whereabouts.divisions, key=lambda code: len(gazetteer.path(code)))
        found |= {DIVISION: finest, PATH: list(gazetteer.path(finest))}
    for column in (ZONES, ZONE_TYPES):
        told = whereabouts.listed(column)
        found |= (
            _in_part(column, told) if isinstance(told, PartialSet) else {column: None if told is None else sorted(told)}
        )
    for name, value in facts.values.items():
        if isinstance(value, PartialSet | Interval):
            found |= _in_part(name, value)
        elif name in found:
            found[name] = sorted(map(str, value)) if isinstance(value, (frozenset, tuple)) else value
            if isinstance(value, Decimal):
                found[name] = float(value)
    codes = facts.values.get(SECTOR)
    if isinstance(codes, tuple):
        told_codes = [str(code) for code in codes]
        found |= {SECTOR: told_codes, SECTOR_PATH: sorted({one for code in told_codes for one in sectors.path(code)})}
    found |= {f"{FINDING}{key}": _SAID[met] for key, met in facts.determinations.items()}
    return found | {limit_name(key): _SAID[kept] for key, kept in facts.limits.items()}
