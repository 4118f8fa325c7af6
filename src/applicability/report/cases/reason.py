"""The reason of a row's verdict, where a case expects another."""

from __future__ import annotations

from applicability.model.cases import Mismatch
from applicability.report.language.labels import MEANINGS
from applicability.report.language.reasons import FindingText
from applicability.text import Text


def reason(mismatch: Mismatch) -> Text | None:
    """The finding's first reason, in one line; None for the whole answer."""
    if mismatch.finding is None:
        return None
    told = FindingText(mismatch.finding).reasons
    return told[0].message if told else MEANINGS[mismatch.finding.bucket]
