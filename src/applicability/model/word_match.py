"""Whether words stand in a text: Chinese anywhere in it, words in letters from the beginning of one of its words.

What is being typed finds the words that begin so (`ban` finds bank), and `art` finds neither start-up nor department.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.lazy_pattern import lazy_pattern
from applicability.model.places import fold

_LATIN = lazy_pattern(r"[^\W_\u2e80-\U0010ffff]+")
_APOSTROPHE = lazy_pattern(r"['’]")
# Where the scripts begin that are written without spaces between words.
_FIRST_IDEOGRAPH = "\u2e80"


def in_letters(text: str) -> bool:
    """Whether a text is written in letters only, with spaces between its words."""
    return not text or max(text) < _FIRST_IDEOGRAPH


def singular(word: str) -> str:
    """An English word without the ending of its plural; any other text as it is."""
    if not word.isascii() or len(word) < 4 or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def words_of(text: str) -> list[str]:
    """The words of a text in letters, folded.

    >>> words_of("R&D; Farmers' e-commerce")
    ['r', 'and', 'd', 'farmers', 'e', 'commerce']
    """
    return _LATIN.findall(_APOSTROPHE.sub("", text.replace("&", " and ")).casefold())


def holds(text: str, wanted: str) -> bool:
    """Whether a text holds what is wanted.

    >>> holds("Farmers' e-commerce", "ecom"), holds("start-up services", "art"), holds("travel agencies", "Agency")
    (True, False, True)
    """
    folded = fold(wanted)
    if not folded or not in_letters(wanted):
        return folded in fold(text)
    words, sought = words_of(text), "".join(words_of(wanted))
    stems = [singular(word) for word in words]
    return begins_word(words, sought) or begins_word(stems, sought) or begins_word(stems, singular(sought))


def holds_whole(text: str, wanted: str) -> bool:
    """Whether a text that holds what is wanted has it as whole words; Chinese is not divided into words.

    >>> holds_whole("elderly care", "car"), holds_whole("classic cars", "car")
    (False, True)
    """
    return not in_letters(wanted) or is_whole_words(words_of(text), singular("".join(words_of(wanted))))


def begins_word(words: Sequence[str], wanted: str) -> bool:
    """Whether words written together hold what is wanted, beginning where one of them begins."""
    whole = "".join(words)
    return any(whole.startswith(wanted, start) for start in _starts(words))


def is_whole_words(words: Sequence[str], wanted: str) -> bool:
    """Whether some words on end, written together, are what is wanted, but for the plural.

    >>> is_whole_words(["my", "law", "firms"], "lawfirm"), is_whole_words(["bankruptcy"], "bank")
    (True, False)
    """
    for first in range(len(words)):
        spelt = ""
        for word in words[first:]:
            if singular(spelt + word) == wanted:
                return True
            spelt += word
            if len(spelt) > len(wanted):
                break
    return False


def _starts(words: Sequence[str]) -> Iterator[int]:
    start = 0
    for word in words:
        yield start
        start += len(word)
