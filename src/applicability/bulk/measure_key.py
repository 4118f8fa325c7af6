"""The key of a measure in a summary."""

from __future__ import annotations

from applicability.model.measure import Measure


def key_of(measure: Measure) -> str:
    """The document and the row, which stand together in one word."""
    return f"{measure.document}:{measure.row}"
