"""Labels without the explanation in brackets that they end in: what people write of `其他组织（协会、商会等）`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from applicability.model.places import fold
from applicability.text import Text


def heads_of(label: Text) -> tuple[str, ...]:
    """A label without the explanation in brackets that it ends in, in each language that has one.

    >>> heads_of(Text("其他组织（协会、商会等）", "other organisation"))
    ('其他组织',)
    """
    found = []
    for name, opening, closing in ((label.zh, "（", "）"), (label.en, " (", ")")):
        head, bracket, _ = name.rpartition(opening)
        if bracket and head and name.endswith(closing):
            found.append(head)
    return tuple(found)


def heads(labels: Iterable[tuple[str, Text]], taken: Collection[str]) -> dict[str, str]:
    """The keys of labels by their heads, folded; without heads that several have, and those `taken`."""
    found: dict[str, list[str]] = {}
    for key, label in labels:
        for head in dict.fromkeys(map(fold, heads_of(label))):
            found.setdefault(head, []).append(key)
    return {head: keys[0] for head, keys in found.items() if len(keys) == 1 and head not in taken}
