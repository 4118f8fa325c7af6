"""The words of one part of a row: what its rule quotes, put together in the order of the text, and their English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from applicability.model.conditions import leaves
from applicability.model.measure import Limb, Measure
from applicability.model.rulebook import Rulebook
from applicability.model.translation import SPLIT, Rendering

_GAP = "……"
# What may stand between two quotes that are shown as one.
_BETWEEN = frozenset("，、；：,;: ")


def limb_words(measure: Measure, limb: Limb) -> str:
    """The words of the text that a part rests on; what stands between them is left out, visibly."""
    return _GAP.join(measure.text[start:end] for start, end in _joined(measure.text, _places(measure, limb)))


def limb_english(rulebook: Rulebook, measure: Measure, limb: Limb) -> str | None:
    """The same words in the English of the row; None without a translation."""
    translation = rulebook.translation(measure.document)
    rendering = translation.rows.get(measure.row) if translation is not None else None
    if rendering is None:
        return None
    spans = (rendering.quotes[quote] for quote in _quotes(measure, limb) if quote in rendering.quotes)
    text = rendering.text
    places = [place for span in spans for place in _spans(rendering, span)]
    return SPLIT.join(text[start:end] for start, end in _joined(text, places)) or None


def _quotes(measure: Measure, limb: Limb) -> Iterator[str]:
    grounds = [leaf.ground for leaf in (*leaves(limb.when), *limb.limits)]
    found = [*(one.quote for one in grounds if one.cites == "text"), *(one.words for one in limb.spans)]
    return (one for one in dict.fromkeys(found) if one and one in measure.text)


def _places(measure: Measure, limb: Limb) -> Iterator[tuple[int, int]]:
    for quote in _quotes(measure, limb):
        start = measure.text.index(quote)
        yield start, start + len(quote)


def _spans(rendering: Rendering, span: str) -> Iterator[tuple[int, int]]:
    after = 0
    for part in span.split(SPLIT):
        start = rendering.text.find(part, after)
        if start < 0:
            return
        after = start + len(part)
        yield start, after


def _joined(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, those that meet made one.

    >>> _joined("apples, pears and plums", [(18, 23), (0, 6), (8, 13)])
    [(0, 13), (18, 23)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and (start <= found[-1][1] or set(text[found[-1][1] : start]) <= _BETWEEN):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
