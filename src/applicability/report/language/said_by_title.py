"""Whether a title already says what a list names, so that the list need not stand beside it."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.lazy_pattern import lazy_pattern
from applicability.text import Text

_HALF = 0.5
_STEM = 5  # letters by which two English words count as the same
_WORD = lazy_pattern("[a-z]+")
_HAN = lazy_pattern("[\u4e00-\u9fff]+")
_NOTHING = frozenset(("and", "the", "for", "from", "other", "servi", "业务", "服务"))  # say nothing of what is meant


def said_by_title(title: Text, listed: Text) -> bool:
    """Whether at least half of the words of a list stand in a title, in each of the two languages.

    >>> said_by_title(Text("发展数据标注产业", "Developing data annotation"), Text("数据标注", "data annotation"))
    True
    >>> said_by_title(Text("首发经济", "The launch economy"), Text("新品首发、展示", "launching and showing products"))
    False
    """
    return all(
        len(own & there) >= _HALF * len(own)
        for own, there in (
            (set(_english(listed.en)), set(_english(title.en))),
            (set(_chinese(listed.zh)), set(_chinese(title.zh))),
        )
    )


def _english(text: str) -> Iterator[str]:
    words = (one.group()[:_STEM] for one in _WORD.finditer(text.lower()) if len(one.group()) > 2)
    return (one for one in words if one not in _NOTHING)


def _chinese(text: str) -> Iterator[str]:
    for one in _HAN.finditer(text):
        pairs = (one.group()[at : at + 2] for at in range(len(one.group()) - 1))
        yield from (each for each in pairs if each not in _NOTHING)
