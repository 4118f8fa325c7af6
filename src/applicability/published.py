"""Results as plain data. The classes are below, what they look like outside is above: the serializer is handed in.

`api` registers the serializer of the contract (`report.contract`) when it is imported, so that no result has to know
how it is published (docs/decisions/0020).
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
    """Use that serializer for every result that has none of its own."""
    _serializers[:] = [serializer]


def as_json(plain: Plain) -> str:
    """Plain data as JSON text with a newline at its end; what would not be seen is spelt out."""
    import json  # a check that is shown as text has no use for it

    text = json.dumps(plain, ensure_ascii=False, indent=2)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


class Published:
    """A result that the published contract describes (docs/contract.md)."""

    __slots__ = ()

    def to_dict(self) -> Plain:
        """The result by its contract: dicts, lists, text, numbers and booleans, with every text in both languages."""
        (serialize,) = _serializers
        return serialize(self)

    def to_json(self) -> str:
        """The same as JSON text, ending in a newline."""
        return as_json(self.to_dict())
