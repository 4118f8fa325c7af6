"""Results as plain data. The serialiser is injected, since contracts are defined in a higher layer.

`api` registers the serialiser of the contracts (`report.contract`) when it is imported, so that results do not depend
on how they are published (docs/decisions/0020).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from applicability.lazy_pattern import lazy_pattern

# `Any`, so that a program can index what it gets: `json.loads` has no better type either.
Plain = dict[str, Any]
Serializer = Callable[[Any], Plain]

# What a terminal would obey, or that hides or turns text: JSON can spell it out.
_UNSEEN = lazy_pattern("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_serializers: list[Serializer] = []


def publish_with(serializer: Serializer) -> None:
    """Sets the serialiser for all results that have none of their own."""
    _serializers[:] = [serializer]


def as_json(plain: Plain) -> str:
    """Plain data as JSON text with a final newline; invisible characters are escaped."""
    import json  # not needed for a check shown as text

    text = json.dumps(plain, ensure_ascii=False, indent=2)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


class Published:
    """Base of results with a published contract (docs/contract.md)."""

    __slots__ = ()

    def to_dict(self) -> Plain:
        """The result by its contract: dicts, lists, text, numbers and booleans, with every text in both languages."""
        (serialize,) = _serializers
        return serialize(self)

    def to_json(self) -> str:
        """The result as JSON text, ending in a newline."""
        return as_json(self.to_dict())
