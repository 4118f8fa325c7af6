"""Which known words may be meant by an unknown one: those that write it otherwise, none that says something else.

外国人 and 中国人 are spelt alike and are opposites, so that likeness alone suggests no value. A Chinese sign that is in
no word of the vocabulary is taken for a misspelling (数据标柱), any other for what it says.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

# A word of Latin letters that is this much like another is taken for its misspelling.
_LIKE = 0.75
_LATIN = re.compile(r"[a-z0-9]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# What turns a word into its opposite.
_NEGATIONS = frozenset({"非", "不", "未", "无", "no", "non", "not", "without", "un"})


def may_mean(word: str, known: Iterable[str], vocabulary: Iterable[str] = ()) -> Iterator[str]:
    """Those of the known words that do not say something else than a word; `vocabulary` are words of other facts.

    >>> list(may_mean("外国人", ["中国人", "外国人才"]))
    ['外国人才']
    >>> list(may_mean("foreign docter", ["foreign_doctor", "Chinese doctor"]))
    ['foreign_doctor']
    """
    words = tuple(known)
    signs = "".join(_CHINESE.findall(word))
    every = {sign for one in (*words, *vocabulary) for sign in one}
    familiar = "".join(sign for sign in signs if sign in every)
    if len(signs) - len(familiar) == 1 and len(familiar) > 1 and not _NEGATIONS.intersection(signs):
        signs = familiar
    return (one for one in words if _agree(word.casefold(), signs, one.casefold()))


def one_sign_apart(word: str, known: Iterable[str]) -> list[str]:
    """Short Chinese names that differ from a word in one sign, too short for a likeness; first those that begin alike.

    >>> one_sign_apart("承都", ["昌都", "成都", "承德", "承德市", "天津"])
    ['承德', '成都', '昌都']
    """
    if len(word) != 2 or not all(map(_CHINESE.match, word)):
        return []
    found = {one for one in known if len(one) == len(word) and sum(map(str.__ne__, one, word)) == 1}
    return sorted(found, key=lambda one: (one[0] != word[0], one))


def _agree(word: str, signs: str, other: str) -> bool:
    others = "".join(_CHINESE.findall(other))
    parts, theirs = (_LATIN.findall(one) for one in (word, other))
    if _NEGATIONS.intersection([*signs, *parts]) != _NEGATIONS.intersection([*others, *theirs]):
        return False
    return (_within(signs, others) or _within(others, signs)) and (_each_in(parts, theirs) or _each_in(theirs, parts))


def _within(part: str, whole: str) -> bool:
    """Whether the signs of a word occur in another in the same order."""
    left = iter(whole)
    return all(sign in left for sign in part)


def _each_in(parts: list[str], theirs: list[str]) -> bool:
    """Whether every Latin word is one of the others, or a misspelling."""
    return all(
        any(one == other or difflib.SequenceMatcher(None, one, other).ratio() >= _LIKE for other in theirs)
        for one in parts
    )
