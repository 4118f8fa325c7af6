"""The mark and the colours of each bucket, shared by all texts, tables, pages and pictures."""

from __future__ import annotations

from applicability.model.assessment import Bucket

MARKS: dict[Bucket, str] = {
    "eligible": "✓", "conditional": "◐", "needs_info": "?", "pending": "…", "ineligible": "✗",
    "authorities_only": "§", "text_lost": "–", "not_encoded": "–",
}  # fmt: skip
# In papers, which are set in a font for Chinese: these are in every such font, GB 2312 has them.
PAPER_MARKS: dict[Bucket, str] = {**MARKS, "eligible": "●", "conditional": "◎", "ineligible": "×"}
# Terminal styles.
STYLES: dict[Bucket, str] = {
    "eligible": "bold green", "conditional": "bold cyan", "needs_info": "bold yellow", "pending": "bold blue",
    "ineligible": "bold red", "authorities_only": "bold", "text_lost": "bold", "not_encoded": "bold",
}  # fmt: skip
# Background colours, distinguishable with red-green colour blindness and light enough for black text.
FILLS: dict[Bucket, str] = {
    "eligible": "#7fc8a9", "conditional": "#bfe3f2", "needs_info": "#fbe6a2", "pending": "#c9c5e8",
    "ineligible": "#f3f3f3", "authorities_only": "#ffffff", "text_lost": "#ffffff", "not_encoded": "#ffffff",
}  # fmt: skip
