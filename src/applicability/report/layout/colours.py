"""The colour of each verdict, the same in every table, page and picture."""

from __future__ import annotations

from applicability.model.assessment import Bucket

# Colours that people who cannot tell red from green can tell apart, light enough to read black on.
FILLS: dict[Bucket, str] = {
    "eligible": "#7fc8a9", "conditional": "#bfe3f2", "needs_info": "#fbe6a2", "pending": "#c9c5e8",
    "ineligible": "#f3f3f3", "authorities_only": "#ffffff", "text_lost": "#ffffff", "not_encoded": "#ffffff",
}  # fmt: skip
