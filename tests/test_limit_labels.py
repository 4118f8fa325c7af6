"""The label of a limit reads as one by itself: in a list, and without the words that lead to it.

"No tours to Taiwan; outbound tours of Chinese citizens" after "only" or "not" would forbid what is granted.
"""

from __future__ import annotations

import re

from applicability import Rulebook

# What binds: that it is the only thing, that it must be so, or that it is left out.
BINDS_ZH = re.compile("[限只仅不须]|除外")
BINDS_EN = re.compile(r"\b(only|no|not|must)\b")


def test_every_limit_says_in_both_languages_that_it_binds(rulebook: Rulebook) -> None:
    labels = {one.key: one.label for row in rulebook.measures for limb in row.limbs for one in limb.limits}
    assert len(labels) > 50
    assert not [key for key, label in labels.items() if not (BINDS_ZH.search(label.zh) and BINDS_EN.search(label.en))]
