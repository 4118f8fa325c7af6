"""Parses single values by the type that their key declares."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from applicability.lazy_pattern import lazy_pattern
from applicability.loading.yaml.decode import MAX_BYTES
from applicability.loading.yaml.reader import MAX_DEPTH, MAX_NODES

# Digits with at most one point: no exponent, no underscore, no NaN, no leading zeros that could mean an octal number.
_DECIMAL = lazy_pattern(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$")
_DATE = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$")
MAX_DIGITS = 100  # the longest decimals of Arrow have 76
_HOLDING = (Mapping, list, tuple, set, frozenset)
MAX_BITS = 1000  # limit for an integer that can still be printed in an error

TRUE_WORDS = ("true", "yes", "是")
FALSE_WORDS = ("false", "no", "否")


def read_decimal(value: Any) -> Decimal | None:
    """An exact decimal number, or None if it is not written as one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        # A large exponent is not expanded: that could take all memory.
        text = format(value, "f") if value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS else ""
    elif isinstance(value, int):
        text = "" if is_overlong(value) else str(value)
    elif isinstance(value, float):
        text = repr(value)
    else:
        text = value if isinstance(value, str) else ""
    text = text.strip()
    return Decimal(text) if len(text) <= MAX_DIGITS and _DECIMAL.match(text) else None


def is_overlong(value: Any) -> bool:
    """Whether a bounded value is, or contains, an integer with too many digits to be read or printed."""
    if isinstance(value, int):
        return value.bit_length() > MAX_BITS
    if isinstance(value, Mapping):
        return any(is_overlong(one) for pair in value.items() for one in pair)
    return isinstance(value, (list, tuple, set, frozenset)) and any(map(is_overlong, value))


def is_unbounded(value: Any) -> bool:
    """Whether a value that a program gives is nested deeper than a file may be, in itself perhaps, or holds more values
    or more text.

    >>> own = []
    >>> own.append(own)
    >>> is_unbounded(own), is_unbounded([["a"]])
    (True, False)
    """
    if not isinstance(value, _HOLDING):
        return False
    level, seen, length = {id(value): (value, 1)}, 0, 0
    for _ in range(MAX_DEPTH):
        below: dict[int, tuple[Any, int]] = {}
        for held, times in level.values():  # what stands in several places is gone through once, and counted in each
            seen += times * len(held)
            for one in (part for pair in held.items() for part in pair) if isinstance(held, Mapping) else held:
                if isinstance(one, (str, bytes, bytearray)):
                    length += times * len(one)
                elif isinstance(one, _HOLDING):
                    below[id(one)] = one, times + below.get(id(one), (one, 0))[1]
        if (much := seen > MAX_NODES or length > MAX_BYTES) or not below:
            return much
        level = below
    return True


def read_date(value: Any) -> datetime.date | None:
    """A calendar day written as YYYY-MM-DD, or None."""
    if isinstance(value, datetime.datetime):
        return None
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str) or not _DATE.match(value.strip()):
        return None
    try:
        return datetime.date.fromisoformat(value.strip())
    except ValueError:
        return None


def read_truth(value: Any) -> bool | None:
    """True or false, for words of either language; None for anything else."""
    word = str(value).strip().casefold() if isinstance(value, (str, bool)) else ""
    return True if word in TRUE_WORDS else False if word in FALSE_WORDS else None
