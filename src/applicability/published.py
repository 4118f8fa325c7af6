"""Results as plain data. The serialiser is injected, since contracts are defined in a higher layer.

`api` registers the serialiser and the writer of the contracts (`report.contract`) when it is imported, so that results
do not depend on how they are published (docs/decisions/0020).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# `Any`, so that a program can index what it gets: `json.loads` has no better type either.
Plain = dict[str, Any]
Serializer = Callable[[Any], Plain]
JsonWriter = Callable[[Plain], str]

_publishers: list[tuple[Serializer, JsonWriter]] = []


def publish_with(serializer: Serializer, writer: JsonWriter) -> None:
    """Sets the serialiser for all results that have none of their own, and what writes plain data as JSON text."""
    _publishers[:] = [(serializer, writer)]


class Published:
    """Base of results with a published contract (docs/contract.md)."""

    __slots__ = ()

    def to_dict(self) -> Plain:
        """The result by its contract: dicts, lists, text, numbers and booleans, with every text in both languages."""
        ((serialize, _),) = _publishers
        return serialize(self)

    def to_json(self) -> str:
        """The result as JSON text, ending in a newline."""
        ((_, write),) = _publishers
        return write(self.to_dict())
