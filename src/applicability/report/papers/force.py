"""The force of an open measure in a paper: by which words of the part that is open, or that it is a reading."""

from __future__ import annotations

from applicability.model.assessment import Finding
from applicability.report.language import labels as w
from applicability.report.language.limb_words import limb_words
from applicability.report.papers.texts import say
from applicability.text import Text


def force_of(finding: Finding) -> Text | None:
    """Its force, with the word that carries it in the part that decides; None where nobody can apply for anything."""
    best = finding.best_limbs
    if not best or finding.force is None:
        return None
    name, measure, usual = w.FORCE_NAMES[finding.force], finding.measure, w.FORCE_WORDS[finding.force]
    own = [one.limb for one in best if one.limb.force == finding.force]
    words = "".join([*(limb_words(measure, limb) for limb in own), *(span.words for span in measure.spans)])
    if len(measure.limbs) == 1:
        words = measure.text
    for one in usual:
        if one.zh in words:
            return say("force_word", force=name, zh=one.zh, en=one.en)
    listed = Text("”“".join(one.zh for one in usual[:2]), " or ".join(f"“{one.en}”" for one in usual[:2]))
    return say("force_read", force=name, words=listed)
