"""Names that are written almost alike: those of a list that differ from a word in one sign."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

# Longer words are sentences, which are like no name.
_LONGEST = 40


class NearNames:
    """Finds the names of a list that a word differs from by one sign that is put in, left out, another or swapped with
    the next. A look-up costs no more for a longer list.

    >>> NearNames(["广州市", "广安市", "柳州市"]).of("广洲市")
    ('广州市', '广安市')
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_part: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            for part in _parts(name):
                self._by_part.setdefault(part, []).append(name)

    def of(self, word: str) -> tuple[str, ...]:
        """The names that differ from a word in one sign, as they were listed."""
        if not 1 < len(word) <= _LONGEST:
            return ()
        found = (name for part in _parts(word) for name in self._by_part.get(part, ()))
        return tuple(name for name in dict.fromkeys(found) if edited_at(word, name) is not None)


@functools.lru_cache(maxsize=16)
def near_names(names: tuple[str, ...]) -> NearNames:
    """The index of some names, kept for the next word."""
    return NearNames(names)


def edited_at(word: str, name: str) -> int | None:
    """Where in a name the one sign stands by which a word differs from it, counted from 0; None where it differs in
    none or in more. Of a sign too many in the word it is the place before which it stands.
    """
    at = next((place for place, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), None)
    if at is None:
        return min(len(word), len(name)) if abs(len(word) - len(name)) == 1 else None
    rest, own = word[at:], name[at:]
    if rest[1:] == own[1:] or rest[1:] == own or rest == own[1:]:
        return at
    return at if len(rest) > 1 and rest[:2] == own[1::-1] and rest[2:] == own[2:] else None


def _parts(word: str) -> Iterator[str]:
    """A word, and what is left of it without one of its signs."""
    yield word
    yield from dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))
